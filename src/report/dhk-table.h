/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A table as a reader sees it: texts in cells, in one language and number
 * style. Made from a result; shown alike by window, paper, text and files.
 *
 * APA 7: "Table 6" bold, the title in italics, rules above the head, under it
 * and at the end, n in the column heads, an empty cell for what does not apply,
 * a note with method, correction and what was left out.
 */

#include "analysis/dhk-result.h"
#include "base/dhk-number.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_ALIGN_START,
  DHK_ALIGN_CENTRE,
  DHK_ALIGN_DECIMAL, /* on the decimal sign */
} DhkAlign;

typedef struct
{
  char *text;
  guint columns; /* how many columns it spans, at least 1 */
  DhkAlign align;
  gboolean bold; /* a total, or the head of a block of rows */
} DhkTableCell;

typedef struct
{
  GArray *cells; /* DhkTableCell; spans add up to the table's n_columns */
  gboolean is_head;
  gboolean rule_above; /* a thin rule over a total row */
} DhkTableRow;

typedef struct
{
  gatomicrefcount refs;
  char *label; /* "Tabel 6", or NULL */
  char *title;
  char *note_label; /* "Noot.", in italics where there are italics */
  char *note;       /* what follows it; plain text, or NULL */
  guint n_columns;
  GPtrArray *rows; /* DhkTableRow; head rows first */
  guint n_head_rows;
} DhkTable;

/*
 * `title` and `extra_note` may be NULL. `number` as in the plan, or NULL.
 */
DhkTable *dhk_table_new_from_result (const DhkResult *result,
                                     const char *number,
                                     const char *title,
                                     const char *extra_note,
                                     DhkLanguage language,
                                     DhkNumberStyle style);

DhkTable *dhk_table_ref (DhkTable *self);
void dhk_table_unref (DhkTable *self);

/* Plain text with aligned columns, as the command line prints it. Free with g_free(). */
char *dhk_table_to_text (const DhkTable *self);

/* CSV (comma, RFC 4180, UTF-8): head rows, body rows; formulas neutralised. Free with g_free(). */
char *dhk_table_to_csv (const DhkTable *self);

/* Tab-separated, for the clipboard. Free with g_free(). */
char *dhk_table_to_tsv (const DhkTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkTable, dhk_table_unref)

G_END_DECLS
