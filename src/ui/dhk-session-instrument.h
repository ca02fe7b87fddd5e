/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The study's questionnaires through the session: a changed instrument as a new version, and the
 * history of versions. After a change dhk_session_get_instrument() and _get_plan() are other ones:
 * pages that keep an index into the old one are made again by the window.
 */

#include "ui/dhk-session.h"

G_BEGIN_DECLS

/* Ends in dhk_session_change_finish(). Refused when the report's tables do not fit it. */
void dhk_session_set_instrument_async (DhkSession *self,
                                       DhkInstrument *instrument,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/* Somebody works on a copy of the questionnaires: what another page changes meanwhile would be lost when that
 * is saved. */
void dhk_session_set_instrument_held (DhkSession *self, gboolean held);
gboolean dhk_session_is_instrument_held (DhkSession *self);

typedef struct
{
  char *label;
  gint64 saved; /* seconds since 1970 UTC */
  gboolean is_current;
  GPtrArray *changes; /* sentences: what it has other than the version before; NULL for the first */
} DhkSessionVersion;

void dhk_session_load_versions_async (DhkSession *self,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* DhkSessionVersion, newest first; owned with all in it. */
GPtrArray *
dhk_session_load_versions_finish (DhkSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
