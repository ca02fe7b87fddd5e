/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-entry-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/dhk-entry-compare.h"
#include "ui/dhk-entry-new-batch.h"
#include "ui/dhk-entry-view.h"
#include "ui/dhk-message.h"

struct _DhkEntryPage
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *new_button;
  GtkWidget *first_button;
  DhkEntryView *view;
  DhkEntryCompare *compare;

  /* Owned */
  DhkSession *session;
  GPtrArray *batches;
  gint64 current; /* the batch that was worked on last; it gets the focus */
};

G_DEFINE_FINAL_TYPE (DhkEntryPage, dhk_entry_page, GTK_TYPE_WIDGET)

typedef enum
{
  DO_TYPE,
  DO_TYPE_AGAIN,
  DO_COMPARE,
} Deed;

/* Batches ------------------------------------------------------------------------ */

static void
start (DhkEntryPage *self, const DhkEntryBatch *batch, Deed deed)
{
  self->current = batch->id;
  if (deed == DO_COMPARE)
    {
      gtk_stack_set_visible_child_name (self->stack, "compare");
      dhk_entry_compare_start (self->compare, self->session, batch);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "view");
  dhk_entry_view_start (self->view, self->session, batch,
                        deed == DO_TYPE ? DHK_ENTRY_FIRST : DHK_ENTRY_SECOND);
}

static const DhkEntryBatch *
find_batch (DhkEntryPage *self, gint64 id)
{
  for (guint i = 0; self->batches != NULL && i < self->batches->len; i++)
    {
      const DhkEntryBatch *batch = g_ptr_array_index (self->batches, i);

      if (batch->id == id)
        return batch;
    }
  return NULL;
}

static void
deed_cb (GtkButton *button, gpointer user_data)
{
  DhkEntryPage *self = DHK_ENTRY_PAGE (user_data);
  const gint64 *id = g_object_get_data (G_OBJECT (button), "batch");
  const DhkEntryBatch *batch = find_batch (self, *id);

  if (batch != NULL)
    start (self, batch, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "deed")));
}

static GtkWidget *
add_button (
    DhkEntryPage *self, AdwActionRow *row, const DhkEntryBatch *batch, Deed deed, const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *name = g_strdup_printf ("%s: %s", batch->name, label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "batch", g_memdup2 (&batch->id, sizeof batch->id),
                          g_free);
  g_object_set_data (G_OBJECT (button), "deed", GUINT_TO_POINTER (deed));
  g_signal_connect_object (button, "clicked", G_CALLBACK (deed_cb), self, 0);
  adw_action_row_add_suffix (row, button);
  return button;
}

static char *
dup_progress (DhkEntryPage *self, const DhkEntryBatch *batch)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);
  GString *text = g_string_new (
      dhk_text_get (&dhk_instrument_get_questionnaire (instrument, batch->questionnaire)->label,
                    dhk_language_of_messages ()));

  g_string_append_printf (text, ngettext (" · %u form", " · %u forms", batch->n_forms),
                          batch->n_forms);
  if (batch->n_forms > batch->n_complete)
    g_string_append_printf (text, _ (", %u unfinished"), batch->n_forms - batch->n_complete);
  if (batch->n_second > 0)
    {
      g_string_append_printf (text, _ (" · %u typed twice"), batch->n_second_complete);
      g_string_append_printf (text,
                              ngettext (" · %u difference to be settled",
                                        " · %u differences to be settled", batch->n_differences),
                              batch->n_differences);
    }
  return g_string_free (text, FALSE);
}

static void
add_batch (DhkEntryPage *self, const DhkEntryBatch *batch)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *progress = dup_progress (self, batch);
  g_autofree char *name = g_strdup_printf ("%s, %s", batch->name, progress);
  GtkWidget *button;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), batch->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), progress);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  button = add_button (self, ADW_ACTION_ROW (row), batch, DO_TYPE, _ ("Continue"));
  if (self->first_button == NULL || batch->id == self->current)
    self->first_button = button;
  if (batch->n_complete > 0)
    add_button (self, ADW_ACTION_ROW (row), batch, DO_TYPE_AGAIN, _ ("Type a Second Time"));
  if (batch->n_second > 0)
    {
      button = add_button (self, ADW_ACTION_ROW (row), batch, DO_COMPARE, _ ("Compare"));
      if (batch->n_differences > 0)
        gtk_widget_add_css_class (button, "suggested-action");
    }
  gtk_list_box_append (self->list, row);
}

