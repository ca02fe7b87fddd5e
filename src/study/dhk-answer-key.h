/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Answering a question with the keyboard: which choices it has, under which digits, and what
 * typed text means. An answer of a scale is typed as its code, a category as its place in the
 * list (from 1), a number as it is written, with a decimal comma or point.
 */

#include "study/dhk-instrument.h"

G_BEGIN_DECLS

typedef struct
{
  int code;    /* answer code, or index of the category */
  char *key;   /* "4": the digits that choose it */
  char *label; /* in the language asked for */
} DhkAnswerChoice;

typedef enum
{
  DHK_ANSWER_KEY_NONE,  /* no answer is typed like this */
  DHK_ANSWER_KEY_BEGIN, /* more has to follow */
  DHK_ANSWER_KEY_MORE,  /* an answer, but more may follow: "1" where there is a "10" */
  DHK_ANSWER_KEY_WHOLE, /* an answer, and nothing can follow */
} DhkAnswerKey;

/* The choices in the order of the form, DhkAnswerChoice; NULL for a number question. Owns. */
GPtrArray *dhk_question_list_choices (const DhkInstrument *instrument,
                                      const DhkQuestion *question,
                                      DhkLanguage language);

/* Several choices, each under its place from 1; `code` is the place from 0. Owns. */
GPtrArray *dhk_choices_list_choices (const DhkChoices *choices, DhkLanguage language);

/* What the digits typed so far mean among `choices`; sets `code` for MORE and WHOLE. */
DhkAnswerKey dhk_answer_key_match (const GPtrArray *choices, const char *digits, int *code);

/* TRUE for a number question. */
gboolean dhk_question_is_number (const DhkInstrument *instrument, const DhkQuestion *question);

/* "14", "14,5", "14.5"; FALSE (number untouched) for anything else. */
gboolean dhk_answer_key_parse_number (const char *text, double *number);

G_END_DECLS
