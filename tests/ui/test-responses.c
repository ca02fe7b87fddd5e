/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Responses page: the grid by key, filters, correcting, leaving out, erasing. */

#include <math.h>
#include <string.h>

#include "import/dhk-import.h"
#include "store/dhk-store-respondents.h"
#include "ui-fixture.h"
#include "ui/dhk-answer-grid.h"
#include "ui/dhk-responses-page.h"

static DhkResponsesPage *
get_page (UiFixture *fixture)
{
  return DHK_RESPONSES_PAGE (dhk_window_get_page (fixture->window, "responses"));
}

static gboolean
is_ready (UiFixture *fixture)
{
  return dhk_responses_page_is_ready (get_page (fixture))
         && !dhk_session_is_busy (dhk_window_get_session (fixture->window));
}

static void
find_grid (GtkWidget *widget, gpointer data)
{
  if (DHK_IS_ANSWER_GRID (widget))
    *(GtkWidget **) data = widget;
}

static DhkAnswerGrid *
get_grid (UiFixture *fixture)
{
  GtkWidget *grid = NULL;

  ui_walk (GTK_WIDGET (get_page (fixture)), find_grid, &grid);
  g_assert_nonnull (grid);
  return DHK_ANSWER_GRID (grid);
}

static gboolean
is_placed (UiFixture *fixture)
{
  return is_ready (fixture) && gtk_widget_get_height (GTK_WIDGET (get_grid (fixture))) > 100;
}

static void
open_page (UiFixture *fixture)
{
  ui_fixture_open_sample (fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  dhk_window_show_page (fixture->window, "responses");
  ui_fixture_wait (fixture, is_placed);
}

/* As GDK would: to the widget's own controllers. */
static gboolean
press_on (GtkWidget *widget, guint key, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &handled);
    }
  return handled;
}

static gboolean
press (DhkAnswerGrid *grid, guint key, GdkModifierType state)
{
  return press_on (GTK_WIDGET (grid), key, state);
}

static guint
get_row (DhkAnswerGrid *grid)
{
  const DhkQuestion *question;
  guint row = 0;

  g_assert_true (dhk_answer_grid_get_focus (grid, &row, &question));
  return row;
}

static const DhkQuestion *
get_question (DhkAnswerGrid *grid)
{
  const DhkQuestion *question = NULL;
  guint row;

  g_assert_true (dhk_answer_grid_get_focus (grid, &row, &question));
  return question;
}

static int
get_code (DhkAnswerGrid *grid)
{
  gboolean is_corrected;
  double number;

  return dhk_answer_grid_get_answer (grid, get_row (grid), get_question (grid), &number,
                                     &is_corrected);
}

static void
settle (UiFixture *fixture)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  ui_fixture_wait (fixture, is_ready);
}

/* Tests -------------------------------------------------------------------- */

static void
keys_move_the_focused_cell (UiFixture *fixture, gconstpointer data)
{
  DhkAnswerGrid *grid;
  const DhkQuestion *first;

  open_page (fixture);
  grid = get_grid (fixture);
  g_assert_cmpuint (dhk_answer_grid_get_n_rows (grid), ==, 484);
  first = get_question (grid);
  g_assert_cmpuint (get_row (grid), ==, 0);

  g_assert_true (press (grid, GDK_KEY_Down, 0));
  g_assert_true (press (grid, GDK_KEY_Right, 0));
  g_assert_cmpuint (get_row (grid), ==, 1);
  g_assert_true (get_question (grid) != first);
  press (grid, GDK_KEY_End, GDK_CONTROL_MASK);
  g_assert_cmpuint (get_row (grid), ==, 483);
  press (grid, GDK_KEY_Page_Up, 0);
  g_assert_cmpuint (get_row (grid), <, 482);
  press (grid, GDK_KEY_Home, GDK_CONTROL_MASK);
  g_assert_cmpuint (get_row (grid), ==, 0);
  g_assert_true (get_question (grid) == first);
  press (grid, GDK_KEY_Up, 0);
  press (grid, GDK_KEY_Left, 0);
  g_assert_cmpuint (get_row (grid), ==, 0);
  g_assert_false (press (grid, GDK_KEY_Tab, 0));
  gtk_widget_grab_focus (GTK_WIDGET (grid));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (grid), GTK_DIR_TAB_FORWARD));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (grid), GTK_DIR_TAB_BACKWARD));
}

