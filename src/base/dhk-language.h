/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Languages and texts.
 *
 * Three things are kept apart: the language of the window (the process
 * locale, through gettext), the language of an output (a table, a sentence, a
 * report; chosen per output, through dhk_translate()), and how numbers are
 * written (dhk-number.h). Both kinds of words live in the same catalogue,
 * po/<language>.po; dhk_translate() reads the compiled catalogue that is built
 * into the program, so an output never depends on the locales of the machine.
 *
 * DhkText is a text of an instrument or a report plan in several languages.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DHK_LANGUAGE_NL,
  DHK_LANGUAGE_EN,
} DhkLanguage;

#define DHK_N_LANGUAGES 2

/* The text in each language; NULL where it was not given. */
typedef struct
{
  char *in[DHK_N_LANGUAGES];
} DhkText;

/*
 * The text in `language`, or in any language it has, or "". Lent.
 */
const char *dhk_text_get (const DhkText *text, DhkLanguage language);
void dhk_text_clear (DhkText *text);

/*
 * "nl" and "en" (also "nl_NL.UTF-8"); FALSE for anything else, `language` untouched.
 */
gboolean dhk_language_parse (const char *code, DhkLanguage *language);
const char *dhk_language_get_code (DhkLanguage language);

/*
 * The output language that fits the process locale: the first of LANGUAGE and
 * LC_MESSAGES that is Dutch or English; Dutch, the instruments' own language,
 * when neither says so.
 */
DhkLanguage dhk_language_from_locale (void);

/*
 * The language that the process speaks itself: Dutch where the locale is Dutch, else
 * English. What the window shows beside its own words is in this one.
 */
DhkLanguage dhk_language_of_messages (void);

/*
 * `msgid` (English) in `language`. Lent for ever. Falls back to `msgid`.
 */
const char *dhk_translate (DhkLanguage language, const char *msgid) G_GNUC_FORMAT (2);

/* Singular and plural form by n. Lent for ever. */
const char *dhk_translate_plural (DhkLanguage language, const char *one, const char *many, gulong n)
    G_GNUC_FORMAT (2) G_GNUC_FORMAT (3);

G_END_DECLS