static void
update (DhkEntryPage *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->stack);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean has_focus = focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  self->first_button = NULL;
  for (guint i = 0; i < self->batches->len; i++)
    add_batch (self, g_ptr_array_index (self->batches, i));
  if (g_strcmp0 (shown, "view") == 0 || g_strcmp0 (shown, "compare") == 0)
    return;
  gtk_stack_set_visible_child_name (self->stack, self->batches->len > 0 ? "batches" : "empty");
  if (has_focus && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (self->first_button != NULL ? self->first_button : self->new_button);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkEntryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gpointer batches = NULL;

  if (!dhk_session_entry_finish (DHK_SESSION (source), result, &batches, &error))
    {
      dhk_message_show_error (GTK_WIDGET (self), _ ("The batches were not read"), error);
      return;
    }
  g_clear_pointer (&self->batches, g_ptr_array_unref);
  self->batches = batches;
  if (self->session != NULL)
    update (self);
}

static void
reload (DhkEntryPage *self)
{
  dhk_session_list_entry_async (self->session, listed_cb, g_object_ref (self));
}

/* Back from typing or comparing. */
static void
leave_cb (DhkEntryPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "batches");
  dhk_session_refresh (self->session);
  reload (self);
}

static void
changed_cb (DhkEntryPage *self)
{
  reload (self);
}

/* A new batch -------------------------------------------------------------------- */

/* Straight to the first form. */
static void
made_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkEntryPage) self = g_object_ref (user_data);
  const DhkEntryBatch *batch;

  listed_cb (source, result, user_data);
  batch = self->session != NULL ? find_batch (self, self->current) : NULL;
  if (batch != NULL)
    start (self, batch, DO_TYPE);
}

static void
made_cb (gint64 batch, gpointer owner)
{
  DhkEntryPage *self = DHK_ENTRY_PAGE (owner);

  self->current = batch;
  if (self->session != NULL)
    dhk_session_list_entry_async (self->session, made_listed_cb, g_object_ref (self));
}

static void
new_batch_cb (DhkEntryPage *self)
{
  dhk_entry_ask_new_batch (GTK_WIDGET (self), self->session, made_cb);
}

/* Life --------------------------------------------------------------------------- */

/* What was typed comes into the other pages when this one is left; a window that closes
 * needs none of it. */
static void
dhk_entry_page_unmap (GtkWidget *widget)
{
  DhkEntryPage *self = DHK_ENTRY_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  GTK_WIDGET_CLASS (dhk_entry_page_parent_class)->unmap (widget);
  if (self->session != NULL && root != NULL && gtk_widget_get_visible (GTK_WIDGET (root)))
    dhk_session_refresh (self->session);
}

static void
dhk_entry_page_dispose (GObject *object)
{
  DhkEntryPage *self = DHK_ENTRY_PAGE (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->batches, g_ptr_array_unref);
  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->stack));
  self->stack = NULL;

  G_OBJECT_CLASS (dhk_entry_page_parent_class)->dispose (object);
}

static void
dhk_entry_page_class_init (DhkEntryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_entry_page_dispose;
  widget_class->unmap = dhk_entry_page_unmap;

  g_type_ensure (DHK_TYPE_ENTRY_VIEW);
  g_type_ensure (DHK_TYPE_ENTRY_COMPARE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/driehoek/Driehoek/entry-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DhkEntryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryPage, list);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryPage, view);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryPage, compare);
  gtk_widget_class_bind_template_callback (widget_class, new_batch_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
}

static void
dhk_entry_page_init (DhkEntryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dhk_entry_page_new (DhkSession *session)
{
  DhkEntryPage *self;

  g_return_val_if_fail (DHK_IS_SESSION (session), NULL);

  self = g_object_new (DHK_TYPE_ENTRY_PAGE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  reload (self);
  return GTK_WIDGET (self);
}
