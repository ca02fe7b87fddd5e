/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-overview-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/dhk-chart-view.h"
#include "ui/dhk-message.h"
#include "ui/dhk-output.h"
#include "ui/dhk-overview-paper.h"
#include "ui/dhk-table-view.h"
#include "ui/dhk-window.h"

struct _DhkOverviewPage
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkWidget *sample_notice;
  GtkWidget *counts;
  DhkTableView *table;
  DhkChartView *chart;
  GtkListBox *questionnaires;
  GtkWidget *imports_group;
  GtkListBox *imports;
  GtkWidget *aside_group;
  GtkListBox *aside;

  /* Owned */
  DhkSession *session;
  DhkOutput *output;
  GCancellable *cancellable; /* of the newest request */
  gboolean is_narrow;
  guint narrow_source;
};

G_DEFINE_FINAL_TYPE (DhkOverviewPage, dhk_overview_page, GTK_TYPE_WIDGET)

/* What the chart wants beside the table, margins included; without it, it stands below. */
#define CHART_ROOM 380

/* The kept-aside rows that are listed one by one; the rest is counted. */
#define MAX_ASIDE_ROWS 200

/* Rows -------------------------------------------------------------------- */

static void
clear_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static GtkWidget *
add_row (GtkListBox *list, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *label = g_strdup_printf ("%s, %s", title, subtitle);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_list_box_append (list, row);
  return row;
}

G_GNUC_PRINTF (2, 3)
static void
append_part (GString *text, const char *format, ...)
{
  va_list args;

  if (text->len > 0)
    g_string_append (text, " · ");
  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
}

typedef struct
{
  int questionnaire;
  DhkAnswerFlags flags;
} Link;

static void
link_cb (GtkButton *button, gpointer user_data)
{
  const Link *link = g_object_get_data (G_OBJECT (button), "link");

  dhk_window_show_responses (DHK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button))),
                             link->questionnaire, link->flags);
}

/* To where what the words say can be looked at and mended. */
static void
add_link (GtkWidget *row, int questionnaire, DhkAnswerFlags flags, const char *text)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  const Link link = { questionnaire, flags };

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "link");
  g_object_set_data_full (G_OBJECT (button), "link", g_memdup2 (&link, sizeof link), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (link_cb), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_links (GtkWidget *row, int questionnaire, const DhkCoverage *coverage)
{
  if (coverage->unreadable > 0)
    {
      g_autofree char *text
          = g_strdup_printf (ngettext ("%u answer could not be read",
                                       "%u answers could not be read", coverage->unreadable),
                             coverage->unreadable);

      add_link (row, questionnaire, DHK_ANSWER_UNREADABLE, text);
    }
  if (coverage->excluded > 0)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("%u excluded", "%u excluded", coverage->excluded), coverage->excluded);

      add_link (row, questionnaire, DHK_ANSWER_EXCLUDED, text);
    }
}

/* The form's own clock: no time zone changes it. */
static char *
dup_last (gint64 last)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (last);

  return time != NULL ? g_date_time_format (time, "%-d %B %Y") : g_strdup ("");
}

static void
update_questionnaires (DhkOverviewPage *self)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);
  DhkLanguage language = dhk_language_of_messages ();

  clear_list (self->questionnaires);
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (instrument, i);
      const DhkCoverage *coverage = dhk_session_get_coverage (self->session, i);
      GString *text = g_string_new (NULL);
      GtkWidget *row;

      append_part (text, ngettext ("%u respondent", "%u respondents", coverage->n), coverage->n);
      if (coverage->n > 0)
        append_part (text, _ ("%u complete"), coverage->complete);
      if (coverage->partly > 0)
        append_part (text, _ ("%u partly"), coverage->partly);
      if (coverage->last != 0)
        {
          g_autofree char *last = dup_last (coverage->last);

          append_part (text, _ ("last answer %s"), last);
        }
      row = add_row (self->questionnaires, dhk_text_get (&questionnaire->label, language),
                     text->str);
      add_links (row, (int) i, coverage);
      g_string_free (text, TRUE);
    }
  dhk_overview_add_paper (self->questionnaires, self->session);
}

/* Imports ----------------------------------------------------------------- */

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkOverviewPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (dhk_session_change_finish (DHK_SESSION (source), result, &error))
    dhk_message_toast (GTK_WIDGET (self), _ ("Import taken out"), _ ("_Undo"), "win.undo");
  else
    dhk_message_show_error (GTK_WIDGET (self), _ ("The import was not taken out"), error);
}

