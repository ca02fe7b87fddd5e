/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Importing in the window: what a drop and the file chooser both end in. */

#include <string.h>

#include "ui-fixture.h"
#include "ui/dhk-import-page.h"

static DhkImportPage *
get_page (UiFixture *fixture)
{
  return DHK_IMPORT_PAGE (dhk_window_get_page (fixture->window, "import"));
}

static gboolean
has_draft (UiFixture *fixture)
{
  return dhk_import_page_get_draft (get_page (fixture)) != NULL;
}

static guint
count_respondents (UiFixture *fixture)
{
  return dhk_frame_get_n_rows (dhk_session_get_frame (dhk_window_get_session (fixture->window)));
}

static void
dropped_files_are_added_after_one_click (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = NULL;
  DhkDraftTotals totals;

  ui_fixture_create_study (fixture);
  files = ui_fixture_unpack_exports (fixture);
  g_assert_cmpuint (files->len, ==, 4);

  dhk_window_import_files (fixture->window, files);
  ui_fixture_wait (fixture, has_draft);
  g_assert_true (ui_shows (GTK_WIDGET (fixture->window),
                           "484 new respondents, 0 already present, 0 rows kept aside."));
  totals = dhk_draft_get_totals (dhk_import_page_get_draft (get_page (fixture)), NULL);
  g_assert_cmpuint (totals.added, ==, 484);
  /* Nothing is stored before the click. */
  g_assert_cmpuint (count_respondents (fixture), ==, 0);

  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (get_page (fixture)), "import.commit", NULL));
  ui_fixture_wait (fixture, ui_has_answers);
  g_assert_cmpuint (count_respondents (fixture), ==, 484);
}

static gboolean
shows_nothing_new (UiFixture *fixture)
{
  return ui_shows (GTK_WIDGET (fixture->window),
                   "Nothing new: everything in these files is in the study already.");
}

static void
look_for_suggested (GtkWidget *widget, gpointer data)
{
  GtkWidget *bar = gtk_widget_get_ancestor (widget, GTK_TYPE_REVEALER);

  if (bar != NULL && GTK_IS_BUTTON (widget)
      && gtk_widget_has_css_class (widget, "suggested-action"))
    *(const char **) data = gtk_button_get_label (GTK_BUTTON (widget));
}

static void
the_same_files_again_add_nothing (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = NULL;
  const char *suggested = NULL;

  ui_fixture_open_sample (fixture);
  files = ui_fixture_unpack_exports (fixture);
  dhk_window_import_files (fixture->window, files);
  ui_fixture_wait (fixture, shows_nothing_new);

  /* What is suggested is to go on; adding is off: activating the action does nothing. */
  ui_walk (GTK_WIDGET (get_page (fixture)), look_for_suggested, &suggested);
  g_assert_cmpstr (suggested, ==, "_Done");
  gtk_widget_activate_action (GTK_WIDGET (get_page (fixture)), "import.commit", NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count_respondents (fixture), ==, 484);
  g_assert_true (has_draft (fixture));
}

static void
leaving_it_clears_the_page (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = NULL;

  ui_fixture_create_study (fixture);
  files = ui_fixture_unpack_exports (fixture);
  dhk_window_import_files (fixture->window, files);
  ui_fixture_wait (fixture, has_draft);
  gtk_widget_activate_action (GTK_WIDGET (get_page (fixture)), "import.cancel", NULL);
  g_assert_false (has_draft (fixture));
  g_assert_cmpuint (count_respondents (fixture), ==, 0);
}

