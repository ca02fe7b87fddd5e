/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an import does with names and addresses. */

#include "cli/dhk-cli-key.h"

#include <glib/gi18n-lib.h>

#include "cli/dhk-cli-private.h"
#include "import/dhk-import.h"

static void
warn_of_missing (DhkStore *store)
{
  guint n = dhk_store_count_missing_names (store);

  if (n > 0)
    g_printerr (ngettext ("driehoek: This key file is an older copy: it lacks the name of %u "
                          "respondent. Importing the same file again brings it back.\n",
                          "driehoek: This key file is an older copy: it lacks the names of %u "
                          "respondents. Importing the same files again brings them back.\n",
                          n),
                n);
}

gboolean
dhk_cli_settle_personal (DhkStore *store,
                         GPtrArray *files,
                         const DhkCliKey *key,
                         gboolean store_nothing)
{
  g_autoptr (GError) error = NULL;
  DhkKeyFile *key_file;

  if (key->path != NULL && key->drop)
    {
      g_printerr (
          _ ("driehoek: --key-file keeps names, --drop-personal drops them: choose one.\n"));
      return FALSE;
    }
  if (key->path == NULL && !key->drop && dhk_store_get_personal (store) == DHK_PERSONAL_KEEP)
    {
      g_printerr (_ ("driehoek: This study keeps names and addresses in a key file. Name it with "
                     "--key-file, or drop them with --drop-personal.\n"));
      return FALSE;
    }
  if (store_nothing || key->path == NULL)
    return store_nothing || !key->drop || dhk_store_set_personal (store, DHK_PERSONAL_DROP, &error)
           || dhk_cli_refuse (error) == DHK_EXIT_DONE;
  key_file = dhk_cli_open_key_file (key->path, key->password_file, TRUE);
  if (key_file == NULL)
    return FALSE;
  if (!dhk_store_take_key_file (store, key_file, &error)
      || !dhk_store_set_personal (store, DHK_PERSONAL_KEEP, &error))
    {
      dhk_cli_refuse (error);
      return FALSE;
    }
  warn_of_missing (store);
  for (guint i = 0; i < files->len; i++)
    dhk_import_file_keep_personal (g_ptr_array_index (files, i), TRUE);
  return TRUE;
}

void
dhk_cli_tell_personal (DhkStore *store, DhkDraft *draft, const DhkCliKey *key)
{
  const GPtrArray *files = dhk_draft_get_files (draft);

  if (key->path != NULL || key->drop || dhk_store_get_personal (store) != DHK_PERSONAL_UNDECIDED)
    return;
  for (guint i = 0; i < files->len; i++)
    if (((const DhkDraftFile *) g_ptr_array_index (files, i))->has_personal)
      {
        g_print (_ ("Names and addresses are kept nowhere. To keep them in an encrypted key file, "
                    "undo this "
                    "import and use --key-file; with --drop-personal this is not said again.\n"));
        return;
      }
}
