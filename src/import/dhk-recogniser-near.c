/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Heads that are a question's text with a typing slip. Only inside the
 * questionnaire that is recognised already, only for questions that have no column
 * yet, and never where another question is as near.
 */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dhk-text.h"
#include "import/dhk-head-key.h"
#include "import/dhk-near-text.h"

/* From here on a text is worth a hint. */
#define HINT 0.6

#define MAX_HINTS 5

/* A file of more columns than this that nobody knows is no export of the form. */
#define MAX_COLUMNS 400

typedef double (*Measure) (const char *a, const char *b);

/* The folded wordings of every question without closing punctuation. */
static GPtrArray *
list_wordings (DhkRecogniser *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint q = 0; q < self->questionnaire->n_questions; q++)
    {
      GPtrArray *wordings = g_ptr_array_new_with_free_func (g_free);
      const DhkText *text = &self->questionnaire->questions[q].text;

      /* A choice is no wording, and too short to be found by slips. */
      for (guint language = 0; language < DHK_N_LANGUAGES; language++)
        if (text->in[language] != NULL && dhk_recogniser_get_choices (self, q) == NULL)
          {
            char *fold = dhk_text_fold (text->in[language]);

            fold[dhk_head_key_trim (fold)] = '\0';
            g_ptr_array_add (wordings, fold);
          }
      g_ptr_array_add (all, wordings);
    }
  return all;
}

typedef struct
{
  int question; /* -1: none */
  double share;
  gboolean alone; /* no other question is as near */
} Nearest;

static void
weigh (Nearest *nearest, guint question, double share)
{
  if (share > nearest->share)
    *nearest = (Nearest){ (int) question, share, TRUE };
  else if (share >= nearest->share && nearest->question != (int) question)
    nearest->alone = FALSE;
}

static Nearest
find_nearest (GPtrArray *wordings, const char *head, Measure measure)
{
  Nearest nearest = { -1, 0, FALSE };

  for (guint q = 0; q < wordings->len; q++)
    {
      const GPtrArray *of_question = g_ptr_array_index (wordings, q);
      double best = 0;

      for (guint i = 0; i < of_question->len; i++)
        best = MAX (best, measure (head, g_ptr_array_index (of_question, i)));
      if (best > 0)
        weigh (&nearest, q, best);
    }
  return nearest;
}

/* The head as it stands or in another reading, whichever is nearer. */
static Nearest
find_nearest_reading (GPtrArray *wordings, const char *fold, Measure measure)
{
  g_autoptr (GPtrArray) readings = dhk_head_key_list (fold);
  Nearest nearest = find_nearest (wordings, fold, measure);

  for (guint i = 0; i < readings->len; i++)
    {
      const DhkHeadReading *reading = g_ptr_array_index (readings, i);
      Nearest other = find_nearest (wordings, reading->statement, measure);

      if (other.share > nearest.share)
        nearest = other;
    }
  return nearest;
}

static gboolean
is_free (DhkRecogniser *self, int question)
{
  return question >= 0
         && ((GArray *) g_ptr_array_index (self->by_question, (guint) question))->len == 0;
}

static gboolean
is_open (const DhkColumnWork *column)
{
  return column->role == DHK_COLUMN_UNMATCHED && column->head[0] != '\0' && column->hits == NULL
         && !column->settled && column->reason == NULL;
}

/* Two columns that are as near to one question are both left alone. */
static void
match_nearest (DhkRecogniser *self, GPtrArray *wordings)
{
  g_autofree Nearest *nearest = g_new0 (Nearest, self->columns->len);

  for (guint c = 0; c < self->columns->len; c++)
    {
      nearest[c].question = -1;
      if (is_open (dhk_recogniser_get_column (self, c)))
        nearest[c] = find_nearest_reading (wordings, dhk_shape_get_head (self->shape, c)->fold,
                                           dhk_near_text);
    }
  for (guint c = 0; c < self->columns->len; c++)
    {
      gboolean alone = nearest[c].alone && is_free (self, nearest[c].question);
      int percentage = (int) floor (nearest[c].share * 100);

      for (guint other = 0; other < self->columns->len && alone; other++)
        alone = other == c || nearest[other].question != nearest[c].question
                || nearest[other].share < nearest[c].share;
      if (!alone)
        continue;
      dhk_recogniser_assign (self, c, (guint) nearest[c].question,
                             g_strdup_printf (_ ("almost the same text, %d %%"), percentage));
      dhk_draft_file_add_note (self->file, DHK_NOTE_ATTENTION, 0,
                               _ ("“%s” was taken as “%s”: almost the same text, %d %%."),
                               dhk_recogniser_get_column (self, c)->head,
                               dhk_recogniser_get_wording (self, (guint) nearest[c].question),
                               percentage);
    }
}

/* What may be a question in other words: only a person can tell. */
static void
hint (DhkRecogniser *self, GPtrArray *wordings)
{
  guint n = 0;

  for (guint c = 0; c < self->columns->len && n < MAX_HINTS; c++)
    {
      DhkColumnWork *column = dhk_recogniser_get_column (self, c);
      Nearest nearest;

      if (!is_open (column))
        continue;
      nearest = find_nearest_reading (wordings, dhk_shape_get_head (self->shape, c)->fold,
                                      dhk_near_text_share);
      if (nearest.share < HINT || !nearest.alone || !is_free (self, nearest.question))
        continue;
      column->hint = nearest.question;
      n++;
      dhk_draft_file_add_note (
          self->file, DHK_NOTE_ATTENTION, 0,
          _ ("“%s” is no question of the questionnaire, but it resembles “%s”, which has no "
             "column. If it is that question in other words, choose it for the column."),
          column->head, dhk_recogniser_get_wording (self, (guint) nearest.question));
    }
}

void
dhk_recogniser_match_near (DhkRecogniser *self)
{
  g_autoptr (GPtrArray) wordings = list_wordings (self);
  guint n_open = 0;

  for (guint c = 0; c < self->columns->len; c++)
    n_open += is_open (dhk_recogniser_get_column (self, c)) ? 1 : 0;
  if (n_open > MAX_COLUMNS)
    return;
  match_nearest (self, wordings);
  hint (self, wordings);
}
