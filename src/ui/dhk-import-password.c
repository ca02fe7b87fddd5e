/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import page: response files, and studies, that want a password. */

#include <glib/gi18n.h>
#include <string.h>

#include "import/dhk-import.h"
#include "store/dhk-store-merge.h"
#include "ui/dhk-import-page-private.h"
#include "ui/dhk-secret-dialog.h"

/* The open question about protected files, or NULL. */
static const DhkDraftQuestion *
find_sealed (DhkImportPage *self)
{
  GPtrArray *open = self->draft != NULL ? dhk_draft_get_questions (self->draft) : NULL;

  for (guint i = 0; open != NULL && i < open->len; i++)
    {
      const DhkDraftQuestion *question = g_ptr_array_index (open, i);

      if (g_str_has_suffix (question->id, DHK_IMPORT_SEALED_SUFFIX))
        return question;
    }
  return NULL;
}

static void
password_given (const char *password, gpointer owner)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (owner);
  const DhkDraftQuestion *question = find_sealed (self);
  DhkQuestionRow *row;

  if (question == NULL || password == NULL)
    return;
  /* The question may be gone with this; when it is not, it is asked anew. */
  row = dhk_import_page_find_question (self, question->id);
  if (row != NULL)
    gtk_list_box_remove (self->questions, GTK_WIDGET (row));
  for (guint i = 0; i < self->files->len; i++)
    dhk_import_file_add_password (g_ptr_array_index (self->files, i), password);
  self->asks_password = TRUE;
  g_free (self->tried);
  self->tried = g_strdup (question->detail);
  dhk_import_page_read (self);
}

/* `tried` are those that a password was given for just now, or NULL. */
static char *
dup_body (const DhkDraftQuestion *question, const char *tried)
{
  if (g_strcmp0 (question->detail, tried) == 0)
    return g_strdup_printf (
        _ ("This password does not open “%s”. Nothing was changed; try it again."), tried);
  if (strcmp (question->id, DHK_MERGE_SEALED) == 0)
    return g_strdup_printf (_ ("The study “%s” opens with its own password."), question->detail);
  return g_strdup_printf (_ ("Protected by a password: %s"), question->detail);
}

void
dhk_import_page_ask_password (DhkImportPage *self)
{
  const DhkDraftQuestion *question = find_sealed (self);
  g_autofree char *tried = g_steal_pointer (&self->tried);
  g_autofree char *body = NULL;
  DhkSecretQuestion secret = { .accept = _ ("_Open") };

  if (!self->asks_password || question == NULL)
    return;
  self->asks_password = FALSE;
  body = dup_body (question, tried);
  secret.body = body;
  secret.heading = strcmp (question->id, DHK_MERGE_SEALED) == 0 ? _ ("Protected Study")
                                                                : _ ("Protected Response Files");
  dhk_secret_ask (GTK_WIDGET (self), &secret, password_given);
}
