/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Printing pages through GtkPrintOperation: exactly the pages that the window
 * shows and that an exported PDF holds.
 */

#include <gtk/gtk.h>

#include "export/dhk-pages.h"

G_BEGIN_DECLS

/*
 * Opens the print dialog over `parent` (may be NULL). A failure is shown there.
 */
void dhk_print_run (DhkPages *pages, const char *name, GtkWindow *parent);

/*
 * The same operation, but into a PDF file and without any dialog.
 */
gboolean dhk_print_to_file (DhkPages *pages, const char *name, GFile *file, GError **error);

G_END_DECLS
