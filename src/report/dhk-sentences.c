/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/dhk-sentences.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/dhk-words.h"

/* Tests ------------------------------------------------------------------- */

static const char *
get_symbol (const DhkTest *test)
{
  return test->method == DHK_TEST_ANOVA || test->method == DHK_TEST_WELCH_ANOVA ? "F" : "t";
}

/* The test in words; `sign` turns t and d round, where the sentence names the second group first.
 */
static char *
describe_test (const DhkVoice *voice, const DhkResult *result, const DhkTest *test, double sign)
{
  gboolean adjusted = !isnan (test->p_adjusted);
  /* Holm's correction of a single p is that p. */
  gboolean corrected = adjusted && result->analysis->pairs->len > 1;
  const char *separator = dhk_voice_get_separator (voice);
  g_autofree char *name = NULL;
  g_autofree char *statistic = NULL;
  g_autofree char *p = NULL;
  g_autofree char *effect = NULL;

  if (test->undefined != NULL)
    return g_strdup_printf (dhk_voice_get (voice, N_ ("not tested, because %s")),
                            dhk_translate (voice->language, test->undefined));

  name = dhk_voice_statistic_name (voice, get_symbol (test), test->df1, test->df2);
  statistic = dhk_number_format_equation (name, DHK_NUMBER_STATISTIC, sign * test->statistic,
                                          voice->style);
  p = dhk_number_format_equation ("p", DHK_NUMBER_P, adjusted ? test->p_adjusted : test->p,
                                  voice->style);
  if (!isnan (test->eta_squared))
    effect = dhk_number_format_equation ("η²", DHK_NUMBER_ETA_SQUARED, test->eta_squared,
                                         voice->style);
  else if (!isnan (test->d))
    effect = dhk_number_format_equation ("d", DHK_NUMBER_D, sign * test->d, voice->style);
  return g_strconcat (statistic, separator, p, corrected ? " (Holm)" : "",
                      effect != NULL ? separator : "", effect, NULL);
}

char *
dhk_test_to_text (const DhkResult *result,
                  const DhkTest *test,
                  DhkLanguage language,
                  DhkNumberStyle style)
{
  DhkVoice voice = { language, style };

  g_return_val_if_fail (result != NULL && test != NULL, NULL);

  return describe_test (&voice, result, test, 1);
}

/* Scales ------------------------------------------------------------------ */

static const DhkTest *
find_test (const DhkResult *result, guint scale, const DhkDifference *difference)
{
  for (guint i = 0; i < result->tests->len; i++)
    {
      const DhkTest *test = g_ptr_array_index (result->tests, i);
      guint found = 0;

      if (test->scale != scale || !dhk_test_is_main (test))
        continue;
      for (guint j = 0; difference != NULL && j < test->groups->len; j++)
        {
          guint group = g_array_index (test->groups, guint, j);

          if (group == difference->higher || group == difference->lower)
            found++;
        }
      if (difference == NULL || found == 2)
        return test;
    }
  return NULL;
}

/* "Residential (M = 3,90)"; `more` stands behind the mean. */
static char *
name_group (
    const DhkVoice *voice, const DhkResult *result, guint scale, guint group, const char *more)
{
  g_autofree char *label = dhk_voice_group (voice, result, group);
  const DhkCell *cell = dhk_result_get_cell (result, scale, group);
  g_autofree char *mean
      = dhk_number_format_equation ("M", DHK_NUMBER_MEAN, cell->mean, voice->style);

  return g_strconcat (label, " (", mean, more != NULL ? dhk_voice_get_separator (voice) : "",
                      more != NULL ? more : "", ")", NULL);
}

/* What one group is higher than: "A (M = 4,30) is higher than B (M = 3,90; p = ,034) and C (…)". */
static char *
describe_higher (const DhkVoice *voice,
                 const DhkResult *result,
                 guint scale,
                 guint higher,
                 const GArray *differences)
{
  g_autoptr (GPtrArray) lower = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *subject = name_group (voice, result, scale, higher, NULL);
  g_autofree char *list = NULL;

  for (guint i = 0; i < differences->len; i++)
    {
      const DhkDifference *it = &g_array_index (differences, DhkDifference, i);
      g_autofree char *evidence = NULL;

      if (it->higher != higher)
        continue;
      if (result->analysis->design == DHK_DESIGN_ANOVA)
        evidence = dhk_number_format_equation ("p", DHK_NUMBER_P, it->p, voice->style);
      else
        {
          const DhkTest *test = find_test (result, scale, it);

          evidence = describe_test (voice, result, test, test->statistic < 0 ? -1 : 1);
        }
      g_ptr_array_add (lower, name_group (voice, result, scale, it->lower, evidence));
    }
  list = dhk_voice_list (voice, lower);
  return g_strdup_printf (dhk_voice_get (voice, N_ ("%s is higher than %s")), subject, list);
}

