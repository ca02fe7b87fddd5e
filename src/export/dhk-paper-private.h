/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the export room: the parts of a paper form, set for its width before
 * they have a place. dhk-paper-parts.c makes them of rows, dhk-paper.c places them.
 */

#include "export/dhk-pages-private.h"
#include "study/dhk-instrument.h"

G_BEGIN_DECLS

typedef struct
{
  DhkTypesetter *typesetter;
  const DhkInstrument *instrument;
  const DhkQuestionnaire *questionnaire;
  DhkLanguage language;
  double width;
  double padding; /* above and below the wording in a grid's row */
} DhkPaperSetter;

/* Some rows of items, placed relative to the row's upper left corner. */
typedef struct
{
  GArray *items; /* DhkPageItem */
  double height;
} DhkPaperRow;

/* What stays together on a page when a page can hold it. */
typedef struct
{
  GPtrArray *rows; /* DhkPaperRow */
} DhkPaperPart;

DhkPaperPart *dhk_paper_part_new (void);
void dhk_paper_part_free (DhkPaperPart *self);
double dhk_paper_part_get_height (const DhkPaperPart *self);

/* Rows (dhk-paper-rows.c). A row is lent by its part; a layout is taken. */

#define DHK_PAPER_HAIR 0.4 /* thickness of a rule */

DhkPaperRow *dhk_paper_part_add_row (DhkPaperPart *self, double height);
void dhk_paper_row_add_layout (DhkPaperRow *self, PangoLayout *layout, double x, double y);
void dhk_paper_row_add_rule (DhkPaperRow *self, double x, double y, double width);
void
dhk_paper_row_add_box (DhkPaperRow *self, guint question, int code, const cairo_rectangle_t *box);

/* Parts (dhk-paper-parts.c) */

/* A paragraph with space after it. */
DhkPaperPart *dhk_paper_part_new_text (const DhkPaperSetter *setter,
                                       const DhkType *type,
                                       const char *text,
                                       double after);

/* A question whose answers stand under it: a background variable, or an item of a long answer
 * scale. */
DhkPaperPart *dhk_paper_part_new_question (const DhkPaperSetter *setter, guint question);

/* Several choices: one wording, and a box for each of the questions from `question` on. */
DhkPaperPart *dhk_paper_part_new_choices (const DhkPaperSetter *setter,
                                          guint question,
                                          const DhkChoices *choices);

/* What can be crossed: an answer, or a choice that is none. */
typedef struct
{
  const char *label;
  int code;     /* of the answer, or a DhkMissing */
  char *key;    /* what is typed for it in Paper entry: "3", "-5" */
  guint offset; /* of several choices: which question after the first */
} DhkPaperChoice;

/*
 * How the items of a grid stand in columns. With `has_labels` each answer stands over its
 * column; without, the labels are too wide and are listed under the stem.
 */
typedef struct
{
  GArray *choices; /* DhkPaperChoice */
  double column;   /* width of one answer's column */
  gboolean is_grid;
  gboolean has_labels;
} DhkPaperColumns;

void dhk_paper_columns_choose (const DhkPaperSetter *setter, guint question, DhkPaperColumns *self);
void dhk_paper_columns_clear (DhkPaperColumns *self);

/* The stem and the answers over their columns; `again` at the top of a next page. */
DhkPaperPart *dhk_paper_part_new_head (const DhkPaperSetter *setter,
                                       guint question,
                                       const DhkPaperColumns *columns,
                                       gboolean again);

/* One item with its boxes. */
DhkPaperPart *dhk_paper_part_new_item (const DhkPaperSetter *setter,
                                       guint question,
                                       const DhkPaperColumns *columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkPaperPart, dhk_paper_part_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhkPaperColumns, dhk_paper_columns_clear)

G_END_DECLS
