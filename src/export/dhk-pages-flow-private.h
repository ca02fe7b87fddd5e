/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the export room: a document on its way to pages. dhk-pages-measure.c makes pieces of its
 * blocks, dhk-pages-flow.c gives them places.
 */

#include "export/dhk-page-table.h"
#include "export/dhk-pages-private.h"

G_BEGIN_DECLS

#define DHK_PAGE_RULE 0.75
#define DHK_PAGE_NOTE_GAP 4.0
#define DHK_PAGE_CAPTION_GAP 4.0

/* A block measured for the paper's width, before it has a place. */
typedef struct
{
  const DhkBlock *block;
  double before; /* space around it; none at the top of a page */
  double after;
  PangoLayout *text;  /* of a text block */
  PangoLayout *label; /* of a table or figure; each may be NULL */
  PangoLayout *title;
  PangoLayout *note;
  DhkPageTable *table;
  DhkChart *chart;
  double chart_height;
  double height; /* in one piece */
  double least;  /* what must stand together on the page where it starts */
} DhkPagePiece;

/* The paper, and how far it is filled. */
typedef struct
{
  DhkPages *pages;
  guint page;
  double top;
  double bottom;
  double left;
  double width;
  double y;
  DhkLanguage language;
} DhkPageFlow;

/* Every block of the document. GPtrArray of DhkPagePiece, owned. */
GPtrArray *dhk_page_flow_measure (const DhkPageFlow *self);

/* A text for the width of the paper; NULL when there is none. Owned. */
PangoLayout *
dhk_page_flow_set_text (const DhkPageFlow *self, const DhkType *type, const char *text);

/* 0 for NULL. */
double dhk_page_layout_get_height (PangoLayout *layout);

/* Label and title with the space under them. */
double dhk_page_piece_get_caption_height (const DhkPagePiece *self);

G_END_DECLS
