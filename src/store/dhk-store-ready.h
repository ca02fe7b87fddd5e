/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The new rows of a file of a draft, made ready for the tables: texts, numbers of the respondents,
 * packed answers. A thread does it for a long file, while the store's own thread inserts what is
 * ready (dhk-store-draft-rows.c). Inside the store room.
 */

#include "store/dhk-key-file-private.h"
#include "store/dhk-store-private.h"

G_BEGIN_DECLS

/* A file of fewer rows is made ready without a thread. */
#define DHK_ROWS_FOR_THREAD 2000

/* Where the answer to a question of a file goes. */
typedef struct
{
  guint slot;
  guint sheet; /* target + 1 */
  char *to;    /* where its answer is packed for the row at hand */
  int target;
  char packed[256]; /* how a code is written, by its bits; '\0' for none of its answers */
} DhkPlace;

/* In the texts of the block. */
typedef struct
{
  guint at;
  guint length;
} DhkReadyText;

/* A hash as the study keeps it; or, where it is none, its text. */
typedef struct
{
  gboolean is_hash;
  guint8 bytes[DHK_HASH_SIZE];
  DhkReadyText text;
} DhkReadyHash;

typedef struct
{
  guint row; /* of the file's rows */
  gint64 id;
  gint64 number;
  gint64 started;
  gint64 completed;
  DhkReadyText form_id; /* of no length when there is none */
  DhkReadyHash identity;
  DhkReadyHash content;
  char pseudonym[DHK_PSEUDONYM_SIZE];
  DhkReadyText answers; /* about nobody; of no length when there are none */
} DhkReadyRespondent;

typedef struct
{
  gint64 respondent;
  int target;
  DhkReadyText answers;
} DhkReadySheet;

/* What does not fit a sheet. */
typedef struct
{
  gint64 respondent;
  const DhkPlace *place;
  DhkCell cell;
} DhkReadyValue;

/* Some rows of the file in order; new ones are ready, others are only counted. */
typedef struct
{
  guint first;
  guint n_rows;
  guint n_others;
  gboolean refused;    /* an answer does not belong to its question */
  GArray *respondents; /* DhkReadyRespondent */
  GArray *sheets;      /* DhkReadySheet, by respondent */
  GArray *values;      /* DhkReadyValue */
  GString *texts;
} DhkReadyBlock;

void dhk_ready_block_free (DhkReadyBlock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkReadyBlock, dhk_ready_block_free)

typedef struct _DhkReadyRows DhkReadyRows;

/*
 * Respondents get the numbers from `next_respondent` on in the study, from `next_number` on in the
 * questionnaire. Store and draft must not change until it is freed, except that rows are inserted.
 */
DhkReadyRows *dhk_ready_rows_new (DhkStore *store,
                                  DhkDraftFile *file,
                                  const DhkQuestionnaire *questionnaire,
                                  gint64 next_respondent,
                                  gint64 next_number);
void dhk_ready_rows_free (DhkReadyRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkReadyRows, dhk_ready_rows_free)

/* The next block, owned by the caller; NULL after the last one. */
DhkReadyBlock *dhk_ready_rows_take (DhkReadyRows *self);

/* Of a question of the questionnaire. */
const DhkPlace *dhk_ready_rows_get_place (const DhkReadyRows *self, guint question);

/* Storing them (dhk-store-draft-rows.c) ----------------------------------------------------- */

typedef struct
{
  DhkDraftFile *file;
  const DhkQuestionnaire *questionnaire; /* NULL: nobody knows it */
  DhkComparison *comparison;
  gint64 step;
  gint64 batch;
  guint n_done; /* files that are stored, of `n_files` */
  guint n_files;
} DhkFileRows;

/* All rows of a file by what became of them, and the raw ones; inside a transaction. */
gboolean dhk_store_insert_rows (DhkStore *self,
                                const DhkFileRows *from,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
