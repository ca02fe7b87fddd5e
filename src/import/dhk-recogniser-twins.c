/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The same statement asked more than once. Three things can tell the columns
 * apart: the number that a form glues behind a repeated head, the labels the
 * column is answered with, and the order in the file. Labels and number must
 * agree; order decides only when neither says anything.
 */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#include "base/dhk-text.h"
#include "import/dhk-head-key.h"

/* More twins than this of one statement are asked about column by column. */
#define MAX_TWINS 32

typedef struct
{
  guint column;
  guint32 by_answers; /* bit i: its answers fit questions[i] */
  gboolean answered;  /* its answers say something */
  int by_number;      /* index into questions, or -1 */
  int chosen;         /* index into questions, or -1 */
} Twin;

typedef struct
{
  DhkRecogniser *recogniser;
  guint questions[MAX_TWINS];
  guint n_questions;
  guint n_twins;
  Twin *twins;
  guint32 taken;
} Twins;

static guint32
get_all (const Twins *self)
{
  return self->n_questions == MAX_TWINS ? G_MAXUINT32 : ((guint32) 1 << self->n_questions) - 1;
}

static int
get_single (guint32 mask)
{
  return mask != 0 && (mask & (mask - 1)) == 0 ? g_bit_nth_lsf (mask, -1) : -1;
}

static guint
count_fitting (DhkRecogniser *self, guint column, guint question)
{
  DhkLabels *labels = dhk_recogniser_get_labels (self, question);
  g_autoptr (GArray) tally = dhk_recogniser_tally (self, column, FALSE, TRUE);
  guint n = 0;
  int value;

  for (guint i = 0; labels != NULL && i < tally->len; i++)
    {
      const DhkTally *one = &g_array_index (tally, DhkTally, i);
      const DhkWord *word = dhk_recogniser_get_word (self, one->row, column);

      if (!dhk_word_is_blank (word) && dhk_labels_find (labels, word->fold, &value))
        n += one->n;
    }
  return n;
}

/* The questions whose labels read most cells; all of them when most cells are no label. */
static void
weigh_answers (Twins *self, Twin *twin)
{
  const DhkColumnWork *column = dhk_recogniser_get_column (self->recogniser, twin->column);
  guint fits[MAX_TWINS];
  guint best = 0;

  for (guint i = 0; i < self->n_questions; i++)
    {
      fits[i] = count_fitting (self->recogniser, twin->column, self->questions[i]);
      best = MAX (best, fits[i]);
    }
  twin->answered = best * 2 > column->n_filled;
  twin->by_answers = twin->answered ? 0 : get_all (self);
  for (guint i = 0; twin->answered && i < self->n_questions; i++)
    if (fits[i] * 10 >= best * 9)
      twin->by_answers |= (guint32) 1 << i;
}

/* The only one of the questions whose grid stands under these words, or -1. */
static int
find_by_stem (const Twins *self, const char *above)
{
  const DhkRecogniser *recogniser = self->recogniser;
  int found = -1;

  for (guint i = 0; i < self->n_questions; i++)
    {
      const DhkText *stem = &recogniser->questionnaire->questions[self->questions[i]].stem;
      gboolean same = FALSE;

      for (guint language = 0; language < DHK_N_LANGUAGES && !same; language++)
        {
          g_autofree char *fold
              = stem->in[language] != NULL ? dhk_text_fold (stem->in[language]) : NULL;

          if (fold == NULL)
            continue;
          fold[dhk_head_key_trim (fold)] = '\0';
          same = fold[0] != '\0' && strcmp (fold, above) == 0;
        }
      if (same && found >= 0)
        return -1;
      if (same)
        found = (int) i;
    }
  return found;
}

/* The question above a grid, where the head has it, tells as much as a number. */
static void
weigh_stems (Twins *self)
{
  for (guint i = 0; i < self->n_twins; i++)
    {
      Twin *twin = &self->twins[i];
      const char *above = dhk_recogniser_get_column (self->recogniser, twin->column)->above;
      int found = above != NULL ? find_by_stem (self, above) : -1;

      if (found >= 0)
        twin->by_number = found;
    }
}

static void
weigh_numbers (Twins *self)
{
  gboolean numbered = FALSE;

  for (guint i = 0; i < self->n_twins; i++)
    {
      Twin *twin = &self->twins[i];
      guint suffix = dhk_recogniser_get_column (self->recogniser, twin->column)->suffix;

      twin->by_number = suffix > 0 && suffix <= self->n_questions ? (int) suffix - 1 : -1;
      numbered |= suffix > 0;
    }
  for (guint i = 0; numbered && i < self->n_twins; i++)
    if (dhk_recogniser_get_column (self->recogniser, self->twins[i].column)->suffix == 0)
      self->twins[i].by_number = 0;
}

