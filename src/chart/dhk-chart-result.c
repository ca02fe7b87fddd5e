/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart/dhk-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "chart/dhk-palette.h"

#define NO_COLOUR 0x7F7F7F

/* A type's own colour; a role of several types without one is the mix of theirs. */
static guint
get_role_colour (const DhkInstrument *instrument, guint role)
{
  const DhkRole *self = dhk_instrument_get_role (instrument, role);
  guint colours[32];
  guint n = 0;

  if (self->colour != NULL && *self->colour != '\0')
    return dhk_colour_parse (self->colour, NO_COLOUR);

  for (guint i = 0; i < MIN (dhk_instrument_get_n_types (instrument), 32); i++)
    if (i != role && (self->types >> i & 1) != 0)
      colours[n++] = dhk_colour_parse (dhk_instrument_get_role (instrument, i)->colour, NO_COLOUR);
  return n > 0 ? dhk_colour_mix (colours, n) : NO_COLOUR;
}

/* The only variable whose category tells groups of one role apart, or -1. */
static int
find_step_variable (const DhkAnalysis *analysis)
{
  int found = -1;
  guint n = dhk_instrument_get_n_variables (analysis->instrument);

  for (guint i = 0; i < analysis->groups->len; i++)
    for (guint j = 0; j < i; j++)
      {
        const DhkGroup *a = &g_array_index (analysis->groups, DhkGroup, i);
        const DhkGroup *b = &g_array_index (analysis->groups, DhkGroup, j);

        if (a->role != b->role)
          continue;
        if (a->target != b->target)
          return -1;
        for (guint v = 0; v < MIN (n, DHK_MAX_VARIABLES); v++)
          if (a->categories[v] != b->categories[v])
            {
              if (found >= 0 && found != (int) v)
                return -1;
              found = (int) v;
            }
      }
  return found;
}

/*
 * Lightness says the category: the same step for the same sector in every
 * chart. Where more than one thing differs, it says the order within the role.
 */
static guint
get_group_colour (const DhkAnalysis *analysis, guint group, int step_variable)
{
  const DhkGroup *self = &g_array_index (analysis->groups, DhkGroup, group);
  guint colour = get_role_colour (analysis->instrument, self->role);
  guint n = 0, before = 0;

  if (step_variable >= 0)
    {
      const DhkVariable *variable
          = dhk_instrument_get_variable (analysis->instrument, (guint) step_variable);
      int category = self->categories[step_variable];

      n = variable->kind == DHK_VARIABLE_NUMBER ? variable->n_bands : variable->n_categories;
      return dhk_colour_get_step (colour, category < 0 ? n : (guint) category, n);
    }

  for (guint i = 0; i < analysis->groups->len; i++)
    if (g_array_index (analysis->groups, DhkGroup, i).role == self->role)
      {
        before += i < group;
        n++;
      }
  return dhk_colour_get_step (colour, before, n);
}

static void
add_group_series (DhkChart *self, const DhkAnalysis *analysis)
{
  int variable = find_step_variable (analysis);

  for (guint i = 0; i < analysis->groups->len; i++)
    {
      g_autofree char *label = dhk_analysis_dup_group_label (analysis, i, self->language);

      dhk_chart_add_series (self, label, get_group_colour (analysis, i, variable));
    }
}

static char *
dup_answer_label (const DhkAnswerScale *scale, int code, DhkLanguage language)
{
  const DhkAnswer *answer = dhk_answer_scale_find (scale, code);

  return answer != NULL ? g_strdup_printf ("%d %s", code, dhk_text_get (&answer->label, language))
                        : g_strdup_printf ("%d", code);
}

/* The range of the scales' answers; its ends are written out when all share one answer scale. */
static void
set_axis (DhkChart *self, const DhkAnalysis *analysis)
{
  const DhkAnswerScale *shared = NULL;
  gboolean several = FALSE;

  for (guint i = 0; i < analysis->scales->len; i++)
    {
      const DhkScale *scale = dhk_instrument_get_scale (analysis->instrument,
                                                        g_array_index (analysis->scales, guint, i));
      const DhkAnswerScale *answers
          = dhk_instrument_get_answer_scale (analysis->instrument, scale->answer_scale);
      int lowest, highest;

      dhk_answer_scale_get_range (answers, &lowest, &highest);
      self->axis_low = i == 0 ? lowest : MIN (self->axis_low, lowest);
      self->axis_high = i == 0 ? highest : MAX (self->axis_high, highest);
      several = several || (shared != NULL && shared != answers);
      shared = answers;
    }
  if (shared == NULL || several)
    return;

  self->low_label = dup_answer_label (shared, (int) self->axis_low, self->language);
  self->high_label = dup_answer_label (shared, (int) self->axis_high, self->language);
}

