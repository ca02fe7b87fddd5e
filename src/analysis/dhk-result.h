/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The result of a request: plain, immutable data that every output shows
 * (window, print, file, command line). No words in a language, no formatting.
 *
 * Undefined numbers are NaN; why stands beside them as an English sentence
 * part for dhk_translate() ("fewer than two respondents").
 */

#include "analysis/dhk-analysis.h"

G_BEGIN_DECLS

/* MEANS: scale × group; there is no cell where n = 0. */
typedef struct
{
  guint scale; /* index into the instrument's scales */
  guint group; /* index into the request's groups */
  guint n;
  double mean;
  double sd; /* NaN when n < 2 */
  double se;
  double ci_low; /* of the mean, at the request's confidence */
  double ci_high;
} DhkCell;

/* A number variable among the respondents of a group (CORRELATIONS); none where n = 0. */
typedef struct
{
  guint variable;
  guint group;
  guint n;
  double mean;
  double sd; /* NaN when n < 2 */
} DhkNumberCell;

/* In place of a group of COUNTS: the respondents of all groups together, each counted once. */
#define DHK_ALL_GROUPS G_MAXUINT

/*
 * COUNTS: `category` -1 is the total over the categories. With several choices it is who chose
 * this one, and -1 is who answered the question.
 */
typedef struct
{
  guint group; /* or DHK_ALL_GROUPS */
  int category;
  guint n;
} DhkCount;

typedef enum
{
  DHK_TEST_ANOVA,
  DHK_TEST_WELCH_ANOVA,
  DHK_TEST_STUDENT_T,
  DHK_TEST_WELCH_T,
} DhkTestMethod;

typedef enum
{
  DHK_POST_HOC_NONE,
  DHK_POST_HOC_TUKEY_KRAMER,
  DHK_POST_HOC_HOLM,
} DhkPostHoc;

/* One comparison after a test; a and b index the test's groups. Difference = a − b. */
typedef struct
{
  guint a;
  guint b;
  double difference;
  double se; /* of the difference */
  double p;  /* adjusted by the post hoc procedure */
  double ci_low;
  double ci_high;
  gboolean significant; /* p < alpha */
} DhkPairResult;

typedef struct
{
  guint scale;
  DhkTestMethod method;
  char *family;   /* the set of tests a correction runs over, unique per scale */
  GArray *groups; /* guint: indexes into the request's groups that took part */
  double statistic;
  double df1;
  double df2;         /* NaN for a t test */
  double p;           /* not adjusted */
  double p_adjusted;  /* Holm over the family; NaN when nothing is adjusted */
  double eta_squared; /* ANOVA, else NaN */
  double d;           /* Cohen's d with the pooled SD for a t test, else NaN */
  DhkPostHoc post_hoc;
  GArray *pairs;         /* DhkPairResult; empty without post hoc */
  gboolean significant;  /* of the adjusted p where there is one */
  const char *undefined; /* why there is no statistic, or NULL */
} DhkTest;

typedef struct
{
  guint item; /* of the instrument */
  double mean;
  double sd;
  double item_rest_r;
  double alpha_if_dropped;
} DhkItemResult;

typedef struct
{
  guint scale;
  guint group;
  guint n; /* respondents who answered every item (listwise) */
  double alpha;
  double ci_low; /* Feldt */
  double ci_high;
  GArray *items; /* DhkItemResult */
  const char *undefined;
} DhkReliabilityResult;

typedef struct
{
  int x_variable; /* a number variable, or -1 */
  int x_scale;    /* a scale, or -1 */
  guint y_scale;
  DhkGroup group;
  guint n;
  double r;
  double p;
  double ci_low;
  double ci_high;
  const char *undefined;
} DhkCorrelationResult;

/* Respondents of a type (also the index of a role) left out because their `variable` is missing. */
typedef struct
{
  guint role;
  guint variable;
  guint n;
  gboolean in_total; /* a total counts them all the same */
} DhkLeftOut;

typedef struct
{
  gatomicrefcount refs;
  DhkAnalysis *analysis;
  GArray *cells;            /* DhkCell, by scale then group */
  GArray *counts;           /* DhkCount */
  GArray *group_n;          /* guint per group: respondents in it */
  GArray *group_scored;     /* guint per group: those with a score on one of the scales at least */
  GArray *numbers;          /* DhkNumberCell, by variable then group */
  GPtrArray *tests;         /* DhkTest */
  GPtrArray *reliabilities; /* DhkReliabilityResult */
  GArray *correlations;     /* DhkCorrelationResult */
  GArray *left_out;         /* DhkLeftOut */
  /*< private >*/
  int *cell_index; /* scale of the instrument × group: index into cells, or -1 */
} DhkResult;

/*
 * Runs the request. Blocking, safe in any thread; NULL only when cancelled
 * (G_IO_ERROR_CANCELLED).
 */
DhkResult *dhk_analysis_run (DhkAnalysis *analysis,
                             DhkFrame *frame,
                             GCancellable *cancellable,
                             GError **error);

DhkResult *dhk_result_ref (DhkResult *self);
void dhk_result_unref (DhkResult *self);

/* The cell of scale × group, or NULL where n = 0. */
const DhkCell *dhk_result_get_cell (const DhkResult *self, guint scale, guint group);

/* The count of group (or DHK_ALL_GROUPS) × category, or NULL. */
const DhkCount *dhk_result_get_count (const DhkResult *self, guint group, int category);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkResult, dhk_result_unref)

G_END_DECLS
