/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A study of many respondents: what is in sight is there at once, the rest follows. */

#include <string.h>

#include "ui-fixture.h"
#include "ui/dhk-import-page.h"
#include "ui/dhk-responses-private.h"

#define N_ROWS 30000u

static DhkResponsesPage *
get_page (UiFixture *fixture)
{
  return DHK_RESPONSES_PAGE (dhk_window_get_page (fixture->window, "responses"));
}

static DhkImportPage *
get_import (UiFixture *fixture)
{
  return DHK_IMPORT_PAGE (dhk_window_get_page (fixture->window, "import"));
}

static gboolean
has_draft (UiFixture *fixture)
{
  return dhk_import_page_get_draft (get_import (fixture)) != NULL;
}

static void
find_view (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_COLUMN_VIEW (widget))
    *(GtkWidget **) data = widget;
}

/* Columns of the file that the import page shows. */
static guint
count_columns (UiFixture *fixture)
{
  GtkWidget *view = NULL;

  ui_walk (GTK_WIDGET (get_import (fixture)), find_view, &view);
  g_assert_nonnull (view);
  return g_list_model_get_n_items (
      G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view))));
}

static gboolean
shows_all_columns (UiFixture *fixture)
{
  return count_columns (fixture) == 7;
}

static void
write_answers (GFile *file)
{
  static const char *const labels[] = { "altijd", "meestal", "soms", "bijna nooit", "nooit" };
  g_autoptr (GString) text = g_string_new (
      "ID;Begintijd;Wat is uw leeftijd?;De hulpverleners en ik respecteren elkaar;"
      "Bij de hulpverleners voel ik mij op mijn gemak;Door de hulp lukt het opvoeden mij beter;"
      "Aan wat we tijdens de hulp doen, heeft ons gezin echt iets\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i <= N_ROWS; i++)
    g_string_append_printf (text, "%u;2023-%02u-%02u %02u:%02u:00;%u;%s;%s;%s;%s\n", i,
                            1 + i / 2800, 1 + i / 100 % 28, i / 60 % 24, i % 60, 25 + i % 40,
                            labels[i % 3], labels[i / 3 % 3], labels[i % 3], labels[i / 9 % 3]);
  g_file_replace_contents (file, text->str, text->len, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                           &error);
  g_assert_no_error (error);
}

static void
answer_questions (UiFixture *fixture)
{
  for (guint round = 0; round < 8; round++)
    {
      GPtrArray *questions
          = dhk_draft_get_questions (dhk_import_page_get_draft (get_import (fixture)));
      const DhkDraftQuestion *question;

      if (questions->len == 0)
        return;
      question = g_ptr_array_index (questions, 0);
      g_test_message ("%s", question->text);
      dhk_import_page_answer (get_import (fixture), question->id, question->choices[0].id);
      ui_fixture_wait (fixture, has_draft);
    }
}

static void
import_many (UiFixture *fixture)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "Ouders.csv");
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  write_answers (file);
  g_ptr_array_add (files, file);
  ui_fixture_create_study (fixture);
  dhk_window_import_files (fixture->window, files);
  ui_fixture_wait (fixture, has_draft);
  /* The turn of the main loop that shows the draft builds some of it only. */
  g_assert_cmpuint (count_columns (fixture), <, 7);
  ui_fixture_wait (fixture, shows_all_columns);
  answer_questions (fixture);
  gtk_widget_activate_action (GTK_WIDGET (get_import (fixture)), "import.commit", NULL);
  ui_fixture_wait (fixture, ui_has_answers);
}

static gboolean
shows_rows (UiFixture *fixture)
{
  return dhk_answer_grid_get_n_rows (get_page (fixture)->grid) == N_ROWS;
}

static gboolean
is_ready (UiFixture *fixture)
{
  return dhk_responses_page_is_ready (get_page (fixture));
}

static GtkAdjustment *
get_adjustment (UiFixture *fixture)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (get_page (fixture)->scroller));
}

/* To the end as soon as there is one. */
static gboolean
knows_the_last (UiFixture *fixture)
{
  GtkAdjustment *adjustment = get_adjustment (fixture);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return dhk_respondents_has_row (get_page (fixture)->list, N_ROWS - 1);
}

static gboolean
is_searching (UiFixture *fixture)
{
  return get_page (fixture)->searching != NULL;
}

static gboolean
found_one (UiFixture *fixture)
{
  return is_ready (fixture) && dhk_answer_grid_get_n_rows (get_page (fixture)->grid) == 1;
}

static void
rows_come_where_one_looks (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *name = NULL;
  DhkResponsesPage *page;

  import_many (fixture);
  dhk_window_show_page (fixture->window, "responses");
  page = get_page (fixture);
  ui_fixture_wait (fixture, shows_rows);
  g_assert_cmpuint (dhk_respondents_get_n_loaded (page->list), <=, DHK_RESPONDENT_BLOCK);
  g_assert_false (is_ready (fixture));
  name = dhk_answer_dup_name (page->list, N_ROWS - 1);
  g_assert_cmpstr (name, ==, "…");

  ui_fixture_wait (fixture, knows_the_last);
  g_assert_cmpuint (dhk_respondents_get_n_loaded (page->list), <, N_ROWS);
  g_assert_cmpuint (dhk_respondents_get_number (page->list, N_ROWS - 1), ==, N_ROWS);
  ui_fixture_wait (fixture, is_ready);
  g_assert_cmpuint (dhk_respondents_get_n_loaded (page->list), ==, N_ROWS);
  g_assert_true (ui_shows (GTK_WIDGET (page), "30000 respondents"));
}

static void
typing_on_ends_a_search (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) first = NULL;
  DhkResponsesPage *page;

  import_many (fixture);
  dhk_window_show_page (fixture->window, "responses");
  page = get_page (fixture);
  /* A filter that is asked for before all rows are there is answered when they are. */
  dhk_responses_page_set_filter (page, -1, DHK_ANSWER_EXCLUDED);
  ui_fixture_wait (fixture, is_ready);
  g_assert_cmpuint (dhk_answer_grid_get_n_rows (page->grid), ==, 0);
  dhk_responses_page_set_filter (page, -1, 0);
  ui_fixture_wait (fixture, is_ready);

  gtk_editable_set_text (page->search, "2999");
  ui_fixture_wait (fixture, is_searching);
  first = g_object_ref (page->searching);
  gtk_editable_set_text (page->search, "29999");
  ui_fixture_wait (fixture, found_one);
  g_assert_true (g_cancellable_is_cancelled (first));
}

int
main (int argc, char **argv)
{
#define ADD(name)                                                                                  \
  g_test_add ("/ui/many/" #name, UiFixture, NULL, ui_fixture_set_up, name, ui_fixture_tear_down)

  ui_test_init (&argc, &argv);
  ADD (rows_come_where_one_looks);
  ADD (typing_on_ends_a_search);
  return g_test_run ();
}
