/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The writer is our own because a number must be the shortest text that reads
 * back as the same double, and a cell stands on one line.
 */
#include "report/dhk-json.h"

#include <math.h>

#include "base/dhk-number.h"

typedef struct
{
  const DhkResult *result;
  GString *text;
  gboolean first; /* nothing stands before in this object or array */
} Writer;

/* Values ------------------------------------------------------------------ */

static void
write_string (Writer *self, const char *value)
{
  g_string_append_c (self->text, '"');
  for (const char *p = value; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (self->text, "\\%c", *p);
    else if ((guchar) *p < 0x20)
      g_string_append_printf (self->text, "\\u%04x", (guint) *p);
    else
      g_string_append_c (self->text, *p);
  g_string_append_c (self->text, '"');
}

static void
separate (Writer *self, const char *separator)
{
  if (!self->first)
    g_string_append (self->text, separator);
  self->first = FALSE;
}

static void
write_key (Writer *self, const char *key)
{
  separate (self, ", ");
  write_string (self, key);
  g_string_append (self->text, ": ");
}

static void
add_string (Writer *self, const char *key, const char *value)
{
  write_key (self, key);
  if (value != NULL)
    write_string (self, value);
  else
    g_string_append (self->text, "null");
}

static void
add_number (Writer *self, const char *key, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  write_key (self, key);
  g_string_append (self->text, isfinite (value) ? dhk_number_to_file (value, buffer) : "null");
}

static void
add_count (Writer *self, const char *key, guint value)
{
  write_key (self, key);
  g_string_append_printf (self->text, "%u", value);
}

/* Opens "[" or "{"; close() ends it. What follows inside is the first. */
static void
open_list (Writer *self, const char *bracket)
{
  g_string_append (self->text, bracket);
  self->first = TRUE;
}

static void
close_list (Writer *self, const char *bracket)
{
  g_string_append (self->text, bracket);
  self->first = FALSE;
}

/* A new object on a line of its own, in an array. */
static void
open_row (Writer *self)
{
  separate (self, ",");
  open_list (self, "\n    {");
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

  if (dhk_instrument_get_variable (analysis->instrument, variable)->kind == DHK_VARIABLE_CATEGORY)
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
        add_string (self, variable->id, get_category_id (variable, categories[i]));
    }
}

static void
add_group (Writer *self, const DhkGroup *group)
{
  const DhkInstrument *instrument = self->result->analysis->instrument;

  add_string (self, "respondent_type", dhk_instrument_get_role (instrument, group->role)->id);
  add_string (self, "over",
              group->target != DHK_NO_TARGET
                  ? dhk_instrument_get_target (instrument, (guint) group->target)->id
                  : NULL);
  add_categories (self, group->categories);
}

static void
add_scale (Writer *self, const char *key, guint scale)
{
  add_string (self, key, dhk_instrument_get_scale (self->result->analysis->instrument, scale)->id);
}

/* Counts ------------------------------------------------------------------ */

static void
add_count_row (Writer *self, const DhkCount *count)
{
  const DhkAnalysis *analysis = self->result->analysis;
  DhkGroup group = dhk_group_init (0, DHK_NO_TARGET);

  if (count->group != DHK_ALL_GROUPS)
    group = *get_group (self, count->group);
  if (count->category >= 0)
    group.categories[analysis->row_variable] = (gint8) count->category;

  open_row (self);
  add_string (self, "respondent_type",
              count->group != DHK_ALL_GROUPS
                  ? dhk_instrument_get_role (analysis->instrument, group.role)->id
                  : NULL);
  add_categories (self, group.categories);
  add_count (self, "n", count->n);
  close_list (self, "}");
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
      add_count (self, "n", cell->n);
      add_number (self, "mean", cell->mean);
      add_number (self, "sd", cell->sd);
      close_list (self, "}");
    }
}

