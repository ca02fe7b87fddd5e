/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The list of respondents and what loads it; for nobody else. */

#include "store/dhk-store-respondents.h"

G_BEGIN_DECLS

/* Texts are places in those of the block; place 0 is "". */
typedef struct
{
  gint64 completed;
  guint32 number;
  guint32 batch;
  guint32 form_id;
  guint32 pseudonym;
  guint32 reason;
  guint16 questionnaire;
  guint16 unanswered;
  guint16 unreadable;
  guint8 excluded;
} DhkRecord;

typedef struct
{
  DhkRecord *records;
  GString *texts; /* zero-terminated, one after the other */
} DhkRecordBlock;

/* What few have, of all rows. */
typedef struct
{
  guint64 generation;
  guint n_variables;
  gint8 **kinds;         /* per variable: why there is no number, a row each; or NULL */
  GHashTable *hand;      /* key of row and question (a set) */
  GHashTable *hand_rows; /* row (a set) */
} DhkRespondentMarks;

struct _DhkRespondents
{
  gatomicrefcount refs;
  DhkFrame *frame; /* of everybody: for the answers only */
  guint n;
  guint n_blocks;
  guint n_loaded;          /* blocks */
  DhkRecordBlock **blocks; /* NULL: not loaded yet */
  DhkRespondentMarks *marks;
};

struct _DhkRespondentPart
{
  guint first;
  guint n;
  DhkRecordBlock **blocks;   /* `n`; NULL once they are taken */
  DhkRespondentMarks *marks; /* or NULL */
};

void dhk_record_block_free (DhkRecordBlock *self);
void dhk_respondent_marks_free (DhkRespondentMarks *self);

/* The rows of a block. */
guint dhk_respondents_get_block_size (const DhkRespondents *self, guint block);

/* What hand-corrected answers are kept under. */
guint64 dhk_respondents_make_key (
    const DhkRespondents *self, guint row, gboolean is_variable, guint index, int target);

/* The codes of a question, one a row; NULL for a number variable, and when nobody has one. */
const gint8 *dhk_respondents_get_codes (const DhkRespondents *self, const DhkQuestion *question);

/* The code of a row by the frame and these marks, which may be NULL. */
int dhk_respondents_read_code (const DhkRespondents *self,
                               const DhkRespondentMarks *marks,
                               guint row,
                               const DhkQuestion *question);

G_END_DECLS
