/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deciding otherwise on the import page, and where answers come from besides chosen files. */

#include <string.h>

#include "import/dhk-import.h"
#include "study/dhk-instrument-edit.h"
#include "ui-fixture.h"
#include "ui/dhk-import-page-private.h"

static DhkImportPage *
get_page (UiFixture *fixture)
{
  return DHK_IMPORT_PAGE (dhk_window_get_page (fixture->window, "import"));
}

static DhkDraft *
get_draft (UiFixture *fixture)
{
  return dhk_import_page_get_draft (get_page (fixture));
}

static gboolean
has_draft (UiFixture *fixture)
{
  return get_draft (fixture) != NULL;
}

/* The page is done too, and takes other files. */
static gboolean
is_stored (UiFixture *fixture)
{
  return ui_has_answers (fixture) && get_page (fixture)->files->len == 0;
}

static DhkDraftFile *
get_file (UiFixture *fixture, guint i)
{
  return g_ptr_array_index (dhk_draft_get_files (get_draft (fixture)), i);
}

/* The first of the exports whose name holds `part`, alone. */
static GPtrArray *
choose_export (UiFixture *fixture, const char *part)
{
  g_autoptr (GPtrArray) all = ui_fixture_unpack_exports (fixture);
  GPtrArray *one = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len && one->len == 0; i++)
    {
      g_autofree char *name = g_file_get_basename (g_ptr_array_index (all, i));

      if (strstr (name, part) != NULL)
        g_ptr_array_add (one, g_object_ref (g_ptr_array_index (all, i)));
    }
  g_assert_cmpuint (one->len, ==, 1);
  return one;
}

static void
import_parents (UiFixture *fixture)
{
  g_autoptr (GPtrArray) files = choose_export (fixture, "Ouders");

  dhk_window_import_files (fixture->window, files);
  ui_fixture_wait (fixture, has_draft);
}

/* How often a code stands in the answers to item questions. */
static guint
count_codes (UiFixture *fixture, int code)
{
  DhkDraftFile *file = get_file (fixture, 0);
  const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (
      dhk_draft_get_instrument (get_draft (fixture)), (guint) file->questionnaire);
  guint n = 0;

  for (guint row = 0; row < dhk_draft_file_get_n_rows (file); row++)
    for (guint q = 0; q < file->n_questions; q++)
      n += questionnaire->questions[q].item >= 0 && dhk_draft_file_get_codes (file, row)[q] == code;
  return n;
}

/* The id of the decision about a label, whatever it is. */
static char *
dup_label_decision (UiFixture *fixture, int code)
{
  DhkDraftFile *file = get_file (fixture, 0);

  for (guint i = 0; i < file->columns->len; i++)
    {
      const DhkDraftColumn *column = g_ptr_array_index (file->columns, i);

      for (guint l = 0; column->labels != NULL && l < column->labels->len; l++)
        {
          const DhkDraftLabel *label = g_ptr_array_index (column->labels, l);

          if (label->value == code && strstr (label->decision, ":label:frequentie:") != NULL)
            return g_strdup (label->decision);
        }
    }
  g_assert_not_reached ();
}

static void
decide (UiFixture *fixture, const char *id, const char *choice)
{
  dhk_import_page_decide (id, choice, get_page (fixture));
  g_assert_false (has_draft (fixture));
  ui_fixture_wait (fixture, has_draft);
}

static void
a_label_is_decided_otherwise_and_back (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  guint twos, fours;

  ui_fixture_create_study (fixture);
  import_parents (fixture);
  id = dup_label_decision (fixture, 2);
  twos = count_codes (fixture, 2);
  fours = count_codes (fixture, 4);
  g_assert_cmpuint (twos, >, 0);

  decide (fixture, id, "4");
  g_assert_cmpuint (count_codes (fixture, 2), ==, 0);
  g_assert_cmpuint (count_codes (fixture, 4), ==, twos + fours);
  g_assert_cmpint (dhk_draft_find_question (get_draft (fixture), id)->by, ==, DHK_DECIDED_BY_HAND);
  decide (fixture, id, NULL);
  g_assert_cmpuint (count_codes (fixture, 2), ==, twos);
}

static DhkImportPreview *
get_preview (UiFixture *fixture)
{
  return DHK_IMPORT_PREVIEW (gtk_widget_get_template_child (GTK_WIDGET (get_page (fixture)),
                                                            DHK_TYPE_IMPORT_PAGE, "preview"));
}

