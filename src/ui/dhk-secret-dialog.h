/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Asks for a password: one that opens a file, or a new one, typed twice. What was typed is
 * wiped after the answer.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *heading;
  const char *body;
  const char *accept;    /* label of the button, with mnemonic */
  gboolean is_new;       /* typed twice */
  gboolean may_be_empty; /* no password is an answer too */
  const char *topic;     /* of the help, or NULL for that of the page */
} DhkSecretQuestion;

/* `password` is NULL for none; lent. Not called when the person thought better of it. */
typedef void (*DhkSecretGiven) (const char *password, gpointer owner);

/* `owner` is a widget of the window that asks, and stays alive until the answer. */
void dhk_secret_ask (GtkWidget *owner, const DhkSecretQuestion *question, DhkSecretGiven given);

G_END_DECLS
