/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-audit-private.h"
#include "stats/dhk-part-whole-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_PARTS 500
/* GRIMMER with the ends of the scale takes long where n respondents can give more points than
 * this, and refutes little then. */
#define MOST_FOR_ENDS 60

const char *const dhk_audit_kind_names[]
    = { "total", "same", "same n", "subscales", "alpha", NULL };
const char *const dhk_audit_quantity_names[]
    = { "n", "M", "SD", "lowest alpha", "highest alpha", NULL };

void
dhk_audit_model_clear (DhkAuditModel *self)
{
  for (size_t i = 0; self->relations != NULL && i < self->n_relations; i++)
    free ((size_t *) self->relations[i].parts);
  free (self->cells);
  free (self->relations);
  free (self->constraints);
  free (self->printed);
  free (self->free);
  free (self->now);
  free (self->points);
  free (self->mean_is_doubtful);
  free (self->sd_is_doubtful);
  free (self->groups);
  free (self->stamp);
  free (self->seen);
  *self = (DhkAuditModel){ 0 };
}

/* Arguments */

static DhkStatsStatus
check_cell (const DhkAuditCell *cell)
{
  DhkStatsStatus status = DHK_STATS_OK;

  if (!(cell->answers.step > 0) || cell->answers.min >= cell->answers.max
      || isinf (cell->answers.min) || isinf (cell->answers.max))
    return DHK_STATS_BAD_ARGUMENT;
  if (!isnan (cell->mean))
    status = dhk_rounding_range (cell->mean, cell->mean_decimals).status;
  if (status == DHK_STATS_OK && !isnan (cell->sd))
    status = dhk_rounding_range_of_sd (cell->sd, cell->sd_decimals).status;
  if (status == DHK_STATS_OK && !isnan (cell->alpha_low))
    status = dhk_rounding_range (cell->alpha_low, cell->alpha_decimals).status;
  if (status == DHK_STATS_OK && !isnan (cell->alpha_low)
      && !(cell->alpha_low <= cell->alpha_high && cell->alpha_high <= 1))
    return DHK_STATS_BAD_ARGUMENT;
  if (status == DHK_STATS_OK && (fabs (cell->mean) > 1e9 || cell->sd > 1e9))
    return DHK_STATS_NOT_FINITE;
  return status;
}

static bool
has_twice (const DhkAuditRelation *relation)
{
  for (size_t i = 0; i < relation->n_parts; i++)
    {
      if (relation->parts[i] == relation->whole)
        return true;
      for (size_t j = 0; j < i; j++)
        if (relation->parts[i] == relation->parts[j])
          return true;
    }
  return false;
}

static DhkStatsStatus
check_relation (const DhkAuditModel *self, const DhkAuditRelation *relation)
{
  size_t items = 0;
  bool counted = relation->kind == DHK_AUDIT_TOTAL || relation->kind == DHK_AUDIT_SAME_N;

  if (relation->n_parts > MOST_PARTS || relation->n_among > MOST_PARTS)
    return DHK_STATS_TOO_LARGE;
  if (relation->whole >= self->n_printed || relation->n_parts == 0
      || (counted && self->cells[relation->whole].n == 0))
    return DHK_STATS_BAD_ARGUMENT;
  for (size_t i = 0; i < relation->n_parts; i++)
    {
      if (relation->parts[i] >= self->n_printed)
        return DHK_STATS_BAD_ARGUMENT;
      if (counted && self->cells[relation->parts[i]].n == 0)
        return DHK_STATS_BAD_ARGUMENT;
      if ((relation->kind == DHK_AUDIT_SUBSCALES || relation->kind == DHK_AUDIT_ALPHA)
          && self->cells[relation->parts[i]].items == 0)
        return DHK_STATS_BAD_ARGUMENT;
      items += self->cells[relation->parts[i]].items;
    }
  if (relation->kind == DHK_AUDIT_SUBSCALES && self->cells[relation->whole].items > 0
      && self->cells[relation->whole].items != items)
    return DHK_STATS_BAD_ARGUMENT;
  for (size_t i = 0; i < relation->n_among; i++)
    if (relation->among[i] >= self->n_printed)
      return DHK_STATS_BAD_ARGUMENT;
  return has_twice (relation) ? DHK_STATS_BAD_ARGUMENT : DHK_STATS_OK;
}