static void
a_chosen_column_tells_what_it_is (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *preview;

  ui_fixture_create_study (fixture);
  import_parents (fixture);
  preview = GTK_WIDGET (get_preview (fixture));
  g_assert_false (ui_shows (preview, "This column is"));
  dhk_import_preview_choose (get_preview (fixture), 8);
  g_assert_true (ui_shows (preview, "This column is"));
  g_assert_true (ui_shows (preview, "“altijd”"));
}

/* The dialog above the window, or NULL. */
static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *w = windows; w != NULL; w = w->next)
    if (ADW_IS_MESSAGE_DIALOG (w->data) && gtk_widget_get_visible (w->data))
      return w->data;
  return NULL;
}

static const char with_transport[]
    = "ID;Begintijd;Wat is uw leeftijd?;De hulpverleners en ik respecteren elkaar;"
      "Bij de hulpverleners voel ik mij op mijn gemak;Door de hulp lukt het opvoeden mij beter;"
      "Vervoer;Aan wat we tijdens de hulp doen, heeft ons gezin echt iets\n"
      "1;2023-03-14 10:00:00;41;altijd;soms;altijd;fiets;soms\n"
      "2;2023-03-15 10:00:00;42;altijd;soms;soms;bus;soms\n";

static gboolean
asks_for_transport (UiFixture *fixture)
{
  return has_draft (fixture)
         && ((DhkDraftColumn *) g_ptr_array_index (get_file (fixture, 0)->columns, 6))->role
                == DHK_COLUMN_QUESTION;
}

static gboolean
knows_no_transport (UiFixture *fixture)
{
  return has_draft (fixture)
         && ((DhkDraftColumn *) g_ptr_array_index (get_file (fixture, 0)->columns, 6))->role
                == DHK_COLUMN_UNMATCHED;
}

/* A column that no question knows becomes one, for respondents who are there already too. */
static void
a_column_becomes_a_background_question (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "Ouders.csv");
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  const DhkVariable *variable;
  guint n;

  ui_fixture_create_study (fixture);
  g_assert_true (g_file_replace_contents (file, with_transport, strlen (with_transport), NULL,
                                          FALSE, 0, NULL, NULL, NULL));
  g_ptr_array_add (files, file);
  dhk_window_import_files (fixture->window, files);
  ui_fixture_wait (fixture, knows_no_transport);
  gtk_widget_activate_action (GTK_WIDGET (get_page (fixture)), "import.commit", NULL);
  ui_fixture_wait (fixture, is_stored);

  dhk_window_import_files (fixture->window, files);
  ui_fixture_wait (fixture, knows_no_transport);
  g_assert_cmpuint (dhk_draft_get_totals (get_draft (fixture), NULL).changed, ==, 0);
  dhk_import_preview_choose (get_preview (fixture), 6);
  g_assert_true (ui_shows (GTK_WIDGET (get_preview (fixture)), "New background question"));
  n = dhk_instrument_get_n_variables (dhk_draft_get_instrument (get_draft (fixture)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_page (fixture)), "import.new-question",
                                             "(uu)", 0, 6));
  g_assert_nonnull (find_dialog ());
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "accept");
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));
  ui_fixture_wait (fixture, asks_for_transport);
  variable = dhk_instrument_get_variable (dhk_draft_get_instrument (get_draft (fixture)), n);
  g_assert_cmpstr (variable->id, ==, "vervoer");
  g_assert_cmpuint (variable->n_categories, ==, 2);
  g_assert_cmpuint (dhk_draft_get_totals (get_draft (fixture), NULL).changed, ==, 2);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  ui_fixture_wait (fixture, knows_no_transport);
}

/* A study that asks the parents for transport too, with two of them. */
static GFile *
create_other_study (UiFixture *fixture)
{
  static const char *const labels[] = { "bus", "fiets", NULL };
  const DhkNewVariable transport = { .name = "Vervoer", .labels = labels };
  g_autoptr (GFile) csv = ui_fixture_create_file (fixture, "Ouders.csv");
  GFile *file = ui_fixture_create_file (fixture, "Elders.driehoek");
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) ours = dhk_instrument_new_builtin ("partnerschap-2023", &error);
  g_autoptr (DhkInstrument) theirs = dhk_instrument_with_variable_added (
      ours, 1, &transport, DHK_LANGUAGE_NL, "Vervoer", &error);
  g_autoptr (DhkStore) store = dhk_store_create (file, theirs, &error);
  g_autoptr (DhkDraft) draft = NULL;

  g_file_replace_contents (csv, with_transport, strlen (with_transport), NULL, FALSE, 0, NULL, NULL,
                           &error);
  g_ptr_array_add (files, csv);
  draft = dhk_import_read (theirs, files, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dhk_store_commit (store, draft, NULL, &error));
  return file;
}

