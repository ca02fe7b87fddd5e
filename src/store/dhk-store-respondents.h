/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The respondents of a study one by one: who is in it, every answer of each, correcting
 * answers, leaving somebody out, erasing somebody, and what happened to whom.
 *
 * Everything here is called in the thread that has the store, as dhk-store.h says. A
 * DhkRespondents is immutable and reference counted, for any thread; it lists everybody
 * of the imports that are in the study, excluded respondents too, by rising number, and
 * holds their answers in columns.
 *
 * A question is named by a DhkQuestion: only its item, variable and target are read.
 */

#include "store/dhk-store.h"

G_BEGIN_DECLS

/* Listing ------------------------------------------------------------------- */

typedef struct _DhkRespondents DhkRespondents;

DhkRespondents *
dhk_store_load_respondents (DhkStore *self, GCancellable *cancellable, GError **error);

/*
 * Or row by row where it is looked at: of a million nobody waits for the last. A list of everybody in
 * a frame (that has the excluded ones too, or there are none) has their answers at once. All else of
 * a row, its number for one, is there when its block is loaded: blocks of DHK_RESPONDENT_BLOCK rows, in
 * any order. Until it is whole it belongs to the thread that takes the parts, and only then is it
 * immutable.
 */
#define DHK_RESPONDENT_BLOCK 4096u

typedef struct _DhkRespondentPart DhkRespondentPart;

DhkRespondents *dhk_respondents_new (DhkFrame *frame);

/* `n` blocks from `first` on. The first part of a list comes with what is marked in it. */
DhkRespondentPart *dhk_store_load_respondent_part (DhkStore *self,
                                                   const DhkRespondents *list,
                                                   guint first,
                                                   guint n,
                                                   gboolean with_marks,
                                                   GCancellable *cancellable,
                                                   GError **error);
void dhk_respondents_take_part (DhkRespondents *self, DhkRespondentPart *part);
void dhk_respondent_part_free (DhkRespondentPart *self);

guint dhk_respondents_get_n_loaded (const DhkRespondents *self); /* rows */
gboolean dhk_respondents_is_whole (const DhkRespondents *self);
gboolean dhk_respondents_has_row (const DhkRespondents *self, guint row);

/* The first block that is not there yet, and how many after it, at most `max`. */
guint dhk_respondents_find_gap (const DhkRespondents *self, guint max, guint *n);

DhkRespondents *dhk_respondents_ref (DhkRespondents *self);
void dhk_respondents_unref (DhkRespondents *self);

guint dhk_respondents_get_n (const DhkRespondents *self);
DhkInstrument *dhk_respondents_get_instrument (const DhkRespondents *self);

/* The generation of the study that this is. */
guint64 dhk_respondents_get_generation (const DhkRespondents *self);

/* Of one row, 0 … n - 1. Texts are lent. */
gint64 dhk_respondents_get_id (const DhkRespondents *self, guint row);
guint dhk_respondents_get_questionnaire (const DhkRespondents *self, guint row); /* its index */
guint
dhk_respondents_get_number (const DhkRespondents *self, guint row); /* runs per questionnaire */
gint64 dhk_respondents_get_batch (const DhkRespondents *self, guint row);
gint64
dhk_respondents_get_completed (const DhkRespondents *self, guint row); /* else the start; 0 */
const char *dhk_respondents_get_form_id (const DhkRespondents *self, guint row);   /* "" for none */
const char *dhk_respondents_get_pseudonym (const DhkRespondents *self, guint row); /* "" for none */
gboolean dhk_respondents_is_excluded (const DhkRespondents *self, guint row);
const char *
dhk_respondents_get_reason (const DhkRespondents *self, guint row); /* of that, or NULL */
guint dhk_respondents_get_unanswered (const DhkRespondents *self, guint row);
guint dhk_respondents_get_unreadable (const DhkRespondents *self, guint row);
gboolean dhk_respondents_is_hand_edited (const DhkRespondents *self, guint row);

/* The row of a respondent, or -1. */
int dhk_respondents_find (const DhkRespondents *self, gint64 respondent);

