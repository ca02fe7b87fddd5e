/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/dhk-export.h"

#include "base/dhk-number.h"
#include "base/dhk-text.h"
#include "export/dhk-atomic.h"
#include "export/dhk-export-columns.h"

#define ROWS_BETWEEN_CANCEL 512

static void
append_cell (GString *line, const DhkExportColumn *column, guint row)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (line, ',');
  switch (column->kind)
    {
    case DHK_EXPORT_CATEGORY:
      if (column->codes != NULL && column->codes[row] >= 0
          && (guint) column->codes[row] < column->variable->n_categories)
        dhk_text_append_csv (line, column->variable->categories[column->codes[row]].id,
                             DHK_CSV_FOR_SPREADSHEET);
      break;
    case DHK_EXPORT_ANSWER:
      if (column->codes != NULL && column->codes[row] >= 0)
        g_string_append_printf (line, "%d", column->codes[row]);
      break;
    case DHK_EXPORT_NUMBER:
    case DHK_EXPORT_SCORE:
    default:
      if (column->values != NULL)
        g_string_append (line, dhk_number_to_file (column->values[row], buffer));
      break;
    }
}

static void
append_head (GString *line, const GArray *columns)
{
  g_string_append (line, "id,respondent_type");
  for (guint i = 0; i < columns->len; i++)
    {
      g_string_append_c (line, ',');
      dhk_text_append_csv (line, g_array_index (columns, DhkExportColumn, i).name,
                           DHK_CSV_FOR_SPREADSHEET);
    }
  g_string_append_c (line, '\n');
}

static void
append_row (GString *line, DhkFrame *frame, const GArray *columns, guint row)
{
  const DhkInstrument *instrument = dhk_frame_get_instrument (frame);
  const gint8 type = dhk_frame_get_types (frame)[row];

  g_string_append_printf (line, "%" G_GINT64_FORMAT ",", dhk_frame_get_respondents (frame)[row]);
  if (type >= 0 && (guint) type < dhk_instrument_get_n_types (instrument))
    dhk_text_append_csv (line, dhk_instrument_get_role (instrument, (guint) type)->id,
                         DHK_CSV_FOR_SPREADSHEET);
  for (guint i = 0; i < columns->len; i++)
    append_cell (line, &g_array_index (columns, DhkExportColumn, i), row);
  g_string_append_c (line, '\n');
}

gboolean
dhk_export_csv (DhkFrame *frame, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkAtomic) output = NULL;
  g_autoptr (GArray) columns = NULL;
  g_autoptr (GString) line = NULL;

  g_return_val_if_fail (frame != NULL && G_IS_FILE (file), FALSE);

  output = dhk_atomic_new (file, cancellable, error);
  if (output == NULL)
    return FALSE;

  columns = dhk_export_columns_list (frame);
  line = g_string_new (NULL);
  append_head (line, columns);
  for (guint row = 0; row < dhk_frame_get_n_rows (frame); row++)
    {
      if (row % ROWS_BETWEEN_CANCEL == 0
          && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      append_row (line, frame, columns, row);
      if (line->len > 32 * 1024)
        {
          if (!dhk_atomic_write (output, line->str, line->len, error))
            return FALSE;
          g_string_truncate (line, 0);
        }
    }
  return dhk_atomic_write (output, line->str, line->len, error)
         && dhk_atomic_commit (output, error);
}
