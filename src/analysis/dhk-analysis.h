/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What is asked of the data: a request that can be built from a report plan
 * or from the choices of a page, and run on a frame (dhk-result.h).
 *
 * A request names scales and groups. A group is who rates whom, among which
 * respondents: a role, a target and, per background variable, a category (or,
 * for a number variable, a band) or -1 for any. A cell of the result is scale × group.
 *
 *   COUNTS        respondents per group × category of `row_variable`; or per group × choice of
 *                 `row_choices`, where a respondent may have several, out of those who answered
 *   MEANS         n, M, SD, CI per scale × group, and tests between groups
 *   RELIABILITY   Cronbach's alpha per scale × group
 *   CORRELATIONS  Pearson r between the scales, and between each number
 *                 variable in `variables` and each scale, within each group
 */

#include "study/dhk-frame.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_ANALYSIS_COUNTS,
  DHK_ANALYSIS_MEANS,
  DHK_ANALYSIS_RELIABILITY,
  DHK_ANALYSIS_CORRELATIONS,
} DhkAnalysisKind;

typedef struct
{
  guint role;
  int target;
  gint8 categories[DHK_MAX_VARIABLES]; /* per variable of the instrument; -1: any */
  gboolean is_total;                   /* a total beside its parts: takes no part in the tests */
} DhkGroup;

typedef enum
{
  DHK_DESIGN_NONE,
  DHK_DESIGN_ANOVA, /* one-way over the groups, Tukey-Kramer after it */
  DHK_DESIGN_T,     /* two groups: Student's t, Welch's t beside it */
  DHK_DESIGN_PAIRS, /* the pairs in `pairs`: Student's t with Holm over the pairs of a scale, Welch
                       beside it */
} DhkDesign;

/* Indexes into the groups of the request. */
typedef struct
{
  guint a;
  guint b;
} DhkGroupPair;

/* One more correlation beside the means: of two scales in one group (Table 5's r). */
typedef struct
{
  guint x; /* scale of the instrument */
  guint y;
  DhkGroup group;
} DhkExtraCorrelation;

typedef struct
{
  gatomicrefcount refs;
  DhkInstrument *instrument;
  DhkAnalysisKind kind;
  GArray *scales;    /* guint: scales of the instrument, in the order of the rows */
  GArray *groups;    /* DhkGroup, in the order of the columns */
  int row_variable;  /* COUNTS: a category variable, or -1 */
  int row_choices;   /* COUNTS: several choices of the instrument, or -1 */
  GArray *variables; /* CORRELATIONS: guint, number variables */
  GArray *extras;    /* DhkExtraCorrelation */
  DhkDesign design;
  GArray *pairs;     /* DhkGroupPair */
  char *family;      /* name of the family of tests, e.g. "reciprocal-pairs" */
  double alpha;      /* .05 */
  double confidence; /* .95 */
} DhkAnalysis;

/* An empty request; fill its fields before it is shared. */
DhkAnalysis *dhk_analysis_new (DhkInstrument *instrument, DhkAnalysisKind kind);
DhkAnalysis *dhk_analysis_ref (DhkAnalysis *self);
void dhk_analysis_unref (DhkAnalysis *self);

/* COUNTS: the rows, a category or a choice each, and what they are called together. */
guint dhk_analysis_get_n_rows (const DhkAnalysis *self);
const DhkText *dhk_analysis_get_row_label (const DhkAnalysis *self, guint row);
const DhkText *dhk_analysis_get_rows_label (const DhkAnalysis *self);

/* A group of everybody in `role` rating `target`. */
DhkGroup dhk_group_init (guint role, int target);

/* TRUE when frame row `row` belongs to `group`. */
gboolean dhk_group_contains (const DhkGroup *self, const DhkFrame *frame, guint row);

/*
 * TRUE when no respondent can be in both groups, whoever there is: only such groups
 * can be tested as independent.
 */
gboolean dhk_groups_exclude (const DhkInstrument *instrument, const DhkGroup *a, const DhkGroup *b);

/*
 * The group's name among its fellows: only what tells it from the others
 * ("Residential", "Youth about worker", "Man"). Free with g_free().
 */
char *dhk_analysis_dup_group_label (const DhkAnalysis *self, guint group, DhkLanguage language);

/* TRUE when the groups (totals aside) are of several perspectives; when `variable` tells them
 * apart. */
gboolean dhk_analysis_perspectives_differ (const DhkAnalysis *self);
gboolean dhk_analysis_variable_differs (const DhkAnalysis *self, guint variable);

/* What all groups share, in words ("Youth about worker, Residential"), or "". Free with g_free().
 */
char *dhk_analysis_dup_common_label (const DhkAnalysis *self, DhkLanguage language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkAnalysis, dhk_analysis_unref)

G_END_DECLS
