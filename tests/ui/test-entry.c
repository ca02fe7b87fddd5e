/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paper entry in the window: keys as the view gets them, and what the study holds then. */

#include <string.h>

#include "ui-fixture.h"
#include "ui/dhk-entry-compare.h"
#include "ui/dhk-entry-new-batch.h"
#include "ui/dhk-entry-view-private.h"

#define AGE 2

static gint64 batch;
static gpointer answer;
static gboolean is_answered;

static DhkSession *
get_session (UiFixture *fixture)
{
  return dhk_window_get_session (fixture->window);
}

static void
find_view_cb (GtkWidget *widget, gpointer data)
{
  if (DHK_IS_ENTRY_VIEW (widget))
    *(DhkEntryView **) data = DHK_ENTRY_VIEW (widget);
}

static DhkEntryView *
get_view (UiFixture *fixture)
{
  DhkEntryView *view = NULL;

  ui_walk (dhk_window_get_page (fixture->window, "entry"), find_view_cb, &view);
  g_assert_nonnull (view);
  return view;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  dhk_session_entry_finish (DHK_SESSION (source), result, &answer, &error);
  g_assert_no_error (error);
  is_answered = TRUE;
}

static gboolean
has_answer (UiFixture *fixture)
{
  return is_answered;
}

static gpointer
wait_answer (UiFixture *fixture)
{
  ui_fixture_wait (fixture, has_answer);
  is_answered = FALSE;
  return g_steal_pointer (&answer);
}

static gboolean
asks_number (UiFixture *fixture)
{
  return get_view (fixture)->stage == DHK_ENTRY_STAGE_NUMBER;
}

static gboolean
asks_question (UiFixture *fixture)
{
  return get_view (fixture)->stage == DHK_ENTRY_STAGE_QUESTION;
}

static gboolean
is_idle (UiFixture *fixture)
{
  return !dhk_session_is_busy (get_session (fixture));
}

static gboolean
is_saved (UiFixture *fixture)
{
  return get_view (fixture)->n_saving == 0;
}

static void
find_button_cb (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_BUTTON (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), "Continue") == 0)
    *(GtkWidget **) data = widget;
}

static GtkWidget *
find_button (UiFixture *fixture)
{
  GtkWidget *button = NULL;

  ui_walk (dhk_window_get_page (fixture->window, "entry"), find_button_cb, &button);
  return button;
}

static gboolean
has_button (UiFixture *fixture)
{
  return find_button (fixture) != NULL;
}

/* A new batch of the first questionnaire of the study that is open, at its first question. */
static DhkEntryView *
begin_batch (UiFixture *fixture)
{
  DhkEntryView *view;
  g_autofree gint64 *id = NULL;

  dhk_window_show_page (fixture->window, "entry");
  dhk_session_new_entry_batch_async (get_session (fixture), "Groep 3, mei", 0, answered_cb, NULL);
  id = wait_answer (fixture);
  batch = *id;
  dhk_session_refresh (get_session (fixture));
  ui_fixture_wait (fixture, has_button);
  g_signal_emit_by_name (find_button (fixture), "clicked");
  view = get_view (fixture);
  ui_fixture_wait (fixture, asks_number);
  g_assert_cmpstr (gtk_editable_get_text (view->number_entry), ==, "1");
  g_signal_emit_by_name (view->number_entry, "activate");
  ui_fixture_wait (fixture, asks_question);
  return view;
}

static DhkEntryView *
begin (UiFixture *fixture)
{
  ui_fixture_create_study (fixture);
  return begin_batch (fixture);
}

static void
press (DhkEntryView *view, const char *keys)
{
  for (const char *key = keys; *key != '\0'; key++)
    g_assert_true (dhk_entry_view_press (view, *key == '\n'   ? GDK_KEY_Return
                                               : *key == '\b' ? GDK_KEY_BackSpace
                                                              : (guint) *key));
}

static DhkEntrySheet *
load (UiFixture *fixture, guint number)
{
  const DhkEntryForm form = { .batch = batch, .pass = DHK_ENTRY_FIRST, .number = number };

  dhk_session_load_entry_async (get_session (fixture), &form, answered_cb, NULL);
  return wait_answer (fixture);
}

