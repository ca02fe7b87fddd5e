/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Paper questionnaires that are typed in.
 *
 * A batch is a pile of paper forms of one questionnaire ("Groep 3, mei"); each form has its
 * running number. What is typed the first time is in the study at once: a form is a respondent
 * from its first answer on, with the questions that are not typed yet as "not answered".
 * What is typed a second time is kept apart: it is in no frame, view, table or export, only in
 * the comparison of the two. A difference is settled by choosing what the study holds; both
 * typed answers stay.
 *
 * Every change is one durable transaction with a step in the journal; undo and redo follow it.
 * Erasing the respondent of a form takes everything typed about the form with it.
 *
 * Errors: DHK_STORE_ERROR. Ownership: lists own what is in them; all is freed by their owner.
 */

#include "store/dhk-store.h"
#include "study/dhk-typed-pair.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_ENTRY_FIRST = 1,
  DHK_ENTRY_SECOND = 2,
} DhkEntryPass;

/* What is seen on the paper at one question. */
typedef enum
{
  DHK_ENTRY_OPEN,           /* not typed yet */
  DHK_ENTRY_ANSWERED,       /* an answer */
  DHK_ENTRY_EMPTY,          /* nothing filled in: DHK_MISSING_EMPTY */
  DHK_ENTRY_TWO_MARKS,      /* two answers marked: DHK_MISSING_UNREADABLE */
  DHK_ENTRY_ILLEGIBLE,      /* cannot be read: DHK_MISSING_UNREADABLE */
  DHK_ENTRY_OUT_OF_RANGE,   /* no answer to this question: DHK_MISSING_UNREADABLE */
  DHK_ENTRY_NOT_APPLICABLE, /* not asked of this person: DHK_MISSING_NOT_ASKED */
} DhkEntryKind;

#define DHK_ENTRY_NOTE_SIZE 32
#define DHK_ENTRY_MAX_NUMBER 999999
#define DHK_ENTRY_MAX_NAME 80

typedef struct
{
  DhkEntryKind kind;
  int code;                       /* of an answer: its code, or the index of the category */
  double number;                  /* of an answer to a number question */
  char note[DHK_ENTRY_NOTE_SIZE]; /* out of range: what stands on the paper; else "" */
} DhkEntryAnswer;

/* A form as it was typed in one pass. */
typedef struct
{
  guint number; /* of the form */
  DhkEntryPass pass;
  gboolean exists;   /* something was typed */
  gboolean complete; /* finished by the person who types */
  gint64 respondent; /* of the first pass; else 0 */
  guint n_answers;
  DhkEntryAnswer *answers; /* per question of the questionnaire */
} DhkEntrySheet;

typedef struct
{
  gint64 id;
  char *name;
  guint questionnaire; /* index */
  gint64 made;         /* seconds since 1970 UTC */
  guint n_forms;       /* first pass */
  guint n_complete;
  guint n_second; /* second pass */
  guint n_second_complete;
  guint n_differences; /* not settled yet */
  guint n_settled;
} DhkEntryBatch;

/* One question of one form that was typed twice. */
typedef struct
{
  guint number; /* of the form */
  guint question;
  DhkEntryAnswer first;
  DhkEntryAnswer second;
  gboolean differs; /* the study would hold something else */
  gboolean settled;
  DhkEntryAnswer chosen; /* when settled */
} DhkEntryPair;

typedef struct
{
  guint questionnaire;
  guint n_forms;       /* typed twice, as far as both are typed */
  GArray *pairs;       /* DhkEntryPair: every question typed twice, by form and question */
  GArray *only_first;  /* guint: numbers of forms that were typed once */
  GArray *only_second; /* guint */
} DhkEntryComparison;

void dhk_entry_sheet_free (DhkEntrySheet *self);
void dhk_entry_batch_free (DhkEntryBatch *self);
void dhk_entry_comparison_free (DhkEntryComparison *self);

