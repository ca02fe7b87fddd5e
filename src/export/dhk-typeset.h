/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Texts in the report's type.
 *
 * A typesetter has fonts of its own, so that a document may be laid out in one
 * thread and drawn in another, and lays out without hinting: lines break alike
 * on screen, printer and in a PDF. Sizes are points.
 */

#include <pango/pangocairo.h>

#include "base/dhk-language.h"

G_BEGIN_DECLS

typedef struct
{
  double size;
  gboolean bold;
  gboolean italic;
  double line_spacing; /* factor; 0: the font's own */
  PangoAlignment align;
  gboolean keep_equations; /* dhk_keep_together() */
  const char *italic_lead; /* words before the text, in italics ("Note."), or NULL */
} DhkType;

typedef struct
{
  PangoFontMap *map;
  PangoContext *context;
} DhkTypesetter;

DhkTypesetter *dhk_typesetter_new (DhkLanguage language);
void dhk_typesetter_free (DhkTypesetter *self);

/*
 * Attributes for `text` that keep on one line what belongs together: "n = 50", "p < ,001",
 * "b > c", and the letter of a column with its first word, "(c) Hulpverlener". A window's
 * labels may use them too.
 */
void dhk_keep_together (PangoAttrList *attributes, const char *text);

/* A layout of `text`, wrapped at `width` (negative: not at all). Free with g_object_unref(). */
PangoLayout *
dhk_typesetter_set (DhkTypesetter *self, const DhkType *type, const char *text, double width);

double dhk_layout_get_width (PangoLayout *layout);
double dhk_layout_get_height (PangoLayout *layout);

/* Width of the widest part that no line may break. */
double dhk_typesetter_measure_word (DhkTypesetter *self, const DhkType *type, const char *text);

/* Height of lines `first` up to but not including `end`; the end of the layout for a large `end`.
 */
double dhk_layout_get_lines_height (PangoLayout *layout, int first, int end);

/* Draws these lines with the first line's top at (x, y). */
void
dhk_layout_show_lines (PangoLayout *layout, cairo_t *cr, double x, double y, int first, int end);

G_END_DECLS
