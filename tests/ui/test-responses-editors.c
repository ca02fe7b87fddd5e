/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What opens over and beside a cell of the Responses page: editors, the menu, the history. */

#include <string.h>

#include "import/dhk-import.h"
#include "ui-responses.h"

static void
find_row_of (GtkWidget *widget, gpointer data)
{
  GtkWidget **found = data;

  if (GTK_IS_LIST_BOX_ROW (widget) && *found == NULL
      && gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) != NULL
      && gtk_widget_has_focus (widget))
    *found = widget;
}

/* Enter opens the answers; a digit opens them at that answer. */
static void
an_answer_is_corrected_and_undone (UiFixture *fixture, gconstpointer data)
{
  DhkSession *session;
  DhkAnswerGrid *grid;
  GtkWidget *row = NULL;
  int before, wanted;

  ui_responses_open (fixture);
  session = dhk_window_get_session (fixture->window);
  dhk_responses_page_set_filter (ui_responses_get_page (fixture), 0, 0);
  grid = ui_responses_get_grid (fixture);
  ui_responses_press (grid, GDK_KEY_End, 0);
  before = ui_responses_get_code (grid);
  wanted = before == 4 ? 2 : 4;
  g_assert_cmpint (before, >=, 1);
  g_assert_true (ui_responses_press (grid, (guint) (GDK_KEY_0 + wanted), 0));
  ui_responses_settle (fixture);
  ui_walk (GTK_WIDGET (grid), find_row_of, &row);
  g_assert_nonnull (row);
  g_signal_emit_by_name (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX), "row-activated", row);

  /* At once, before it is written. */
  g_assert_cmpint (ui_responses_get_code (grid), ==, wanted);
  ui_responses_settle (fixture);
  g_assert_cmpint (ui_responses_get_code (grid), ==, wanted);
  g_assert_nonnull (dhk_session_get_undo_label (session));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  ui_responses_settle (fixture);
  g_assert_cmpint (ui_responses_get_code (grid), ==, before);
}

/* As on a full disk: neither the cell nor the line above the grid says what is not in the study. */
static void
an_answer_that_was_not_written_is_taken_back (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  DhkAnswerGrid *grid;
  DhkInstrument *instrument;
  const DhkQuestion *question;
  g_autofree char *old_text = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *new_text = NULL;
  g_autoptr (GArray) selected = NULL;
  int before, wanted;

  ui_responses_open (fixture);
  page = GTK_WIDGET (ui_responses_get_page (fixture));
  grid = ui_responses_get_grid (fixture);
  instrument = dhk_session_get_instrument (dhk_window_get_session (fixture->window));
  ui_responses_press (grid, GDK_KEY_End, 0);
  question = ui_responses_get_question (grid);
  selected = dhk_answer_grid_dup_selected (grid);
  before = ui_responses_get_code (grid);
  wanted = before == 4 ? 2 : 4;
  old_text = dhk_answer_dup_long (instrument, question, before, NAN);
  answer = dhk_answer_dup_long (instrument, question, wanted, NAN);
  new_text = g_strdup_printf ("%s (corrected by hand)", answer);
  dhk_answer_grid_add_pending (grid, g_array_index (selected, gint64, 0), question, wanted, NAN);
  g_assert_true (ui_shows (page, new_text) && !ui_shows (page, old_text));
  dhk_answer_grid_drop_pending (grid);
  g_assert_cmpint (ui_responses_get_code (grid), ==, before);
  g_assert_true (ui_shows (page, old_text) && !ui_shows (page, new_text));
}

static guint
count_popovers (DhkAnswerGrid *grid, GtkWidget **popover)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (grid)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      {
        n++;
        *popover = child;
      }
  return n;
}

/* The one popover of the grid, opened by `key`. */
static GtkWidget *
open_popover (UiFixture *fixture, DhkAnswerGrid *grid, guint key)
{
  GtkWidget *popover = NULL;

  g_assert_true (ui_responses_press (grid, key, 0));
  ui_responses_settle (fixture);
  g_assert_cmpuint (count_popovers (grid, &popover), ==, 1);
  g_assert_true (gtk_widget_get_mapped (popover));
  return popover;
}

static void
finish_editor (GtkWidget *popover, int way)
{
  GtkWidget *row = NULL;

  switch (way)
    {
    case 0:
      ui_walk (popover, find_row_of, &row);
      g_signal_emit_by_name (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX), "row-activated",
                             row);
      break;
    case 1:
      g_assert_true (ui_responses_press_on (popover, GDK_KEY_KP_2, 0));
      break;
    case 2:
      g_assert_true (ui_responses_press_on (popover, GDK_KEY_Escape, 0));
      break;
    default:
      /* What a click elsewhere does. */
      gtk_popover_popdown (GTK_POPOVER (popover));
    }
}

static gboolean
is_cell_focused (UiFixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL
         && gtk_widget_get_parent (focus) == GTK_WIDGET (ui_responses_get_grid (fixture));
}