static char *
dup_error_label (const DhkChart *self, double confidence)
{
  double percent = 100 * confidence;
  gboolean whole = fabs (percent - round (percent)) < 1e-9;
  g_autofree char *number = dhk_number_format_fixed (percent, whole ? 0 : 1, self->style);

  return g_strdup_printf (dhk_translate (self->language, N_ ("%s%% CI")), number);
}

static void
fill_means (DhkChart *self, const DhkResult *result)
{
  const DhkAnalysis *analysis = result->analysis;

  set_axis (self, analysis);
  self->axis_title = g_strdup (dhk_translate (self->language, N_ ("Mean score")));
  self->error_label = dup_error_label (self, analysis->confidence);
  add_group_series (self, analysis);
  for (guint i = 0; i < analysis->scales->len; i++)
    {
      guint scale = g_array_index (analysis->scales, guint, i);
      const DhkScale *info = dhk_instrument_get_scale (analysis->instrument, scale);
      gboolean any = FALSE;

      for (guint group = 0; group < analysis->groups->len; group++)
        {
          const DhkCell *cell = dhk_result_get_cell (result, scale, group);
          DhkChartMark mark = { .series = group };

          if (cell == NULL || cell->n == 0 || !isfinite (cell->mean))
            continue;
          if (!any)
            dhk_chart_add_cluster (self, dhk_text_get (&info->label, self->language));
          any = TRUE;
          mark.cluster = self->clusters->len - 1;
          mark.n = cell->n;
          mark.value = cell->mean;
          mark.ci_low = cell->ci_low;
          mark.ci_high = cell->ci_high;
          mark.sd = cell->sd;
          dhk_chart_add_mark (self, &mark);
        }
    }
}

static void
fill_counts (DhkChart *self, const DhkResult *result)
{
  const DhkAnalysis *analysis = result->analysis;
  guint n_rows = dhk_analysis_get_n_rows (analysis);

  self->axis_title = g_strdup (dhk_translate (self->language, N_ ("Number of respondents")));
  add_group_series (self, analysis);
  for (guint i = 0; i < n_rows; i++)
    dhk_chart_add_cluster (self,
                           dhk_text_get (dhk_analysis_get_row_label (analysis, i), self->language));
  if (n_rows == 0)
    dhk_chart_add_cluster (self, "");

  for (guint i = 0; i < result->counts->len; i++)
    {
      const DhkCount *count = &g_array_index (result->counts, DhkCount, i);
      DhkChartMark mark = { .series = count->group, .n = count->n, .value = count->n };

      if (count->group >= analysis->groups->len || (n_rows > 0) != (count->category >= 0))
        continue;
      mark.cluster = n_rows > 0 ? (guint) count->category : 0;
      mark.ci_low = mark.ci_high = mark.sd = NAN;
      dhk_chart_add_mark (self, &mark);
    }
}

/* Takes series that have no mark out of the chart, so that no lane stays empty. */
static void
drop_empty_series (DhkChart *self)
{
  for (guint series = self->series->len; series-- > 0;)
    {
      gboolean any = FALSE;

      for (guint i = 0; i < self->marks->len && !any; i++)
        any = g_array_index (self->marks, DhkChartMark, i).series == series;
      if (any)
        continue;
      g_ptr_array_remove_index (self->series, series);
      for (guint i = 0; i < self->marks->len; i++)
        {
          DhkChartMark *mark = &g_array_index (self->marks, DhkChartMark, i);

          mark->series -= mark->series > series;
        }
    }
  for (guint i = 0; i < self->series->len; i++)
    ((DhkChartSeries *) g_ptr_array_index (self->series, i))->pattern = i;
}

DhkChart *
dhk_chart_new_from_result (const DhkResult *result,
                           const char *title,
                           DhkLanguage language,
                           DhkNumberStyle style)
{
  g_autoptr (DhkChart) self = NULL;

  g_return_val_if_fail (result != NULL, NULL);

  switch (result->analysis->kind)
    {
    case DHK_ANALYSIS_MEANS:
      self = dhk_chart_new (DHK_CHART_MEANS, language, style);
      fill_means (self, result);
      break;
    case DHK_ANALYSIS_COUNTS:
      self = dhk_chart_new (DHK_CHART_COUNTS, language, style);
      fill_counts (self, result);
      break;
    case DHK_ANALYSIS_RELIABILITY:
    case DHK_ANALYSIS_CORRELATIONS:
    default:
      return NULL;
    }

  drop_empty_series (self);
  self->title = g_strdup (title);
  dhk_chart_describe (self);
  return g_steal_pointer (&self);
}
