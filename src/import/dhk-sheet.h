/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A raw table prepared for recognition: its head row found, the responses
 * below it listed, and every distinct cell once in a comparable form without
 * e-mail addresses.
 */

#include "import/dhk-catalogue.h"
#include "import/dhk-raw-table.h"

G_BEGIN_DECLS

typedef struct
{
  const DhkCell *cell;
  char *text;        /* cleaned, addresses masked; "" when blank */
  char *fold;        /* @text folded */
  gboolean personal; /* the cell held an e-mail or IP address and little else */
} DhkWord;

typedef struct
{
  DhkRawTable *table;
  guint head_row; /* of the table */
  guint n_columns;
  guint fit;         /* heads that are known, weighted */
  guint n_questions; /* heads that are an instrument's */
  GArray *rows;      /* guint: rows of the table that are responses */
  GPtrArray *words;  /* DhkWord or NULL, per value of the table */
} DhkSheet;

/* Takes a reference on `table`. */
DhkSheet *dhk_sheet_new (DhkRawTable *table, DhkCatalogue *catalogue);
void dhk_sheet_free (DhkSheet *self);

/* Lists the rows below the head that are not blank. */
void dhk_sheet_list_rows (DhkSheet *self);

/* The cell's word; the same cell has the same word. Lent. `row` is a row of the table. */
const DhkWord *dhk_sheet_get_word (DhkSheet *self, guint row, guint column);

/* TRUE when there is nothing to read in the cell, or what SPSS declares missing. */
gboolean dhk_word_is_blank (const DhkWord *word);

/* Length of `folded` without a number glued behind it; `suffix` is that number, 0 when none. */
gsize dhk_sheet_get_stem (const char *folded, guint *suffix);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkSheet, dhk_sheet_free)

G_END_DECLS
