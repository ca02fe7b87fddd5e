/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-audit-private.h"
#include "stats/dhk-minimal-sets.h"

#include <math.h>
#include <stdlib.h>

/* Nodes of the trees. */
#define MANY 400
#define FEW_CELLS 16

typedef struct
{
  DhkAuditModel model;
  DhkAudit audit;
  bool *active;      /* of each constraint */
  bool *conflicting; /* of each constraint: it fails alone */
  size_t *index;     /* of the things of a search: constraints or cells */
  bool *cells;
  bool failed;
} Audit;

static DhkAuditQuestion
question_of (const Audit *self, const bool *freed)
{
  return (DhkAuditQuestion){ self->active, freed, self->model.n_cells, DHK_AUDIT_MEAN, { 0, 0 } };
}

static void
add_needs (Audit *self, DhkAuditConflict *conflict, size_t constraint, const bool *cells)
{
  bool *freed = calloc (self->model.n_cells + 1, sizeof *freed);

  if (freed == NULL)
    {
      self->failed = true;
      return;
    }
  for (size_t i = 0; i < self->model.n_cells; i++)
    freed[i] = !cells[i];
  for (size_t i = 0; i < self->model.n_printed; i++)
    {
      DhkAuditQuantity quantity = conflict->quantity;

      if (!cells[i])
        continue;
      if ((quantity == DHK_AUDIT_LOWEST_ALPHA || quantity == DHK_AUDIT_HIGHEST_ALPHA)
          && isnan (self->model.cells[i].alpha_low))
        quantity = DHK_AUDIT_SD;
      dhk_audit_add_need (&self->model, conflict, i, quantity,
                          dhk_audit_model_need (&self->model, self->active, freed,
                                                conflict->quantity, constraint, i));
    }
  free (freed);
}

/* The cells of some constraints that fail together */

typedef struct
{
  Audit *audit;
  size_t n;
  bool *freed;
} Cells;

static bool
cells_refute (const bool *kept, void *data)
{
  Cells *self = data;

  for (size_t i = 0; i < self->audit->model.n_cells; i++)
    self->freed[i] = i >= self->audit->model.n_printed ? false : true;
  for (size_t i = 0; i < self->n; i++)
    self->freed[self->audit->index[i]] = !kept[i];
  return dhk_audit_model_refutes (&self->audit->model, question_of (self->audit, self->freed));
}

/* The active constraints fail together and none of them is too many: their minimal sets of cells
 * become conflicts; all of them where one constraint has few cells, else one. */
static void
add_conflicts_of_active (Audit *self)
{
  Cells cells = { self, 0, calloc (self->model.n_cells + 1, sizeof (bool)) };
  size_t n_relations = 0, one = 0;
  DhkMinimalSets sets;

  for (size_t i = 0; i < self->model.n_cells; i++)
    self->cells[i] = false;
  for (size_t i = 0; i < self->model.n_constraints; i++)
    if (self->active[i])
      {
        dhk_audit_model_uses (&self->model, i, self->cells);
        one = i;
        n_relations++;
      }
  for (size_t i = 0; i < self->model.n_printed; i++)
    if (self->cells[i])
      self->index[cells.n++] = i;
  if (cells.freed == NULL)
    {
      self->failed = true;
      return;
    }
  sets = dhk_minimal_sets_find (cells.n, cells_refute, &cells,
                                n_relations == 1 && cells.n <= FEW_CELLS ? MANY : 1);
  self->failed |= sets.failed;
  self->audit.complete &= sets.complete || n_relations > 1 || cells.n > FEW_CELLS;
  for (size_t set = 0; set < sets.n_sets && !self->failed; set++)
    {
      DhkAuditConflict *conflict = dhk_audit_add_conflict (
          &self->audit, self->model.constraints[one].quantity, n_relations, cells.n);

      self->failed |= conflict == NULL;
      if (conflict == NULL)
        break;
      for (size_t i = 0; i < self->model.n_constraints; i++)
        if (self->active[i])
          conflict->relations[conflict->n_relations++] = self->model.constraints[i].relation;
      for (size_t i = 0; i < self->model.n_cells; i++)
        self->cells[i] = i >= self->model.n_printed;
      for (size_t i = 0; i < cells.n; i++)
        self->cells[self->index[i]] = sets.sets[set * cells.n + i];
      add_needs (self, conflict, one, self->cells);
    }
  dhk_minimal_sets_clear (&sets);
  free (cells.freed);
}

/* Constraints */

static void
find_single_constraints (Audit *self)
{
  for (size_t i = 0; i < self->model.n_constraints && !self->failed; i++)
    {
      self->active[i] = true;
      self->conflicting[i] = dhk_audit_model_refutes (&self->model, question_of (self, NULL));
      if (self->conflicting[i])
        add_conflicts_of_active (self);
      self->active[i] = false;
    }
}

static bool
constraints_refute (const bool *kept, void *data)
{
  Audit *self = data;

  for (size_t i = 0; i < self->model.n_constraints; i++)
    self->active[i] = kept[i] && !self->conflicting[i];
  return dhk_audit_model_refutes (&self->model, question_of (self, NULL));
}

/* A minimal set, then another of the constraints that are left, until these can be met: the many
 * ways in which one wrong number contradicts chains of others are one conflict to a reader. */
