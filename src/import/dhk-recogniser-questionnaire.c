/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which questionnaire the columns of a file are of: told by their heads, or asked. */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-text.h"
#include "import/dhk-import-error.h"

typedef struct
{
  guint n_columns;   /* columns that are a question of it */
  guint n_items;     /* of these, items */
  guint n_questions; /* its questions that a column may be */
} Fit;

/* How many questions are new in `seen`: a column of several choices is all of them. */
static guint
see_questions (DhkRecogniser *self,
               const DhkQuestionnaire *questionnaire,
               const DhkHit *hit,
               gboolean *seen)
{
  guint n = 1;
  guint n_new = 0;

  if (hit->kind == DHK_HIT_ALL)
    dhk_instrument_find_first_choice (self->instrument, questionnaire, hit->question, &n);
  for (guint q = hit->question; q < hit->question + n; q++)
    {
      n_new += !seen[q];
      seen[q] = TRUE;
    }
  return n_new;
}

static void
measure_fit (DhkRecogniser *self, guint index, Fit *fit)
{
  const DhkQuestionnaire *questionnaire
      = dhk_instrument_get_questionnaire (self->instrument, index);
  g_autofree gboolean *seen = g_new0 (gboolean, questionnaire->n_questions);

  for (guint c = 0; c < self->columns->len; c++)
    {
      const DhkColumnWork *column = dhk_recogniser_get_column (self, c);
      gboolean matched = FALSE;
      gboolean item = FALSE;

      if (column->role != DHK_COLUMN_UNMATCHED || column->hits == NULL)
        continue;
      for (guint i = 0; i < column->hits->len; i++)
        {
          const DhkHit *hit = &g_array_index (column->hits, DhkHit, i);

          if (hit->questionnaire != index)
            continue;
          matched = TRUE;
          item |= questionnaire->questions[hit->question].item >= 0;
          fit->n_questions += see_questions (self, questionnaire, hit, seen);
        }
      fit->n_columns += matched ? 1 : 0;
      fit->n_items += item ? 1 : 0;
    }
}

/* Columns that are a question of `a` and of no question of `b`. */
static guint
count_only (DhkRecogniser *self, guint a, guint b)
{
  guint n = 0;

  for (guint c = 0; c < self->columns->len; c++)
    {
      const DhkColumnWork *column = dhk_recogniser_get_column (self, c);

      if (column->role == DHK_COLUMN_UNMATCHED && dhk_catalogue_count (column->hits, a) > 0
          && dhk_catalogue_count (column->hits, b) == 0)
        n++;
    }
  return n;
}

/* One stray statement of another questionnaire does not count against three of this one. */
static gboolean
is_clearly_better (DhkRecogniser *self, guint a, guint b)
{
  guint for_a = count_only (self, a, b);

  return for_a > 0 && for_a >= 3 * count_only (self, b, a);
}

/* The one of `candidates` that the file's name points at, or -1. */
static int
find_hinted (DhkRecogniser *self, const GArray *candidates)
{
  g_autofree char *name = dhk_text_fold (self->file->name);
  int hinted = -1;

  for (guint i = 0; i < candidates->len; i++)
    {
      guint index = g_array_index (candidates, guint, i);
      char **hint = dhk_instrument_get_questionnaire (self->instrument, index)->file_hints;

      for (; hint != NULL && *hint != NULL; hint++)
        {
          g_autofree char *fold = dhk_text_fold (*hint);

          if (fold[0] == '\0' || strstr (name, fold) == NULL)
            continue;
          if (hinted >= 0 && hinted != (int) index)
            return -1;
          hinted = (int) index;
        }
    }
  return hinted;
}

/* Why the heads do not tell it. */
static char *
dup_doubt (guint n_columns)
{
  if (n_columns == 0)
    return g_strdup (_ ("No column head is one of a questionnaire."));
  return g_strdup_printf (
      ngettext ("%u column head was recognised, and it does not tell them apart.",
                "%u column heads were recognised, and they do not tell them apart.", n_columns),
      n_columns);
}

/* `decided` is the one that the heads tell, or -1. */
static void
settle_questionnaire (DhkRecogniser *self, const GArray *candidates, guint n_columns, int decided)
{
  DhkLanguage language = dhk_language_of_messages ();
  int hinted = find_hinted (self, candidates);
  const char *answer;

  dhk_asker_begin (
      self->asker, g_strdup_printf ("%s:questionnaire", self->slug),
      g_strdup_printf (_ ("Which questionnaire are the answers in “%s”?"), self->file->name),
      decided >= 0 ? NULL : dup_doubt (n_columns));
  dhk_recogniser_about (self, "questionnaire", "");
  for (guint i = 0; i < candidates->len; i++)
    {
      const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (
          self->instrument, g_array_index (candidates, guint, i));

      dhk_asker_choice (self->asker, questionnaire->id,
                        g_strdup (dhk_text_get (&questionnaire->label, language)));
    }
  if (decided >= 0)
    answer = dhk_asker_decide (
        self->asker, dhk_instrument_get_questionnaire (self->instrument, (guint) decided)->id);
  else
    answer = dhk_asker_end (
        self->asker, hinted < 0
                         ? NULL
                         : dhk_instrument_get_questionnaire (self->instrument, (guint) hinted)->id);
  if (answer != NULL)
    {
      int chosen = dhk_instrument_find_questionnaire (self->instrument, answer);

      dhk_recogniser_set_questionnaire (self, (guint) chosen);
      if (chosen == decided)
        return;
      dhk_draft_file_add_note (self->file, DHK_NOTE_INFORMATION, 0,
                               _ ("The questionnaire was chosen by hand: %s."),
                               dhk_text_get (&self->questionnaire->label, language));
    }
  dhk_recogniser_expect_more (self);
}