static void
choose (Twins *self, Twin *twin, int chosen, const char *reason)
{
  twin->chosen = chosen;
  self->taken |= (guint32) 1 << chosen;
  dhk_recogniser_assign (self->recogniser, twin->column, self->questions[chosen],
                         g_strdup (reason));
}

/* Number and answers. */
static void
decide_surely (Twins *self, GArray *contradictions)
{
  for (guint i = 0; i < self->n_twins; i++)
    {
      Twin *twin = &self->twins[i];
      int single = get_single (twin->by_answers);

      if (twin->by_number < 0)
        {
          if (single >= 0)
            choose (self, twin, single, _ ("asked more than once: told apart by its answers"));
        }
      else if ((twin->by_answers >> twin->by_number & 1) != 0)
        choose (self, twin, twin->by_number,
                single >= 0 ? _ ("asked more than once: its place and its answers agree")
                            : _ ("asked more than once: told apart by the number behind its head"));
      else if (single >= 0)
        {
          DhkContradiction contradiction
              = { twin->column, self->questions[single], self->questions[twin->by_number] };

          g_array_append_val (contradictions, contradiction);
          twin->chosen = MAX_TWINS; /* decided elsewhere */
        }
    }
}

/* What only one question is left for. */
static void
decide_by_rest (Twins *self)
{
  Twin *open = NULL;
  int single;

  for (guint i = 0; i < self->n_twins; i++)
    {
      if (self->twins[i].chosen >= 0)
        continue;
      if (open != NULL)
        return;
      open = &self->twins[i];
    }
  single = open == NULL ? -1 : get_single (open->by_answers & ~self->taken);
  if (single >= 0 && self->n_twins == self->n_questions)
    choose (self, open, single, _ ("asked more than once: the others were told apart"));
}

/* Columns that nothing but their order tells apart, as many as there are questions for them. */
static void
decide_by_order (Twins *self, guint32 mask)
{
  guint n_columns = 0;
  guint32 left = mask & ~self->taken;
  DhkRecogniser *recogniser = self->recogniser;
  const Twin *first = NULL;

  for (guint i = 0; i < self->n_twins; i++)
    if (self->twins[i].chosen < 0 && self->twins[i].by_answers == mask)
      {
        n_columns++;
        if (first == NULL)
          first = &self->twins[i];
      }
  if (n_columns < 2 || n_columns != (guint) __builtin_popcount (left))
    return;

  dhk_draft_file_add_note (recogniser->file, DHK_NOTE_ATTENTION, 0,
                           _ ("“%s” stands more than once in “%s”, and neither a number behind the "
                              "head nor the answers tell which is which: the columns were taken in "
                              "the order of the questionnaire."),
                           dhk_recogniser_get_column (recogniser, first->column)->head,
                           recogniser->file->name);
  for (guint i = 0; i < self->n_twins; i++)
    if (self->twins[i].chosen < 0 && self->twins[i].by_answers == mask)
      {
        int next = g_bit_nth_lsf (left, -1);

        left &= left - 1;
        choose (self, &self->twins[i], next, _ ("asked more than once: taken by its order"));
      }
}

static void
ask_rest (Twins *self)
{
  g_autoptr (GArray) questions = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_vals (questions, self->questions, self->n_questions);
  for (guint i = 0; i < self->n_twins; i++)
    if (self->twins[i].chosen < 0)
      dhk_recogniser_ask_column (
          self->recogniser, self->twins[i].column, questions, -1,
          _ ("“{file}” asks this statement more than once. Which question is "
             "{column}, “{head}”?"));
}

void
dhk_recogniser_match_twins (DhkRecogniser *self, const GArray *group, GArray *contradictions)
{
  const DhkColumnWork *first = dhk_recogniser_get_column (self, g_array_index (group, guint, 0));
  Twins twins = { .recogniser = self, .n_twins = group->len };

  for (guint i = 0; i < first->hits->len && twins.n_questions < MAX_TWINS; i++)
    {
      const DhkHit *hit = &g_array_index (first->hits, DhkHit, i);

      if ((int) hit->questionnaire == self->file->questionnaire)
        twins.questions[twins.n_questions++] = hit->question;
    }

  twins.twins = g_new0 (Twin, group->len);
  for (guint i = 0; i < group->len; i++)
    {
      twins.twins[i].column = g_array_index (group, guint, i);
      twins.twins[i].chosen = -1;
      weigh_answers (&twins, &twins.twins[i]);
    }
  weigh_numbers (&twins);
  weigh_stems (&twins);
  decide_surely (&twins, contradictions);
  decide_by_rest (&twins);
  for (guint i = 0; i < group->len; i++)
    if (twins.twins[i].chosen < 0)
      decide_by_order (&twins, twins.twins[i].by_answers);
  ask_rest (&twins);
  g_free (twins.twins);
}
