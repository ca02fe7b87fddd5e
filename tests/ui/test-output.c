/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window shows, prints and exports is what the rooms below computed. */

#include <string.h>

#include "report/dhk-document.h"
#include "ui-fixture.h"
#include "ui/dhk-chart-view.h"
#include "ui/dhk-comparison.h"
#include "ui/dhk-output.h"
#include "ui/dhk-pages-view.h"
#include "ui/dhk-print.h"
#include "ui/dhk-report-page.h"
#include "ui/dhk-table-view.h"

/* Tables ------------------------------------------------------------------ */

static DhkInstrument *
load_instrument (void)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *instrument = dhk_instrument_new_builtin ("partnerschap-2023", &error);

  g_assert_no_error (error);
  return instrument;
}

static GtkWidget *
get_child (UiFixture *fixture, const char *page, GType type, const char *name)
{
  return GTK_WIDGET (
      gtk_widget_get_template_child (dhk_window_get_page (fixture->window, page), type, name));
}

static gboolean
compares (UiFixture *fixture)
{
  GtkWidget *page = dhk_window_get_page (fixture->window, "compare");
  GtkWidget *table
      = GTK_WIDGET (gtk_widget_get_template_child (page, G_OBJECT_TYPE (page), "table"));

  return dhk_table_view_get_table (DHK_TABLE_VIEW (table)) != NULL;
}

/* Every cell of the table, as made below, is a label that can be read. */
static void
compare_shows_every_cell_as_a_label (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *view;
  DhkTable *table;
  guint n = 0;

  ui_fixture_open_sample (fixture);
  dhk_window_show_page (fixture->window, "compare");
  ui_fixture_wait (fixture, compares);
  page = dhk_window_get_page (fixture->window, "compare");
  view = get_child (fixture, "compare", G_OBJECT_TYPE (page), "table");
  table = dhk_table_view_get_table (DHK_TABLE_VIEW (view));

  for (guint i = table->n_head_rows; i < table->rows->len; i++)
    {
      const DhkTableRow *row = g_ptr_array_index (table->rows, i);

      for (guint j = 0; j < row->cells->len; j++)
        {
          g_assert_true (ui_shows (view, g_array_index (row->cells, DhkTableCell, j).text));
          n++;
        }
    }
  g_assert_cmpuint (n, >=, 7);
  /* Table 6, Band in residential care. */
  g_assert_true (ui_shows (view, "3.90"));
  g_assert_true (ui_shows (view, "0.95"));
}

static void
chart_tells_itself_in_words (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *view;
  DhkChart *chart;
  g_autoptr (GdkTexture) texture = NULL;

  ui_fixture_open_sample (fixture);
  dhk_window_show_page (fixture->window, "compare");
  ui_fixture_wait (fixture, compares);
  page = dhk_window_get_page (fixture->window, "compare");
  view = get_child (fixture, "compare", G_OBJECT_TYPE (page), "chart");
  chart = dhk_chart_view_get_chart (DHK_CHART_VIEW (view));
  g_assert_nonnull (chart);
  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, chart->alternative);
  texture = dhk_chart_view_create_texture (DHK_CHART_VIEW (view));
  g_assert_cmpint (gdk_texture_get_width (texture), >, 800);
}

/* Choices ----------------------------------------------------------------- */

static void
init_choices (DhkComparison *choices,
              DhkInstrument *instrument,
              GArray *viewpoints,
              const gboolean *scales)
{
  *choices
      = (DhkComparison){ .instrument = instrument, .viewpoints = viewpoints, .scales = scales };
  for (guint i = 0; i < DHK_MAX_VARIABLES; i++)
    choices->only[i] = -1;
}

static void
choices_name_the_test_that_fits (UiFixture *fixture, gconstpointer data)
{
  DhkFrame *frame;
  g_autoptr (DhkInstrument) instrument = load_instrument ();
  g_autoptr (GArray) viewpoints = dhk_comparison_list_viewpoints (instrument);
  g_autofree gboolean *scales = g_new0 (gboolean, dhk_instrument_get_n_scales (instrument));
  g_autoptr (DhkAnalysis) by_sector = NULL;
  g_autoptr (DhkAnalysis) by_sex = NULL;
  g_autoptr (DhkAnalysis) by_age = NULL;
  g_autoptr (DhkAnalysis) by_viewpoint = NULL;
  DhkComparison choices;

  ui_fixture_open_sample (fixture);
  frame = dhk_session_get_frame (dhk_window_get_session (fixture->window));
  init_choices (&choices, instrument, viewpoints, scales);
  g_assert_null (dhk_comparison_create_analysis (&choices, frame));

  scales[dhk_instrument_find_scale (instrument, "band")] = TRUE;
  choices.side_by_side = dhk_instrument_find_variable (instrument, "sector");
  by_sector = dhk_comparison_create_analysis (&choices, frame);
  g_assert_cmpuint (by_sector->groups->len, ==, 3);
  g_assert_cmpint (by_sector->design, ==, DHK_DESIGN_ANOVA);

  choices.side_by_side = dhk_instrument_find_variable (instrument, "sex");
  by_sex = dhk_comparison_create_analysis (&choices, frame);
  g_assert_cmpuint (by_sex->groups->len, ==, 2);
  g_assert_cmpint (by_sex->design, ==, DHK_DESIGN_T);

  /* Youths are of three bands of age; bands that nobody is of are not shown. */
  choices.side_by_side = dhk_instrument_find_variable (instrument, "age");
  by_age = dhk_comparison_create_analysis (&choices, frame);
  g_assert_cmpuint (by_age->groups->len, ==, 3);

  /* Workers and teachers stand in two columns each: never an ANOVA over all six. */
  choices.side_by_side = DHK_SIDE_BY_SIDE_VIEWPOINTS;
  by_viewpoint = dhk_comparison_create_analysis (&choices, frame);
  g_assert_cmpuint (by_viewpoint->groups->len, ==, 6);
  g_assert_cmpint (by_viewpoint->design, ==, DHK_DESIGN_PAIRS);
  g_assert_cmpuint (by_viewpoint->pairs->len, ==, 13);
}

