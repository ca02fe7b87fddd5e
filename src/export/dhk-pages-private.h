/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the export room: what stands on a page. dhk-pages-flow.c and
 * dhk-paper.c place items, dhk-pages.c draws and reads them, dhk-pages-pdf.c writes them.
 */

#include "chart/dhk-draw.h"
#include "export/dhk-pages.h"
#include "export/dhk-typeset.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_ITEM_TEXT,
  DHK_ITEM_RULE,
  DHK_ITEM_CHART,
  DHK_ITEM_BOX, /* of a paper form, to be crossed or written in */
} DhkPageItemKind;

typedef struct
{
  DhkPageItemKind kind;
  gboolean same_row;  /* a table cell after another one: read on the same line */
  gboolean is_footer; /* page furniture, not read aloud */
  gboolean is_pale;   /* a digit that a cross is drawn over */
  double x;
  double y;
  double width; /* of a rule or chart; a rule's height is its thickness */
  double height;
  PangoLayout *layout; /* owned */
  int first_line;
  int end_line;
  DhkChart *chart; /* owned */
  guint question;  /* of a box: which one, and the answer that it stands for */
  int code;
} DhkPageItem;

typedef struct
{
  guint page;
  double y;
} DhkBlockPlace;

struct _DhkPages
{
  gatomicrefcount refs;
  DhkDocument *document;
  DhkPaper paper;
  gboolean in_colour;
  DhkTypesetter *typesetter;
  GPtrArray *pages;      /* GArray of DhkPageItem */
  DhkBlockPlace *places; /* per block of the document */
};

#define DHK_CHART_FONT_SIZE 9.0

/* Pages without any content, to be filled by hand. */
DhkPages *dhk_pages_new_bare (DhkDocument *document, const DhkPaper *paper);

/* Adds an empty page. */
void dhk_pages_add_page (DhkPages *self);

/* Fills `pages` and `places`. */
void dhk_pages_flow (DhkPages *self);

/* An item in a page, zeroed; valid until the next one is added. */
DhkPageItem *dhk_pages_add_item (DhkPages *self, guint page, DhkPageItemKind kind);

G_END_DECLS
