/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import page while it has no files: what earlier ones have otherwise than the study, to be kept as it is or taken over. */

#include <glib/gi18n.h>

#include "store/dhk-store-profile.h"
#include "ui/dhk-answer-rows.h"
#include "ui/dhk-import-page-private.h"
#include "ui/dhk-message.h"
#include "ui/dhk-text-row.h"

/* So many are listed one by one. */
#define MAX_ROWS 200

/* Settling ----------------------------------------------------------------- */

typedef struct
{
  DhkImportPage *page;
  GPtrArray *listed;        /* whose they are */
  guint n;                  /* that are kept as they are */
  const DhkConflict *taken; /* or what is taken over; lent */
} Settling;

static void
settling_free (Settling *self)
{
  g_object_unref (self->page);
  g_ptr_array_unref (self->listed);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settling, settling_free)

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

static char *
dup_settled_text (const Settling *self)
{
  g_autofree char *name = NULL;

  if (self->taken == NULL)
    return g_strdup_printf (ngettext ("%u answer stays as it is, and is not listed any more",
                                      "%u answers stay as they are, and are not listed any more",
                                      self->n),
                            self->n);
  name = dup_name (dhk_session_get_instrument (self->page->session), self->taken);
  /* TRANSLATORS: "Parent 1: now 3 (regularly), in place of 5 (always)" */
  return g_strdup_printf (_ ("%s: now %s, in place of %s"), name, self->taken->found,
                          self->taken->held);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Settling) settling = user_data;
  DhkImportPage *self = settling->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->session == NULL)
    return;
  if (!dhk_session_change_finish (DHK_SESSION (source), result, &error))
    {
      dhk_message_show_error (GTK_WIDGET (self),
                              settling->taken != NULL ? _ ("It was not taken over")
                                                      : _ ("It will be told again"),
                              error);
      dhk_import_page_show_standing (self);
      return;
    }
  text = dup_settled_text (settling);
  dhk_message_toast (GTK_WIDGET (self), text, _ ("_Undo"), "win.undo");
}

/* The list comes anew with the change; until then a second click is none. NULL then. */
static Settling *
begin_settling (DhkImportPage *self, int row, const char *button)
{
  Settling *settling;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->conflicts)) || self->standing == NULL
      || self->standing->len == 0)
    return NULL;
  settling = g_new0 (Settling, 1);
  settling->page = g_object_ref (self);
  settling->listed = g_ptr_array_ref (self->standing);
  self->settled_row = row;
  self->settled_button = button;
  gtk_widget_set_sensitive (GTK_WIDGET (self->conflicts), FALSE);
  gtk_widget_set_sensitive (self->keep_all, FALSE);
  return settling;
}

static void
settle_one (DhkImportPage *self, GtkButton *button, gboolean takes)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  gpointer conflict = g_object_get_data (G_OBJECT (row), "conflict");
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  Settling *settling = begin_settling (self, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)),
                                       takes ? "take" : "keep");

  if (settling == NULL)
    return;
  g_ptr_array_add (one, conflict);
  settling->n = 1;
  settling->taken = takes ? conflict : NULL;
  if (takes)
    dhk_session_take_found_async (self->session, one, settled_cb, settling);
  else
    dhk_session_keep_own_async (self->session, one, settled_cb, settling);
}

static void
keep_cb (GtkButton *button, gpointer user_data)
{
  settle_one (DHK_IMPORT_PAGE (user_data), button, FALSE);
}

static void
take_cb (GtkButton *button, gpointer user_data)
{
  settle_one (DHK_IMPORT_PAGE (user_data), button, TRUE);
}

void
dhk_import_page_keep_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (widget);
  Settling *settling = begin_settling (self, 0, "keep");

  if (settling == NULL)
    return;
  settling->n = self->standing->len;
  dhk_session_keep_own_async (self->session, self->standing, settled_cb, settling);
}

/* Showing ------------------------------------------------------------------ */

/* A button behind the row's texts, which is found by `key`. */
static void
add_button (DhkImportPage *self,
            GtkWidget *row,
            const char *key,
            const char *label,
            const char *spoken,
            const char *tip)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  g_signal_connect_object (button, "clicked",
                           g_str_equal (key, "take") ? G_CALLBACK (take_cb) : G_CALLBACK (keep_cb),
                           self, 0);
  dhk_text_row_add_suffix (DHK_TEXT_ROW (row), button);
  g_object_set_data (G_OBJECT (row), key, button);
}

static GtkWidget *
create_row (DhkImportPage *self, DhkConflict *conflict)
{
  GtkWidget *row = dhk_text_row_new ();
  g_autofree char *name = dup_name (dhk_session_get_instrument (self->session), conflict);
  g_autofree char *text = g_strdup_printf (
      conflict->is_merged ? _ ("%s: %s here · %s in the study “%s”")
                          : _ ("%s: %s in the study, corrected by hand · %s in “%s”"),
      name, conflict->held, conflict->found, conflict->file_name);
  g_autofree char *keep = g_strdup_printf (_ ("Keep “%s” of %s as is"), conflict->question, name);
  /* TRANSLATORS: a question, "Parent 1", an answer */
  g_autofree char *take
      = g_strdup_printf (_ ("Take over “%s” of %s: %s"), conflict->question, name, conflict->found);

  dhk_text_row_set (DHK_TEXT_ROW (row), conflict->question, text);
  g_object_set_data (G_OBJECT (row), "conflict", conflict);
  add_button (self, row, "keep", _ ("Keep as Is"), keep,
              _ ("Keep what this study has, and do not list this again. A file with yet another "
                 "answer is told."));
  add_button (self, row, "take", _ ("Take Over"), take,
              conflict->is_merged ? _ ("Put in this study what the other one has")
                                  : _ ("Put in this study what the file has, in place of the "
                                       "correction"));
  return row;
}

/* Whoever goes through them by keys goes on where a row went, at the same button. */
static void
focus_next (DhkImportPage *self)
{
  int index = MIN (self->settled_row, (int) MIN (self->standing->len, MAX_ROWS) - 1);
  GtkListBoxRow *row = index >= 0 ? gtk_list_box_get_row_at_index (self->conflicts, index) : NULL;

  if (row != NULL)
    gtk_widget_grab_focus (g_object_get_data (G_OBJECT (row), self->settled_button));
  else if (self->settled_row >= 0)
    gtk_widget_child_focus (self->drop_zone, GTK_DIR_TAB_FORWARD);
  self->settled_row = -1;
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
      _ ("Files that were imported say otherwise. This study stays as it is, unless you take over "
         "what a file has."));
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
