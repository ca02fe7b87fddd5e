/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/dhk-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

const char *
dhk_voice_get (const DhkVoice *self, const char *msgid)
{
  return dhk_translate (self->language, msgid);
}

const char *
dhk_voice_get_separator (const DhkVoice *self)
{
  return self->style == DHK_NUMBER_STYLE_DUTCH ? "; " : ", ";
}

const char *
dhk_voice_get_stars (double p)
{
  if (p < 0.001)
    return "***";
  if (p < 0.01)
    return "**";
  return p < 0.05 ? "*" : "";
}

char *
dhk_voice_interval (const DhkVoice *self, DhkNumberKind kind, double low, double high)
{
  g_autofree char *low_text = dhk_number_format (kind, low, self->style);
  g_autofree char *high_text = dhk_number_format (kind, high, self->style);

  return g_strconcat ("[", low_text, dhk_voice_get_separator (self), high_text, "]", NULL);
}

char *
dhk_voice_interval_name (const DhkVoice *self, double confidence)
{
  double percent = confidence * 100;
  guint decimals = fabs (percent - round (percent)) < 1e-9 ? 0 : 1;
  g_autofree char *text = dhk_number_format_fixed (percent, decimals, self->style);

  /* TRANSLATORS: confidence interval, "95% CI" */
  return g_strdup_printf (dhk_voice_get (self, N_ ("%s%% CI")), text);
}

char *
dhk_voice_alpha (const DhkVoice *self, double alpha)
{
  return dhk_number_format_equation ("α", DHK_NUMBER_ALPHA, alpha, self->style);
}

char *
dhk_voice_statistic_name (const DhkVoice *self, const char *symbol, double df1, double df2)
{
  g_autofree char *first = dhk_number_format (DHK_NUMBER_DF, df1, self->style);
  g_autofree char *second = NULL;
  gboolean has_comma;

  if (isnan (df2))
    return g_strconcat (symbol, "(", first, ")", NULL);

  second = dhk_number_format (DHK_NUMBER_DF, df2, self->style);
  has_comma = strchr (first, ',') != NULL || strchr (second, ',') != NULL;
  return g_strconcat (symbol, "(", first, has_comma ? "; " : ", ", second, ")", NULL);
}

char *
dhk_voice_correlation (const DhkVoice *self,
                       const DhkCorrelationResult *correlation,
                       double confidence)
{
  g_autofree char *name = dhk_voice_statistic_name (self, "r", correlation->n - 2.0, NAN);
  g_autofree char *r = dhk_number_format_equation (name, DHK_NUMBER_R, correlation->r, self->style);
  g_autofree char *p = dhk_number_format_equation ("p", DHK_NUMBER_P, correlation->p, self->style);
  g_autofree char *interval_name = dhk_voice_interval_name (self, confidence);
  g_autofree char *interval
      = dhk_voice_interval (self, DHK_NUMBER_R, correlation->ci_low, correlation->ci_high);
  const char *separator = dhk_voice_get_separator (self);

  if (correlation->undefined != NULL && isnan (correlation->r))
    return g_strdup_printf (dhk_voice_get (self, N_ ("r not computed (%s)")),
                            dhk_translate (self->language, correlation->undefined));
  if (isnan (correlation->p))
    return g_steal_pointer (&r);
  if (isnan (correlation->ci_low) || isnan (correlation->ci_high))
    return g_strconcat (r, separator, p, NULL);
  return g_strconcat (r, separator, p, separator, interval_name, " ", interval, NULL);
}

char *
dhk_voice_list (const DhkVoice *self, const GPtrArray *texts)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < texts->len; i++)
    {
      if (i > 0 && i + 1 == texts->len)
        /* TRANSLATORS: before the last of a list: "a, b and c" */
        g_string_append (list, dhk_voice_get (self, N_ (" and ")));
      else if (i > 0)
        g_string_append (list, ", ");
      g_string_append (list, g_ptr_array_index (texts, i));
    }
  return g_string_free (list, FALSE);
}

char *
dhk_voice_lower_first (const char *text)
{
  const char *rest = *text != '\0' ? g_utf8_next_char (text) : text;
  GString *result;

  /* A capital or sign in second place: an abbreviation. */
  if (*text == '\0' || (*rest != '\0' && !g_unichar_islower (g_utf8_get_char (rest))))
    return g_strdup (text);
  result = g_string_new (NULL);
  g_string_append_unichar (result, g_unichar_tolower (g_utf8_get_char (text)));
  g_string_append (result, rest);
  return g_string_free (result, FALSE);
}

const char *
dhk_voice_scale (const DhkVoice *self, const DhkResult *result, guint scale)
{
  return dhk_text_get (&dhk_instrument_get_scale (result->analysis->instrument, scale)->label,
                       self->language);
}

const char *
dhk_voice_correlate (const DhkVoice *self,
                     const DhkResult *result,
                     const DhkCorrelationResult *correlation)
{
  if (correlation->x_scale >= 0)
    return dhk_voice_scale (self, result, (guint) correlation->x_scale);
  return dhk_text_get (
      &dhk_instrument_get_variable (result->analysis->instrument, (guint) correlation->x_variable)
           ->label,
      self->language);
}

char *
dhk_voice_group (const DhkVoice *self, const DhkResult *result, guint group)
{
  return dhk_analysis_dup_group_label (result->analysis, group, self->language);
}

char *
dhk_voice_letter (guint group)
{
  char letter = (char) ('a' + group % 26);

  if (group < 26)
    return g_strdup_printf ("%c", letter);
  return g_strdup_printf ("%c%c", (char) ('a' + (group / 26 - 1) % 26), letter);
}

gboolean
dhk_test_is_main (const DhkTest *test)
{
  return test->method == DHK_TEST_ANOVA || test->method == DHK_TEST_STUDENT_T;
}

static void
add_difference (GArray *differences, const DhkTest *test, guint a, guint b, double sign, double p)
{
  guint left = g_array_index (test->groups, guint, a);
  guint right = g_array_index (test->groups, guint, b);
  DhkDifference difference
      = { .higher = sign > 0 ? left : right, .lower = sign > 0 ? right : left, .p = p };

  g_array_append_val (differences, difference);
}

GArray *
dhk_result_find_differences (const DhkResult *result, guint scale)
{
  GArray *differences = g_array_new (FALSE, FALSE, sizeof (DhkDifference));

  for (guint i = 0; i < result->tests->len; i++)
    {
      const DhkTest *test = g_ptr_array_index (result->tests, i);

      if (test->scale != scale || !dhk_test_is_main (test))
        continue;
      for (guint j = 0; j < test->pairs->len; j++)
        {
          const DhkPairResult *pair = &g_array_index (test->pairs, DhkPairResult, j);

          if (pair->significant)
            add_difference (differences, test, pair->a, pair->b, pair->difference, pair->p);
        }
      if (test->pairs->len == 0 && test->method == DHK_TEST_STUDENT_T && test->significant)
        add_difference (differences, test, 0, 1, test->statistic,
                        isnan (test->p_adjusted) ? test->p : test->p_adjusted);
    }
  return differences;
}
