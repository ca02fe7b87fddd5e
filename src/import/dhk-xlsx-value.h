/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Numbers and dates as a workbook writes them. Private to the import room. */

#include "import/dhk-xlsx-workbook.h"

G_BEGIN_DECLS

/**
 * dhk_xlsx_number_parse:
 * @length: bytes of @text, which need not end by a NUL byte
 * @value: (out): the number, when %TRUE
 * @plain: (out): whether the text already is the number's shortest form
 *
 * Returns: whether the text is one finite decimal number, white space around it aside
 */
gboolean dhk_xlsx_number_parse (const char *text, gsize length, double *value, gboolean *plain);

/**
 * dhk_xlsx_digits_parse:
 *
 * The same, of the numbers that nearly all are.
 *
 * Returns: %FALSE when the number is none, or has too many digits or other signs
 */
gboolean dhk_xlsx_digits_parse (const char *text, gsize length, double *value, gboolean *plain);

/**
 * dhk_xlsx_number_append:
 *
 * Appends the shortest decimal form that reads back as the same number.
 */
void dhk_xlsx_number_append (GString *text, double value);

/**
 * dhk_xlsx_date_seconds:
 * @serial: days since the workbook's day zero
 * @seconds: (out): seconds since 1970 of the wall clock, to the millisecond
 *
 * Returns: %FALSE when no date is meant: before day zero, after 9999, or the
 *   29 February 1900 that only Excel knows
 */
gboolean dhk_xlsx_date_seconds (double serial, gboolean date1904, double *seconds);

/**
 * dhk_xlsx_date_append:
 * @style: DATE leaves out a time of midnight, TIME leaves out the date
 */
void dhk_xlsx_date_append (GString *text, double seconds, DhkXlsxStyle style);

G_END_DECLS
