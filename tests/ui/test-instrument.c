/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page Questionnaire: shown, edited on a copy, saved as a version, undone; every page follows. */

#include <adwaita.h>
#include <string.h>

#include "study/dhk-instrument-edit.h"
#include "ui-fixture.h"
#include "ui/dhk-instrument-page-private.h"
#include "ui/dhk-slices.h"

typedef struct
{
  GType type;
  const char *title;
  GtkWidget *found;
} Search;

static void
look (GtkWidget *widget, gpointer data)
{
  Search *search = data;
  const char *text = NULL;

  if (!G_TYPE_CHECK_INSTANCE_TYPE (widget, search->type) || search->found != NULL)
    return;
  if (ADW_IS_PREFERENCES_ROW (widget))
    text = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  else
    text = g_object_get_data (G_OBJECT (widget), "label");
  if (text != NULL && strcmp (text, search->title) == 0)
    search->found = widget;
}

static GtkWidget *
find (GtkWidget *page, GType type, const char *title)
{
  Search search = { type, title, NULL };

  ui_walk (page, look, &search);
  g_assert_nonnull (search.found);
  return search.found;
}

static void
look_for_tabs (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_STACK (widget) && gtk_stack_get_child_by_name (GTK_STACK (widget), "scales") != NULL)
    *(GtkStack **) data = GTK_STACK (widget);
}

static GtkStack *
get_tabs (UiFixture *fixture)
{
  GtkStack *tabs = NULL;

  ui_walk (dhk_window_get_page (fixture->window, "questionnaire"), look_for_tabs, &tabs);
  g_assert_nonnull (tabs);
  return tabs;
}

static gboolean
is_made (UiFixture *fixture)
{
  return !dhk_slices_is_at_work (GTK_WIDGET (get_tabs (fixture)));
}

static GtkWidget *
show_page (UiFixture *fixture)
{
  dhk_window_show_page (fixture->window, "questionnaire");
  ui_fixture_wait (fixture, is_made);
  return dhk_window_get_page (fixture->window, "questionnaire");
}

/* A tab is made when it is shown. */
static void
show_tab (UiFixture *fixture, const char *name)
{
  gtk_stack_set_visible_child_name (get_tabs (fixture), name);
  ui_fixture_wait (fixture, is_made);
}

static void
act (UiFixture *fixture, GtkWidget *page, const char *action)
{
  g_assert_true (gtk_widget_activate_action (page, action, NULL));
  ui_fixture_wait (fixture, is_made);
}

static DhkInstrument *
get_instrument (UiFixture *fixture)
{
  return dhk_session_get_instrument (dhk_window_get_session (fixture->window));
}

static gboolean
is_version_2 (UiFixture *fixture)
{
  return strcmp (dhk_instrument_get_version (get_instrument (fixture)), "2") == 0;
}

static gboolean
is_version_1 (UiFixture *fixture)
{
  return strcmp (dhk_instrument_get_version (get_instrument (fixture)), "1") == 0;
}

static gboolean
is_idle (UiFixture *fixture)
{
  return !dhk_session_is_busy (dhk_window_get_session (fixture->window));
}

static void
type_text (GtkWidget *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "entry-activated");
}

/* Bond gets the minimum 4, the first question another wording; saved, seen and undone. */
static void
version_is_saved_and_undone (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *compare, *expander, *spin;
  guint band;

  ui_fixture_open_sample (fixture);
  dhk_window_show_page (fixture->window, "compare");
  compare = dhk_window_get_page (fixture->window, "compare");
  g_object_add_weak_pointer (G_OBJECT (compare), (gpointer *) &compare);
  page = show_page (fixture);
  act (fixture, page, "page.edit");

  type_text (find (page, ADW_TYPE_ENTRY_ROW, "1 · Background: Sector"), "Which help?");
  g_assert_true (ui_shows (page, "Version 2, not saved: 1 change"));
  show_tab (fixture, "scales");
  expander = find (page, ADW_TYPE_EXPANDER_ROW, "Bond");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  spin = g_object_get_data (G_OBJECT (expander), "minimum");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 4);
  g_assert_true (ui_shows (page, "Version 2, not saved: 2 changes"));

  g_assert_true (gtk_widget_activate_action (page, "page.save", NULL));
  ui_fixture_wait (fixture, is_version_2);
  band = (guint) dhk_instrument_find_scale (get_instrument (fixture), "band");
  g_assert_cmpuint (dhk_instrument_get_scale (get_instrument (fixture), band)->min_answered, ==, 4);
  /* The page that chose by place is another one now. */
  g_assert_null (compare);
  dhk_window_show_page (fixture->window, "compare");
  dhk_window_show_page (fixture->window, "report");
  show_page (fixture);
  ui_fixture_wait (fixture, is_idle);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  ui_fixture_wait (fixture, is_version_1);
  ui_fixture_wait (fixture, is_idle);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.redo", NULL));
  ui_fixture_wait (fixture, is_version_2);
}

