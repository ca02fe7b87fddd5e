/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Asking for files. The chooser is the system's own; what was chosen comes as
 * GFile, and a file to be written has its extension.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;            /* "PDF" */
  const char *const *suffixes; /* "pdf", NULL-terminated, lower case; the first is written */
} DhkFileKind;

typedef struct
{
  const char *title;
  const char *accept;         /* label of the button, with mnemonic */
  gboolean save;              /* else open */
  gboolean several;           /* open several files at once */
  gboolean confined;          /* start in the person's documents, show these kinds only */
  const char *option;         /* label of a box to tick, or NULL */
  const char *suggested_name; /* of a file to be written, without extension */
  const DhkFileKind *kinds;   /* the first is the default */
  guint n_kinds;
} DhkChoice;

/* Called only when something was chosen; `files` (GFile) is lent. */
typedef void (*DhkChosen) (GPtrArray *files, gpointer owner);

/* Whether the box was ticked when this file was chosen. */
gboolean dhk_choose_has_option (GFile *file);

/* `owner` is the widget that asks, and stays alive until the answer. */
void dhk_choose (GtkWidget *owner, const DhkChoice *choice, DhkChosen chosen);

G_END_DECLS
