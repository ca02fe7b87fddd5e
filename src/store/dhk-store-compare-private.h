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
  GHashTable *kept;         /* what is not to be told of them (dhk-store-kept.h) */
  GHashTable *aside;        /* questionnaire, raw row: what stands aside already */
  DhkErased *erased;        /* NULL: nobody was */
  DhkComparison *result;
  gboolean file_known; /* the file at hand was imported before */
  gboolean is_empty;   /* the study holds no response */
  guint n_row_notes;
  GArray *
      n_first; /* guint, per question of the file at hand: respondents who get their first answer */
  guint n_firsts; /* respondents who get a first answer to any */
  guint n_alike;  /* rows of the file at hand that are new, though somebody answered the same */
  guint n_untold; /* that are new, and have nothing but their answers to be known by */
} DhkComparer;

/* Sets the fate of every row; `several` tells which are one response in the draft. */
gboolean dhk_comparer_compare_file (DhkComparer *self,
                                    DhkDraftFile *file,
                                    const guint8 *several,
                                    GError **error);

/* The latest import of the very same file, or 0. */
gboolean
dhk_comparer_find_same_file (DhkComparer *self, DhkDraftFile *file, gint64 *batch, GError **error);

/* Whether the row can be known by something else than its identity. */
gboolean dhk_comparer_may_adopt (gint64 batch, const DhkDraftRow *row);

/*
 * Of `rows` (guint), whose identity is not in the study: finds those that are of a stored response all
 * the same, and makes that negative in `present`. `batch` is the import of the same file. See
 * dhk-store-compare-adopt.c.
 */
gboolean dhk_comparer_adopt_rows (DhkComparer *self,
                                  DhkDraftFile *file,
                                  gint64 batch,
                                  const GArray *rows,
                                  gint64 *present,
                                  GError **error);

/* Rows whose identity is not in the study; see dhk-store-compare-zone.c. */
typedef struct _DhkZoneGuess DhkZoneGuess;
DhkZoneGuess *dhk_zone_guess_new (const char *questionnaire); /* the id, lent */
void dhk_zone_guess_free (DhkZoneGuess *self);
void dhk_zone_guess_add (DhkZoneGuess *self, guint i, const DhkDraftRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkZoneGuess, dhk_zone_guess_free)

/* Adopts those of them that differ by their time zone only. */
void dhk_comparer_adopt_zone (DhkComparer *self,
                              DhkZoneGuess *guess,
                              DhkDraftFile *file,
                              gint64 *present);

/* The other rows of somebody who was erased. */
void dhk_comparer_find_repeated (DhkComparer *self, DhkDraftFile *file);

G_END_DECLS