/* Heads that are codes, or a person who says what the file is of: it can still be read. */
static gboolean
may_be_named (DhkRecogniser *self)
{
  g_autofree char *id = g_strdup_printf ("%s:questionnaire", self->slug);
  DhkDecidedBy by;

  if (dhk_asker_peek (self->asker, id, NULL, NULL, NULL, &by) != NULL)
    return TRUE;
  return self->shape->kind != DHK_SHAPE_PLAIN && self->shape->kind != DHK_SHAPE_FORMS
         && dhk_shape_has_codes_only (self->shape);
}

static GArray *
list_all (DhkRecogniser *self)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (self->instrument); i++)
    g_array_append_val (all, i);
  return all;
}

static void
refuse (DhkRecogniser *self, GError **error)
{
  DhkLanguage language = dhk_language_of_messages ();
  const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (self->instrument, 0);
  const char *example = "";

  for (guint q = 0; q < questionnaire->n_questions; q++)
    if (questionnaire->questions[q].item >= 0)
      {
        example = dhk_text_get (&questionnaire->questions[q].text, language);
        break;
      }
  g_set_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_RECOGNISED,
               _ ("“%s” was not recognised as answers to “%s”: hardly any of its column heads is a "
                  "question of it, such as “%s”. Nothing was stored. Choose the file that the form "
                  "exports, with the heads as they are."),
               self->file->name,
               dhk_text_get (dhk_instrument_get_title (self->instrument), language), example);
}

/* Whether `more` has all questions of `hits` and further ones. */
static gboolean
covers (const GArray *more, const GArray *hits)
{
  for (guint i = 0; i < hits->len; i++)
    {
      const DhkHit *hit = &g_array_index (hits, DhkHit, i);
      gboolean found = FALSE;

      for (guint k = 0; k < more->len && !found; k++)
        found = g_array_index (more, DhkHit, k).questionnaire == hit->questionnaire
                && g_array_index (more, DhkHit, k).question == hit->question;
      if (!found)
        return FALSE;
    }
  return more->len > hits->len;
}

/* A head worded as in another form is this form's question as well when the name of the
 * column says so: our own export has the wording of one form for all. */
static void
join_by_name (DhkRecogniser *self, DhkColumnWork *column, guint questionnaire)
{
  const char *name = dhk_shape_get_head (self->shape, column->index)->name;
  const GArray *hits = name[0] != '\0' ? dhk_catalogue_find (self->catalogue, name) : NULL;

  if (hits == NULL || column->hits == NULL || dhk_catalogue_count (column->hits, questionnaire) > 0
      || !covers (hits, column->hits))
    return;
  column->hits = hits;
}

void
dhk_recogniser_set_questionnaire (DhkRecogniser *self, guint questionnaire)
{
  self->questionnaire = dhk_instrument_get_questionnaire (self->instrument, questionnaire);
  self->file->questionnaire = (int) questionnaire;
  self->file->n_questions = self->questionnaire->n_questions;
  g_ptr_array_set_size (self->by_question, 0);
  for (guint q = 0; q < self->questionnaire->n_questions; q++)
    g_ptr_array_add (self->by_question, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint c = 0; c < self->columns->len; c++)
    join_by_name (self, dhk_recogniser_get_column (self, c), questionnaire);
}

/* A questionnaire of which less than this part is there is not taken for certain. */
#define LEAST_COVER 4

gboolean
dhk_recogniser_choose (DhkRecogniser *self, GError **error)
{
  guint n = dhk_instrument_get_n_questionnaires (self->instrument);
  g_autofree Fit *fits = g_new0 (Fit, n);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (guint));
  guint best = 0;
  gboolean covers;

  for (guint i = 0; i < n; i++)
    {
      measure_fit (self, i, &fits[i]);
      if (fits[i].n_columns > fits[best].n_columns)
        best = i;
    }
  if (n == 0 || fits[best].n_items == 0 || fits[best].n_columns < 2)
    {
      g_autoptr (GArray) all = list_all (self);

      if (n == 0 || !may_be_named (self))
        {
          refuse (self, error);
          return FALSE;
        }
      settle_questionnaire (self, all, fits[best].n_columns, -1);
      return TRUE;
    }

  covers = fits[best].n_questions * LEAST_COVER
           >= dhk_instrument_get_questionnaire (self->instrument, best)->n_questions;
  for (guint i = 0; i < n; i++)
    if (i == best || (!covers && fits[i].n_items > 0)
        || (fits[i].n_items > 0 && !is_clearly_better (self, best, i)))
      g_array_append_val (candidates, i);

  if (candidates->len == 1 && covers)
    {
      g_autoptr (GArray) all = list_all (self);

      settle_questionnaire (self, all, fits[best].n_columns, (int) best);
    }
  else
    settle_questionnaire (self, candidates, fits[best].n_columns, -1);
  return TRUE;
}
