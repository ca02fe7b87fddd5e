/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-answer-rows.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "base/dhk-number.h"

#define CANCEL_EVERY 16384

DhkAnswerFilter *
dhk_answer_filter_copy (const DhkAnswerFilter *self)
{
  DhkAnswerFilter *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  if (copy->found != NULL)
    g_array_ref (copy->found);
  return copy;
}

void
dhk_answer_filter_free (DhkAnswerFilter *self)
{
  g_free (self->text);
  g_clear_pointer (&self->found, g_array_unref);
  g_free (self);
}

/* Words ------------------------------------------------------------------- */

char *
dhk_answer_dup_column_name (DhkInstrument *instrument, const DhkQuestion *question)
{
  if (question->item >= 0)
    return dhk_instrument_dup_column_name (instrument, (guint) question->item, question->target);
  return g_strdup (dhk_instrument_get_variable (instrument, (guint) question->variable)->id);
}

static const DhkVariable *
get_variable (DhkInstrument *instrument, const DhkQuestion *question)
{
  return question->item >= 0 ? NULL
                             : dhk_instrument_get_variable (instrument, (guint) question->variable);
}

static char *
dup_number (double number)
{
  g_autofree char *text = NULL;
  DhkNumberStyle style = dhk_number_style_for_language (dhk_language_of_messages ());

  for (guint decimals = 0; decimals < 3; decimals++)
    if (fabs (number - round (number * pow (10, decimals)) / pow (10, decimals)) < 1e-9)
      return dhk_number_format_fixed (number, decimals, style);
  return dhk_number_format_fixed (number, 3, style);
}

char *
dhk_answer_dup_short (DhkInstrument *instrument,
                      const DhkQuestion *question,
                      int code,
                      double number)
{
  const DhkVariable *variable = get_variable (instrument, question);

  if (code == DHK_MISSING_EMPTY)
    return g_strdup ("–");
  if (code == DHK_MISSING_UNREADABLE)
    return g_strdup ("?");
  if (code < 0)
    return g_strdup ("");
  if (variable == NULL)
    return g_strdup_printf ("%d", code);
  if (variable->kind == DHK_VARIABLE_NUMBER)
    return dup_number (number);
  if ((guint) code >= variable->n_categories)
    return g_strdup ("");
  return g_strdup (dhk_text_get (&variable->categories[code].label, dhk_language_of_messages ()));
}

char *
dhk_answer_dup_long (DhkInstrument *instrument,
                     const DhkQuestion *question,
                     int code,
                     double number)
{
  const DhkAnswer *answer;
  const DhkItem *item;

  if (code == DHK_MISSING_EMPTY)
    return g_strdup (_ ("No answer"));
  if (code == DHK_MISSING_UNREADABLE)
    return g_strdup (_ ("Could not be read"));
  if (code < 0)
    return g_strdup (_ ("Not asked"));
  if (question->item < 0)
    return dhk_answer_dup_short (instrument, question, code, number);
  item = dhk_instrument_get_item (instrument, (guint) question->item);
  answer = dhk_answer_scale_find (dhk_instrument_get_answer_scale (instrument, item->answer_scale),
                                  code);
  if (answer == NULL)
    return g_strdup_printf ("%d", code);
  return g_strdup_printf ("%d: %s", code,
                          dhk_text_get (&answer->label, dhk_language_of_messages ()));
}

const char *
dhk_answer_get_kind (DhkInstrument *instrument, guint questionnaire)
{
  return dhk_instrument_get_respondent_word (instrument, questionnaire,
                                             dhk_language_of_messages ());
}

char *
dhk_answer_dup_name (const DhkRespondents *list, guint row)
{
  if (!dhk_respondents_has_row (list, row))
    return g_strdup ("…");
  return g_strdup_printf ("%s %u",
                          dhk_answer_get_kind (dhk_respondents_get_instrument (list),
                                               dhk_respondents_get_questionnaire (list, row)),
                          dhk_respondents_get_number (list, row));
}

GPtrArray *
dhk_answer_list_questions (DhkInstrument *instrument, int questionnaire)
{
  GPtrArray *questions = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  /* Background first: by it rows are told apart. */
  for (int background = 1; background >= 0; background--)
    for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
      {
        const DhkQuestionnaire *form = dhk_instrument_get_questionnaire (instrument, i);

        if (questionnaire >= 0 && i != (guint) questionnaire)
          continue;
        for (guint q = 0; q < form->n_questions; q++)
          if ((form->questions[q].item < 0) == (background == 1)
              && g_hash_table_add (seen,
                                   dhk_answer_dup_column_name (instrument, &form->questions[q])))
            g_ptr_array_add (questions, (gpointer) &form->questions[q]);
      }
  return questions;
}

