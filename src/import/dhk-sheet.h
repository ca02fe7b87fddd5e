/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A raw table prepared for recognition: its head row found, the responses
 * below it listed, and every distinct cell of a column once in a comparable form
 * without e-mail addresses.
 *
 * Words are made when they are asked for, by one thread; dhk_sheet_freeze() makes all
 * that dhk_sheet_append_text() needs, which any thread may then use.
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

/* A word that no list holds: a number or a date among many. */
typedef struct
{
  DhkWord word;
  DhkCell cell;
  DhkCellText raw;
  char text[DHK_SHAPE_SIZE];
  char fold[DHK_SHAPE_SIZE];
} DhkWordText;

typedef struct
{
  gatomicrefcount ref_count;
  DhkRawTable *table;
  guint head_row; /* of the table */
  guint n_columns;
  guint fit;         /* heads that are known, weighted */
  guint n_questions; /* heads that are an instrument's */
  GArray *rows;      /* guint: rows of the table that are responses */
  DhkWord ***words;  /* of a column, of a value of it: a word or NULL */
  GHashTable *rare;  /* place in the table -> DhkWordText: asked for one by one */
} DhkSheet;

/* Takes a reference on `table`. */
DhkSheet *dhk_sheet_new (DhkRawTable *table, DhkCatalogue *catalogue);
DhkSheet *dhk_sheet_ref (DhkSheet *self);
void dhk_sheet_unref (DhkSheet *self);

/* Lists the rows below the head that are not blank. */
void dhk_sheet_list_rows (DhkSheet *self);

/*
 * The cell's word; the same cell of a column has the same word, unless there are
 * thousands of different ones. Lent. `row` is a row of the table.
 */
const DhkWord *dhk_sheet_get_word (DhkSheet *self, guint row, guint column);

/* The word of a value that the column lists. */
const DhkWord *dhk_sheet_get_listed_word (DhkSheet *self, guint column, guint value);

/* For looking at every row: the same, but lent until `text` is used again. */
const DhkWord *dhk_sheet_peek_word (DhkSheet *self, guint row, guint column, DhkWordText *text);

/* Different cells of a column, in the order in which they turn up. */
typedef struct
{
  guint row; /* place in the list of rows: the first that has it */
  guint n;   /* how many have it */
} DhkTally;

/*
 * Counts the cells of the rows (guint) that are not in `skip` (places in the list, as keys; may be
 * NULL). Of a column that does not list its cells every row is one, or with `shapes` every sort
 * of cell that differs in its digits only. GArray of DhkTally; free with g_array_unref().
 */
GArray *dhk_sheet_tally (
    DhkSheet *self, guint column, const GArray *rows, GHashTable *skip, gboolean shapes);

/* The text of the word, without making one. After dhk_sheet_freeze() of the column, for any thread. */
void dhk_sheet_freeze (DhkSheet *self, guint column);
void dhk_sheet_append_text (DhkSheet *self, guint row, guint column, GString *line);
const char *dhk_sheet_get_text (DhkSheet *self, guint column, guint value);
gboolean dhk_sheet_is_missing (DhkSheet *self, guint row, guint column);

/* TRUE when there is nothing to read in the cell, or what SPSS declares missing. */
gboolean dhk_word_is_blank (const DhkWord *word);

/* Length of `folded` without a number glued behind it; `suffix` is that number, 0 when none. */
gsize dhk_sheet_get_stem (const char *folded, guint *suffix);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkSheet, dhk_sheet_unref)

G_END_DECLS
