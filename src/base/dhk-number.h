/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Numbers as a reader sees them: one formatter for tables, charts, sentences
 * and exports. The style is chosen per output and never comes from the locale.
 *
 * Dutch APA: decimal comma; English APA: decimal point. Both: no zero before
 * the decimal sign for values that cannot exceed 1 (r, p, alpha, eta squared), p
 * below ,001 as "< ,001", rounding half away from zero on the decimal digits that
 * a person sees (so 3,125 becomes 3,13, as SPSS prints it).
 *
 * An undefined value (NaN) becomes an en dash; the reason stands in a note.
 */

#include <glib.h>

#include "base/dhk-language.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_NUMBER_STYLE_DUTCH,
  DHK_NUMBER_STYLE_ENGLISH,
} DhkNumberStyle;

typedef enum
{
  DHK_NUMBER_MEAN,        /* 3,98 */
  DHK_NUMBER_SD,          /* 0,90 */
  DHK_NUMBER_COUNT,       /* 1234, no grouping */
  DHK_NUMBER_R,           /* ,49 */
  DHK_NUMBER_ALPHA,       /* ,90 */
  DHK_NUMBER_ETA_SQUARED, /* ,11 */
  DHK_NUMBER_P,           /* ,023 or < ,001 */
  DHK_NUMBER_STATISTIC,   /* t, F: 2,46 */
  DHK_NUMBER_DF,          /* 189; 96,43 when it has a fraction */
  DHK_NUMBER_D,           /* 0,52 */
  DHK_NUMBER_PERCENT,     /* 36,4 (without the sign) */
} DhkNumberKind;

/* The style that belongs to a language: Dutch APA for Dutch, English APA for English. */
DhkNumberStyle dhk_number_style_for_language (DhkLanguage language);

/* `value` as text. Free with g_free(). */
char *dhk_number_format (DhkNumberKind kind, double value, DhkNumberStyle style);

/*
 * "p = ,023" or "p < ,001": a symbol, the relation and the value.
 * For every other kind "symbol = value". Free with g_free().
 */
char *dhk_number_format_equation (const char *symbol,
                                  DhkNumberKind kind,
                                  double value,
                                  DhkNumberStyle style);

/* Fixed decimals, half away from zero, with the style's decimal sign. Free with g_free(). */
char *dhk_number_format_fixed (double value, guint decimals, DhkNumberStyle style);

/*
 * For files: the shortest text with a decimal point that reads back as the
 * same double; "" for NaN and infinities. `buffer` holds at least
 * G_ASCII_DTOSTR_BUF_SIZE bytes and is returned.
 */
const char *dhk_number_to_file (double value, char *buffer);

/*
 * The opposite: a whole text that is a finite decimal number with a point.
 * FALSE (value untouched) for anything else, hexadecimal and "nan" included.
 */
gboolean dhk_number_from_file (const char *text, double *value);

G_END_DECLS
