/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Texts that differ by typing slips only. Word by word: no word may be there
 * more or less ("not" would turn a statement round), a short word must be the same
 * (me and mij, hij and zij are different words), a longer one may differ by a
 * slip. Spaces may be more or less.
 *
 * Both texts folded (dhk_text_fold()).
 */

#include <glib.h>

G_BEGIN_DECLS

/*
 * How near two texts are, 1 when equal, 0 when they differ by more than slips.
 */
double dhk_near_text (const char *a, const char *b);

/*
 * How much two texts have in common, slips or not: 1 equal, 0 nothing. Good for
 * a hint, never for a decision.
 */
double dhk_near_text_share (const char *a, const char *b);

G_END_DECLS