/*
 * An answer: the code, the index of the category, or DhkMissing. Of a number variable 0 when
 * there is a number, which dhk_respondents_get_value() gives (else NaN).
 */
int dhk_respondents_get_code (const DhkRespondents *self, guint row, const DhkQuestion *question);
double
dhk_respondents_get_value (const DhkRespondents *self, guint row, const DhkQuestion *question);
gboolean dhk_respondents_is_hand_edited_at (const DhkRespondents *self,
                                            guint row,
                                            const DhkQuestion *question);

/* Per questionnaire, in one query. */
typedef struct
{
  guint excluded;
  gint64 last; /* when the last answer came, as the form's clock said; 0 when unknown */
} DhkRespondentCount;

/* GArray of DhkRespondentCount, one per questionnaire of the instrument, or NULL. Owned. */
GArray *dhk_store_count_respondents (DhkStore *self, GError **error);

/* The respondents whose imported rows hold `text`, case apart. GArray of gint64, rising. Owned. */
GArray *
dhk_store_search_raw (DhkStore *self, const char *text, GCancellable *cancellable, GError **error);

/*
 * A respondent as a person names one: the number that is `id` in the views and exports, or
 * questionnaire and number ("ouders:12"), or the pseudonym. FALSE with an error when there is none.
 */
gboolean
dhk_store_find_respondent (DhkStore *self, const char *text, gint64 *respondent, GError **error);

/* Correcting --------------------------------------------------------------------- */

/*
 * Sets one answer by hand, to a code or category of the question or to DhkMissing. For a number
 * variable `code` is 0 and `number` counts, within the variable's range. A step that undo knows.
 */
gboolean dhk_store_set_cell (DhkStore *self,
                             gint64 respondent,
                             const DhkQuestion *question,
                             int code,
                             double number,
                             GError **error);

/*
 * The same for all of several choices in one step: `codes` has DHK_CHOSEN, DHK_NOT_CHOSEN or a
 * DhkMissing for each.
 */
gboolean dhk_store_set_choices (DhkStore *self,
                                gint64 respondent,
                                const DhkChoices *choices,
                                const gint8 *codes,
                                GError **error);

/* Leaving out ---------------------------------------------------------------------- */

/*
 * Excluded respondents stay listed with the reason, and are in no frame: no table, chart or
 * export. One step for all of them; who is excluded already gets the new reason.
 */
gboolean dhk_store_exclude (DhkStore *self,
                            const gint64 *respondents,
                            guint n_respondents,
                            const char *reason,
                            GError **error);
gboolean
dhk_store_include (DhkStore *self, const gint64 *respondents, guint n_respondents, GError **error);

/* Erasing ----------------------------------------------------------------------------- */

/*
 * Erases a respondent wholly, for ever: answers, imported rows, rows kept aside that are theirs,
 * what the journal knows of them; then the same goes from the backups beside it (one that does not
 * open with the study's password is removed), what a killed program left there is removed, and the
 * file is written anew. What stays is that somebody was erased on this day, and a keyed hash by which the
 * same response in a later import is recognised and kept out. There is no undo; other steps can
 * be undone as before.
 *
 * Copies that a person made elsewhere are not reached.
 */
gboolean dhk_store_erase (DhkStore *self, gint64 respondent, GError **error);

/* How many were erased so far. */
guint dhk_store_count_erased (DhkStore *self);

/* History ----------------------------------------------------------------------------- */

typedef struct
{
  gint64 when;    /* seconds since 1970 UTC */
  char *cause;    /* "Import of “Ouders.xlsx”", "By hand" (translated) */
  char *question; /* its column name, or NULL when this is about the respondent as a whole */
  char *text;     /* the question's wording, or what happened (translated) */
  char *old;      /* for a person (translated), or NULL */
  char *new;
  gint64 undone;   /* when the step was undone; 0: it counts */
  guint n_sharing; /* others who were excluded by the same words in the same step */
} DhkHistoryEntry;

/* What happened to a respondent, oldest first. GPtrArray of DhkHistoryEntry; owned. */
GPtrArray *dhk_store_load_history (DhkStore *self, gint64 respondent, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkRespondents, dhk_respondents_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkRespondentPart, dhk_respondent_part_free)

G_END_DECLS
