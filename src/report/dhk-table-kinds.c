/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables that are not means: counts; reliability and correlations, which
 * have a block of rows per group, so that any number of groups fits a page.
 */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/dhk-table-build.h"

/* Counts ------------------------------------------------------------------ */

static gboolean
has_total_group (const DhkAnalysis *analysis)
{
  for (guint i = 0; i < analysis->groups->len; i++)
    if (g_array_index (analysis->groups, DhkGroup, i).is_total)
      return TRUE;
  return FALSE;
}

static void
add_count (DhkTableRow *row, const DhkResult *result, guint group, int category, gboolean bold)
{
  const DhkCount *count = dhk_result_get_count (result, group, category);
  guint n = count != NULL ? count->n : 0;

  /* A dash reads as "nobody"; a zero would stand among the counts. */
  dhk_table_row_take (row, n > 0 ? g_strdup_printf ("%u", n) : g_strdup ("–"), 1, DHK_ALIGN_DECIMAL,
                      bold);
}

static DhkTable *
new_categories (const DhkResult *result, const DhkVoice *voice)
{
  const DhkAnalysis *analysis = result->analysis;
  guint n_rows = dhk_analysis_get_n_rows (analysis);
  gboolean own_total = analysis->groups->len > 1 && !has_total_group (analysis);
  DhkTable *table = dhk_table_new_empty (1 + analysis->groups->len + (own_total ? 1 : 0));
  DhkTableRow *row = dhk_table_add_row (table, TRUE);

  dhk_table_row_add (row, dhk_text_get (dhk_analysis_get_rows_label (analysis), voice->language), 1,
                     DHK_ALIGN_START, FALSE);
  for (guint i = 0; i < analysis->groups->len; i++)
    dhk_table_row_take (row, dhk_voice_group (voice, result, i), 1, DHK_ALIGN_CENTRE, FALSE);
  if (own_total)
    dhk_table_row_add (row, dhk_voice_get (voice, N_ ("Total")), 1, DHK_ALIGN_CENTRE, FALSE);

  for (guint line = 0; line <= n_rows; line++)
    {
      gboolean last = line == n_rows;
      int category = last ? -1 : (int) line;

      row = dhk_table_add_row (table, FALSE);
      row->rule_above = last;
      dhk_table_row_add (
          row,
          last ? dhk_voice_get (voice, N_ ("Total"))
               : dhk_text_get (dhk_analysis_get_row_label (analysis, line), voice->language),
          1, DHK_ALIGN_START, last);
      for (guint i = 0; i < analysis->groups->len; i++)
        add_count (row, result, i, category, last);
      if (own_total)
        add_count (row, result, DHK_ALL_GROUPS, category, last);
    }
  return table;
}

/* The share of those who answered; nobody who did has none. */
static void
add_share (
    DhkTableRow *row, const DhkVoice *voice, const DhkResult *result, guint group, int choice)
{
  const DhkCount *chose = dhk_result_get_count (result, group, choice);
  const DhkCount *answered = dhk_result_get_count (result, group, -1);
  double share = NAN;

  if (chose != NULL && answered != NULL && answered->n > 0)
    share = 100.0 * chose->n / answered->n;
  add_count (row, result, group, choice, FALSE);
  dhk_table_row_take (row,
                      isnan (share) ? g_strdup ("–")
                                    : dhk_number_format (DHK_NUMBER_PERCENT, share, voice->style),
                      1, DHK_ALIGN_DECIMAL, FALSE);
}

/* n and % below the name of a group. */
static void
add_choice_heads (DhkTable *table,
                  const DhkResult *result,
                  const DhkVoice *voice,
                  gboolean own_total)
{
  const DhkAnalysis *analysis = result->analysis;
  DhkTableRow *row = dhk_table_add_row (table, TRUE);

  dhk_table_row_add (row, "", 1, DHK_ALIGN_START, FALSE);
  for (guint i = 0; i < analysis->groups->len; i++)
    dhk_table_row_take (row, dhk_voice_group (voice, result, i), 2, DHK_ALIGN_CENTRE, FALSE);
  if (own_total)
    dhk_table_row_add (row, dhk_voice_get (voice, N_ ("Total")), 2, DHK_ALIGN_CENTRE, FALSE);
  row = dhk_table_add_row (table, TRUE);
  dhk_table_row_add (row, dhk_text_get (dhk_analysis_get_rows_label (analysis), voice->language), 1,
                     DHK_ALIGN_START, FALSE);
  for (guint i = 0; i < analysis->groups->len + (own_total ? 1 : 0); i++)
    {
      dhk_table_row_add (row, "n", 1, DHK_ALIGN_CENTRE, FALSE);
      dhk_table_row_add (row, "%", 1, DHK_ALIGN_CENTRE, FALSE);
    }
}

