/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-responses.h"

DhkResponsesPage *
ui_responses_get_page (UiFixture *fixture)
{
  return DHK_RESPONSES_PAGE (dhk_window_get_page (fixture->window, "responses"));
}

gboolean
ui_responses_is_ready (UiFixture *fixture)
{
  return dhk_responses_page_is_ready (ui_responses_get_page (fixture))
         && !dhk_session_is_busy (dhk_window_get_session (fixture->window));
}

static void
find_grid (GtkWidget *widget, gpointer data)
{
  if (DHK_IS_ANSWER_GRID (widget))
    *(GtkWidget **) data = widget;
}

DhkAnswerGrid *
ui_responses_get_grid (UiFixture *fixture)
{
  GtkWidget *grid = NULL;

  ui_walk (GTK_WIDGET (ui_responses_get_page (fixture)), find_grid, &grid);
  g_assert_nonnull (grid);
  return DHK_ANSWER_GRID (grid);
}

gboolean
ui_responses_is_placed (UiFixture *fixture)
{
  return ui_responses_is_ready (fixture)
         && gtk_widget_get_height (GTK_WIDGET (ui_responses_get_grid (fixture))) > 100;
}

void
ui_responses_open (UiFixture *fixture)
{
  ui_fixture_open_sample (fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  dhk_window_show_page (fixture->window, "responses");
  ui_fixture_wait (fixture, ui_responses_is_placed);
}

/* As GDK would: to the widget's own controllers. */
gboolean
ui_responses_press_on (GtkWidget *widget, guint key, GdkModifierType state)
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

gboolean
ui_responses_press (DhkAnswerGrid *grid, guint key, GdkModifierType state)
{
  return ui_responses_press_on (GTK_WIDGET (grid), key, state);
}

guint
ui_responses_get_row (DhkAnswerGrid *grid)
{
  const DhkQuestion *question;
  guint row = 0;

  g_assert_true (dhk_answer_grid_get_focus (grid, &row, &question));
  return row;
}

const DhkQuestion *
ui_responses_get_question (DhkAnswerGrid *grid)
{
  const DhkQuestion *question = NULL;
  guint row;

  g_assert_true (dhk_answer_grid_get_focus (grid, &row, &question));
  return question;
}

int
ui_responses_get_code (DhkAnswerGrid *grid)
{
  gboolean is_corrected;
  double number;

  return dhk_answer_grid_get_answer (grid, ui_responses_get_row (grid),
                                     ui_responses_get_question (grid), &number, &is_corrected);
}

void
ui_responses_settle (UiFixture *fixture)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  ui_fixture_wait (fixture, ui_responses_is_ready);
}
