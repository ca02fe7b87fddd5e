/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Means: a row per scale, M and SD per group under a spanner with its n, and
 * what the tests say of the row. F or t stands with its degrees of freedom in
 * the head where all rows have the same; the note has them otherwise.
 */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/dhk-table-build.h"

static const DhkTest *
find_main_test (const DhkResult *result, guint scale)
{
  for (guint i = 0; i < result->tests->len; i++)
    {
      const DhkTest *test = g_ptr_array_index (result->tests, i);

      if (test->scale == scale && dhk_test_is_main (test))
        return test;
    }
  return NULL;
}

/* "F(2, 171)", or "F" where the rows differ. */
static char *
get_statistic_head (const DhkVoice *voice, const DhkResult *result)
{
  const char *symbol = result->analysis->design == DHK_DESIGN_ANOVA ? "F" : "t";
  g_autofree char *common = NULL;

  for (guint i = 0; i < result->tests->len; i++)
    {
      const DhkTest *test = g_ptr_array_index (result->tests, i);
      g_autofree char *name = NULL;

      if (!dhk_test_is_main (test) || test->undefined != NULL)
        continue;
      name = dhk_voice_statistic_name (voice, symbol, test->df1, test->df2);
      if (common == NULL)
        common = g_steal_pointer (&name);
      else if (g_strcmp0 (common, name) != 0)
        return g_strdup (symbol);
    }
  return common != NULL ? g_steal_pointer (&common) : g_strdup (symbol);
}

static guint
count_test_columns (DhkDesign design)
{
  switch (design)
    {
    case DHK_DESIGN_ANOVA: /* F, p, difference */
    case DHK_DESIGN_T:     /* t, p, d */
      return 3;
    case DHK_DESIGN_PAIRS: /* difference */
      return 1;
    case DHK_DESIGN_NONE:
    default:
      return 0;
    }
}

static void
add_spanners (DhkTable *table, const DhkVoice *voice, const DhkResult *result)
{
  DhkTableRow *row = dhk_table_add_row (table, TRUE);
  DhkDesign design = result->analysis->design;
  gboolean letters = design == DHK_DESIGN_ANOVA || design == DHK_DESIGN_PAIRS;

  dhk_table_row_add (row, "", 1, DHK_ALIGN_START, FALSE);
  for (guint i = 0; i < result->analysis->groups->len; i++)
    {
      g_autofree char *label = dhk_voice_group (voice, result, i);
      g_autofree char *letter = dhk_voice_letter (i);
      gboolean total = g_array_index (result->analysis->groups, DhkGroup, i).is_total;
      char *head = g_strdup_printf ("%s%s%s%s (n = %u)", letters && !total ? "(" : "",
                                    letters && !total ? letter : "", letters && !total ? ") " : "",
                                    label, g_array_index (result->group_scored, guint, i));

      dhk_table_row_take (row, head, 2, DHK_ALIGN_CENTRE, FALSE);
    }
  for (guint i = 0; i < count_test_columns (design); i++)
    dhk_table_row_add (row, "", 1, DHK_ALIGN_CENTRE, FALSE);
}

static void
add_heads (DhkTable *table, const DhkVoice *voice, const DhkResult *result)
{
  DhkTableRow *row = dhk_table_add_row (table, TRUE);
  DhkDesign design = result->analysis->design;

  dhk_table_row_add (row, dhk_voice_get (voice, N_ ("Scale")), 1, DHK_ALIGN_START, FALSE);
  for (guint i = 0; i < result->analysis->groups->len; i++)
    {
      dhk_table_row_add (row, "M", 1, DHK_ALIGN_CENTRE, FALSE);
      dhk_table_row_add (row, "SD", 1, DHK_ALIGN_CENTRE, FALSE);
    }
  if (design == DHK_DESIGN_ANOVA || design == DHK_DESIGN_T)
    {
      dhk_table_row_take (row, get_statistic_head (voice, result), 1, DHK_ALIGN_CENTRE, FALSE);
      dhk_table_row_add (row, "p", 1, DHK_ALIGN_CENTRE, FALSE);
    }
  if (design == DHK_DESIGN_T)
    dhk_table_row_add (row, "d", 1, DHK_ALIGN_CENTRE, FALSE);
  if (design == DHK_DESIGN_ANOVA || design == DHK_DESIGN_PAIRS)
    dhk_table_row_add (row, dhk_voice_get (voice, N_ ("Difference")), 1, DHK_ALIGN_START, FALSE);
}