/* The focused cell is a widget that a screen reader can name. */
static void
the_focused_cell_has_a_name (UiFixture *fixture, gconstpointer data)
{
  DhkAnswerGrid *grid;
  GtkWidget *cell;

  open_page (fixture);
  grid = get_grid (fixture);
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

  open_page (fixture);
  grid = get_grid (fixture);
  one = dhk_answer_grid_dup_text (grid);
  g_assert_null (strpbrk (one, "\t\n"));
  press (grid, GDK_KEY_Down, GDK_SHIFT_MASK);
  press (grid, GDK_KEY_Right, GDK_SHIFT_MASK);
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
  press (grid, GDK_KEY_Escape, 0);
  g_array_unref (g_steal_pointer (&selected));
  selected = dhk_answer_grid_dup_selected (grid);
  g_assert_cmpuint (selected->len, ==, 1);
}

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

  open_page (fixture);
  session = dhk_window_get_session (fixture->window);
  dhk_responses_page_set_filter (get_page (fixture), 0, 0);
  grid = get_grid (fixture);
  press (grid, GDK_KEY_End, 0);
  before = get_code (grid);
  wanted = before == 4 ? 2 : 4;
  g_assert_cmpint (before, >=, 1);
  g_assert_true (press (grid, (guint) (GDK_KEY_0 + wanted), 0));
  settle (fixture);
  ui_walk (GTK_WIDGET (grid), find_row_of, &row);
  g_assert_nonnull (row);
  g_signal_emit_by_name (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX), "row-activated", row);

  /* At once, before it is written. */
  g_assert_cmpint (get_code (grid), ==, wanted);
  settle (fixture);
  g_assert_cmpint (get_code (grid), ==, wanted);
  g_assert_nonnull (dhk_session_get_undo_label (session));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  settle (fixture);
  g_assert_cmpint (get_code (grid), ==, before);
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

  g_assert_true (press (grid, key, 0));
  settle (fixture);
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
      g_assert_true (press_on (popover, GDK_KEY_KP_2, 0));
      break;
    case 2:
      g_assert_true (press_on (popover, GDK_KEY_Escape, 0));
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

  return focus != NULL && gtk_widget_get_parent (focus) == GTK_WIDGET (get_grid (fixture));
}

