/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import page: what is to become of names and addresses. Asked once per study. */

#include <glib/gi18n.h>

#include "import/dhk-import.h"
#include "ui/dhk-import-page-private.h"
#include "ui/dhk-key-ask.h"
#include "ui/dhk-message.h"

static gboolean
has_personal (DhkImportPage *self)
{
  GPtrArray *files = self->draft != NULL ? dhk_draft_get_files (self->draft) : NULL;

  for (guint i = 0; files != NULL && i < files->len; i++)
    if (((DhkDraftFile *) g_ptr_array_index (files, i))->has_personal)
      return TRUE;
  return FALSE;
}

gboolean
dhk_import_page_asks_personal (DhkImportPage *self)
{
  DhkPersonal personal = dhk_session_get_personal (self->session);

  return has_personal (self)
         && (personal == DHK_PERSONAL_UNDECIDED
             || (personal == DHK_PERSONAL_KEEP && !dhk_session_has_key_file (self->session)));
}

void
dhk_import_page_mark_personal (DhkImportPage *self)
{
  gboolean keep = dhk_session_get_personal (self->session) == DHK_PERSONAL_KEEP
                  && dhk_session_has_key_file (self->session);

  for (guint i = 0; i < self->files->len; i++)
    dhk_import_file_keep_personal (g_ptr_array_index (self->files, i), keep);
}

/* Read again, with names or without. */
static void
settled (GtkWidget *owner)
{
  dhk_import_page_read (DHK_IMPORT_PAGE (owner));
}

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkImportPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return;
  if (dhk_session_change_finish (DHK_SESSION (source), result, &error))
    settled (GTK_WIDGET (self));
  else
    dhk_message_show_error (GTK_WIDGET (self), _ ("The choice was not kept"), error);
}

static gboolean
ask_again_cb (gpointer user_data)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (user_data);

  if (self->session != NULL)
    dhk_import_page_show_personal (self);
  return G_SOURCE_REMOVE;
}

static void
answered_cb (DhkQuestionRow *row, const char *choice, gpointer user_data)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (user_data);

  /* Who thinks better of the password can choose again; not while the row is still answering. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, ask_again_cb, g_object_ref (self), g_object_unref);
  if (g_str_equal (choice, "drop"))
    dhk_session_keep_names_async (self->session, NULL, NULL, dropped_cb, g_object_ref (self));
  else if (g_str_equal (choice, "elsewhere"))
    dhk_key_choose (GTK_WIDGET (self), self->session, settled);
  else
    dhk_key_ask (GTK_WIDGET (self), self->session, settled);
}

static GtkWidget *
create_row (DhkImportPage *self)
{
  gboolean is_kept = dhk_session_get_personal (self->session) == DHK_PERSONAL_KEEP;
  g_autoptr (GFile) place = dhk_key_file_get_place (dhk_session_get_file (self->session));
  gboolean is_there = g_file_query_exists (place, NULL);
  DhkDraftChoice choices[3] = {
    { (char *) "keep", is_kept && is_there
                           ? (char *) _ ("Open the key file")
                           : (char *) _ ("Keep them in an encrypted key file, apart from the "
                                         "answers") },
    { (char *) "elsewhere", (char *) _ ("Open a key file that lies elsewhere") },
    { (char *) "drop",
      is_kept ? (char *) _ ("Keep them nowhere from now on") : (char *) _ ("Keep them nowhere") },
  };
  DhkDraftQuestion question = {
    .id = (char *) "personal",
    .text = is_kept ? (char *) _ ("Where is the key file with the names of this study?")
                    : (char *) _ ("What is to become of names and addresses?"),
    .detail
    = is_kept ? (char *) _ ("This study keeps names and addresses in a key file, which has a "
                            "password of its own.")
              : (char *) _ ("These files hold names, e-mail addresses or the like. The study "
                            "itself has pseudonyms only. Your choice holds for the whole study; "
                            "“Key File…” in the main menu changes it."),
    .n_choices = G_N_ELEMENTS (choices),
    .choices = choices,
  };

  if (!is_kept)
    {
      choices[1] = choices[2];
      question.n_choices = 2;
    }
  else if (!is_there)
    {
      choices[0] = choices[1];
      choices[1] = choices[2];
      question.n_choices = 2;
    }
  return dhk_question_row_new (&question);
}

void
dhk_import_page_show_personal (DhkImportPage *self)
{
  gboolean asks = dhk_import_page_asks_personal (self);

  dhk_import_page_clear_list (self->personal);
  gtk_widget_set_visible (GTK_WIDGET (self->personal), asks);
  if (asks)
    {
      GtkWidget *row = create_row (self);

      g_signal_connect_object (row, "answered", G_CALLBACK (answered_cb), self, 0);
      gtk_list_box_append (self->personal, row);
    }
}
