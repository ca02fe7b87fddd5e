/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How long the window stands still while it opens a study, reads a file and stores it.
 *
 *   xvfb-run -a stall STUDY FILE
 *
 * STUDY is an empty study of its own that FILE (bench/import_data.py) belongs to. Counts the time
 * between calls of a timer of 5 ms on the main loop, and prints for each phase how long it took and
 * the longest gap in it; the goal is 50 ms. Of the gap it also prints what the window itself worked:
 * on a busy machine others have the processor for the rest. Asserts nothing.
 */

#include <adwaita.h>
#include <time.h>

#include "ui/dhk-application.h"
#include "ui/dhk-import-page.h"
#include "ui/dhk-window.h"

#define TICK_MS 5
#define SLOW_MS 50

typedef struct
{
  DhkWindow *window;
  gint64 last;
  gint64 last_work;
  gint64 longest;
  gint64 most_work;
  guint n_slow;
} Stall;

/* Processor time of this thread, in microseconds. */
static gint64
get_work (void)
{
  struct timespec time = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
tick_cb (gpointer user_data)
{
  Stall *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 work = get_work ();

  self->most_work = MAX (self->most_work, work - self->last_work);
  self->last_work = work;
  self->longest = MAX (self->longest, now - self->last);
  self->n_slow += now - self->last > SLOW_MS * 1000;
  self->last = now;
  return G_SOURCE_CONTINUE;
}

static DhkImportPage *
get_page (Stall *self)
{
  return DHK_IMPORT_PAGE (dhk_window_get_page (self->window, "import"));
}

static gboolean
is_open (Stall *self)
{
  return dhk_window_get_session (self->window) != NULL;
}

static gboolean
is_read (Stall *self)
{
  return dhk_import_page_get_draft (get_page (self)) != NULL;
}

static gboolean
is_stored (Stall *self)
{
  return dhk_frame_get_n_rows (dhk_session_get_frame (dhk_window_get_session (self->window))) > 0;
}

static gboolean
is_open_with_answers (Stall *self)
{
  return is_open (self) && is_stored (self);
}

/* Until it is so, and half a second more for what follows it. */
static void
run_phase (Stall *self, const char *name, gboolean (*is_so) (Stall *self))
{
  gint64 start = g_get_monotonic_time ();
  gint64 end;

  self->last = start;
  self->last_work = get_work ();
  self->longest = 0;
  self->most_work = 0;
  self->n_slow = 0;
  while (!is_so (self))
    g_main_context_iteration (NULL, TRUE);
  end = g_get_monotonic_time ();
  while (g_get_monotonic_time () < end + G_USEC_PER_SEC / 2)
    g_main_context_iteration (NULL, TRUE);
  g_print ("%s\t%.2f s\tlongest gap %.1f ms\t%u over %d ms\tmost own work %.1f ms\n", name,
           (double) (end - start) / G_USEC_PER_SEC, (double) self->longest / 1000, self->n_slow,
           SLOW_MS, (double) self->most_work / 1000);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folder = g_dir_make_tmp ("driehoek-stall-XXXXXX", NULL);
  g_autoptr (GtkApplication) application = NULL;
  g_autoptr (GFile) study = NULL;
  Stall self = { NULL };

  if (argc != 3)
    g_error ("Name a study and a file.");
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  gtk_init ();
  adw_init ();
  application = GTK_APPLICATION (dhk_application_new ());
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  self.window = DHK_WINDOW (dhk_window_new (application));
  gtk_window_present (GTK_WINDOW (self.window));
  g_timeout_add_full (G_PRIORITY_DEFAULT, TICK_MS, tick_cb, &self, NULL);

  study = g_file_new_for_commandline_arg (argv[1]);
  g_ptr_array_add (files, g_file_new_for_commandline_arg (argv[2]));
  dhk_window_open_study (self.window, study);
  run_phase (&self, "open the empty study", is_open);
  dhk_window_import_files (self.window, files);
  run_phase (&self, "read", is_read);
  gtk_widget_activate_action (GTK_WIDGET (get_page (&self)), "import.commit", NULL);
  run_phase (&self, "store and show", is_stored);

  self.window = DHK_WINDOW (dhk_window_new (application));
  gtk_window_present (GTK_WINDOW (self.window));
  dhk_window_open_study (self.window, study);
  run_phase (&self, "open the study in another window", is_open_with_answers);
  return 0;
}
