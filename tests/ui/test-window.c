/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window: its parts come into being, can be reached by key, and go away. */

#include <glib/gstdio.h>
#include <string.h>

#include "ui-fixture.h"
#include "ui/dhk-state.h"
#include "ui/dhk-task.h"

static const char *const pages[]
    = { "overview", "responses", "import", "compare", "report", "entry" };

/* Parts ------------------------------------------------------------------- */

static void
start_page_offers_ways_to_begin (UiFixture *fixture, gconstpointer data)
{
  g_assert_true (dhk_window_is_free (fixture->window));
  g_assert_null (dhk_window_get_session (fixture->window));
  g_assert_true (ui_shows (GTK_WIDGET (fixture->window), "Open the Sample Study"));
}

/* GTK warns of a line that may be cut short and is narrower than the dots, as "~" is. */
static void
a_recent_study_tells_its_folder (UiFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *path, *shown;
  } cases[] = { { "Youth.driehoek", "Home folder" },
                { "Studies/Youth.driehoek", "~/Studies" },
                { "/Youth.driehoek", "/" } };
  g_autoptr (GFile) home = g_file_new_for_path (g_get_home_dir ());
  GtkWidget *window;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = g_file_resolve_relative_path (home, cases[i].path);

      dhk_state_add_recent (file);
    }
  window = dhk_window_new (fixture->application);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (window) || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = g_file_resolve_relative_path (home, cases[i].path);

      g_assert_true (ui_shows (window, cases[i].shown));
      dhk_state_remove_recent (file);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
every_page_comes_into_being_in_an_empty_study (UiFixture *fixture, gconstpointer data)
{
  ui_fixture_create_study (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      dhk_window_show_page (fixture->window, pages[i]);
      g_assert_true (gtk_widget_get_mapped (dhk_window_get_page (fixture->window, pages[i])));
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static void
every_page_comes_into_being_in_the_sample (UiFixture *fixture, gconstpointer data)
{
  ui_fixture_open_sample (fixture);
  g_assert_true (dhk_session_is_sample (dhk_window_get_session (fixture->window)));
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      dhk_window_show_page (fixture->window, pages[i]);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

/* Names ------------------------------------------------------------------- */

static gboolean
has_text (GtkWidget *widget)
{
  gboolean found = FALSE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = (GTK_IS_LABEL (child) && *gtk_label_get_text (GTK_LABEL (child)) != '\0')
            || has_text (child);
  return found;
}

/* A button without a word on it tells what it does: to the eye and to the ear. */
static void
check_button (GtkWidget *widget, gpointer data)
{
  guint *n = data;

  if (!GTK_IS_BUTTON (widget) || has_text (widget))
    return;
  /* Those inside toolkit widgets are the toolkit's. */
  if (gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL
      || gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL
      || GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget))
      || GTK_IS_DROP_DOWN (gtk_widget_get_parent (widget)))
    return;
  g_assert_true (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_assert_nonnull (gtk_widget_get_tooltip_text (widget));
  (*n)++;
}

/* What is wider than a small screen with letters twice as big leaves it would be cut off there. */
static void
every_page_fits_when_letters_are_twice_as_big (UiFixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();

  ui_fixture_open_sample (fixture);
  ui_fixture_wait (fixture, ui_has_answers);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * PANGO_SCALE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      GtkWidget *page = dhk_window_get_page (fixture->window, pages[i]);
      int minimum;

      dhk_window_show_page (fixture->window, pages[i]);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      /* The Questionnaire page has more on it while it is edited. */
      gtk_widget_activate_action (page, "page.edit", NULL);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 1280 - 230);
    }
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

static void
buttons_without_words_have_names (UiFixture *fixture, gconstpointer data)
{
  guint n = 0;

  ui_fixture_open_sample (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      dhk_window_show_page (fixture->window, pages[i]);
      ui_walk (GTK_WIDGET (fixture->window), check_button, &n);
    }
  g_assert_cmpuint (n, >, 0);
}

/* Actions ----------------------------------------------------------------- */

/* All actions that the primary menu offers. */
static void
collect_menu (GMenuModel *menu, GHashTable *names)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *action = NULL;

      if (section != NULL)
        collect_menu (section, names);
      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        g_hash_table_add (names, g_steal_pointer (&action));
    }
}

