/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which rows the Responses page shows: filters, search and sorting. */

#include <glib/gi18n.h>

#include "ui/dhk-responses-private.h"
#include "ui/dhk-task.h"

/* So long a person waits without being told why, and between two figures. */
#define PATIENCE_MS 200

/* A search of fewer letters would find nearly every imported row. */
#define RAW_SEARCH_LENGTH 3

/* Rows -------------------------------------------------------------------- */

static void
add_flag (DhkAnswerFlags *flags, GtkToggleButton *button, DhkAnswerFlags flag)
{
  if (gtk_toggle_button_get_active (button))
    *flags |= flag;
}

static DhkAnswerFilter *
create_filter (DhkResponsesPage *self)
{
  DhkAnswerFilter *filter = g_new0 (DhkAnswerFilter, 1);
  guint category = gtk_drop_down_get_selected (self->category);

  filter->questionnaire = (int) gtk_drop_down_get_selected (self->questionnaire) - 1;
  filter->variable = -1;
  if (category > 0 && category <= self->categories->len)
    {
      const DhkCategoryChoice *choice
          = &g_array_index (self->categories, DhkCategoryChoice, category - 1);

      filter->variable = choice->variable;
      filter->category = choice->category;
    }
  add_flag (&filter->flags, self->unreadable, DHK_ANSWER_UNREADABLE);
  add_flag (&filter->flags, self->unfinished, DHK_ANSWER_UNFINISHED);
  add_flag (&filter->flags, self->corrected, DHK_ANSWER_CORRECTED);
  add_flag (&filter->flags, self->excluded, DHK_ANSWER_EXCLUDED);
  filter->text = g_strdup (gtk_editable_get_text (self->search));
  if (self->found != NULL && g_strcmp0 (self->found_text, filter->text) == 0)
    filter->found = g_array_ref (self->found);
  filter->sort = self->sort;
  filter->sort_down = self->sort_down;
  return filter;
}

gboolean
dhk_responses_shows_all (DhkResponsesPage *self)
{
  return gtk_drop_down_get_selected (self->questionnaire) == 0
         && gtk_drop_down_get_selected (self->category) == 0
         && !gtk_toggle_button_get_active (self->unreadable)
         && !gtk_toggle_button_get_active (self->unfinished)
         && !gtk_toggle_button_get_active (self->corrected)
         && !gtk_toggle_button_get_active (self->excluded)
         && *gtk_editable_get_text (self->search) == '\0' && self->sort == NULL;
}

void
dhk_responses_show_count (DhkResponsesPage *self)
{
  guint all = self->list != NULL ? dhk_respondents_get_n (self->list) : 0;
  guint n = dhk_answer_grid_get_n_rows (self->grid);
  g_autofree char *text = NULL;

  if (self->progress_source != 0)
    text = g_strdup_printf (_ ("Searching… %d%%"), g_atomic_int_get (&self->progress));
  else if (self->coming != NULL && self->coming == self->list)
    text = g_strdup_printf (
        _ ("%u%% read"),
        (guint) ((guint64) dhk_respondents_get_n_loaded (self->list) * 100 / MAX (all, 1)));
  else if (n == all)
    text = g_strdup_printf (ngettext ("%u respondent", "%u respondents", all), all);
  else
    text = g_strdup_printf (ngettext ("%u of %u respondent", "%u of %u respondents", all), n, all);
  gtk_label_set_text (self->count, text);
}

static gboolean
progress_cb (gpointer user_data)
{
  dhk_responses_show_count (DHK_RESPONSES_PAGE (user_data));
  return G_SOURCE_CONTINUE;
}

/* Tells how far filtering and searching are, while one of them goes on. */
static void
follow_progress (DhkResponsesPage *self)
{
  gboolean is_busy = self->filtering != NULL || self->searching != NULL;

  if (is_busy == (self->progress_source != 0))
    return;
  g_atomic_int_set (&self->progress, 0);
  if (is_busy)
    {
      self->progress_source = g_timeout_add (PATIENCE_MS, progress_cb, self);
      return;
    }
  g_clear_handle_id (&self->progress_source, g_source_remove);
  dhk_responses_show_count (self);
}

static void
show_rows (DhkResponsesPage *self, int questionnaire, GArray *rows)
{
  if (self->questions == NULL || self->shown_questionnaire != questionnaire)
    {
      g_clear_pointer (&self->questions, g_ptr_array_unref);
      self->questions
          = dhk_answer_list_questions (dhk_respondents_get_instrument (self->list), questionnaire);
      self->shown_questionnaire = questionnaire;
    }
  dhk_answer_grid_set_sort (self->grid, self->sort, self->sort_down);
  dhk_answer_grid_show (self->grid, self->list, self->questions, rows);
  gtk_stack_set_visible_child_name (self->grid_stack, rows->len > 0 ? "grid" : "nobody");
  dhk_responses_show_count (self);
  dhk_responses_update_focus_bar (self);
}

typedef struct
{
  DhkRespondents *list;
  DhkAnswerFilter *filter;
} Filtering;

static void
filtering_free (gpointer data)
{
  Filtering *self = data;

  dhk_respondents_unref (self->list);
  dhk_answer_filter_free (self->filter);
  g_free (self);
}

static void
filter_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Filtering *filtering = task_data;
  GError *error = NULL;
  GArray *rows = dhk_answer_filter_apply (filtering->filter, filtering->list, cancellable, &error);

  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

static void
filtered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (source);
  Filtering *filtering = g_task_get_task_data (G_TASK (result));
  g_autoptr (GArray) rows = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: a newer filter is on its way, or the page is gone. */
  if (rows == NULL || self->list != filtering->list)
    return;
  g_clear_object (&self->filtering);
  follow_progress (self);
  show_rows (self, filtering->filter->questionnaire, rows);
}