static DhkTable *
new_choices (const DhkResult *result, const DhkVoice *voice)
{
  const DhkAnalysis *analysis = result->analysis;
  guint n_groups = analysis->groups->len;
  guint n_rows = dhk_analysis_get_n_rows (analysis);
  gboolean own_total = n_groups > 1 && !has_total_group (analysis);
  guint n = n_groups + (own_total ? 1 : 0);
  DhkTable *table = dhk_table_new_empty (1 + 2 * n);
  DhkTableRow *row;

  add_choice_heads (table, result, voice, own_total);
  for (guint line = 0; line < n_rows; line++)
    {
      row = dhk_table_add_row (table, FALSE);
      dhk_table_row_add (
          row, dhk_text_get (dhk_analysis_get_row_label (analysis, line), voice->language), 1,
          DHK_ALIGN_START, FALSE);
      for (guint i = 0; i < n; i++)
        add_share (row, voice, result, i < n_groups ? i : DHK_ALL_GROUPS, (int) line);
    }
  row = dhk_table_add_row (table, FALSE);
  row->rule_above = TRUE;
  dhk_table_row_add (row, dhk_voice_get (voice, N_ ("Respondents who answered")), 1,
                     DHK_ALIGN_START, TRUE);
  for (guint i = 0; i < n; i++)
    {
      add_count (row, result, i < n_groups ? i : DHK_ALL_GROUPS, -1, TRUE);
      dhk_table_row_add (row, "", 1, DHK_ALIGN_DECIMAL, FALSE);
    }
  return table;
}

DhkTable *
dhk_table_new_counts (const DhkResult *result, const DhkVoice *voice)
{
  return result->analysis->row_choices >= 0 ? new_choices (result, voice)
                                            : new_categories (result, voice);
}

/* Reliability ------------------------------------------------------------- */

static void
add_block_head (
    DhkTable *table, const DhkVoice *voice, const DhkResult *result, guint group, guint n)
{
  DhkTableRow *row = dhk_table_add_row (table, FALSE);
  g_autofree char *label = dhk_voice_group (voice, result, group);

  row->rule_above = table->rows->len - table->n_head_rows > 1;
  dhk_table_row_take (row, n > 0 ? g_strdup_printf ("%s (n = %u)", label, n) : g_strdup (label),
                      table->n_columns, DHK_ALIGN_START, TRUE);
}

static void
add_reliability (DhkTable *table,
                 const DhkVoice *voice,
                 const DhkResult *result,
                 const DhkReliabilityResult *reliability)
{
  DhkTableRow *row = dhk_table_add_row (table, FALSE);
  double lowest = NAN, highest = NAN;

  for (guint i = 0; i < reliability->items->len; i++)
    {
      double r = g_array_index (reliability->items, DhkItemResult, i).item_rest_r;

      lowest = fmin (lowest, r);
      highest = fmax (highest, r);
    }
  dhk_table_row_add (row, dhk_voice_scale (voice, result, reliability->scale), 1, DHK_ALIGN_START,
                     FALSE);
  dhk_table_row_add_number (
      row, voice, DHK_NUMBER_COUNT,
      dhk_instrument_get_scale (result->analysis->instrument, reliability->scale)->n_items, FALSE);
  dhk_table_row_add_number (row, voice, DHK_NUMBER_COUNT, reliability->n, FALSE);
  dhk_table_row_add_number (row, voice, DHK_NUMBER_ALPHA, reliability->alpha, FALSE);
  dhk_table_row_take (
      row,
      reliability->undefined != NULL
          ? g_strdup ("–")
          : dhk_voice_interval (voice, DHK_NUMBER_ALPHA, reliability->ci_low, reliability->ci_high),
      1, DHK_ALIGN_CENTRE, FALSE);
  dhk_table_row_add_number (row, voice, DHK_NUMBER_R, lowest, FALSE);
  dhk_table_row_add_number (row, voice, DHK_NUMBER_R, highest, FALSE);
}

