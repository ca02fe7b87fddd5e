/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Respondents through the session: the list of everybody, and what is done to one of them. What
 * changes the study ends in dhk_session_change_finish(), and "changed" comes before it.
 */

#include "store/dhk-store-respondents.h"
#include "ui/dhk-session.h"

G_BEGIN_DECLS

void dhk_session_load_respondents_async (DhkSession *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* Owned. */
DhkRespondents *
dhk_session_load_respondents_finish (DhkSession *self, GAsyncResult *result, GError **error);

/* Or a part of one: dhk_store_load_respondent_part(). Owned. */
void dhk_session_load_part_async (DhkSession *self,
                                  DhkRespondents *list,
                                  guint first,
                                  guint n,
                                  gboolean with_marks,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
DhkRespondentPart *
dhk_session_load_part_finish (DhkSession *self, GAsyncResult *result, GError **error);

/*
 * Ids of the respondents whose imported rows hold the text. GArray of gint64, rising; owned.
 * `progress` (or NULL), in per cent, is set by another thread until the answer comes.
 */
void dhk_session_search_raw_async (DhkSession *self,
                                   const char *text,
                                   int *progress,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GArray *dhk_session_search_raw_finish (DhkSession *self, GAsyncResult *result, GError **error);

/* GPtrArray of DhkHistoryEntry, oldest first; owned. */
void dhk_session_load_history_async (DhkSession *self,
                                     gint64 respondent,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *dhk_session_load_history_finish (DhkSession *self, GAsyncResult *result, GError **error);

/* Changing; see dhk-store-respondents.h. */
void dhk_session_set_cell_async (DhkSession *self,
                                 gint64 respondent,
                                 const DhkQuestion *question,
                                 int code,
                                 double number,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* All of several choices of the study's instrument: a code for each. */
void dhk_session_set_choices_async (DhkSession *self,
                                    gint64 respondent,
                                    guint choices,
                                    const gint8 *codes,
                                    guint n_codes,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/* With a NULL reason they are taken in again. */
void dhk_session_exclude_async (DhkSession *self,
                                const gint64 *respondents,
                                guint n_respondents,
                                const char *reason,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void dhk_session_erase_async (DhkSession *self,
                              gint64 respondent,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

G_END_DECLS
