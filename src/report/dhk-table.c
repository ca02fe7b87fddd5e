/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/dhk-table.h"

#include <glib/gi18n-lib.h>

#include "report/dhk-table-build.h"

static void
cell_clear (gpointer data)
{
  DhkTableCell *cell = data;

  g_clear_pointer (&cell->text, g_free);
}

static void
row_free (gpointer data)
{
  DhkTableRow *row = data;

  g_array_unref (row->cells);
  g_free (row);
}

DhkTable *
dhk_table_new_empty (guint n_columns)
{
  DhkTable *self = g_new0 (DhkTable, 1);

  g_atomic_ref_count_init (&self->refs);
  self->n_columns = n_columns;
  self->rows = g_ptr_array_new_with_free_func (row_free);
  return self;
}

DhkTableRow *
dhk_table_add_row (DhkTable *self, gboolean is_head)
{
  DhkTableRow *row = g_new0 (DhkTableRow, 1);

  row->cells = g_array_new (FALSE, FALSE, sizeof (DhkTableCell));
  g_array_set_clear_func (row->cells, cell_clear);
  row->is_head = is_head;
  if (is_head)
    self->n_head_rows++;
  g_ptr_array_add (self->rows, row);
  return row;
}

void
dhk_table_row_take (DhkTableRow *self, char *text, guint columns, DhkAlign align, gboolean bold)
{
  DhkTableCell cell = { .text = text, .columns = columns, .align = align, .bold = bold };

  g_array_append_val (self->cells, cell);
}

void
dhk_table_row_add (
    DhkTableRow *self, const char *text, guint columns, DhkAlign align, gboolean bold)
{
  dhk_table_row_take (self, g_strdup (text), columns, align, bold);
}

void
dhk_table_row_add_number (
    DhkTableRow *self, const DhkVoice *voice, DhkNumberKind kind, double value, gboolean bold)
{
  dhk_table_row_take (self, dhk_number_format (kind, value, voice->style), 1, DHK_ALIGN_DECIMAL,
                      bold);
}

static DhkTable *
new_of_kind (const DhkResult *result, const DhkVoice *voice)
{
  switch (result->analysis->kind)
    {
    case DHK_ANALYSIS_COUNTS:
      return dhk_table_new_counts (result, voice);
    case DHK_ANALYSIS_MEANS:
      return dhk_table_new_means (result, voice);
    case DHK_ANALYSIS_RELIABILITY:
      return dhk_table_new_reliability (result, voice);
    case DHK_ANALYSIS_CORRELATIONS:
      return dhk_table_new_correlations (result, voice);
    default:
      g_return_val_if_reached (NULL);
    }
}

DhkTable *
dhk_table_new_from_result (const DhkResult *result,
                           const char *number,
                           const char *title,
                           const char *extra_note,
                           DhkLanguage language,
                           DhkNumberStyle style)
{
  DhkVoice voice = { language, style };
  DhkTable *self;

  g_return_val_if_fail (result != NULL, NULL);

  self = new_of_kind (result, &voice);
  if (number != NULL)
    self->label = g_strdup_printf (dhk_voice_get (&voice, N_ ("Table %s")), number);
  self->title = g_strdup (title);
  self->note_label = g_strdup (dhk_voice_get (&voice, N_ ("Note.")));
  self->note = dhk_result_note (&voice, result, extra_note);
  return self;
}

DhkTable *
dhk_table_ref (DhkTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_table_unref (DhkTable *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->label);
  g_free (self->title);
  g_free (self->note_label);
  g_free (self->note);
  g_ptr_array_unref (self->rows);
  g_free (self);
}
