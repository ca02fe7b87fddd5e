/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-fixture.h"

#include <glib/gstdio.h>

#include "base/dhk-data.h"
#include "ui/dhk-application.h"

#define PATIENCE (60 * G_TIME_SPAN_SECOND)

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
ui_test_init (int *argc, char ***argv)
{
  g_autofree char *folder = g_dir_make_tmp ("driehoek-test-XXXXXX", NULL);

  /* What a person has on this machine is neither read nor written. */
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  gtk_test_init (argc, argv, NULL);
  adw_init ();
}

void
ui_fixture_set_up (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("driehoek-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->application = GTK_APPLICATION (dhk_application_new ());
  g_application_set_flags (G_APPLICATION (fixture->application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (fixture->application), NULL, &error);
  g_assert_no_error (error);
  fixture->window = DHK_WINDOW (dhk_window_new (fixture->application));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static gboolean
is_gone (UiFixture *fixture)
{
  return fixture->window == NULL;
}

/* Every test ends with the proof that a closed window leaves nothing behind. */
void
ui_fixture_tear_down (UiFixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    gtk_window_close (GTK_WINDOW (fixture->window));
  ui_fixture_wait (fixture, is_gone);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->application);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

GFile *
ui_fixture_create_file (UiFixture *fixture, const char *name)
{
  return g_file_new_build_filename (fixture->folder, name, NULL);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
ui_fixture_wait (UiFixture *fixture, UiCondition is_so)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint waker = g_timeout_add (20, wake_cb, NULL);

  while (!is_so (fixture) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (waker);
  g_assert_true (is_so (fixture));
}

gboolean
ui_has_study (UiFixture *fixture)
{
  return dhk_window_get_session (fixture->window) != NULL;
}

gboolean
ui_has_answers (UiFixture *fixture)
{
  DhkSession *session = dhk_window_get_session (fixture->window);

  return session != NULL && dhk_frame_get_n_rows (dhk_session_get_frame (session)) > 0;
}

void
ui_fixture_open_sample (UiFixture *fixture)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "sample.driehoek");

  dhk_window_open_sample (fixture->window, file);
  ui_fixture_wait (fixture, ui_has_answers);
}

void
ui_fixture_create_study (UiFixture *fixture)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "study.driehoek");

  dhk_window_create_study (fixture->window, file);
  ui_fixture_wait (fixture, ui_has_study);
}

GPtrArray *
ui_fixture_unpack_exports (UiFixture *fixture)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) names = dhk_data_list ("sample");

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename ("sample", *name, NULL);
      g_autoptr (GBytes) bytes = dhk_data_load (path);
      GFile *file = ui_fixture_create_file (fixture, *name);
      g_autoptr (GError) error = NULL;

      if (!g_str_has_suffix (*name, ".xlsx"))
        {
          g_object_unref (file);
          continue;
        }
      g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                               FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error);
      g_assert_no_error (error);
      g_ptr_array_add (files, file);
    }
  return files;
}

DhkInstrument *
ui_new_instrument_with_choices (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "data", "library-choices.xml", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  DhkInstrument *instrument = dhk_instrument_new_from_file (file, NULL, &error);

  g_assert_no_error (error);
  return instrument;
}

void
ui_walk (GtkWidget *widget, UiVisit visit, gpointer data)
{
  visit (widget, data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ui_walk (child, visit, data);
}

typedef struct
{
  const char *text;
  gboolean found;
} Search;

static void
search_cb (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (GTK_IS_LABEL (widget)
      && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), search->text) == 0)
    search->found = TRUE;
}

gboolean
ui_shows (GtkWidget *widget, const char *text)
{
  Search search = { text, FALSE };

  ui_walk (widget, search_cb, &search);
  return search.found;
}
