/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-audit-private.h"

#include <math.h>

#define GRID 48
#define STEPS 50
/* No table prints an alpha below. */
#define LEAST_ALPHA (-1)

typedef struct
{
  DhkAuditModel *model;
  DhkAuditQuestion question; /* about one value of one cell */
} Need;

DhkEnclosure
dhk_audit_model_now (const DhkAuditModel *self, size_t cell, DhkAuditQuantity quantity)
{
  DhkBounds bounds = quantity == DHK_AUDIT_MEAN ? self->now[cell].mean : self->now[cell].sd;

  return dhk_bounds_are_empty (bounds) ? dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE)
                                       : dhk_enclosure_make (bounds.low, bounds.high);
}

/* With the value of one cell free, the intervals narrow to what it may be. */
static DhkEnclosure
narrowed_need (Need *self)
{
  size_t cell = self->question.cell;

  self->question.value = self->question.quantity == DHK_AUDIT_MEAN ? self->model->free[cell].mean
                                                                   : self->model->free[cell].sd;
  if (dhk_audit_model_refutes (self->model, self->question))
    return dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE);
  return dhk_audit_model_now (self->model, cell, self->question.quantity);
}

static bool
may_be (Need *self, double value)
{
  self->question.value = (DhkBounds){ value, value };
  return !dhk_audit_model_refutes (self->model, self->question);
}

/* The border between a value that is possible and one that is not, on the far side. */
static double
find_border (Need *self, double possible, double impossible)
{
  for (int step = 0; step < STEPS; step++)
    {
      double middle = possible + (impossible - possible) / 2;

      if (may_be (self, middle))
        possible = middle;
      else
        impossible = middle;
    }
  return impossible;
}

/* What is possible between `from`, which is not, and `to`: adds it to `need`. Alpha is monotone in
 * every SD and alpha, so that this is one interval. */
static void
search_side (Need *self, double from, double to, DhkBounds *need)
{
  double width = (to - from) / GRID, first = NAN, last = NAN;

  for (int i = 1; i <= GRID; i++)
    {
      double value = i == GRID ? to : from + i * width;

      if (may_be (self, value))
        {
          first = isnan (first) ? value : first;
          last = value;
        }
    }
  if (isnan (first))
    return;
  first = find_border (self, first, first - width);
  if (fabs (to - last) > fabs (width) / 2)
    last = find_border (self, last, last + width);
  need->low = fmin (need->low, fmin (first, last));
  need->high = fmax (need->high, fmax (first, last));
}

static DhkEnclosure
searched_need (Need *self)
{
  size_t cell = self->question.cell;
  const DhkAuditDomain *printed = &self->model->printed[cell];
  DhkBounds need = { INFINITY, -INFINITY }, from;
  double least = LEAST_ALPHA, most = 1;

  if (self->question.quantity == DHK_AUDIT_SD)
    {
      from = printed->sd;
      least = from.low / 100;
      most = fmin (self->model->free[cell].sd.high, 10 * from.high);
    }
  else
    from = self->question.quantity == DHK_AUDIT_LOWEST_ALPHA ? printed->alpha_low
                                                             : printed->alpha_high;
  search_side (self, from.low, least, &need);
  search_side (self, from.high, most, &need);
  return dhk_bounds_are_empty (need) ? dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE)
                                     : dhk_enclosure_make (need.low, need.high);
}

/* The printed alpha of all scales: the lowest (or highest) of theirs. */
static DhkEnclosure
alpha_need (Need *self, const DhkAuditRelation *relation)
{
  bool lowest = self->question.quantity == DHK_AUDIT_LOWEST_ALPHA;
  double start = lowest ? INFINITY : -INFINITY;
  DhkBounds need = { start, start };

  self->question.value = (DhkBounds){ -INFINITY, 1 };
  dhk_audit_model_refutes (self->model, self->question);
  for (size_t i = 0; i < relation->n_among; i++)
    {
      DhkBounds alpha = dhk_audit_model_alpha (self->model, relation, relation->among[i]);

      need.low = lowest ? fmin (need.low, alpha.low) : fmax (need.low, alpha.low);
      need.high = lowest ? fmin (need.high, alpha.high) : fmax (need.high, alpha.high);
    }
  return dhk_enclosure_make (need.low, need.high);
}

DhkEnclosure
dhk_audit_model_need (DhkAuditModel *model,
                      const bool *active,
                      const bool *freed,
                      DhkAuditQuantity quantity,
                      size_t constraint,
                      size_t cell)
{
  const DhkAuditRelation *relation = &model->relations[model->constraints[constraint].relation];
  Need self = { model, { active, freed, cell, quantity, { 0, 0 } } };

  if (relation->kind != DHK_AUDIT_ALPHA)
    return narrowed_need (&self);
  if (cell == relation->whole)
    return alpha_need (&self, relation);
  if (isnan (model->cells[cell].alpha_low))
    self.question.quantity = DHK_AUDIT_SD;
  return searched_need (&self);
}
