/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* ReadStat over a file that was checked. Inside the reader of data files of SPSS. */

#include "import/dhk-spss.h"

#include <readstat.h>

G_BEGIN_DECLS

/* Where ReadStat is in the file. */
typedef struct
{
  DhkSpss *spss;
  guint64 at;
  guint64 size;
  guint8 *piece;
  guint64 piece_at;
  gsize n_piece;
} DhkSpssPlace;

/**
 * dhk_spss_parse:
 * @variable: told of every variable
 * @labels: (nullable): told of every value label
 * @value: (nullable): told of every value; without it no cases are read
 * @data: for the handlers
 * @place: (out): tells the handlers how far the reading is
 *
 * Returns: %FALSE with @error when ReadStat refuses; %TRUE also when a handler stopped it
 */
gboolean dhk_spss_parse (DhkSpss *self,
                         readstat_variable_handler variable,
                         readstat_value_label_handler labels,
                         readstat_value_handler value,
                         gpointer data,
                         DhkSpssPlace *place,
                         GError **error);

G_END_DECLS
