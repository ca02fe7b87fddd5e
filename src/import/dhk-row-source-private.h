/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What dhk-row-source.c and dhk-row-identity.c share; only they include it. */

#include "import/dhk-row-raw.h"
#include "import/dhk-row-source.h"
#include "import/dhk-row-times.h"

G_BEGIN_DECLS

/* What a column says to a question. */
typedef struct
{
  guint column;
  gint8 *codes;
  gint8 *settled; /* the same as stored, where no other column of the question counts; or NULL */
  double *numbers;
  gboolean by_row;
} DhkRowAnswer;

struct _DhkRowSource
{
  DhkSheet *sheet;
  GArray *rows;
  GHashTable *asides;
  DhkRowRaw *raw;
  int form_id;
  gboolean trusts_form_id;
  DhkRowTimes times;
  const char *questionnaire;
  guint n_questions;
  GPtrArray *answers; /* GArray of DhkRowAnswer, per question */
  gboolean has_numbers;
  GHashTable *repeats; /* row -> how many of the same are before it, + 1 */
};

/* The numbers of rows, n_questions each; NAN where there is none. */
void dhk_row_source_read_numbers (gpointer self, guint first, guint n, double *numbers);

/* What tells rows apart: the doors of DhkDraftSource (dhk-row-identity.c). */
void dhk_row_source_read_row (
    gpointer self, guint row, const gint8 *codes, const double *numbers, DhkDraftRow *found);
void dhk_row_source_read_facts (gpointer self,
                                guint row,
                                const gint8 *codes,
                                const double *numbers,
                                DhkDraftFacts *facts,
                                GString *form_id);
void dhk_row_source_read_keys (gpointer self, guint64 *keys);

/* Finds the rows that only their content tells apart, and how many of the same are before each. */
void dhk_row_source_count_repeats (DhkRowSource *self);

G_END_DECLS