static void
digits_answer_and_go_on (UiFixture *fixture, gconstpointer data)
{
  DhkEntryView *view = begin (fixture);
  g_autoptr (DhkEntrySheet) sheet = NULL;

  press (view, "31");
  g_assert_cmpuint (view->question, ==, AGE);
  gtk_editable_set_text (view->number_answer, "14,5");
  press (view, "\n4-2");
  g_assert_cmpuint (view->question, ==, 5);
  ui_fixture_wait (fixture, is_saved);
  g_assert_cmpstr (gtk_label_get_text (view->status), ==, "Answer 5 of form 1 saved");

  sheet = load (fixture, 1);
  g_assert_cmpint (sheet->answers[0].code, ==, 2);
  g_assert_cmpint (sheet->answers[1].code, ==, 0);
  g_assert_cmpfloat (sheet->answers[AGE].number, ==, 14.5);
  g_assert_cmpint (sheet->answers[3].code, ==, 4);
  g_assert_cmpint (sheet->answers[4].kind, ==, DHK_ENTRY_TWO_MARKS);
  g_assert_cmpint (sheet->answers[5].kind, ==, DHK_ENTRY_OPEN);
}

static void
what_is_no_answer_is_refused (UiFixture *fixture, gconstpointer data)
{
  DhkEntryView *view = begin (fixture);
  g_autoptr (DhkEntrySheet) sheet = NULL;

  press (view, "7");
  g_assert_cmpuint (view->question, ==, 0);
  g_assert_nonnull (strstr (gtk_label_get_text (view->message), "7 is not an answer"));
  press (view, "11");
  gtk_editable_set_text (view->number_answer, "140");
  press (view, "\n");
  g_assert_cmpuint (view->question, ==, AGE);
  g_assert_nonnull (strstr (gtk_label_get_text (view->message), "140 is not a number from 4"));
  press (view, "-4");
  g_assert_cmpuint (view->question, ==, AGE + 1);
  ui_fixture_wait (fixture, is_saved);
  sheet = load (fixture, 1);
  g_assert_cmpint (sheet->answers[AGE].kind, ==, DHK_ENTRY_OUT_OF_RANGE);
  g_assert_cmpstr (sheet->answers[AGE].note, ==, "140");
}

static gboolean
has_typed_ahead (UiFixture *fixture)
{
  DhkEntryView *view = get_view (fixture);

  return view->stage == DHK_ENTRY_STAGE_QUESTION && view->sheet->number == 2 && view->question == 2;
}

static void
back_and_to_the_end (UiFixture *fixture, gconstpointer data)
{
  DhkEntryView *view = begin (fixture);
  g_autoptr (DhkEntrySheet) sheet = NULL;

  press (view, "1\b2");
  g_assert_cmpuint (view->question, ==, 1);
  g_assert_true (dhk_entry_view_press (view, GDK_KEY_End));
  g_assert_cmpint (view->stage, ==, DHK_ENTRY_STAGE_SUMMARY);
  g_assert_nonnull (strstr (gtk_label_get_text (view->summary_text), "2  "));
  g_assert_true (dhk_entry_view_press (view, GDK_KEY_BackSpace));
  g_assert_cmpuint (view->question, ==, view->sheet->n_answers - 1);
  /* No key waits for the disk: a number that is too long, another one, and two answers. */
  press (view, "5\n1234567\n\b2\n12");
  g_assert_cmpint (view->stage, ==, DHK_ENTRY_STAGE_LOADING);
  ui_fixture_wait (fixture, has_typed_ahead);
  ui_fixture_wait (fixture, is_saved);
  g_clear_pointer (&sheet, dhk_entry_sheet_free);
  sheet = load (fixture, 2);
  g_assert_cmpint (sheet->answers[0].code, ==, 0);
  g_assert_cmpint (sheet->answers[1].code, ==, 1);
  g_clear_pointer (&sheet, dhk_entry_sheet_free);
  sheet = load (fixture, 1);
  g_assert_true (sheet->complete);
  g_assert_cmpint (sheet->answers[0].code, ==, 1);
  g_assert_cmpint (sheet->answers[1].kind, ==, DHK_ENTRY_EMPTY);
}