/* Searching --------------------------------------------------------------- */

/* What a search means, worked out once: per question the codes whose label holds the words. */
typedef struct
{
  char *folded;    /* NULL: no search */
  guint number;    /* of a respondent, 0: the text is none */
  char *name;      /* the questionnaire part of "parents 12", or NULL */
  gboolean *named; /* per questionnaire: its name holds the words, or that part */
  GPtrArray *questions;
  guint64 (*codes)[2]; /* per question: codes 0 … 127 that match */
  const GArray *found;
} Search;

static gboolean
holds (const char *text, const char *folded)
{
  g_autofree char *own = g_utf8_casefold (text, -1);

  return strstr (own, folded) != NULL;
}

static void
match_codes (Search *self, DhkInstrument *instrument, guint q)
{
  const DhkQuestion *question = g_ptr_array_index (self->questions, q);
  const DhkVariable *variable = get_variable (instrument, question);
  DhkLanguage language = dhk_language_of_messages ();

  if (variable != NULL)
    {
      for (guint i = 0; i < MIN (variable->n_categories, 128); i++)
        if (holds (dhk_text_get (&variable->categories[i].label, language), self->folded))
          self->codes[q][i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
    }
  else
    {
      const DhkItem *item = dhk_instrument_get_item (instrument, (guint) question->item);
      const DhkAnswerScale *scale
          = dhk_instrument_get_answer_scale (instrument, item->answer_scale);

      for (guint i = 0; i < scale->n_answers; i++)
        if (scale->answers[i].code >= 0
            && holds (dhk_text_get (&scale->answers[i].label, language), self->folded))
          self->codes[q][scale->answers[i].code / 64] |= G_GUINT64_CONSTANT (1)
                                                         << (scale->answers[i].code % 64);
    }
}

/* "12", "parents 12" or "parents:12" name respondents by number. */
static void
parse_number (Search *self)
{
  const char *digits = self->folded + strlen (self->folded);
  guint64 number = 0;

  while (digits > self->folded && g_ascii_isdigit (digits[-1]))
    digits--;
  if (!g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT32, &number, NULL))
    return;
  self->number = (guint) number;
  if (digits == self->folded)
    return;
  self->name = g_strndup (self->folded, (gsize) (digits - self->folded));
  g_strdelimit (self->name, ":", ' ');
  g_strchomp (self->name);
}

/* Once for a questionnaire, not for every row of it. */
static void
match_names (Search *self, DhkInstrument *instrument)
{
  guint n = dhk_instrument_get_n_questionnaires (instrument);
  DhkLanguage language = dhk_language_of_messages ();

  self->named = g_new0 (gboolean, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (instrument, i);
      const char *kind = dhk_answer_get_kind (instrument, i);

      if (self->number == 0)
        self->named[i] = holds (kind, self->folded);
      else if (self->name != NULL)
        self->named[i] = holds (kind, self->name)
                         || holds (dhk_text_get (&questionnaire->label, language), self->name)
                         || holds (questionnaire->id, self->name);
    }
}

static void
search_init (Search *self, const DhkAnswerFilter *filter, DhkInstrument *instrument)
{
  g_autofree char *text = g_strstrip (g_strdup (filter->text != NULL ? filter->text : ""));

  if (text[0] == '\0')
    return;
  self->folded = g_utf8_casefold (text, -1);
  self->found = filter->found;
  self->questions = dhk_answer_list_questions (instrument, filter->questionnaire);
  self->codes = g_malloc0 (sizeof *self->codes * (self->questions->len + 1));
  parse_number (self);
  match_names (self, instrument);
  for (guint q = 0; self->number == 0 && q < self->questions->len; q++)
    match_codes (self, instrument, q);
}

static void
search_clear (Search *self)
{
  g_free (self->folded);
  g_free (self->name);
  g_free (self->named);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_free (self->codes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static gboolean
is_found (const GArray *found, gint64 respondent)
{
  guint low = 0;
  guint high = found != NULL ? found->len : 0;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (found, gint64, middle) < respondent)
        low = middle + 1;
      else
        high = middle;
    }
  return found != NULL && low < found->len && g_array_index (found, gint64, low) == respondent;
}