static void
remove_cb (GtkButton *button, gpointer user_data)
{
  DhkOverviewPage *self = DHK_OVERVIEW_PAGE (user_data);
  gint64 *batch = g_object_get_data (G_OBJECT (button), "batch");

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  dhk_session_remove_batch_async (self->session, *batch, removed_cb, g_object_ref (self));
}

static GtkWidget *
create_undo_button (DhkOverviewPage *self, const DhkBatch *batch)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Undo"));
  g_autofree char *label = g_strdup_printf (_ ("Undo the import of “%s”"), batch->file_name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_set_sensitive (button, !dhk_session_is_read_only (self->session));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "batch", g_memdup2 (&batch->id, sizeof batch->id),
                          g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
  return button;
}

static char *
dup_when (gint64 when)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (when);

  return time != NULL ? g_date_time_format (time, "%-d %B %Y, %H:%M") : g_strdup ("");
}

static void
update_imports (DhkOverviewPage *self)
{
  GPtrArray *batches = dhk_session_get_batches (self->session);

  clear_list (self->imports);
  for (guint i = 0; i < batches->len; i++)
    {
      const DhkBatch *batch = g_ptr_array_index (batches, i);
      g_autofree char *when = dup_when (batch->when);
      GString *text = g_string_new (when);
      GtkWidget *row;

      append_part (text, _ ("%u added"), batch->added);
      if (batch->present > 0)
        append_part (text, _ ("%u already present"), batch->present);
      if (batch->aside > 0)
        append_part (text, _ ("%u kept aside"), batch->aside);
      row = add_row (self->imports, batch->file_name, text->str);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_undo_button (self, batch));
      g_string_free (text, TRUE);
    }
  gtk_widget_set_visible (self->imports_group, batches->len > 0);
}

static void
update_aside (DhkOverviewPage *self)
{
  GPtrArray *rows = dhk_session_get_aside (self->session);

  clear_list (self->aside);
  for (guint i = 0; i < MIN (rows->len, MAX_ASIDE_ROWS); i++)
    {
      const DhkAsideRow *row = g_ptr_array_index (rows, i);
      g_autofree char *title
          = g_strdup_printf (_ ("%s, row %u"), row->file_name, (guint) row->line);

      add_row (self->aside, title, row->reason);
    }
  if (rows->len > MAX_ASIDE_ROWS)
    {
      g_autofree char *more
          = g_strdup_printf (ngettext ("%u more row was kept aside; it is in the study too.",
                                       "%u more rows were kept aside; they are in the study too.",
                                       rows->len - MAX_ASIDE_ROWS),
                             rows->len - MAX_ASIDE_ROWS);

      add_row (self->aside, _ ("And more"), more);
    }
  gtk_widget_set_visible (self->aside_group, rows->len > 0);
}

/* Counts ------------------------------------------------------------------ */

/* The report's own table of counts; else every respondent type by the first category. */
static DhkAnalysis *
create_analysis (DhkSession *session)
{
  DhkPlan *plan = dhk_session_get_plan (session);
  DhkInstrument *instrument = dhk_session_get_instrument (session);
  DhkAnalysis *analysis;

  for (guint i = 0; plan != NULL && i < dhk_plan_get_n_tables (plan); i++)
    if (dhk_plan_get_table (plan, i)->analysis->kind == DHK_ANALYSIS_COUNTS)
      return dhk_analysis_ref (dhk_plan_get_table (plan, i)->analysis);

  analysis = dhk_analysis_new (instrument, DHK_ANALYSIS_COUNTS);
  for (guint i = 0; i < dhk_instrument_get_n_types (instrument); i++)
    {
      DhkGroup group = dhk_group_init (i, DHK_NO_TARGET);

      g_array_append_val (analysis->groups, group);
    }
  for (guint i = dhk_instrument_get_n_variables (instrument); i > 0; i--)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, i - 1);

      if (variable->kind == DHK_VARIABLE_CATEGORY && variable->choices < 0)
        analysis->row_variable = (int) i - 1;
    }
  if (analysis->row_variable < 0 && dhk_instrument_get_n_choices (instrument) > 0)
    analysis->row_choices = 0;
  return analysis;
}

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkOverviewPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkOutput) output = dhk_output_compute_finish (result, &error);

  /* Cancelled: a newer request is on its way, or the page is gone. */
  if (output == NULL || self->session == NULL)
    return;
  g_clear_pointer (&self->output, dhk_output_unref);
  self->output = g_steal_pointer (&output);
  self->output->is_sample = dhk_session_is_sample (self->session);
  dhk_table_view_set_table (self->table, self->output->table, self->output->heading);
  dhk_chart_view_set_chart (self->chart, self->output->chart);
}

