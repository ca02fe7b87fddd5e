/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import page: questionnaires of another study, and making a version of what is changed here. */

#include <glib/gi18n.h>
#include <string.h>

#include "study/dhk-instrument-edit.h"
#include "ui/dhk-import-page-private.h"
#include "ui/dhk-message.h"
#include "ui/dhk-session-instrument.h"

/* A version ------------------------------------------------------------------ */

typedef struct
{
  DhkImportPage *page;
  char *done;
  char *problem;
} Saving;

static void
saving_free (Saving *self)
{
  g_object_unref (self->page);
  g_free (self->done);
  g_free (self->problem);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

/* The study reads as changed, and the page its files again. */
static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  DhkImportPage *self = saving->page;
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return;
  if (dhk_session_change_finish (DHK_SESSION (source), result, &error))
    dhk_message_toast (GTK_WIDGET (self), saving->done, _ ("_Undo"), "win.undo");
  else
    dhk_message_show_error (GTK_WIDGET (self), saving->problem, error);
}

void
dhk_import_page_save_version (DhkImportPage *self,
                              DhkInstrument *changed,
                              const char *done,
                              const char *problem)
{
  DhkInstrument *saved = dhk_session_get_instrument (self->session);
  g_autofree char *label = dhk_instrument_dup_next_version (saved);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) version = dhk_instrument_with_version (changed, label, saved, &error);
  g_auto (GStrv) parts = g_strsplit (done, "%s", 2);
  Saving *saving;

  if (version == NULL)
    {
      dhk_message_show_error (GTK_WIDGET (self), problem, error);
      return;
    }
  saving = g_new0 (Saving, 1);
  saving->page = g_object_ref (self);
  saving->done = g_strjoinv (label, parts);
  saving->problem = g_strdup (problem);
  dhk_session_set_instrument_async (self->session, version, saved_cb, saving);
}

gboolean
dhk_import_page_may_change (DhkImportPage *self)
{
  if (!dhk_session_is_instrument_held (self->session))
    return TRUE;
  dhk_message_toast (GTK_WIDGET (self),
                     _ ("The questionnaire is being edited: save or discard that first"), NULL,
                     NULL);
  return FALSE;
}

/* Another study's ---------------------------------------------------------------- */

/* The questionnaires of the study in the draft, when something in it has no place in ours. */
static DhkInstrument *
find_other (DhkImportPage *self)
{
  GPtrArray *files = dhk_draft_get_files (self->draft);
  DhkInstrument *other
      = files->len > 0 ? ((DhkDraftFile *) g_ptr_array_index (files, 0))->other : NULL;
  GPtrArray *lists[]
      = { dhk_draft_get_questions (self->draft), dhk_draft_get_decisions (self->draft) };

  for (guint i = 0; other != NULL && i < G_N_ELEMENTS (lists); i++)
    for (guint k = 0; k < lists[i]->len; k++)
      if (g_str_has_prefix (((DhkDraftQuestion *) g_ptr_array_index (lists[i], k))->id, "study:"))
        return other;
  return NULL;
}

#define MOST_CHANGES 4

static char *
dup_changes (const GPtrArray *changes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (changes->len, MOST_CHANGES); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (changes, i));
  if (changes->len > MOST_CHANGES)
    g_string_append (text, "\n…");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_version_title (DhkInstrument *own, DhkInstrument *other)
{
  const char *version = dhk_instrument_get_version (other);

  return g_strdup_printf (
      strcmp (version, dhk_instrument_get_version (own)) == 0
          ? _ ("That study’s questionnaires differ, though they are called version %s too")
          : _ ("That study asks with version %s of the questionnaires"),
      version);
}

GtkWidget *
dhk_import_page_create_version_row (DhkImportPage *self)
{
  DhkInstrument *other = find_other (self);
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  GtkWidget *row, *button;

  if (other == NULL)
    return NULL;
  changes = dhk_instrument_list_changes (dhk_session_get_instrument (self->session), other,
                                         dhk_language_of_messages ());
  if (changes->len == 0)
    return NULL;
  title = dup_version_title (dhk_session_get_instrument (self->session), other);
  text = dup_changes (changes);
  row = adw_action_row_new ();
  button = gtk_button_new_with_mnemonic (_ ("_Take Over"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Ask with them in this study too, as a new version"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "import.take-version");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

void
dhk_import_page_take_version (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (widget);
  DhkInstrument *other
      = self->draft != NULL && self->cancellable == NULL ? find_other (self) : NULL;

  if (other == NULL || !dhk_import_page_may_change (self))
    return;
  dhk_import_page_save_version (self, other, _ ("The questionnaires are taken over as version %s"),
                                _ ("The questionnaires were not taken over"));
}
