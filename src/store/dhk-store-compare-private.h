/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside the store room: what a comparison of a draft of files knows; its rows are in dhk-store-compare-rows.c. */

#include "store/dhk-store-known.h"
#include "store/dhk-store-owner.h"
#include "store/dhk-store-private.h"

G_BEGIN_DECLS

/* Rows between two looks at whether it was cancelled. */
#define DHK_COMPARE_CANCEL_EVERY 1024

typedef struct
{
  DhkStore *store;
  DhkDraft *draft;
  GCancellable *cancellable;
  DhkResponses **responses; /* per questionnaire; NULL where the draft has none */
  GHashTable *hand;         /* gint64: respondents with answers corrected by hand */
  GHashTable *aside;        /* questionnaire, raw row: what stands aside already */
  DhkErased *erased;        /* NULL: nobody was */
  DhkComparison *result;
  gboolean file_known; /* the file at hand was imported before */
  gboolean is_empty;   /* the study holds no response */
  guint n_row_notes;
} DhkComparer;

/* Sets the fate of every row; `several` tells which are one response in the draft. */
gboolean dhk_comparer_compare_file (DhkComparer *self,
                                    DhkDraftFile *file,
                                    const guint8 *several,
                                    GError **error);

/* The other rows of somebody who was erased. */
void dhk_comparer_find_repeated (DhkComparer *self, DhkDraftFile *file);

G_END_DECLS
