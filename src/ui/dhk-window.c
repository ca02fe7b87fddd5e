/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-window.h"

#include <glib/gi18n.h>

#include "ui/dhk-compare-page.h"
#include "ui/dhk-entry-page.h"
#include "ui/dhk-import-page.h"
#include "ui/dhk-instrument-page.h"
#include "ui/dhk-overview-page.h"
#include "ui/dhk-report-page.h"
#include "ui/dhk-responses-page.h"
#include "ui/dhk-start-page.h"
#include "ui/dhk-state.h"
#include "ui/dhk-window-private.h"

/* The sidebar lies over the page below this width. */
#define FOLD_WIDTH 860

G_DEFINE_FINAL_TYPE (DhkWindow, dhk_window, ADW_TYPE_APPLICATION_WINDOW)

typedef struct
{
  const char *name;
  const char *section;
  const char *label;
  const char *icon;
  GtkWidget *(*create) (DhkSession *session);
  gboolean only_changes; /* of no use in a study that is only looked at */
} Page;

static const Page pages[] = {
  { "overview", N_ ("Data"), N_ ("Overview"), "driehoek-overview-symbolic", dhk_overview_page_new },
  { "responses", N_ ("Data"), N_ ("Responses"), "driehoek-responses-symbolic",
    dhk_responses_page_new },
  { "import", N_ ("Data"), N_ ("Import"), "driehoek-import-symbolic", dhk_import_page_new, TRUE },
  { "entry", N_ ("Data"), N_ ("Paper entry"), "driehoek-entry-symbolic", dhk_entry_page_new, TRUE },
  { "questionnaire", N_ ("Data"), N_ ("Questionnaire"), "driehoek-questionnaire-symbolic",
    dhk_instrument_page_new },
  { "compare", N_ ("Analysis"), N_ ("Compare"), "driehoek-compare-symbolic", dhk_compare_page_new },
  { "report", N_ ("Output"), N_ ("Report"), "driehoek-report-symbolic", dhk_report_page_new },
};

/* Pages ------------------------------------------------------------------- */

static const Page *
find_page (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].name, name) == 0)
      return &pages[i];
  return NULL;
}

static gboolean
has_page (DhkWindow *self, const Page *page)
{
  return page != NULL && !(page->only_changes && dhk_session_is_read_only (self->session));
}

GtkWidget *
dhk_window_get_page (DhkWindow *self, const char *name)
{
  const Page *page = find_page (name);
  GtkWidget *widget;

  g_return_val_if_fail (DHK_IS_WINDOW (self), NULL);
  g_return_val_if_fail (page != NULL && self->session != NULL, NULL);

  widget = gtk_stack_get_child_by_name (self->pages, name);
  if (widget == NULL)
    {
      widget = page->create (self->session);
      gtk_stack_add_named (self->pages, widget, name);
    }
  return widget;
}

const char *
dhk_window_get_page_name (DhkWindow *self)
{
  if (self->session == NULL)
    return NULL;
  return gtk_stack_get_visible_child_name (self->pages);
}

static void
select_row (DhkWindow *self, const char *name)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].name, name))
      gtk_list_box_select_row (self->sidebar, gtk_list_box_get_row_at_index (self->sidebar, i));
}

/*
 * To the page's first widget, unless the stack brought it there already or somebody walks
 * through the sidebar.
 */
static void
take_focus (DhkWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  if (focus == NULL
      || (!gtk_widget_is_ancestor (focus, GTK_WIDGET (self->sidebar))
          && !gtk_widget_is_ancestor (focus, page)))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

void
dhk_window_show_page (DhkWindow *self, const char *name)
{
  g_return_if_fail (DHK_IS_WINDOW (self));

  if (self->session == NULL || find_page (name) == NULL || !has_page (self, find_page (name)))
    return;
  gtk_stack_set_visible_child (self->pages, dhk_window_get_page (self, name));
  select_row (self, name);
  take_focus (self);
  dhk_window_update_actions (self);
}

void
dhk_window_show_responses (DhkWindow *self, int questionnaire, DhkAnswerFlags flags)
{
  g_return_if_fail (DHK_IS_WINDOW (self));

  if (self->session == NULL)
    return;
  dhk_responses_page_set_filter (DHK_RESPONSES_PAGE (dhk_window_get_page (self, "responses")),
                                 questionnaire, flags);
  dhk_window_show_page (self, "responses");
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  DhkWindow *self = DHK_WINDOW (user_data);

  dhk_window_show_page (self, pages[gtk_list_box_row_get_index (row)].name);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

/* Who walks through the sidebar and leaves it goes to no other page: the row of this one is marked. */
static void
sidebar_left_cb (DhkWindow *self)
{
  const char *page = dhk_window_get_page_name (self);

  if (page != NULL)
    select_row (self, page);
}

/* The section's name above its first page. */
static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const Page *page = &pages[gtk_list_box_row_get_index (row)];
  GtkWidget *label;

  if (before != NULL && pages[gtk_list_box_row_get_index (before)].section == page->section)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (_ (page->section));
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_add_css_class (label, "sidebar-section");
  gtk_list_box_row_set_header (row, label);
}

static GtkWidget *
create_sidebar_row (const Page *page)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ (page->label));

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (page->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (page->label), -1);
  return row;
}

