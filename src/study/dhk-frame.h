/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The frame: an immutable, reference-counted, columnar snapshot of the
 * respondents of a study. All analysis runs on it, in any thread.
 *
 * One row per respondent. Columns:
 *   type        respondent type, gint8
 *   category    per category variable, gint8: index of the category
 *   number      per number variable, double: NaN when missing
 *   answer      per item × target, gint8: the code as answered (not reversed);
 *               NULL when no respondent has one
 *   score       per scale × target, double: mean of the answered items after
 *               reversing, NaN when too few are answered; computed at first use
 *
 * A gint8 that is negative is missing, and says why (DhkMissing).
 */

#include "study/dhk-instrument.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_MISSING_EMPTY = -1,     /* asked, not answered */
  DHK_MISSING_NOT_ASKED = -2, /* not in this respondent's questionnaire */
  DHK_MISSING_UNREADABLE = -3 /* something was there that could not be read */
} DhkMissing;

typedef struct _DhkFrame DhkFrame;
typedef struct _DhkFrameBuilder DhkFrameBuilder;

/* Building --------------------------------------------------------------- */

/* A builder for about `n_hint` rows (more may follow). Free with _finish() or _free(). */
DhkFrameBuilder *dhk_frame_builder_new (DhkInstrument *instrument, guint n_hint);
void dhk_frame_builder_free (DhkFrameBuilder *self);

/*
 * A new row of a respondent type, everything else missing (not asked); returns
 * its index. `respondent` is the respondent's number in the study.
 */
guint dhk_frame_builder_add_row (DhkFrameBuilder *self, gint64 respondent, guint type);
void
dhk_frame_builder_set_category (DhkFrameBuilder *self, guint row, guint variable, int category);
void dhk_frame_builder_set_number (DhkFrameBuilder *self, guint row, guint variable, double number);
void
dhk_frame_builder_set_answer (DhkFrameBuilder *self, guint row, guint item, int target, int code);

/* The finished frame; the builder is gone. */
DhkFrame *dhk_frame_builder_finish (DhkFrameBuilder *self);

/* Life ------------------------------------------------------------------- */

DhkFrame *dhk_frame_ref (DhkFrame *self);
void dhk_frame_unref (DhkFrame *self);

/* Reading: all arrays have get_n_rows() elements and are lent ------------- */

DhkInstrument *dhk_frame_get_instrument (const DhkFrame *self);
guint dhk_frame_get_n_rows (const DhkFrame *self);
const gint64 *dhk_frame_get_respondents (const DhkFrame *self);
const gint8 *dhk_frame_get_types (const DhkFrame *self);
const gint8 *dhk_frame_get_categories (const DhkFrame *self, guint variable);
const double *dhk_frame_get_numbers (const DhkFrame *self, guint variable);
const gint8 *dhk_frame_get_answers (const DhkFrame *self, guint item, int target);

/* Safe from several threads at once. Never NULL; all NaN when nobody was asked. */
const double *dhk_frame_get_scores (DhkFrame *self, guint scale, int target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkFrame, dhk_frame_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkFrameBuilder, dhk_frame_builder_free)

G_END_DECLS
