/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Keeps a response and its file the same: after every answer the file is written in a
 * worker thread, one write after the other, the newest bytes only. What "saved" says is on
 * the disk. Main thread only; a write that was started is finished before the program ends.
 *
 * Signal "changed": the state is another one.
 */

#include <gio/gio.h>

#include "study/dhk-response.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_SAVER_SAVED,
  DHK_SAVER_SAVING,
  DHK_SAVER_FAILED,
} DhkSaverState;

#define DHK_TYPE_RESPONSE_SAVER (dhk_response_saver_get_type ())
G_DECLARE_FINAL_TYPE (DhkResponseSaver, dhk_response_saver, DHK, RESPONSE_SAVER, GObject)

/* Takes the response as it was just read or made; nothing is written yet. `key` may be NULL. */
DhkResponseSaver *dhk_response_saver_new (DhkResponse *response, GFile *file, DhkSealKey *key);

DhkResponse *dhk_response_saver_get_response (DhkResponseSaver *self);
GFile *dhk_response_saver_get_file (DhkResponseSaver *self);
DhkSaverState dhk_response_saver_get_state (DhkResponseSaver *self);
const GError *dhk_response_saver_get_error (DhkResponseSaver *self); /* of FAILED. Lent. */

/* How many answers are on the disk. */
guint dhk_response_saver_get_n_saved (DhkResponseSaver *self);

/* Another file, or another key (NULL: no password); call dhk_response_saver_save() after it. */
void dhk_response_saver_set_file (DhkResponseSaver *self, GFile *file);
void dhk_response_saver_set_key (DhkResponseSaver *self, DhkSealKey *key);

/* The response was changed. */
void dhk_response_saver_save (DhkResponseSaver *self);

G_END_DECLS
