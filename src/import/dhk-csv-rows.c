/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-csv.h"

#include "import/dhk-import-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FIELD (8 * 1024 * 1024)
#define NAMED_ROWS 5

typedef enum
{
  AT_FIELD, /* nothing of the field was seen */
  IN_FIELD, /* outside quotes */
  IN_QUOTES,
  AFTER_QUOTES, /* after a quote that closes, or is the first of two */
} State;

/* Rows with an odd number of fields: how many, and the first few. */
typedef struct
{
  guint64 n;
  guint64 named[NAMED_ROWS];
} OddRows;

/* Fields are unquoted in place: @out never overtakes @in. A row begins at
 * the start of the buffer or of what was read before it. */
typedef struct
{
  DhkReadJob *job;
  DhkCsvText text;
  char separator;
  guint8 special[256]; /* ends a field outside quotes */

  GByteArray *buffer;
  gsize row_start;
  gsize in;
  gsize out;
  gsize field_start;
  State state;
  gboolean after_cr;

  DhkCell *cells; /* DHK_MAX_COLUMNS, of which the row has `n_fields` so far, in the buffer */
  guint n_fields;
  guint64 line; /* of the text, for what a text editor must find */
  guint64 quote_line;
  guint64 row;
  guint64 n_rows;
  guint n_expected;  /* fields of the first row */
  gboolean skip_row; /* the "sep=" line */
  OddRows shorter, longer, loose;
} Rows;

static void
odd_rows_add (OddRows *self, guint64 row)
{
  if (self->n > 0 && self->n <= NAMED_ROWS && self->named[self->n - 1] == row)
    return;
  if (self->n < NAMED_ROWS)
    self->named[self->n] = row;
  self->n++;
}

static char *
odd_rows_dup_list (const OddRows *self)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < MIN (self->n, NAMED_ROWS); i++)
    g_string_append_printf (list, "%s%" G_GUINT64_FORMAT, i > 0 ? ", " : "", self->named[i]);
  if (self->n > NAMED_ROWS)
    g_string_append (list, ", …");

  return g_string_free (list, FALSE);
}

static gboolean
refuse_line (GError **error, DhkImportError code, const char *format, guint64 line)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, line);
  g_autoptr (GString) sentence = g_string_new (format);

  g_string_replace (sentence, "%s", number, 1);
  g_set_error_literal (error, DHK_IMPORT_ERROR, (int) code, sentence->str);
  return FALSE;
}

static gboolean
refuse_quote (Rows *self, GError **error)
{
  return refuse_line (
      error, DHK_IMPORT_ERROR_DAMAGED,
      /* Translators: %s is a line number. */
      _ ("A quotation mark opens a field in line %s and is never closed, so the rows after it "
         "cannot "
         "be told apart. Nothing was taken over. Close or remove it and import the file again."),
      self->quote_line);
}

static gboolean
refuse_long (Rows *self, GError **error)
{
  if (self->state == IN_QUOTES)
    return refuse_quote (self, error);
  return refuse_line (error, DHK_IMPORT_ERROR_TOO_LARGE,
                      /* Translators: %s is a line number. */
                      _ ("Line %s of the file is longer than any answer (8 million bytes in a "
                         "field). Nothing was taken "
                         "over. Check that the file is a table."),
                      self->line);
}

static inline void
set_field (DhkCell *cell, const guint8 *start, gsize length)
{
  cell->kind = length > 0 ? DHK_CELL_TEXT : DHK_CELL_EMPTY;
  cell->text = (const char *) start;
  cell->length = length;
}

static gboolean
field_end (Rows *self, GError **error)
{
  gsize length = self->out - self->field_start;

  if (length > MAX_FIELD)
    return refuse_long (self, error);
  if (self->n_fields >= DHK_MAX_COLUMNS)
    return refuse_line (
        error, DHK_IMPORT_ERROR_TOO_LARGE,
        /* Translators: %s is a line number. */
        _ ("Line %s of the file has more than 16,384 columns, more than a spreadsheet can hold. "
           "Nothing "
           "was taken over. Check that the file is a table and its separator is right."),
        self->line);

  set_field (&self->cells[self->n_fields++], self->buffer->data + self->field_start, length);
  self->buffer->data[self->out++] = '\0';
  self->field_start = self->out;
  self->state = AT_FIELD;
  return TRUE;
}

static void
row_check_width (Rows *self)
{
  if (self->n_expected == 0)
    self->n_expected = self->n_fields;
  else if (self->n_fields < self->n_expected)
    odd_rows_add (&self->shorter, self->row);
  else if (self->n_fields > self->n_expected)
    odd_rows_add (&self->longer, self->row);
}

