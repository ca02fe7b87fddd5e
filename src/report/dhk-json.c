/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/dhk-json.h"

#include <math.h>

#include "base/dhk-json-writer.h"

typedef struct
{
  const DhkResult *result;
  DhkJsonWriter json;
} Writer;

/* A new object on a line of its own, in an array. */
static void
open_row (Writer *self)
{
  dhk_json_separate (&self->json, ",");
  dhk_json_open (&self->json, "\n    {");
}

/* Groups ------------------------------------------------------------------ */

static const DhkGroup *
get_group (const Writer *self, guint i)
{
  return &g_array_index (self->result->analysis->groups, DhkGroup, i);
}

static const char *
get_category_id (const DhkVariable *variable, int category)
{
  if (category < 0)
    return NULL;
  return variable->kind == DHK_VARIABLE_CATEGORY ? variable->categories[category].id
                                                 : variable->bands[category].id;
}

/* A number variable has a key only where the table splits or filters by its bands. */
static gboolean
has_key (const Writer *self, guint variable)
{
  const DhkAnalysis *analysis = self->result->analysis;
  const DhkVariable *of = dhk_instrument_get_variable (analysis->instrument, variable);

  /* One of several choices is no background that every row has. */
  if (of->kind == DHK_VARIABLE_CATEGORY && of->choices < 0)
    return TRUE;
  for (guint i = 0; i < analysis->groups->len; i++)
    if (get_group (self, i)->categories[variable] >= 0)
      return TRUE;
  return FALSE;
}

static void
add_categories (Writer *self, const gint8 *categories)
{
  const DhkInstrument *instrument = self->result->analysis->instrument;

  for (guint i = 0; i < dhk_instrument_get_n_variables (instrument); i++)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, i);

      if (has_key (self, i))
        dhk_json_add_string (&self->json, variable->id, get_category_id (variable, categories[i]));
    }
}

static void
add_group (Writer *self, const DhkGroup *group)
{
  const DhkInstrument *instrument = self->result->analysis->instrument;

  dhk_json_add_string (&self->json, "respondent_type",
                       dhk_instrument_get_role (instrument, group->role)->id);
  dhk_json_add_string (&self->json, "over",
                       group->target != DHK_NO_TARGET
                           ? dhk_instrument_get_target (instrument, (guint) group->target)->id
                           : NULL);
  add_categories (self, group->categories);
}

static void
add_scale (Writer *self, const char *key, guint scale)
{
  dhk_json_add_string (&self->json, key,
                       dhk_instrument_get_scale (self->result->analysis->instrument, scale)->id);
}

/* Counts ------------------------------------------------------------------ */

/* Which choice, and its share of who answered; neither in the row of who answered. */
static void
add_choice (Writer *self, const DhkCount *count)
{
  const DhkAnalysis *analysis = self->result->analysis;
  const DhkChoices *choices
      = dhk_instrument_get_choices (analysis->instrument, (guint) analysis->row_choices);
  const DhkCount *answered = dhk_result_get_count (self->result, count->group, -1);

  if (count->category < 0)
    return;
  dhk_json_add_string (&self->json, choices->id, choices->choices[count->category].id);
  dhk_json_add_number (&self->json, "percent",
                       answered->n > 0 ? 100.0 * count->n / answered->n : NAN);
}

static void
add_count_row (Writer *self, const DhkCount *count)
{
  const DhkAnalysis *analysis = self->result->analysis;
  DhkGroup group = dhk_group_init (0, DHK_NO_TARGET);

  if (count->group != DHK_ALL_GROUPS)
    group = *get_group (self, count->group);
  if (count->category >= 0 && analysis->row_variable >= 0)
    group.categories[analysis->row_variable] = (gint8) count->category;

  open_row (self);
  dhk_json_add_string (&self->json, "respondent_type",
                       count->group != DHK_ALL_GROUPS
                           ? dhk_instrument_get_role (analysis->instrument, group.role)->id
                           : NULL);
  add_categories (self, group.categories);
  if (analysis->row_choices >= 0)
    add_choice (self, count);
  dhk_json_add_count (&self->json, "n", count->n);
  dhk_json_close (&self->json, "}");
}

static void
add_counts (Writer *self, gboolean totals)
{
  for (guint i = 0; i < self->result->counts->len; i++)
    {
      const DhkCount *count = &g_array_index (self->result->counts, DhkCount, i);
      gboolean is_total = count->category < 0 || count->group == DHK_ALL_GROUPS
                          || get_group (self, count->group)->is_total;

      if (is_total == totals && (totals || count->n > 0))
        add_count_row (self, count);
    }
}