static void
find_place (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_MENU_BUTTON (widget)
      && gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) != NULL)
    collect_menu (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)), data);
  if (GTK_IS_ACTIONABLE (widget)
      && gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) != NULL)
    g_hash_table_add (data, g_strdup (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget))));
}

static gboolean
has_key (GtkApplication *application, const char *action)
{
  g_auto (GStrv) described = gtk_application_list_action_descriptions (application);

  /* "win.page::overview" is a key of "win.page" too. */
  for (char **name = described; *name != NULL; name++)
    {
      g_autofree char *plain = g_strdup (*name);
      char *target = strstr (plain, "::");

      if (target != NULL)
        *target = '\0';
      if (g_str_equal (plain, action))
        return TRUE;
    }
  return FALSE;
}

static void
every_action_has_a_key_or_a_place (UiFixture *fixture, gconstpointer data)
{
  /* Rows of recent studies carry their own file, and so does a toast after an export; a whole study is
   * erased from the reminder that it is time to. */
  static const char *const not_for_hands[]
      = { "app.open-study", "win.show-file", "win.erase-study", NULL };
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) actions = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) app_actions = g_action_group_list_actions (G_ACTION_GROUP (fixture->application));
  GtkWidgetClass *klass = GTK_WIDGET_GET_CLASS (fixture->window);
  GType owner;
  const GVariantType *type;
  const char *name, *property;
  guint checked = 0;

  ui_walk (GTK_WIDGET (fixture->window), find_place, places);
  g_assert_cmpuint (g_hash_table_size (places), >, 5);

  for (char **action = app_actions; *action != NULL; action++)
    g_ptr_array_add (actions, g_strconcat ("app.", *action, NULL));
  for (guint i = 0; gtk_widget_class_query_action (klass, i, &owner, &name, &type, &property); i++)
    if (owner == DHK_TYPE_WINDOW)
      g_ptr_array_add (actions, g_strdup (name));

  for (guint i = 0; i < actions->len; i++)
    {
      const char *action = g_ptr_array_index (actions, i);

      if (g_strv_contains (not_for_hands, action))
        continue;
      if (!g_hash_table_contains (places, action) && !has_key (fixture->application, action))
        g_test_fail_printf ("%s has neither a key nor a place", action);
      checked++;
    }
  g_assert_cmpuint (checked, >, 12);
}

static gboolean
is_empty_again (UiFixture *fixture)
{
  return !ui_has_answers (fixture);
}

static void
undo_and_redo_of_the_sample_import (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  DhkSession *session;

  ui_fixture_open_sample (fixture);
  session = dhk_window_get_session (fixture->window);
  g_assert_nonnull (dhk_session_get_undo_label (session));

  while (dhk_session_get_undo_label (session) != NULL)
    {
      g_autofree char *label = g_strdup (dhk_session_get_undo_label (session));
      gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

      g_assert_true (gtk_widget_activate_action (window, "win.undo", NULL));
      while (dhk_session_is_busy (session) && g_get_monotonic_time () < end)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpstr (dhk_session_get_undo_label (session), !=, label);
    }
  ui_fixture_wait (fixture, is_empty_again);
  g_assert_nonnull (dhk_session_get_redo_label (session));
  gtk_widget_activate_action (window, "win.redo", NULL);
  ui_fixture_wait (fixture, ui_has_answers);
}

static gboolean
is_free (UiFixture *fixture)
{
  return dhk_window_is_free (fixture->window);
}

static void
a_file_that_is_no_study_leaves_the_start_page (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "letter.driehoek");
  g_autoptr (GError) error = NULL;

  g_file_replace_contents (file, "Dear all", 8, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                           &error);
  g_assert_no_error (error);
  dhk_window_open_study (fixture->window, file);
  g_assert_false (dhk_window_is_free (fixture->window));
  ui_fixture_wait (fixture, is_free);
}

static gboolean
shows_what_was_undone (UiFixture *fixture)
{
  const char *label = dhk_session_get_redo_label (dhk_window_get_session (fixture->window));
  g_autofree char *text = label != NULL ? g_strdup_printf ("Undone: %s", label) : NULL;

  return text != NULL && ui_shows (GTK_WIDGET (fixture->window), text);
}

