/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A result made ready to be seen: table, chart, heading and sentences in the
 * window's language. Computed in a worker thread from an immutable frame;
 * Overview and Compare show it, print it and export it in the same way.
 */

#include <gtk/gtk.h>

#include "chart/dhk-chart.h"
#include "report/dhk-table.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount refs;
  DhkResult *result;
  char *heading;
  DhkTable *table;
  DhkChart *chart;    /* NULL when none fits */
  char *sentences;    /* a line per scale with its test, or "" */
  gboolean is_sample; /* set by who shows it: the pages say that the answers are not real */
} DhkOutput;

DhkOutput *dhk_output_ref (DhkOutput *self);
void dhk_output_unref (DhkOutput *self);

/* Computes in a thread. `heading` may be NULL: the result's own. */
void dhk_output_compute_async (DhkAnalysis *analysis,
                               DhkFrame *frame,
                               const char *heading,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
DhkOutput *dhk_output_compute_finish (GAsyncResult *result, GError **error);

/* What a person does with it; failures are shown over `widget` ------------ */

void dhk_output_print (DhkOutput *self, GtkWidget *widget);

/* Asks for a file: PDF, SVG, PNG or CSV. */
void dhk_output_choose_export (DhkOutput *self, GtkWidget *widget);

/* By the file's extension. */
gboolean dhk_output_export (DhkOutput *self, GFile *file, GError **error);

/* The table as text and the chart as a picture: each program takes what it can use. */
void dhk_output_copy (DhkOutput *self, GtkWidget *widget, GdkTexture *picture);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkOutput, dhk_output_unref)

G_END_DECLS