/* Report ------------------------------------------------------------------ */

static gboolean
has_report (UiFixture *fixture)
{
  return dhk_report_page_get_pages (
             DHK_REPORT_PAGE (dhk_window_get_page (fixture->window, "report")))
         != NULL;
}

static void
assert_is_pdf (GFile *file)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_load_contents (file, NULL, &contents, &length, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, 10000);
  g_assert_true (g_str_has_prefix (contents, "%PDF-"));
}

static void
report_prints_into_a_file (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "printed.pdf");
  g_autoptr (GError) error = NULL;
  DhkPages *pages;

  ui_fixture_open_sample (fixture);
  dhk_window_show_page (fixture->window, "report");
  ui_fixture_wait (fixture, has_report);
  pages = dhk_report_page_get_pages (
      DHK_REPORT_PAGE (dhk_window_get_page (fixture->window, "report")));
  g_assert_cmpuint (dhk_pages_get_n (pages), >, 5);

  g_assert_true (dhk_print_to_file (pages, "Report", file, &error));
  g_assert_no_error (error);
  assert_is_pdf (file);
}

static gboolean
has_file (UiFixture *fixture)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "exported.pdf");

  return g_file_query_exists (file, NULL);
}

static void
report_is_exported_and_marked_as_sample (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "exported.pdf");
  g_autofree char *text = NULL;
  DhkReportPage *page;

  ui_fixture_open_sample (fixture);
  dhk_window_show_page (fixture->window, "report");
  ui_fixture_wait (fixture, has_report);
  page = DHK_REPORT_PAGE (dhk_window_get_page (fixture->window, "report"));
  text = dhk_pages_dup_text (dhk_report_page_get_pages (page), 0);
  g_assert_nonnull (strstr (text, "not real answers"));

  dhk_report_page_export (page, file);
  ui_fixture_wait (fixture, has_file);
  assert_is_pdf (file);
}

static void
pages_zoom_within_bounds (UiFixture *fixture, gconstpointer data)
{
  DhkPagesView *view;

  ui_fixture_open_sample (fixture);
  dhk_window_show_page (fixture->window, "report");
  ui_fixture_wait (fixture, has_report);
  view = DHK_PAGES_VIEW (get_child (fixture, "report", DHK_TYPE_REPORT_PAGE, "pages_view"));
  dhk_pages_view_set_zoom (view, 100);
  g_assert_cmpfloat (dhk_pages_view_get_zoom (view), ==, 4);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.zoom-normal", NULL);
  g_assert_cmpfloat (dhk_pages_view_get_zoom (view), ==, 1);
}

/* Files ------------------------------------------------------------------- */

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DhkOutput **output = user_data;

  *output = dhk_output_compute_finish (result, NULL);
}

static void
a_comparison_is_exported_in_every_form (UiFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "a.pdf", "a.svg", "a.png", "a.csv" };
  g_autoptr (DhkInstrument) instrument = load_instrument ();
  g_autoptr (GArray) viewpoints = dhk_comparison_list_viewpoints (instrument);
  g_autofree gboolean *scales = g_new0 (gboolean, dhk_instrument_get_n_scales (instrument));
  g_autoptr (DhkAnalysis) analysis = NULL;
  g_autoptr (DhkOutput) output = NULL;
  DhkComparison choices;
  DhkFrame *frame;
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  ui_fixture_open_sample (fixture);
  frame = dhk_session_get_frame (dhk_window_get_session (fixture->window));
  scales[0] = TRUE;
  init_choices (&choices, instrument, viewpoints, scales);
  choices.side_by_side = dhk_instrument_find_variable (instrument, "sector");
  analysis = dhk_comparison_create_analysis (&choices, frame);
  dhk_output_compute_async (analysis, frame, NULL, NULL, computed_cb, &output);
  while (output == NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (output);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) file = ui_fixture_create_file (fixture, names[i]);
      g_autoptr (GError) error = NULL;

      g_assert_true (dhk_output_export (output, file, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_query_exists (file, NULL));
    }
}

int
main (int argc, char **argv)
{
#define ADD(name)                                                                                  \
  g_test_add ("/ui/output/" #name, UiFixture, NULL, ui_fixture_set_up, name, ui_fixture_tear_down)

  ui_test_init (&argc, &argv);
  ADD (choices_name_the_test_that_fits);
  ADD (compare_shows_every_cell_as_a_label);
  ADD (chart_tells_itself_in_words);
  ADD (report_prints_into_a_file);
  ADD (report_is_exported_and_marked_as_sample);
  ADD (pages_zoom_within_bounds);
  ADD (a_comparison_is_exported_in_every_form);
  return g_test_run ();
}
