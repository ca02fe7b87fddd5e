/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where answers come from besides files that are chosen: folders, and what was copied. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Files (GFile) with every folder replaced by the exports in it, by name; what lies in
 * folders of a folder is left alone, and a folder without exports stays one. Owned.
 */
GPtrArray *dhk_import_expand_folders (GPtrArray *files);

typedef void (*DhkPastedFunc) (GPtrArray *pasted, gpointer owner);

/*
 * Takes files that were copied in a file manager, or a table as a spreadsheet copies it. `func` gets the files (GFile),
 * of a table one that is none; NULL when nothing of the kind was copied. Not called once `owner` is gone.
 */
void dhk_import_paste (GtkWidget *owner, DhkPastedFunc func);

G_END_DECLS
