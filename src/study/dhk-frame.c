/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "study/dhk-frame.h"

#include <math.h>
#include <string.h>

#include "study/dhk-instrument-private.h"

struct _DhkFrame
{
  gatomicrefcount refs;
  DhkInstrument *instrument;
  guint n_rows;
  guint n_targets; /* columns per item: one more, the first without a target */
  gint64 *respondents;
  gint8 *types;
  gint8 **categories; /* per variable; NULL for a number variable */
  double **numbers;   /* per variable; NULL for a category variable */
  gint8 **answers;    /* [item × (targets + 1)]; NULL where nobody has one */
  double **scores;    /* [scale × (targets + 1)]; NULL until first used, then never changed */
};

struct _DhkFrameBuilder
{
  DhkFrame *frame;
  guint capacity;
};

/* Columns ------------------------------------------------------------------------ */

static guint
answer_index (const DhkFrame *self, guint item, int target)
{
  return item * (self->n_targets + 1) + (guint) (target + 1);
}

static gboolean
is_target (const DhkFrame *self, int target)
{
  return target >= DHK_NO_TARGET && target < (int) self->n_targets;
}

static void
fill_codes (gint8 *codes, guint from, guint to)
{
  memset (codes + from, DHK_MISSING_NOT_ASKED, to - from);
}

static void
fill_numbers (double *numbers, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    numbers[i] = NAN;
}

static guint
count_answer_columns (const DhkFrame *self)
{
  return self->instrument->items->len * (self->n_targets + 1);
}

static guint
count_score_columns (const DhkFrame *self)
{
  return self->instrument->scales->len * (self->n_targets + 1);
}

/* Life ------------------------------------------------------------------------------ */

DhkFrame *
dhk_frame_ref (DhkFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
free_columns (gpointer *columns, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (columns[i]);
  g_free (columns);
}

void
dhk_frame_unref (DhkFrame *self)
{
  guint n_variables;

  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  n_variables = self->instrument->variables->len;
  free_columns ((gpointer *) self->categories, n_variables);
  free_columns ((gpointer *) self->numbers, n_variables);
  free_columns ((gpointer *) self->answers, count_answer_columns (self));
  free_columns ((gpointer *) self->scores, count_score_columns (self));
  g_free (self->respondents);
  g_free (self->types);
  dhk_instrument_unref (self->instrument);
  g_free (self);
}

/* Building ---------------------------------------------------------------------------- */

/* Room for `capacity` rows in every column that exists; new rows are missing everywhere. */
static void
grow (DhkFrameBuilder *self, guint capacity)
{
  DhkFrame *frame = self->frame;
  guint old = self->capacity;

  frame->respondents = g_renew (gint64, frame->respondents, capacity);
  frame->types = g_renew (gint8, frame->types, capacity);
  for (guint i = 0; i < frame->instrument->variables->len; i++)
    if (dhk_instrument_get_variable (frame->instrument, i)->kind == DHK_VARIABLE_CATEGORY)
      {
        frame->categories[i] = g_renew (gint8, frame->categories[i], capacity);
        fill_codes (frame->categories[i], old, capacity);
      }
    else
      {
        frame->numbers[i] = g_renew (double, frame->numbers[i], capacity);
        fill_numbers (frame->numbers[i], old, capacity);
      }
  for (guint i = 0; i < count_answer_columns (frame); i++)
    if (frame->answers[i] != NULL)
      {
        frame->answers[i] = g_renew (gint8, frame->answers[i], capacity);
        fill_codes (frame->answers[i], old, capacity);
      }
  self->capacity = capacity;
}

DhkFrameBuilder *
dhk_frame_builder_new (DhkInstrument *instrument, guint n_hint)
{
  DhkFrameBuilder *self;
  DhkFrame *frame;

  g_return_val_if_fail (instrument != NULL, NULL);

  frame = g_new0 (DhkFrame, 1);
  g_atomic_ref_count_init (&frame->refs);
  frame->instrument = dhk_instrument_ref (instrument);
  frame->n_targets = instrument->targets->len;
  frame->categories = g_new0 (gint8 *, instrument->variables->len);
  frame->numbers = g_new0 (double *, instrument->variables->len);
  frame->answers = g_new0 (gint8 *, count_answer_columns (frame));
  frame->scores = g_new0 (double *, count_score_columns (frame));

  self = g_new0 (DhkFrameBuilder, 1);
  self->frame = frame;
  /* A hint comes from elsewhere: believed only up to a million. */
  grow (self, CLAMP (n_hint, 64, 1u << 20));
  return self;
}

void
dhk_frame_builder_free (DhkFrameBuilder *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->frame, dhk_frame_unref);
  g_free (self);
}

guint
dhk_frame_builder_add_row (DhkFrameBuilder *self, gint64 respondent, guint type)
{
  DhkFrame *frame;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (type < self->frame->instrument->n_types, 0);
  g_return_val_if_fail (self->frame->n_rows < G_MAXINT, 0);

  frame = self->frame;
  if (frame->n_rows == self->capacity)
    grow (self, self->capacity * 2);
  frame->respondents[frame->n_rows] = respondent;
  frame->types[frame->n_rows] = (gint8) type;
  return frame->n_rows++;
}

void
dhk_frame_builder_set_category (DhkFrameBuilder *self, guint row, guint variable, int category)
{
  const DhkVariable *wanted;

  g_return_if_fail (self != NULL && row < self->frame->n_rows);
  wanted = dhk_instrument_get_variable (self->frame->instrument, variable);
  g_return_if_fail (wanted != NULL && wanted->kind == DHK_VARIABLE_CATEGORY);
  g_return_if_fail (category >= DHK_MISSING_UNREADABLE && category < (int) wanted->n_categories);

  self->frame->categories[variable][row] = (gint8) category;
}

