/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What “driehoek peek” shows, and its two ways of writing it. */

#include "import/dhk-column-guess.h"
#include "import/dhk-reader.h"

G_BEGIN_DECLS

/**
 * DhkPeekSize:
 * @known: %FALSE for sheets that were not counted because those before them are large
 * @rows: rows that are not wholly empty
 * @last_row: number of the last of them
 * @columns: width of the widest
 */
typedef struct
{
  gboolean known;
  guint64 rows;
  guint64 last_row;
  guint columns;
} DhkPeekSize;

/* A column of separated text: its head and how it writes numbers and dates. */
typedef struct
{
  char *head;
  DhkNumberGuess numbers;
  DhkDateGuess dates;
} DhkPeekGuess;

typedef struct
{
  DhkReader *reader;
  const char *name;   /* of the file, without its folder */
  guint sheet;        /* whose rows are shown */
  gboolean only;      /* only this sheet was asked for */
  gint64 max_rows;    /* -1 for all */
  GArray *sizes;      /* DhkPeekSize */
  GPtrArray *guesses; /* DhkPeekGuess; NULL but for separated text */
} DhkPeek;

/* "A", "Z", "AA" */
char *dhk_peek_dup_letters (guint column);

const char *dhk_peek_kind_to_word (DhkCellKind kind);

/* Both write to stdout, row by row. */
gboolean dhk_peek_print_text (DhkPeek *self, GError **error);
gboolean dhk_peek_print_json (DhkPeek *self, GError **error);

G_END_DECLS
