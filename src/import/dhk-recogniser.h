/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The recognition of one sheet (or of one respondent type's rows of it): from
 * a sheet to a file of the draft. Inner header of the import room.
 *
 * In order, each step resting on the one before:
 *   dhk_recogniser_describe()  what every column seems to be
 *   dhk_recogniser_choose()    which questionnaire the file is of
 *   dhk_recogniser_match()     which column is which question
 *   dhk_recogniser_add_rows()  the rows, with their times and raw text
 *   dhk_recogniser_read()      labels to codes, numbers
 *   dhk_recogniser_seal()      identity and content of every row
 * When choose() leaves the questionnaire open, only add_rows() and seal() may follow.
 *
 * Every doubt goes to the asker, every decision to the file's notes.
 */

#include "import/dhk-asker.h"
#include "import/dhk-catalogue.h"
#include "import/dhk-head-words.h"
#include "import/dhk-labels.h"
#include "import/dhk-sheet.h"

G_BEGIN_DECLS

typedef struct
{
  guint index;
  char *head;         /* cleaned, addresses masked */
  char *stem;         /* folded, without a number glued behind it */
  guint suffix;       /* that number, 0 when none */
  const GArray *hits; /* DhkHit, NULL when the head is no question's */
  DhkHeadKind kind;
  guint n_filled;
  DhkColumnRole role;
  int question;
  char *reason;
} DhkColumnWork;

typedef struct
{
  DhkInstrument *instrument; /* lent, as all up to `slug` */
  DhkCatalogue *catalogue;
  DhkAsker *asker;
  DhkDraft *draft;
  DhkDraftFile *file;
  DhkSheet *sheet;
  char *slug;                             /* the file's name in the ids of questions */
  GArray *rows;                           /* guint: rows of the table; index = row of the file */
  GArray *columns;                        /* DhkColumnWork */
  const DhkQuestionnaire *questionnaire;  /* NULL while open */
  GPtrArray *by_question;                 /* GArray of guint: the columns of each question */
  GHashTable *asides;                     /* index of a row -> its reason */
  GHashTable *labels;                     /* answer scale or variable -> DhkLabels */
  int form_id, started, completed, email; /* columns, or -1 */
} DhkRecogniser;

/* Takes a reference on `rows`. */
DhkRecogniser *dhk_recogniser_new (DhkCatalogue *catalogue,
                                   DhkAsker *asker,
                                   DhkDraft *draft,
                                   DhkDraftFile *file,
                                   DhkSheet *sheet,
                                   GArray *rows,
                                   const char *slug);
void dhk_recogniser_free (DhkRecogniser *self);

/* Steps ---------------------------------------------------------------- */

void dhk_recogniser_describe (DhkRecogniser *self);

/* FALSE with DHK_IMPORT_ERROR_NOT_RECOGNISED when hardly any head is a question's. */
gboolean dhk_recogniser_choose (DhkRecogniser *self, GError **error);
void dhk_recogniser_set_questionnaire (DhkRecogniser *self, guint questionnaire);
void dhk_recogniser_match (DhkRecogniser *self);
void dhk_recogniser_add_rows (DhkRecogniser *self);
void dhk_recogniser_read (DhkRecogniser *self);
void dhk_recogniser_seal (DhkRecogniser *self);

/* Parts of steps, each in a file of its own ------------------------------- */

/*
 * Columns with the same statement (`group`: guint) that the questionnaire asks
 * more than once. What cannot be told apart is asked, or added to `contradictions`.
 */
void dhk_recogniser_match_twins (DhkRecogniser *self, const GArray *group, GArray *contradictions);

/* A column whose answers say another question of a pair than the number behind its head. */
typedef struct
{
  guint column;
  guint by_answers;
  guint by_number;
} DhkContradiction;

/* Makes a column a question's. Takes the reason. */
void dhk_recogniser_assign (DhkRecogniser *self, guint column, guint question, char *reason);

/*
 * Asks what a column is: one of `questions` (guint), nothing, or personal. The
 * answer is carried out. `suggested` is a question or -1.
 */
void dhk_recogniser_ask_column (
    DhkRecogniser *self, guint column, const GArray *questions, int suggested, const char *text);

/* Answers in labels or codes, and categories. */
void dhk_recogniser_read_labels (DhkRecogniser *self);

/* Number variables. */
void dhk_recogniser_read_numbers (DhkRecogniser *self);

/* Finds rows of totals. */
void dhk_recogniser_find_totals (DhkRecogniser *self);

/* FALSE for a number that is no moment of these decades, such as a count. */
gboolean dhk_recogniser_may_be_time (const DhkWord *word);

/* Help for the steps ---------------------------------------------------- */

DhkColumnWork *dhk_recogniser_get_column (DhkRecogniser *self, guint column);
const DhkWord *dhk_recogniser_get_word (DhkRecogniser *self, guint row, guint column);
guint64 dhk_recogniser_get_line (DhkRecogniser *self, guint row);

/* The first column of a question that is filled in this row, or -1. */
int dhk_recogniser_find_filled (DhkRecogniser *self, guint question, guint row);

/* "column 12 (L)". Free with g_free(). */
char *dhk_recogniser_name_column (guint column);

/* A question's wording, in the language of the process; lent. */
const char *dhk_recogniser_get_wording (DhkRecogniser *self, guint question);

/* Its column name in an export: short and unique. Free with g_free(). */
char *dhk_recogniser_dup_question_id (DhkRecogniser *self, guint question);

/* "<file>:<kind>:<rest>" for the id of a question. Free with g_free(). */
char *dhk_recogniser_make_id (DhkRecogniser *self, const char *kind, const char *rest);

/*
 * Says that what else is asked about this file depends on a question: answers to
 * questions that come or go with it are no mistakes. A mistyped one is still not
 * silent, since the question it was meant for stays open.
 */
void dhk_recogniser_expect_more (DhkRecogniser *self);

/* Up to three different texts of a column joined by " · "; NULL when empty. Free with g_free(). */
char *dhk_recogniser_dup_examples (DhkRecogniser *self, guint column);

/* "5, 9, 12 and 40 more": rows of the file as lines. Free with g_free(). */
char *dhk_recogniser_list_lines (DhkRecogniser *self, const GArray *rows);

/* The labels that a question is answered with; NULL for a number. Lent. */
DhkLabels *dhk_recogniser_get_labels (DhkRecogniser *self, guint question);

/* Its wording with the stem above it and about whom it is. Free with g_free(). */
char *dhk_recogniser_describe_question (DhkRecogniser *self, guint question);

/* The answer scale of a question that is an item, else NULL. */
const DhkAnswerScale *dhk_recogniser_get_scale (DhkRecogniser *self, guint question);
const DhkVariable *dhk_recogniser_get_variable (DhkRecogniser *self, guint question);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkRecogniser, dhk_recogniser_free)

G_END_DECLS