void
dhk_responses_update_rows (DhkResponsesPage *self)
{
  g_autoptr (DhkAnswerFilter) filter = NULL;
  g_autoptr (GTask) task = NULL;
  Filtering *filtering;

  if (self->list == NULL)
    return;
  g_cancellable_cancel (self->filtering);
  g_clear_object (&self->filtering);
  /* Only what asks for nothing can be answered while parts are missing; the last one comes back here. */
  if (self->coming == self->list && !dhk_responses_shows_all (self))
    {
      dhk_responses_show_count (self);
      return;
    }
  filter = create_filter (self);
  if (dhk_respondents_get_n (self->list) <= DHK_RESPONSES_AT_ONCE || dhk_responses_shows_all (self))
    {
      g_autoptr (GArray) rows = dhk_answer_filter_apply (filter, self->list, NULL, NULL);

      follow_progress (self);
      show_rows (self, filter->questionnaire, rows);
      return;
    }
  self->filtering = g_cancellable_new ();
  filter->progress = &self->progress;
  follow_progress (self);
  filtering = g_new0 (Filtering, 1);
  filtering->list = dhk_respondents_ref (self->list);
  filtering->filter = g_steal_pointer (&filter);
  task = dhk_task_new (self, self->filtering, filtered_cb, NULL);
  g_task_set_source_tag (task, dhk_responses_update_rows);
  g_task_set_task_data (task, filtering, filtering_free);
  g_task_run_in_thread (task, filter_thread);
}

void
dhk_responses_filter_changed_cb (DhkResponsesPage *self)
{
  if (!self->is_setting)
    dhk_responses_update_rows (self);
}

/* Searching --------------------------------------------------------------- */

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkResponsesPage) self = user_data;
  g_autoptr (GArray) found = dhk_session_search_raw_finish (DHK_SESSION (source), result, NULL);

  if (found == NULL || self->session == NULL
      || g_strcmp0 (self->found_text, gtk_editable_get_text (self->search)) != 0)
    return;
  g_clear_object (&self->searching);
  g_clear_pointer (&self->found, g_array_unref);
  self->found = g_steal_pointer (&found);
  follow_progress (self);
  dhk_responses_update_rows (self);
}

/* First what is in the answers, at once; then what only the imported rows hold. */
void
dhk_responses_search_changed_cb (DhkResponsesPage *self)
{
  const char *text = gtk_editable_get_text (self->search);

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  g_clear_pointer (&self->found, g_array_unref);
  g_free (self->found_text);
  self->found_text = g_strdup (text);
  dhk_responses_filter_changed_cb (self);
  if (self->session == NULL || g_utf8_strlen (text, -1) < RAW_SEARCH_LENGTH)
    {
      follow_progress (self);
      return;
    }
  self->searching = g_cancellable_new ();
  follow_progress (self);
  dhk_session_search_raw_async (self->session, text, &self->progress, self->searching, searched_cb,
                                g_object_ref (self));
}

void
dhk_responses_focus_grid (DhkResponsesPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

void
dhk_responses_stop_search_cb (DhkResponsesPage *self)
{
  /* At once: the grid must be there to take the focus. */
  gtk_editable_set_text (self->search, "");
  dhk_responses_search_changed_cb (self);
  dhk_responses_focus_grid (self);
}

/* Filters ----------------------------------------------------------------- */

void
dhk_responses_fill_questionnaires (DhkResponsesPage *self, DhkInstrument *instrument)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("All questionnaires"));
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    gtk_string_list_append (names,
                            dhk_text_get (&dhk_instrument_get_questionnaire (instrument, i)->label,
                                          dhk_language_of_messages ()));
  gtk_drop_down_set_model (self->questionnaire, G_LIST_MODEL (names));
}

void
dhk_responses_fill_categories (DhkResponsesPage *self, DhkInstrument *instrument)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  DhkLanguage language = dhk_language_of_messages ();

  gtk_string_list_append (names, _ ("Any background"));
  for (guint v = 0; v < dhk_instrument_get_n_variables (instrument); v++)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, v);

      for (guint c = 0; c < variable->n_categories; c++)
        {
          const DhkCategoryChoice choice = { (int) v, (int) c };
          g_autofree char *name
              = g_strdup_printf ("%s: %s", dhk_text_get (&variable->label, language),
                                 dhk_text_get (&variable->categories[c].label, language));

          g_array_append_val (self->categories, choice);
          gtk_string_list_append (names, name);
        }
    }
  gtk_drop_down_set_model (self->category, G_LIST_MODEL (names));
}

void
dhk_responses_page_set_filter (DhkResponsesPage *self, int questionnaire, DhkAnswerFlags flags)
{
  g_return_if_fail (DHK_IS_RESPONSES_PAGE (self));

  self->is_setting = TRUE;
  gtk_drop_down_set_selected (self->questionnaire, (guint) (questionnaire + 1));
  gtk_drop_down_set_selected (self->category, 0);
  gtk_toggle_button_set_active (self->unreadable, (flags & DHK_ANSWER_UNREADABLE) != 0);
  gtk_toggle_button_set_active (self->unfinished, (flags & DHK_ANSWER_UNFINISHED) != 0);
  gtk_toggle_button_set_active (self->corrected, (flags & DHK_ANSWER_CORRECTED) != 0);
  gtk_toggle_button_set_active (self->excluded, (flags & DHK_ANSWER_EXCLUDED) != 0);
  gtk_editable_set_text (self->search, "");
  self->is_setting = FALSE;
  dhk_responses_update_rows (self);
}