static void
cancelling_while_files_are_read (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = NULL;

  ui_fixture_create_study (fixture);
  files = ui_fixture_unpack_exports (fixture);
  dhk_window_import_files (fixture->window, files);
  gtk_widget_activate_action (GTK_WIDGET (get_page (fixture)), "import.cancel", NULL);
  for (guint i = 0; i < 50; i++)
    {
      g_usleep (2000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_false (has_draft (fixture));
}

static gboolean
shows_refusal (UiFixture *fixture)
{
  return ui_shows (
      GTK_WIDGET (get_page (fixture)),
      "The workbook is damaged or cut off, so it cannot be read whole. Nothing was taken over. "
      "Download or save the file again.");
}

static GFile *
create_picture (UiFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GFile *file = ui_fixture_create_file (fixture, "picture.xlsx");

  g_file_replace_contents (file, "PK\3\4 not a workbook", 19, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                           NULL, &error);
  g_assert_no_error (error);
  return file;
}

static void
a_file_that_is_no_table_is_told_in_a_sentence (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *page;

  ui_fixture_create_study (fixture);
  g_ptr_array_add (files, create_picture (fixture));
  dhk_window_import_files (fixture->window, files);
  ui_fixture_wait (fixture, shows_refusal);
  page = GTK_WIDGET (get_page (fixture));
  g_assert_false (has_draft (fixture));
  g_assert_false (gtk_revealer_get_reveal_child (
      GTK_REVEALER (gtk_widget_get_template_child (page, DHK_TYPE_IMPORT_PAGE, "outcome"))));
}

/* A study among other files is told apart from what cannot be read at all. */
static void
a_file_that_cannot_be_read_holds_up_no_other (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = NULL;
  GtkWidget *page;

  ui_fixture_create_study (fixture);
  files = ui_fixture_unpack_exports (fixture);
  g_ptr_array_insert (files, 0, create_picture (fixture));
  g_ptr_array_insert (
      files, 2, g_object_ref (dhk_session_get_file (dhk_window_get_session (fixture->window))));
  dhk_window_import_files (fixture->window, files);
  ui_fixture_wait (fixture, has_draft);
  page = GTK_WIDGET (get_page (fixture));
  g_assert_true (shows_refusal (fixture));
  g_assert_true (ui_shows (
      page,
      "This is a study, which is imported by itself. Leave it out here, and import it after the "
      "other files."));
  g_assert_true (ui_shows (page, "484 new respondents, 0 already present, 0 rows kept aside, 2 "
                                 "files left out."));
  g_assert_cmpuint (
      dhk_draft_get_totals (dhk_import_page_get_draft (get_page (fixture)), NULL).added, ==, 484);
  gtk_widget_activate_action (page, "import.commit", NULL);
  ui_fixture_wait (fixture, ui_has_answers);
}

static void
add_response (UiFixture *fixture, GPtrArray *files, const char *name, const char *content)
{
  g_autofree char *full = g_strconcat (name, ".driehoek-response", NULL);
  GFile *file = ui_fixture_create_file (fixture, full);
  g_autoptr (GError) error = NULL;

  g_file_replace_contents (file, content, strlen (content), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                           NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (files, file);
}

#define RESPONSE(id, state)                                                                        \
  "<response format=\"1\" id=\"" id "000000000000000000000000000000\" state=\"" state              \
  "\" instrument=\"partnerschap-2023\" version=\"1\" questionnaire=\"leraren\" sha256=\""          \
  "0000000000000000000000000000000000000000000000000000000000000000\" "                            \
  "started=\"2026-10-01T09:00:00\" saved=\"2026-10-01T10:00:00\">"                                 \
  "<answer item=\"bel1\" code=\"3\"/><answer item=\"lukt1\" code=\"2\"/></response>"

/* Between other files they stand together, with what becomes of each. */
static void
response_files_stand_together (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) exports = NULL;
  GtkWidget *window = GTK_WIDGET (fixture->window);

  ui_fixture_create_study (fixture);
  exports = ui_fixture_unpack_exports (fixture);
  add_response (fixture, files, "een", RESPONSE ("aa", "finished"));
  g_ptr_array_add (files, g_object_ref (g_ptr_array_index (exports, 0)));
  add_response (fixture, files, "kapot", "<response broken");
  add_response (fixture, files, "begonnen", RESPONSE ("bb", "begun"));
  dhk_window_import_files (fixture->window, files);
  ui_fixture_wait (fixture, has_draft);
  g_assert_true (ui_shows (window, "3 response files"));
  g_assert_true (ui_shows (window, "1 unreadable · 1 kept aside · 1 new"));
  g_assert_true (ui_shows (window, "een.driehoek-response"));
  g_assert_true (ui_shows (window, "New"));
  g_assert_false (ui_shows (window, "1 response file"));
}

static gboolean
has_open_question (UiFixture *fixture)
{
  return has_draft (fixture)
         && dhk_draft_get_questions (dhk_import_page_get_draft (get_page (fixture)))->len > 0;
}

static gboolean
has_no_open_question (UiFixture *fixture)
{
  return has_draft (fixture)
         && dhk_draft_get_questions (dhk_import_page_get_draft (get_page (fixture)))->len == 0;
}

/* A label that no answer scale has: a person decides, and may decide again. */
static void
an_open_question_is_answered_and_answered_again (UiFixture *fixture, gconstpointer data)
{
  static const char text[] = "Geslacht;De hulpverleners en ik respecteren elkaar;"
                             "De hulpverleners luisteren naar wat ik wil zeggen\n"
                             "Man;altijd;heel vaak\nVrouw;bijna nooit;soms\n";
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "Jeugdigen.csv");
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                           &error);
  g_assert_no_error (error);
  ui_fixture_create_study (fixture);
  g_ptr_array_add (files, file);
  dhk_window_import_files (fixture->window, files);
  ui_fixture_wait (fixture, has_open_question);

  for (guint round = 0; round < 8 && !has_no_open_question (fixture); round++)
    {
      DhkDraft *draft = dhk_import_page_get_draft (get_page (fixture));
      const DhkDraftQuestion *question = g_ptr_array_index (dhk_draft_get_questions (draft), 0);
      g_autofree char *id = g_strdup (question->id);
      g_autofree char *first = g_strdup (question->choices[0].id);
      g_autofree char *second = g_strdup (question->choices[1].id);

      dhk_import_page_answer (get_page (fixture), id, second);
      ui_fixture_wait (fixture, has_draft);
      dhk_import_page_answer (get_page (fixture), id, first);
      ui_fixture_wait (fixture, has_draft);
    }
  g_assert_true (has_no_open_question (fixture));
}

int
main (int argc, char **argv)
{
#define ADD(name)                                                                                  \
  g_test_add ("/ui/import/" #name, UiFixture, NULL, ui_fixture_set_up, name, ui_fixture_tear_down)

  ui_test_init (&argc, &argv);
  ADD (dropped_files_are_added_after_one_click);
  ADD (the_same_files_again_add_nothing);
  ADD (leaving_it_clears_the_page);
  ADD (cancelling_while_files_are_read);
  ADD (a_file_that_is_no_table_is_told_in_a_sentence);
  ADD (a_file_that_cannot_be_read_holds_up_no_other);
  ADD (response_files_stand_together);
  ADD (an_open_question_is_answered_and_answered_again);
  return g_test_run ();
}
