/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Texts as people type and programs export them, made comparable; e-mail
 * addresses taken out of them; texts as fields of a CSV line.
 */

#include <glib.h>

G_BEGIN_DECLS

/*
 * White space of any kind (also no-break and line breaks, also Excel's
 * "_x000D_") collapsed to single spaces, none at either end; typographic
 * quotes and dashes made plain; NFC. Free with g_free().
 */
char *dhk_text_clean (const char *text);

/*
 * dhk_text_clean(), then without case and accents: two texts that fold
 * alike are the same label. Free with g_free().
 */
char *dhk_text_fold (const char *text);

/* Its letters and digits in ASCII, joined by dashes, `most` characters at most; may be "". Free with g_free(). */
char *dhk_text_dup_slug (const char *text, guint most);

/*
 * `text` with every e-mail address replaced by "[e-mail]"; NULL when there is
 * none. Free with g_free().
 */
char *dhk_text_mask_emails (const char *text);

typedef enum
{
  DHK_CSV_AS_IS,          /* to be read again by a program */
  DHK_CSV_FOR_SPREADSHEET /* what a spreadsheet would take for a formula gets an apostrophe */
} DhkCsvStyle;

/* Appends `text` as a field of a CSV line (RFC 4180): quoted only where it has to be. */
void dhk_text_append_csv (GString *line, const char *text, DhkCsvStyle style);

/* TRUE when a spreadsheet would take `text` for a formula; a number with a sign is none. */
gboolean dhk_text_is_formula (const char *text);

G_END_DECLS