DhkTable *
dhk_table_new_reliability (const DhkResult *result, const DhkVoice *voice)
{
  DhkTable *table = dhk_table_new_empty (7);
  DhkTableRow *row = dhk_table_add_row (table, TRUE);

  for (guint i = 0; i < 5; i++)
    dhk_table_row_add (row, "", 1, DHK_ALIGN_CENTRE, FALSE);
  dhk_table_row_add (row, dhk_voice_get (voice, N_ ("Item–rest r")), 2, DHK_ALIGN_CENTRE, FALSE);

  row = dhk_table_add_row (table, TRUE);
  dhk_table_row_add (row, dhk_voice_get (voice, N_ ("Scale")), 1, DHK_ALIGN_START, FALSE);
  dhk_table_row_add (row, dhk_voice_get (voice, N_ ("Items")), 1, DHK_ALIGN_CENTRE, FALSE);
  dhk_table_row_add (row, "n", 1, DHK_ALIGN_CENTRE, FALSE);
  dhk_table_row_add (row, "α", 1, DHK_ALIGN_CENTRE, FALSE);
  dhk_table_row_take (row, dhk_voice_interval_name (voice, result->analysis->confidence), 1,
                      DHK_ALIGN_CENTRE, FALSE);
  dhk_table_row_add (row, dhk_voice_get (voice, N_ ("lowest")), 1, DHK_ALIGN_CENTRE, FALSE);
  dhk_table_row_add (row, dhk_voice_get (voice, N_ ("highest")), 1, DHK_ALIGN_CENTRE, FALSE);

  for (guint group = 0; group < result->analysis->groups->len; group++)
    {
      gboolean first = TRUE;

      for (guint i = 0; i < result->reliabilities->len; i++)
        {
          const DhkReliabilityResult *it = g_ptr_array_index (result->reliabilities, i);

          if (it->group != group)
            continue;
          if (first)
            add_block_head (table, voice, result, group, 0);
          first = FALSE;
          add_reliability (table, voice, result, it);
        }
    }
  return table;
}

/* Correlations ------------------------------------------------------------ */

/* What a row and column of a block is: a number variable or a scale. */
typedef struct
{
  int variable; /* or -1 */
  int scale;    /* or -1 */
} Measure;

/* The measures of a group that have values, numbers first. */
static GArray *
find_measures (const DhkResult *result, guint group)
{
  GArray *measures = g_array_new (FALSE, FALSE, sizeof (Measure));

  for (guint i = 0; i < result->numbers->len; i++)
    {
      const DhkNumberCell *it = &g_array_index (result->numbers, DhkNumberCell, i);
      Measure measure = { (int) it->variable, -1 };

      if (it->group == group)
        g_array_append_val (measures, measure);
    }
  for (guint i = 0; i < result->cells->len; i++)
    {
      const DhkCell *it = &g_array_index (result->cells, DhkCell, i);
      Measure measure = { -1, (int) it->scale };

      if (it->group == group)
        g_array_append_val (measures, measure);
    }
  return measures;
}

static const DhkCorrelationResult *
find_correlation (const DhkResult *result, const DhkGroup *group, Measure x, Measure y)
{
  for (guint i = 0; i < result->correlations->len; i++)
    {
      const DhkCorrelationResult *it
          = &g_array_index (result->correlations, DhkCorrelationResult, i);

      if (it->group.role == group->role && it->group.target == group->target
          && memcmp (it->group.categories, group->categories, sizeof group->categories) == 0
          && it->x_variable == x.variable && it->x_scale == x.scale && (int) it->y_scale == y.scale)
        return it;
    }
  return NULL;
}

