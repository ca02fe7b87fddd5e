/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the reading of columns with several choices shares with the asking about them; for nobody else. */

#include "import/dhk-choice-reading.h"
#include "import/dhk-choice-text.h"

G_BEGIN_DECLS

/* Words of a person's own: an answer, and none of the choices. */
#define DHK_OWN_WORDS (-100)

typedef struct
{
  char *text;
  char *fold;
  char *id; /* of the question or decision */
  char *key;
  int known; /* what the instrument says, or -1 */
  int value; /* what holds: a choice, DHK_OWN_WORDS or DHK_MISSING_UNREADABLE */
  DhkDecidedBy by;
  guint column;   /* where it is first */
  guint64 count;  /* in the cells of all columns */
  GArray *counts; /* guint64, per column of the question */
  GArray *rows;   /* guint, of one that is not known */
} DhkChoiceEntry;

struct _DhkChoiceReading
{
  gatomicrefcount refs;
  DhkRecogniser *recogniser;
  const DhkChoices *choices;
  guint question;        /* of the first choice */
  const GArray *columns; /* guint; lent */
  DhkChoiceText *texts;
  GHashTable *by_fold; /* DhkChoiceEntry, lent by `entries` */
  GPtrArray *entries;  /* DhkChoiceEntry, as they turn up */
  GHashTable *slugs;   /* slug -> fold of the entry that has it */
  guint64 n_own_words; /* behind a choice */
};

/* The question's name, in the language of the process. Lent. */
const char *dhk_choice_reading_get_label (const DhkChoiceReading *self);

/* Fills in what every entry is taken as. */
void dhk_choice_reading_ask (DhkChoiceReading *self);

G_END_DECLS
