/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the store room: what was read of another study (DhkMerge). It is the origin of the draft
 * that is made of it, holds no handle on the file, and does not change any more once the
 * draft is made, so that the draft's rows can be told by any thread.
 */

#include "store/dhk-store-entry-private.h"
#include "store/dhk-store-merge.h"
#include "store/dhk-store-owner.h"

G_BEGIN_DECLS

#define DHK_MERGE_STEP "merge"

/* In merge_conflict the slots of who is excluded, and of who has another pseudonym there. */
#define DHK_MERGE_SLOT_EXCLUSION (-1)
#define DHK_MERGE_SLOT_PSEUDONYM (-2)

/* Forms of paper whose typing is gone: the study there was repaired. */
#define DHK_MERGE_LOOSE (-1)

/* A question here that has no column there has none of these. */
typedef struct
{
  const gint8 *codes;    /* of an item or a category, by row of the frame */
  const double *numbers; /* of a number */
  const gint8 *kinds;    /* why there is no number; may be NULL */
  gint8 map[128];        /* code there -> code here */
} DhkMergeColumn;

/* Answers to an item that this study knows and the respondent's questionnaire does not ask any more. */
typedef struct
{
  guint item; /* here */
  int target;
  DhkMergeColumn column;
} DhkMergeExtra;

/* A response there. Texts are lent by the merge. */
typedef struct
{
  gint64 id;       /* there */
  guint frame_row; /* there */
  const char *key; /* identity, or what stands for it; NULL: nothing tells */
  const char *identity;
  const char *content;
  const char *form_id;
  const char *pseudonym;
  const char *exclusion; /* reason, NULL: not excluded */
  gint64 started;
  gint64 completed;
  guint64 line;
} DhkMergeRow;

typedef struct
{
  guint64 line;
  const char *raw;
  const char *reason;
  const char *identity;
  gint64 respondent; /* there, or 0 */
} DhkMergeAside;

typedef struct
{
  gint64 n_rows;
  gint64 size;
  GBytes *deflated;
} DhkMergeChunk;

typedef struct _DhkMerge DhkMerge;

/* An import there, or a pile of paper forms: a file of the draft, when it brought a response. */
typedef struct
{
  DhkMerge *merge; /* lent */
  gint64 batch;    /* there; 0 for a pile */
  gint64 pile;     /* there; 0 for an import, DHK_MERGE_LOOSE for no pile */
  guint place;     /* in the list of files of the draft; 0: not one of them */
  char *name;
  char *sha256;
  char *kind;
  char *raw_head;
  guint questionnaire;
  GArray *rows;            /* DhkMergeRow */
  GArray *aside;           /* DhkMergeAside */
  GArray *chunks;          /* DhkMergeChunk */
  GArray *owners;          /* gint64, there; may be empty */
  gint64 stored_batch;     /* here, while it is stored; 0: none */
  GArray *extras;          /* DhkMergeExtra */
  DhkMergeColumn *columns; /* per question here */
  gboolean has_numbers;
} DhkMergeFile;

/* What was corrected by hand there, or a conflict there. */
typedef struct
{
  gint64 respondent; /* there */
  gboolean is_variable;
  guint index;           /* there */
  int target;            /* there */
  gint64 times;          /* of a correction */
  const char *file_name; /* of a conflict: which file or study says otherwise, */
  DhkCell found;         /* and what, there */
  DhkCell held;          /* where somebody chose to keep what is there: that */
  gboolean is_merged;    /* it is a study, */
  gboolean is_exclusion; /* and about who is excluded: */
  const char *exclusion; /* why, or NULL */
} DhkMergeMark;

/* What a slot there is. */
typedef struct
{
  gboolean is_variable;
  guint index; /* there */
} DhkMergeSlot;

struct _DhkMerge
{
  char *name; /* of the other study, for people */
  DhkInstrument *ours;
  DhkInstrument *theirs;
  DhkFrame *frame;
  gint8 **kinds; /* per number variable there */
  int *items;    /* there -> here; -1: unknown here, or left out */
  int *variables;
  int *targets;
  GPtrArray *files;  /* DhkMergeFile */
  GArray *slots;     /* DhkMergeSlot; slot n at n - 1 */
  GArray *edits;     /* DhkMergeMark */
  GArray *conflicts; /* DhkMergeMark */
  GArray *kept;      /* DhkMergeMark: what is not to be told there */
  GPtrArray *piles;  /* DhkMergePile */
  GStringChunk *texts;
  DhkErased *erased;     /* who was erased there; NULL: nobody */
  char *retention;       /* until when its answers may be kept, or NULL */
  gboolean has_key_file; /* names of its respondents are in a key file of its own */

  /* Of the last comparison */
  GHashTable *matched;  /* gint64 there -> gint64 here: who is in both */
  GHashTable *unwanted; /* gint64 there: who was erased here (a set) */
  guint n_alike;        /* who are new, though somebody here answered the same */

  /* While it is stored */
  GHashTable *stored; /* gint64 there -> gint64 here: who is new */
};

/* What was typed from paper there. */
typedef struct
{
  guint slot; /* there */
  const char *target;
  const char *answer;
} DhkMergeTyped;

typedef struct
{
  gint64 id; /* there */
  DhkEntryPass pass;
  guint number;
  gboolean complete;
  gint64 respondent; /* there, or 0 */
  GArray *answers;   /* DhkMergeTyped */
  GArray *settled;   /* DhkMergeTyped */
} DhkMergeForm;

