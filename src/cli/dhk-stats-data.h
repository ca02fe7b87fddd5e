/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Columns of a file, or a summary typed by hand, as the methods of the
 * statistics room take them.
 *
 * The first row names the columns. Numbers have a decimal point; an empty cell
 * and "NA" are missing; "Inf" and "-Inf" are infinite, because what a method
 * does with them is part of what can be certified. A word where a number is
 * needed is refused, with its line. Categories are sorted: numbers by size, if
 * all are numbers, else by their text; --levels gives another order. A name of
 * two columns, and a category that stands twice after --levels, are refused.
 */

#include <gio/gio.h>

#include "stats/dhk-method.h"

G_BEGIN_DECLS

/* What the command line asks for. Lists of column names; `step` holds a guint per predictor. */
typedef struct
{
  const char *file;
  GPtrArray *columns[DHK_N_ROLES];
  GArray *steps;
  GPtrArray *levels;
  const char *summary;
} DhkStatsRequest;

typedef struct
{
  DhkMethodInput input;
  GPtrArray *group_levels; /* of each group column: its names in order; NULL without data */

  /*< private >*/
  GPtrArray *owned;                    /* arrays of numbers and codes */
  GPtrArray *level_names[DHK_N_ROLES]; /* of the first column of the role; NULL: none */
} DhkStatsData;

/* FALSE, and nothing to clear, when the data cannot be read. */
gboolean dhk_stats_data_load (DhkStatsData *self, const DhkStatsRequest *request, GError **error);
void dhk_stats_data_clear (DhkStatsData *self);

/* The name of level `i` of the first column of a role; NULL where there are none. */
const char *dhk_stats_data_get_level (const DhkStatsData *self, DhkDataRole role, gsize i);

G_END_DECLS
