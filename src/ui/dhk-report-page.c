/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-report-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/dhk-choose.h"
#include "ui/dhk-message.h"
#include "ui/dhk-pages-view.h"
#include "ui/dhk-print.h"
#include "ui/dhk-task.h"

#define ZOOM_STEP 1.25

struct _DhkReportPage
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkListBox *outline;
  DhkPagesView *pages_view;
  GtkDropDown *language;
  GtkCheckButton *grey;
  GtkLabel *zoom_label;
  GtkWidget *progress_box;
  GtkProgressBar *progress_bar;

  /* Owned */
  DhkSession *session;
  DhkPages *pages;
  GCancellable *cancellable; /* of the newest request, while it runs */
  gboolean is_stale;
};

G_DEFINE_FINAL_TYPE (DhkReportPage, dhk_report_page, GTK_TYPE_WIDGET)

/* Making the pages ------------------------------------------------------------------------------
 */

typedef struct
{
  DhkPlan *plan;
  DhkFrame *frame;
  DhkLanguage language;
  gboolean is_sample;
  gboolean in_colour;
  DhkReportPage *page; /* lent: the task's owner */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  dhk_plan_unref (request->plan);
  dhk_frame_unref (request->frame);
  g_free (request);
}

typedef struct
{
  DhkReportPage *page;
  GCancellable *cancellable;
  double fraction;
} Progress;

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_object_unref (progress->page);
  g_object_unref (progress->cancellable);
  g_free (progress);
}

static gboolean
progress_idle_cb (gpointer user_data)
{
  Progress *progress = user_data;

  if (progress->page->cancellable == progress->cancellable)
    gtk_progress_bar_set_fraction (progress->page->progress_bar, progress->fraction);
  return G_SOURCE_REMOVE;
}

/* In the worker thread. */
static void
progress_cb (double fraction, gpointer user_data)
{
  GTask *task = user_data;
  const Request *request = g_task_get_task_data (task);
  Progress *progress = g_new0 (Progress, 1);

  progress->page = g_object_ref (request->page);
  progress->cancellable = g_object_ref (g_task_get_cancellable (task));
  progress->fraction = CLAMP (fraction, 0, 1);
  g_idle_add_full (G_PRIORITY_DEFAULT, progress_idle_cb, progress, progress_free);
}

static void
make_pages_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Request *request = task_data;
  g_autoptr (DhkDocument) document = NULL;
  GError *error = NULL;

  document = dhk_document_new_report (request->plan, request->frame, request->language,
                                      dhk_number_style_for_language (request->language),
                                      progress_cb, task, cancellable, &error);
  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (request->is_sample)
    dhk_document_add_marking (document, DHK_MARKING_SAMPLE);
  g_task_return_pointer (task, dhk_pages_new (document, &dhk_paper_a4, request->in_colour),
                         (GDestroyNotify) dhk_pages_unref);
}

/* The outline ------------------------------------------------------------------------------------
 */

static char *
dup_outline_text (const DhkBlock *block)
{
  switch (block->kind)
    {
    case DHK_BLOCK_HEADING:
      return g_strdup (block->text);
    case DHK_BLOCK_TABLE:
      return g_strdup (block->table->label != NULL ? block->table->label : block->table->title);
    case DHK_BLOCK_TITLE:
    case DHK_BLOCK_SUBTITLE:
    case DHK_BLOCK_PARAGRAPH:
    case DHK_BLOCK_FIGURE:
    default:
      return NULL;
    }
}

static void
add_outline_row (DhkReportPage *self, const DhkBlock *block, guint index)
{
  g_autofree char *text = dup_outline_text (block);
  GtkWidget *label, *row;

  if (text == NULL)
    return;
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (block->table != NULL && block->table->title != NULL)
    gtk_widget_set_tooltip_text (label, block->table->title);
  row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_widget_add_css_class (row,
                            block->kind == DHK_BLOCK_HEADING ? "outline-heading" : "outline-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data (G_OBJECT (row), "page",
                     GUINT_TO_POINTER (dhk_pages_find_block (self->pages, index)));
  gtk_list_box_append (self->outline, row);
}

