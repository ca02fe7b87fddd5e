/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A document laid out on pages: measured once, drawn page by page on any cairo
 * context (screen, printer, PDF). Units are points (1/72 inch).
 *
 * Pages belong to one thread at a time, also when they are only drawn: their layouts keep what they worked
 * out when first asked. Another thread lays the document out for itself.
 */

#include <cairo.h>
#include <gio/gio.h>

#include "report/dhk-document.h"

G_BEGIN_DECLS

typedef struct
{
  double width; /* of the paper */
  double height;
  double margin; /* on all sides */
} DhkPaper;

extern const DhkPaper dhk_paper_a4; /* 595.28 × 841.89, margins of 2,5 cm */

typedef struct _DhkPages DhkPages;

/* Lays the document out. `in_colour` FALSE draws charts in greys and hatching. */
DhkPages *dhk_pages_new (DhkDocument *document, const DhkPaper *paper, gboolean in_colour);
DhkPages *dhk_pages_ref (DhkPages *self);
void dhk_pages_unref (DhkPages *self);

guint dhk_pages_get_n (const DhkPages *self);
const DhkPaper *dhk_pages_get_paper (const DhkPages *self);
DhkDocument *dhk_pages_get_document (const DhkPages *self);
gboolean dhk_pages_is_in_colour (const DhkPages *self);

/* The page (from 0) on which a block of the document starts. */
guint dhk_pages_find_block (const DhkPages *self, guint block);

/* The whole text of a page, for a screen reader. Free with g_free(). */
char *dhk_pages_dup_text (const DhkPages *self, guint page);

/* Draws page `page` at the context's origin, in points. Paints no ground. */
void dhk_pages_draw (const DhkPages *self, guint page, cairo_t *cr);

/* Writes a PDF (atomically: a temporary file beside it, then renamed). */
gboolean
dhk_pages_write_pdf (const DhkPages *self, GFile *file, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkPages, dhk_pages_unref)

G_END_DECLS