static char *
describe_differences (const DhkVoice *voice,
                      const DhkResult *result,
                      guint scale,
                      const GArray *differences)
{
  GString *text = g_string_new (NULL);

  for (guint group = 0; group < result->analysis->groups->len; group++)
    {
      g_autofree char *clause = NULL;
      gboolean is_higher = FALSE;

      for (guint i = 0; i < differences->len; i++)
        is_higher = is_higher || g_array_index (differences, DhkDifference, i).higher == group;
      if (!is_higher)
        continue;
      clause = describe_higher (voice, result, scale, group, differences);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", clause);
    }
  return g_string_free (text, FALSE);
}

/* The lowest and highest mean: all that is to be said where nothing is tested. */
static char *
describe_range (const DhkVoice *voice, const DhkResult *result, guint scale)
{
  const DhkCell *lowest = NULL, *highest = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  for (guint group = 0; group < result->analysis->groups->len; group++)
    {
      const DhkCell *cell = dhk_result_get_cell (result, scale, group);

      if (cell == NULL || g_array_index (result->analysis->groups, DhkGroup, group).is_total)
        continue;
      if (lowest == NULL || cell->mean < lowest->mean)
        lowest = cell;
      if (highest == NULL || cell->mean > highest->mean)
        highest = cell;
    }
  if (lowest == NULL)
    return g_strdup (dhk_voice_get (voice, N_ ("nobody has a score")));
  low = name_group (voice, result, scale, lowest->group, NULL);
  if (lowest == highest)
    return g_steal_pointer (&low);
  high = name_group (voice, result, scale, highest->group, NULL);
  return g_strdup_printf (dhk_voice_get (voice, N_ ("lowest is %s, highest %s")), low, high);
}

static gboolean
any_defined (const DhkResult *result, guint scale)
{
  for (guint i = 0; i < result->tests->len; i++)
    {
      const DhkTest *test = g_ptr_array_index (result->tests, i);

      if (test->scale == scale && test->undefined == NULL)
        return TRUE;
    }
  return FALSE;
}

static char *
describe_nothing (const DhkVoice *voice, const DhkResult *result, guint scale, const DhkTest *test)
{
  gboolean one_test = result->analysis->design != DHK_DESIGN_PAIRS
                      || result->analysis->pairs->len == 1 || !any_defined (result, scale);
  g_autofree char *evidence
      = one_test ? dhk_test_to_text (result, test, voice->language, voice->style) : NULL;

  if (!any_defined (result, scale))
    return g_steal_pointer (&evidence);
  if (evidence == NULL)
    return g_strdup (dhk_voice_get (voice, N_ ("no significant differences")));
  if (test->method == DHK_TEST_ANOVA && test->significant)
    return g_strdup_printf (
        dhk_voice_get (voice,
                       N_ ("the groups differ (%s), but no pair of them does significantly")),
        evidence);
  return g_strdup_printf (dhk_voice_get (voice, N_ ("no significant differences (%s)")), evidence);
}

char *
dhk_result_scale_sentence (const DhkResult *result,
                           guint scale,
                           DhkLanguage language,
                           DhkNumberStyle style)
{
  DhkVoice voice = { language, style };
  g_autoptr (GArray) differences = NULL;
  g_autofree char *finding = NULL;
  const DhkTest *test;

  g_return_val_if_fail (result != NULL, NULL);

  differences = dhk_result_find_differences (result, scale);
  test = find_test (result, scale, NULL);
  if (test == NULL)
    finding = describe_range (&voice, result, scale);
  else if (differences->len == 0)
    finding = describe_nothing (&voice, result, scale, test);
  else
    finding = describe_differences (&voice, result, scale, differences);

  if (differences->len > 0 && test->method == DHK_TEST_ANOVA)
    {
      g_autofree char *evidence = dhk_test_to_text (result, test, language, style);

      return g_strdup_printf ("%s: %s. %s.", dhk_voice_scale (&voice, result, scale), finding,
                              evidence);
    }
  return g_strdup_printf ("%s: %s.", dhk_voice_scale (&voice, result, scale), finding);
}

/* Correlations ------------------------------------------------------------ */

/* A group by itself, with all its conditions: it may be none of the table's columns. */
static char *
name_group_alone (const DhkVoice *voice, const DhkAnalysis *analysis, const DhkGroup *group)
{
  GString *name = g_string_new (dhk_instrument_get_perspective_label (
      analysis->instrument, group->role, group->target, voice->language));

  for (guint i = 0; i < dhk_instrument_get_n_variables (analysis->instrument); i++)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (analysis->instrument, i);
      int category = group->categories[i];

      if (category >= 0)
        g_string_append_printf (name, ", %s",
                                dhk_text_get (variable->kind == DHK_VARIABLE_CATEGORY
                                                  ? &variable->categories[category].label
                                                  : &variable->bands[category].label,
                                              voice->language));
    }
  return g_string_free (name, FALSE);
}