/* By Enter, a digit, Escape and a click elsewhere: the popover is freed with all that is in it. */
static void
an_editor_leaves_nothing_behind (UiFixture *fixture, gconstpointer data)
{
  DhkAnswerGrid *grid;
  GtkWidget *popover;

  open_page (fixture);
  dhk_responses_page_set_filter (get_page (fixture), 0, 0);
  grid = get_grid (fixture);
  press (grid, GDK_KEY_End, 0);
  for (int way = 0; way < 4; way++)
    {
      GtkWidget *row = NULL;

      popover = open_popover (fixture, grid, GDK_KEY_Return);
      ui_walk (popover, find_row_of, &row);
      g_assert_nonnull (row);
      /* To a page, not an answer. */
      g_assert_false (press_on (popover, GDK_KEY_4, GDK_CONTROL_MASK));
      g_object_add_weak_pointer (G_OBJECT (popover), (gpointer *) &popover);
      g_object_add_weak_pointer (G_OBJECT (row), (gpointer *) &row);
      finish_editor (popover, way);
      settle (fixture);
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

  open_page (fixture);
  grid = get_grid (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      popover = open_popover (fixture, grid, keys[i]);
      dhk_window_show_page (fixture->window, "compare");
      g_assert_false (gtk_widget_get_visible (popover));
      settle (fixture);
      g_assert_cmpuint (count_popovers (grid, &popover), ==, 0);
      g_assert_false (is_cell_focused (fixture));
      dhk_window_show_page (fixture->window, "responses");
      settle (fixture);
      gtk_widget_grab_focus (GTK_WIDGET (grid));

      dhk_responses_page_set_filter (get_page (fixture), 0, 0);
      open_popover (fixture, grid, keys[i]);
      dhk_responses_page_set_filter (get_page (fixture), 1, 0);
      settle (fixture);
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

  open_page (fixture);
  page = GTK_WIDGET (get_page (fixture));
  grid = get_grid (fixture);
  settle (fixture);
  g_assert_false (press_escape (page));
  wide = gtk_widget_get_width (GTK_WIDGET (grid));
  g_assert_true (gtk_widget_activate_action (page, "responses.history", NULL));
  while (gtk_widget_get_width (GTK_WIDGET (grid)) == wide)
    g_main_context_iteration (NULL, TRUE);
  settle (fixture);
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
  ui_fixture_wait (fixture, is_placed);
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
  grid = get_grid (fixture);
  /* Who ticked nothing left no question out. */
  g_assert_cmpuint (
      dhk_session_get_coverage (dhk_window_get_session (fixture->window), 0)->complete, ==, 2);
  press (grid, GDK_KEY_Right, 0);
  press (grid, GDK_KEY_Right, 0);
  g_assert_cmpint (get_code (grid), ==, DHK_CHOSEN);
  press (grid, GDK_KEY_Right, 0);
  g_assert_cmpint (get_code (grid), ==, DHK_NOT_CHOSEN);
  g_assert_true (press (grid, GDK_KEY_Return, 0));
  settle (fixture);
  ui_walk (GTK_WIDGET (grid), find_box, boxes);
  ui_walk (GTK_WIDGET (grid), find_save, &save);
  g_assert_cmpuint (boxes->len, ==, 4);
  g_assert_nonnull (save);
  g_assert_true (gtk_check_button_get_active (g_ptr_array_index (boxes, 1)));
  g_assert_false (gtk_check_button_get_active (g_ptr_array_index (boxes, 2)));
  gtk_check_button_set_active (g_ptr_array_index (boxes, 1), FALSE);
  gtk_check_button_set_active (g_ptr_array_index (boxes, 2), TRUE);
  g_signal_emit_by_name (save, "clicked");

  g_assert_cmpint (get_code (grid), ==, DHK_CHOSEN);
  settle (fixture);
  g_assert_cmpint (get_code (grid), ==, DHK_CHOSEN);
  press (grid, GDK_KEY_Left, 0);
  g_assert_cmpint (get_code (grid), ==, DHK_NOT_CHOSEN);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  settle (fixture);
  g_assert_cmpint (get_code (grid), ==, DHK_CHOSEN);
  press (grid, GDK_KEY_Down, 0);
  g_assert_cmpint (get_code (grid), ==, DHK_MISSING_EMPTY);
}

static gboolean
is_excluded (UiFixture *fixture)
{
  return is_ready (fixture)
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

  open_page (fixture);
  page = GTK_WIDGET (get_page (fixture));
  dhk_responses_page_set_filter (get_page (fixture), questionnaire, 0);
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
  settle (fixture);
  g_assert_cmpuint (dhk_answer_grid_get_n_rows (get_grid (fixture)), ==, 1);
  g_assert_true (gtk_widget_activate_action (page, "responses.include", NULL));
  settle (fixture);
  g_assert_cmpuint (dhk_answer_grid_get_n_rows (get_grid (fixture)), ==, 0);
}

/* Asked twice; the second time the number has to be typed. */
static void
erasing_is_asked_twice (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  AdwMessageDialog *dialog;
  GtkEditable *entry;

  open_page (fixture);
  page = GTK_WIDGET (get_page (fixture));
  g_assert_true (gtk_widget_activate_action (page, "responses.erase", NULL));
  ui_fixture_wait (fixture, has_dialog);
  dialog = find_dialog ();
  adw_message_dialog_response (dialog, "go-on");
  settle (fixture);
  g_assert_cmpuint (dhk_answer_grid_get_n_rows (get_grid (fixture)), ==, 484);
  dialog = find_dialog ();
  entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "erase"));
  gtk_editable_set_text (entry, "2");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "erase"));
  gtk_editable_set_text (entry, "1");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "erase"));
  adw_message_dialog_response (dialog, "erase");
  ui_fixture_wait (fixture, is_excluded);
  settle (fixture);
  g_assert_cmpuint (dhk_answer_grid_get_n_rows (get_grid (fixture)), ==, 483);
}

static void
an_empty_study_says_what_to_do (UiFixture *fixture, gconstpointer data)
{
  ui_fixture_create_study (fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  dhk_window_show_page (fixture->window, "responses");
  ui_fixture_wait (fixture, is_ready);
  g_assert_true (ui_shows (GTK_WIDGET (get_page (fixture)), "No answers yet"));
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
  TEST (an_answer_is_corrected_and_undone);
  TEST (an_editor_leaves_nothing_behind);
  TEST (popovers_go_with_their_cell);
  TEST (the_history_stands_beside_the_answers);
  TEST (several_choices_are_ticked);
  TEST (a_respondent_is_left_out_with_a_reason);
  TEST (erasing_is_asked_twice);
  TEST (an_empty_study_says_what_to_do);
  TEST (search_and_sort);
  return g_test_run ();
}
