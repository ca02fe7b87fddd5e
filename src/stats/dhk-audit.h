/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The audit of published tables: which printed numbers contradict each other?
 *
 * A cell is a printed row: n, mean, SD, perhaps alpha; what is not printed is 0
 * or NaN. A relation says what cells have to do with each other: this one is
 * the total of those, these two show the same group, this scale is the mean of
 * those. Cells and relations are data; nothing here knows a survey.
 *
 * The answer is a list of conflicts: sets of cells that cannot all be right as
 * printed, whatever was rounded away, and that are minimal: leave out one cell,
 * and the others can be. Each conflict says what each of its cells would have
 * to be, the others of that conflict being right.
 *
 *   DhkAudit audit = dhk_audit_run (cells, n_cells, relations, n_relations);
 *   for (size_t i = 0; i < audit.n_conflicts; i++)
 *     ...
 *   dhk_audit_clear (&audit);
 *
 * A conflict that is found is proof. That all are found is not promised for
 * relations that only together, and by more than intervals of means, points and
 * SDs can tell, have no solution.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-grim.h"
#include "stats/dhk-part-whole.h"
#include "stats/dhk-rounding.h"

/* Questions */

typedef struct
{
  size_t n;    /* 0: not printed */
  double mean; /* NaN: not printed */
  int mean_decimals;
  double sd; /* NaN: not printed */
  int sd_decimals;
  size_t items; /* of the scale; 0: whole points are not looked at */
  DhkAnswerGrid answers;
  double alpha_low; /* NaN: not printed; the same as alpha_high where one alpha is printed */
  double alpha_high;
  int alpha_decimals;
} DhkAuditCell;

typedef enum
{
  DHK_AUDIT_TOTAL,     /* `whole` are the respondents of `parts` together, and perhaps more */
  DHK_AUDIT_SAME,      /* `parts` print the mean and SD of `whole` again */
  DHK_AUDIT_SAME_N,    /* `parts` are about the respondents of `whole` */
  DHK_AUDIT_SUBSCALES, /* the items of `whole` are those of `parts`, of the same respondents */
  DHK_AUDIT_ALPHA,     /* the alphas of `whole`, lowest and highest, are those of the total scales
                          `among`; `parts` are the alphas of their subscales, in the order of the
                          relation DHK_AUDIT_SUBSCALES of each */
} DhkAuditKind;

extern const char *const dhk_audit_kind_names[]; /* ends with NULL */

typedef struct
{
  DhkAuditKind kind;
  size_t whole; /* all are indexes of cells */
  const size_t *parts;
  size_t n_parts;
  const size_t *among;
  size_t n_among;
} DhkAuditRelation;

/* Answers */

typedef enum
{
  DHK_AUDIT_N,
  DHK_AUDIT_MEAN,
  DHK_AUDIT_SD,
  DHK_AUDIT_LOWEST_ALPHA,
  DHK_AUDIT_HIGHEST_ALPHA,
} DhkAuditQuantity;

extern const char *const dhk_audit_quantity_names[]; /* ends with NULL */

/* What a cell of a conflict would have to be. */
typedef struct
{
  size_t cell;
  DhkAuditQuantity quantity; /* of this cell */
  DhkEnclosure need;
  DhkEnclosure printed; /* the printed numbers that stand for it */
} DhkAuditNeed;

typedef struct
{
  DhkAuditQuantity quantity; /* in which the cells contradict each other */
  size_t *relations;         /* none: the cell alone is impossible */
  size_t n_relations;
  DhkAuditNeed *needs;
  size_t n_needs;
} DhkAuditConflict;

/* Respondents of a total that are in none of its parts. */
typedef struct
{
  size_t relation;
  DhkMissingPart part;
} DhkAuditMissing;

typedef struct
{
  DhkStatsStatus status;
  DhkAuditConflict *conflicts;
  size_t n_conflicts;
  DhkAuditMissing *missing;
  size_t n_missing;
  bool complete; /* false: a single constraint has more sets of cells than were listed */
} DhkAudit;

/*
 * dhk_audit_run:
 * All conflicts between `cells`.
 *
 * Formula: the relations are constraints on means, whole points and SDs (dhk_check_total,
 * dhk_check_subscales, dhk_check_alpha, dhk_grimmer). Each is tried alone; those that can be met
 * alone are tried together, by narrowing the interval of every cell until nothing changes. The
 * minimal sets of cells of a single constraint are all listed (hitting set tree; one where it has
 * over 16 cells). Of constraints that fail together one minimal set is listed, and the search goes
 * on without them: a conflict that contains a smaller one, and other ways to the same
 * contradiction, are not.
 * Source: R. Reiter, Artificial Intelligence 32 (1987) 57–95; interval propagation: E. Davis,
 * Artificial Intelligence 32 (1987) 281–331.
 * Units: those of the cells.
 * Smallest n: none; no relations, no conflicts but of single cells.
 * Undefined: BAD_ARGUMENT (an index beyond the cells, a relation that contains a cell twice, a
 * total or a scale without n, alphas without their subscales), NOT_FINITE, NO_MEMORY, TOO_LARGE
 * (a relation of over 500 cells): no conflicts.
 */
DhkAudit dhk_audit_run (const DhkAuditCell *cells,
                        size_t n_cells,
                        const DhkAuditRelation *relations,
                        size_t n_relations);

/*
 * dhk_audit_clear:
 * Gives the memory of an audit back.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_audit_clear (DhkAudit *self);

/*
 * dhk_audit_allowed:
 * What the mean or SD of one cell may be, all other numbers being right as printed; relations that
 * other cells already contradict take no part.
 *
 * Formula: as dhk_audit_run.
 * Source: as dhk_audit_run.
 * Units: those of the cell.
 * Smallest n: none.
 * Undefined: IMPOSSIBLE (the relations of this cell fail with any value), NOT_FINITE (nothing
 * bounds it), and as dhk_audit_run; BAD_ARGUMENT also for another quantity.
 */
DhkEnclosure dhk_audit_allowed (const DhkAuditCell *cells,
                                size_t n_cells,
                                const DhkAuditRelation *relations,
                                size_t n_relations,
                                size_t cell,
                                DhkAuditQuantity quantity);
