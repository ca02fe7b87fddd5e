/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of everybody in the study: the answers are a frame's, the rest is loaded by blocks. */

#include "store/dhk-store-respondents.h"

#include <math.h>
#include <string.h>

#include "store/dhk-store-private.h"
#include "store/dhk-store-respondents-private.h"

/* A column of 60 questions takes this many bits of a key; rows take the rest. */
#define QUESTION_BITS 24

DhkRespondents *
dhk_respondents_new (DhkFrame *frame)
{
  DhkRespondents *self;

  g_return_val_if_fail (frame != NULL, NULL);

  self = g_new0 (DhkRespondents, 1);
  g_atomic_ref_count_init (&self->refs);
  self->frame = dhk_frame_ref (frame);
  self->n = dhk_frame_get_n_rows (frame);
  self->n_blocks = (self->n + DHK_RESPONDENT_BLOCK - 1) / DHK_RESPONDENT_BLOCK;
  self->blocks = g_new0 (DhkRecordBlock *, self->n_blocks + 1);
  return self;
}

DhkRespondents *
dhk_respondents_ref (DhkRespondents *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_respondents_unref (DhkRespondents *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->n_blocks; i++)
    dhk_record_block_free (self->blocks[i]);
  g_free (self->blocks);
  dhk_respondent_marks_free (self->marks);
  dhk_frame_unref (self->frame);
  g_free (self);
}

/* Parts --------------------------------------------------------------------------------- */

guint
dhk_respondents_get_block_size (const DhkRespondents *self, guint block)
{
  return MIN (DHK_RESPONDENT_BLOCK, self->n - block * DHK_RESPONDENT_BLOCK);
}

void
dhk_respondents_take_part (DhkRespondents *self, DhkRespondentPart *part)
{
  g_return_if_fail (self != NULL && part != NULL);
  g_return_if_fail (part->first + part->n <= self->n_blocks);

  if (self->marks == NULL)
    self->marks = g_steal_pointer (&part->marks);
  for (guint i = 0; i < part->n; i++)
    if (self->blocks[part->first + i] == NULL && part->blocks[i] != NULL)
      {
        self->blocks[part->first + i] = g_steal_pointer (&part->blocks[i]);
        self->n_loaded++;
      }
}

guint
dhk_respondents_get_n_loaded (const DhkRespondents *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return MIN (self->n_loaded * DHK_RESPONDENT_BLOCK, self->n);
}

gboolean
dhk_respondents_is_whole (const DhkRespondents *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->marks != NULL && self->n_loaded == self->n_blocks;
}

gboolean
dhk_respondents_has_row (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, FALSE);
  return self->blocks[row / DHK_RESPONDENT_BLOCK] != NULL;
}

guint
dhk_respondents_find_gap (const DhkRespondents *self, guint max, guint *n)
{
  guint first = 0;

  g_return_val_if_fail (self != NULL && n != NULL, 0);

  while (first < self->n_blocks && self->blocks[first] != NULL)
    first++;
  for (*n = 0; *n < max && first + *n < self->n_blocks && self->blocks[first + *n] == NULL;)
    (*n)++;
  return first;
}

/* Of a row that is not loaded all is 0. */
static const DhkRecord *
get_record (const DhkRespondents *self, guint row)
{
  static const DhkRecord none = { 0 };
  const DhkRecordBlock *block = self->blocks[row / DHK_RESPONDENT_BLOCK];

  return block != NULL ? &block->records[row % DHK_RESPONDENT_BLOCK] : &none;
}

static const char *
get_text (const DhkRespondents *self, guint row, guint32 place)
{
  return place != 0 ? self->blocks[row / DHK_RESPONDENT_BLOCK]->texts->str + place : "";
}

guint64
dhk_respondents_make_key (
    const DhkRespondents *self, guint row, gboolean is_variable, guint index, int target)
{
  DhkInstrument *instrument = dhk_frame_get_instrument (self->frame);
  guint place = is_variable
                    ? index
                    : DHK_MAX_VARIABLES + index * (dhk_instrument_get_n_targets (instrument) + 1)
                          + (guint) (target + 1);

  return (guint64) row << QUESTION_BITS | place;
}

static gboolean
is_number (const DhkRespondents *self, const DhkQuestion *question)
{
  return question->item < 0
         && dhk_instrument_get_variable (dhk_frame_get_instrument (self->frame),
                                         (guint) question->variable)
                    ->kind
                == DHK_VARIABLE_NUMBER;
}

/* Of a number variable: 0 for a number that is there, else why there is none. */
static int
read_kind (const DhkRespondents *self, const DhkRespondentMarks *marks, guint row, guint variable)
{
  const double *numbers = dhk_frame_get_numbers (self->frame, variable);
  const gint8 *kinds = marks != NULL ? marks->kinds[variable] : NULL;

  if (numbers != NULL && !isnan (numbers[row]))
    return 0;
  return kinds != NULL ? kinds[row] : DHK_MISSING_NOT_ASKED;
}

const gint8 *
dhk_respondents_get_codes (const DhkRespondents *self, const DhkQuestion *question)
{
  if (is_number (self, question))
    return NULL;
  return question->item >= 0
             ? dhk_frame_get_answers (self->frame, (guint) question->item, question->target)
             : dhk_frame_get_categories (self->frame, (guint) question->variable);
}

