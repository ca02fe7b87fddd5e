/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Which respondents the Responses page shows, and in what order: a filter, a search and a
 * sort over an immutable list, for any thread. And how answers read in the grid.
 */

#include "store/dhk-store-respondents.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_ANSWER_UNREADABLE = 1 << 0, /* with an answer that could not be read */
  DHK_ANSWER_EXCLUDED = 1 << 1,
  DHK_ANSWER_CORRECTED = 1 << 2,  /* by hand */
  DHK_ANSWER_UNFINISHED = 1 << 3, /* with a question without an answer */
} DhkAnswerFlags;

typedef struct
{
  int questionnaire; /* -1: all */
  int variable;      /* of the category, or -1 */
  int category;
  DhkAnswerFlags flags;    /* all that are set must hold */
  char *text;              /* number, form's id or words of an answer; NULL or "": no search */
  GArray *found;           /* gint64, rising: who is found in the imported rows too; or NULL */
  const DhkQuestion *sort; /* NULL: in the order of the study; borrowed from the instrument */
  gboolean sort_down;
  int *progress; /* in per cent, atomic; lent, or NULL */
} DhkAnswerFilter;

/* Copies all but the question. */
DhkAnswerFilter *dhk_answer_filter_copy (const DhkAnswerFilter *self);
void dhk_answer_filter_free (DhkAnswerFilter *self);

/* Rows of the list, guint32; or NULL with an error when cancelled. Owned. */
GArray *dhk_answer_filter_apply (const DhkAnswerFilter *self,
                                 DhkRespondents *list,
                                 GCancellable *cancellable,
                                 GError **error);

/* The questions that a grid of a questionnaire has; -1: of all of them, each once. Lent ones. */
GPtrArray *dhk_answer_list_questions (DhkInstrument *instrument, int questionnaire);

/* The name of its column in an export. Free with g_free(). */
char *dhk_answer_dup_column_name (DhkInstrument *instrument, const DhkQuestion *question);

/* "3", "Residentieel", "12.5"; "–" for no answer, "?" for an unreadable one, "" when not asked. */
char *dhk_answer_dup_short (DhkInstrument *instrument,
                            const DhkQuestion *question,
                            int code,
                            double number);

/* "3: often", "No answer". */
char *dhk_answer_dup_long (DhkInstrument *instrument,
                           const DhkQuestion *question,
                           int code,
                           double number);

/* What stands before a respondent's number: "Parent". Lent. */
const char *dhk_answer_get_kind (DhkInstrument *instrument, guint questionnaire);

/* "Parent 12". */
char *dhk_answer_dup_name (const DhkRespondents *list, guint row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkAnswerFilter, dhk_answer_filter_free)

G_END_DECLS
