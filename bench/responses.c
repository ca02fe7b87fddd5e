/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How the Responses page does with many respondents.
 *
 *   xvfb-run -a responses STUDY
 *
 * Opens the study, goes to the page, and prints how long it took until the grid was there, and the
 * longest time that the main loop stood still meanwhile. Then scrolls one page per frame, down and to
 * the right, and prints what a frame costs of the window's own processor time: it does not grow with
 * the rows. Last, how long the focus takes to the other end, and a search and a sort. Asserts nothing.
 */

#include <adwaita.h>
#include <time.h>

#include "ui/dhk-answer-grid.h"
#include "ui/dhk-application.h"
#include "ui/dhk-responses-page.h"
#include "ui/dhk-window.h"

#define TICK_MS 5
#define N_FRAMES 300

typedef struct
{
  DhkWindow *window;
  DhkAnswerGrid *grid;
  GArray *frames; /* gint64: work of each, in microseconds */
  gint64 frame_start;
  gint64 last;
  gint64 longest;
  gint64 last_work;
  gint64 most_work;
  GtkOrientation orientation;
} Bench;

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
  Bench *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 work = get_work ();

  self->most_work = MAX (self->most_work, work - self->last_work);
  self->last_work = work;
  self->longest = MAX (self->longest, now - self->last);
  self->last = now;
  return G_SOURCE_CONTINUE;
}

static DhkResponsesPage *
get_page (Bench *self)
{
  return DHK_RESPONSES_PAGE (dhk_window_get_page (self->window, "responses"));
}

static gboolean
is_open (Bench *self)
{
  return dhk_window_get_session (self->window) != NULL;
}

static gboolean
is_shown (Bench *self)
{
  return dhk_responses_page_is_ready (get_page (self));
}

static void
wait_until (Bench *self, const char *name, gboolean (*is_so) (Bench *self))
{
  gint64 start = g_get_monotonic_time ();

  self->last = start;
  self->last_work = get_work ();
  self->longest = 0;
  self->most_work = 0;
  do
    g_main_context_iteration (NULL, TRUE);
  while (!is_so (self));
  g_print ("%s\t%.3f s\tlongest gap %.1f ms\tmost own work %.1f ms\n", name,
           (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
           (double) self->longest / 1000, (double) self->most_work / 1000);
}

static GtkWidget *
find_grid (GtkWidget *widget)
{
  GtkWidget *found = DHK_IS_ANSWER_GRID (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_grid (child);
  return found;
}

/* Scrolling --------------------------------------------------------------- */

static void
before_cb (GdkFrameClock *clock, gpointer user_data)
{
  ((Bench *) user_data)->frame_start = get_work ();
}

static void
after_cb (GdkFrameClock *clock, gpointer user_data)
{
  Bench *self = user_data;
  gint64 work = get_work () - self->frame_start;

  g_array_append_val (self->frames, work);
}

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Bench *self = user_data;
  GtkAdjustment *adjustment = NULL;
  double upper, next;

  g_object_get (self->grid,
                self->orientation == GTK_ORIENTATION_VERTICAL ? "vadjustment" : "hadjustment",
                &adjustment, NULL);
  upper = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  next
      = gtk_adjustment_get_value (adjustment)
        + (self->orientation == GTK_ORIENTATION_VERTICAL ? gtk_adjustment_get_page_size (adjustment)
                                                         : 40);
  gtk_adjustment_set_value (adjustment, next > upper ? 0 : next);
  g_object_unref (adjustment);
  return G_SOURCE_CONTINUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

static void
scroll (Bench *self, const char *name, GtkOrientation orientation)
{
  guint id;
  gint64 start = g_get_monotonic_time ();

  self->orientation = orientation;
  g_array_set_size (self->frames, 0);
  id = gtk_widget_add_tick_callback (GTK_WIDGET (self->grid), scroll_cb, self, NULL);
  while (self->frames->len < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (GTK_WIDGET (self->grid), id);
  g_array_sort (self->frames, compare);
  g_print ("%s\t%u frames in %.1f s\twork of a frame: median %.1f ms, 95 %% below %.1f ms, most "
           "%.1f ms\n",
           name, N_FRAMES, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
           (double) g_array_index (self->frames, gint64, N_FRAMES / 2) / 1000,
           (double) g_array_index (self->frames, gint64, N_FRAMES * 95 / 100) / 1000,
           (double) g_array_index (self->frames, gint64, N_FRAMES - 1) / 1000);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("driehoek-responses-XXXXXX", NULL);
  g_autoptr (GtkApplication) application = NULL;
  g_autoptr (GFile) study = NULL;
  Bench self = { .frames = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  GdkFrameClock *clock;
  gint64 work;

  if (argc != 2)
    g_error ("Name a study.");
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  gtk_init ();
  adw_init ();
  application = GTK_APPLICATION (dhk_application_new ());
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  self.window = DHK_WINDOW (dhk_window_new (application));
  gtk_window_set_default_size (GTK_WINDOW (self.window), 1280, 800);
  gtk_window_present (GTK_WINDOW (self.window));
  g_timeout_add_full (G_PRIORITY_DEFAULT, TICK_MS, tick_cb, &self, NULL);

  study = g_file_new_for_commandline_arg (argv[1]);
  dhk_window_open_study (self.window, study);
  wait_until (&self, "open the study", is_open);
  dhk_window_show_page (self.window, "responses");
  wait_until (&self, "show the page", is_shown);
  self.grid = DHK_ANSWER_GRID (find_grid (GTK_WIDGET (get_page (&self))));
  g_print ("rows\t%u\n", dhk_answer_grid_get_n_rows (self.grid));

  clock = gtk_widget_get_frame_clock (GTK_WIDGET (self.window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_cb), &self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_cb), &self);
  scroll (&self, "scroll down, a page a frame", GTK_ORIENTATION_VERTICAL);
  scroll (&self, "scroll to the right", GTK_ORIENTATION_HORIZONTAL);

  work = get_work ();
  dhk_answer_grid_set_focus (self.grid, dhk_answer_grid_get_n_rows (self.grid) - 1, G_MAXINT);
  g_print ("focus to the last answer\t%.1f ms of work\n", (double) (get_work () - work) / 1000);
  gtk_widget_activate_action (GTK_WIDGET (get_page (&self)), "responses.sort-down", NULL);
  wait_until (&self, "sort", is_shown);
  dhk_responses_page_set_filter (get_page (&self), -1, DHK_ANSWER_UNFINISHED);
  wait_until (&self, "filter", is_shown);
  return 0;
}
