/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Prints what a reader sees in a file; stores nothing. */

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * dhk_peek:
 * @sheet: the only sheet to show, counted from 1; 0 lists all and shows the first
 * @rows: so many rows of it; -1 for what is usual
 * @json: everything as JSON, in place of a text for people
 *
 * Returns: %FALSE with @error (of the import room) when the file is refused
 */
gboolean dhk_peek (GFile *file, int sheet, int rows, gboolean json, GError **error);

G_END_DECLS
