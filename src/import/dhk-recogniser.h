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
#include "import/dhk-row-source.h"
#include "import/dhk-shape.h"
#include "import/dhk-sheet.h"

G_BEGIN_DECLS

typedef struct
{
  guint index;
  char *head;         /* cleaned, addresses masked */
  char *stem;         /* folded, without a number glued behind it */
  char *above;        /* folded, what stands above the statement in the head; or NULL */
  guint suffix;       /* that number, 0 when none */
  const GArray *hits; /* DhkHit, NULL when the head is no question's */
  DhkHeadKind kind;
  guint n_filled;
  guint n_missing; /* of those: what a data file declares missing */
  DhkColumnRole role;
  int question;
  char *reason;
  int hint;           /* a question that it resembles, or -1 */
  gboolean codes;     /* answers are codes */
  gboolean addresses; /* most cells are addresses */
  gboolean settled;   /* a person or a profile said what it is */
  gboolean several;   /* every cell holds several choices: `question` is the first of them */
  char *asked;        /* id of the question or decision about it */
} DhkColumnWork;

typedef struct _DhkLabelMap DhkLabelMap;

typedef struct
{
  DhkInstrument *instrument; /* lent, as all up to `slug` */
  DhkCatalogue *catalogue;
  DhkAsker *asker;
  DhkDraft *draft;
  DhkDraftFile *file;
  DhkSheet *sheet;
  const DhkShape *shape;
  char *slug;                             /* the file's name in the ids of questions */
  GArray *rows;                           /* guint: rows of the table; index = row of the file */
  GArray *columns;                        /* DhkColumnWork */
  const DhkQuestionnaire *questionnaire;  /* NULL while open */
  GPtrArray *by_question;                 /* GArray of guint: the columns of each question */
  GHashTable *asides;                     /* index of a row -> its reason */
  GHashTable *tallies;                    /* what dhk_recogniser_tally() found */
  DhkRowSource *source;                   /* from add_rows() to seal() */
  GHashTable *labels;                     /* answer scale or variable -> DhkLabels */
  GHashTable *maps;                       /* the same -> DhkLabelMap */
  GHashTable *choices;                    /* column with several choices -> DhkChoiceReading */
  const DhkImportProfile *profile;        /* lent; NULL when none is used */
  const char *doubles;                    /* rule for one person's answers, or NULL to ask */
  int form_id, started, completed, email; /* columns, or -1 */
} DhkRecogniser;

/* What a person says for all files at once; lent by the asker. */
typedef struct
{
  const char *doubles; /* "ask" or a rule */
  const char *profile; /* choice of a profile or "none"; NULL: what fits */
} DhkForAll;

