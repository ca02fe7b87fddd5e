/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The note under a table: what its signs mean, how was tested and corrected, who
 * is not in it, and why a number is missing.
 */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/dhk-words.h"

typedef struct
{
  const DhkVoice *voice;
  const DhkResult *result;
  GString *text;
} Note;

static void
add_sentence (const Note *self, const char *sentence)
{
  if (*sentence == '\0')
    return;
  if (self->text->len > 0)
    g_string_append_c (self->text, ' ');
  g_string_append (self->text, sentence);
}

static void
take_sentence (const Note *self, char *sentence)
{
  add_sentence (self, sentence);
  g_free (sentence);
}

/* Who is left out --------------------------------------------------------- */

/* A small number in letters, as a sentence begins. */
static char *
spell (const DhkVoice *voice, guint n)
{
  static const char *const words[]
      = { N_ ("One"),   N_ ("Two"),   N_ ("Three"), N_ ("Four"), N_ ("Five"),   N_ ("Six"),
          N_ ("Seven"), N_ ("Eight"), N_ ("Nine"),  N_ ("Ten"),  N_ ("Eleven"), N_ ("Twelve") };

  if (n >= 1 && n <= G_N_ELEMENTS (words))
    return g_strdup (dhk_translate (voice->language, words[n - 1]));
  return g_strdup_printf ("%u", n);
}

static void
add_left_out (const Note *self)
{
  const DhkInstrument *instrument = self->result->analysis->instrument;
  DhkLanguage language = self->voice->language;

  for (guint i = 0; i < self->result->left_out->len; i++)
    {
      const DhkLeftOut *it = &g_array_index (self->result->left_out, DhkLeftOut, i);
      const DhkRole *role = dhk_instrument_get_role (instrument, it->role);
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, it->variable);
      const DhkText *name = it->n == 1 ? &role->label : &role->plural;
      g_autofree char *n = spell (self->voice, it->n);
      g_autofree char *who = dhk_voice_lower_first (dhk_text_get (name, language));
      g_autofree char *what = dhk_voice_lower_first (dhk_text_get (&variable->label, language));

      if (self->result->analysis->row_choices >= 0
          && variable->choices == self->result->analysis->row_choices)
        /* TRANSLATORS: "Five youths did not answer and are not in this table." */
        take_sentence (
            self, g_strdup_printf (dhk_translate_plural (
                                       language, "%s %s did not answer and is not in this table.",
                                       "%s %s did not answer and are not in this table.", it->n),
                                   n, who));
      else if (it->in_total)
        /* TRANSLATORS: "Five youths with no sector are counted in the total only." */
        take_sentence (
            self, g_strdup_printf (dhk_translate_plural (
                                       language, "%s %s with no %s is counted in the total only.",
                                       "%s %s with no %s are counted in the total only.", it->n),
                                   n, who, what));
      else
        /* TRANSLATORS: "Five youths with no sector are not in this table." */
        take_sentence (self,
                       g_strdup_printf (
                           dhk_translate_plural (language, "%s %s with no %s is not in this table.",
                                                 "%s %s with no %s are not in this table.", it->n),
                           n, who, what));
    }
}

/* How many ---------------------------------------------------------------- */

/* "48–50 (Residential)" for the groups whose cells have another n than the head. */
static void
add_varying_n (const Note *self)
{
  const DhkAnalysis *analysis = self->result->analysis;
  g_autoptr (GPtrArray) ranges = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  for (guint group = 0; group < analysis->groups->len; group++)
    {
      guint lowest = G_MAXUINT, highest = 0;
      g_autofree char *label = NULL;

      for (guint i = 0; i < self->result->cells->len; i++)
        {
          const DhkCell *cell = &g_array_index (self->result->cells, DhkCell, i);

          if (cell->group != group)
            continue;
          lowest = MIN (lowest, cell->n);
          highest = MAX (highest, cell->n);
        }
      if (highest == 0
          || (lowest == highest
              && highest == g_array_index (self->result->group_scored, guint, group)))
        continue;
      label = dhk_voice_group (self->voice, self->result, group);
      g_ptr_array_add (ranges, lowest == highest
                                   ? g_strdup_printf ("%u (%s)", lowest, label)
                                   : g_strdup_printf ("%u–%u (%s)", lowest, highest, label));
    }
  if (ranges->len == 0)
    return;
  list = dhk_voice_list (self->voice, ranges);
  take_sentence (
      self, g_strdup_printf (dhk_voice_get (self->voice, N_ ("Not everybody has a score on every "
                                                             "scale: n per scale is %s.")),
                             list));
}

