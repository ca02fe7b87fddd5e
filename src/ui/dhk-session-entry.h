/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Paper entry through the session. Every typed answer is a job that is durable when its
 * callback comes; it does not make a new snapshot of the study, so that typing stays
 * quick in a large one: whoever stops typing calls dhk_session_refresh().
 */

#include "store/dhk-store-entry.h"
#include "ui/dhk-session.h"

G_BEGIN_DECLS

/* One form in one pass. */
typedef struct
{
  gint64 batch;
  DhkEntryPass pass;
  guint number; /* of the form; 0: the one that is typed next, above `after` */
  guint after;
} DhkEntryForm;

/* Results: GPtrArray of DhkEntryBatch. */
void
dhk_session_list_entry_async (DhkSession *self, GAsyncReadyCallback callback, gpointer user_data);

/* Result: gint64, its id. Free with g_free(). */
void dhk_session_new_entry_batch_async (DhkSession *self,
                                        const char *name,
                                        guint questionnaire,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

/* Result: DhkEntrySheet, or NULL without an error when no form is left to be typed. */
void dhk_session_load_entry_async (DhkSession *self,
                                   const DhkEntryForm *form,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/* No result, as the next. `n_answers` to questions in a row, from `question` on, are one step. */
void dhk_session_type_async (DhkSession *self,
                             const DhkEntryForm *form,
                             guint question,
                             const DhkEntryAnswer *answers,
                             guint n_answers,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
void dhk_session_finish_entry_async (DhkSession *self,
                                     const DhkEntryForm *form,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/* Gives the form another number. */
void dhk_session_renumber_entry_async (DhkSession *self,
                                       const DhkEntryForm *form,
                                       guint wanted,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/* Result: DhkEntryComparison. */
void dhk_session_compare_entry_async (DhkSession *self,
                                      gint64 batch,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

/* No result. */
void dhk_session_settle_async (DhkSession *self,
                               gint64 batch,
                               guint number,
                               guint question,
                               const DhkEntryAnswer *chosen,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* Of all: the result is the caller's. FALSE with an error. */
gboolean
dhk_session_entry_finish (DhkSession *self, GAsyncResult *result, gpointer *value, GError **error);

G_END_DECLS
