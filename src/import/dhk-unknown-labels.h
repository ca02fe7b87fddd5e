/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The labels of a file that are no answer of a scale or variable, as far as anybody knows: each is asked
 * about once, with all its rows. Inner header of the import room.
 */

#include "import/dhk-label-map.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;
  guint column;     /* the first that has it */
  GArray *rows;     /* guint */
  int value;        /* what a person said */
  gboolean open;    /* nobody said anything yet */
  gboolean is_code; /* it stands in a column of codes */
} DhkUnknownLabel;

typedef struct
{
  DhkRecogniser *recogniser; /* lent, as the next three */
  const DhkAnswerScale *scale;
  const DhkVariable *variable;
  DhkLabelMap *map;
  GHashTable *by_fold; /* folded label -> DhkUnknownLabel, lent by `order` */
  GPtrArray *order;    /* DhkUnknownLabel, as they turn up */
} DhkUnknownLabels;

/* Of the scale or variable that answers the question. */
void dhk_unknown_labels_init (DhkUnknownLabels *self, DhkRecogniser *recogniser, guint question);
void dhk_unknown_labels_clear (DhkUnknownLabels *self);

/* What nobody knows in a column, of labels or of `codes`. */
void dhk_unknown_labels_collect (DhkUnknownLabels *self, guint column, gboolean codes);

/* About all that was collected. */
void dhk_unknown_labels_ask (DhkUnknownLabels *self);

/* NULL: it was not collected. Lent. */
const DhkUnknownLabel *dhk_unknown_labels_find (const DhkUnknownLabels *self, const DhkWord *word);

G_END_DECLS
