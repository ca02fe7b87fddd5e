/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Colours of charts: pure arithmetic, no drawing. Colours are 0xRRGGBB in sRGB.
 *
 * A respondent type has one colour; its categories are lightness steps of it,
 * equal in OKLab, which still tell apart without colour vision. A fill need not
 * stand out from its ground: its outline does (at least 3 : 1, WCAG 2.1, 1.4.11).
 */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DHK_VISION_TYPICAL,
  DHK_VISION_PROTANOPIA,
  DHK_VISION_DEUTERANOPIA,
  DHK_VISION_TRITANOPIA,
} DhkVision;

/* How many hatchings the print style has; a pattern beyond starts again. */
#define DHK_N_PATTERNS 8

/* "#E69F00" as 0xE69F00; `fallback` for anything else. */
guint dhk_colour_parse (const char *text, guint fallback);

/* Relative luminance, 0 … 1 (WCAG 2.1). */
double dhk_colour_get_luminance (guint colour);

/* Contrast ratio, 1 … 21 (WCAG 2.1). */
double dhk_colour_get_contrast (guint a, guint b);

/* The fill's own hue, darker or lighter, with a contrast of at least `ratio` with the ground. */
guint dhk_colour_get_outline (guint fill, guint ground, double ratio);

/* Black or white: what reads best on a fill. */
guint dhk_colour_get_text (guint fill);

/*
 * Step `i` of `n` lightness steps of a colour, light to dark. One step is the
 * colour itself. Step `n` (one past the end) is the darkest: a total beside its parts.
 */
guint dhk_colour_get_step (guint colour, guint i, guint n);

/* The colour between several, as OKLab mixes them: a role of several types. */
guint dhk_colour_mix (const guint *colours, guint n);

/* What an eye without one kind of cone sees (Machado, Oliveira & Fernandes 2009, severity 1). */
guint dhk_colour_simulate (guint colour, DhkVision vision);

/* Distance in OKLab × 100; about 2 is just noticeable. */
double dhk_colour_get_distance (guint a, guint b);

G_END_DECLS
