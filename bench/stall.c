/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How long the window stands still while a file is imported, from choosing it to the pages that show
 * the study, also when that is cancelled, undone and done once more.
 *
 *   xvfb-run -a stall STUDY FILE
 *
 * STUDY is an empty study of its own that FILE (bench/import_data.py) belongs to; bench/stall.py
 * makes both and runs this for every format. What is measured: bench/window-watch.h. The
 * goal is that no turn of the main loop takes 50 ms. Asserts nothing.
 */

#include "window-watch.h"

#include "ui/dhk-import-page.h"
#include "ui/dhk-responses-page.h"

/* What follows a phase, a frame that shows the page for one, belongs to it. */
#define SETTLE_MS 500

/* So long work goes on before it is cancelled: less than the shortest of a million takes. */
#define CANCEL_AFTER_MS 300

static gint64 started;

static DhkSession *
get_session (Bench *self)
{
  return dhk_window_get_session (self->window);
}

static DhkImportPage *
get_page (Bench *self)
{
  return DHK_IMPORT_PAGE (dhk_window_get_page (self->window, "import"));
}

static gboolean
is_open (Bench *self)
{
  return get_session (self) != NULL;
}

static gboolean
is_at_work (Bench *self)
{
  return g_get_monotonic_time () > started + CANCEL_AFTER_MS * 1000;
}

static gboolean
is_idle (Bench *self)
{
  return !dhk_session_is_busy (get_session (self));
}

static gboolean
is_read (Bench *self)
{
  return dhk_import_page_get_draft (get_page (self)) != NULL;
}

static gboolean
is_shown (Bench *self)
{
  return dhk_responses_page_is_ready (
      DHK_RESPONSES_PAGE (dhk_window_get_page (self->window, "responses")));
}

static gboolean
holds_answers (Bench *self)
{
  return is_open (self) && dhk_frame_get_n_rows (dhk_session_get_frame (get_session (self))) > 0;
}

static gboolean
is_at_work_or_added (Bench *self)
{
  return is_at_work (self) || holds_answers (self);
}

static gboolean
is_read_or_added (Bench *self)
{
  return is_read (self) || holds_answers (self);
}

static gboolean
is_undone (Bench *self)
{
  return !holds_answers (self) && is_shown (self);
}

static gboolean
is_redone (Bench *self)
{
  return holds_answers (self) && is_shown (self);
}

static void
act (Bench *self, const char *action)
{
  started = g_get_monotonic_time ();
  gtk_widget_activate_action (g_str_has_prefix (action, "import.") ? GTK_WIDGET (get_page (self))
                                                                   : GTK_WIDGET (self->window),
                              action, NULL);
}

static void
choose (Bench *self, GPtrArray *files)
{
  started = g_get_monotonic_time ();
  dhk_window_import_files (self->window, files);
}

static void
import (Bench *self, GPtrArray *files)
{
  choose (self, files);
  bench_run (self, "read the file", is_at_work, 0);
  act (self, "import.cancel");
  bench_run (self, "cancel that", is_idle, SETTLE_MS);
  choose (self, files);
  bench_run (self, "read the file to its end", is_read, SETTLE_MS);
  act (self, "import.commit");
  bench_run (self, "add it to the study", is_at_work_or_added, 0);
  act (self, "import.cancel");
  bench_run (self, "cancel that", is_read_or_added, SETTLE_MS);
  /* Few rows are there before anybody could cancel. */
  if (!holds_answers (self))
    act (self, "import.commit");
  bench_run (self, "add it, to the Overview page", holds_answers, SETTLE_MS);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFile) study = NULL;
  Bench self = { NULL };

  if (argc != 3)
    g_error ("Name a study and a file.");
  bench_start (&self);
  bench_print_head ();
  study = g_file_new_for_commandline_arg (argv[1]);
  g_ptr_array_add (files, g_file_new_for_commandline_arg (argv[2]));
  dhk_window_open_study (self.window, study);
  bench_run (&self, "open the empty study", is_open, SETTLE_MS);

  import (&self, files);
  dhk_window_show_page (self.window, "responses");
  bench_run (&self, "show the Responses page", is_shown, SETTLE_MS);
  act (&self, "win.undo");
  bench_run (&self, "undo the import", is_undone, SETTLE_MS);
  act (&self, "win.redo");
  bench_run (&self, "redo it", is_redone, SETTLE_MS);

  choose (&self, files);
  bench_run (&self, "read the file once more", is_read, SETTLE_MS);
  act (&self, "import.cancel");
  bench_run (&self, "cancel that", is_idle, SETTLE_MS);

  bench_show_window (&self);
  dhk_window_open_study (self.window, study);
  bench_run (&self, "open the study in another window", holds_answers, SETTLE_MS);
  return 0;
}