/* By Enter, a digit, Escape and a click elsewhere: the popover is freed with all that is in it. */
static void
an_editor_leaves_nothing_behind (UiFixture *fixture, gconstpointer data)
{
  DhkAnswerGrid *grid;
  GtkWidget *popover;

  ui_responses_open (fixture);
  dhk_responses_page_set_filter (ui_responses_get_page (fixture), 0, 0);
  grid = ui_responses_get_grid (fixture);
  ui_responses_press (grid, GDK_KEY_End, 0);
  for (int way = 0; way < 4; way++)
    {
      GtkWidget *row = NULL;

      popover = open_popover (fixture, grid, GDK_KEY_Return);
      ui_walk (popover, find_row_of, &row);
      g_assert_nonnull (row);
      /* With another key held a digit is no answer. */
      g_assert_false (ui_responses_press_on (popover, GDK_KEY_4, GDK_ALT_MASK));
      g_object_add_weak_pointer (G_OBJECT (popover), (gpointer *) &popover);
      g_object_add_weak_pointer (G_OBJECT (row), (gpointer *) &row);
      finish_editor (popover, way);
      ui_responses_settle (fixture);
      g_assert_null (popover);
      g_assert_null (row);
      g_assert_true (is_cell_focused (fixture));
    }
  /* Opening the next one closes the one before. */
  open_popover (fixture, grid, GDK_KEY_Return);
  open_popover (fixture, grid, GDK_KEY_Menu);
}

/* With the page, the row and the window goes what is open over the cell. */
static void
popovers_go_with_their_cell (UiFixture *fixture, gconstpointer data)
{
  static const guint keys[] = { GDK_KEY_Menu, GDK_KEY_Return };
  DhkAnswerGrid *grid;
  GtkWidget *popover;

  ui_responses_open (fixture);
  grid = ui_responses_get_grid (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      popover = open_popover (fixture, grid, keys[i]);
      dhk_window_show_page (fixture->window, "compare");
      g_assert_false (gtk_widget_get_visible (popover));
      ui_responses_settle (fixture);
      g_assert_cmpuint (count_popovers (grid, &popover), ==, 0);
      g_assert_false (is_cell_focused (fixture));
      dhk_window_show_page (fixture->window, "responses");
      ui_responses_settle (fixture);
      gtk_widget_grab_focus (GTK_WIDGET (grid));

      /* What is open has all keys; the one to a page goes there. */
      popover = open_popover (fixture, grid, keys[i]);
      g_assert_true (ui_responses_press_on (popover, GDK_KEY_1, GDK_CONTROL_MASK));
      g_assert_true (gtk_widget_get_mapped (dhk_window_get_page (fixture->window, "overview")));
      dhk_window_show_page (fixture->window, "responses");
      ui_responses_settle (fixture);
      gtk_widget_grab_focus (GTK_WIDGET (grid));

      dhk_responses_page_set_filter (ui_responses_get_page (fixture), 0, 0);
      open_popover (fixture, grid, keys[i]);
      dhk_responses_page_set_filter (ui_responses_get_page (fixture), 1, 0);
      ui_responses_settle (fixture);
      g_assert_cmpuint (count_popovers (grid, &popover), ==, 0);
    }
  /* The window closes with its menu open. */
  open_popover (fixture, grid, GDK_KEY_Menu);
}

static gboolean
press_escape (GtkWidget *page)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (page);
  g_autoptr (GtkShortcutTrigger) escape = gtk_keyval_trigger_new (GDK_KEY_Escape, 0);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller)
                        && j < g_list_model_get_n_items (G_LIST_MODEL (controller));
           j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), escape))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, page, NULL);
        }
    }
  g_assert_not_reached ();
}

/* It leaves two thirds to the answers; Escape closes it, and otherwise is for whoever is next. */
static void
the_history_stands_beside_the_answers (UiFixture *fixture, gconstpointer data)
{
  DhkAnswerGrid *grid;
  GtkWidget *page;
  int wide, beside;

  ui_responses_open (fixture);
  page = GTK_WIDGET (ui_responses_get_page (fixture));
  grid = ui_responses_get_grid (fixture);
  ui_responses_settle (fixture);
  g_assert_false (press_escape (page));
  wide = gtk_widget_get_width (GTK_WIDGET (grid));
  g_assert_true (gtk_widget_activate_action (page, "responses.history", NULL));
  while (gtk_widget_get_width (GTK_WIDGET (grid)) == wide)
    g_main_context_iteration (NULL, TRUE);
  ui_responses_settle (fixture);
  beside = gtk_widget_get_width (GTK_WIDGET (grid));
  g_test_message ("%d of %d", beside, wide);
  g_assert_cmpint (beside * 100, >, wide * 60);
  g_assert_true (gtk_widget_activate_action (page, "responses.search", NULL));
  g_assert_false (is_cell_focused (fixture));
  g_assert_true (press_escape (page));
  g_assert_true (is_cell_focused (fixture));
  g_assert_false (press_escape (page));
}