static void
add_description (
    DhkTableRow *row, const DhkVoice *voice, const DhkResult *result, guint group, Measure measure)
{
  double mean = NAN, sd = NAN;

  for (guint i = 0; measure.variable >= 0 && i < result->numbers->len; i++)
    {
      const DhkNumberCell *it = &g_array_index (result->numbers, DhkNumberCell, i);

      if (it->group == group && (int) it->variable == measure.variable)
        {
          mean = it->mean;
          sd = it->sd;
        }
    }
  if (measure.scale >= 0)
    {
      const DhkCell *cell = dhk_result_get_cell (result, (guint) measure.scale, group);

      mean = cell->mean;
      sd = cell->sd;
    }
  dhk_table_row_add_number (row, voice, DHK_NUMBER_MEAN, mean, FALSE);
  dhk_table_row_add_number (row, voice, DHK_NUMBER_SD, sd, FALSE);
}

static void
add_correlation (DhkTableRow *row, const DhkVoice *voice, const DhkCorrelationResult *correlation)
{
  g_autofree char *r = NULL;

  if (correlation == NULL)
    {
      dhk_table_row_add (row, "", 1, DHK_ALIGN_DECIMAL, FALSE);
      return;
    }
  r = dhk_number_format (DHK_NUMBER_R, correlation->r, voice->style);
  dhk_table_row_take (row, g_strconcat (r, dhk_voice_get_stars (correlation->p), NULL), 1,
                      DHK_ALIGN_DECIMAL, FALSE);
}

static void
add_correlation_block (DhkTable *table,
                       const DhkVoice *voice,
                       const DhkResult *result,
                       guint group,
                       const GArray *measures)
{
  const DhkGroup *members = &g_array_index (result->analysis->groups, DhkGroup, group);

  add_block_head (table, voice, result, group, g_array_index (result->group_scored, guint, group));
  for (guint i = 0; i < measures->len; i++)
    {
      Measure y = g_array_index (measures, Measure, i);
      DhkTableRow *row = dhk_table_add_row (table, FALSE);
      const char *label
          = y.scale >= 0 ? dhk_voice_scale (voice, result, (guint) y.scale)
                         : dhk_text_get (&dhk_instrument_get_variable (result->analysis->instrument,
                                                                       (guint) y.variable)
                                              ->label,
                                         voice->language);

      dhk_table_row_take (row, g_strdup_printf ("%u. %s", i + 1, label), 1, DHK_ALIGN_START, FALSE);
      add_description (row, voice, result, group, y);
      for (guint j = 0; j + 4 <= table->n_columns; j++)
        {
          if (j == i)
            dhk_table_row_add (row, "–", 1, DHK_ALIGN_DECIMAL, FALSE);
          else if (j > i)
            dhk_table_row_add (row, "", 1, DHK_ALIGN_DECIMAL, FALSE);
          else
            add_correlation (
                row, voice,
                find_correlation (result, members, g_array_index (measures, Measure, j), y));
        }
    }
}

DhkTable *
dhk_table_new_correlations (const DhkResult *result, const DhkVoice *voice)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  DhkTable *table;
  DhkTableRow *row;
  guint n_measures = 0;

  for (guint group = 0; group < result->analysis->groups->len; group++)
    {
      GArray *measures = find_measures (result, group);

      n_measures = MAX (n_measures, measures->len);
      g_ptr_array_add (blocks, measures);
    }

  table = dhk_table_new_empty (3 + n_measures);
  row = dhk_table_add_row (table, TRUE);
  dhk_table_row_add (row, dhk_voice_get (voice, N_ ("Variable")), 1, DHK_ALIGN_START, FALSE);
  dhk_table_row_add (row, "M", 1, DHK_ALIGN_CENTRE, FALSE);
  dhk_table_row_add (row, "SD", 1, DHK_ALIGN_CENTRE, FALSE);
  for (guint i = 0; i < n_measures; i++)
    dhk_table_row_take (row, g_strdup_printf ("%u", i + 1), 1, DHK_ALIGN_CENTRE, FALSE);
  for (guint group = 0; group < blocks->len; group++)
    if (((GArray *) g_ptr_array_index (blocks, group))->len > 0)
      add_correlation_block (table, voice, result, group, g_ptr_array_index (blocks, group));
  return table;
}
