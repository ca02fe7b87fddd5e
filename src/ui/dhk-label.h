/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the window's labels need beyond GTK. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Keeps on one line what belongs together in the label's text: "p < ,001", "(c) Residentieel".
 * Call after every change of the text; replaces the label's own attributes.
 */
void dhk_label_keep_together (GtkLabel *label);

G_END_DECLS