static void
add_single_cells (const Note *self)
{
  for (guint i = 0; i < self->result->cells->len; i++)
    if (g_array_index (self->result->cells, DhkCell, i).n == 1)
      {
        add_sentence (self, dhk_voice_get (self->voice,
                                           N_ ("One respondent alone has no standard deviation.")));
        return;
      }
}

/* How was tested ---------------------------------------------------------- */

/* The scales of the tests that `choose` takes, in order, each once; NULL where there are none. */
static char *
list_scales (const Note *self, gboolean (*choose) (const DhkResult *, const DhkTest *))
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  int last = -1;

  for (guint i = 0; i < self->result->tests->len; i++)
    {
      const DhkTest *test = g_ptr_array_index (self->result->tests, i);

      if (!choose (self->result, test) || (int) test->scale == last)
        continue;
      last = (int) test->scale;
      g_ptr_array_add (names, (gpointer) dhk_voice_scale (self->voice, self->result, test->scale));
    }
  return names->len > 0 ? dhk_voice_list (self->voice, names) : NULL;
}

/* Welch's test that stands beside a Student's test of the same groups. */
static const DhkTest *
find_beside (const DhkResult *result, const DhkTest *test)
{
  for (guint i = 0; i < result->tests->len; i++)
    {
      const DhkTest *it = g_ptr_array_index (result->tests, i);

      if (it->method == DHK_TEST_WELCH_T && it->scale == test->scale
          && g_array_index (it->groups, guint, 0) == g_array_index (test->groups, guint, 0)
          && g_array_index (it->groups, guint, 1) == g_array_index (test->groups, guint, 1))
        return it;
    }
  return NULL;
}

static gboolean
welch_disagrees (const DhkResult *result, const DhkTest *test)
{
  const DhkTest *beside;

  if (test->method != DHK_TEST_STUDENT_T || test->undefined != NULL)
    return FALSE;
  beside = find_beside (result, test);
  return beside != NULL && beside->undefined == NULL && beside->significant != test->significant;
}

static gboolean
is_computed (const DhkResult *result, const DhkTest *test)
{
  return test->undefined == NULL && dhk_test_is_main (test);
}

static void
add_welch (const Note *self)
{
  g_autofree char *computed = list_scales (self, is_computed);
  g_autofree char *other = list_scales (self, welch_disagrees);

  if (computed == NULL)
    return;
  if (other == NULL)
    add_sentence (
        self, dhk_voice_get (self->voice, N_ ("Welch’s t test leads to the same conclusions.")));
  else
    take_sentence (
        self, g_strdup_printf (dhk_voice_get (self->voice, N_ ("Welch’s t test leads to another "
                                                               "conclusion for %s.")),
                               other));
}

static void
add_pairs (const Note *self)
{
  const GArray *pairs = self->result->analysis->pairs;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;
  g_autofree char *alpha = dhk_voice_alpha (self->voice, self->result->analysis->alpha);

  if (pairs->len == 1)
    {
      take_sentence (
          self,
          g_strdup_printf (dhk_voice_get (self->voice, N_ ("Differences are tested with "
                                                           "Student’s t test (two-sided, %s).")),
                           alpha));
      return;
    }
  for (guint i = 0; i < pairs->len; i++)
    {
      const DhkGroupPair *pair = &g_array_index (pairs, DhkGroupPair, i);
      g_autofree char *a = dhk_voice_letter (pair->a);
      g_autofree char *b = dhk_voice_letter (pair->b);

      g_ptr_array_add (texts, g_strdup_printf ("%s–%s", a, b));
    }
  list = dhk_voice_list (self->voice, texts);
  take_sentence (
      self, g_strdup_printf (
                dhk_voice_get (self->voice, N_ ("The pairs %s are tested with Student’s t test and "
                                                "Holm’s correction over the pairs of a scale "
                                                "(two-sided, %s).")),
                list, alpha));
}

