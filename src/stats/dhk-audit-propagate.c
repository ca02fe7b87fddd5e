/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-audit-private.h"
#include "stats/dhk-part-whole-private.h"

#include <math.h>
#include <string.h>

#define ROUNDS 200
/* An interval that shrinks by less does not call for another round. */
#define LITTLE 1e-9

static const DhkBounds anything = { -INFINITY, INFINITY };

/* Narrowing one interval of a cell; false: nothing is left. */
static bool
narrow (DhkAuditModel *self, size_t cell, DhkBounds *bounds, DhkBounds to)
{
  bool changed = false;

  if (dhk_bounds_are_empty (to) || dhk_enclosure_exceeds (to.low, bounds->high)
      || dhk_enclosure_exceeds (bounds->low, to.high))
    return false;
  if (to.low > bounds->low)
    {
      changed |= !(to.low - bounds->low < LITTLE);
      bounds->low = fmin (to.low, bounds->high);
    }
  if (to.high < bounds->high)
    {
      changed |= !(bounds->high - to.high < LITTLE);
      bounds->high = fmax (to.high, bounds->low);
    }
  if (changed)
    self->stamp[cell] = ++self->clock;
  return true;
}

/* The mean of cell `i`, which has to be one of whole points. */
static bool
narrow_mean (DhkAuditModel *self, size_t i, DhkBounds to)
{
  DhkBounds *mean = &self->now[i].mean;
  const DhkAuditCell *cell = &self->cells[i];
  double answers, low, high;

  if (!narrow (self, i, mean, to))
    return false;
  if (!self->points[i])
    return true;
  answers = (double) cell->n * (double) cell->items / cell->answers.step;
  /* The points are below 1e7: rounding errors are far below the slack. */
  low = ceil (mean->low * answers - 1e-6);
  high = floor (mean->high * answers + 1e-6);
  if (low > high)
    return false;
  return narrow (self, i, mean, (DhkBounds){ low / answers, high / answers });
}

/* Reads the parts of a relation into the room for groups, by respondents or by items. */
static void
gather (DhkAuditModel *self, const DhkAuditRelation *relation)
{
  for (size_t i = 0; i < relation->n_parts; i++)
    {
      const DhkAuditCell *cell = &self->cells[relation->parts[i]];
      const DhkAuditDomain *now = &self->now[relation->parts[i]];

      self->groups[i]
          = (DhkGroupBounds){ relation->kind == DHK_AUDIT_TOTAL ? (double) cell->n
                                                                : (double) cell->items,
                              now->mean.low, now->mean.high, now->sd.low, now->sd.high };
    }
}

/* The whole is the weighted mean of its parts: of a total and of subscales alike. */
static bool
narrow_means (DhkAuditModel *self, const DhkAuditRelation *relation)
{
  DhkBounds *whole = &self->now[relation->whole].mean;

  gather (self, relation);
  if (!narrow_mean (self, relation->whole,
                    dhk_between_mean_range (self->groups, relation->n_parts)))
    return false;
  for (size_t i = 0; i < relation->n_parts; i++)
    if (!narrow_mean (self, relation->parts[i],
                      dhk_between_group_mean_range (self->groups, relation->n_parts, i, *whole)))
      return false;
  return true;
}

static bool
narrow_total_sds (DhkAuditModel *self, const DhkAuditRelation *relation)
{
  DhkAuditDomain *whole = &self->now[relation->whole];
  DhkDecomposition all = { self->groups, relation->n_parts, (double) self->cells[relation->whole].n,
                           whole->mean, whole->sd };
  DhkBounds mean;

  if (all.n < 2)
    return true;
  gather (self, relation);
  mean = dhk_between_mean_range (self->groups, relation->n_parts);
  /* Means that contradict each other are another conflict: the parts' are believed here. */
  if (mean.low > all.mean.high || all.mean.low > mean.high)
    all.mean = anything;
  if (!dhk_decomposition_is_possible (&all)
      || !narrow (self, relation->whole, &whole->sd, dhk_decomposition_total_sd (&all)))
    return false;
  all.sd = whole->sd;
  for (size_t i = 0; i < relation->n_parts; i++)
    if (!narrow (self, relation->parts[i], &self->now[relation->parts[i]].sd,
                 dhk_decomposition_part_sd (&all, i)))
      return false;
  return true;
}

