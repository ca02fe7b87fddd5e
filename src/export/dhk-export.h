/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Files for other programs. Every function writes atomically (a temporary file
 * beside it, then renamed) and reports errors of G_IO_ERROR as sentences.
 */

#include <gio/gio.h>

#include "chart/dhk-chart.h"
#include "study/dhk-frame.h"

G_BEGIN_DECLS

/* One row per respondent: id, respondent type, variables, items, scale scores. UTF-8, comma,
 * decimal point. */
gboolean dhk_export_csv (DhkFrame *frame, GFile *file, GCancellable *cancellable, GError **error);

/*
 * The same as a system file of SPSS, with the wording of the questions and the labels of the
 * answers in `language`. Codes of missing answers are user-missing values with labels: -1 not
 * answered, -2 not asked, -3 unreadable.
 */
gboolean dhk_export_sav (
    DhkFrame *frame, DhkLanguage language, GFile *file, GCancellable *cancellable, GError **error);

/* A chart as SVG or PNG by the file's extension; `width` in pixels. */
gboolean dhk_export_chart (
    DhkChart *chart, GFile *file, double width, GCancellable *cancellable, GError **error);

G_END_DECLS