static gboolean
row_end (Rows *self, GError **error)
{
  guint n_cells = 0;
  gboolean ok = TRUE;

  if (self->skip_row)
    self->skip_row = FALSE;
  else
    {
      self->row++;
      n_cells = self->n_fields;
      while (n_cells > 0 && self->cells[n_cells - 1].kind == DHK_CELL_EMPTY)
        n_cells--;
    }
  if (n_cells > 0)
    {
      self->n_rows++;
      row_check_width (self);
      ok = self->job->func (self->row, self->cells, n_cells, self->job->user_data, error);
    }

  self->n_fields = 0;
  self->row_start = self->out = self->field_start = self->in;
  self->line++;
  return ok;
}

static void
copy_until (Rows *self, gsize end)
{
  guint8 *data = self->buffer->data;

  if (self->out != self->in)
    memmove (data + self->out, data + self->in, end - self->in);
  self->out += end - self->in;
  self->in = end;
}

static gboolean
scan_quoted (Rows *self, GError **error)
{
  const guint8 *data = self->buffer->data;
  gsize length = self->buffer->len;
  const guint8 *quote = memchr (data + self->in, '"', length - self->in);
  gsize end = quote != NULL ? (gsize) (quote - data) : length;
  const guint8 *newline = data + self->in;

  if (memchr (newline, '\0', end - self->in) != NULL)
    return dhk_csv_refuse_nul (self->line, error);
  while ((newline = memchr (newline, '\n', (gsize) (data + end - newline))) != NULL)
    {
      self->line++;
      newline++;
    }
  copy_until (self, end);
  if (quote != NULL)
    {
      self->in++;
      self->state = AFTER_QUOTES;
    }

  return TRUE;
}

/* Takes the byte that ends a field outside quotes. */
static gboolean
take_special (Rows *self, guint8 c, GError **error)
{
  if (c == '\0')
    return dhk_csv_refuse_nul (self->line, error);
  self->in++;
  if (!field_end (self, error))
    return FALSE;
  if (c == (guint8) self->separator)
    return TRUE;

  self->after_cr = c == '\r';
  return row_end (self, error);
}

/*
 * Whole fields without quotation marks that end at a separator, as nearly all do: they stay where they
 * are. What comes then is for the others to see.
 */
static void
scan_plain (Rows *self)
{
  guint8 *data = self->buffer->data;
  const guint8 *special = self->special;
  gsize length = self->buffer->len;
  gsize start = self->in;
  guint8 separator = (guint8) self->separator;
  guint n = self->n_fields;

  while (n < DHK_MAX_COLUMNS && start < length && data[start] != '"')
    {
      gsize end = start;

      while (end < length && !special[data[end]])
        end++;
      if (end == length || data[end] != separator || end - start > MAX_FIELD)
        break;
      set_field (&self->cells[n++], data + start, end - start);
      data[end] = '\0';
      start = end + 1;
    }
  self->n_fields = n;
  self->in = self->out = self->field_start = start;
}

/* What stands outside quotation marks, up to what ends the field. */
static void
scan_unquoted (Rows *self)
{
  gsize end = self->in + 1;

  if (self->state == AFTER_QUOTES)
    odd_rows_add (&self->loose, self->row + 1);
  while (end < self->buffer->len && !self->special[self->buffer->data[end]])
    end++;
  copy_until (self, end);
  self->state = IN_FIELD;
}

/* Scans what is in the buffer. */
static gboolean
scan (Rows *self, GError **error)
{
  while (self->in < self->buffer->len)
    {
      const guint8 *data = self->buffer->data;
      guint8 c = data[self->in];

      if (self->after_cr)
        {
          self->after_cr = FALSE;
          if (c == '\n')
            {
              self->row_start = self->out = self->field_start = ++self->in;
              continue;
            }
        }
      if (self->state == IN_QUOTES)
        {
          if (!scan_quoted (self, error))
            return FALSE;
          continue;
        }
      if (self->state == AT_FIELD && self->in == self->out)
        {
          gsize before = self->in;

          scan_plain (self);
          if (self->in > before)
            continue;
        }
      if (c == '"' && self->state == AT_FIELD)
        {
          self->in++;
          self->quote_line = self->line;
          self->state = IN_QUOTES;
          continue;
        }
      if (c == '"' && self->state == AFTER_QUOTES)
        {
          copy_until (self, self->in + 1);
          self->state = IN_QUOTES;
          continue;
        }
      if (!self->special[c])
        {
          scan_unquoted (self);
          continue;
        }
      if (!take_special (self, c, error))
        return FALSE;
    }

  return TRUE;
}