char *
dhk_result_correlation_sentence (const DhkResult *result,
                                 guint correlation,
                                 DhkLanguage language,
                                 DhkNumberStyle style)
{
  DhkVoice voice = { language, style };
  const DhkCorrelationResult *it;
  g_autofree char *text = NULL;
  g_autofree char *group = NULL;
  const char *x, *y;

  g_return_val_if_fail (result != NULL && correlation < result->correlations->len, NULL);

  it = &g_array_index (result->correlations, DhkCorrelationResult, correlation);
  text = dhk_voice_correlation (&voice, it, result->analysis->confidence);
  group = name_group_alone (&voice, result->analysis, &it->group);
  x = dhk_voice_correlate (&voice, result, it);
  y = dhk_voice_scale (&voice, result, it->y_scale);
  if (it->undefined != NULL || !(it->p < result->analysis->alpha))
    return g_strdup_printf (
        dhk_voice_get (&voice, N_ ("%s: no significant correlation of %s and %s (%s).")), group, x,
        y, text);
  /* TRANSLATORS: group; two measures; "r(189) = …" */
  return g_strdup_printf (
      it->r > 0 ? dhk_voice_get (&voice, N_ ("%s: %s and %s correlate positively (%s)."))
                : dhk_voice_get (&voice, N_ ("%s: %s and %s correlate negatively (%s).")),
      group, x, y, text);
}

/* Heading ----------------------------------------------------------------- */

#define MAX_NAMED 4

/* The scales by name, or how many there are. */
static char *
name_scales (const DhkVoice *voice, const DhkResult *result)
{
  const GArray *scales = result->analysis->scales;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (scales->len > MAX_NAMED)
    return g_strdup_printf (
        dhk_translate_plural (voice->language, "%u scale", "%u scales", scales->len), scales->len);
  for (guint i = 0; i < scales->len; i++)
    g_ptr_array_add (names,
                     (gpointer) dhk_voice_scale (voice, result, g_array_index (scales, guint, i)));
  return dhk_voice_list (voice, names);
}

static char *
name_kind (const DhkVoice *voice, const DhkResult *result)
{
  const DhkAnalysis *analysis = result->analysis;
  g_autofree char *scales = name_scales (voice, result);

  switch (analysis->kind)
    {
    case DHK_ANALYSIS_COUNTS:
      return g_strdup (dhk_voice_get (voice, N_ ("Respondents")));
    case DHK_ANALYSIS_RELIABILITY:
      return g_strdup_printf (dhk_voice_get (voice, N_ ("Reliability of %s")), scales);
    case DHK_ANALYSIS_CORRELATIONS:
      return g_strdup_printf (dhk_voice_get (voice, N_ ("Correlations of %s")), scales);
    case DHK_ANALYSIS_MEANS:
    default:
      return g_steal_pointer (&scales);
    }
}

/* What the groups differ in: "sector", "sector and sex", "respondent". */
static char *
name_split (const DhkVoice *voice, const DhkAnalysis *analysis)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (analysis->kind == DHK_ANALYSIS_COUNTS)
    g_ptr_array_add (names, dhk_voice_lower_first (dhk_text_get (
                                dhk_analysis_get_rows_label (analysis), voice->language)));
  if (dhk_analysis_perspectives_differ (analysis))
    g_ptr_array_add (names, g_strdup (analysis->kind == DHK_ANALYSIS_COUNTS
                                          ? dhk_voice_get (voice, N_ ("respondent type"))
                                          : dhk_voice_get (voice, N_ ("perspective"))));
  for (guint i = 0; i < dhk_instrument_get_n_variables (analysis->instrument); i++)
    if (dhk_analysis_variable_differs (analysis, i))
      g_ptr_array_add (names, dhk_voice_lower_first (dhk_text_get (
                                  &dhk_instrument_get_variable (analysis->instrument, i)->label,
                                  voice->language)));
  return names->len > 0 ? dhk_voice_list (voice, names) : NULL;
}

char *
dhk_result_heading (const DhkResult *result, DhkLanguage language)
{
  DhkVoice voice = { language, dhk_number_style_for_language (language) };
  g_autofree char *what = NULL;
  g_autofree char *common = NULL;
  g_autofree char *split = NULL;
  g_autofree char *head = NULL;

  g_return_val_if_fail (result != NULL, NULL);

  what = name_kind (&voice, result);
  common = dhk_analysis_dup_common_label (result->analysis, language);
  split = name_split (&voice, result->analysis);
  head = *common != '\0' ? g_strconcat (what, ": ", common, NULL) : g_strdup (what);
  if (split == NULL)
    return g_steal_pointer (&head);
  /* TRANSLATORS: "Bond: Youth about worker, by sector" */
  return g_strdup_printf (dhk_voice_get (&voice, N_ ("%s, by %s")), head, split);
}
