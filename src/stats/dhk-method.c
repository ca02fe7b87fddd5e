/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-method.h"

#include "stats/methods/dhk-methods-private.h"

#include <math.h>
#include <string.h>

const DhkMethod *const *
dhk_method_list (size_t *n)
{
  *n = dhk_n_methods;
  return dhk_methods;
}

const DhkMethod *
dhk_method_find (const char *name)
{
  for (size_t i = 0; i < dhk_n_methods; i++)
    if (strcmp (dhk_methods[i]->name, name) == 0)
      return dhk_methods[i];
  return NULL;
}

void
dhk_method_get_defaults (const DhkMethod *self, double *options)
{
  for (size_t i = 0; i < self->n_options; i++)
    options[i] = self->options[i].fallback;
}

/* Checking */

/* The largest number of cases that a summary may claim: whole numbers of a double end above. */
#define DHK_MAX_N 1e15

static bool
need_is_met (DhkNeed need, size_t n)
{
  return n >= need.least && n <= need.most;
}

static bool
option_is_valid (const DhkMethodOption *option, double value)
{
  /* only what has no fallback may be left open */
  if (isnan (value))
    return isnan (option->fallback);
  if (!(value >= option->min && value <= option->max))
    return false;
  return option->kind == DHK_OPTION_NUMBER || value <= floor (value);
}

static bool
factor_is_valid (const DhkFactor *factor, size_t n)
{
  for (size_t i = 0; i < n; i++)
    if (factor->code[i] >= 0 && (size_t) factor->code[i] >= factor->n_levels)
      return false;
  return true;
}

static bool
data_are_valid (const DhkMethod *self, const DhkMethodInput *input)
{
  const size_t given[DHK_N_ROLES] = {
    [DHK_ROLE_VALUE] = input->n_values,          [DHK_ROLE_GROUP] = input->n_groups,
    [DHK_ROLE_PREDICTOR] = input->n_predictors,  [DHK_ROLE_WEIGHT] = input->weight != NULL,
    [DHK_ROLE_CLUSTER] = input->cluster != NULL,
  };

  for (int role = 0; role < DHK_N_ROLES; role++)
    if (!need_is_met (self->needs[role], given[role]))
      return false;
  if (input->n_groups > 0 && self->levels.most > 0
      && !need_is_met (self->levels, input->groups[0].n_levels))
    return false;
  for (size_t i = 0; i < input->n_groups; i++)
    if (!factor_is_valid (&input->groups[i], input->n))
      return false;
  return input->cluster == NULL || factor_is_valid (input->cluster, input->n);
}

static size_t
count_words (const char *text)
{
  size_t n = *text != '\0';

  for (; *text != '\0'; text++)
    n += *text == ' ';
  return n;
}

/* Whether the first column, where it is a number of cases, is one. */
static bool
counts_are_valid (const DhkMethod *self, const DhkMethodInput *input)
{
  if (strncmp (self->summary_columns, "n ", 2) != 0)
    return true;
  for (size_t i = 0; i < input->n_summary_rows; i++)
    {
      double n = input->summary[i * input->n_summary_columns];

      if (!(n >= 0 && n <= DHK_MAX_N && n <= floor (n)))
        return false;
    }
  return true;
}

static bool
summary_is_valid (const DhkMethod *self, const DhkMethodInput *input)
{
  size_t columns;

  if (self->summary_columns == NULL || !need_is_met (self->summary_rows, input->n_summary_rows)
      || !counts_are_valid (self, input))
    return false;
  columns = count_words (self->summary_columns);
  /* "count …": one or more of the last */
  if (strstr (self->summary_columns, "…") != NULL)
    return input->n_summary_columns >= columns - 1;
  return input->n_summary_columns == columns;
}

DhkStatsStatus
dhk_method_run (const DhkMethod *self, const DhkMethodInput *input, DhkRecord *record)
{
  DhkStatsStatus status;

  for (size_t i = 0; i < self->n_options; i++)
    if (!option_is_valid (&self->options[i], input->options[i]))
      return DHK_STATS_BAD_ARGUMENT;
  if (input->summary != NULL ? !summary_is_valid (self, input) : !data_are_valid (self, input))
    return DHK_STATS_BAD_ARGUMENT;

  status = self->run (input, record);
  return dhk_record_failed (record) ? DHK_STATS_NO_MEMORY : status;
}