static gboolean
has_undone (UiFixture *fixture)
{
  DhkEntryView *view = get_view (fixture);

  return view->stage == DHK_ENTRY_STAGE_QUESTION && view->question == 1
         && view->sheet->answers[1].kind == DHK_ENTRY_OPEN;
}

static void
undo_shows_what_was_undone (UiFixture *fixture, gconstpointer data)
{
  DhkEntryView *view = begin (fixture);

  press (view, "12");
  ui_fixture_wait (fixture, is_saved);
  g_assert_cmpstr (dhk_session_get_undo_label (get_session (fixture)), ==, "Answer 2 of form 1");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  ui_fixture_wait (fixture, has_undone);
}

static void
count_radio_cb (GtkWidget *widget, gpointer data)
{
  if (!GTK_IS_CHECK_BUTTON (widget) || !gtk_widget_has_css_class (widget, "answer-card"))
    return;
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)), ==,
                   GTK_ACCESSIBLE_ROLE_RADIO);
  ++*(guint *) data;
}

static void
cards_are_radio_buttons_with_names (UiFixture *fixture, gconstpointer data)
{
  DhkEntryView *view = begin (fixture);
  guint n = 0;

  ui_walk (GTK_WIDGET (view->cards), count_radio_cb, &n);
  g_assert_cmpuint (n, ==, view->choices->len);
  g_assert_true (ui_shows (GTK_WIDGET (view->cards), "1"));
  /* The sidebar makes room for the question, and comes back. */
  dhk_window_show_page (fixture->window, "overview");
  dhk_window_show_page (fixture->window, "entry");
  g_assert_cmpint (view->stage, ==, DHK_ENTRY_STAGE_QUESTION);
}

static gboolean
says_unfinished (UiFixture *fixture)
{
  return ui_shows (dhk_window_get_page (fixture->window, "overview"), "1 paper form unfinished");
}

static void
overview_says_what_is_unfinished (UiFixture *fixture, gconstpointer data)
{
  press (begin (fixture), "12");
  ui_fixture_wait (fixture, is_saved);
  dhk_window_show_page (fixture->window, "overview");
  ui_fixture_wait (fixture, says_unfinished);
}

static void
find_text_cb (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_TEXT_VIEW (widget))
    *(GtkTextView **) data = GTK_TEXT_VIEW (widget);
}

/* The text of the one window that stands beside ours. Free with g_free(). */
static char *
dup_help (UiFixture *fixture)
{
  GListModel *all = gtk_window_get_toplevels ();
  GtkTextView *view = NULL;
  GtkTextIter start, end;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (all, i);

      /* The window of the keyboard shortcuts waits there, too. */
      if (GTK_IS_SHORTCUTS_WINDOW (window)
          || gtk_window_get_transient_for (GTK_WINDOW (window)) != GTK_WINDOW (fixture->window))
        continue;
      ui_walk (window, find_text_cb, &view);
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
  g_assert_nonnull (view);
  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (view), &start, &end);
  return gtk_text_buffer_get_text (gtk_text_view_get_buffer (view), &start, &end, FALSE);
}

static void
help_is_about_the_page (UiFixture *fixture, gconstpointer data)
{
  static const char *const pages[] = { "entry", "overview" };
  static const char *const titles[] = { "Paper entry\n", "Overview\n" };

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.help", NULL);
  {
    g_autofree char *text = dup_help (fixture);

    g_assert_true (g_str_has_prefix (text, "Getting started\n"));
  }
  ui_fixture_create_study (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *text = NULL;

      dhk_window_show_page (fixture->window, pages[i]);
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.help", NULL);
      text = dup_help (fixture);
      g_assert_true (g_str_has_prefix (text, titles[i]));
    }
}

