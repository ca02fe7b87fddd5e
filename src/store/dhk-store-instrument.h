/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The versions of a study's instrument.
 *
 * A study keeps every version that it was ever asked with. One of them is the current one; saving a
 * changed instrument makes a new current one, as a step of the journal: undo brings
 * the version before back. Answers stay where they are, by the id of their item, also those
 * of questions that are no longer asked.
 *
 * After each of these calls, and after undo and redo, dhk_store_get_instrument() may be another one;
 * those that were lent before live as long as the store.
 *
 * Errors: DHK_STORE_ERROR.
 */

#include "store/dhk-store.h"

G_BEGIN_DECLS

typedef struct
{
  guint number; /* 1: what the study was made with */
  char *label;  /* "1", "2026-pilot" */
  gint64 saved; /* seconds since 1970 UTC */
  gboolean is_current;
} DhkInstrumentVersion;

/*
 * Makes `instrument` the current version. Refused with DHK_STORE_ERROR_CONFLICT when answers in the
 * study, or answers that undo would bring back, would lose what they mean: an answer that is
 * gone from its answer scale, or an item, category, target or respondent type that is not there.
 */
gboolean dhk_store_set_instrument (DhkStore *self, DhkInstrument *instrument, GError **error);

/* DhkInstrumentVersion, newest first; owns them. Versions that were undone and replaced are not
 * listed. */
GPtrArray *dhk_store_list_instrument_versions (DhkStore *self, GError **error);

/* A version by its number. Owned. */
DhkInstrument *dhk_store_load_instrument_version (DhkStore *self, guint number, GError **error);

/* Inside the store room --------------------------------------------------------- */

#define DHK_INSTRUMENT_STEP "instrument"

/* The migration that makes the table, with what the study holds as version 1. */
gboolean dhk_store_instrument_make_tables (DhkStore *self, GError **error);

/* The number of the current version in the file: 1 or more, 0 on an error. */
guint dhk_store_instrument_get_number (DhkStore *self, GError **error);

/* Undoes or does a step of the journal: version `number`. */
gboolean dhk_store_instrument_switch (DhkStore *self, gint64 number, gboolean undo, GError **error);

/* Steps after `position` will not be redone. */
gboolean dhk_store_instrument_forget (DhkStore *self, gint64 position, GError **error);

/* TRUE when the study ever had another version, whose items may have been used. */
gboolean dhk_store_instrument_had_others (DhkStore *self);

G_END_DECLS