static gboolean
is_named (const Search *self, DhkRespondents *list, guint row)
{
  gboolean has_name = self->named[dhk_respondents_get_questionnaire (list, row)];

  if (self->number == 0)
    return has_name;
  return dhk_respondents_get_number (list, row) == self->number
             ? self->name == NULL || has_name
             : self->name == NULL && dhk_respondents_get_id (list, row) == self->number;
}

static gboolean
matches (const Search *self, DhkRespondents *list, guint row)
{
  if (self->folded == NULL || is_named (self, list, row)
      || g_ascii_strcasecmp (dhk_respondents_get_form_id (list, row), self->folded) == 0
      || g_ascii_strcasecmp (dhk_respondents_get_pseudonym (list, row), self->folded) == 0
      || is_found (self->found, dhk_respondents_get_id (list, row)))
    return TRUE;
  for (guint q = 0; self->number == 0 && q < self->questions->len; q++)
    {
      int code;

      if ((self->codes[q][0] | self->codes[q][1]) == 0)
        continue;
      code = dhk_respondents_get_code (list, row, g_ptr_array_index (self->questions, q));
      if (code >= 0 && (self->codes[q][code / 64] >> (code % 64) & 1) != 0)
        return TRUE;
    }
  return FALSE;
}

/* Filter and sort --------------------------------------------------------- */

static gboolean
passes (const DhkAnswerFilter *self, DhkRespondents *list, guint row)
{
  DhkQuestion category = { .item = -1, .variable = self->variable };

  return (self->questionnaire < 0
          || dhk_respondents_get_questionnaire (list, row) == (guint) self->questionnaire)
         && (!(self->flags & DHK_ANSWER_EXCLUDED) || dhk_respondents_is_excluded (list, row))
         && (!(self->flags & DHK_ANSWER_UNREADABLE)
             || dhk_respondents_get_unreadable (list, row) > 0)
         && (!(self->flags & DHK_ANSWER_UNFINISHED)
             || dhk_respondents_get_unanswered (list, row)
                        + dhk_respondents_get_unreadable (list, row)
                    > 0)
         && (!(self->flags & DHK_ANSWER_CORRECTED) || dhk_respondents_is_hand_edited (list, row))
         && (self->variable < 0
             || dhk_respondents_get_code (list, row, &category) == self->category);
}

/* Beyond every number. */
#define MISSING_KEY 1e300

/* A row, and what it is sorted by. */
typedef struct
{
  double key;
  guint32 row;
} SortedRow;

/* Missing answers come last, up or down. */
static double
make_key (const DhkAnswerFilter *self, DhkRespondents *list, guint32 row)
{
  int code = dhk_respondents_get_code (list, row, self->sort);
  double key = code;

  if (code < 0)
    return -code * MISSING_KEY;
  if (self->sort->item < 0 && isfinite (dhk_respondents_get_value (list, row, self->sort)))
    key = dhk_respondents_get_value (list, row, self->sort);
  return self->sort_down ? -key : key;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const SortedRow *one = a;
  const SortedRow *other = b;

  if (one->key != other->key)
    return one->key < other->key ? -1 : 1;
  return (one->row > other->row) - (one->row < other->row);
}

static void
sort_rows (const DhkAnswerFilter *self, DhkRespondents *list, GArray *rows)
{
  g_autoptr (GArray) sorted = g_array_sized_new (FALSE, FALSE, sizeof (SortedRow), rows->len);

  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);
      const SortedRow entry = { make_key (self, list, row), row };

      g_array_append_val (sorted, entry);
    }
  g_array_sort (sorted, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    g_array_index (rows, guint32, i) = g_array_index (sorted, SortedRow, i).row;
}

GArray *
dhk_answer_filter_apply (const DhkAnswerFilter *self,
                         DhkRespondents *list,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GArray) rows = NULL;
  g_auto (Search) search = { 0 };
  guint n;

  g_return_val_if_fail (self != NULL && list != NULL, NULL);

  n = dhk_respondents_get_n (list);
  rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n);
  search_init (&search, self, dhk_respondents_get_instrument (list));
  for (guint32 row = 0; row < n; row++)
    {
      if (row % CANCEL_EVERY == 0)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return NULL;
          if (self->progress != NULL)
            g_atomic_int_set (self->progress, (int) ((guint64) row * 100 / n));
        }
      if (passes (self, list, row) && matches (&search, list, row))
        g_array_append_val (rows, row);
    }
  if (self->sort != NULL)
    sort_rows (self, list, rows);
  return g_cancellable_set_error_if_cancelled (cancellable, error) ? NULL : g_steal_pointer (&rows);
}
