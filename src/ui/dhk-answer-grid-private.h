/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the grid share; for nobody else. */

#include "ui/dhk-answer-grid.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 respondent;
  DhkQuestion question;
  int code;
  double number;
} DhkPendingAnswer;

struct _DhkAnswerGrid
{
  GtkWidget parent_instance;

  GtkWidget *cell; /* over the focused cell */

  /* Owned */
  DhkRespondents *list; /* NULL: nothing to show yet */
  GPtrArray *questions;
  GArray *rows;        /* guint32 */
  GPtrArray *heads;    /* char *, per question */
  GArray *edges;       /* int, per question its left edge, and the right one of the last */
  GArray *pending;     /* DhkPendingAnswer */
  GHashTable *layouts; /* text -> PangoLayout */
  GtkAdjustment *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];

  const DhkQuestion *sort; /* borrowed from the instrument */
  gboolean sort_down;

  int row_height;
  int head_height;
  int head_width; /* of the heads of rows */

  /* In rows and questions that are shown */
  guint row;
  guint column;
  guint anchor_row; /* where the selection began */
  guint anchor_column;
};

enum
{
  DHK_GRID_MOVED,
  DHK_GRID_EDIT,
  DHK_GRID_MENU,
  DHK_GRID_SORT,
  DHK_GRID_N_SIGNALS
};
extern guint dhk_answer_grid_signals[DHK_GRID_N_SIGNALS];

#define DHK_GRID_PADDING 8

/* dhk-answer-grid-content.c */
gboolean dhk_answer_grid_is_same (const DhkQuestion *a, const DhkQuestion *b);
guint32 dhk_answer_grid_get_row (DhkAnswerGrid *self, guint position);
const DhkQuestion *dhk_answer_grid_get_question (DhkAnswerGrid *self, guint column);
gboolean dhk_answer_grid_is_empty (DhkAnswerGrid *self);

/* dhk-answer-grid-layout.c */
double dhk_answer_grid_get_scroll (DhkAnswerGrid *self, GtkOrientation orientation);
void dhk_answer_grid_measure_all (DhkAnswerGrid *self);

/* The question at `x` of the content, clamped. */
guint dhk_answer_grid_find_column (DhkAnswerGrid *self, double x);
int dhk_answer_grid_get_edge (DhkAnswerGrid *self, guint column);

/* dhk-answer-grid.c: moves the focus; with `extend` the selection grows. */
void dhk_answer_grid_move (DhkAnswerGrid *self, gint64 row, gint64 column, gboolean extend);

/* dhk-answer-grid-place.c */
void dhk_answer_grid_set_adjustment (DhkAnswerGrid *self,
                                     GtkOrientation orientation,
                                     GtkAdjustment *adjustment);
/* Scrolling knows the rows and columns that are new, also before they are placed. */
void dhk_answer_grid_take_extent (DhkAnswerGrid *self);
void dhk_answer_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline);

/* dhk-answer-grid-draw.c */
PangoLayout *dhk_answer_grid_get_layout (DhkAnswerGrid *self, const char *text);
void dhk_answer_grid_draw (DhkAnswerGrid *self, GtkSnapshot *snapshot);

/* dhk-answer-grid-input.c */
void dhk_answer_grid_add_input (DhkAnswerGrid *self);

G_END_DECLS
