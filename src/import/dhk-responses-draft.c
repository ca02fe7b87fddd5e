/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Responses that were read, as files and questions of a draft. */

#include "import/dhk-responses-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PREVIEW_ROWS 20

/* Rows -------------------------------------------------------------------------------------- */

/* The question of the questionnaire that an answer is to, or -1. */
static int
find_question (const DhkResponsesWork *self,
               const DhkQuestionnaire *form,
               const DhkResponseAnswer *answer)
{
  int item = answer->item != NULL ? dhk_instrument_find_item (self->instrument, answer->item) : -1;
  int variable = answer->variable != NULL
                     ? dhk_instrument_find_variable (self->instrument, answer->variable)
                     : -1;
  int target = answer->target != NULL
                   ? dhk_instrument_find_target (self->instrument, answer->target)
                   : DHK_NO_TARGET;

  if ((item < 0 && variable < 0) || (answer->target != NULL && target < 0))
    return -1;
  for (guint i = 0; i < form->n_questions; i++)
    if (form->questions[i].item == item && form->questions[i].variable == variable
        && form->questions[i].target == target)
      return (int) i;
  return -1;
}

static int
get_code (const DhkResponsesWork *self, const DhkResponseAnswer *answer)
{
  if (answer->item != NULL)
    {
      const DhkItem *item = dhk_instrument_get_item (
          self->instrument, (guint) dhk_instrument_find_item (self->instrument, answer->item));
      const DhkAnswerScale *answers
          = dhk_instrument_get_answer_scale (self->instrument, item->answer_scale);

      if (answer->code < 0)
        return DHK_MISSING_EMPTY;
      return dhk_answer_scale_find (answers, answer->code) != NULL ? answer->code
                                                                   : DHK_MISSING_UNREADABLE;
    }
  if (answer->category == NULL)
    return DHK_MISSING_EMPTY;
  {
    const DhkVariable *variable = dhk_instrument_get_variable (
        self->instrument,
        (guint) dhk_instrument_find_variable (self->instrument, answer->variable));
    int category = variable->kind == DHK_VARIABLE_CATEGORY
                       ? dhk_variable_find_category (variable, answer->category)
                       : -1;

    return category >= 0 ? category : DHK_MISSING_UNREADABLE;
  }
}

/* The answer as the file has it, for the raw row and the preview. */
static char *
dup_raw (const DhkResponseAnswer *answer)
{
  if (answer->item != NULL)
    return answer->code >= 0 ? g_strdup_printf ("%d", answer->code) : g_strdup ("");
  return g_strdup (answer->category != NULL ? answer->category : "");
}

/* All values are ids, numbers and times: nothing to quote. */
static char *
dup_raw_row (const DhkResponsesWork *self,
             const DhkQuestionnaire *form,
             const DhkResponseItem *item)
{
  GString *text = g_string_new (dhk_response_get_id (item->response));

  g_string_append_printf (text, ",%s",
                          dhk_response_is_finished (item->response) ? "finished" : "begun");
  for (guint q = 0; q < form->n_questions; q++)
    {
      g_string_append_c (text, ',');
      for (guint i = 0; i < dhk_response_get_n_answers (item->response); i++)
        {
          const DhkResponseAnswer *answer = dhk_response_get_answer (item->response, i);

          if (find_question (self, form, answer) == (int) q)
            {
              g_autofree char *raw = dup_raw (answer);

              g_string_append (text, raw);
            }
        }
    }
  return g_string_free (text, FALSE);
}

static char *
dup_question_name (const DhkResponsesWork *self, const DhkQuestion *question)
{
  if (question->variable >= 0)
    return g_strdup (
        dhk_instrument_get_variable (self->instrument, (guint) question->variable)->id);
  return dhk_instrument_dup_column_name (self->instrument, (guint) question->item,
                                         question->target);
}

static void
set_columns (const DhkResponsesWork *self, DhkDraftFile *file, const DhkQuestionnaire *form)
{
  g_autoptr (GString) head = g_string_new ("id,state");
  DhkDraftColumn *column = dhk_draft_file_add_column (file, 0, "id", DHK_COLUMN_FORM_ID);

  column->reason = g_strdup (_ ("the response’s own number"));
  column = dhk_draft_file_add_column (file, 1, "state", DHK_COLUMN_TECHNICAL);
  for (guint q = 0; q < form->n_questions; q++)
    {
      g_autofree char *name = dup_question_name (self, &form->questions[q]);

      column = dhk_draft_file_add_column (file, q + 2, name, DHK_COLUMN_QUESTION);
      column->question = (int) q;
      column->reason = g_strdup (_ ("named in the response file"));
      column->preview = g_ptr_array_new_with_free_func (g_free);
      g_string_append_printf (head, ",%s", name);
    }
  file->raw_head = g_strdup (head->str);
}