int
dhk_respondents_read_code (const DhkRespondents *self,
                           const DhkRespondentMarks *marks,
                           guint row,
                           const DhkQuestion *question)
{
  const gint8 *codes;

  if (is_number (self, question))
    return read_kind (self, marks, row, (guint) question->variable);
  codes = dhk_respondents_get_codes (self, question);
  return codes != NULL ? codes[row] : DHK_MISSING_NOT_ASKED;
}

/* Reading -------------------------------------------------------------------------------- */

guint
dhk_respondents_get_n (const DhkRespondents *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n;
}

DhkInstrument *
dhk_respondents_get_instrument (const DhkRespondents *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return dhk_frame_get_instrument (self->frame);
}

guint64
dhk_respondents_get_generation (const DhkRespondents *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->marks != NULL ? self->marks->generation : 0;
}

gint64
dhk_respondents_get_id (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return dhk_frame_get_respondents (self->frame)[row];
}

guint
dhk_respondents_get_questionnaire (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return get_record (self, row)->questionnaire;
}

guint
dhk_respondents_get_number (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return get_record (self, row)->number;
}

gint64
dhk_respondents_get_batch (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return get_record (self, row)->batch;
}

gint64
dhk_respondents_get_completed (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return get_record (self, row)->completed;
}

const char *
dhk_respondents_get_form_id (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, "");
  return get_text (self, row, get_record (self, row)->form_id);
}

const char *
dhk_respondents_get_pseudonym (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, "");
  return get_text (self, row, get_record (self, row)->pseudonym);
}

gboolean
dhk_respondents_is_excluded (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, FALSE);
  return get_record (self, row)->excluded;
}

const char *
dhk_respondents_get_reason (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, NULL);
  return dhk_respondents_is_excluded (self, row)
             ? get_text (self, row, get_record (self, row)->reason)
             : NULL;
}

guint
dhk_respondents_get_unanswered (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return get_record (self, row)->unanswered;
}

guint
dhk_respondents_get_unreadable (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return get_record (self, row)->unreadable;
}

gboolean
dhk_respondents_is_hand_edited (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, FALSE);
  return self->marks != NULL
         && g_hash_table_contains (self->marks->hand_rows, GUINT_TO_POINTER (row));
}

int
dhk_respondents_find (const DhkRespondents *self, gint64 respondent)
{
  const gint64 *ids;
  guint low = 0;
  guint high;

  g_return_val_if_fail (self != NULL, -1);
  ids = dhk_frame_get_respondents (self->frame);
  for (high = self->n; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (ids[middle] < respondent)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->n && ids[low] == respondent ? (int) low : -1;
}

int
dhk_respondents_get_code (const DhkRespondents *self, guint row, const DhkQuestion *question)
{
  g_return_val_if_fail (self != NULL && row < self->n, DHK_MISSING_NOT_ASKED);
  g_return_val_if_fail (question != NULL, DHK_MISSING_NOT_ASKED);
  return dhk_respondents_read_code (self, self->marks, row, question);
}

double
dhk_respondents_get_value (const DhkRespondents *self, guint row, const DhkQuestion *question)
{
  const double *numbers;

  g_return_val_if_fail (self != NULL && row < self->n && question != NULL, NAN);
  numbers = question->variable >= 0
                ? dhk_frame_get_numbers (self->frame, (guint) question->variable)
                : NULL;
  return numbers != NULL ? numbers[row] : NAN;
}

gboolean
dhk_respondents_is_hand_edited_at (const DhkRespondents *self,
                                   guint row,
                                   const DhkQuestion *question)
{
  guint64 key;

  g_return_val_if_fail (self != NULL && row < self->n && question != NULL, FALSE);
  if (self->marks == NULL || g_hash_table_size (self->marks->hand) == 0)
    return FALSE;
  key = dhk_respondents_make_key (
      self, row, question->item < 0,
      (guint) (question->item >= 0 ? question->item : question->variable),
      question->item >= 0 ? question->target : DHK_NO_TARGET);
  return g_hash_table_contains (self->marks->hand, &key);
}

/* Counting and searching ------------------------------------------------------------------- */

GArray *
dhk_store_count_respondents (DhkStore *self, GError **error)
{
  g_autoptr (DhkStatement) statement = NULL;
  g_autoptr (GArray) counts = NULL;
  int found;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  statement = dhk_sql_prepare (
      self,
      "SELECT questionnaire, sum (excluded), max (max (completed, started)) "
      "FROM respondent_record WHERE batch IN (SELECT id FROM import_batch WHERE active) "
      "GROUP BY questionnaire",
      error);
  if (statement == NULL)
    return NULL;
  counts = g_array_new (FALSE, TRUE, sizeof (DhkRespondentCount));
  g_array_set_size (counts, dhk_instrument_get_n_questionnaires (self->instrument));
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      int questionnaire
          = dhk_instrument_find_questionnaire (self->instrument, dhk_sql_text (statement, 0));
      DhkRespondentCount *count;

      if (questionnaire < 0)
        continue;
      count = &g_array_index (counts, DhkRespondentCount, questionnaire);
      count->excluded = (guint) sqlite3_column_int64 (statement, 1);
      count->last = sqlite3_column_int64 (statement, 2);
    }
  return found == 0 ? g_steal_pointer (&counts) : NULL;
}
