/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The self-rating's window: from its first page to the profile, by keys and actions. */

#include <glib/gstdio.h>
#include <string.h>

#include "dhk-ui-resource.h"
#include "study/dhk-response.h"
#include "ui/dhk-self-rating-question.h"
#include "ui/dhk-self-rating-window.h"

#define PATIENCE (60 * G_TIME_SPAN_SECOND)

typedef struct
{
  char *folder;
  GFile *file;
  DhkInstrument *instrument;
  GtkApplication *application;
  GtkWidget *window;
} Rating;

static void
set_up (Rating *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("driehoek-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->file = g_file_new_build_filename (self->folder, "own." DHK_RESPONSE_SUFFIX, NULL);
  self->instrument = dhk_instrument_new_builtin ("partnerschap-2023", &error);
  g_assert_no_error (error);
  self->application = GTK_APPLICATION (
      adw_application_new ("org.driehoek.Driehoek.Test", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (self->application), NULL, &error);
  g_assert_no_error (error);
  self->window = dhk_self_rating_window_new (self->application, self->instrument);
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  gtk_window_present (GTK_WINDOW (self->window));
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

typedef gboolean (*Condition) (Rating *self, gconstpointer data);

static void
wait (Rating *self, Condition is_so, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint waker = g_timeout_add (20, wake_cb, NULL);

  while (!is_so (self, data) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (waker);
  g_assert_true (is_so (self, data));
}

static gboolean
is_gone (Rating *self, gconstpointer data)
{
  return self->window == NULL;
}

/* Every test ends with the proof that a closed window leaves nothing behind. */
static void
tear_down (Rating *self, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  wait (self, is_gone, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->application);
  dhk_instrument_unref (self->instrument);
  g_object_unref (self->file);
  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
}

typedef void (*Visit) (GtkWidget *widget, gpointer data);

static void
walk (GtkWidget *widget, Visit visit, gpointer data)
{
  visit (widget, data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (child, visit, data);
}

/* A label that is there, whole or as its beginning. */
typedef struct
{
  const char *text;
  gboolean found;
} Search;

static void
search_cb (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), search->text))
    search->found = TRUE;
}

static gboolean
shows (Rating *self, gconstpointer text)
{
  Search search = { text, FALSE };

  walk (self->window, search_cb, &search);
  return search.found;
}

static void
find_question_cb (GtkWidget *widget, gpointer data)
{
  if (DHK_IS_SELF_RATING_QUESTION (widget))
    *(GtkWidget **) data = widget;
}

static void
press (Rating *self, guint key)
{
  GtkWidget *question = NULL;

  walk (self->window, find_question_cb, &question);
  g_assert_true (dhk_self_rating_question_press (DHK_SELF_RATING_QUESTION (question), key, 0));
}

static void
answer (Rating *self, char digit)
{
  press (self, (guint) digit);
  press (self, GDK_KEY_Return);
}

static DhkResponse *
load (Rating *self)
{
  g_autoptr (GError) error = NULL;
  DhkResponse *response = dhk_response_load (self->file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return response;
}

static void
begin (Rating *self)
{
  dhk_self_rating_window_begin (DHK_SELF_RATING_WINDOW (self->window), self->file);
  wait (self, shows, "Who are you?");
  answer (self, '2');
  wait (self, shows, "In which sector do you work?");
  answer (self, '1');
  wait (self, shows, "1 of 20");
}

/* Tests --------------------------------------------------------------------------------------- */

static void
find_widest (GtkWidget *widget, int *widest)
{
  if (ADW_IS_CLAMP (widget))
    *widest = MAX (*widest, adw_clamp_get_maximum_size (ADW_CLAMP (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_widest (child, widest);
}

static void
start_page_offers_three_ways (Rating *self, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int before = 0, after = 0;

  wait (self, shows, "Self-rating of partnership");
  g_assert_true (shows (self, "Begin…"));
  g_assert_true (shows (self, "Go On With My File…"));
  g_assert_true (shows (self, "See My Profile…"));
  g_assert_false (shows (self, "Stop for Now"));

  /* Bigger letters have more room beside each other. */
  find_widest (self->window, &before);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * PANGO_SCALE, NULL);
  find_widest (self->window, &after);
  g_assert_cmpint (before, >, 0);
  g_assert_cmpint (after, >, before);
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

static void
every_answer_is_in_the_file (Rating *self, gconstpointer data)
{
  g_autoptr (DhkResponse) response = NULL;

  begin (self);
  answer (self, '4');
  press (self, '2');
  wait (self, shows, "3 answers saved");
  response = load (self);
  g_assert_cmpint (dhk_response_get_code (response, "bel1"), ==, 4);
  g_assert_cmpint (dhk_response_get_code (response, "bel2"), ==, 2);
  g_assert_cmpstr (dhk_response_get_category (response, "sector"), ==, "so-vso");
  g_assert_cmpstr (dhk_response_get_questionnaire (response), ==, "leraren");
  g_assert_false (dhk_response_is_finished (response));
}

static void
nothing_chosen_goes_nowhere_and_skip_leaves_open (Rating *self, gconstpointer data)
{
  begin (self);
  press (self, GDK_KEY_Return);
  g_assert_true (shows (self, "1 of 20"));
  gtk_widget_activate_action (self->window, "rating.skip", NULL);
  wait (self, shows, "2 of 20");
  answer (self, '5');
  wait (self, shows, "3 of 20");
  press (self, GDK_KEY_BackSpace);
  wait (self, shows, "2 of 20");
  /* Skipping takes back what was answered. */
  gtk_widget_activate_action (self->window, "rating.skip", NULL);
  wait (self, shows, "3 of 20");
  wait (self, shows, "1 answer saved");
}

static void
another_form_can_be_chosen_on_the_way_back (Rating *self, gconstpointer data)
{
  g_autoptr (DhkResponse) response = NULL;

  begin (self);
  answer (self, '4');
  press (self, GDK_KEY_BackSpace);
  press (self, GDK_KEY_BackSpace);
  press (self, GDK_KEY_BackSpace);
  wait (self, shows, "Who are you?");
  press (self, '1');
  wait (self, shows, "2 answers saved");
  response = load (self);
  g_assert_cmpstr (dhk_response_get_questionnaire (response), ==, "hulpverleners");
  g_assert_cmpint (dhk_response_get_code (response, "bel1"), ==, 4);
}

static void
finish (Rating *self)
{
  begin (self);
  for (guint i = 0; i < 20; i++)
    answer (self, i < 10 ? '5' : '2');
  wait (self, shows, "My Profile");
  wait (self, shows, "21 answers saved");
}

static void
the_last_answer_shows_the_profile (Rating *self, gconstpointer data)
{
  g_autoptr (GFile) pdf = g_file_new_build_filename (self->folder, "profile.pdf", NULL);
  g_autoptr (DhkResponse) response = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  gsize length;

  finish (self);
  g_assert_true (shows (self, "This you find important, and it succeeds less:"));
  response = load (self);
  g_assert_true (dhk_response_is_finished (response));
  g_assert_true (
      dhk_self_rating_window_write_pdf (DHK_SELF_RATING_WINDOW (self->window), pdf, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (pdf, NULL, &content, &length, NULL, NULL));
  g_assert_true (length > 5000 && g_str_has_prefix (content, "%PDF"));
  /* Changing one answer does not mean passing all others. */
  gtk_widget_activate_action (self->window, "rating.change", NULL);
  wait (self, shows, "In which sector do you work?");
  gtk_widget_activate_action (self->window, "rating.profile", NULL);
  wait (self, shows, "My Profile");
}

static void
stopping_forgets_and_opening_goes_on (Rating *self, gconstpointer data)
{
  begin (self);
  answer (self, '4');
  wait (self, shows, "2 answers saved");
  gtk_widget_activate_action (self->window, "rating.stop", NULL);
  wait (self, shows, "Begin…");
  g_assert_false (shows (self, "2 answers saved"));
  dhk_self_rating_window_open (DHK_SELF_RATING_WINDOW (self->window), self->file, FALSE);
  wait (self, shows, "2 of 20");
  dhk_self_rating_window_open (DHK_SELF_RATING_WINDOW (self->window), self->file, TRUE);
  wait (self, shows, "My Profile");
  g_assert_true (shows (self, "You left 19 questions open"));
}

static gboolean
has_dialog (Rating *self, gconstpointer data)
{
  g_autoptr (GListModel) windows = gtk_window_get_toplevels ();

  g_object_ref (windows);
  return g_list_model_get_n_items (windows) > 1;
}

static void
answer_dialog (Rating *self, const char *response)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  wait (self, has_dialog, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) dialog = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (dialog))
        {
          adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
          gtk_window_destroy (dialog);
        }
    }
}

static void
beginning_in_a_used_file_asks (Rating *self, gconstpointer data)
{
  g_autoptr (DhkResponse) response = NULL;

  begin (self);
  answer (self, '4');
  wait (self, shows, "2 answers saved");
  gtk_widget_activate_action (self->window, "rating.stop", NULL);
  dhk_self_rating_window_begin (DHK_SELF_RATING_WINDOW (self->window), self->file);
  answer_dialog (self, "go-on");
  wait (self, shows, "2 of 20");
  response = load (self);
  g_assert_cmpint (dhk_response_get_code (response, "bel1"), ==, 4);
}

static void
what_is_not_saved_is_not_left_unasked (Rating *self, gconstpointer data)
{
  g_autoptr (GFile) file
      = g_file_new_build_filename (self->folder, "gone", "own." DHK_RESPONSE_SUFFIX, NULL);

  dhk_self_rating_window_begin (DHK_SELF_RATING_WINDOW (self->window), file);
  wait (self, shows, "Who are you?");
  press (self, '2');
  answer_dialog (self, "close");
  wait (self, shows, "Not saved");
  gtk_window_close (GTK_WINDOW (self->window));
  answer_dialog (self, "close");
  g_assert_true (shows (self, "Who are you?"));
  gtk_widget_activate_action (self->window, "rating.stop", NULL);
  answer_dialog (self, "lose");
  wait (self, shows, "Begin…");
  g_assert_false (shows (self, "Your answers are in"));
}

static void
a_sealed_file_asks_for_its_password (Rating *self, gconstpointer data)
{
  g_autoptr (DhkResponse) response = dhk_response_new (
      self->instrument, (guint) dhk_instrument_find_questionnaire (self->instrument, "leraren"));
  g_autoptr (DhkSealKey) key = dhk_seal_key_new ("geheim", NULL);
  g_autoptr (GBytes) bytes = dhk_response_to_bytes (response, key);
  g_autoptr (GListModel) windows = gtk_window_get_toplevels ();

  g_object_ref (windows);
  g_assert_true (dhk_response_write (bytes, self->file, NULL, NULL));
  dhk_self_rating_window_open (DHK_SELF_RATING_WINDOW (self->window), self->file, FALSE);
  wait (self, has_dialog, NULL);
  g_assert_true (shows (self, "Begin…"));
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) dialog = g_list_model_get_item (windows, i);

      if (GTK_WIDGET (dialog) != self->window)
        gtk_window_close (dialog);
    }
}

static void
add (const char *path, void (*test) (Rating *, gconstpointer))
{
  g_test_add (path, Rating, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  /* The test is linked with what the self-rating is. */
  g_resources_register (dhk_ui_get_resource ());
  dhk_seal_set_limits_of_tests (1, 8192);
  add ("/self-rating/start", start_page_offers_three_ways);
  add ("/self-rating/saved", every_answer_is_in_the_file);
  add ("/self-rating/skip", nothing_chosen_goes_nowhere_and_skip_leaves_open);
  add ("/self-rating/other-form", another_form_can_be_chosen_on_the_way_back);
  add ("/self-rating/profile", the_last_answer_shows_the_profile);
  add ("/self-rating/stop", stopping_forgets_and_opening_goes_on);
  add ("/self-rating/used", beginning_in_a_used_file_asks);
  add ("/self-rating/unsaved", what_is_not_saved_is_not_left_unasked);
  add ("/self-rating/sealed", a_sealed_file_asks_for_its_password);
  return g_test_run ();
}
