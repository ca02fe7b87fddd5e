/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-responses-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "ui/dhk-responses-private.h"

G_DEFINE_FINAL_TYPE (DhkResponsesPage, dhk_responses_page, GTK_TYPE_WIDGET)

/* The chips go to a line of their own below this width, and wherever a line has no room. */
#define NARROW_WIDTH 780

/* Left and right of the content, as the style sheet has it. */
#define MARGINS 48

/* The focused cell -------------------------------------------------------- */

static char *
dup_who (DhkResponsesPage *self, guint row, const DhkQuestion *question)
{
  DhkInstrument *instrument = dhk_respondents_get_instrument (self->list);
  const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (
      instrument, dhk_respondents_get_questionnaire (self->list, row));
  g_autofree char *name = dhk_answer_dup_name (self->list, row);
  const char *reason = dhk_respondents_get_reason (self->list, row);
  const char *pseudonym = dhk_respondents_get_pseudonym (self->list, row);
  GString *text = g_string_new (name);

  if (*pseudonym != '\0')
    g_string_append_printf (text, " · %s", pseudonym);
  if (question->item >= 0 && dhk_respondents_has_row (self->list, row))
    g_string_append_printf (text, " · %s",
                            dhk_instrument_get_perspective_label (instrument, questionnaire->type,
                                                                  question->target,
                                                                  dhk_language_of_messages ()));
  if (dhk_respondents_is_excluded (self->list, row) && reason != NULL && *reason != '\0')
    g_string_append_printf (text, _ (" · excluded: %s"), reason);
  else if (dhk_respondents_is_excluded (self->list, row))
    g_string_append (text, _ (" · excluded"));
  return g_string_free (text, FALSE);
}

/* In the words of the respondent's own questionnaire, where it asks this. */
static const char *
get_wording (DhkResponsesPage *self, guint row, const DhkQuestion *question)
{
  const DhkQuestionnaire *questionnaire
      = dhk_instrument_get_questionnaire (dhk_respondents_get_instrument (self->list),
                                          dhk_respondents_get_questionnaire (self->list, row));

  for (guint q = 0; q < questionnaire->n_questions; q++)
    {
      const DhkQuestion *own = &questionnaire->questions[q];

      if (question->item >= 0 ? own->item == question->item && own->target == question->target
                              : own->item < 0 && own->variable == question->variable)
        return dhk_text_get (&own->text, dhk_language_of_messages ());
    }
  return dhk_text_get (&question->text, dhk_language_of_messages ());
}

void
dhk_responses_update_focus_bar (DhkResponsesPage *self)
{
  const DhkQuestion *question;
  g_autofree char *who = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *shown = NULL;
  gboolean is_corrected;
  double number;
  guint row;
  int code;

  dhk_responses_update_actions (self);
  if (self->list == NULL || !dhk_answer_grid_get_focus (self->grid, &row, &question))
    {
      gtk_widget_set_visible (self->focus_bar, FALSE);
      return;
    }
  gtk_widget_set_visible (self->focus_bar, TRUE);
  who = dup_who (self, row, question);
  code = dhk_answer_grid_get_answer (self->grid, row, question, &number, &is_corrected);
  answer
      = dhk_answer_dup_long (dhk_respondents_get_instrument (self->list), question, code, number);
  shown = is_corrected ? g_strdup_printf (_ ("%s (corrected by hand)"), answer) : g_strdup (answer);
  gtk_label_set_text (self->who, who);
  /* A reason may be longer than the line. */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->who), who);
  gtk_label_set_text (self->question, get_wording (self, row, question));
  gtk_label_set_text (self->answer, shown);
  dhk_responses_load_history (self);
}

/* Following the study ----------------------------------------------------- */

static void
session_changed_cb (DhkSession *session, gpointer user_data)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (user_data);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    dhk_responses_reload (self);
  else
    self->is_stale = TRUE;
}

static void
dhk_responses_page_map (GtkWidget *widget)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (widget);

  GTK_WIDGET_CLASS (dhk_responses_page_parent_class)->map (widget);
  if (self->is_stale)
    dhk_responses_reload (self);
}

gboolean
dhk_responses_page_is_ready (DhkResponsesPage *self)
{
  g_return_val_if_fail (DHK_IS_RESPONSES_PAGE (self), FALSE);
  return self->list != NULL && self->loading == NULL && self->filtering == NULL
         && self->searching == NULL && self->coming == NULL;
}

/* Signals of the grid ----------------------------------------------------- */

static void
edit_cb (DhkResponsesPage *self, int digit)
{
  dhk_responses_edit (self, digit);
}

static void
menu_cb (DhkResponsesPage *self)
{
  dhk_responses_show_menu (self);
}

/* Up, down, and back to the order of the study. */
static void
sort_cb (DhkResponsesPage *self, guint column)
{
  const DhkQuestion *question = g_ptr_array_index (self->questions, column);

  if (self->sort != question)
    {
      self->sort = question;
      self->sort_down = FALSE;
    }
  else if (!self->sort_down)
    self->sort_down = TRUE;
  else
    self->sort = NULL;
  dhk_responses_update_rows (self);
}

