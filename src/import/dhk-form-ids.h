/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The numbers that a form gives its responses, for going over all rows: looked up a block at a time.
 * Inner header of the import room. The column is frozen (dhk_sheet_freeze()).
 */

#include "import/dhk-sheet.h"

G_BEGIN_DECLS

#define DHK_FORM_IDS 512

typedef struct
{
  DhkSheet *sheet;
  const GArray *rows;
  int column;
  const DhkRawColumn *cells; /* NULL when there is no column */
  guint first;               /* of the rows that were looked up */
  guint values[DHK_FORM_IDS];
  guint64 digits[DHK_FORM_IDS];
  guint last; /* the shape that was met last, and whether its cells stand as they are */
  gboolean as_it_is;
  GString *text;
} DhkFormIds;

/* Lends what it is given. `column` is below zero where the form has no numbers. */
void dhk_form_ids_init (DhkFormIds *self, DhkSheet *sheet, const GArray *rows, int column);
void dhk_form_ids_clear (DhkFormIds *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhkFormIds, dhk_form_ids_clear)

/* Whether the row (a place in the list) has one. By rising row. */
gboolean dhk_form_ids_has (DhkFormIds *self, guint row);

/* The key with the number of such a row added, for dhk_twice_find(). */
guint64 dhk_form_ids_add_to_key (DhkFormIds *self, guint row, guint64 key);

G_END_DECLS