/* Means ------------------------------------------------------------------- */

static void
add_cells (Writer *self)
{
  for (guint i = 0; i < self->result->cells->len; i++)
    {
      const DhkCell *cell = &g_array_index (self->result->cells, DhkCell, i);

      open_row (self);
      add_scale (self, "scale", cell->scale);
      add_group (self, get_group (self, cell->group));
      dhk_json_add_count (&self->json, "n", cell->n);
      dhk_json_add_number (&self->json, "mean", cell->mean);
      dhk_json_add_number (&self->json, "sd", cell->sd);
      dhk_json_close (&self->json, "}");
    }
}

static const char *
get_method_name (DhkTestMethod method)
{
  switch (method)
    {
    case DHK_TEST_ANOVA:
      return "anova";
    case DHK_TEST_WELCH_ANOVA:
      return "welch-anova";
    case DHK_TEST_STUDENT_T:
      return "student-t";
    case DHK_TEST_WELCH_T:
      return "welch-t";
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
add_post_hoc (Writer *self, const DhkTest *test)
{
  dhk_json_write_key (&self->json, "post_hoc");
  if (test->post_hoc == DHK_POST_HOC_NONE)
    {
      g_string_append (self->json.text, "null");
      return;
    }
  dhk_json_open (&self->json, "{");
  dhk_json_add_string (&self->json, "method",
                       test->post_hoc == DHK_POST_HOC_HOLM ? "holm" : "tukey-kramer");
  dhk_json_write_key (&self->json, "pairs");
  dhk_json_open (&self->json, "[");
  for (guint i = 0; i < test->pairs->len; i++)
    {
      const DhkPairResult *pair = &g_array_index (test->pairs, DhkPairResult, i);

      dhk_json_separate (&self->json, ", ");
      dhk_json_open (&self->json, "{");
      dhk_json_add_count (&self->json, "a", pair->a);
      dhk_json_add_count (&self->json, "b", pair->b);
      dhk_json_add_number (&self->json, "difference", pair->difference);
      dhk_json_add_number (&self->json, "se", pair->se);
      dhk_json_add_number (&self->json, "p", pair->p);
      dhk_json_add_number (&self->json, "ci_low", pair->ci_low);
      dhk_json_add_number (&self->json, "ci_high", pair->ci_high);
      dhk_json_close (&self->json, "}");
    }
  dhk_json_close (&self->json, "]");
  dhk_json_close (&self->json, "}");
}

/* The categories that all groups of the test share; -1 where they do not. */
static void
find_shared (const Writer *self, const DhkTest *test, gint8 *categories)
{
  for (guint i = 0; i < DHK_MAX_VARIABLES; i++)
    categories[i] = -1;
  if (test->groups->len == 0)
    return;
  for (guint i = 0; i < DHK_MAX_VARIABLES; i++)
    {
      categories[i] = get_group (self, g_array_index (test->groups, guint, 0))->categories[i];
      for (guint j = 1; j < test->groups->len; j++)
        if (get_group (self, g_array_index (test->groups, guint, j))->categories[i]
            != categories[i])
          categories[i] = -1;
    }
}

static void
add_test (Writer *self, const DhkTest *test)
{
  const char *correction = NULL;
  gint8 shared[DHK_MAX_VARIABLES];

  find_shared (self, test, shared);
  if (!isnan (test->p_adjusted))
    correction = "holm";

  open_row (self);
  add_scale (self, "scale", test->scale);
  dhk_json_add_string (&self->json, "family", test->family);
  add_categories (self, shared);
  dhk_json_add_string (&self->json, "method", get_method_name (test->method));
  dhk_json_write_key (&self->json, "groups");
  dhk_json_open (&self->json, "[");
  for (guint i = 0; i < test->groups->len; i++)
    {
      dhk_json_separate (&self->json, ", ");
      dhk_json_open (&self->json, "{");
      add_group (self, get_group (self, g_array_index (test->groups, guint, i)));
      dhk_json_close (&self->json, "}");
    }
  dhk_json_close (&self->json, "]");
  dhk_json_add_number (&self->json, "statistic", test->statistic);
  dhk_json_add_number (&self->json, "df1", test->df1);
  dhk_json_add_number (&self->json, "df2", test->df2);
  dhk_json_add_number (&self->json, "p", test->p);
  dhk_json_add_number (&self->json, "p_adjusted", test->p_adjusted);
  dhk_json_add_string (&self->json, "correction", correction);
  dhk_json_add_number (&self->json, "eta_squared", test->eta_squared);
  dhk_json_add_number (&self->json, "d", test->d);
  add_post_hoc (self, test);
  dhk_json_add_string (&self->json, "undefined", test->undefined);
  dhk_json_close (&self->json, "}");
}

/* Reliability and correlations -------------------------------------------- */

static void
add_reliabilities (Writer *self)
{
  for (guint i = 0; i < self->result->reliabilities->len; i++)
    {
      const DhkReliabilityResult *it = g_ptr_array_index (self->result->reliabilities, i);

      open_row (self);
      add_scale (self, "scale", it->scale);
      add_group (self, get_group (self, it->group));
      dhk_json_add_number (&self->json, "alpha", it->alpha);
      dhk_json_add_number (&self->json, "ci_low", it->ci_low);
      dhk_json_add_number (&self->json, "ci_high", it->ci_high);
      dhk_json_add_count (&self->json, "n", it->n);
      dhk_json_add_count (
          &self->json, "items",
          dhk_instrument_get_scale (self->result->analysis->instrument, it->scale)->n_items);
      dhk_json_close (&self->json, "}");
    }
}

static void
add_correlations (Writer *self)
{
  const DhkInstrument *instrument = self->result->analysis->instrument;

  for (guint i = 0; i < self->result->correlations->len; i++)
    {
      const DhkCorrelationResult *it
          = &g_array_index (self->result->correlations, DhkCorrelationResult, i);

      open_row (self);
      if (it->x_variable >= 0)
        dhk_json_add_string (&self->json, "x",
                             dhk_instrument_get_variable (instrument, (guint) it->x_variable)->id);
      else
        add_scale (self, "x", (guint) it->x_scale);
      add_scale (self, "y", it->y_scale);
      add_group (self, &it->group);
      dhk_json_add_number (&self->json, "r", it->r);
      dhk_json_add_number (&self->json, "p", it->p);
      dhk_json_add_count (&self->json, "n", it->n);
      dhk_json_add_number (&self->json, "ci_low", it->ci_low);
      dhk_json_add_number (&self->json, "ci_high", it->ci_high);
      dhk_json_close (&self->json, "}");
    }
}

/* ------------------------------------------------------------------------- */

static void
open_array (Writer *self, const char *key)
{
  dhk_json_separate (&self->json, ",");
  g_string_append_printf (self->json.text, "\n  \"%s\": ", key);
  dhk_json_open (&self->json, "[");
}

static void
close_array (Writer *self)
{
  dhk_json_close (&self->json, self->json.first ? "]" : "\n  ]");
}

static void
add_table_id (Writer *self, const char *table)
{
  gboolean is_number = *table != '\0' && strspn (table, "0123456789") == strlen (table)
                       && (table[0] != '0' || table[1] == '\0');

  g_string_append (self->json.text, "\n  \"table\": ");
  if (is_number)
    g_string_append (self->json.text, table);
  else
    dhk_json_write_string (&self->json, table);
  self->json.first = FALSE;
}

static void
add_main_cells (Writer *self)
{
  open_array (self, "cells");
  switch (self->result->analysis->kind)
    {
    case DHK_ANALYSIS_COUNTS:
      add_counts (self, FALSE);
      break;
    case DHK_ANALYSIS_MEANS:
      add_cells (self);
      break;
    case DHK_ANALYSIS_RELIABILITY:
      add_reliabilities (self);
      break;
    case DHK_ANALYSIS_CORRELATIONS:
      add_correlations (self);
      break;
    default:
      g_return_if_reached ();
    }
  close_array (self);
}

char *
dhk_result_to_json (const DhkResult *result, const char *table)
{
  Writer self = { result, { g_string_new ("{"), TRUE } };

  g_return_val_if_fail (result != NULL && table != NULL, NULL);

  add_table_id (&self, table);
  add_main_cells (&self);
  if (result->analysis->kind == DHK_ANALYSIS_COUNTS)
    {
      open_array (&self, "totals");
      add_counts (&self, TRUE);
      close_array (&self);
    }
  open_array (&self, "tests");
  for (guint i = 0; i < result->tests->len; i++)
    add_test (&self, g_ptr_array_index (result->tests, i));
  close_array (&self);
  if (result->analysis->kind == DHK_ANALYSIS_MEANS && result->correlations->len > 0)
    {
      open_array (&self, "correlations");
      add_correlations (&self);
      close_array (&self);
    }
  g_string_append (self.json.text, "\n}\n");
  return g_string_free (self.json.text, FALSE);
}
