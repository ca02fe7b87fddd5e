/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * One answer on paper as two persons typed it: what the store lists and the analysis counts,
 * neither of which knows the other.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint questionnaire;
  int categories; /* which set of labelled answers: no two sets share a number; -1 for a number */
  int first;      /* answer code, index of the category, or DhkMissing */
  int second;
  gboolean same; /* the study would hold the same for both */
} DhkTypedPair;

G_END_DECLS
