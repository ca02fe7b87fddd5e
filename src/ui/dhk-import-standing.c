/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import page while it has no files: what earlier ones have otherwise than the study, and keeping that as it is. */

#include <glib/gi18n.h>

#include "store/dhk-store-profile.h"
#include "ui/dhk-answer-rows.h"
#include "ui/dhk-import-page-private.h"
#include "ui/dhk-message.h"
#include "ui/dhk-text-row.h"

/* So many are listed one by one. */
#define MAX_ROWS 200

/* Keeping ------------------------------------------------------------------ */

typedef struct
{
  DhkImportPage *page;
  GPtrArray *listed; /* whose they are */
  guint n;
} Keeping;

static void
keeping_free (Keeping *self)
{
  g_object_unref (self->page);
  g_ptr_array_unref (self->listed);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Keeping, keeping_free)

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Keeping) keeping = user_data;
  DhkImportPage *self = keeping->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->session == NULL)
    return;
  if (!dhk_session_change_finish (DHK_SESSION (source), result, &error))
    {
      dhk_message_show_error (GTK_WIDGET (self), _ ("It will be told again"), error);
      dhk_import_page_show_standing (self);
      return;
    }
  text = g_strdup_printf (ngettext ("%u answer stays as it is, and is not listed any more",
                                    "%u answers stay as they are, and are not listed any more",
                                    keeping->n),
                          keeping->n);
  dhk_message_toast (GTK_WIDGET (self), text, _ ("_Undo"), "win.undo");
}

/* The list comes anew with the change; until then a second click is none. */
static void
keep (DhkImportPage *self, GPtrArray *conflicts)
{
  Keeping *keeping;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->conflicts)) || conflicts->len == 0)
    return;
  keeping = g_new0 (Keeping, 1);
  keeping->page = g_object_ref (self);
  keeping->listed = g_ptr_array_ref (self->standing);
  keeping->n = conflicts->len;
  gtk_widget_set_sensitive (GTK_WIDGET (self->conflicts), FALSE);
  gtk_widget_set_sensitive (self->keep_all, FALSE);
  dhk_session_keep_own_async (self->session, conflicts, kept_cb, keeping);
}

static void
keep_cb (GtkButton *button, gpointer user_data)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (user_data);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);

  self->kept_row = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  g_ptr_array_add (one, g_object_get_data (G_OBJECT (button), "conflict"));
  keep (self, one);
}

void
dhk_import_page_keep_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (widget);

  if (self->standing == NULL)
    return;
  self->kept_row = 0;
  keep (self, self->standing);
}

/* Showing ------------------------------------------------------------------ */

/* As the page Responses calls them. */
static char *
dup_name (DhkInstrument *instrument, const DhkConflict *conflict)
{
  int questionnaire = dhk_instrument_find_questionnaire (instrument, conflict->questionnaire);

  return g_strdup_printf ("%s %u",
                          questionnaire >= 0
                              ? dhk_answer_get_kind (instrument, (guint) questionnaire)
                              : conflict->questionnaire,
                          conflict->number);
}

static GtkWidget *
create_row (DhkImportPage *self, DhkConflict *conflict)
{
  GtkWidget *row = dhk_text_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Keep as Is"));
  g_autofree char *name = dup_name (dhk_session_get_instrument (self->session), conflict);
  g_autofree char *text = g_strdup_printf (
      conflict->is_merged ? _ ("%s: %s here · %s in the study “%s”")
                          : _ ("%s: %s in the study, corrected by hand · %s in “%s”"),
      name, conflict->held, conflict->found, conflict->file_name);
  g_autofree char *label = g_strdup_printf (_ ("Keep “%s” of %s as is"), conflict->question, name);

  dhk_text_row_set (DHK_TEXT_ROW (row), conflict->question, text);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (
      button, _ ("Keep what this study has, and do not list this again. A file with yet another "
                 "answer is told."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data (G_OBJECT (button), "conflict", conflict);
  g_signal_connect_object (button, "clicked", G_CALLBACK (keep_cb), self, 0);
  dhk_text_row_add_suffix (DHK_TEXT_ROW (row), button);
  g_object_set_data (G_OBJECT (row), "button", button);
  return row;
}

/* Whoever goes through them by keys goes on where a row went. */
static void
focus_next (DhkImportPage *self)
{
  int index = self->kept_row;
  GtkListBoxRow *row;

  self->kept_row = -1;
  if (index < 0)
    return;
  row = gtk_list_box_get_row_at_index (self->conflicts, index);
  if (row == NULL && index > 0)
    row = gtk_list_box_get_row_at_index (self->conflicts, index - 1);
  if (row != NULL)
    gtk_widget_grab_focus (g_object_get_data (G_OBJECT (row), "button"));
  else
    gtk_widget_child_focus (self->drop_zone, GTK_DIR_TAB_FORWARD);
}

static void
conflicts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkImportPage) self = user_data;
  g_autoptr (GPtrArray) conflicts
      = dhk_session_list_conflicts_finish (DHK_SESSION (source), result, NULL);
  guint n;

  /* A page that is gone has no session; one with files shows theirs. */
  if (conflicts == NULL || self->session == NULL || self->files->len > 0)
    return;
  n = conflicts->len;
  dhk_import_page_clear_list (self->conflicts);
  g_clear_pointer (&self->standing, g_ptr_array_unref);
  self->standing = g_steal_pointer (&conflicts);
  for (guint i = 0; i < MIN (n, MAX_ROWS); i++)
    gtk_list_box_append (self->conflicts, create_row (self, g_ptr_array_index (self->standing, i)));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self->corrections),
      _ ("Files that were imported say otherwise. This study stays as it is. To follow a file, "
         "correct the answer on the page Responses."));
  gtk_widget_set_sensitive (GTK_WIDGET (self->conflicts), TRUE);
  gtk_widget_set_sensitive (self->keep_all, TRUE);
  gtk_widget_set_visible (self->keep_all, n > 1);
  gtk_widget_set_visible (self->corrections, n > 0);
  focus_next (self);
}

void
dhk_import_page_show_standing (DhkImportPage *self)
{
  if (self->session != NULL && self->files->len == 0)
    dhk_session_list_conflicts_async (self->session, conflicts_cb, g_object_ref (self));
}
