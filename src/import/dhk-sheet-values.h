/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What stands in a column that nobody has said anything about: answers to choose among, or numbers. */

#include "import/dhk-sheet.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_number; /* everything that is filled in is one */
  double low;
  double high;
} DhkValueRange;

/*
 * The different texts (owned) of these rows (guint), by number or alphabet; NULL when they are too many or too
 * long to be answers, or hold what is personal. `range` is filled in either case. Of a long file the
 * first rows are looked at.
 */
GPtrArray *
dhk_sheet_list_values (DhkSheet *self, const GArray *rows, guint column, DhkValueRange *range);

G_END_DECLS
