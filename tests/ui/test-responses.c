/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Responses page: the grid by key, filters, leaving out, erasing. */

#include <math.h>
#include <string.h>

#include "store/dhk-store-respondents.h"
#include "ui-responses.h"

/* Tests -------------------------------------------------------------------- */

static void
keys_move_the_focused_cell (UiFixture *fixture, gconstpointer data)
{
  DhkAnswerGrid *grid;
  const DhkQuestion *first;
  GtkWidget *scroller;
  GtkAdjustment *down;
  double height;
  guint row;

  ui_responses_open (fixture);
  grid = ui_responses_get_grid (fixture);
  g_assert_cmpuint (dhk_answer_grid_get_n_rows (grid), ==, 484);
  first = ui_responses_get_question (grid);
  g_assert_cmpuint (ui_responses_get_row (grid), ==, 0);

  g_assert_true (ui_responses_press (grid, GDK_KEY_Down, 0));
  g_assert_true (ui_responses_press (grid, GDK_KEY_Right, 0));
  g_assert_cmpuint (ui_responses_get_row (grid), ==, 1);
  g_assert_true (ui_responses_get_question (grid) != first);
  ui_responses_press (grid, GDK_KEY_End, GDK_CONTROL_MASK);
  g_assert_cmpuint (ui_responses_get_row (grid), ==, 483);
  ui_responses_press (grid, GDK_KEY_Page_Up, 0);
  g_assert_cmpuint (ui_responses_get_row (grid), <, 482);
  ui_responses_press (grid, GDK_KEY_Home, GDK_CONTROL_MASK);
  g_assert_cmpuint (ui_responses_get_row (grid), ==, 0);
  g_assert_true (ui_responses_get_question (grid) == first);
  ui_responses_press (grid, GDK_KEY_Up, 0);
  ui_responses_press (grid, GDK_KEY_Left, 0);
  g_assert_cmpuint (ui_responses_get_row (grid), ==, 0);
  g_assert_false (ui_responses_press (grid, GDK_KEY_Tab, 0));
  gtk_widget_grab_focus (GTK_WIDGET (grid));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (grid), GTK_DIR_TAB_FORWARD));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (grid), GTK_DIR_TAB_BACKWARD));

  /* Where more rows come back, it is still in sight. */
  dhk_responses_page_set_filter (ui_responses_get_page (fixture), 3, 0);
  ui_responses_settle (fixture);
  ui_responses_press (grid, GDK_KEY_End, GDK_CONTROL_MASK);
  row = ui_responses_get_row (grid);
  g_assert_cmpuint (row, >, 100);
  dhk_responses_page_set_filter (ui_responses_get_page (fixture), -1, 0);
  ui_responses_settle (fixture);
  g_assert_cmpuint (ui_responses_get_row (grid), ==, row);
  scroller = gtk_widget_get_ancestor (GTK_WIDGET (grid), GTK_TYPE_SCROLLED_WINDOW);
  down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  height = gtk_adjustment_get_upper (down) / 484;
  g_assert_cmpfloat (gtk_adjustment_get_value (down), <=, height * row);
  g_assert_cmpfloat (height * (row + 1), <=,
                     gtk_adjustment_get_value (down) + gtk_adjustment_get_page_size (down));
}

/* The focused cell is a widget that a screen reader can name. */
static void
the_focused_cell_has_a_name (UiFixture *fixture, gconstpointer data)
{
  DhkAnswerGrid *grid;
  GtkWidget *cell;

  ui_responses_open (fixture);
  grid = ui_responses_get_grid (fixture);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (grid)));
  cell = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (gtk_widget_get_parent (cell) == GTK_WIDGET (grid));
  gtk_test_accessible_assert_role (cell, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  g_assert_true (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_assert_true (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL));
}

static void
a_selection_is_copied_with_heads (UiFixture *fixture, gconstpointer data)
{
  DhkAnswerGrid *grid;
  g_autofree char *one = NULL;
  g_autofree char *four = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GArray) selected = NULL;

  ui_responses_open (fixture);
  grid = ui_responses_get_grid (fixture);
  one = dhk_answer_grid_dup_text (grid);
  g_assert_null (strpbrk (one, "\t\n"));
  ui_responses_press (grid, GDK_KEY_Down, GDK_SHIFT_MASK);
  ui_responses_press (grid, GDK_KEY_Right, GDK_SHIFT_MASK);
  four = dhk_answer_grid_dup_text (grid);
  lines = g_strsplit (four, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, 3);
    }
  g_assert_nonnull (strstr (lines[1], one));
  selected = dhk_answer_grid_dup_selected (grid);
  g_assert_cmpuint (selected->len, ==, 2);
  ui_responses_press (grid, GDK_KEY_Escape, 0);
  g_array_unref (g_steal_pointer (&selected));
  selected = dhk_answer_grid_dup_selected (grid);
  g_assert_cmpuint (selected->len, ==, 1);
}

static gboolean
is_excluded (UiFixture *fixture)
{
  return ui_responses_is_ready (fixture)
         && dhk_frame_get_n_rows (dhk_session_get_frame (dhk_window_get_session (fixture->window)))
                == 483;
}

static AdwMessageDialog *
peek_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  AdwMessageDialog *dialog = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        dialog = ADW_MESSAGE_DIALOG (window);
    }
  return dialog;
}

static AdwMessageDialog *
find_dialog (void)
{
  AdwMessageDialog *dialog = peek_dialog ();

  g_assert_nonnull (dialog);
  return dialog;
}

static gboolean
has_dialog (UiFixture *fixture)
{
  return peek_dialog () != NULL;
}

