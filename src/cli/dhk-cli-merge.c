/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Another study as the source of an import, on the command line. */

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/dhk-seal.h"
#include "cli/dhk-cli-decisions.h"
#include "cli/dhk-cli-password.h"
#include "cli/dhk-cli-private.h"
#include "store/dhk-store-merge.h"

/* An answer to what is not asked is a typing mistake. */
static gboolean
check_answers (DhkDraft *draft, GHashTable *answers)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, answers);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const DhkDraftQuestion *question = dhk_draft_find_question (draft, key);

      if (question != NULL && question->chosen != NULL)
        continue;
      g_printerr (question == NULL ? _ ("driehoek: There is no question “%s” about this study.\n")
                                   : _ ("driehoek: The question “%s” has no such answer.\n"),
                  (const char *) key);
      return FALSE;
    }
  return TRUE;
}

/* The one in a file, or typed; NULL after saying why there is none. */
static char *
get_password (GFile *file, const char *password_file)
{
  g_autofree char *base = g_file_get_basename (file);

  if (password_file != NULL)
    return dhk_cli_read_password (password_file);
  if (isatty (STDIN_FILENO))
    return dhk_cli_ask_password (base);
  g_printerr (_ ("driehoek: The study “%s” is protected with a password. Give it in a file with "
                 "--from-password-file.\n"),
              base);
  return NULL;
}

static void
free_password (gpointer password)
{
  dhk_secret_free (password);
}

DhkDraft *
dhk_cli_read_merge (DhkStore *store,
                    GPtrArray *files,
                    GHashTable *answers,
                    const char *password_file)
{
  g_autoptr (GPtrArray) passwords = g_ptr_array_new_with_free_func (free_password);
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  char *password;

  draft = dhk_store_read_merge (store, files, NULL, answers, NULL, &error);
  if (draft != NULL && dhk_draft_get_questions (draft)->len > 0
      && dhk_draft_find_question (draft, DHK_MERGE_SEALED) != NULL)
    {
      password = get_password (g_ptr_array_index (files, 0), password_file);
      if (password == NULL)
        return NULL;
      g_ptr_array_add (passwords, password);
      dhk_draft_unref (g_steal_pointer (&draft));
      draft = dhk_store_read_merge (store, files, passwords, answers, NULL, &error);
    }
  if (draft == NULL)
    {
      dhk_cli_refuse (error);
      return NULL;
    }
  return check_answers (draft, answers) ? g_steal_pointer (&draft) : NULL;
}