static char *
hash (const char *format, const char *a, const char *b)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s", format, a, b);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static void
fill_row (const DhkResponsesWork *self,
          DhkDraftFile *file,
          const DhkQuestionnaire *form,
          const DhkResponseItem *item,
          gboolean takes_unfinished)
{
  const DhkResponse *response = item->response;
  g_autofree char *raw = dup_raw_row (self, form, item);
  g_autofree char *content = dhk_response_dup_content (response);
  guint index = dhk_draft_file_add_row (file, item->line, raw);
  DhkDraftRow *row = g_ptr_array_index (file->rows, index);
  guint n_answered = dhk_response_get_n_answers (response) - dhk_response_get_n_open (response);
  DhkDraftResponse *noted = g_ptr_array_index (dhk_draft_get_responses (self->job->draft),
                                               self->first + item->line - 1);

  noted->of = file;
  noted->row = index;
  row->form_id = g_strndup (dhk_response_get_id (response), 8);
  row->identity = hash ("response", form->id, dhk_response_get_id (response));
  /* Two people who answer alike at the same moment are still two. */
  row->content = hash ("response", dhk_response_get_id (response), content);
  row->started = dhk_response_get_started (response);
  row->completed = dhk_response_is_finished (response) ? dhk_response_get_saved (response) : 0;
  for (guint i = 0; i < dhk_response_get_n_answers (response); i++)
    {
      const DhkResponseAnswer *answer = dhk_response_get_answer (response, i);
      int question = find_question (self, form, answer);
      DhkDraftColumn *column;

      if (question < 0)
        continue;
      dhk_draft_file_get_codes (file, index)[question] = (gint8) get_code (self, answer);
      column = g_ptr_array_index (file->columns, (guint) question + 2);
      if (index < PREVIEW_ROWS)
        {
          while (column->preview->len < index)
            g_ptr_array_add (column->preview, g_strdup (""));
          g_ptr_array_add (column->preview, dup_raw (answer));
        }
    }
  if (item->earlier_than > 0)
    dhk_draft_file_set_aside (file, index,
                              _ ("file %u holds the same response, saved later or the same"),
                              item->earlier_than);
  else if (n_answered == 0)
    dhk_draft_file_set_aside (file, index, "%s", _ ("no answers and no background"));
  else if (!dhk_response_is_finished (response) && !takes_unfinished)
    dhk_draft_file_set_aside (file, index,
                              ngettext ("not finished: %u of %u question answered",
                                        "not finished: %u of %u questions answered",
                                        dhk_response_get_n_answers (response)),
                              n_answered, dhk_response_get_n_answers (response));
}

/* Questions --------------------------------------------------------------------------------- */

static gboolean
take_unfinished (const DhkResponsesWork *self, DhkDraftFile *file, const DhkQuestionnaire *form)
{
  DhkAsker *asker = self->job->asker;
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      const DhkResponseItem *item = &g_array_index (self->items, DhkResponseItem, i);

      n += item->questionnaire == file->questionnaire && item->earlier_than == 0
           && !dhk_response_is_finished (item->response);
    }
  if (n == 0)
    return FALSE;
  dhk_asker_begin (
      asker, g_strdup_printf ("%s:%s:unfinished", self->job->slug, form->id),
      g_strdup_printf (ngettext ("In “%s”, %u response was not finished. Shall it count?",
                                 "In “%s”, %u responses were not finished. Shall they count?", n),
                       file->name, n),
      NULL);
  dhk_asker_about (asker, file, NULL, NULL, NULL);
  dhk_asker_choice (asker, "aside", g_strdup (_ ("No: keep them aside")));
  dhk_asker_choice (asker, "take", g_strdup (_ ("Yes: take them in")));
  return g_strcmp0 (dhk_asker_decide (asker, "aside"), "take") == 0;
}

void
dhk_responses_ask_sealed (const DhkResponsesWork *self)
{
  DhkAsker *asker = self->job->asker;
  g_autofree char *names = NULL;
  const guint n = self->sealed->len;

  if (n == 0)
    return;
  g_ptr_array_add (self->sealed, NULL);
  names = g_strjoinv (" · ", (char **) self->sealed->pdata);
  dhk_asker_begin (
      asker, g_strconcat (self->job->slug, DHK_IMPORT_SEALED_SUFFIX, NULL),
      g_strdup_printf (ngettext ("%u response file has a password that is not given yet. Go on "
                                 "without it?",
                                 "%u response files have a password that is not given yet. Go on "
                                 "without them?",
                                 n),
                       n),
      g_steal_pointer (&names));
  dhk_asker_choice (asker, "skip", g_strdup (_ ("Yes: leave out what is protected")));
  dhk_asker_end (asker, NULL);
}

static void
add_notes (const DhkResponsesWork *self, DhkDraftFile *file)
{
  for (guint i = 0; i < self->notes->len; i++)
    dhk_draft_file_add_note (file, DHK_NOTE_ATTENTION, 0, "%s",
                             (char *) g_ptr_array_index (self->notes, i));
  if (self->n_other_version > 0)
    dhk_draft_file_add_note (
        file, DHK_NOTE_ATTENTION, 0,
        ngettext ("%u response was given to another version of the questionnaires. Its answers "
                  "were taken by the names of the questions.",
                  "%u responses were given to another version of the questionnaires. Their "
                  "answers were taken by the names of the questions.",
                  self->n_other_version),
        self->n_other_version);
}

void
dhk_responses_add_file (const DhkResponsesWork *self, int questionnaire, gboolean is_first)
{
  const DhkQuestionnaire *form
      = dhk_instrument_get_questionnaire (self->instrument, (guint) questionnaire);
  g_autofree char *name = g_strdup_printf (
      "%s (%s)", self->job->name, dhk_text_get (&form->label, dhk_language_of_messages ()));
  DhkDraftFile *file = dhk_draft_add_file (self->job->draft, name);
  gboolean takes_unfinished;

  file->kind = g_strdup (_ ("Response files"));
  file->sha256 = hash ("responses", g_checksum_get_string (self->sum), form->id);
  file->questionnaire = questionnaire;
  file->n_questions = form->n_questions;
  set_columns (self, file, form);
  takes_unfinished = take_unfinished (self, file, form);
  for (guint i = 0; i < self->items->len; i++)
    {
      const DhkResponseItem *item = &g_array_index (self->items, DhkResponseItem, i);

      if (item->questionnaire == questionnaire)
        fill_row (self, file, form, item, takes_unfinished);
    }
  if (is_first)
    add_notes (self, file);
}