static void
show_outline (DhkReportPage *self)
{
  GPtrArray *blocks = dhk_pages_get_document (self->pages)->blocks;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->outline))) != NULL)
    gtk_list_box_remove (self->outline, row);
  for (guint i = 0; i < blocks->len; i++)
    add_outline_row (self, g_ptr_array_index (blocks, i), i);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  DhkReportPage *self = DHK_REPORT_PAGE (user_data);

  dhk_pages_view_scroll_to (self->pages_view,
                            GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "page")));
}

/* Showing ----------------------------------------------------------------- */

static void
set_output_actions (DhkReportPage *self, gboolean enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.print", enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.export", enabled);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DhkReportPage *self = DHK_REPORT_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkPages) pages = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (self->progress_box, FALSE);
  if (pages == NULL)
    {
      dhk_message_show_error (GTK_WIDGET (self), _ ("The report could not be made"), error);
      return;
    }
  g_clear_pointer (&self->pages, dhk_pages_unref);
  self->pages = g_steal_pointer (&pages);
  dhk_pages_view_set_pages (self->pages_view, self->pages);
  show_outline (self);
  set_output_actions (self, TRUE);
}

static void
update (DhkReportPage *self)
{
  DhkFrame *frame = dhk_session_get_frame (self->session);
  DhkPlan *plan = dhk_session_get_plan (self->session);
  gboolean has_report = plan != NULL && dhk_frame_get_n_rows (frame) > 0;
  g_autoptr (GTask) task = NULL;
  Request *request;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_stack_set_visible_child_name (self->stack, has_report ? "content" : "empty");
  set_output_actions (self, FALSE);

  /* A page that nobody sees makes nothing. */
  self->is_stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->is_stale || !has_report)
    return;

  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_widget_set_visible (self->progress_box, TRUE);
  request = g_new0 (Request, 1);
  request->page = self;
  request->plan = dhk_plan_ref (plan);
  request->frame = dhk_frame_ref (frame);
  request->language
      = gtk_drop_down_get_selected (self->language) == 0 ? DHK_LANGUAGE_NL : DHK_LANGUAGE_EN;
  request->is_sample = dhk_session_is_sample (self->session);
  request->in_colour = !gtk_check_button_get_active (self->grey);

  self->cancellable = g_cancellable_new ();
  task = dhk_task_new (self, self->cancellable, made_cb, NULL);
  g_task_set_source_tag (task, update);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, make_pages_thread);
}

static void
dhk_report_page_map (GtkWidget *widget)
{
  DhkReportPage *self = DHK_REPORT_PAGE (widget);

  GTK_WIDGET_CLASS (dhk_report_page_parent_class)->map (widget);
  if (self->is_stale)
    update (self);
}

static void
zoom_changed_cb (DhkReportPage *self)
{
  g_autofree char *text
      = g_strdup_printf ("%d %%", (int) (dhk_pages_view_get_zoom (self->pages_view) * 100 + 0.5));

  gtk_label_set_text (self->zoom_label, text);
}

DhkPages *
dhk_report_page_get_pages (DhkReportPage *self)
{
  g_return_val_if_fail (DHK_IS_REPORT_PAGE (self), NULL);
  return self->cancellable == NULL ? self->pages : NULL;
}

/* Export ------------------------------------------------------------------ */

typedef struct
{
  DhkDocument *document;
  gboolean in_colour;
  GFile *file;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  dhk_document_unref (writing->document);
  g_object_unref (writing->file);
  g_free (writing);
}