static void
refused_text_stays_to_be_mended (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (2100, 'a');
  GtkWidget *page, *row;

  ui_fixture_create_study (fixture);
  page = show_page (fixture);
  act (fixture, page, "page.edit");
  row = find (page, ADW_TYPE_ENTRY_ROW, "2 · Background: Sex");
  type_text (row, long_text);
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_true (ui_shows (page, "Version 2, not saved: 0 changes"));
  type_text (row, "Shorter");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_assert_true (ui_shows (page, "Version 2, not saved: 1 change"));
}

static void
discarding_leaves_everything (UiFixture *fixture, gconstpointer data)
{
  DhkInstrument *before;
  GtkWidget *page;

  ui_fixture_create_study (fixture);
  before = get_instrument (fixture);
  page = show_page (fixture);
  act (fixture, page, "page.edit");
  g_signal_emit_by_name (find (page, GTK_TYPE_BUTTON, "Remove question 4"), "clicked");
  g_assert_true (ui_shows (page, "Version 2, not saved: 1 change"));
  act (fixture, page, "page.discard");
  g_assert_true (get_instrument (fixture) == before);
  g_assert_true (ui_shows (page, "Where the wordings come from"));
}

/* Owned. */
static AdwMessageDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return ADW_MESSAGE_DIALOG (g_steal_pointer (&window));
    }
  g_assert_not_reached ();
}

/* There is no old wording that could stay, and what was chosen beside it would be lost. */
static void
a_question_is_added_when_it_has_words (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (AdwMessageDialog) dialog = NULL;
  GtkWidget *page, *row;

  ui_fixture_create_study (fixture);
  page = show_page (fixture);
  act (fixture, page, "page.edit");
  g_signal_emit_by_name (find (page, GTK_TYPE_BUTTON, "Add a question after 4"), "clicked");
  dialog = find_dialog ();
  row = find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "Wording");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "accept"));
  gtk_editable_set_text (GTK_EDITABLE (row), "  ");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "accept"));
  gtk_editable_set_text (GTK_EDITABLE (row), "Something new");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "accept"));
  g_signal_emit_by_name (row, "entry-activated");
  g_assert_true (ui_shows (page, "Version 2, not saved: 1 change"));
}

static void
forms_are_numbered_within_bounds (UiFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *first, *last;
    gboolean is_whole;
  } cases[] = { { "31", "60", TRUE },     { " 7 ", "7", TRUE }, { "5", "4", FALSE },
                { "0", "4", FALSE },      { "", "4", FALSE },   { "1", "1000", TRUE },
                { "1", "1001", FALSE },   { "x", "4", FALSE },  { "999999", "999999", TRUE },
                { "1", "1000000", FALSE } };
  g_autoptr (AdwMessageDialog) dialog = NULL;
  GtkWidget *page, *first, *last;

  ui_fixture_create_study (fixture);
  page = show_page (fixture);
  act (fixture, page, "page.number");
  dialog = find_dialog ();
  first = find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "First number");
  last = find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "Last number");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "accept"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (first), cases[i].first);
      gtk_editable_set_text (GTK_EDITABLE (last), cases[i].last);
      g_assert_cmpint (adw_message_dialog_get_response_enabled (dialog, "accept"), ==,
                       cases[i].is_whole);
    }
}

