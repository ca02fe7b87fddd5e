/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How long the window stands still while somebody goes through its pages and edits a questionnaire.
 *
 *   xvfb-run -a pages STUDY
 *
 * Opens the study, shows every page, shows the Questionnaire page once more, edits there, looks at
 * its tabs, moves a question, and takes that back. What is measured: bench/window-watch.h. The
 * goal is that no turn of the main loop takes 50 ms. Asserts nothing.
 */

#include "window-watch.h"

#include <adwaita.h>

/* Rows that come little by little belong to the phase. */
#define SETTLE_MS 1500

static gboolean
is_open (Bench *self)
{
  return dhk_window_get_session (self->window) != NULL;
}

static gboolean
is_idle (Bench *self)
{
  return !dhk_session_is_busy (dhk_window_get_session (self->window));
}

static GtkWidget *
get_page (Bench *self)
{
  return dhk_window_get_page (self->window, "questionnaire");
}

static gboolean
is_called (GtkWidget *widget, const char *name)
{
  return g_strcmp0 (gtk_widget_get_name (widget), name) == 0
         || g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0;
}

/* The first widget of a type, with this name if one is given. */
static GtkWidget *
find (GtkWidget *widget, GType type, const char *name)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (name == NULL || is_called (widget, name)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type, name);
  return found;
}

static void
show (Bench *self, const char *page, const char *phase)
{
  dhk_window_show_page (self->window, page);
  bench_run (self, phase, is_idle, SETTLE_MS);
}

static void
show_tab (Bench *self, const char *tab, const char *phase)
{
  GtkStack *tabs = GTK_STACK (find (get_page (self), GTK_TYPE_STACK, "tabs"));

  gtk_stack_set_visible_child_name (tabs, tab);
  bench_run (self, phase, is_idle, SETTLE_MS);
}

static void
act (Bench *self, const char *action, const char *phase)
{
  gtk_widget_activate_action (get_page (self), action, NULL);
  bench_run (self, phase, is_idle, SETTLE_MS);
}

static void
click (Bench *self, const char *button, const char *phase)
{
  g_signal_emit_by_name (find (get_page (self), GTK_TYPE_BUTTON, button), "clicked");
  bench_run (self, phase, is_idle, SETTLE_MS);
}

static void
expand (Bench *self, const char *phase)
{
  GtkWidget *tab
      = gtk_stack_get_visible_child (GTK_STACK (find (get_page (self), GTK_TYPE_STACK, "tabs")));

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (find (tab, ADW_TYPE_EXPANDER_ROW, NULL)), TRUE);
  bench_run (self, phase, is_idle, SETTLE_MS);
}

static void
choose (Bench *self, guint questionnaire, const char *phase)
{
  GtkDropDown *choice
      = GTK_DROP_DOWN (find (get_page (self), GTK_TYPE_DROP_DOWN, "questionnaires"));

  gtk_drop_down_set_selected (choice, questionnaire);
  bench_run (self, phase, is_idle, SETTLE_MS);
}

static void
show_pages (Bench *self)
{
  show (self, "responses", "Responses");
  show (self, "import", "Import");
  show (self, "entry", "Paper entry");
  show (self, "compare", "Compare");
  show (self, "report", "Report");
  show (self, "questionnaire", "Questionnaire");
  show (self, "overview", "Overview");
  show (self, "questionnaire", "Questionnaire once more");
  choose (self, 1, "another questionnaire");
  show_tab (self, "scales", "scales");
  expand (self, "a scale unfolded");
  show_tab (self, "answers", "answer labels");
  show_tab (self, "versions", "versions");
  show_tab (self, "questions", "questions once more");
}

static void
edit (Bench *self)
{
  choose (self, 2, "another questionnaire, with most questions");
  act (self, "page.edit", "edit");
  click (self, "down-10", "move question 11");
  click (self, "remove-10", "remove question 11");
  show_tab (self, "scales", "scales, edited");
  expand (self, "a scale unfolded");
  show_tab (self, "answers", "answer labels, edited");
  show_tab (self, "questions", "questions, edited");
  choose (self, 3, "another questionnaire");
  act (self, "page.save", "save");
  act (self, "win.undo", "undo that");
  act (self, "page.edit", "edit once more");
  act (self, "page.discard", "discard");
}

int
main (int argc, char **argv)
{
  g_autoptr (GFile) study = NULL;
  Bench self = { NULL };

  if (argc != 2)
    g_error ("Name a study.");
  bench_start (&self);
  bench_print_head ();
  study = g_file_new_for_commandline_arg (argv[1]);
  dhk_window_open_study (self.window, study);
  bench_run (&self, "open the study", is_open, SETTLE_MS);
  show_pages (&self);
  edit (&self);
  return 0;
}
