/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an audit finds, as a list, and what it finds without searching sets of relations. */

#include "stats/dhk-audit-private.h"
#include "stats/dhk-part-whole-private.h"

#include <math.h>
#include <stdlib.h>

void
dhk_audit_clear (DhkAudit *self)
{
  for (size_t i = 0; i < self->n_conflicts; i++)
    {
      free (self->conflicts[i].relations);
      free (self->conflicts[i].needs);
    }
  free (self->conflicts);
  free (self->missing);
  *self = (DhkAudit){ 0 };
}

/* The list of conflicts */

DhkAuditConflict *
dhk_audit_add_conflict (DhkAudit *self,
                        DhkAuditQuantity quantity,
                        size_t n_relations,
                        size_t n_cells)
{
  DhkAuditConflict *conflicts
      = realloc (self->conflicts, (self->n_conflicts + 1) * sizeof *self->conflicts);
  DhkAuditConflict *conflict;

  if (conflicts == NULL)
    return NULL;
  self->conflicts = conflicts;
  conflict = &conflicts[self->n_conflicts];
  *conflict = (DhkAuditConflict){ quantity, NULL, 0, NULL, 0 };
  conflict->relations = calloc (n_relations + 1, sizeof *conflict->relations);
  conflict->needs = calloc (n_cells + 1, sizeof *conflict->needs);
  self->n_conflicts++;
  return conflict->relations != NULL && conflict->needs != NULL ? conflict : NULL;
}

static int
decimals_of (const DhkAuditCell *cell, DhkAuditQuantity quantity)
{
  switch (quantity)
    {
    case DHK_AUDIT_MEAN:
      return cell->mean_decimals;
    case DHK_AUDIT_SD:
      return cell->sd_decimals;
    case DHK_AUDIT_LOWEST_ALPHA:
    case DHK_AUDIT_HIGHEST_ALPHA:
      return cell->alpha_decimals;
    case DHK_AUDIT_N:
    default:
      return 0;
    }
}

void
dhk_audit_add_need (const DhkAuditModel *model,
                    DhkAuditConflict *conflict,
                    size_t cell,
                    DhkAuditQuantity quantity,
                    DhkEnclosure need)
{
  conflict->needs[conflict->n_needs++]
      = (DhkAuditNeed){ cell, quantity, need,
                        dhk_rounding_as_printed (need,
                                                 decimals_of (&model->cells[cell], quantity)) };
}

/* Cells alone */

static DhkEnclosure
need_of_mean (const DhkAuditCell *cell)
{
  if (cell->n > 0 && cell->items > 0)
    return dhk_grim (cell->n, cell->mean, cell->items, cell->mean_decimals, cell->answers).nearest;
  return dhk_enclosure_make (cell->answers.min, cell->answers.max);
}

static DhkEnclosure
need_of_sd (const DhkAuditModel *model, size_t i)
{
  const DhkAuditCell *cell = &model->cells[i];
  DhkEnclosure need
      = dhk_grimmer (cell->n, cell->mean, cell->sd, cell->items, cell->sd_decimals, cell->answers)
            .nearest;

  return need.status == DHK_STATS_OK ? need : dhk_enclosure_make (0, model->free[i].sd.high);
}

bool
dhk_audit_find_single_cells (DhkAudit *self, const DhkAuditModel *model)
{
  for (size_t i = 0; i < model->n_printed; i++)
    {
      DhkAuditConflict *conflict;

      if (model->mean_is_doubtful[i])
        {
          conflict = dhk_audit_add_conflict (self, DHK_AUDIT_MEAN, 0, 1);
          if (conflict == NULL)
            return false;
          dhk_audit_add_need (model, conflict, i, DHK_AUDIT_MEAN, need_of_mean (&model->cells[i]));
        }
      if (model->sd_is_doubtful[i])
        {
          conflict = dhk_audit_add_conflict (self, DHK_AUDIT_SD, 0, 1);
          if (conflict == NULL)
            return false;
          dhk_audit_add_need (model, conflict, i, DHK_AUDIT_SD, need_of_sd (model, i));
        }
    }
  return true;
}

/* Numbers of respondents */