size_t
dhk_audit_model_subscales (const DhkAuditModel *self, size_t cell)
{
  for (size_t i = 0; i < self->n_relations; i++)
    if (self->relations[i].kind == DHK_AUDIT_SUBSCALES && self->relations[i].whole == cell)
      return i;
  return self->n_relations;
}

/* The alphas have a number each, and every total scale has as many subscales. */
static bool
alphas_are_complete (const DhkAuditModel *self, const DhkAuditRelation *relation)
{
  if (isnan (self->cells[relation->whole].alpha_low) || relation->n_among == 0)
    return false;
  for (size_t i = 0; i < relation->n_parts; i++)
    if (isnan (self->cells[relation->parts[i]].alpha_low))
      return false;
  for (size_t i = 0; i < relation->n_among; i++)
    {
      size_t scale = dhk_audit_model_subscales (self, relation->among[i]);

      if (scale == self->n_relations || self->relations[scale].n_parts != relation->n_parts)
        return false;
      for (size_t j = 0; j < relation->n_parts; j++)
        if (self->cells[self->relations[scale].parts[j]].items
            != self->cells[relation->parts[j]].items)
          return false;
    }
  return true;
}

/* Cells */

static size_t
count_parts (const DhkAuditModel *self, const DhkAuditRelation *relation)
{
  size_t n = 0;

  for (size_t i = 0; i < relation->n_parts; i++)
    n += self->cells[relation->parts[i]].n;
  return n;
}

/* A copy of `relation`, with one more part where a total has more respondents than its parts. */
static DhkStatsStatus
take_relation (DhkAuditModel *self, size_t i, const DhkAuditRelation *relation)
{
  DhkStatsStatus status = check_relation (self, relation);
  size_t *parts, n_parts, n;

  if (status != DHK_STATS_OK)
    return status;
  parts = calloc (relation->n_parts + 1, sizeof *parts);
  if (parts == NULL)
    return DHK_STATS_NO_MEMORY;
  memcpy (parts, relation->parts, relation->n_parts * sizeof *parts);
  self->relations[i] = *relation;
  self->relations[i].parts = parts;
  if (relation->kind != DHK_AUDIT_TOTAL)
    return DHK_STATS_OK;

  n_parts = count_parts (self, relation);
  n = self->cells[relation->whole].n;
  if (n_parts < n)
    {
      DhkAuditCell *missing = &self->cells[self->n_cells];

      *missing = self->cells[relation->whole];
      missing->n = n - n_parts;
      missing->mean = missing->sd = missing->alpha_low = missing->alpha_high = NAN;
      parts[relation->n_parts] = self->n_cells++;
      self->relations[i].n_parts++;
    }
  return DHK_STATS_OK;
}

/* Whether points are counted from 0 in whole steps. */
static bool
has_points (const DhkAuditCell *cell)
{
  double steps = isnan (cell->answers.min) ? 0 : cell->answers.min / cell->answers.step;

  return cell->n > 0 && cell->items > 0 && fabs (steps - nearbyint (steps)) < 1e-9
         && (double) cell->n * (double) cell->items * fabs (isnan (cell->mean) ? 1 : cell->mean)
                < 1e7 * cell->answers.step;
}

static void
free_domain (const DhkAuditCell *cell, DhkAuditDomain *domain)
{
  domain->mean = (DhkBounds){ isnan (cell->answers.min) ? -INFINITY : cell->answers.min,
                              isnan (cell->answers.max) ? INFINITY : cell->answers.max };
  domain->sd = (DhkBounds){ 0, cell->n == 1   ? 0
                               : cell->n == 0 ? INFINITY
                                              : dhk_largest_sd ((double) cell->n, domain->mean,
                                                                cell->answers) };
  domain->alpha_low = domain->alpha_high = (DhkBounds){ -INFINITY, 1 };
}