static void
a_respondent_is_left_out_with_a_reason (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  AdwMessageDialog *dialog;
  int questionnaire = 1;

  ui_responses_open (fixture);
  page = GTK_WIDGET (ui_responses_get_page (fixture));
  dhk_responses_page_set_filter (ui_responses_get_page (fixture), questionnaire, 0);
  g_assert_true (gtk_widget_activate_action (page, "responses.exclude", NULL));
  dialog = find_dialog ();
  gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)), "Dubbel");
  adw_message_dialog_response (dialog, "exclude");
  ui_fixture_wait (fixture, is_excluded);
  g_assert_cmpuint (
      dhk_session_get_coverage (dhk_window_get_session (fixture->window), (guint) questionnaire)
          ->excluded,
      ==, 1);

  /* From Overview one comes to exactly this one. */
  dhk_window_show_responses (fixture->window, questionnaire, DHK_ANSWER_EXCLUDED);
  ui_responses_settle (fixture);
  g_assert_cmpuint (dhk_answer_grid_get_n_rows (ui_responses_get_grid (fixture)), ==, 1);
  g_assert_true (gtk_widget_activate_action (page, "responses.include", NULL));
  ui_responses_settle (fixture);
  g_assert_cmpuint (dhk_answer_grid_get_n_rows (ui_responses_get_grid (fixture)), ==, 0);
}

/* Asked twice; the second time the number has to be typed. */
static void
erasing_is_asked_twice (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  AdwMessageDialog *dialog;
  GtkEditable *entry;

  ui_responses_open (fixture);
  page = GTK_WIDGET (ui_responses_get_page (fixture));
  g_assert_true (gtk_widget_activate_action (page, "responses.erase", NULL));
  ui_fixture_wait (fixture, has_dialog);
  dialog = find_dialog ();
  adw_message_dialog_response (dialog, "go-on");
  ui_responses_settle (fixture);
  g_assert_cmpuint (dhk_answer_grid_get_n_rows (ui_responses_get_grid (fixture)), ==, 484);
  dialog = find_dialog ();
  entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "erase"));
  gtk_editable_set_text (entry, "2");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "erase"));
  gtk_editable_set_text (entry, "1");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "erase"));
  adw_message_dialog_response (dialog, "erase");
  ui_fixture_wait (fixture, is_excluded);
  ui_responses_settle (fixture);
  g_assert_cmpuint (dhk_answer_grid_get_n_rows (ui_responses_get_grid (fixture)), ==, 483);
}

static void
an_empty_study_says_what_to_do (UiFixture *fixture, gconstpointer data)
{
  ui_fixture_create_study (fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  dhk_window_show_page (fixture->window, "responses");
  ui_fixture_wait (fixture, ui_responses_is_ready);
  g_assert_true (ui_shows (GTK_WIDGET (ui_responses_get_page (fixture)), "No answers yet"));
}

static gboolean
sees (DhkAnswerFilter *filter, DhkRespondents *list, guint n)
{
  g_autoptr (GArray) rows = dhk_answer_filter_apply (filter, list, NULL, NULL);

  g_test_message ("%s: %u", filter->text, rows->len);
  return rows->len == n;
}

/* Number, form's id and words find; sorting puts missing answers last, up and down. */
static void
search_and_sort (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (DhkStore) store = NULL;
  g_autoptr (DhkRespondents) list = NULL;
  g_autoptr (DhkAnswerFilter) filter = g_new0 (DhkAnswerFilter, 1);
  g_autoptr (GPtrArray) questions = NULL;
  DhkSession *session;
  DhkInstrument *instrument;

  ui_fixture_open_sample (fixture);
  session = dhk_window_get_session (fixture->window);
  store = dhk_store_open (dhk_session_get_file (session), NULL);
  g_assert_nonnull (store);
  list = dhk_store_load_respondents (store, NULL, NULL);
  instrument = dhk_respondents_get_instrument (list);
  filter->questionnaire = -1;
  filter->variable = -1;
  g_assert_true (sees (filter, list, 484));
  filter->text = g_strdup ("no such words");
  g_assert_true (sees (filter, list, 0));
  g_free (filter->text);
  filter->text = g_strdup_printf ("%s 5", dhk_answer_get_kind (instrument, 0));
  g_assert_true (sees (filter, list, 1));
  g_clear_pointer (&filter->text, g_free);

  questions = dhk_answer_list_questions (instrument, 0);
  filter->questionnaire = 0;
  for (guint q = 0; q < questions->len; q++)
    for (int down = 0; down < 2; down++)
      {
        g_autoptr (GArray) rows = NULL;
        gboolean missing = FALSE;
        double last = down ? INFINITY : -INFINITY;

        filter->sort = g_ptr_array_index (questions, q);
        filter->sort_down = down;
        rows = dhk_answer_filter_apply (filter, list, NULL, NULL);
        for (guint i = 0; i < rows->len; i++)
          {
            guint32 row = g_array_index (rows, guint32, i);
            int code = dhk_respondents_get_code (list, row, filter->sort);
            double value = dhk_respondents_get_value (list, row, filter->sort);

            if (code < 0)
              {
                missing = TRUE;
                continue;
              }
            g_assert_false (missing);
            value = isfinite (value) ? value : code;
            g_assert_true (down ? value <= last : value >= last);
            last = value;
          }
      }
}

#define TEST(name)                                                                                 \
  g_test_add ("/ui/responses/" #name, UiFixture, NULL, ui_fixture_set_up, name,                    \
              ui_fixture_tear_down)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  TEST (keys_move_the_focused_cell);
  TEST (the_focused_cell_has_a_name);
  TEST (a_selection_is_copied_with_heads);
  ui_responses_add_editor_tests ();
  TEST (a_respondent_is_left_out_with_a_reason);
  TEST (erasing_is_asked_twice);
  TEST (an_empty_study_says_what_to_do);
  TEST (search_and_sort);
  return g_test_run ();
}
