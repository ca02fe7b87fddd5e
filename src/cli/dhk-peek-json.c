/* SPDX-License-Identifier: GPL-3.0-or-later */

/* “driehoek peek --json”: everything, a row a line. */

#include <math.h>
#include <stdio.h>

#include "base/dhk-json-writer.h"
#include "cli/dhk-peek-private.h"

#include <gio/gio.h>

#define FLUSH_FROM (64 * 1024)

typedef struct
{
  DhkPeek *peek;
  DhkJsonWriter json;
  GPtrArray *columns;
  gint64 n_rows;
  gboolean enough;
} Writer;

static void
flush (Writer *self, gsize from)
{
  if (self->json.text->len <= from)
    return;
  fwrite (self->json.text->str, 1, self->json.text->len, stdout);
  g_string_truncate (self->json.text, 0);
}

static void
add_boolean (DhkJsonWriter *json, const char *key, gboolean value)
{
  dhk_json_write_key (json, key);
  g_string_append (json->text, value ? "true" : "false");
}

static void
add_null (DhkJsonWriter *json, const char *key)
{
  dhk_json_write_key (json, key);
  g_string_append (json->text, "null");
}

/* Columns ---------------------------------------------------------------- */

static void
write_labels (DhkJsonWriter *json, const DhkReaderColumn *column)
{
  dhk_json_write_key (json, "labels");
  dhk_json_open (json, "[");
  for (guint i = 0; i < column->labels->len; i++)
    {
      const DhkReaderLabel *label = &g_array_index (column->labels, DhkReaderLabel, i);

      dhk_json_separate (json, ", ");
      dhk_json_open (json, "{");
      dhk_json_add_string (json, "value", label->value);
      dhk_json_add_string (json, "label", label->label);
      dhk_json_close (json, "}");
    }
  dhk_json_close (json, "]");
}

static void
write_missing (DhkJsonWriter *json, const DhkReaderColumn *column)
{
  dhk_json_write_key (json, "missing");
  dhk_json_open (json, "[");
  for (guint i = 0; i < column->missing->len; i++)
    {
      const DhkReaderMissing *missing = &g_array_index (column->missing, DhkReaderMissing, i);

      dhk_json_separate (json, ", ");
      dhk_json_open (json, "{");
      if (missing->value != NULL)
        dhk_json_add_string (json, "value", missing->value);
      else
        {
          /* An open end is null. */
          dhk_json_add_number (json, "low", missing->low > -G_MAXDOUBLE ? missing->low : -INFINITY);
          dhk_json_add_number (json, "high",
                               missing->high < G_MAXDOUBLE ? missing->high : INFINITY);
        }
      dhk_json_close (json, "}");
    }
  dhk_json_close (json, "]");
}

static void
write_variables (Writer *self)
{
  static const char *const types[] = { "number", "text", "date", "time" };
  static const char *const measures[] = { "unknown", "nominal", "ordinal", "scale" };
  DhkJsonWriter *json = &self->json;

  dhk_json_write_key (json, "variables");
  dhk_json_open (json, "[");
  for (guint i = 0; i < self->columns->len; i++)
    {
      const DhkReaderColumn *column = g_ptr_array_index (self->columns, i);

      dhk_json_separate (json, ",\n");
      dhk_json_open (json, "{");
      dhk_json_add_string (json, "name", column->name);
      dhk_json_add_string (json, "label", column->label);
      dhk_json_add_string (json, "format", column->format);
      dhk_json_add_string (json, "type", types[column->type]);
      dhk_json_add_string (json, "measure", measures[column->measure]);
      write_labels (json, column);
      write_missing (json, column);
      dhk_json_close (json, "}");
    }
  dhk_json_close (json, "]");
}

static void
write_guesses (Writer *self)
{
  static const char *const numbers[]
      = { "none", "whole", "decimal comma", "decimal point", "open", "contradictory" };
  static const char *const dates[]
      = { "none", "year first", "day first", "month first", "contradictory" };
  DhkJsonWriter *json = &self->json;

  dhk_json_write_key (json, "guesses");
  dhk_json_open (json, "[");
  for (guint i = 0; i < self->peek->guesses->len; i++)
    {
      const DhkPeekGuess *guess = g_ptr_array_index (self->peek->guesses, i);

      dhk_json_separate (json, ",\n");
      dhk_json_open (json, "{");
      dhk_json_add_string (json, "head", guess->head);
      dhk_json_add_string (json, "numbers", numbers[guess->numbers.style]);
      dhk_json_add_string (json, "dates", dates[guess->dates.order]);
      if (guess->dates.order != DHK_DATES_NONE)
        add_boolean (json, "dates_certain", guess->dates.certain);
      dhk_json_close (json, "}");
    }
  dhk_json_close (json, "]");
}

/* Rows ---------------------------------------------------------------- */

static gboolean
has_code (Writer *self, const DhkCell *cell, guint i)
{
  const DhkReaderColumn *column
      = self->columns != NULL && i < self->columns->len && self->n_rows > 0
            ? g_ptr_array_index (self->columns, i)
            : NULL;

  switch (cell->kind)
    {
    case DHK_CELL_NUMBER:
    case DHK_CELL_BOOLEAN:
    case DHK_CELL_DATE:
      return TRUE;
    case DHK_CELL_TEXT:
    case DHK_CELL_MISSING:
      return column != NULL && column->type != DHK_COLUMN_TEXT;
    case DHK_CELL_EMPTY:
    case DHK_CELL_ERROR:
    default:
      return FALSE;
    }
}

