/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the export room: a table measured for a width.
 *
 * Numbers stand on their decimal sign. A table that is too wide is first set
 * a little smaller; then its heads and first column wrap in the largest type that
 * fits (twenty columns of numbers still get 7 pt); only at 5 pt do words break.
 * Nothing ever leaves the page.
 */

#include "export/dhk-typeset.h"
#include "report/dhk-table.h"

G_BEGIN_DECLS

typedef struct
{
  PangoLayout *layout;
  double x;
  double y; /* below the row's top */
} DhkPageCell;

typedef struct
{
  double x;
  double y;
  double width;
  double thickness;
} DhkPageRule;

typedef struct
{
  double height;
  gboolean keeps_with_next; /* a heading within the table */
  GArray *cells;            /* DhkPageCell */
  GArray *rules; /* DhkPageRule: under spanners, over totals; the outer rules are not here */
} DhkPageRow;

typedef struct
{
  double size; /* of the type */
  double width;
  guint n_head_rows;
  GPtrArray *rows; /* DhkPageRow */
} DhkPageTable;

/* `most` is the greatest height of a cell: longer texts end in an ellipsis. */
DhkPageTable *
dhk_page_table_new (DhkTypesetter *typesetter, const DhkTable *table, double width, double most);
void dhk_page_table_free (DhkPageTable *self);

/* The summed height of rows `first` up to but not including `end`. */
double dhk_page_table_get_height (const DhkPageTable *self, guint first, guint end);

G_END_DECLS
