/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The text of a portable file of SPSS, from its first character on: lines of 80 characters, 200 bytes of
 * greeting, a table of 256 characters, the signature SPSSPORT, then numbers to the base of 30 and texts
 * with their length before them. What does not fit is refused. Private to the import room.
 */

#include "import/dhk-source.h"

G_BEGIN_DECLS

#define DHK_POR_GREETING 200
#define DHK_POR_MAX_TEXT 255

typedef struct
{
  DhkSource *source; /* lent */
  guint8 *piece;
  gsize n_piece;
  gsize used;
  guint64 offset; /* of the next piece */
  guint column;   /* in the line */
  guint n_spaces; /* that a short line still stands for */
  gboolean at_end;
  char letters[256]; /* byte -> ASCII, 0 where there is none */
  guint8 space;
  gboolean foreign; /* a text held a character that has no name */
} DhkPorText;

void dhk_por_text_init (DhkPorText *self, DhkSource *source);
void dhk_por_text_clear (DhkPorText *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhkPorText, dhk_por_text_clear)

/* All up to the first record. FALSE: this is no portable file. */
gboolean dhk_por_take_signature (DhkPorText *self);

/* The next character, as it stands or as ASCII; -1 at the end, or where a line is too long. */
int dhk_por_next_byte (DhkPorText *self);
int dhk_por_next_letter (DhkPorText *self);

/*
 * A number, NaN for "*.". Exponents are read but not needed: what is acted on are lengths and counts.
 * The first letter of a value may have been read before.
 */
gboolean dhk_por_take_number (DhkPorText *self, double *value);
gboolean dhk_por_take_number_from (DhkPorText *self, int letter, double *value);
gboolean dhk_por_take_count (DhkPorText *self, guint max, guint *count);

/* Up to DHK_POR_MAX_TEXT characters and a zero, or NULL to pass over; ReadStat takes no empty ones. */
gboolean dhk_por_take_text (DhkPorText *self, char *text);
gboolean dhk_por_take_text_from (DhkPorText *self, int letter, char *text);

G_END_DECLS
