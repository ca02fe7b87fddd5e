/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/dhk-export.h"

#include <string.h>

#include "base/dhk-number.h"
#include "export/dhk-atomic.h"

#define ROWS_BETWEEN_CANCEL 512

typedef enum
{
  COLUMN_CATEGORY,
  COLUMN_NUMBER,
  COLUMN_ANSWER,
  COLUMN_SCORE,
} ColumnKind;

typedef struct
{
  ColumnKind kind;
  char *name;
  const DhkVariable *variable; /* of a category */
  const gint8 *codes;          /* lent by the frame; NULL: empty throughout */
  const double *values;
} Column;

static void
clear_column (gpointer data)
{
  g_free (((Column *) data)->name);
}

/* RFC 4180: quotes only where they are needed. */
static void
append_field (GString *line, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (line, text);
      return;
    }

  g_string_append_c (line, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *p);
    }
  g_string_append_c (line, '"');
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
      Column column = { .name = g_strdup (variable->id), .variable = variable };

      if (variable->kind == DHK_VARIABLE_NUMBER)
        {
          column.kind = COLUMN_NUMBER;
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
      Column column = { .kind = COLUMN_ANSWER };

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
      Column column = { .kind = COLUMN_SCORE };

      if (!is_scale_asked (instrument, i, target))
        continue;
      column.name = suffix != NULL ? g_strdup_printf ("score_%s_%s", scale->id, suffix)
                                   : g_strdup_printf ("score_%s", scale->id);
      column.values = dhk_frame_get_scores (frame, i, target);
      g_array_append_val (columns, column);
    }
}

static GArray *
list_columns (DhkFrame *frame)
{
  const DhkInstrument *instrument = dhk_frame_get_instrument (frame);
  const int n_targets = (int) dhk_instrument_get_n_targets (instrument);
  GArray *columns = g_array_new (FALSE, TRUE, sizeof (Column));

  g_array_set_clear_func (columns, clear_column);
  add_variables (frame, instrument, columns);
  for (int target = DHK_NO_TARGET; target < n_targets; target++)
    add_answers (frame, instrument, target, columns);
  for (int target = DHK_NO_TARGET; target < n_targets; target++)
    add_scores (frame, instrument, target, columns);
  return columns;
}

static void
append_cell (GString *line, const Column *column, guint row)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (line, ',');
  switch (column->kind)
    {
    case COLUMN_CATEGORY:
      if (column->codes != NULL && column->codes[row] >= 0
          && (guint) column->codes[row] < column->variable->n_categories)
        append_field (line, column->variable->categories[column->codes[row]].id);
      break;
    case COLUMN_ANSWER:
      if (column->codes != NULL && column->codes[row] >= 0)
        g_string_append_printf (line, "%d", column->codes[row]);
      break;
    case COLUMN_NUMBER:
    case COLUMN_SCORE:
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
      append_field (line, g_array_index (columns, Column, i).name);
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
    append_field (line, dhk_instrument_get_role (instrument, (guint) type)->id);
  for (guint i = 0; i < columns->len; i++)
    append_cell (line, &g_array_index (columns, Column, i), row);
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

  columns = list_columns (frame);
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