static const char choices_csv[]
    = "ID,Start time,Completion time,Email,Name,Which branch did you visit?,Which events did you "
      "visit?,"
      "They greeted me,They took their time for me,I felt in the way\n"
      "1,2024-01-02 10:00,2024-01-02 10:05,anonymous,,North,Talk;,mostly,mostly,hardly\n"
      "2,2024-01-03 10:00,2024-01-03 10:05,anonymous,,North,,mostly,mostly,hardly\n";

static void
open_choices (UiFixture *fixture)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "choices.driehoek");
  g_autoptr (GFile) answers = ui_fixture_create_file (fixture, "visitors.csv");
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (DhkInstrument) instrument = ui_new_instrument_with_choices ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) store = dhk_store_create (file, instrument, &error);
  g_autoptr (DhkDraft) draft = NULL;

  g_assert_no_error (error);
  g_file_replace_contents (answers, choices_csv, strlen (choices_csv), NULL, FALSE, 0, NULL, NULL,
                           &error);
  g_ptr_array_add (files, answers);
  draft = dhk_import_read (instrument, files, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  dhk_store_commit (store, draft, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&store, dhk_store_close);
  dhk_window_open_study (fixture->window, file);
  ui_fixture_wait (fixture, ui_has_answers);
  gtk_window_present (GTK_WINDOW (fixture->window));
  dhk_window_show_page (fixture->window, "responses");
  ui_fixture_wait (fixture, ui_responses_is_placed);
}

static void
find_box (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_CHECK_BUTTON (widget))
    g_ptr_array_add (data, widget);
}

static void
find_save (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "suggested-action")
      && gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) != NULL)
    *(GtkWidget **) data = widget;
}

/* The boxes of the choices are ticked together, saved in one step and undone in one. */
static void
several_choices_are_ticked (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) boxes = g_ptr_array_new ();
  DhkAnswerGrid *grid;
  GtkWidget *save = NULL;

  open_choices (fixture);
  grid = ui_responses_get_grid (fixture);
  /* Who ticked nothing left no question out. */
  g_assert_cmpuint (
      dhk_session_get_coverage (dhk_window_get_session (fixture->window), 0)->complete, ==, 2);
  ui_responses_press (grid, GDK_KEY_Right, 0);
  ui_responses_press (grid, GDK_KEY_Right, 0);
  g_assert_cmpint (ui_responses_get_code (grid), ==, DHK_CHOSEN);
  ui_responses_press (grid, GDK_KEY_Right, 0);
  g_assert_cmpint (ui_responses_get_code (grid), ==, DHK_NOT_CHOSEN);
  g_assert_true (ui_responses_press (grid, GDK_KEY_Return, 0));
  ui_responses_settle (fixture);
  ui_walk (GTK_WIDGET (grid), find_box, boxes);
  ui_walk (GTK_WIDGET (grid), find_save, &save);
  g_assert_cmpuint (boxes->len, ==, 4);
  g_assert_nonnull (save);
  g_assert_true (gtk_check_button_get_active (g_ptr_array_index (boxes, 1)));
  g_assert_false (gtk_check_button_get_active (g_ptr_array_index (boxes, 2)));
  gtk_check_button_set_active (g_ptr_array_index (boxes, 1), FALSE);
  gtk_check_button_set_active (g_ptr_array_index (boxes, 2), TRUE);
  g_signal_emit_by_name (save, "clicked");

  g_assert_cmpint (ui_responses_get_code (grid), ==, DHK_CHOSEN);
  ui_responses_settle (fixture);
  g_assert_cmpint (ui_responses_get_code (grid), ==, DHK_CHOSEN);
  ui_responses_press (grid, GDK_KEY_Left, 0);
  g_assert_cmpint (ui_responses_get_code (grid), ==, DHK_NOT_CHOSEN);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  ui_responses_settle (fixture);
  g_assert_cmpint (ui_responses_get_code (grid), ==, DHK_CHOSEN);
  ui_responses_press (grid, GDK_KEY_Down, 0);
  g_assert_cmpint (ui_responses_get_code (grid), ==, DHK_MISSING_EMPTY);
}

#define TEST(name)                                                                                 \
  g_test_add ("/ui/responses/" #name, UiFixture, NULL, ui_fixture_set_up, name,                    \
              ui_fixture_tear_down)

void
ui_responses_add_editor_tests (void)
{
  TEST (an_answer_is_corrected_and_undone);
  TEST (an_answer_that_was_not_written_is_taken_back);
  TEST (an_editor_leaves_nothing_behind);
  TEST (popovers_go_with_their_cell);
  TEST (the_history_stands_beside_the_answers);
  TEST (several_choices_are_ticked);
}