/* While the buffer may move, places in the row stand for the texts. */
static void
lift_fields (Rows *self)
{
  const guint8 *data = self->buffer->data;

  for (guint i = 0; i < self->n_fields; i++)
    self->cells[i].text = GSIZE_TO_POINTER ((gsize) ((const guint8 *) self->cells[i].text - data)
                                            - self->row_start);
}

static void
place_fields (Rows *self)
{
  for (guint i = 0; i < self->n_fields; i++)
    self->cells[i].text = (const char *) self->buffer->data + self->row_start
                          + GPOINTER_TO_SIZE (self->cells[i].text);
}

/* Moves the unfinished row to the start of the buffer and reads on. */
static gssize
refill (Rows *self, GError **error)
{
  gsize kept = self->out - self->row_start;
  gssize n;

  if (self->out - self->field_start > MAX_FIELD || kept > DHK_MAX_ROW_BYTES)
    {
      refuse_long (self, error);
      return -1;
    }
  lift_fields (self);
  if (kept > 0 && self->row_start > 0)
    memmove (self->buffer->data, self->buffer->data + self->row_start, kept);
  g_byte_array_set_size (self->buffer, (guint) kept);
  self->field_start -= self->row_start;
  self->row_start = 0;
  self->in = self->out = kept;

  n = dhk_csv_text_append (&self->text, self->buffer, error);
  place_fields (self);
  return n;
}

static gboolean
read_rows (Rows *self, GError **error)
{
  double size = (double) MAX (dhk_source_get_size (self->text.source), 1);
  gssize n;

  while ((n = refill (self, error)) > 0)
    if (!dhk_read_job_go_on (self->job, (double) self->text.offset / size, error)
        || !scan (self, error))
      return FALSE;
  if (n < 0)
    return FALSE;

  if (self->state == IN_QUOTES)
    return refuse_quote (self, error);
  if (self->state != AT_FIELD || self->n_fields > 0)
    {
      /* The last row has no line end; its field still needs its NUL byte. */
      lift_fields (self);
      g_byte_array_append (self->buffer, (const guint8 *) "", 1);
      place_fields (self);
      self->in = self->buffer->len;
      if (!field_end (self, error) || !row_end (self, error))
        return FALSE;
    }

  return TRUE;
}

static void
take_odd_rows (Rows *self, const OddRows *odd, const char *one, const char *several)
{
  g_autofree char *list = NULL;
  GString *note;

  if (odd->n == 0)
    return;
  list = odd_rows_dup_list (odd);
  note = g_string_new (odd->n == 1 ? one : several);
  g_string_replace (note, "%s", list, 1);
  dhk_notes_take (self->job->notes, g_string_free (note, FALSE));
}

static void
take_notes (Rows *self)
{
  take_odd_rows (
      self, &self->shorter,
      /* Translators: %s is the number of a row. */
      _ ("Row %s has fewer fields than the first row; the missing ones count as empty."),
      /* Translators: %s is a list of row numbers. */
      _ ("Rows %s have fewer fields than the first row; the missing ones count as empty."));
  take_odd_rows (
      self, &self->longer,
      /* Translators: %s is the number of a row. */
      _ ("Row %s has more fields than the first row; check that nothing moved to another column."),
      /* Translators: %s is a list of row numbers. */
      _ ("Rows %s have more fields than the first row; check that nothing moved to another "
         "column."));
  take_odd_rows (self, &self->loose,
                 /* Translators: %s is the number of a row. */
                 _ ("In row %s text follows a closing quotation mark; it was kept."),
                 /* Translators: %s is a list of row numbers. */
                 _ ("In rows %s text follows a closing quotation mark; it was kept."));
  if (self->text.broken)
    dhk_notes_take (
        self->job->notes,
        g_strdup (_ ("Some characters of the file are broken and were replaced by the sign “�”.")));
}

gboolean
dhk_csv_read (DhkCsv *self, DhkReadJob *job, GError **error)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  g_autofree DhkCell *cells = g_new0 (DhkCell, DHK_MAX_COLUMNS);
  Rows rows = { .job = job, .separator = self->separator, .buffer = buffer, .cells = cells };
  gboolean ok;

  rows.line = 1;
  rows.skip_row = self->has_separator_line;
  rows.special[0] = rows.special['\r'] = rows.special['\n'] = rows.special[(guint8) self->separator]
      = TRUE;
  dhk_csv_text_init (&rows.text, self->source, self->encoding, self->mark);
  ok = read_rows (&rows, error);
  dhk_csv_text_clear (&rows.text);
  if (!ok)
    return FALSE;

  if (rows.n_rows == 0)
    {
      g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_A_TABLE,
                           _ ("The file has no row with anything in it. Nothing was stored. Export "
                              "the answers again and import that file."));
      return FALSE;
    }
  take_notes (&rows);

  return TRUE;
}