/* Answers ---------------------------------------------------------------------- */

/* TRUE when the study would hold the same for both. */
gboolean dhk_entry_answer_same (const DhkEntryAnswer *a, const DhkEntryAnswer *b);

/* What a person calls it: "4 (very often)", "two marks", "12.5"; translated. Free with g_free(). */
char *dhk_entry_answer_describe (DhkInstrument *instrument,
                                 guint questionnaire,
                                 guint question,
                                 const DhkEntryAnswer *answer);

/*
 * For files: the code of a scale, the id of a category, a number with a point; "-empty", "-two-marks",
 * "-illegible", "-out-of-range:7", "-not-applicable"; NULL for what is not typed. Free with g_free().
 */
char *dhk_entry_answer_to_file (DhkInstrument *instrument,
                                guint questionnaire,
                                guint question,
                                const DhkEntryAnswer *answer);

/* Batches ---------------------------------------------------------------------- */

/* A new, empty batch. The name must be new too. Returns its id, or 0. */
gint64
dhk_store_entry_new_batch (DhkStore *self, const char *name, guint questionnaire, GError **error);

/* DhkEntryBatch, newest first. */
GPtrArray *dhk_store_entry_list_batches (DhkStore *self, GError **error);

/*
 * The number of the form that is probably typed next: of the first pass the first one above
 * `after` that is not complete (`after` 0: one that was left unfinished, else a new
 * one); of the second pass the next that is complete in the first pass only, or 0 when all were
 * typed twice.
 */
gboolean dhk_store_entry_propose (
    DhkStore *self, gint64 batch, DhkEntryPass pass, guint after, guint *number, GError **error);

/* Typing ----------------------------------------------------------------------- */

/* A form that was not typed yet is a sheet of open answers that does not exist. */
DhkEntrySheet *dhk_store_entry_load_sheet (
    DhkStore *self, gint64 batch, DhkEntryPass pass, guint number, GError **error);

/*
 * Stores one answer; makes the form with its first. Refuses what cannot be an answer
 * to the question. The same answer once more is no step.
 */
gboolean dhk_store_entry_set_answer (DhkStore *self,
                                     gint64 batch,
                                     DhkEntryPass pass,
                                     guint number,
                                     guint question,
                                     const DhkEntryAnswer *answer,
                                     GError **error);

/* The same for `n` questions from `question` on, in one step: the choices of one question. */
gboolean dhk_store_entry_set_answers (DhkStore *self,
                                      gint64 batch,
                                      DhkEntryPass pass,
                                      guint number,
                                      guint question,
                                      const DhkEntryAnswer *answers,
                                      guint n,
                                      GError **error);

/* The form is finished: what is still open on it is "nothing filled in". */
gboolean dhk_store_entry_finish (
    DhkStore *self, gint64 batch, DhkEntryPass pass, guint number, GError **error);

/*
 * The form was typed under the number of another. What was chosen where it differed from that
 * one's other typing holds no longer. Refused when `wanted` was typed in this pass already.
 */
gboolean dhk_store_entry_renumber (
    DhkStore *self, gint64 batch, DhkEntryPass pass, guint number, guint wanted, GError **error);

/* Comparing --------------------------------------------------------------------- */

DhkEntryComparison *dhk_store_entry_compare (DhkStore *self, gint64 batch, GError **error);

/* Appends every pair as it is counted (DhkTypedPair). */
void dhk_entry_comparison_append_typed (const DhkEntryComparison *self,
                                        const DhkInstrument *instrument,
                                        GArray *typed);

/* Lets the study hold `chosen` where the two differ; it may be a third answer. */
gboolean dhk_store_entry_settle (DhkStore *self,
                                 gint64 batch,
                                 guint number,
                                 guint question,
                                 const DhkEntryAnswer *chosen,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkEntrySheet, dhk_entry_sheet_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkEntryBatch, dhk_entry_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkEntryComparison, dhk_entry_comparison_free)

G_END_DECLS