static gboolean
is_asked (UiFixture *fixture)
{
  return has_draft (fixture) && dhk_draft_get_questions (get_draft (fixture))->len > 0;
}

static gboolean
is_settled (UiFixture *fixture)
{
  return has_draft (fixture) && dhk_draft_get_questions (get_draft (fixture))->len == 0;
}

/* What another study asks can be asked here too, where its answers would be left out. */
static void
questionnaires_are_taken_over (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = create_other_study (fixture);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  GtkWidget *page;

  ui_fixture_create_study (fixture);
  g_ptr_array_add (files, file);
  dhk_window_show_page (fixture->window, "import");
  dhk_import_page_add_files (get_page (fixture), files);
  ui_fixture_wait (fixture, is_asked);
  page = GTK_WIDGET (get_page (fixture));
  g_assert_true (
      ui_shows (page, "That study’s questionnaires differ, though they are called version 1 too"));
  gtk_widget_activate_action (page, "import.take-version", NULL);
  ui_fixture_wait (fixture, is_settled);
  /* The question goes with what it asked about. */
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_page (fixture)->questions)));
  g_assert_cmpuint (dhk_draft_get_totals (get_draft (fixture), NULL).added, ==, 2);
}

static GFile *
create_table (UiFixture *fixture, const char *name, const char *text)
{
  GFile *file = ui_fixture_create_file (fixture, name);

  g_assert_true (
      g_file_replace_contents (file, text, strlen (text), NULL, FALSE, 0, NULL, NULL, NULL));
  return file;
}

/* A file of two questionnaires is one row that tells of both, and the next file keeps its own. */
static void
files_keep_their_rows (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GtkListBoxRow *both, *last;

  g_ptr_array_add (files,
                   create_table (fixture, "Samen.csv",
                                 "respondent_type;Begintijd;age;band1_h;band2_h;doel1_h;doel2_h\n"
                                 "ouder;2023-03-14 10:00:00;41;3;4;5;2\n"
                                 "jeugdige;2023-03-15 10:00:00;15;1;2;3;4\n"));
  g_ptr_array_add (files, create_table (fixture, "Ouders.csv", with_transport));
  ui_fixture_create_study (fixture);
  dhk_window_show_page (fixture->window, "import");
  dhk_import_page_add_files (get_page (fixture), files);
  ui_fixture_wait (fixture, has_draft);
  g_assert_cmpuint (dhk_draft_get_files (get_draft (fixture))->len, ==, 3);
  both = gtk_list_box_get_row_at_index (get_page (fixture)->file_list, 0);
  last = gtk_list_box_get_row_at_index (get_page (fixture)->file_list, 1);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (both)), ==, "Samen.csv");
  g_assert_nonnull (strchr (adw_action_row_get_subtitle (ADW_ACTION_ROW (both)), '\n'));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (last)), ==, "Ouders.csv");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (last)), "2 rows"));
}

/* One at a time: what is chosen in the window is what is stored. */
static void
what_was_decided_is_remembered (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  g_autofree char *id = NULL;

  ui_fixture_create_study (fixture);
  import_parents (fixture);
  page = GTK_WIDGET (get_page (fixture));
  g_assert_false (gtk_widget_get_visible (get_page (fixture)->memory));
  id = dup_label_decision (fixture, 2);
  decide (fixture, id, "3");
  g_assert_true (gtk_widget_get_visible (get_page (fixture)->memory));
  g_assert_cmpstr (gtk_editable_get_text (get_page (fixture)->profile_name), ==, "Ouders");
  gtk_switch_set_active (get_page (fixture)->remember, TRUE);
  gtk_editable_set_text (get_page (fixture)->profile_name, "Parents by hand");
  g_assert_true (gtk_widget_activate_action (page, "import.commit", NULL));
  ui_fixture_wait (fixture, is_stored);

  import_parents (fixture);
  g_assert_cmpstr (get_file (fixture, 0)->profile, ==, "Parents by hand");
  g_assert_cmpuint (count_codes (fixture, 2), ==, 0);
  g_assert_cmpuint (dhk_draft_get_totals (get_draft (fixture), NULL).added, ==, 0);
  g_assert_cmpuint (dhk_draft_get_totals (get_draft (fixture), NULL).changed, ==, 0);
  decide (fixture, "all:profile", "none");
  g_assert_null (get_file (fixture, 0)->profile);
  g_assert_cmpuint (dhk_draft_get_totals (get_draft (fixture), NULL).changed, >, 0);
}

