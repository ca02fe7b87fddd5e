/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One person's profile as a chart: what is drawn, not yet where. */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "chart/dhk-chart.h"

/* Two of Okabe and Ito's colours, far apart in lightness and in every kind of colour vision. */
#define COLOUR_IDEAL 0x0072B2
#define COLOUR_ACTUAL 0xE69F00

static const DhkAnswerScale *
get_answers (const DhkSelfProfile *profile, guint scale)
{
  return dhk_instrument_get_answer_scale (
      profile->instrument, dhk_instrument_get_scale (profile->instrument, scale)->answer_scale);
}

static const char *
get_name (const DhkSelfProfile *profile, guint scale, DhkLanguage language)
{
  return dhk_text_get (&dhk_instrument_get_scale (profile->instrument, scale)->label, language);
}

/* "1 seldom or never": the answer at one end of a scale. */
static char *
dup_end (const DhkSelfProfile *profile, guint scale, gboolean high, DhkLanguage language)
{
  const DhkAnswerScale *answers = get_answers (profile, scale);
  const DhkAnswer *answer = &answers->answers[high ? answers->n_answers - 1 : 0];

  return g_strdup_printf ("%d %s", answer->code, dhk_text_get (&answer->label, language));
}

/* "1: very unimportant / seldom or never": one end of both scales. */
static char *
dup_both_ends (const DhkSelfProfile *profile, gboolean high, DhkLanguage language)
{
  const DhkAnswerScale *ideal = get_answers (profile, profile->rating->ideal);
  const DhkAnswerScale *actual = get_answers (profile, profile->rating->actual);
  const DhkAnswer *one = &ideal->answers[high ? ideal->n_answers - 1 : 0];
  const DhkAnswer *other = &actual->answers[high ? actual->n_answers - 1 : 0];

  return g_strdup_printf ("%d: %s / %s", one->code, dhk_text_get (&one->label, language),
                          dhk_text_get (&other->label, language));
}

static void
add_clusters (DhkChart *self, const DhkSelfProfile *profile)
{
  for (guint i = 0; i < profile->pairs->len; i++)
    {
      const DhkSelfPair *pair = &g_array_index (profile->pairs, DhkSelfPair, i);
      g_autofree char *label
          = g_strdup_printf ("%u. %s", i + 1, dhk_text_get (pair->label, self->language));

      dhk_chart_add_cluster (self, label);
    }
}

static void
add_gap_series (DhkChart *self, const DhkSelfProfile *profile)
{
  const char *ideal = get_name (profile, profile->rating->ideal, self->language);
  const char *actual = get_name (profile, profile->rating->actual, self->language);
  g_autofree char *group_ideal
      = g_strdup_printf (dhk_translate (self->language, N_ ("%s, group (M)")), ideal);
  g_autofree char *group_actual
      = g_strdup_printf (dhk_translate (self->language, N_ ("%s, group (M)")), actual);

  dhk_chart_add_series (self, ideal, COLOUR_IDEAL);
  dhk_chart_add_series (self, actual, COLOUR_ACTUAL);
  if (profile->group == NULL)
    return;
  dhk_chart_add_series (self, group_ideal, COLOUR_IDEAL);
  dhk_chart_add_series (self, group_actual, COLOUR_ACTUAL);
}

static void
add_gap (DhkChart *self, guint cluster, guint series, double value, guint n)
{
  DhkChartMark mark = { .cluster = cluster,
                        .series = series,
                        .n = n,
                        .value = value,
                        .ci_low = NAN,
                        .ci_high = NAN,
                        .sd = NAN };

  if (isfinite (value))
    dhk_chart_add_mark (self, &mark);
}