/* The SD is a norm: no side of the polygon is longer than the others together. */
static bool
narrow_scale_sds (DhkAuditModel *self, const DhkAuditRelation *relation)
{
  double items = 0;

  for (size_t i = 0; i < relation->n_parts; i++)
    items += (double) self->cells[relation->parts[i]].items;
  for (size_t side = 0; side <= relation->n_parts; side++)
    {
      size_t cell = side == 0 ? relation->whole : relation->parts[side - 1];
      double weight = side == 0 ? items : (double) self->cells[cell].items;
      double reach = side == 0 ? 0 : items * self->now[relation->whole].sd.high, low = 0;

      for (size_t i = 0; i < relation->n_parts; i++)
        if (i + 1 != side)
          reach += (double) self->cells[relation->parts[i]].items
                   * self->now[relation->parts[i]].sd.high;
      /* Each other side at its least against the rest at its most */
      for (size_t other = 0; other <= relation->n_parts; other++)
        {
          size_t from = other == 0 ? relation->whole : relation->parts[other - 1];
          double length = other == 0 ? items : (double) self->cells[from].items;
          double rest;

          if (other == side)
            continue;
          rest = reach - length * self->now[from].sd.high;
          if (!isnan (rest))
            low = fmax (low, length * self->now[from].sd.low - rest);
        }
      if (!narrow (self, cell, &self->now[cell].sd, (DhkBounds){ low / weight, reach / weight }))
        return false;
    }
  return true;
}

static bool
narrow_same (DhkAuditModel *self, const DhkAuditRelation *relation, DhkAuditQuantity quantity)
{
  DhkBounds common = anything;

  for (size_t i = 0; i <= relation->n_parts; i++)
    {
      DhkAuditDomain *now = &self->now[i == 0 ? relation->whole : relation->parts[i - 1]];
      DhkBounds bounds = quantity == DHK_AUDIT_MEAN ? now->mean : now->sd;

      common.low = fmax (common.low, bounds.low);
      common.high = fmin (common.high, bounds.high);
    }
  if (dhk_enclosure_exceeds (common.low, common.high))
    return false;
  common.high = fmax (common.low, common.high);
  for (size_t i = 0; i <= relation->n_parts; i++)
    {
      size_t cell = i == 0 ? relation->whole : relation->parts[i - 1];

      if (quantity == DHK_AUDIT_MEAN ? !narrow_mean (self, cell, common)
                                     : !narrow (self, cell, &self->now[cell].sd, common))
        return false;
    }
  return true;
}

/* Alpha */

DhkBounds
dhk_audit_model_alpha (const DhkAuditModel *self, const DhkAuditRelation *relation, size_t cell)
{
  const DhkAuditRelation *scale = &self->relations[dhk_audit_model_subscales (self, cell)];
  DhkBounds sd = self->now[cell].sd;
  double items = 0, most = 0, least = 0;
  DhkBounds alpha;

  for (size_t i = 0; i < scale->n_parts; i++)
    {
      DhkBounds part = self->now[scale->parts[i]].sd;
      const DhkAuditDomain *printed = &self->now[relation->parts[i]];
      double k = (double) self->cells[relation->parts[i]].items;

      items += k;
      most += k * k * part.high * part.high * (1 - printed->alpha_low.low * (k - 1) / k);
      least += k * k * part.low * part.low * (1 - printed->alpha_high.high * (k - 1) / k);
    }
  alpha.low = items / (items - 1) * (1 - most / (items * items * sd.low * sd.low));
  alpha.high = fmin (1, items / (items - 1) * (1 - least / (items * items * sd.high * sd.high)));
  return (DhkBounds){ isnan (alpha.low) ? -INFINITY : fmin (1, alpha.low),
                      isnan (alpha.high) ? 1 : alpha.high };
}

/* The printed lowest is the alpha of one of them, and of none below it; so the highest. */
static bool
alphas_agree (const DhkAuditModel *self,
              const DhkAuditRelation *relation,
              DhkAuditQuantity quantity)
{
  const DhkAuditDomain *printed = &self->now[relation->whole];
  bool found = false;

  for (size_t i = 0; i < relation->n_among; i++)
    {
      DhkBounds alpha = dhk_audit_model_alpha (self, relation, relation->among[i]);

      if (quantity == DHK_AUDIT_LOWEST_ALPHA)
        {
          if (dhk_enclosure_exceeds (printed->alpha_low.low, alpha.high))
            return false;
          found |= !dhk_enclosure_exceeds (alpha.low, printed->alpha_low.high);
        }
      else
        {
          if (dhk_enclosure_exceeds (alpha.low, printed->alpha_high.high))
            return false;
          found |= !dhk_enclosure_exceeds (printed->alpha_high.low, alpha.high);
        }
    }
  return found;
}

/* All */

static bool
narrow_constraint (DhkAuditModel *self, DhkAuditConstraint constraint)
{
  const DhkAuditRelation *relation = &self->relations[constraint.relation];

  if (relation->kind == DHK_AUDIT_SAME)
    return narrow_same (self, relation, constraint.quantity);
  if (constraint.quantity == DHK_AUDIT_MEAN)
    return narrow_means (self, relation);
  return relation->kind == DHK_AUDIT_TOTAL ? narrow_total_sds (self, relation)
                                           : narrow_scale_sds (self, relation);
}

