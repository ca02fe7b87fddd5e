/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* When the response of each row began and ended, in few bytes. Inner header of the import room. */

#include "import/dhk-raw-piece.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_rows;
  DhkRawPiece *pieces[2]; /* of the start and the end, by row; NULL when there are none */
  guint n_pieces[2];      /* that are begun */
  GHashTable *odd[2];     /* row -> gint64: those that do not fit */
} DhkRowTimes;

void dhk_row_times_init (DhkRowTimes *self, guint n_rows);
void dhk_row_times_clear (DhkRowTimes *self);

/* Once a row, by rising row; starts and ends may be set by two threads. 0: not known. */
void dhk_row_times_set (DhkRowTimes *self, guint row, gboolean completed, gint64 seconds);
gint64 dhk_row_times_get (const DhkRowTimes *self, guint row, gboolean completed);

G_END_DECLS
