/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Cells and relations as constraints, and the question whether some of them can
 * be met together (inside this library only).
 *
 * Every cell has an interval for its mean and its SD. A constraint narrows the
 * intervals of its cells to what the others allow, and never takes away a value
 * that is possible; where an interval becomes empty, the constraints contradict
 * each other. Respondents missing from the parts of a total are one more cell,
 * behind the printed ones.
 */

#include "stats/dhk-audit.h"
#include "stats/dhk-between.h"

typedef struct
{
  DhkBounds mean;
  DhkBounds sd;
  DhkBounds alpha_low;
  DhkBounds alpha_high;
} DhkAuditDomain;

typedef struct
{
  size_t relation;
  DhkAuditQuantity quantity;
} DhkAuditConstraint;

typedef struct
{
  DhkAuditCell *cells; /* the printed, then the missing */
  size_t n_cells;
  size_t n_printed;
  DhkAuditRelation *relations; /* their parts are own copies, with the missing */
  size_t n_relations;
  DhkAuditConstraint *constraints;
  size_t n_constraints;
  DhkAuditDomain *printed; /* of each cell */
  DhkAuditDomain *free;
  DhkAuditDomain *now;
  bool *points;           /* whether the mean is one of whole points */
  bool *mean_is_doubtful; /* the cell alone is impossible */
  bool *sd_is_doubtful;
  DhkGroupBounds *groups; /* room for one relation */
  /* While narrowing: when a cell was last changed, and how far a constraint has seen. */
  size_t *stamp;
  size_t *seen;
  size_t clock;
} DhkAuditModel;

/* A selection of constraints and cells. */
typedef struct
{
  const bool *active; /* of each constraint */
  const bool *freed;  /* of each cell: what is printed is not looked at; NULL: none */
  size_t cell;        /* one cell with another value of `quantity`; n_cells: none */
  DhkAuditQuantity quantity;
  DhkBounds value;
} DhkAuditQuestion;

/*
 * dhk_audit_model_init:
 * Checks cells and relations and sets the intervals up.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: the status, as dhk_audit_run; to be cleared with any.
 */
DhkStatsStatus dhk_audit_model_init (DhkAuditModel *self,
                                     const DhkAuditCell *cells,
                                     size_t n_cells,
                                     const DhkAuditRelation *relations,
                                     size_t n_relations);

/*
 * dhk_audit_model_clear:
 * Gives the memory back.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_audit_model_clear (DhkAuditModel *self);

/*
 * dhk_audit_model_refutes:
 * Whether the constraints cannot be met; if they may be, `now` holds what the cells may be.
 *
 * Formula: narrowing until nothing changes, at most 200 rounds.
 * Source: E. Davis, Artificial Intelligence 32 (1987) 281–331.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
bool dhk_audit_model_refutes (DhkAuditModel *self, DhkAuditQuestion question);

/*
 * dhk_audit_model_uses:
 * Marks in `cells` the cells of a constraint.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_audit_model_uses (const DhkAuditModel *self, size_t constraint, bool *cells);

/*
 * dhk_audit_model_subscales:
 * The relation that names the subscales of `cell`; n_relations where there is none.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
size_t dhk_audit_model_subscales (const DhkAuditModel *self, size_t cell);

/*
 * dhk_audit_model_alpha:
 * What the alpha of the total scale `cell` may be, with the intervals `now` and the alphas of the
 * relation.
 *
 * Formula: as dhk_check_alpha.
 * Source: L. J. Cronbach, Psychometrika 16 (1951) 297–334.
 * Units: none.
 * Smallest n: none.
 * Undefined: infinite ends where nothing bounds it.
 */
DhkBounds
dhk_audit_model_alpha (const DhkAuditModel *self, const DhkAuditRelation *relation, size_t cell);

/*
 * dhk_audit_model_now:
 * The mean or SD that a cell may have after the last question.
 *
 * Formula: none.
 * Source: this library.
 * Units: those of the cell.
 * Smallest n: none.
 * Undefined: NOT_FINITE where nothing bounds it.
 */
DhkEnclosure
dhk_audit_model_now (const DhkAuditModel *self, size_t cell, DhkAuditQuantity quantity);

/*
 * dhk_audit_model_need:
 * What `cell` would have to be for the active constraints to be met, its other cells being right;
 * `constraint` is one of them.
 *
 * Formula: the interval that is left with its value free; with alphas, which narrow nothing, a
 * search on a grid and by bisection, for alphas from −1.
 * Source: this library.
 * Units: those of the cell.
 * Smallest n: none.
 * Undefined: IMPOSSIBLE where no value is possible, NOT_FINITE.
 */
DhkEnclosure dhk_audit_model_need (DhkAuditModel *self,
                                   const bool *active,
                                   const bool *freed,
                                   DhkAuditQuantity quantity,
                                   size_t constraint,
                                   size_t cell);

/* The list of findings (dhk-audit-findings.c) */

/*
 * dhk_audit_add_conflict:
 * Adds a conflict with room for so many relations and cells; lent until the next is added.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: NULL without memory.
 */
DhkAuditConflict *dhk_audit_add_conflict (DhkAudit *self,
                                          DhkAuditQuantity quantity,
                                          size_t n_relations,
                                          size_t n_cells);

/*
 * dhk_audit_add_need:
 * Adds what a cell of the conflict would have to be, also as it would be printed.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_audit_add_need (const DhkAuditModel *model,
                         DhkAuditConflict *conflict,
                         size_t cell,
                         DhkAuditQuantity quantity,
                         DhkEnclosure need);

/*
 * dhk_audit_find_single_cells:
 * Adds the cells that are impossible by themselves.
 *
 * Formula: as dhk_grim and dhk_grimmer.
 * Source: this library.
 * Units: those of the cell.
 * Smallest n: none.
 * Undefined: false without memory.
 */
bool dhk_audit_find_single_cells (DhkAudit *self, const DhkAuditModel *model);

/*
 * dhk_audit_find_n_conflicts:
 * Adds the relations whose numbers of respondents do not go together.
 *
 * Formula: parts of a total are at most the whole; in other relations all are equal.
 * Source: this library.
 * Units: respondents.
 * Smallest n: none.
 * Undefined: false without memory.
 */
bool dhk_audit_find_n_conflicts (DhkAudit *self, const DhkAuditModel *model);

/*
 * dhk_audit_find_missing:
 * States what respondents missing from the parts of a total would be.
 *
 * Formula: as dhk_check_total.
 * Source: this library.
 * Units: those of the cell.
 * Smallest n: none.
 * Undefined: false without memory.
 */
bool dhk_audit_find_missing (DhkAudit *self, const DhkAuditModel *model);
