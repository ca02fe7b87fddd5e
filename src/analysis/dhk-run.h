/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * One run of a request (inside this room only). dhk_run_init() finds the
 * members of every group in one pass over the frame; each kind then fills its part of
 * the result. The functions that return FALSE were cancelled.
 */

#include "analysis/dhk-result.h"
#include "stats/dhk-status.h"

G_BEGIN_DECLS

typedef struct
{
  DhkAnalysis *analysis;
  DhkFrame *frame;
  GCancellable *cancellable;
  DhkResult *result;
  guint n_groups;
  GArray **rows; /* per group: guint, its rows, rising */
  double *x;     /* room for one value per row of the frame, … */
  double *y;
} DhkRun;

void dhk_run_init (DhkRun *self,
                   DhkAnalysis *analysis,
                   DhkFrame *frame,
                   GCancellable *cancellable,
                   DhkResult *result);
void dhk_run_clear (DhkRun *self);

static inline const DhkGroup *
dhk_run_get_group (const DhkRun *self, guint i)
{
  return &g_array_index (self->analysis->groups, DhkGroup, i);
}

/* The valid scores of a group's members, copied to `values`; how many there are. */
guint dhk_run_gather (const DhkRun *self, guint scale, guint group, double *values);

/* Notes that a respondent is left out, because its `variable` is missing. */
void dhk_run_add_left_out (DhkRun *self, guint row, guint variable, gboolean in_total);

/* TRUE when a respondent belongs to both groups: they cannot be compared as independent. */
gboolean dhk_run_groups_overlap (const DhkRun *self, guint a, guint b);

/* The parts of a result */

void dhk_run_counts (DhkRun *self);
gboolean dhk_run_cells (DhkRun *self, GError **error);
gboolean dhk_run_tests (DhkRun *self, GError **error);
gboolean dhk_run_reliability (DhkRun *self, GError **error);
gboolean dhk_run_correlations (DhkRun *self, GError **error);
gboolean dhk_run_extras (DhkRun *self, GError **error);

/* Why a statistic has no value, in the words of respondents and scores; NULL when it has one. */
const char *dhk_run_reason (DhkStatsStatus status);

/* Frees what is inside an element of the result's pointer arrays. */
void dhk_test_free (gpointer test);
void dhk_reliability_free (gpointer reliability);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhkRun, dhk_run_clear)

G_END_DECLS
