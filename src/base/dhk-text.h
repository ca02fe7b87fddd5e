/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Texts as people type and programs export them, made comparable; and e-mail
 * addresses taken out of them.
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

/*
 * `text` with every e-mail address replaced by "[e-mail]"; NULL when there is
 * none. Free with g_free().
 */
char *dhk_text_mask_emails (const char *text);

G_END_DECLS
