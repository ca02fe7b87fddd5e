/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Two threads for a long list, each a half of it.
 */

#include <glib.h>

G_BEGIN_DECLS

/*
 * `n` places from `first` on; `half` is 0 or 1, and the halves follow each other. What both read must
 * not change meanwhile, and neither may write what the other reads.
 */
typedef void (*DhkHalvesFunc) (guint first, guint n, guint half, gpointer user_data);

/* Returns when both are done. A short list is one half, done without a thread. */
void dhk_halves_do (guint n, DhkHalvesFunc func, gpointer user_data);

typedef void (*DhkBothFunc) (guint which, gpointer user_data);

/* Two tasks over lists of `n`, 0 and 1, which touch nothing of each other. Returns when both are done. */
void dhk_both_do (guint n, DhkBothFunc func, gpointer user_data);

G_END_DECLS
