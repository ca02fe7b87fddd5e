/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How the Responses page does with many respondents.
 *
 *   xvfb-run -a responses STUDY
 *
 * Opens the study, goes to the page, and prints how long it took until the first rows were there and
 * until all of it was, with the turns of the main loop meanwhile (bench/window-watch.h). Then scrolls
 * one page per frame, down and to the right, and prints what a frame costs of the window's own
 * processor time: it does not grow with the rows. Last, how long the focus takes to the other end,
 * sorting, a filter, and a search that is typed letter by letter. Asserts nothing.
 */

#include "window-watch.h"

#include "ui/dhk-answer-grid.h"
#include "ui/dhk-responses-page.h"

#define N_FRAMES 300
#define SETTLE_MS 300
#define LETTER_MS 250

static DhkAnswerGrid *grid;
static GArray *frames; /* gint64: work of each, in microseconds */
static gint64 frame_start;
static GtkOrientation direction;

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

static GtkWidget *
find_grid (GtkWidget *widget)
{
  GtkWidget *found = DHK_IS_ANSWER_GRID (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_grid (child);
  return found;
}

static gboolean
shows_rows (Bench *self)
{
  if (grid == NULL)
    grid = DHK_ANSWER_GRID (find_grid (GTK_WIDGET (get_page (self))));
  return dhk_answer_grid_get_n_rows (grid) > 0;
}

/* Scrolling --------------------------------------------------------------- */

static void
before_cb (GdkFrameClock *clock, gpointer user_data)
{
  frame_start = bench_get_work ();
}

static void
after_cb (GdkFrameClock *clock, gpointer user_data)
{
  gint64 work = bench_get_work () - frame_start;

  g_array_append_val (frames, work);
}

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  gboolean is_down = direction == GTK_ORIENTATION_VERTICAL;
  GtkAdjustment *adjustment = NULL;
  double upper, next;

  g_object_get (grid, is_down ? "vadjustment" : "hadjustment", &adjustment, NULL);
  upper = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  next = gtk_adjustment_get_value (adjustment)
         + (is_down ? gtk_adjustment_get_page_size (adjustment) : 40);
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

static double
get_frame_ms (guint place)
{
  return (double) g_array_index (frames, gint64, place) / 1000;
}

static void
scroll (const char *name, GtkOrientation orientation)
{
  guint id;
  gint64 start = g_get_monotonic_time ();

  direction = orientation;
  g_array_set_size (frames, 0);
  id = gtk_widget_add_tick_callback (GTK_WIDGET (grid), scroll_cb, NULL, NULL);
  while (frames->len < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (GTK_WIDGET (grid), id);
  g_array_sort (frames, compare);
  g_print ("%s\t%u frames in %.1f s\twork of a frame: median %.1f ms, 95 %% below %.1f ms, most "
           "%.1f ms\n",
           name, N_FRAMES, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
           get_frame_ms (N_FRAMES / 2), get_frame_ms (N_FRAMES * 95 / 100),
           get_frame_ms (N_FRAMES - 1));
}

static void
scroll_both_ways (Bench *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));

  frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_cb), NULL);
  scroll ("scroll down, a page a frame", GTK_ORIENTATION_VERTICAL);
  scroll ("scroll to the right", GTK_ORIENTATION_HORIZONTAL);
  g_signal_handlers_disconnect_by_data (clock, NULL);
  g_array_unref (frames);
}

/* Searching --------------------------------------------------------------- */

/* The first: lists that drop down have one too. */
static GtkWidget *
find_search (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_SEARCH_ENTRY (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_search (child);
  return found;
}

/* Each letter comes while the search for those before it is at work: the entry waits 150 ms. */
static void
type (Bench *self, const char *text)
{
  GtkWidget *entry = find_search (GTK_WIDGET (get_page (self)));
  gint64 next = 0;

  for (guint n = 1; text[n - 1] != '\0'; n++)
    {
      g_autofree char *typed = g_strndup (text, n);

      gtk_editable_set_text (GTK_EDITABLE (entry), typed);
      next = g_get_monotonic_time () + LETTER_MS * 1000;
      while (g_get_monotonic_time () < next)
        g_main_context_iteration (NULL, TRUE);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GFile) study = NULL;
  Bench self = { NULL };
  gint64 work;

  if (argc != 2)
    g_error ("Name a study.");
  bench_start (&self);
  bench_print_head ();
  study = g_file_new_for_commandline_arg (argv[1]);
  dhk_window_open_study (self.window, study);
  bench_run (&self, "open the study", is_open, SETTLE_MS);
  dhk_window_show_page (self.window, "responses");
  bench_run (&self, "show the first rows", shows_rows, 0);
  bench_run (&self, "show the page", is_shown, SETTLE_MS);
  g_print ("rows\t%u\n", dhk_answer_grid_get_n_rows (grid));
  scroll_both_ways (&self);

  work = bench_get_work ();
  dhk_answer_grid_set_focus (grid, dhk_answer_grid_get_n_rows (grid) - 1, G_MAXINT);
  g_print ("focus to the last answer\t%.1f ms of work\n",
           (double) (bench_get_work () - work) / 1000);
  bench_begin ();
  gtk_widget_activate_action (GTK_WIDGET (get_page (&self)), "responses.sort-down", NULL);
  bench_run (&self, "sort", is_shown, SETTLE_MS);
  dhk_responses_page_set_filter (get_page (&self), -1, DHK_ANSWER_UNFINISHED);
  bench_run (&self, "filter", is_shown, SETTLE_MS);
  dhk_responses_page_set_filter (get_page (&self), -1, 0);
  bench_run (&self, "no filter", is_shown, SETTLE_MS);
  type (&self, "99999");
  bench_run (&self, "search, typed on", is_shown, SETTLE_MS);
  g_print ("rows\t%u\n", dhk_answer_grid_get_n_rows (grid));
  return 0;
}
