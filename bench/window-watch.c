/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "window-watch.h"

#include <adwaita.h>
#include <time.h>

#include "ui/dhk-application.h"

static struct
{
  gint64 time; /* when the turn began */
  gint64 work;
  gint64 longest;
  gint64 most_work;
  guint n_turns;
  guint n_long;
  guint n_hard;
} turns;

static gint64 began; /* the phase */

gint64
bench_get_work (void)
{
  struct timespec time = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
begin_turn (void)
{
  turns.time = g_get_monotonic_time ();
  turns.work = bench_get_work ();
}

static void
end_turn (void)
{
  gint64 time = g_get_monotonic_time () - turns.time;
  gint64 work = bench_get_work () - turns.work;

  turns.n_turns++;
  turns.longest = MAX (turns.longest, time);
  turns.most_work = MAX (turns.most_work, work);
  turns.n_long += time > BENCH_SLOW_MS * 1000;
  turns.n_hard += work > BENCH_SLOW_MS * 1000;
}

static int
poll_watched (GPollFD *fds, guint n_fds, int timeout)
{
  int found;

  end_turn ();
  found = g_poll (fds, n_fds, timeout);
  begin_turn ();
  return found;
}

void
bench_begin (void)
{
  turns.longest = turns.most_work = 0;
  turns.n_turns = turns.n_long = turns.n_hard = 0;
  begin_turn ();
  began = turns.time;
}

void
bench_show_window (Bench *self)
{
  self->window = DHK_WINDOW (dhk_window_new (self->application));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (self->window));
}

void
bench_start (Bench *self)
{
  g_autofree char *folder = g_dir_make_tmp ("driehoek-bench-XXXXXX", NULL);

  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  gtk_init ();
  adw_init ();
  self->application = GTK_APPLICATION (dhk_application_new ());
  g_application_set_flags (G_APPLICATION (self->application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (self->application), NULL, NULL);
  bench_show_window (self);
  g_main_context_set_poll_func (NULL, poll_watched);
  bench_begin ();
}

void
bench_print_head (void)
{
  g_print ("phase\ts\tturns\tmost own work ms\tover %d ms\tlongest ms\tover %d ms\n", BENCH_SLOW_MS,
           BENCH_SLOW_MS);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
bench_run (Bench *self, const char *name, BenchCondition is_so, guint settle_ms)
{
  gint64 end;
  guint wake = g_timeout_add (10, wake_cb, NULL);

  while (!is_so (self))
    g_main_context_iteration (NULL, TRUE);
  end = g_get_monotonic_time ();
  while (g_get_monotonic_time () < end + (gint64) settle_ms * 1000)
    g_main_context_iteration (NULL, TRUE);
  end_turn ();
  g_source_remove (wake);
  g_print ("%s\t%.2f\t%u\t%.1f\t%u\t%.1f\t%u\n", name, (double) (end - began) / G_USEC_PER_SEC,
           turns.n_turns, (double) turns.most_work / 1000, turns.n_hard,
           (double) turns.longest / 1000, turns.n_long);
  bench_begin ();
}