/* A table with one answer in words of its choice. */
static void
import_table (UiFixture *fixture, const char *answer)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "Ouders.csv");
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autofree char *text = g_strdup_printf (
      "ID;Begintijd;Wat is uw leeftijd?;De hulpverleners en ik respecteren elkaar;"
      "Bij de hulpverleners voel ik mij op mijn gemak;Door de hulp lukt het opvoeden mij beter;"
      "Aan wat we tijdens de hulp doen, heeft ons gezin echt iets\n"
      "1;2023-03-14 10:00:00;41;altijd;%s;soms;altijd\n",
      answer);
  g_autoptr (GError) error = NULL;

  g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                           &error);
  g_assert_no_error (error);
  g_ptr_array_add (files, file);
  dhk_window_import_files (fixture->window, files);
  ui_fixture_wait (fixture, has_draft);
}

/* Behind the window's back, as another way of correcting would. */
static void
correct_by_hand (UiFixture *fixture, int code)
{
  GFile *file = dhk_session_get_file (dhk_window_get_session (fixture->window));
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) store = dhk_store_open (file, &error);
  DhkInstrument *instrument;

  g_assert_no_error (error);
  instrument = dhk_store_get_instrument (store);
  g_assert_true (
      dhk_store_set_answer (store, 1, (guint) dhk_instrument_find_item (instrument, "band2"),
                            dhk_instrument_find_target (instrument, "hulpverlener"), code, &error));
  g_assert_no_error (error);
}

static gboolean
shows_standing_conflict (UiFixture *fixture)
{
  return ui_shows (GTK_WIDGET (get_page (fixture)),
                   "Parent 1: 5 (always) in the study, corrected by hand · 3 (regularly) in "
                   "“Ouders.csv”");
}

static gboolean
shows_no_conflict (UiFixture *fixture)
{
  return !gtk_widget_get_visible (get_page (fixture)->corrections);
}

static void
a_correction_stays_and_is_shown (UiFixture *fixture, gconstpointer data)
{
  DhkImportPage *page;

  ui_fixture_create_study (fixture);
  page = get_page (fixture);
  import_table (fixture, "soms");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "import.commit", NULL));
  ui_fixture_wait (fixture, is_stored);
  correct_by_hand (fixture, 5);

  import_table (fixture, "regelmatig");
  g_assert_cmpuint (get_file (fixture, 0)->conflicts->len, ==, 1);
  g_assert_true (gtk_widget_get_visible (page->corrections));
  g_assert_true (ui_shows (GTK_WIDGET (page),
                           "5 (always) in the study, corrected by hand · 3 (regularly) in "
                           "“Ouders.csv”, row 2"));
  /* Also later, when there are no files any more. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "import.commit", NULL));
  ui_fixture_wait (fixture, shows_standing_conflict);
  /* Until somebody keeps it as it is. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "import.keep-all", NULL));
  ui_fixture_wait (fixture, shows_no_conflict);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  ui_fixture_wait (fixture, shows_standing_conflict);
  /* Or takes over what the file has. */
  g_signal_emit_by_name (
      g_object_get_data (G_OBJECT (gtk_list_box_get_row_at_index (page->conflicts, 0)), "take"),
      "clicked");
  ui_fixture_wait (fixture, shows_no_conflict);
  import_table (fixture, "regelmatig");
  g_assert_cmpuint (get_file (fixture, 0)->conflicts->len, ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (page), "import.cancel", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  ui_fixture_wait (fixture, shows_standing_conflict);
}