static void
add_letters (const Note *self)
{
  static const double limits[] = { 0.05, 0.01, 0.001 };
  GString *stars = g_string_new (NULL);

  add_sentence (self, dhk_voice_get (self->voice,
                                     N_ ("a > b: column a is significantly higher than column b; "
                                         "n.s.: no significant difference.")));
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *limit = NULL;
      char *end;

      limit = dhk_number_format_fixed (limits[i], i == 2 ? 3 : 2, self->voice->style);
      end = limit + 1; /* no zero before the decimal sign */
      /* No line ends between a sign and what it means. */
      g_string_append_printf (stars, "%s%.*s\u00a0p\u00a0<\u00a0%s.", i > 0 ? " " : "", (int) i + 1,
                              "***", end);
    }
  take_sentence (self, g_string_free (stars, FALSE));
}

static gboolean
has_total (const DhkAnalysis *analysis)
{
  for (guint i = 0; i < analysis->groups->len; i++)
    if (g_array_index (analysis->groups, DhkGroup, i).is_total)
      return TRUE;
  return FALSE;
}

/* The degrees of freedom of each scale, where the head of the column cannot have them. */
static void
add_degrees (const Note *self)
{
  const char *symbol = self->result->analysis->design == DHK_DESIGN_ANOVA ? "F" : "t";
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *first = NULL;
  g_autofree char *list = NULL;
  gboolean differ = FALSE;

  for (guint i = 0; i < self->result->tests->len; i++)
    {
      const DhkTest *test = g_ptr_array_index (self->result->tests, i);
      g_autofree char *name = NULL;

      if (!is_computed (self->result, test))
        continue;
      name = dhk_voice_statistic_name (self->voice, symbol, test->df1, test->df2);
      differ = differ || (first != NULL && g_strcmp0 (first, name) != 0);
      g_ptr_array_add (
          texts, g_strdup_printf ("%s %s", dhk_voice_scale (self->voice, self->result, test->scale),
                                  name));
      if (first == NULL)
        first = g_steal_pointer (&name);
    }
  if (!differ)
    return;
  list = dhk_voice_list (self->voice, texts);
  take_sentence (
      self, g_strdup_printf (dhk_voice_get (self->voice, N_ ("Degrees of freedom: %s.")), list));
}

static void
add_design (const Note *self)
{
  const DhkAnalysis *analysis = self->result->analysis;
  g_autofree char *alpha = dhk_voice_alpha (self->voice, analysis->alpha);

  switch (analysis->design)
    {
    case DHK_DESIGN_NONE:
      return;
    case DHK_DESIGN_ANOVA:
      take_sentence (self, g_strdup_printf (
                               dhk_voice_get (self->voice,
                                              N_ ("Differences are tested with one-way ANOVA, "
                                                  "followed by Tukey–Kramer for all pairs (%s).")),
                               alpha));
      add_degrees (self);
      add_letters (self);
      break;
    case DHK_DESIGN_T:
      take_sentence (
          self, g_strdup_printf (
                    dhk_voice_get (self->voice, N_ ("Differences are tested with Student’s t test "
                                                    "(two-sided, %s); d is Cohen’s d with the "
                                                    "pooled standard deviation.")),
                    alpha));
      add_degrees (self);
      add_welch (self);
      break;
    case DHK_DESIGN_PAIRS:
      add_pairs (self);
      add_letters (self);
      add_welch (self);
      break;
    default:
      g_return_if_reached ();
    }
  if (has_total (analysis))
    add_sentence (self, dhk_voice_get (self->voice, N_ ("The total takes no part in the tests.")));
}

/* Why a number is missing -------------------------------------------------- */

static void
add_undefined (const Note *self, GHashTable *said, const char *what, const char *reason)
{
  g_autofree char *sentence
      = g_strdup_printf (dhk_voice_get (self->voice, N_ ("%s: not computed, because %s.")), what,
                         dhk_translate (self->voice->language, reason));

  if (g_hash_table_contains (said, sentence))
    return;
  add_sentence (self, sentence);
  g_hash_table_add (said, g_steal_pointer (&sentence));
}