/* Takes a reference on `rows`; `sheet` and its shape are lent. */
DhkRecogniser *dhk_recogniser_new (DhkCatalogue *catalogue,
                                   DhkAsker *asker,
                                   DhkDraft *draft,
                                   DhkDraftFile *file,
                                   DhkSheet *sheet,
                                   const DhkShape *shape,
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

/* What a column is that is no question's, and why. */
void dhk_recogniser_set_role (DhkColumnWork *column, DhkColumnRole role, const char *reason);

/* Makes a column a question's. Takes the reason. */
void dhk_recogniser_assign (DhkRecogniser *self, guint column, guint question, char *reason);

/*
 * Asks what a column is: one of `questions` (guint), nothing, or personal. The
 * answer is carried out. `suggested` is a question or -1.
 */
void dhk_recogniser_ask_column (
    DhkRecogniser *self, guint column, const GArray *questions, int suggested, const char *text);

/*
 * Statements that differ from a question's by typing slips only, where no other question
 * of the questionnaire is as near. What is less near is a hint in a note.
 */
void dhk_recogniser_match_near (DhkRecogniser *self);

/*
 * By hand or by profile, before anything is matched; and after it, every column
 * offered to be something else.
 */
void dhk_recogniser_settle_columns (DhkRecogniser *self);
void dhk_recogniser_offer_columns (DhkRecogniser *self);

/* Its head as an import profile knows it, "" when it has none. Free with g_free(). */
char *dhk_recogniser_dup_key (DhkRecogniser *self, guint column);

/*
 * Columns with all of several choices in each cell. They belong to the first of its questions until
 * dhk_recogniser_spread_choices() gives them to all. Where each choice has a column of its own,
 * those are what counts.
 */
void dhk_recogniser_assign_whole (DhkRecogniser *self, guint column, guint question, char *reason);
void dhk_recogniser_spread_choices (DhkRecogniser *self);
gboolean dhk_recogniser_is_whole (DhkRecogniser *self, guint question);

/* The several choices that a question asks one of, or NULL. Lent. */
const DhkChoices *dhk_recogniser_get_choices (DhkRecogniser *self, guint question);

/* Offers "all choices in one cell" beside the first of them; and the question that it stands for, or -1. */
void dhk_recogniser_offer_whole (DhkRecogniser *self, guint question);
int dhk_recogniser_find_whole (DhkRecogniser *self, const char *choice);

/* Several choices in one cell to their codes; and empty cells where another choice is filled. */
void dhk_recogniser_read_choices (DhkRecogniser *self);
void dhk_recogniser_list_choices (DhkRecogniser *self, DhkDraftColumn *column);

/* Several columns of one question: taken together, or asked when rows have more than one. */
void dhk_recogniser_settle_copies (DhkRecogniser *self, guint question);

/*
 * Import profiles of the study (DhkImportProfile, may be NULL): once for all files; per
 * file which one, once its columns are described; and whether it is for the questionnaire.
 */
void dhk_recogniser_ask_for_all (DhkAsker *asker, GPtrArray *profiles, DhkForAll *all);
void dhk_recogniser_choose_profile (DhkRecogniser *self, GPtrArray *profiles, const DhkForAll *all);
void dhk_recogniser_check_profile (DhkRecogniser *self);

/* The rule for several answers of one person. */
void dhk_recogniser_settle_doubles (DhkRecogniser *self, const DhkForAll *all);

/* The choices about several answers of one person: which one counts, or each. `is_pair`: there are two. */
void dhk_recogniser_offer_doubles (DhkAsker *asker, gboolean is_pair);

/* Rows that a person takes in or keeps aside, after the totals were found. */
void dhk_recogniser_settle_rows (DhkRecogniser *self);

/* Columns of which nothing but a code is known: asks whether their order tells. */
void dhk_recogniser_ask_codes (DhkRecogniser *self);

/* What stands in every column of labels, for those who look at the draft. */
void dhk_recogniser_list_labels (DhkRecogniser *self);

/* Unfinished responses and previews of LimeSurvey and Qualtrics. */
void dhk_recogniser_find_unfinished (DhkRecogniser *self);

/* Answers in labels or codes, and categories. */
void dhk_recogniser_read_labels (DhkRecogniser *self);

/* Whether personal columns name anybody; with `keep` as they stand in the file, for the key file. */
void dhk_recogniser_find_personal (DhkRecogniser *self, gboolean keep);

/* No answer, or what a data file says instead: DHK_ROW_BLANK or DHK_ROW_MISSING (). */
gint8 dhk_recogniser_read_blank (const DhkWord *word);

/* Finds rows of totals. */
void dhk_recogniser_find_totals (DhkRecogniser *self);

/* FALSE for a number that is no moment of these decades, such as a count. */
gboolean dhk_recogniser_may_be_time (const DhkWord *word);

/* When each row began and ended. */
void dhk_recogniser_read_times (DhkRecogniser *self);

/* Help for the steps ---------------------------------------------------- */

DhkColumnWork *dhk_recogniser_get_column (DhkRecogniser *self, guint column);
const DhkWord *dhk_recogniser_get_word (DhkRecogniser *self, guint row, guint column);

/*
 * The same for looking at every row: lent until `text` is used again. What is asked of every row
 * is better asked of every different cell, which dhk_recogniser_tally() counts.
 */
const DhkWord *
dhk_recogniser_peek_word (DhkRecogniser *self, guint row, guint column, DhkWordText *text);

/* The value of a cell of the column, see import/dhk-raw-column.h. */
guint dhk_recogniser_get_value (DhkRecogniser *self, guint row, guint column);

/* dhk_sheet_tally() of the file's rows, without those kept aside when `counting`. */
GArray *
dhk_recogniser_tally (DhkRecogniser *self, guint column, gboolean counting, gboolean shapes);

/* Other rows are kept aside than before. */
void dhk_recogniser_forget_tallies (DhkRecogniser *self);
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

/* What they are taken as in this file; NULL for a number. Lent. */
DhkLabelMap *dhk_recogniser_get_label_map (DhkRecogniser *self, guint question);

/* dhk_asker_about() for the question at hand, about this file. */
void dhk_recogniser_about (DhkRecogniser *self, const char *kind, const char *key);

/* Its wording with the stem above it and about whom it is. Free with g_free(). */
char *dhk_recogniser_describe_question (DhkRecogniser *self, guint question);

/* The answer scale of a question that is an item, else NULL. */
const DhkAnswerScale *dhk_recogniser_get_scale (DhkRecogniser *self, guint question);
const DhkVariable *dhk_recogniser_get_variable (DhkRecogniser *self, guint question);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkRecogniser, dhk_recogniser_free)

G_END_DECLS