static void
remove_pages (DhkWindow *self)
{
  GtkWidget *page;

  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, page);
}

/* The study --------------------------------------------------------------- */

static void
update_title (DhkWindow *self)
{
  g_autofree char *count = NULL;
  g_autofree char *subtitle = NULL;
  guint n;

  if (self->session == NULL)
    {
      adw_window_title_set_title (self->title, "Driehoek");
      adw_window_title_set_subtitle (self->title, "");
      gtk_window_set_title (GTK_WINDOW (self), "Driehoek");
      return;
    }

  n = dhk_frame_get_n_rows (dhk_session_get_frame (self->session));
  count = g_strdup_printf (ngettext ("%u respondent", "%u respondents", n), n);
  subtitle = g_strdup_printf (
      "%s · %s", count,
      dhk_session_is_sample (self->session) ? _ ("reconstructed sample, not real answers")
      : dhk_session_is_read_only (self->session)
          ? _ ("read-only")
          : (dhk_session_is_saving (self->session) ? _ ("saving…") : _ ("all changes saved")));
  adw_window_title_set_title (self->title, dhk_session_get_name (self->session));
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), dhk_session_get_name (self->session));
}

/* Pages choose among scales and questions by their place: with other questionnaires they are made
 * again. The page that changes them knows, and the one with files to import reads those again. */
static void
follow_instrument (DhkWindow *self)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);
  g_autofree char *shown = g_strdup (dhk_window_get_page_name (self));

  if (instrument == self->instrument)
    return;
  g_clear_pointer (&self->instrument, dhk_instrument_unref);
  self->instrument = dhk_instrument_ref (instrument);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      GtkWidget *page = gtk_stack_get_child_by_name (self->pages, pages[i].name);

      if (page != NULL && !DHK_IS_INSTRUMENT_PAGE (page) && !DHK_IS_IMPORT_PAGE (page))
        gtk_stack_remove (self->pages, page);
    }
  if (shown != NULL)
    dhk_window_show_page (self, shown);
}

/* Pages that only change a study are not offered where nothing can be changed. */
static void
show_rows (DhkWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->sidebar, (int) i)),
                            has_page (self, &pages[i]));
}

static void
session_changed_cb (DhkSession *session, gpointer user_data)
{
  DhkWindow *self = DHK_WINDOW (user_data);

  follow_instrument (self);
  dhk_window_tell_of_backup (self);
  dhk_window_update_reminder (self);
  update_title (self);
  dhk_window_update_actions (self);
}

void
dhk_window_set_session (DhkWindow *self, DhkSession *session)
{
  const char *page;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  remove_pages (self);
  g_set_object (&self->session, session);
  g_clear_object (&self->damaged);
  self->told_of_backup = 0;
  dhk_window_set_notice (self, &self->backup_notice, NULL);
  dhk_window_set_notice (self, &self->read_only_notice, NULL);
  dhk_window_update_reminder (self);
  g_clear_pointer (&self->instrument, dhk_instrument_unref);
  if (session != NULL)
    self->instrument = dhk_instrument_ref (dhk_session_get_instrument (session));

  if (session != NULL)
    {
      g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, 0);
      g_signal_connect_object (session, "busy", G_CALLBACK (session_changed_cb), self, 0);
      page = dhk_session_get_last_page (session);
      show_rows (self);
      dhk_window_tell_of_read_only (self);
      dhk_window_show_page (self, has_page (self, find_page (page)) ? page : pages[0].name);
      dhk_state_add_recent (dhk_session_get_file (session));
    }
  dhk_window_set_opening (self, FALSE);
  if (session != NULL)
    take_focus (self);
  update_title (self);
  dhk_window_update_actions (self);
}