static void
add_reasons (const Note *self)
{
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const DhkResult *result = self->result;

  for (guint i = 0; i < result->tests->len; i++)
    {
      const DhkTest *test = g_ptr_array_index (result->tests, i);

      if (test->undefined != NULL && dhk_test_is_main (test))
        add_undefined (self, said, dhk_voice_scale (self->voice, result, test->scale),
                       test->undefined);
    }
  for (guint i = 0; i < result->reliabilities->len; i++)
    {
      const DhkReliabilityResult *it = g_ptr_array_index (result->reliabilities, i);
      g_autofree char *group = dhk_voice_group (self->voice, result, it->group);
      g_autofree char *what
          = g_strdup_printf ("%s (%s)", dhk_voice_scale (self->voice, result, it->scale), group);

      if (it->undefined != NULL)
        add_undefined (self, said, what, it->undefined);
    }
  for (guint i = 0; i < result->correlations->len; i++)
    {
      const DhkCorrelationResult *it
          = &g_array_index (result->correlations, DhkCorrelationResult, i);
      g_autofree char *what
          = g_strdup_printf ("r (%s, %s)", dhk_voice_correlate (self->voice, result, it),
                             dhk_voice_scale (self->voice, result, it->y_scale));

      if (it->undefined != NULL)
        add_undefined (self, said, what, it->undefined);
    }
}

/* ------------------------------------------------------------------------- */

static void
add_extras (const Note *self)
{
  for (guint i = 0; i < self->result->correlations->len; i++)
    {
      const DhkCorrelationResult *it
          = &g_array_index (self->result->correlations, DhkCorrelationResult, i);
      g_autofree char *text = NULL;

      if (it->undefined != NULL)
        continue;
      text = dhk_voice_correlation (self->voice, it, self->result->analysis->confidence);
      take_sentence (
          self, g_strdup_printf (dhk_voice_get (self->voice, N_ ("Correlation of %s and %s: %s.")),
                                 dhk_voice_correlate (self->voice, self->result, it),
                                 dhk_voice_scale (self->voice, self->result, it->y_scale), text));
    }
}

static void
add_kind (const Note *self)
{
  double confidence = self->result->analysis->confidence;
  g_autofree char *interval = dhk_voice_interval_name (self->voice, confidence);

  switch (self->result->analysis->kind)
    {
    case DHK_ANALYSIS_COUNTS:
      if (self->result->analysis->row_choices >= 0)
        add_sentence (
            self,
            dhk_voice_get (self->voice,
                           N_ ("% = share of the respondents who answered. Who answered could "
                               "choose more than one, so the percentages may add up to more than "
                               "100.")));
      break;
    case DHK_ANALYSIS_MEANS:
      add_sentence (self, dhk_voice_get (self->voice, N_ ("M = mean; SD = standard deviation.")));
      add_design (self);
      add_extras (self);
      add_varying_n (self);
      add_single_cells (self);
      break;
    case DHK_ANALYSIS_RELIABILITY:
      take_sentence (
          self, g_strdup_printf (
                    dhk_voice_get (self->voice,
                                   N_ ("α = Cronbach’s alpha of the respondents who answered every "
                                       "item of the scale; %s according to Feldt; item–rest r = "
                                       "correlation of an item with the sum of the other items.")),
                    interval));
      break;
    case DHK_ANALYSIS_CORRELATIONS:
      add_sentence (self,
                    dhk_voice_get (self->voice,
                                   N_ ("Pearson’s r of the respondents who have both values, not "
                                       "corrected for the number of correlations; scales that "
                                       "share items correlate for that reason already.")));
      add_varying_n (self);
      break;
    default:
      g_return_if_reached ();
    }
}

char *
dhk_result_note (const DhkVoice *voice, const DhkResult *result, const char *extra_note)
{
  Note note = { voice, result, g_string_new (NULL) };

  add_kind (&note);
  add_left_out (&note);
  add_reasons (&note);
  if (extra_note != NULL)
    add_sentence (&note, extra_note);
  if (note.text->len == 0)
    {
      g_string_free (note.text, TRUE);
      return NULL;
    }
  return g_string_free (note.text, FALSE);
}
