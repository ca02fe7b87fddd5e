/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/dhk-export-columns.h"

static void
clear_column (gpointer data)
{
  g_free (((DhkExportColumn *) data)->name);
}

static gboolean
is_item_asked (const DhkInstrument *instrument, guint item, int target)
{
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *form = dhk_instrument_get_questionnaire (instrument, i);

      for (guint q = 0; q < form->n_questions; q++)
        if (form->questions[q].item == (int) item && form->questions[q].target == target)
          return TRUE;
    }
  return FALSE;
}

static gboolean
is_scale_asked (const DhkInstrument *instrument, guint scale, int target)
{
  for (guint role = 0; role < dhk_instrument_get_n_types (instrument); role++)
    if (dhk_instrument_is_asked (instrument, scale, role, target))
      return TRUE;
  return FALSE;
}

static void
add_variables (DhkFrame *frame, const DhkInstrument *instrument, GArray *columns)
{
  for (guint i = 0; i < dhk_instrument_get_n_variables (instrument); i++)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, i);
      DhkExportColumn column
          = { .name = g_strdup (variable->id), .variable = variable, .index = i };

      if (variable->kind == DHK_VARIABLE_NUMBER)
        {
          column.kind = DHK_EXPORT_NUMBER;
          column.values = dhk_frame_get_numbers (frame, i);
        }
      else
        column.codes = dhk_frame_get_categories (frame, i);
      g_array_append_val (columns, column);
    }
}

static void
add_answers (DhkFrame *frame, const DhkInstrument *instrument, int target, GArray *columns)
{
  for (guint i = 0; i < dhk_instrument_get_n_items (instrument); i++)
    {
      DhkExportColumn column = { .kind = DHK_EXPORT_ANSWER, .index = i, .target = target };

      if (!is_item_asked (instrument, i, target))
        continue;
      column.name = dhk_instrument_dup_column_name (instrument, i, target);
      column.codes = dhk_frame_get_answers (frame, i, target);
      g_array_append_val (columns, column);
    }
}

static void
add_scores (DhkFrame *frame, const DhkInstrument *instrument, int target, GArray *columns)
{
  const char *suffix = target == DHK_NO_TARGET
                           ? NULL
                           : dhk_instrument_get_target (instrument, (guint) target)->suffix;

  for (guint i = 0; i < dhk_instrument_get_n_scales (instrument); i++)
    {
      const DhkScale *scale = dhk_instrument_get_scale (instrument, i);
      DhkExportColumn column = { .kind = DHK_EXPORT_SCORE, .index = i, .target = target };

      if (!is_scale_asked (instrument, i, target))
        continue;
      column.name = suffix != NULL ? g_strdup_printf ("score_%s_%s", scale->id, suffix)
                                   : g_strdup_printf ("score_%s", scale->id);
      column.values = dhk_frame_get_scores (frame, i, target);
      g_array_append_val (columns, column);
    }
}

GArray *
dhk_export_columns_list (DhkFrame *frame)
{
  const DhkInstrument *instrument = dhk_frame_get_instrument (frame);
  const int n_targets = (int) dhk_instrument_get_n_targets (instrument);
  GArray *columns = g_array_new (FALSE, TRUE, sizeof (DhkExportColumn));

  g_array_set_clear_func (columns, clear_column);
  add_variables (frame, instrument, columns);
  for (int target = DHK_NO_TARGET; target < n_targets; target++)
    add_answers (frame, instrument, target, columns);
  for (int target = DHK_NO_TARGET; target < n_targets; target++)
    add_scores (frame, instrument, target, columns);
  return columns;
}