static void
find_joint_conflicts (Audit *self)
{
  size_t n = self->model.n_constraints, n_sets;

  do
    {
      DhkMinimalSets sets = dhk_minimal_sets_find (n, constraints_refute, self, 1);

      n_sets = sets.n_sets;
      self->failed |= sets.failed;
      if (n_sets > 0 && !self->failed)
        {
          for (size_t i = 0; i < n; i++)
            {
              self->active[i] = sets.sets[i];
              self->conflicting[i] |= sets.sets[i];
            }
          add_conflicts_of_active (self);
        }
      dhk_minimal_sets_clear (&sets);
    }
  while (n_sets > 0 && !self->failed);
}

/* All */

static DhkStatsStatus
begin (Audit *self,
       const DhkAuditCell *cells,
       size_t n_cells,
       const DhkAuditRelation *relations,
       size_t n_relations)
{
  DhkStatsStatus status
      = dhk_audit_model_init (&self->model, cells, n_cells, relations, n_relations);

  if (status != DHK_STATS_OK)
    return status;
  self->active = calloc (self->model.n_constraints + 1, sizeof *self->active);
  self->conflicting = calloc (self->model.n_constraints + 1, sizeof *self->conflicting);
  self->index = calloc (self->model.n_cells + 1, sizeof *self->index);
  self->cells = calloc (self->model.n_cells + 1, sizeof *self->cells);
  return self->active != NULL && self->conflicting != NULL && self->index != NULL
                 && self->cells != NULL
             ? DHK_STATS_OK
             : DHK_STATS_NO_MEMORY;
}

static void
end (Audit *self)
{
  dhk_audit_model_clear (&self->model);
  free (self->active);
  free (self->conflicting);
  free (self->index);
  free (self->cells);
}

DhkAudit
dhk_audit_run (const DhkAuditCell *cells,
               size_t n_cells,
               const DhkAuditRelation *relations,
               size_t n_relations)
{
  Audit self = { 0 };
  DhkStatsStatus status = begin (&self, cells, n_cells, relations, n_relations);

  self.audit.complete = true;
  if (status == DHK_STATS_OK)
    {
      self.failed = !dhk_audit_find_single_cells (&self.audit, &self.model)
                    || !dhk_audit_find_n_conflicts (&self.audit, &self.model);
      if (!self.failed)
        find_single_constraints (&self);
      if (!self.failed)
        find_joint_conflicts (&self);
      if (!self.failed)
        self.failed = !dhk_audit_find_missing (&self.audit, &self.model);
      status = self.failed ? DHK_STATS_NO_MEMORY : DHK_STATS_OK;
    }
  end (&self);
  if (status != DHK_STATS_OK)
    dhk_audit_clear (&self.audit);
  self.audit.status = status;
  return self.audit;
}

/* What one cell may be */

typedef struct
{
  Audit *audit;
  DhkAuditQuestion question;
} Others;

static bool
others_refute (const bool *kept, void *data)
{
  Others *self = data;

  for (size_t i = 0; i < self->audit->model.n_constraints; i++)
    self->audit->active[i] = kept[i] && !self->audit->conflicting[i];
  return dhk_audit_model_refutes (&self->audit->model, self->question);
}

/* Takes out of the active constraints what fails whatever this cell is. */
static void
drop_other_conflicts (Audit *self, DhkAuditQuestion question)
{
  Others others = { self, question };
  size_t n = self->model.n_constraints, n_sets;

  for (size_t i = 0; i < n; i++)
    {
      self->active[i] = true;
      self->conflicting[i] = dhk_audit_model_refutes (&self->model, question);
      self->active[i] = false;
    }
  do
    {
      DhkMinimalSets sets = dhk_minimal_sets_find (n, others_refute, &others, 1);

      n_sets = sets.n_sets;
      self->failed |= sets.failed;
      for (size_t i = 0; n_sets > 0 && i < n; i++)
        self->conflicting[i] |= sets.sets[i];
      dhk_minimal_sets_clear (&sets);
    }
  while (n_sets > 0 && !self->failed);
  for (size_t i = 0; i < n; i++)
    self->active[i] = !self->conflicting[i];
}

DhkEnclosure
dhk_audit_allowed (const DhkAuditCell *cells,
                   size_t n_cells,
                   const DhkAuditRelation *relations,
                   size_t n_relations,
                   size_t cell,
                   DhkAuditQuantity quantity)
{
  Audit self = { 0 };
  DhkStatsStatus status = begin (&self, cells, n_cells, relations, n_relations);
  DhkEnclosure allowed;

  if (status == DHK_STATS_OK
      && (cell >= n_cells || (quantity != DHK_AUDIT_MEAN && quantity != DHK_AUDIT_SD)))
    status = DHK_STATS_BAD_ARGUMENT;
  allowed = dhk_enclosure_undefined (status);
  if (status == DHK_STATS_OK)
    {
      DhkAuditQuestion question = question_of (&self, NULL);

      question.cell = cell;
      question.quantity = quantity;
      question.value
          = quantity == DHK_AUDIT_MEAN ? self.model.free[cell].mean : self.model.free[cell].sd;
      drop_other_conflicts (&self, question);
      allowed = dhk_audit_model_refutes (&self.model, question)
                    ? dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE)
                    : dhk_audit_model_now (&self.model, cell, quantity);
    }
  end (&self);
  return allowed;
}