/* Rows go on to be the same widgets: what somebody looks at holds still, and the focus is where it was. */
static void
rows_stay_when_a_question_moves (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *row, *next, *focus;

  ui_fixture_create_study (fixture);
  page = show_page (fixture);
  act (fixture, page, "page.edit");
  row = find (page, ADW_TYPE_ENTRY_ROW, "2 · Background: Sex");
  next = find (page, ADW_TYPE_ENTRY_ROW, "3 · Background: Age");
  g_signal_emit_by_name (find (page, GTK_TYPE_BUTTON, "Move question 2 down"), "clicked");
  g_assert_true (find (page, ADW_TYPE_ENTRY_ROW, "2 · Background: Age") == row);
  g_assert_true (find (page, ADW_TYPE_ENTRY_ROW, "3 · Background: Sex") == next);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_nonnull (focus);
  g_assert_cmpstr (gtk_widget_get_name (focus), ==, "down-2");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), !=,
                   gtk_editable_get_text (GTK_EDITABLE (next)));
}

static const char dutch_survey[]
    = "<document><LimeSurveyDocType>Survey</LimeSurveyDocType>"
      "<languages><language>nl</language></languages>"
      "<groups><rows><row><gid>1</gid><language>nl</language></row></rows></groups>"
      "<surveys_languagesettings><rows><row><surveyls_language>nl</surveyls_language>"
      "<surveyls_title>Hoe gaat het?</surveyls_title></row></rows></surveys_languagesettings>"
      "<questions><rows><row><qid>1</qid><parent_qid>0</parent_qid><gid>1</gid><type>F</type>"
      "<title>Q1</title><question>Hoe welkom?</question><question_order>1</question_order>"
      "<language>nl</language></row></rows></questions>"
      "<subquestions><rows><row><qid>2</qid><parent_qid>1</parent_qid><title>SQ001</title>"
      "<question>De balie</question><question_order>1</question_order><language>nl</language></row>"
      "</rows></subquestions>"
      "<answers><rows>"
      "<row><qid>1</qid><code>1</code><answer>weinig</answer><language>nl</language></row>"
      "<row><qid>1</qid><code>2</code><answer>veel</answer><language>nl</language></row>"
      "</rows></answers></document>";

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkSession) session = dhk_session_open_finish (result, &error);

  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* Whatever the window is in. */
static void
a_survey_in_one_language_is_shown_as_such (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) survey = ui_fixture_create_file (fixture, "welkom.lss");
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "welkom.driehoek");
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  gboolean created = FALSE;

  g_file_replace_contents (survey, dutch_survey, strlen (dutch_survey), NULL, FALSE,
                           G_FILE_CREATE_NONE, NULL, NULL, &error);
  g_assert_no_error (error);
  name = dhk_session_dup_questionnaire_name (survey);
  g_assert_cmpstr (name, ==, "Hoe gaat het");
  dhk_session_create_from_async (file, survey, created_cb, &created);
  while (!created)
    g_main_context_iteration (NULL, TRUE);
  dhk_window_open_study (fixture->window, file);
  ui_fixture_wait (fixture, ui_has_study);
  g_assert_cmpint (dhk_instrument_page_get_language (DHK_INSTRUMENT_PAGE (
                       dhk_window_get_page (fixture->window, "questionnaire"))),
                   ==, DHK_LANGUAGE_NL);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
#define TEST(path, function)                                                                       \
  g_test_add (path, UiFixture, NULL, ui_fixture_set_up, function, ui_fixture_tear_down)
  TEST ("/ui/instrument/version-is-saved-and-undone", version_is_saved_and_undone);
  TEST ("/ui/instrument/refused-text-stays-to-be-mended", refused_text_stays_to_be_mended);
  TEST ("/ui/instrument/discarding-leaves-everything", discarding_leaves_everything);
  TEST ("/ui/instrument/a-question-is-added-when-it-has-words",
        a_question_is_added_when_it_has_words);
  TEST ("/ui/instrument/forms-are-numbered-within-bounds", forms_are_numbered_within_bounds);
  TEST ("/ui/instrument/rows-stay-when-a-question-moves", rows_stay_when_a_question_moves);
  TEST ("/ui/instrument/a-survey-in-one-language-is-shown-as-such",
        a_survey_in_one_language_is_shown_as_such);
  return g_test_run ();
}