/* What was decided about a row goes with the row, and is told; what was decided about others holds. */
static void
decisions_that_still_fit_are_kept (UiFixture *fixture, gconstpointer data)
{
  static const char asked[] = "Ouders.csv:label:frequentie:best_vaak";
  static const char other[] = "Ouders.csv:label:frequentie:soms";
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  DhkImportPage *page;

  ui_fixture_create_study (fixture);
  page = get_page (fixture);
  g_ptr_array_add (
      files,
      create_table (
          fixture, "Ouders.csv",
          "ID;Begintijd;Wat is uw leeftijd?;De hulpverleners en ik respecteren elkaar;"
          "Bij de hulpverleners voel ik mij op mijn gemak;Door de hulp lukt het opvoeden mij beter;"
          "Aan wat we tijdens de hulp doen, heeft ons gezin echt iets\n"
          "1;2023-03-14 10:00:00;41;altijd;best vaak;altijd;soms\n"
          "2;2023-03-15 10:00:00;42;altijd;soms;soms;soms\n"));
  dhk_window_import_files (fixture->window, files);
  ui_fixture_wait (fixture, is_asked);
  dhk_import_page_answer (page, asked, "4");
  ui_fixture_wait (fixture, is_settled);
  decide (fixture, other, "3");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (page->gone_label)));

  decide (fixture, "Ouders.csv:row:2", "aside");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (page->gone_label)));
  g_assert_nonnull (strstr (gtk_label_get_text (page->gone_label), "“best vaak”"));
  g_assert_null (dhk_import_page_find_question (page, asked));
  g_assert_cmpstr (dhk_draft_find_question (get_draft (fixture), other)->chosen, ==, "3");
  g_assert_cmpuint (dhk_draft_get_questions (get_draft (fixture))->len, ==, 0);

  /* It is asked anew when it comes back. */
  decide (fixture, "Ouders.csv:row:2", NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (page->gone_label)));
  g_assert_true (is_asked (fixture));
  g_assert_nonnull (dhk_import_page_find_question (page, asked));
  g_assert_cmpstr (dhk_draft_find_question (get_draft (fixture), other)->chosen, ==, "3");
}

/* Copied in the file manager. */
static void
copied_files_are_pasted (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = NULL;
  GtkWidget *page;
  GSList *list = NULL;

  ui_fixture_create_study (fixture);
  files = ui_fixture_unpack_exports (fixture);
  page = GTK_WIDGET (get_page (fixture));
  for (guint i = 0; i < 2; i++)
    list = g_slist_append (list, g_ptr_array_index (files, i));
  gdk_clipboard_set (gtk_widget_get_clipboard (page), GDK_TYPE_FILE_LIST, list);
  g_slist_free (list);
  g_assert_true (gtk_widget_activate_action (page, "import.paste", NULL));
  ui_fixture_wait (fixture, has_draft);
  g_assert_cmpuint (dhk_draft_get_files (get_draft (fixture))->len, ==, 2);
}

static void
a_table_is_pasted (UiFixture *fixture, gconstpointer data)
{
  static const char text[]
      = "Wat is uw geslacht?\tWat is uw leeftijd?\tDe hulpverleners en ik respecteren elkaar\t"
        "Bij de hulpverleners voel ik mij op mijn gemak\tDoor de hulp lukt het opvoeden mij beter\t"
        "Aan wat we tijdens de hulp doen, heeft ons gezin echt iets\n"
        "vrouw\t41\taltijd\tsoms\tsoms\taltijd\nman\t39\tsoms\tsoms\taltijd\tsoms\n";
  GtkWidget *page;

  ui_fixture_create_study (fixture);
  page = GTK_WIDGET (get_page (fixture));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (page), text);
  g_assert_true (gtk_widget_activate_action (page, "import.paste", NULL));
  ui_fixture_wait (fixture, has_draft);
  g_assert_cmpuint (dhk_draft_get_files (get_draft (fixture))->len, ==, 1);
  g_assert_cmpuint (get_file (fixture, 0)->found, ==, 2);
  g_assert_true (g_str_has_prefix (get_file (fixture, 0)->name, "Pasted table"));
}

static void
a_folder_is_the_exports_in_it (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_object_unref);

  ui_fixture_create_study (fixture);
  files = ui_fixture_unpack_exports (fixture);
  g_ptr_array_add (folders, g_file_get_parent (g_ptr_array_index (files, 0)));
  dhk_window_import_files (fixture->window, folders);
  ui_fixture_wait (fixture, has_draft);
  g_assert_cmpuint (dhk_draft_get_files (get_draft (fixture))->len, ==, files->len);
  g_assert_cmpuint (dhk_draft_get_totals (get_draft (fixture), NULL).added, ==, 484);
}

int
main (int argc, char **argv)
{
#define ADD(name)                                                                                  \
  g_test_add ("/ui/import-decisions/" #name, UiFixture, NULL, ui_fixture_set_up, name,             \
              ui_fixture_tear_down)

  ui_test_init (&argc, &argv);
  ADD (a_label_is_decided_otherwise_and_back);
  ADD (a_chosen_column_tells_what_it_is);
  ADD (a_column_becomes_a_background_question);
  ADD (questionnaires_are_taken_over);
  ADD (files_keep_their_rows);
  ADD (what_was_decided_is_remembered);
  ADD (a_correction_stays_and_is_shown);
  ADD (decisions_that_still_fit_are_kept);
  ADD (a_table_is_pasted);
  ADD (copied_files_are_pasted);
  ADD (a_folder_is_the_exports_in_it);
  return g_test_run ();
}
