/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What has to be said of a new background question, in a dialog about the questionnaires: its wording, which variable it
 * asks, and of a new one its name and what can be answered. The dialog can be accepted once all that is there.
 */

#include "ui/dhk-instrument-dialog.h"

G_BEGIN_DECLS

/* What the fields begin with. */
typedef struct
{
  const char *text;        /* the wording */
  const GPtrArray *labels; /* char *: what can be chosen, or NULL */
  gboolean is_number;      /* rather a number, from `low` to `high` */
  double low;
  double high;
} DhkVariableProposal;

/* `instrument` and `questionnaire` are what it is added to. */
void dhk_variable_fields_add (DhkInstrumentDialog *self,
                              const DhkInstrument *instrument,
                              guint questionnaire,
                              const DhkVariableProposal *proposal);

/* The instrument with the question (owned), or NULL with a sentence. `head`: of its column in a file, or NULL. */
DhkInstrument *dhk_variable_fields_apply (DhkInstrumentDialog *self,
                                          DhkInstrument *instrument,
                                          guint questionnaire,
                                          DhkLanguage language,
                                          const char *head,
                                          GError **error);

G_END_DECLS