static void
begin (DhkAuditModel *self, DhkAuditQuestion question)
{
  for (size_t i = 0; i < self->n_cells; i++)
    {
      self->now[i] = question.freed != NULL && question.freed[i] ? self->free[i] : self->printed[i];
      self->stamp[i] = 0; /* no constraint asks for it */
    }
  self->clock = 1;
  for (size_t i = 0; i < self->n_constraints; i++)
    {
      const DhkAuditRelation *relation = &self->relations[self->constraints[i].relation];

      self->seen[i] = 0;
      if (!question.active[i])
        continue;
      self->stamp[relation->whole] = 1;
      for (size_t j = 0; j < relation->n_parts; j++)
        self->stamp[relation->parts[j]] = 1;
    }
  if (question.cell >= self->n_cells)
    return;
  if (question.quantity == DHK_AUDIT_MEAN)
    self->now[question.cell].mean = question.value;
  else if (question.quantity == DHK_AUDIT_SD)
    self->now[question.cell].sd = question.value;
  else if (question.quantity == DHK_AUDIT_LOWEST_ALPHA)
    self->now[question.cell].alpha_low = question.value;
  else
    self->now[question.cell].alpha_high = question.value;
}

/* No SD exceeds what the scale leaves it with this mean; cells changed after `since`. */
static bool
narrow_to_scale (DhkAuditModel *self, size_t since)
{
  for (size_t i = 0; i < self->n_cells; i++)
    {
      const DhkAuditCell *cell = &self->cells[i];
      double largest;

      if (self->stamp[i] <= since || cell->n < 2 || self->sd_is_doubtful[i])
        continue;
      largest = dhk_largest_sd ((double) cell->n, self->now[i].mean, cell->answers);
      if (isfinite (largest) && !narrow (self, i, &self->now[i].sd, (DhkBounds){ 0, largest }))
        return false;
    }
  return true;
}

/* Whether a cell of the constraint changed since it was looked at. */
static bool
is_due (const DhkAuditModel *self, size_t constraint)
{
  const DhkAuditRelation *relation = &self->relations[self->constraints[constraint].relation];

  if (self->stamp[relation->whole] > self->seen[constraint])
    return true;
  for (size_t i = 0; i < relation->n_parts; i++)
    if (self->stamp[relation->parts[i]] > self->seen[constraint])
      return true;
  return false;
}

/* One look at all constraints; false: they contradict each other. */
static bool
narrow_all (DhkAuditModel *self, const bool *active)
{
  for (size_t i = 0; i < self->n_constraints; i++)
    {
      size_t now = self->clock;

      if (!active[i] || self->relations[self->constraints[i].relation].kind == DHK_AUDIT_ALPHA
          || !is_due (self, i))
        continue;
      if (!narrow_constraint (self, self->constraints[i]))
        return false;
      self->seen[i] = now;
    }
  return true;
}

bool
dhk_audit_model_refutes (DhkAuditModel *self, DhkAuditQuestion question)
{
  size_t before = 0;

  begin (self, question);
  for (size_t i = 0; i < self->n_cells; i++)
    if (self->stamp[i] > 0 && self->points[i] && !self->mean_is_doubtful[i]
        && !narrow_mean (self, i, anything))
      return true;
  for (int round = 0; round < ROUNDS && self->clock > before; round++)
    {
      size_t since = before;

      before = self->clock;
      if (!narrow_to_scale (self, since) || !narrow_all (self, question.active))
        return true;
    }
  /* Alphas narrow nothing: once is enough. */
  for (size_t i = 0; i < self->n_constraints; i++)
    {
      const DhkAuditRelation *relation = &self->relations[self->constraints[i].relation];

      if (question.active[i] && relation->kind == DHK_AUDIT_ALPHA
          && !alphas_agree (self, relation, self->constraints[i].quantity))
        return true;
    }
  return false;
}

void
dhk_audit_model_uses (const DhkAuditModel *self, size_t constraint, bool *cells)
{
  const DhkAuditRelation *relation = &self->relations[self->constraints[constraint].relation];

  cells[relation->whole] = true;
  for (size_t i = 0; i < relation->n_parts; i++)
    cells[relation->parts[i]] = true;
  for (size_t i = 0; i < relation->n_among; i++)
    {
      const DhkAuditRelation *scale
          = &self->relations[dhk_audit_model_subscales (self, relation->among[i])];

      cells[relation->among[i]] = true;
      for (size_t j = 0; j < scale->n_parts; j++)
        cells[scale->parts[j]] = true;
    }
}