/* The way back from it stands beside it. */
static void
undoing_is_said_in_a_toast (UiFixture *fixture, gconstpointer data)
{
  ui_fixture_open_sample (fixture);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  ui_fixture_wait (fixture, shows_what_was_undone);
  g_assert_true (ui_shows (GTK_WIDGET (fixture->window), "_Redo")
                 || ui_shows (GTK_WIDGET (fixture->window), "Redo"));
}

/* Looking only ------------------------------------------------------------ */

static gboolean
is_read_only (UiFixture *fixture)
{
  return ui_has_study (fixture)
         && dhk_session_is_read_only (dhk_window_get_session (fixture->window));
}

/* What is shown and can be pressed, by its words. */
static void
find_pressed_cb (GtkWidget *widget, gpointer data)
{
  GHashTable *words = data;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget)
      && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    g_hash_table_add (words, g_strdup (gtk_button_get_label (GTK_BUTTON (widget))));
}

static void
a_study_that_may_not_be_changed_is_looked_at (UiFixture *fixture, gconstpointer data)
{
  static const char *const closed[] = { "import", "entry" };
  static const char *const open[] = { "responses", "questionnaire", "compare", "overview" };
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GFile) file = NULL;

  ui_fixture_create_study (fixture);
  file = g_object_ref (dhk_session_get_file (dhk_window_get_session (fixture->window)));
  g_assert_cmpint (g_chmod (g_file_peek_path (file), 0444), ==, 0);
  dhk_window_open_study (fixture->window, file);
  ui_fixture_wait (fixture, is_read_only);

  for (guint i = 0; i < G_N_ELEMENTS (open); i++)
    {
      dhk_window_show_page (fixture->window, open[i]);
      g_assert_true (gtk_widget_get_mapped (dhk_window_get_page (fixture->window, open[i])));
      ui_walk (window, find_pressed_cb, words);
    }
  for (guint i = 0; i < G_N_ELEMENTS (closed); i++)
    {
      dhk_window_show_page (fixture->window, closed[i]);
      g_assert_true (gtk_widget_get_mapped (dhk_window_get_page (fixture->window, "overview")));
    }
  g_assert_true (g_hash_table_contains (words, "_Save a Copy…"));
  g_assert_false (g_hash_table_contains (words, "_Edit"));
  g_assert_false (g_hash_table_contains (words, "_Import Answers…"));
}

/* Threads ----------------------------------------------------------------- */

static void
work_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_boolean (task, source == NULL);
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (source == user_data);
  g_assert_true (g_task_propagate_boolean (G_TASK (result), NULL));
}

/* The thread may hold its task for a while yet; a widget must not go with it there. */
static void
a_task_that_is_done_holds_no_widget (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *widget = g_object_ref_sink (gtk_label_new (NULL));
  g_autoptr (GTask) task = dhk_task_new (widget, NULL, worked_cb, widget);

  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
  g_task_run_in_thread (task, work_thread);
  g_object_unref (widget);
  g_assert_nonnull (widget);
  while (!g_task_get_completed (task))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (widget);
}

int
main (int argc, char **argv)
{
#define ADD(name)                                                                                  \
  g_test_add ("/ui/window/" #name, UiFixture, NULL, ui_fixture_set_up, name, ui_fixture_tear_down)

  ui_test_init (&argc, &argv);
  ADD (start_page_offers_ways_to_begin);
  ADD (a_recent_study_tells_its_folder);
  ADD (every_page_comes_into_being_in_an_empty_study);
  ADD (every_page_comes_into_being_in_the_sample);
  ADD (every_page_fits_when_letters_are_twice_as_big);
  ADD (buttons_without_words_have_names);
  ADD (every_action_has_a_key_or_a_place);
  ADD (undo_and_redo_of_the_sample_import);
  ADD (a_file_that_is_no_study_leaves_the_start_page);
  ADD (undoing_is_said_in_a_toast);
  ADD (a_study_that_may_not_be_changed_is_looked_at);
  ADD (a_task_that_is_done_holds_no_widget);
  return g_test_run ();
}
