/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-snapshot.h"

#include "store/dhk-store-respondents.h"
#include "store/dhk-store-retention.h"

/* The codes of a question in the frame, NULL when it is a number or nobody was asked. */
static const gint8 *
get_codes (const DhkFrame *frame, const DhkQuestion *question)
{
  DhkInstrument *instrument = dhk_frame_get_instrument (frame);

  if (question->item >= 0)
    return dhk_frame_get_answers (frame, question->item, question->target);
  if (dhk_instrument_get_variable (instrument, question->variable)->kind == DHK_VARIABLE_CATEGORY)
    return dhk_frame_get_categories (frame, question->variable);
  return NULL;
}

/* Marks in `gaps` the rows of a type with a question that has no answer; who ticked none of several
 * choices has perhaps answered that. */
static guint
mark_gaps (const DhkFrame *frame, const DhkQuestion *question, guint type, gboolean *gaps)
{
  const gint8 *types = dhk_frame_get_types (frame);
  const gint8 *codes = get_codes (frame, question);
  gboolean may_be_empty
      = dhk_instrument_get_question_choices (dhk_frame_get_instrument (frame), question) != NULL;
  guint unreadable = 0;

  for (guint row = 0; codes != NULL && row < dhk_frame_get_n_rows (frame); row++)
    {
      if (types[row] != (gint8) type)
        continue;
      gaps[row] |= (codes[row] == DHK_MISSING_EMPTY && !may_be_empty)
                   || codes[row] == DHK_MISSING_UNREADABLE;
      unreadable += codes[row] == DHK_MISSING_UNREADABLE;
    }
  return unreadable;
}

static DhkCoverage
count_coverage (const DhkFrame *frame, const DhkQuestionnaire *questionnaire)
{
  const gint8 *types = dhk_frame_get_types (frame);
  guint n_rows = dhk_frame_get_n_rows (frame);
  g_autofree gboolean *gaps = g_new0 (gboolean, n_rows + 1);
  DhkCoverage coverage = { 0 };

  for (guint i = 0; i < questionnaire->n_questions; i++)
    coverage.unreadable
        += mark_gaps (frame, &questionnaire->questions[i], questionnaire->type, gaps);

  for (guint row = 0; row < n_rows; row++)
    if (types[row] == (gint8) questionnaire->type)
      {
        coverage.n++;
        coverage.partly += gaps[row];
      }
  coverage.complete = coverage.n - coverage.partly;
  return coverage;
}

static void
count_all_coverage (DhkSnapshot *self)
{
  DhkInstrument *instrument = dhk_frame_get_instrument (self->frame);

  self->coverage = g_array_new (FALSE, TRUE, sizeof (DhkCoverage));
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      DhkCoverage coverage
          = count_coverage (self->frame, dhk_instrument_get_questionnaire (instrument, i));

      g_array_append_val (self->coverage, coverage);
    }
}

/* What the frame does not tell: who is excluded, and when the last answer came. */
static gboolean
count_left_out (DhkSnapshot *self, DhkStore *store, GError **error)
{
  g_autoptr (GArray) counts = dhk_store_count_respondents (store, error);

  if (counts == NULL)
    return FALSE;
  count_all_coverage (self);
  for (guint i = 0; i < MIN (counts->len, self->coverage->len); i++)
    {
      const DhkRespondentCount *count = &g_array_index (counts, DhkRespondentCount, i);
      DhkCoverage *coverage = &g_array_index (self->coverage, DhkCoverage, i);

      coverage->excluded = count->excluded;
      coverage->last = count->last;
    }
  return TRUE;
}

DhkSnapshot *
dhk_snapshot_new (DhkStore *store, GError **error)
{
  g_autoptr (DhkSnapshot) self = g_new0 (DhkSnapshot, 1);

  self->generation = dhk_store_get_generation (store);
  self->frame = dhk_store_load_frame (store, NULL, error);
  if (self->frame == NULL)
    return NULL;
  self->batches = dhk_store_list_batches (store, error);
  if (self->batches == NULL)
    return NULL;
  self->aside = dhk_store_list_aside (store, 0, error);
  if (self->aside == NULL)
    return NULL;

  if (!count_left_out (self, store, error))
    return NULL;
  self->is_sample = dhk_store_holds_sample (store);
  self->undo_label = dhk_store_dup_undo_label (store);
  self->redo_label = dhk_store_dup_redo_label (store);
  self->retention = dhk_store_dup_retention (store);
  return g_steal_pointer (&self);
}

void
dhk_snapshot_free (DhkSnapshot *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->frame, dhk_frame_unref);
  g_clear_pointer (&self->batches, g_ptr_array_unref);
  g_clear_pointer (&self->aside, g_ptr_array_unref);
  g_clear_pointer (&self->coverage, g_array_unref);
  g_free (self->undo_label);
  g_free (self->redo_label);
  g_free (self->retention);
  g_free (self);
}