/* What one cell alone says: points that exist, on the scale, with an SD that they can have. */
static void
set_domain (DhkAuditModel *self, size_t i)
{
  DhkAuditCell *cell = &self->cells[i];
  DhkAuditDomain *domain = &self->printed[i];
  DhkEnclosure range;

  free_domain (cell, &self->free[i]);
  *domain = self->free[i];
  self->points[i] = has_points (cell);
  if (!isnan (cell->alpha_low))
    {
      range = dhk_rounding_range (cell->alpha_low, cell->alpha_decimals);
      domain->alpha_low = (DhkBounds){ range.low, fmin (1, range.high) };
      range = dhk_rounding_range (cell->alpha_high, cell->alpha_decimals);
      domain->alpha_high = (DhkBounds){ range.low, fmin (1, range.high) };
    }
  if (!isnan (cell->mean))
    {
      range = dhk_rounding_range (cell->mean, cell->mean_decimals);
      self->mean_is_doubtful[i] = dhk_enclosure_exceeds (domain->mean.low, range.high)
                                  || dhk_enclosure_exceeds (range.low, domain->mean.high);
      if (self->points[i])
        self->mean_is_doubtful[i]
            |= !dhk_grim (cell->n, cell->mean, cell->items, cell->mean_decimals, cell->answers)
                    .attainable;
      if (!self->mean_is_doubtful[i])
        domain->mean = (DhkBounds){ fmax (range.low, domain->mean.low),
                                    fmin (range.high, domain->mean.high) };
    }
  if (!isnan (cell->sd) && cell->n != 1)
    {
      range = dhk_rounding_range_of_sd (cell->sd, cell->sd_decimals);
      domain->sd = (DhkBounds){ range.low, range.high };
    }
}

static void
judge_sd (DhkAuditModel *self, size_t i)
{
  DhkAuditCell *cell = &self->cells[i];
  DhkAuditDomain *domain = &self->printed[i];
  DhkAnswerGrid answers = cell->answers;
  double largest;

  if (isnan (cell->sd) || cell->n < 2)
    return;
  largest = dhk_largest_sd ((double) cell->n, domain->mean, answers);
  self->sd_is_doubtful[i] = dhk_enclosure_exceeds (domain->sd.low, largest);
  if ((double) cell->n * (double) cell->items * (answers.max - answers.min) / answers.step
      > MOST_FOR_ENDS)
    answers.min = answers.max = NAN;
  if (self->points[i] && !isnan (cell->mean) && !self->mean_is_doubtful[i]
      && cell->sd_decimals == cell->mean_decimals)
    self->sd_is_doubtful[i]
        |= !dhk_grimmer (cell->n, cell->mean, cell->sd, cell->items, cell->sd_decimals, answers)
                .attainable;
  domain->sd = self->sd_is_doubtful[i]
                   ? self->free[i].sd
                   : (DhkBounds){ domain->sd.low, fmin (domain->sd.high, largest) };
  domain->sd.high = fmax (domain->sd.low, domain->sd.high);
}

/* Cells that are said to be the same group with another n: one n is wrong, and so are its points.
 */
static void
doubt_points (DhkAuditModel *self)
{
  for (size_t i = 0; i < self->n_relations; i++)
    {
      const DhkAuditRelation *relation = &self->relations[i];
      bool equal = true;

      if (relation->kind == DHK_AUDIT_TOTAL || relation->kind == DHK_AUDIT_ALPHA)
        continue;
      for (size_t j = 0; j < relation->n_parts; j++)
        equal &= self->cells[relation->parts[j]].n == self->cells[relation->whole].n;
      if (equal)
        continue;
      self->points[relation->whole] = false;
      for (size_t j = 0; j < relation->n_parts; j++)
        self->points[relation->parts[j]] = false;
    }
}

/* Constraints */

