/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Building a table row by row, and one maker per kind of result (inside this
 * room only).
 */

#include "report/dhk-table.h"
#include "report/dhk-words.h"

G_BEGIN_DECLS

DhkTable *dhk_table_new_empty (guint n_columns);

/* A new last row. Lent. Head rows come before all others. */
DhkTableRow *dhk_table_add_row (DhkTable *self, gboolean is_head);

/* A new last cell; the table takes `text`. */
void
dhk_table_row_take (DhkTableRow *self, char *text, guint columns, DhkAlign align, gboolean bold);
void dhk_table_row_add (
    DhkTableRow *self, const char *text, guint columns, DhkAlign align, gboolean bold);

/* A number in one column. */
void dhk_table_row_add_number (
    DhkTableRow *self, const DhkVoice *voice, DhkNumberKind kind, double value, gboolean bold);

DhkTable *dhk_table_new_counts (const DhkResult *result, const DhkVoice *voice);
DhkTable *dhk_table_new_means (const DhkResult *result, const DhkVoice *voice);
DhkTable *dhk_table_new_reliability (const DhkResult *result, const DhkVoice *voice);
DhkTable *dhk_table_new_correlations (const DhkResult *result, const DhkVoice *voice);

G_END_DECLS