void
dhk_frame_builder_set_number (DhkFrameBuilder *self, guint row, guint variable, double number)
{
  const DhkVariable *wanted;

  g_return_if_fail (self != NULL && row < self->frame->n_rows);
  wanted = dhk_instrument_get_variable (self->frame->instrument, variable);
  g_return_if_fail (wanted != NULL && wanted->kind == DHK_VARIABLE_NUMBER);

  /* An infinity is no number that anyone has; NaN is the one missing value. */
  self->frame->numbers[variable][row] = isfinite (number) ? number : NAN;
}

void
dhk_frame_builder_set_answer (DhkFrameBuilder *self, guint row, guint item, int target, int code)
{
  gint8 **column;

  g_return_if_fail (self != NULL && row < self->frame->n_rows);
  g_return_if_fail (item < self->frame->instrument->items->len);
  g_return_if_fail (is_target (self->frame, target));
  g_return_if_fail (code >= DHK_MISSING_UNREADABLE && code <= G_MAXINT8);

  column = &self->frame->answers[answer_index (self->frame, item, target)];
  if (*column == NULL)
    {
      if (code == DHK_MISSING_NOT_ASKED)
        return;
      *column = g_new (gint8, self->capacity);
      fill_codes (*column, 0, self->capacity);
    }
  (*column)[row] = (gint8) code;
}

DhkFrame *
dhk_frame_builder_finish (DhkFrameBuilder *self)
{
  DhkFrame *frame;

  g_return_val_if_fail (self != NULL, NULL);

  frame = g_steal_pointer (&self->frame);
  dhk_frame_builder_free (self);
  return frame;
}

/* Reading -------------------------------------------------------------------------------- */

DhkInstrument *
dhk_frame_get_instrument (const DhkFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->instrument;
}

guint
dhk_frame_get_n_rows (const DhkFrame *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

const gint64 *
dhk_frame_get_respondents (const DhkFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->respondents;
}

const gint8 *
dhk_frame_get_types (const DhkFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->types;
}

const gint8 *
dhk_frame_get_categories (const DhkFrame *self, guint variable)
{
  g_return_val_if_fail (self != NULL && variable < self->instrument->variables->len, NULL);

  return self->categories[variable];
}

const double *
dhk_frame_get_numbers (const DhkFrame *self, guint variable)
{
  g_return_val_if_fail (self != NULL && variable < self->instrument->variables->len, NULL);

  return self->numbers[variable];
}

const gint8 *
dhk_frame_get_answers (const DhkFrame *self, guint item, int target)
{
  g_return_val_if_fail (self != NULL && item < self->instrument->items->len, NULL);
  g_return_val_if_fail (is_target (self, target), NULL);

  return self->answers[answer_index (self, item, target)];
}

/* Scores ----------------------------------------------------------------------------------- */

/* Adds one item's answers to every row's sum and count. */
static void
add_item (
    const gint8 *codes, gboolean reversed, int ends, guint n_rows, gint32 *sums, guint16 *counts)
{
  for (guint row = 0; row < n_rows; row++)
    if (codes[row] >= 0)
      {
        sums[row] += reversed ? ends - codes[row] : codes[row];
        counts[row]++;
      }
}

static double *
compute_scores (const DhkFrame *self, guint scale_index, int target)
{
  const DhkScale *scale = dhk_instrument_get_scale (self->instrument, scale_index);
  guint32 types = dhk_instrument_get_scale_types (self->instrument, scale_index, target);
  double *scores = g_new (double, MAX (self->n_rows, 1));
  g_autofree gint32 *sums = g_new0 (gint32, self->n_rows);
  g_autofree guint16 *counts = g_new0 (guint16, self->n_rows);
  int lowest, highest;

  fill_numbers (scores, 0, self->n_rows);
  if (types == 0)
    return scores;

  dhk_answer_scale_get_range (
      dhk_instrument_get_answer_scale (self->instrument, scale->answer_scale), &lowest, &highest);
  for (guint i = 0; i < scale->n_items; i++)
    {
      const gint8 *codes = self->answers[answer_index (self, scale->items[i], target)];

      if (codes != NULL)
        add_item (codes, scale->reversed[i], lowest + highest, self->n_rows, sums, counts);
    }
  for (guint row = 0; row < self->n_rows; row++)
    /* A questionnaire that asks only a part of the scale gives no score of it. */
    if (counts[row] >= scale->min_answered && (types & (1u << self->types[row])) != 0)
      scores[row] = (double) sums[row] / counts[row];
  return scores;
}

const double *
dhk_frame_get_scores (DhkFrame *self, guint scale, int target)
{
  double **column;
  double *scores;

  g_return_val_if_fail (self != NULL && scale < self->instrument->scales->len, NULL);
  g_return_val_if_fail (is_target (self, target), NULL);

  column = &self->scores[scale * (self->n_targets + 1) + (guint) (target + 1)];
  scores = g_atomic_pointer_get (column);
  if (scores != NULL)
    return scores;

  /* Two threads may both compute it; the first to be done is kept. */
  scores = compute_scores (self, scale, target);
  if (!g_atomic_pointer_compare_and_exchange (column, NULL, scores))
    {
      g_free (scores);
      scores = g_atomic_pointer_get (column);
    }
  return scores;
}
