/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside the export room: what a file of all answers has a column of, in its order. */

#include "study/dhk-frame.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_EXPORT_CATEGORY,
  DHK_EXPORT_NUMBER,
  DHK_EXPORT_ANSWER,
  DHK_EXPORT_SCORE,
} DhkExportKind;

typedef struct
{
  DhkExportKind kind;
  char *name;
  guint index;                 /* of the variable, item or scale in the instrument */
  int target;                  /* of an answer or a score */
  const DhkVariable *variable; /* of a category or a number */
  const gint8 *codes;          /* lent by the frame; NULL: empty throughout */
  const double *values;
} DhkExportColumn;

/* (element-type DhkExportColumn): variables, answers, scores. Lives as long as the frame. */
GArray *dhk_export_columns_list (DhkFrame *frame);

G_END_DECLS