DhkChart *
dhk_chart_new_gaps (const DhkSelfProfile *profile,
                    const char *title,
                    DhkLanguage language,
                    DhkNumberStyle style)
{
  DhkChart *self;

  g_return_val_if_fail (profile != NULL, NULL);

  self = dhk_chart_new (DHK_CHART_GAPS, language, style);
  self->title = g_strdup (title);
  self->axis_low = profile->lowest;
  self->axis_high = profile->highest;
  self->low_label = dup_both_ends (profile, FALSE, language);
  self->high_label = dup_both_ends (profile, TRUE, language);
  add_clusters (self, profile);
  add_gap_series (self, profile);
  for (guint i = 0; i < profile->pairs->len; i++)
    {
      const DhkSelfPair *pair = &g_array_index (profile->pairs, DhkSelfPair, i);

      add_gap (self, i, DHK_GAPS_IDEAL, pair->ideal >= 0 ? pair->ideal : NAN, 1);
      add_gap (self, i, DHK_GAPS_ACTUAL, pair->actual >= 0 ? pair->actual : NAN, 1);
      if (profile->group == NULL)
        continue;
      add_gap (self, i, DHK_GAPS_GROUP_IDEAL, pair->group_ideal, pair->group_ideal_n);
      add_gap (self, i, DHK_GAPS_GROUP_ACTUAL, pair->group_actual, pair->group_actual_n);
    }
  dhk_chart_describe (self);
  return self;
}

/* Where each pair lies, in words. */
static char *
describe_quadrant (const DhkSelfProfile *profile, DhkLanguage language)
{
  GString *text = g_string_new (
      dhk_translate (language, N_ ("Square of both answers; the parts by their numbers.")));

  for (guint finding = 0; finding < DHK_N_FINDINGS; finding++)
    {
      gboolean any = FALSE;

      for (guint i = 0; i < profile->pairs->len; i++)
        if (g_array_index (profile->pairs, DhkSelfPair, i).finding == (int) finding)
          {
            if (!any)
              g_string_append_printf (
                  text, " %s:", dhk_text_get (&profile->rating->findings[finding], language));
            g_string_append_printf (text, "%s %u", any ? "," : "", i + 1);
            any = TRUE;
          }
      if (any)
        g_string_append_c (text, '.');
    }
  return g_string_free (text, FALSE);
}

DhkChart *
dhk_chart_new_quadrant (const DhkSelfProfile *profile,
                        const char *title,
                        DhkLanguage language,
                        DhkNumberStyle style)
{
  const DhkSelfRating *rating;
  DhkChart *self;

  g_return_val_if_fail (profile != NULL, NULL);

  rating = profile->rating;
  self = dhk_chart_new (DHK_CHART_QUADRANT, language, style);
  self->title = g_strdup (title);
  self->axis_low = profile->lowest;
  self->axis_high = profile->highest;
  self->low_label = dup_end (profile, rating->actual, FALSE, language);
  self->high_label = dup_end (profile, rating->actual, TRUE, language);
  self->across_low_label = dup_end (profile, rating->ideal, FALSE, language);
  self->across_high_label = dup_end (profile, rating->ideal, TRUE, language);
  for (guint i = 0; i < DHK_N_FINDINGS; i++)
    self->corners[i] = g_strdup (dhk_text_get (&rating->findings[i], language));
  add_clusters (self, profile);
  dhk_chart_add_series (self, get_name (profile, rating->ideal, language), COLOUR_IDEAL);
  dhk_chart_add_series (self, get_name (profile, rating->actual, language), COLOUR_ACTUAL);
  for (guint i = 0; i < profile->pairs->len; i++)
    {
      const DhkSelfPair *pair = &g_array_index (profile->pairs, DhkSelfPair, i);
      DhkChartMark mark = { .cluster = i,
                            .n = 1,
                            .value = pair->actual,
                            .ci_low = NAN,
                            .ci_high = NAN,
                            .sd = NAN,
                            .across = pair->ideal };

      if (pair->finding >= 0)
        dhk_chart_add_mark (self, &mark);
    }
  self->alternative = describe_quadrant (profile, language);
  return self;
}