/* Digits tick and untick the choices of one question, Enter goes on; each tick is one step. */
static void
several_choices_are_ticked (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "choices.driehoek");
  g_autoptr (DhkInstrument) instrument = ui_new_instrument_with_choices ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) store = dhk_store_create (file, instrument, &error);
  g_autoptr (DhkEntrySheet) sheet = NULL;
  DhkEntryView *view;

  g_assert_no_error (error);
  g_clear_pointer (&store, dhk_store_close);
  dhk_window_open_study (fixture->window, file);
  ui_fixture_wait (fixture, ui_has_study);
  view = begin_batch (fixture);

  press (view, "1");
  g_assert_cmpuint (view->question, ==, 1);
  g_assert_cmpuint (view->n_several, ==, 4);
  g_assert_cmpstr (gtk_label_get_text (view->wording), ==, "Which events did you visit?");
  press (view, "2");
  g_assert_cmpuint (view->question, ==, 1);
  ui_fixture_wait (fixture, is_saved);
  sheet = load (fixture, 1);
  g_assert_cmpint (sheet->answers[1].kind, ==, DHK_ENTRY_ANSWERED);
  g_assert_cmpint (sheet->answers[1].code, ==, DHK_NOT_CHOSEN);
  g_assert_cmpint (sheet->answers[2].code, ==, DHK_CHOSEN);

  /* Without a tick nothing is filled in; a reason holds for all. */
  press (view, "2");
  ui_fixture_wait (fixture, is_saved);
  g_clear_pointer (&sheet, dhk_entry_sheet_free);
  sheet = load (fixture, 1);
  g_assert_cmpint (sheet->answers[1].kind, ==, DHK_ENTRY_EMPTY);
  g_assert_cmpint (sheet->answers[2].kind, ==, DHK_ENTRY_EMPTY);
  press (view, "12\n");
  g_assert_cmpuint (view->question, ==, 5);
  press (view, "\b-3");
  ui_fixture_wait (fixture, is_saved);
  g_clear_pointer (&sheet, dhk_entry_sheet_free);
  sheet = load (fixture, 1);
  g_assert_cmpint (sheet->answers[1].kind, ==, DHK_ENTRY_ILLEGIBLE);
  g_assert_cmpint (sheet->answers[2].kind, ==, DHK_ENTRY_ILLEGIBLE);

  /* One step took both: undone, both are ticked again. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  ui_fixture_wait (fixture, is_idle);
  g_clear_pointer (&sheet, dhk_entry_sheet_free);
  sheet = load (fixture, 1);
  g_assert_cmpint (sheet->answers[1].code, ==, DHK_CHOSEN);
  g_assert_cmpint (sheet->answers[2].code, ==, DHK_CHOSEN);
  g_assert_cmpint (sheet->answers[2].kind, ==, DHK_ENTRY_ANSWERED);
}

/* Two typings ------------------------------------------------------------------ */

/* One form, in which the two typings differ in the questions from 3 on. */
static void
type_differences (UiFixture *fixture, guint n)
{
  for (int pass = DHK_ENTRY_FIRST; pass <= DHK_ENTRY_SECOND; pass++)
    {
      const DhkEntryForm form = { .batch = batch, .pass = (DhkEntryPass) pass, .number = 1 };

      for (guint i = 0; i < n; i++)
        {
          const DhkEntryAnswer typed = { .kind = DHK_ENTRY_ANSWERED, .code = pass };

          dhk_session_type_async (get_session (fixture), &form, 3 + i, &typed, 1, answered_cb,
                                  NULL);
          wait_answer (fixture);
        }
      dhk_session_finish_entry_async (get_session (fixture), &form, answered_cb, NULL);
      wait_answer (fixture);
    }
}

static void
find_first_choice_cb (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_BUTTON (widget)
      && GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "choice")) == 1)
    *(GtkWidget **) data = widget;
}

static const DhkEntryPair *
get_focused_pair (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  return focus != NULL ? g_object_get_data (G_OBJECT (focus), "pair") : NULL;
}

static gboolean
shows_differences (UiFixture *fixture)
{
  return get_focused_pair (GTK_WINDOW (fixture->window)) != NULL;
}

