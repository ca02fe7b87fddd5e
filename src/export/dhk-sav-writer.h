/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the export room: a system file of SPSS (.sav), written by ReadStat.
 *
 * In order: dhk_sav_writer_new(), a dhk_sav_writer_add() per variable,
 * dhk_sav_writer_begin() with the number of cases, dhk_sav_writer_case() for
 * each, dhk_sav_writer_finish(). The file appears whole or not at all (export/dhk-atomic.h).
 * Names are made fit for SPSS and unlike each other; labels longer than SPSS
 * takes are cut. Errors are G_IO_ERROR, in whole sentences.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  DHK_SAV_NOMINAL,
  DHK_SAV_ORDINAL,
  DHK_SAV_SCALE,
} DhkSavMeasure;

typedef struct
{
  double value;
  const char *label;
} DhkSavLabel;

/* Equal bounds are a single value; -INFINITY and INFINITY are open ends. SPSS has room for three
 * values, or for a range and one value. */
typedef struct
{
  double low;
  double high;
} DhkSavMissing;

/* A variable of numbers. All pointers are lent for the call. */
typedef struct
{
  const char *name;
  const char *label;
  const char *format; /* "F8.2" */
  DhkSavMeasure measure;
  const DhkSavLabel *labels;
  guint n_labels;
  const DhkSavMissing *missing;
  guint n_missing;
} DhkSavVariable;

typedef struct _DhkSavWriter DhkSavWriter;

/* `title` becomes the label of the file. */
DhkSavWriter *
dhk_sav_writer_new (GFile *file, const char *title, GCancellable *cancellable, GError **error);
void dhk_sav_writer_add (DhkSavWriter *self, const DhkSavVariable *variable);
gboolean dhk_sav_writer_begin (DhkSavWriter *self, guint n_cases, GError **error);

/* A value per variable in the order they were added; NaN is system-missing. */
gboolean dhk_sav_writer_case (DhkSavWriter *self, const double *values, GError **error);
gboolean dhk_sav_writer_finish (DhkSavWriter *self, GError **error);

/* Without a finish before, nothing is left. */
void dhk_sav_writer_free (DhkSavWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkSavWriter, dhk_sav_writer_free)

G_END_DECLS