typedef struct
{
  gint64 id; /* there */
  const char *name;
  const char *origin; /* what it was called where it was made */
  const char *questionnaire;
  gint64 made;
  GPtrArray *forms; /* DhkMergeForm */
} DhkMergePile;

void dhk_merge_form_free (gpointer form);
void dhk_merge_free (DhkMerge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkMerge, dhk_merge_free)

/* The merge that a draft is made of, or NULL. */
DhkMerge *dhk_merge_of_draft (DhkDraft *draft);

/* Opening (dhk-store-merge-open.c) ----------------------------------------------------- */

/* A handle on a copy in memory, that can only be read. NULL without an error: it wants a password. */
DhkStore *
dhk_merge_open (GFile *file, GPtrArray *passwords, gboolean *wants_password, GError **error);
void dhk_merge_close (DhkStore *self);

/* Adds to “it is damaged” what can be done. */
void dhk_merge_name_repair (GError **error);

/* Reading (dhk-store-merge-load.c, -load-parts.c) --------------------------------------- */

DhkMerge *
dhk_merge_load (DhkStore *from, DhkInstrument *ours, GCancellable *cancellable, GError **error);

/* A text of the other study, lent: valid, not too long, without e-mail addresses; NULL for null. */
const char *dhk_merge_take_text (DhkMerge *self, DhkStatement *statement, int column);

gboolean dhk_merge_load_raw (DhkMerge *self, DhkStore *from, GError **error);
gboolean dhk_merge_load_marks (DhkMerge *self, DhkStore *from, GError **error);
gboolean dhk_merge_load_piles (DhkMerge *self, DhkStore *from, GError **error);

/*
 * What stands for the identity of responses that have none, in either study: respondent (gint64) ->
 * text. Those of paper by batch and number, others by the file and its row.
 */
GHashTable *dhk_merge_name_nameless (DhkStore *store, GError **error);

/* The draft (dhk-store-merge-draft.c, -fit.c) -------------------------------------------- */

/* Which questions there are which here; asks about what is unknown here. */
void dhk_merge_fit (DhkMerge *self, DhkDraft *draft, DhkDraftFile *study, GHashTable *answers);

/* What an answer there is here: a code, or a DhkMissing. */
int dhk_merge_map_code (DhkMerge *self, gboolean is_variable, guint index_there, int code);

/* Rows (dhk-store-merge-rows.c) ---------------------------------------------------------- */

DhkCell dhk_merge_column_read (const DhkMergeColumn *self, guint row);

/* Finds `columns` and `extras`, once the questions were fitted; lends the file to the source. */
DhkDraftSource dhk_merge_file_make_source (DhkMergeFile *self);

/* Pseudonyms (dhk-store-pseudonym.c) ------------------------------------------------------- */

/* Whether it is a pseudonym, and nobody's here. */
gboolean dhk_store_is_free_pseudonym (DhkStore *store, const char *pseudonym);

/* Whose it would be here by its characters alone, 0: nobody's. */
gint64 dhk_store_decode_pseudonym (DhkStore *store, const char *pseudonym);

/* Comparing (dhk-store-merge-compare.c) ---------------------------------------------------- */

/* As dhk_store_compare_inside(). */
DhkComparison *
dhk_merge_compare (DhkStore *store, DhkDraft *draft, GCancellable *cancellable, GError **error);

/* "excluded: moved away"; NULL is not excluded. Free with g_free(). */
char *dhk_merge_describe_exclusion (const char *reason);

/* A note that goes with the next comparison. */
void dhk_merge_add_note (DhkDraftFile *file, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Notes of a comparison about the study as a whole (dhk-store-merge-notes.c). */
gboolean dhk_merge_note_all (DhkStore *store, DhkDraft *draft, GError **error);

/* How many conflicts and typed forms of the compared draft this study does not have yet, or -1. */
int dhk_merge_count_news (DhkStore *store, DhkDraft *draft, GError **error);

/* Keeps the conflicts of the compared draft that are not known yet; with step 0 they are only
 * counted. How many, or -1. (dhk-store-merge-conflict.c) */
int dhk_merge_store_conflicts (DhkStore *store, DhkDraft *draft, gint64 step, GError **error);

/* Storing (dhk-store-merge-store.c, -paper.c) ------------------------------------------------ */

/* After the rows of a file of the draft were stored. */
gboolean dhk_merge_store_file (
    DhkStore *store, DhkDraft *draft, DhkDraftFile *file, gint64 step, GError **error);

/* After all of them. */
gboolean dhk_merge_finish (DhkStore *store, DhkDraft *draft, gint64 step, GError **error);

/* The slot here of an item or variable there, made when it has none; 0: unknown here, -1: failed. */
gint64 dhk_merge_find_slot (
    DhkMerge *self, DhkStore *store, gboolean is_variable, guint index_there, GError **error);

/* Brings the typed forms that are new here. How many, or -1; with step 0 they are only counted, and
 * those that come with a new response are not. */
int dhk_merge_store_piles (DhkStore *store, DhkMerge *self, gint64 step, GError **error);

/* The journal: the merge of a step is done or undone. */
gboolean dhk_merge_switch (DhkStore *store, gint64 step, gboolean undo, GError **error);

/* A migration. */
gboolean dhk_merge_make_tables (DhkStore *store, GError **error);

G_END_DECLS
