/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The form of a self-rating, step by step: what is asked, which answers there are, which
 * one was given. Logic without a window: a step is a place in the response's answers, and
 * before there is a response the only step is for whom the form is (dhk_self_form_get_who()).
 */

#include "study/dhk-response.h"

G_BEGIN_DECLS

typedef struct
{
  char *stem; /* the question above a grid, or NULL */
  char *text;
  char **digits; /* what stands on the cards: "1", "2" … */
  char **labels;
  int chosen;   /* a place among them, or -1 */
  guint number; /* of the items: 1 … total; 0 for what is asked before them */
  guint total;
} DhkSelfStep;

/* NULL where there is only one form, so nothing to ask. */
DhkSelfStep *dhk_self_form_get_who (DhkInstrument *instrument, DhkLanguage language, int form);

/* Step `i` of the response, below dhk_response_get_n_answers(). The response must fit. */
DhkSelfStep *dhk_self_form_get_step (DhkInstrument *instrument,
                                     const DhkResponse *response,
                                     guint i,
                                     DhkLanguage language);
void dhk_self_step_free (DhkSelfStep *self);

/* Answers step `i` with the choice at a place; -1 takes the answer back. */
void dhk_self_form_answer (DhkInstrument *instrument, DhkResponse *response, guint i, int choice);

/* The first step without an answer, or 0 when all have one. */
guint dhk_self_form_find_open (const DhkResponse *response);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkSelfStep, dhk_self_step_free)

G_END_DECLS