static void
update_counts (DhkOverviewPage *self)
{
  g_autoptr (DhkAnalysis) analysis = create_analysis (self->session);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  /* A questionnaire without a background question has nothing to count by. */
  gtk_widget_set_visible (self->counts, dhk_analysis_get_n_rows (analysis) > 0);
  if (dhk_analysis_get_n_rows (analysis) == 0)
    return;
  self->cancellable = g_cancellable_new ();
  dhk_output_compute_async (analysis, dhk_session_get_frame (self->session),
                            _ ("Respondents by type"), self->cancellable, computed_cb,
                            g_object_ref (self));
}

static void
update (DhkOverviewPage *self)
{
  gboolean is_empty = dhk_frame_get_n_rows (dhk_session_get_frame (self->session)) == 0
                      && dhk_session_get_batches (self->session)->len == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "content");
  gtk_widget_set_visible (self->sample_notice, dhk_session_is_sample (self->session));
  update_questionnaires (self);
  update_imports (self);
  update_aside (self);
  update_counts (self);
}

/* Life -------------------------------------------------------------------- */

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkOverviewPage *self = DHK_OVERVIEW_PAGE (widget);

  if (self->output != NULL)
    dhk_output_print (self->output, widget);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkOverviewPage *self = DHK_OVERVIEW_PAGE (widget);

  if (self->output != NULL)
    dhk_output_choose_export (self->output, widget);
}

static gboolean
narrow_cb (gpointer user_data)
{
  DhkOverviewPage *self = DHK_OVERVIEW_PAGE (user_data);

  self->narrow_source = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->counts), self->is_narrow
                                                                     ? GTK_ORIENTATION_VERTICAL
                                                                     : GTK_ORIENTATION_HORIZONTAL);
  return G_SOURCE_REMOVE;
}

static void
dhk_overview_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DhkOverviewPage *self = DHK_OVERVIEW_PAGE (widget);
  gboolean is_narrow;
  int table;

  gtk_widget_allocate (GTK_WIDGET (self->stack), width, height, baseline, NULL);
  gtk_widget_measure (GTK_WIDGET (self->table), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &table, NULL,
                      NULL);
  is_narrow = width < table + CHART_ROOM;
  if (is_narrow == self->is_narrow)
    return;
  self->is_narrow = is_narrow;
  if (self->narrow_source == 0)
    self->narrow_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, narrow_cb, self, NULL);
}

static void
dhk_overview_page_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (DHK_OVERVIEW_PAGE (widget)->stack), orientation, for_size,
                      minimum, natural, minimum_baseline, natural_baseline);
}

static void
dhk_overview_page_dispose (GObject *object)
{
  DhkOverviewPage *self = DHK_OVERVIEW_PAGE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->narrow_source, g_source_remove);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->output, dhk_output_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (dhk_overview_page_parent_class)->dispose (object);
}

static void
dhk_overview_page_class_init (DhkOverviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_overview_page_dispose;

  g_type_ensure (DHK_TYPE_TABLE_VIEW);
  g_type_ensure (DHK_TYPE_CHART_VIEW);
  widget_class->measure = dhk_overview_page_measure;
  widget_class->size_allocate = dhk_overview_page_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/driehoek/Driehoek/overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DhkOverviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DhkOverviewPage, sample_notice);
  gtk_widget_class_bind_template_child (widget_class, DhkOverviewPage, counts);
  gtk_widget_class_bind_template_child (widget_class, DhkOverviewPage, table);
  gtk_widget_class_bind_template_child (widget_class, DhkOverviewPage, chart);
  gtk_widget_class_bind_template_child (widget_class, DhkOverviewPage, questionnaires);
  gtk_widget_class_bind_template_child (widget_class, DhkOverviewPage, imports_group);
  gtk_widget_class_bind_template_child (widget_class, DhkOverviewPage, imports);
  gtk_widget_class_bind_template_child (widget_class, DhkOverviewPage, aside_group);
  gtk_widget_class_bind_template_child (widget_class, DhkOverviewPage, aside);
  gtk_widget_class_install_action (widget_class, "page.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_action);
}

static void
dhk_overview_page_init (DhkOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dhk_overview_page_new (DhkSession *session)
{
  DhkOverviewPage *self;

  g_return_val_if_fail (DHK_IS_SESSION (session), NULL);

  self = g_object_new (DHK_TYPE_OVERVIEW_PAGE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
