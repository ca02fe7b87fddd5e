/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A dialog that asks for an answer which neither of two persons typed. */

#include <gtk/gtk.h>

#include "ui/dhk-session-entry.h"

G_BEGIN_DECLS

/* Called only when something was chosen. */
typedef void (*DhkEntryOtherChosen) (const DhkEntryPair *pair,
                                     const DhkEntryAnswer *answer,
                                     gpointer owner);

/* Over the window of `owner`, which stays alive until the answer. */
void dhk_entry_other_ask (GtkWidget *owner,
                          DhkInstrument *instrument,
                          guint questionnaire,
                          const DhkEntryPair *pair,
                          DhkEntryOtherChosen chosen);

G_END_DECLS