/* Life -------------------------------------------------------------------- */

static gboolean
narrow_cb (gpointer user_data)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (user_data);
  GtkOrientation orientation
      = self->is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  self->narrow_source = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->top), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->filters), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->focus_bar), orientation);
  /* Lines below each other take room of the answers: what is said elsewhere too makes way. */
  gtk_widget_set_visible (self->subtitle, !self->is_narrow);
  gtk_widget_set_visible (self->legend, !self->is_narrow);
  return G_SOURCE_REMOVE;
}

/* What a box needs beside each other, however it stands now. */
static int
measure_line (GtkWidget *box)
{
  int sum = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum = 0;

      if (!gtk_widget_get_visible (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      sum += minimum + (sum > 0 ? gtk_box_get_spacing (GTK_BOX (box)) : 0);
    }
  return sum;
}

static gboolean
needs_lines (DhkResponsesPage *self, int width)
{
  return width < NARROW_WIDTH || width - MARGINS < measure_line (self->top)
         || width - MARGINS < measure_line (self->filters)
         || width - MARGINS < measure_line (self->focus_bar);
}

static void
dhk_responses_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (widget);
  gboolean is_narrow = needs_lines (self, width);

  gtk_widget_allocate (GTK_WIDGET (self->stack), width, height, baseline, NULL);
  if (is_narrow == self->is_narrow)
    return;
  self->is_narrow = is_narrow;
  if (self->narrow_source == 0)
    self->narrow_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, narrow_cb, self, NULL);
}

static void
dhk_responses_page_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (DHK_RESPONSES_PAGE (widget)->stack), orientation, for_size,
                      minimum, natural, minimum_baseline, natural_baseline);
  /* Narrower than the chips in one line: they stand below each other then. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, 360);
}

static void
cancel (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
dhk_responses_page_dispose (GObject *object)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->narrow_source, g_source_remove);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  cancel (&self->loading);
  cancel (&self->filtering);
  cancel (&self->searching);
  cancel (&self->history);
  g_clear_object (&self->session);
  self->is_setting = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (dhk_responses_page_parent_class)->dispose (object);
}

static void
dhk_responses_page_finalize (GObject *object)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (object);

  g_clear_pointer (&self->list, dhk_respondents_unref);
  g_clear_pointer (&self->coming, dhk_respondents_unref);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_array_unref);
  g_free (self->found_text);
  g_array_unref (self->categories);

  G_OBJECT_CLASS (dhk_responses_page_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, DhkResponsesPage, name)
#define CALL(name) gtk_widget_class_bind_template_callback (widget_class, name)

static void
dhk_responses_page_class_init (DhkResponsesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_responses_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dhk_responses_page_finalize;
  widget_class->measure = dhk_responses_page_measure;
  widget_class->size_allocate = dhk_responses_page_size_allocate;
  widget_class->map = dhk_responses_page_map;

  g_type_ensure (DHK_TYPE_ANSWER_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/driehoek/Driehoek/responses-page.ui");
  BIND (stack);
  BIND (top);
  BIND (subtitle);
  BIND (legend);
  BIND (filters);
  BIND (focus_bar);
  BIND (search);
  BIND (questionnaire);
  BIND (category);
  BIND (unreadable);
  BIND (unfinished);
  BIND (corrected);
  BIND (excluded);
  BIND (count);
  BIND (who);
  BIND (question);
  BIND (answer);
  BIND (exclude_button);
  BIND (include_button);
  BIND (scroller);
  BIND (grid_stack);
  BIND (grid);
  BIND (history_box);
  BIND (history_title);
  BIND (history_list);
  BIND (cell_menu);
  CALL (dhk_responses_filter_changed_cb);
  CALL (dhk_responses_search_changed_cb);
  CALL (dhk_responses_stop_search_cb);
  CALL (dhk_responses_focus_grid);
  CALL (dhk_responses_update_focus_bar);
  CALL (edit_cb);
  CALL (menu_cb);
  CALL (sort_cb);
  dhk_responses_install_actions (widget_class);
}

static void
dhk_responses_page_init (DhkResponsesPage *self)
{
  self->categories = g_array_new (FALSE, FALSE, sizeof (DhkCategoryChoice));
  self->shown_questionnaire = -2;
  self->is_stale = TRUE;
  self->is_setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  dhk_responses_add_search_key (self);
}

GtkWidget *
dhk_responses_page_new (DhkSession *session)
{
  DhkResponsesPage *self;

  g_return_val_if_fail (DHK_IS_SESSION (session), NULL);

  self = g_object_new (DHK_TYPE_RESPONSES_PAGE, NULL);
  self->session = g_object_ref (session);
  dhk_responses_fill_questionnaires (self, dhk_session_get_instrument (session));
  dhk_responses_fill_categories (self, dhk_session_get_instrument (session));
  self->is_setting = FALSE;
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, 0);
  dhk_responses_update_focus_bar (self);
  return GTK_WIDGET (self);
}