static const char *
get_method_name (DhkMethod method)
{
  switch (method)
    {
    case DHK_METHOD_ANOVA:
      return "anova";
    case DHK_METHOD_WELCH_ANOVA:
      return "welch-anova";
    case DHK_METHOD_STUDENT_T:
      return "student-t";
    case DHK_METHOD_WELCH_T:
      return "welch-t";
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
add_post_hoc (Writer *self, const DhkTest *test)
{
  write_key (self, "post_hoc");
  if (test->post_hoc == DHK_POST_HOC_NONE)
    {
      g_string_append (self->text, "null");
      return;
    }
  open_list (self, "{");
  add_string (self, "method", test->post_hoc == DHK_POST_HOC_HOLM ? "holm" : "tukey-kramer");
  write_key (self, "pairs");
  open_list (self, "[");
  for (guint i = 0; i < test->pairs->len; i++)
    {
      const DhkPairResult *pair = &g_array_index (test->pairs, DhkPairResult, i);

      separate (self, ", ");
      open_list (self, "{");
      add_count (self, "a", pair->a);
      add_count (self, "b", pair->b);
      add_number (self, "difference", pair->difference);
      add_number (self, "se", pair->se);
      add_number (self, "p", pair->p);
      add_number (self, "ci_low", pair->ci_low);
      add_number (self, "ci_high", pair->ci_high);
      close_list (self, "}");
    }
  close_list (self, "]");
  close_list (self, "}");
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
  add_string (self, "family", test->family);
  add_categories (self, shared);
  add_string (self, "method", get_method_name (test->method));
  write_key (self, "groups");
  open_list (self, "[");
  for (guint i = 0; i < test->groups->len; i++)
    {
      separate (self, ", ");
      open_list (self, "{");
      add_group (self, get_group (self, g_array_index (test->groups, guint, i)));
      close_list (self, "}");
    }
  close_list (self, "]");
  add_number (self, "statistic", test->statistic);
  add_number (self, "df1", test->df1);
  add_number (self, "df2", test->df2);
  add_number (self, "p", test->p);
  add_number (self, "p_adjusted", test->p_adjusted);
  add_string (self, "correction", correction);
  add_number (self, "eta_squared", test->eta_squared);
  add_number (self, "d", test->d);
  add_post_hoc (self, test);
  add_string (self, "undefined", test->undefined);
  close_list (self, "}");
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
      add_number (self, "alpha", it->alpha);
      add_number (self, "ci_low", it->ci_low);
      add_number (self, "ci_high", it->ci_high);
      add_count (self, "n", it->n);
      add_count (self, "items",
                 dhk_instrument_get_scale (self->result->analysis->instrument, it->scale)->n_items);
      close_list (self, "}");
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
        add_string (self, "x",
                    dhk_instrument_get_variable (instrument, (guint) it->x_variable)->id);
      else
        add_scale (self, "x", (guint) it->x_scale);
      add_scale (self, "y", it->y_scale);
      add_group (self, &it->group);
      add_number (self, "r", it->r);
      add_number (self, "p", it->p);
      add_count (self, "n", it->n);
      add_number (self, "ci_low", it->ci_low);
      add_number (self, "ci_high", it->ci_high);
      close_list (self, "}");
    }
}

/* ------------------------------------------------------------------------- */

static void
open_array (Writer *self, const char *key)
{
  separate (self, ",");
  g_string_append_printf (self->text, "\n  \"%s\": ", key);
  open_list (self, "[");
}

static void
close_array (Writer *self)
{
  close_list (self, self->first ? "]" : "\n  ]");
}

static void
add_table_id (Writer *self, const char *table)
{
  gboolean is_number = *table != '\0' && strspn (table, "0123456789") == strlen (table)
                       && (table[0] != '0' || table[1] == '\0');

  g_string_append (self->text, "\n  \"table\": ");
  if (is_number)
    g_string_append (self->text, table);
  else
    write_string (self, table);
  self->first = FALSE;
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
  Writer self = { result, NULL, TRUE };

  g_return_val_if_fail (result != NULL && table != NULL, NULL);

  self.text = g_string_new ("{");
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
  g_string_append (self.text, "\n}\n");
  return g_string_free (self.text, FALSE);
}