/* Pages of its own: those on the screen are drawn meanwhile. */
static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Writing *writing = task_data;
  g_autoptr (DhkPages) pages = dhk_pages_new (writing->document, &dhk_paper_a4, writing->in_colour);
  GError *error = NULL;

  if (dhk_pages_write_pdf (pages, writing->file, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GtkWidget *widget = GTK_WIDGET (source);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    dhk_message_toast_file (widget, _ ("Report exported"),
                            ((Writing *) g_task_get_task_data (G_TASK (result)))->file);
  else
    dhk_message_show_error (widget, _ ("The report was not exported"), error);
}

void
dhk_report_page_export (DhkReportPage *self, GFile *file)
{
  g_autoptr (GTask) task = NULL;
  Writing *writing;

  g_return_if_fail (DHK_IS_REPORT_PAGE (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->pages == NULL)
    return;
  writing = g_new0 (Writing, 1);
  writing->document = dhk_document_ref (dhk_pages_get_document (self->pages));
  writing->in_colour = dhk_pages_is_in_colour (self->pages);
  writing->file = g_object_ref (file);
  task = dhk_task_new (self, NULL, written_cb, NULL);
  g_task_set_source_tag (task, dhk_report_page_export);
  g_task_set_task_data (task, writing, writing_free);
  g_task_run_in_thread (task, write_thread);
}

static void
file_chosen (GPtrArray *files, gpointer owner)
{
  dhk_report_page_export (DHK_REPORT_PAGE (owner), g_ptr_array_index (files, 0));
}

/* Actions ----------------------------------------------------------------- */

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkReportPage *self = DHK_REPORT_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->pages != NULL)
    dhk_print_run (self->pages, dhk_session_get_name (self->session),
                   GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const suffixes[] = { "pdf", NULL };
  DhkReportPage *self = DHK_REPORT_PAGE (widget);
  const DhkFileKind kind = { "PDF", suffixes };
  const DhkChoice choice = { .title = _ ("Export the Report"),
                             .accept = _ ("_Export"),
                             .save = TRUE,
                             .suggested_name = dhk_session_get_name (self->session),
                             .kinds = &kind,
                             .n_kinds = 1 };

  if (self->pages != NULL)
    dhk_choose (widget, &choice, file_chosen);
}

static void
zoom_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkReportPage *self = DHK_REPORT_PAGE (widget);
  double zoom = dhk_pages_view_get_zoom (self->pages_view);

  if (g_str_equal (name, "page.zoom-in"))
    zoom *= ZOOM_STEP;
  else if (g_str_equal (name, "page.zoom-out"))
    zoom /= ZOOM_STEP;
  else
    zoom = 1;
  dhk_pages_view_set_zoom (self->pages_view, zoom);
}

/* Life -------------------------------------------------------------------- */

static void
dhk_report_page_dispose (GObject *object)
{
  DhkReportPage *self = DHK_REPORT_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->pages, dhk_pages_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (dhk_report_page_parent_class)->dispose (object);
}

static void
dhk_report_page_class_init (DhkReportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const zooms[] = { "page.zoom-in", "page.zoom-out", "page.zoom-normal" };

  G_OBJECT_CLASS (klass)->dispose = dhk_report_page_dispose;
  widget_class->map = dhk_report_page_map;

  g_type_ensure (DHK_TYPE_PAGES_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/driehoek/Driehoek/report-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DhkReportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DhkReportPage, outline);
  gtk_widget_class_bind_template_child (widget_class, DhkReportPage, pages_view);
  gtk_widget_class_bind_template_child (widget_class, DhkReportPage, language);
  gtk_widget_class_bind_template_child (widget_class, DhkReportPage, grey);
  gtk_widget_class_bind_template_child (widget_class, DhkReportPage, zoom_label);
  gtk_widget_class_bind_template_child (widget_class, DhkReportPage, progress_box);
  gtk_widget_class_bind_template_child (widget_class, DhkReportPage, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "page.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_action);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_install_action (widget_class, zooms[i], NULL, zoom_action);
}

static void
dhk_report_page_init (DhkReportPage *self)
{
  self->is_stale = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_selected (self->language,
                              dhk_language_of_messages () == DHK_LANGUAGE_NL ? 0 : 1);
  g_signal_connect_object (self->pages_view, "notify::zoom", G_CALLBACK (zoom_changed_cb), self,
                           G_CONNECT_SWAPPED);
  zoom_changed_cb (self);
}

GtkWidget *
dhk_report_page_new (DhkSession *session)
{
  DhkReportPage *self;

  g_return_val_if_fail (DHK_IS_SESSION (session), NULL);

  self = g_object_new (DHK_TYPE_REPORT_PAGE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->language, "notify::selected", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grey, "toggled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
