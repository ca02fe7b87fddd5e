/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The choices of the Compare page as a plain value, and the request that they
 * mean. Knows no widgets.
 *
 * A viewpoint is who answers and about whom: a perspective of the instrument, or
 * a role about its own work.
 */

#include "analysis/dhk-analysis.h"

G_BEGIN_DECLS

typedef struct
{
  guint role;
  int target;
} DhkViewpoint;

/* `side_by_side`: the viewpoints themselves instead of the categories of a variable. */
#define DHK_SIDE_BY_SIDE_VIEWPOINTS (-1)

typedef struct
{
  DhkInstrument *instrument;     /* lent */
  const GArray *viewpoints;      /* lent; of dhk_comparison_list_viewpoints() */
  const gboolean *scales;        /* per scale of the instrument: chosen; lent */
  guint viewpoint;               /* of `viewpoints`; not used side by side */
  int side_by_side;              /* a variable, or DHK_SIDE_BY_SIDE_VIEWPOINTS */
  gint8 only[DHK_MAX_VARIABLES]; /* per variable: category or band, -1 for everybody */
} DhkComparison;

/* GArray of DhkViewpoint, in the order of the instrument. Free with g_array_unref(). */
GArray *dhk_comparison_list_viewpoints (DhkInstrument *instrument);

/* TRUE when a scale is asked from the viewpoint (side by side: from any). */
gboolean dhk_comparison_can_show (const DhkComparison *self, guint scale);

/*
 * The request, with the tests that fit: t for two groups of different people,
 * ANOVA for more, and pairs of different people where some stand in several groups.
 * Groups with nobody of `frame` in them are left out. NULL when there is nothing to show:
 * no scale that is asked, no group.
 */
DhkAnalysis *dhk_comparison_create_analysis (const DhkComparison *self, const DhkFrame *frame);

G_END_DECLS