/* The question that was settled, by what 1 does in the row that has the focus. */
static guint
choose_first (UiFixture *fixture)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  guint question = get_focused_pair (window)->question;
  GtkWidget *button = NULL;

  ui_walk (gtk_window_get_focus (window), find_first_choice_cb, &button);
  g_signal_emit_by_name (button, "clicked");
  return question;
}

/* Until what was asked for before is done; what that led to may not be. */
static void
wait_turn (UiFixture *fixture)
{
  dhk_session_compare_entry_async (get_session (fixture), batch, answered_cb, NULL);
  dhk_entry_comparison_free (wait_answer (fixture));
}

/* Also when one choice is stored and its list is not made yet. */
static void
each_choice_settles_the_next (UiFixture *fixture, gconstpointer data)
{
  DhkEntryCompare *compare = g_object_ref_sink (g_object_new (DHK_TYPE_ENTRY_COMPARE, NULL));
  DhkEntryBatch shown = { .name = (char *) "Groep 3, mei" };

  ui_fixture_create_study (fixture);
  begin_batch (fixture);
  type_differences (fixture, 5);
  shown.id = batch;
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window),
                                      GTK_WIDGET (compare));
  dhk_entry_compare_start (compare, get_session (fixture), &shown);
  ui_fixture_wait (fixture, shows_differences);
  g_assert_cmpuint (choose_first (fixture), ==, 3);
  wait_turn (fixture);
  g_assert_cmpuint (choose_first (fixture), ==, 4);
  for (guint i = 0; i < 4; i++)
    wait_turn (fixture);
  g_assert_cmpuint (choose_first (fixture), ==, 5);
  for (guint i = 0; i < 4; i++)
    wait_turn (fixture);
  g_assert_cmpuint (get_focused_pair (GTK_WINDOW (fixture->window))->question, ==, 6);
  g_object_unref (compare);
}

static GtkWidget *
find_wish (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *w = windows; w != NULL; w = w->next)
    if (ADW_IS_MESSAGE_DIALOG (w->data) && gtk_widget_get_visible (w->data))
      return w->data;
  return NULL;
}

static void
find_entry_cb (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_ENTRY (widget))
    *(GtkWidget **) data = widget;
}

static gboolean
says_why (UiFixture *fixture)
{
  GtkWidget *wish = find_wish ();

  return wish != NULL
         && ui_shows (wish, "There is a batch “Groep 3, mei” already. Give this one another name.");
}

static void
never_made (gint64 id, gpointer owner)
{
  g_assert_not_reached ();
}

/* A batch that cannot be made is asked for again, with what was typed. */
static void
a_name_that_is_taken_is_not_lost (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *entry = NULL;
  GtkWidget *wish;

  begin (fixture);
  dhk_entry_ask_new_batch (dhk_window_get_page (fixture->window, "entry"), get_session (fixture),
                           never_made);
  wish = find_wish ();
  ui_walk (wish, find_entry_cb, &entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Groep 3, mei");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (wish), "make");
  gtk_window_destroy (GTK_WINDOW (wish));
  ui_fixture_wait (fixture, says_why);
  wish = find_wish ();
  ui_walk (wish, find_entry_cb, &entry);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Groep 3, mei");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (wish), "cancel");
  gtk_window_destroy (GTK_WINDOW (wish));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
#define ADD(path, function)                                                                        \
  g_test_add (path, UiFixture, NULL, ui_fixture_set_up, function, ui_fixture_tear_down)
  ADD ("/ui/entry/digits", digits_answer_and_go_on);
  ADD ("/ui/entry/several", several_choices_are_ticked);
  ADD ("/ui/entry/refused", what_is_no_answer_is_refused);
  ADD ("/ui/entry/end", back_and_to_the_end);
  ADD ("/ui/entry/undo", undo_shows_what_was_undone);
  ADD ("/ui/entry/cards", cards_are_radio_buttons_with_names);
  ADD ("/ui/entry/overview", overview_says_what_is_unfinished);
  ADD ("/ui/entry/choices", each_choice_settles_the_next);
  ADD ("/ui/entry/taken", a_name_that_is_taken_is_not_lost);
  ADD ("/ui/entry/help", help_is_about_the_page);
  return g_test_run ();
}