/* "a > b**; a > c***", "n.s.", or a dash where nothing could be tested. */
static char *
get_difference (const DhkVoice *voice, const DhkResult *result, guint scale)
{
  g_autoptr (GArray) differences = dhk_result_find_differences (result, scale);
  GString *text = g_string_new (NULL);
  gboolean tested = FALSE, asked = FALSE;

  for (guint i = 0; i < differences->len; i++)
    {
      const DhkDifference *it = &g_array_index (differences, DhkDifference, i);
      g_autofree char *higher = dhk_voice_letter (it->higher);
      g_autofree char *lower = dhk_voice_letter (it->lower);

      g_string_append_printf (text, "%s%s > %s%s", i > 0 ? "; " : "", higher, lower,
                              dhk_voice_get_stars (it->p));
    }
  for (guint i = 0; i < result->tests->len; i++)
    {
      const DhkTest *test = g_ptr_array_index (result->tests, i);

      asked = asked || test->scale == scale;
      tested = tested || (test->scale == scale && test->undefined == NULL);
    }
  if (differences->len == 0 && asked)
    /* TRANSLATORS: not significant, in a narrow column */
    g_string_append (text, tested ? dhk_voice_get (voice, N_ ("n.s.")) : "–");
  return g_string_free (text, FALSE);
}

static void
add_test (DhkTableRow *row, const DhkVoice *voice, const DhkResult *result, guint scale)
{
  const DhkTest *test = find_main_test (result, scale);
  DhkDesign design = result->analysis->design;

  if (design == DHK_DESIGN_ANOVA || design == DHK_DESIGN_T)
    {
      if (test == NULL)
        {
          dhk_table_row_add (row, "", 1, DHK_ALIGN_DECIMAL, FALSE);
          dhk_table_row_add (row, "", 1, DHK_ALIGN_DECIMAL, FALSE);
        }
      else
        {
          dhk_table_row_add_number (row, voice, DHK_NUMBER_STATISTIC, test->statistic, FALSE);
          dhk_table_row_add_number (row, voice, DHK_NUMBER_P, test->p, FALSE);
        }
    }
  if (design == DHK_DESIGN_T && test == NULL)
    dhk_table_row_add (row, "", 1, DHK_ALIGN_DECIMAL, FALSE);
  else if (design == DHK_DESIGN_T)
    dhk_table_row_add_number (row, voice, DHK_NUMBER_D, test->d, FALSE);
  else if (design != DHK_DESIGN_NONE)
    dhk_table_row_take (row, get_difference (voice, result, scale), 1, DHK_ALIGN_START, FALSE);
}

DhkTable *
dhk_table_new_means (const DhkResult *result, const DhkVoice *voice)
{
  const DhkAnalysis *analysis = result->analysis;
  DhkTable *table
      = dhk_table_new_empty (1 + 2 * analysis->groups->len + count_test_columns (analysis->design));

  add_spanners (table, voice, result);
  add_heads (table, voice, result);
  for (guint i = 0; i < analysis->scales->len; i++)
    {
      guint scale = g_array_index (analysis->scales, guint, i);
      DhkTableRow *row = dhk_table_add_row (table, FALSE);

      dhk_table_row_add (row, dhk_voice_scale (voice, result, scale), 1, DHK_ALIGN_START, FALSE);
      for (guint group = 0; group < analysis->groups->len; group++)
        {
          const DhkCell *cell = dhk_result_get_cell (result, scale, group);

          if (cell == NULL)
            {
              dhk_table_row_add (row, "", 1, DHK_ALIGN_DECIMAL, FALSE);
              dhk_table_row_add (row, "", 1, DHK_ALIGN_DECIMAL, FALSE);
              continue;
            }
          dhk_table_row_add_number (row, voice, DHK_NUMBER_MEAN, cell->mean, FALSE);
          dhk_table_row_add_number (row, voice, DHK_NUMBER_SD, cell->sd, FALSE);
        }
      add_test (row, voice, result, scale);
    }
  return table;
}