static void
add_constraints (DhkAuditModel *self, size_t i)
{
  const DhkAuditRelation *relation = &self->relations[i];
  size_t n = self->cells[relation->whole].n;

  if (relation->kind == DHK_AUDIT_SAME_N)
    return;
  if (relation->kind == DHK_AUDIT_ALPHA)
    {
      self->constraints[self->n_constraints++] = (DhkAuditConstraint){ i, DHK_AUDIT_LOWEST_ALPHA };
      self->constraints[self->n_constraints++] = (DhkAuditConstraint){ i, DHK_AUDIT_HIGHEST_ALPHA };
      return;
    }
  /* What contradicts itself in n says nothing of means. */
  if (relation->kind == DHK_AUDIT_TOTAL && count_parts (self, relation) > n)
    return;
  for (size_t j = 0; relation->kind == DHK_AUDIT_SUBSCALES && j < relation->n_parts; j++)
    if (self->cells[relation->parts[j]].n != n)
      return;
  self->constraints[self->n_constraints++] = (DhkAuditConstraint){ i, DHK_AUDIT_MEAN };
  self->constraints[self->n_constraints++] = (DhkAuditConstraint){ i, DHK_AUDIT_SD };
}

static bool
allocate (DhkAuditModel *self, size_t n_cells, size_t n_relations)
{
  size_t n = n_cells + n_relations + 1;

  self->cells = calloc (n, sizeof *self->cells);
  self->relations = calloc (n_relations + 1, sizeof *self->relations);
  self->constraints = calloc (n_relations + 1, 2 * sizeof *self->constraints);
  self->printed = calloc (n, sizeof *self->printed);
  self->free = calloc (n, sizeof *self->free);
  self->now = calloc (n, sizeof *self->now);
  self->points = calloc (n, sizeof *self->points);
  self->mean_is_doubtful = calloc (n, sizeof *self->mean_is_doubtful);
  self->sd_is_doubtful = calloc (n, sizeof *self->sd_is_doubtful);
  self->groups = calloc (MOST_PARTS + 2, sizeof *self->groups);
  self->stamp = calloc (n, sizeof *self->stamp);
  self->seen = calloc (n_relations + 1, 2 * sizeof *self->seen);
  return self->cells != NULL && self->relations != NULL && self->constraints != NULL
         && self->printed != NULL && self->free != NULL && self->now != NULL && self->points != NULL
         && self->mean_is_doubtful != NULL && self->sd_is_doubtful != NULL && self->groups != NULL
         && self->stamp != NULL && self->seen != NULL;
}

DhkStatsStatus
dhk_audit_model_init (DhkAuditModel *self,
                      const DhkAuditCell *cells,
                      size_t n_cells,
                      const DhkAuditRelation *relations,
                      size_t n_relations)
{
  DhkStatsStatus status = DHK_STATS_OK;

  *self = (DhkAuditModel){ 0 };
  if (n_cells > (size_t) -1 / 2 - n_relations || !allocate (self, n_cells, n_relations))
    return DHK_STATS_NO_MEMORY;
  if (n_cells > 0)
    memcpy (self->cells, cells, n_cells * sizeof *cells);
  self->n_cells = self->n_printed = n_cells;
  for (size_t i = 0; i < n_cells && status == DHK_STATS_OK; i++)
    status = check_cell (&cells[i]);
  for (size_t i = 0; i < n_relations && status == DHK_STATS_OK; i++)
    {
      status = take_relation (self, i, &relations[i]);
      if (status == DHK_STATS_OK)
        self->n_relations++;
    }
  for (size_t i = 0; i < self->n_relations && status == DHK_STATS_OK; i++)
    if (self->relations[i].kind == DHK_AUDIT_ALPHA
        && !alphas_are_complete (self, &self->relations[i]))
      status = DHK_STATS_BAD_ARGUMENT;
  if (status != DHK_STATS_OK)
    return status;

  for (size_t i = 0; i < self->n_cells; i++)
    set_domain (self, i);
  doubt_points (self);
  for (size_t i = 0; i < self->n_cells; i++)
    judge_sd (self, i);
  for (size_t i = 0; i < self->n_relations; i++)
    add_constraints (self, i);
  return DHK_STATS_OK;
}