static gboolean
row_cb (guint64 line, const DhkCell *cells, guint n_cells, gpointer data, GError **error)
{
  Writer *self = data;
  DhkJsonWriter *json = &self->json;

  if (self->peek->max_rows >= 0 && self->n_rows >= self->peek->max_rows)
    {
      /* Ends the reading; goes no further than write_rows(). */
      self->enough = TRUE;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
      return FALSE;
    }
  dhk_json_separate (json, ",\n");
  dhk_json_open (json, "{");
  dhk_json_add_count (json, "row", line);
  dhk_json_write_key (json, "cells");
  dhk_json_open (json, "[");
  for (guint i = 0; i < n_cells; i++)
    {
      dhk_json_separate (json, ", ");
      if (cells[i].kind == DHK_CELL_EMPTY)
        {
          g_string_append (json->text, "null");
          continue;
        }
      dhk_json_open (json, "{");
      dhk_json_add_string (json, "kind", dhk_peek_kind_to_word (cells[i].kind));
      dhk_json_add_string (json, "text", cells[i].text);
      if (has_code (self, &cells[i], i))
        dhk_json_add_number (json, "number", cells[i].number);
      dhk_json_close (json, "}");
    }
  dhk_json_close (json, "]");
  dhk_json_close (json, "}");
  self->n_rows++;
  flush (self, FLUSH_FROM);
  return TRUE;
}

static gboolean
write_rows (Writer *self, GError **error)
{
  g_autoptr (GError) stop = NULL;

  dhk_json_write_key (&self->json, "rows");
  dhk_json_open (&self->json, "[\n");
  if (!dhk_reader_read (self->peek->reader, self->peek->sheet, row_cb, self, NULL, NULL, NULL,
                        &stop)
      && !self->enough)
    {
      g_propagate_error (error, g_steal_pointer (&stop));
      return FALSE;
    }
  dhk_json_close (&self->json, "]");
  return TRUE;
}

/* The document ---------------------------------------------------------------- */

static gboolean
write_sheet (Writer *self, guint i, GError **error)
{
  const DhkPeekSize *size = &g_array_index (self->peek->sizes, DhkPeekSize, i);
  DhkJsonWriter *json = &self->json;

  dhk_json_separate (json, ",\n");
  dhk_json_open (json, "{");
  dhk_json_add_count (json, "sheet", i + 1);
  dhk_json_add_string (json, "name", dhk_reader_get_sheet_name (self->peek->reader, i));
  add_boolean (json, "visible", dhk_reader_get_sheet_visible (self->peek->reader, i));
  if (size->known)
    {
      dhk_json_add_count (json, "n_rows", size->rows);
      dhk_json_add_count (json, "last_row", size->last_row);
      dhk_json_add_count (json, "n_columns", size->columns);
    }
  else
    add_null (json, "n_rows");
  if (i == self->peek->sheet)
    {
      self->columns = dhk_reader_get_columns (self->peek->reader, i);
      if (self->columns != NULL)
        write_variables (self);
      if (self->peek->guesses != NULL)
        write_guesses (self);
      if (!write_rows (self, error))
        return FALSE;
    }
  dhk_json_close (json, "}");
  return TRUE;
}

static void
write_head (Writer *self)
{
  static const char *const kinds[] = { "xlsx", "csv", "spss" };
  DhkReader *reader = self->peek->reader;
  DhkJsonWriter *json = &self->json;
  char separator[2] = { dhk_reader_get_separator (reader), '\0' };

  dhk_json_open (json, "{\n");
  dhk_json_add_string (json, "file", self->peek->name);
  dhk_json_add_string (json, "kind", kinds[dhk_reader_get_kind (reader)]);
  if (dhk_reader_get_encoding (reader) != NULL)
    dhk_json_add_string (json, "encoding", dhk_reader_get_encoding (reader));
  else
    add_null (json, "encoding");
  if (separator[0] != '\0')
    dhk_json_add_string (json, "separator", separator);
  else
    add_null (json, "separator");
  dhk_json_add_string (json, "sha256", dhk_reader_get_sha256 (reader));
}

gboolean
dhk_peek_print_json (DhkPeek *peek, GError **error)
{
  Writer self = { .peek = peek, .json = { .text = g_string_new (NULL), .first = TRUE } };
  GPtrArray *notes = dhk_reader_get_notes (peek->reader);
  gboolean ok = TRUE;

  write_head (&self);
  dhk_json_write_key (&self.json, "sheets");
  dhk_json_open (&self.json, "[\n");
  for (guint i = 0; i < peek->sizes->len && ok; i++)
    if (!peek->only || i == peek->sheet)
      ok = write_sheet (&self, i, error);
  dhk_json_close (&self.json, "]");
  dhk_json_write_key (&self.json, "notes");
  dhk_json_open (&self.json, "[");
  for (guint i = 0; i < notes->len; i++)
    {
      dhk_json_separate (&self.json, ", ");
      dhk_json_write_string (&self.json, g_ptr_array_index (notes, i));
    }
  dhk_json_close (&self.json, "]");
  dhk_json_close (&self.json, "}\n");
  flush (&self, 0);
  g_string_free (self.json.text, TRUE);
  return ok;
}