static bool
add_n_conflict (DhkAudit *self, const DhkAuditModel *model, size_t i, size_t n_parts, bool total)
{
  const DhkAuditRelation *relation = &model->relations[i];
  size_t n = model->cells[relation->whole].n;
  DhkAuditConflict *conflict = dhk_audit_add_conflict (self, DHK_AUDIT_N, 1, relation->n_parts + 1);
  DhkEnclosure need;

  if (conflict == NULL)
    return false;
  conflict->relations[conflict->n_relations++] = i;
  need = total ? dhk_enclosure_make ((double) n_parts, (double) n_parts)
               : dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE);
  for (size_t j = 0; j < relation->n_parts; j++)
    {
      size_t part = model->cells[relation->parts[j]].n;

      /* Parts that all say another n than the whole say which it would have to be. */
      if (!total && part != n)
        need = need.status == DHK_STATS_OK && (need.low < (double) part || need.low > (double) part)
                   ? dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE)
                   : dhk_enclosure_make ((double) part, (double) part);
    }
  dhk_audit_add_need (model, conflict, relation->whole, DHK_AUDIT_N, need);
  for (size_t j = 0; j < relation->n_parts; j++)
    {
      double part = (double) model->cells[relation->parts[j]].n;
      double left = (double) n - ((double) n_parts - part);

      if (total)
        need = left < 1 ? dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE)
                        : dhk_enclosure_make (1, left);
      else
        need = dhk_enclosure_make ((double) n, (double) n);
      if (total || (size_t) part != n)
        dhk_audit_add_need (model, conflict, relation->parts[j], DHK_AUDIT_N, need);
    }
  return true;
}

static bool
is_met (DhkAuditKind kind, size_t n, size_t sum, bool equal)
{
  switch (kind)
    {
    case DHK_AUDIT_TOTAL:
      return sum <= n;
    case DHK_AUDIT_SAME_N:
    case DHK_AUDIT_SUBSCALES:
      return equal;
    case DHK_AUDIT_SAME:
    case DHK_AUDIT_ALPHA:
    default:
      return true;
    }
}

bool
dhk_audit_find_n_conflicts (DhkAudit *self, const DhkAuditModel *model)
{
  for (size_t i = 0; i < model->n_relations; i++)
    {
      const DhkAuditRelation *relation = &model->relations[i];
      size_t n = model->cells[relation->whole].n, sum = 0;
      bool equal = true;

      for (size_t j = 0; j < relation->n_parts; j++)
        {
          sum += model->cells[relation->parts[j]].n;
          equal &= model->cells[relation->parts[j]].n == n;
        }
      if (!is_met (relation->kind, n, sum, equal)
          && !add_n_conflict (self, model, i, sum, relation->kind == DHK_AUDIT_TOTAL))
        return false;
    }
  return true;
}

/* Missing respondents */

/* n, mean and SD as printed of a relation's whole (0) or part; false where one is not printed. */
static bool
get_row (const DhkAuditModel *model, const DhkAuditRelation *relation, size_t i, DhkSummary *row)
{
  const DhkAuditCell *cell = &model->cells[i == 0 ? relation->whole : relation->parts[i - 1]];

  *row = (DhkSummary){ cell->n, cell->mean, cell->n > 1 ? cell->sd : 0 };
  return !isnan (cell->mean) && (cell->n < 2 || !isnan (cell->sd));
}

static bool
state_missing (DhkAudit *self, const DhkAuditModel *model, size_t i)
{
  const DhkAuditRelation *relation = &model->relations[i];
  const DhkAuditCell *whole = &model->cells[relation->whole];
  DhkSummary *rows = calloc (relation->n_parts + 1, sizeof *rows);
  int decimals
      = whole->mean_decimals < whole->sd_decimals ? whole->mean_decimals : whole->sd_decimals;
  bool printed = true;

  if (rows == NULL)
    return false;
  /* The last part is the missing one. Numbers with fewer decimals may stand for more. */
  for (size_t j = 0; printed && j < relation->n_parts; j++)
    {
      printed = get_row (model, relation, j, &rows[j]);
      if (j > 0 && model->cells[relation->parts[j - 1]].mean_decimals < decimals)
        decimals = model->cells[relation->parts[j - 1]].mean_decimals;
      if (j > 0 && model->cells[relation->parts[j - 1]].sd_decimals < decimals)
        decimals = model->cells[relation->parts[j - 1]].sd_decimals;
    }
  if (printed)
    self->missing[self->n_missing++]
        = (DhkAuditMissing){ i, dhk_check_total (rows, relation->n_parts, decimals, whole->items,
                                                 whole->answers, NULL)
                                    .missing };
  free (rows);
  return true;
}

bool
dhk_audit_find_missing (DhkAudit *self, const DhkAuditModel *model)
{
  self->missing = calloc (model->n_relations + 1, sizeof *self->missing);
  if (self->missing == NULL)
    return false;
  for (size_t i = 0; i < model->n_relations; i++)
    {
      const DhkAuditRelation *relation = &model->relations[i];

      if (relation->kind == DHK_AUDIT_TOTAL
          && relation->parts[relation->n_parts - 1] >= model->n_printed
          && !state_missing (self, model, i))
        return false;
    }
  return true;
}
