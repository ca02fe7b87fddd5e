/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Asking for the key file of a study: its password when it is there, a new one when it is to be
 * made. Afterwards the session keeps names in it.
 */

#include "ui/dhk-session-keys.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Called when the key file is open, never else. */
typedef void (*DhkKeyDone) (GtkWidget *owner);

/* The key file beside the study. `owner` is a widget of the window that asks. */
void dhk_key_ask (GtkWidget *owner, DhkSession *session, DhkKeyDone done);

/* One that a person looks for. */
void dhk_key_choose (GtkWidget *owner, DhkSession *session, DhkKeyDone done);

G_END_DECLS