void
dhk_window_set_opening (DhkWindow *self, gboolean opening)
{
  const char *child = self->session != NULL ? "study" : self->damaged != NULL ? "damaged" : "start";
  gboolean has_study = self->session != NULL && !opening;
  gboolean may_change = has_study && !dhk_session_is_read_only (self->session);

  self->opening = opening;
  gtk_stack_set_visible_child_name (self->stack, opening ? "opening" : child);
  gtk_widget_set_visible (self->sidebar_button, has_study);
  gtk_widget_set_visible (self->import_button, may_change);
  gtk_widget_set_visible (self->undo_button, may_change);
  gtk_widget_set_visible (self->redo_button, may_change);
  if (!opening && g_str_equal (child, "start"))
    {
      dhk_start_page_refresh (DHK_START_PAGE (self->start_page));
      gtk_widget_child_focus (GTK_WIDGET (self->start_page), GTK_DIR_TAB_FORWARD);
    }
}

DhkSession *
dhk_window_get_session (DhkWindow *self)
{
  g_return_val_if_fail (DHK_IS_WINDOW (self), NULL);
  return self->session;
}

gboolean
dhk_window_is_free (DhkWindow *self)
{
  g_return_val_if_fail (DHK_IS_WINDOW (self), FALSE);
  return self->session == NULL && !self->opening;
}

gboolean
dhk_window_shows_file (DhkWindow *self, GFile *file)
{
  g_return_val_if_fail (DHK_IS_WINDOW (self), FALSE);
  return self->session != NULL && g_file_equal (dhk_session_get_file (self->session), file);
}

/* Folding ----------------------------------------------------------------- */

static gboolean
fold_cb (gpointer user_data)
{
  DhkWindow *self = DHK_WINDOW (user_data);

  self->fold_source = 0;
  adw_flap_set_fold_policy (self->flap, self->folded ? ADW_FLAP_FOLD_POLICY_ALWAYS
                                                     : ADW_FLAP_FOLD_POLICY_NEVER);
  adw_flap_set_reveal_flap (self->flap, !self->folded);
  return G_SOURCE_REMOVE;
}

static void
dhk_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DhkWindow *self = DHK_WINDOW (widget);
  gboolean folded = width < FOLD_WIDTH;

  GTK_WIDGET_CLASS (dhk_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (folded == self->folded)
    return;
  self->folded = folded;
  if (self->fold_source == 0)
    self->fold_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fold_cb, self, NULL);
}

/* Dropping files ---------------------------------------------------------- */

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  DhkWindow *self = DHK_WINDOW (user_data);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    g_ptr_array_add (files, g_object_ref (l->data));
  if (files->len == 0)
    return FALSE;
  dhk_window_import_files (self, files);
  return TRUE;
}

/* Life -------------------------------------------------------------------- */

static gboolean
dhk_window_close_request (GtkWindow *window)
{
  DhkWindow *self = DHK_WINDOW (window);
  const char *page = dhk_window_get_page_name (self);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  dhk_state_set_window (width, height, gtk_window_is_maximized (window));
  if (page != NULL)
    dhk_session_set_last_page (self->session, page);
  return GTK_WINDOW_CLASS (dhk_window_parent_class)->close_request (window);
}

static void
dhk_window_dispose (GObject *object)
{
  DhkWindow *self = DHK_WINDOW (object);

  g_clear_handle_id (&self->fold_source, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->instrument, dhk_instrument_unref);
  g_clear_object (&self->questionnaire);
  g_clear_object (&self->damaged);
  g_clear_weak_pointer (&self->reminder);
  g_clear_weak_pointer (&self->backup_notice);
  g_clear_weak_pointer (&self->read_only_notice);
  g_clear_pointer (&self->reminded, g_free);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (dhk_window_parent_class)->dispose (object);
}

static void
dhk_window_class_init (DhkWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = dhk_window_close_request;
  widget_class->size_allocate = dhk_window_size_allocate;

  g_type_ensure (DHK_TYPE_START_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/driehoek/Driehoek/window.ui");
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, title);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, import_button);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, start_page);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, notices);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, damaged_page);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, damaged_backups);
  gtk_widget_class_bind_template_child (widget_class, DhkWindow, damaged_repair);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  dhk_window_install_actions (widget_class);
}

static void
dhk_window_init (DhkWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  int width, height;
  gboolean maximized;

  gtk_widget_init_template (GTK_WIDGET (self));

  dhk_state_get_window (&width, &height, &maximized);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_list_box_append (self->sidebar, create_sidebar_row (&pages[i]));
  gtk_list_box_set_header_func (self->sidebar, header_cb, NULL, NULL);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (sidebar_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->sidebar), focus);

  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  dhk_window_set_session (self, NULL);
}

GtkWidget *
dhk_window_new (GtkApplication *application)
{
  return g_object_new (DHK_TYPE_WINDOW, "application", application, NULL);
}
