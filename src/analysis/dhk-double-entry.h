/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * How well two typings of the same paper forms agree.
 *
 * Percentage: of all answers typed twice. Cohen's κ (unweighted): of the answers with labels
 * (scales and categories) taken together. A category is an answer of one set of labels, and so
 * is each kind of missing answer of that set: who types "nothing filled in" where the other
 * typed 4 disagrees like any other.
 */

#include "study/dhk-typed-pair.h"

G_BEGIN_DECLS

typedef struct
{
  guint n;      /* answers typed twice */
  guint n_same; /* of these, in the same way */
  double share; /* n_same / n; NaN for none */
  guint n_labelled;
  double kappa;  /* NaN with the reason */
  double ci_low; /* 95% */
  double ci_high;
  const char *undefined; /* why κ is NaN: a clause in English, for gettext; else NULL */
} DhkDoubleEntry;

/* Of one questionnaire, or of all with -1. */
DhkDoubleEntry dhk_double_entry_run (const DhkTypedPair *pairs, gsize n_pairs, int questionnaire);

G_END_DECLS
