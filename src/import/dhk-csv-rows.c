/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-csv.h"

#include "import/dhk-csv-block.h"
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
 * the start of the block's text or of what was read before it. */
typedef struct
{
  DhkReadJob *job;
  DhkCellBelt *belt;
  DhkCsvText text;
  char separator;
  guint8 special[256]; /* ends a field outside quotes */

  DhkCsvBlock *block; /* the one that is filled */
  gsize row_start;
  gsize in;
  gsize out;
  gsize field_start;
  State state;
  gboolean after_cr;

  guint32 *starts; /* of the row's fields, in the block; `n_fields` so far, with room for all */
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

/* The row's fields go behind those of the rows before it. */
static void
place_fields (Rows *self, gsize first)
{
  dhk_csv_block_make_room (self->block, first);
  self->starts = self->block->starts + first;
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

  self->starts[self->n_fields++] = (guint32) self->field_start;
  self->block->text->data[self->out++] = '\0';
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

static void
row_end (Rows *self)
{
  guint width = 0;

  if (self->skip_row)
    self->skip_row = FALSE;
  else
    {
      self->row++;
      width = self->n_fields;
      self->starts[width] = (guint32) self->out;
      while (width > 0 && self->starts[width - 1] + 1 == self->starts[width])
        width--;
    }
  if (width > 0)
    {
      guint first = (guint) (self->starts - self->block->starts);
      DhkBlockRow row = { self->row, first, width };

      self->n_rows++;
      row_check_width (self);
      g_array_append_val (self->block->block.rows, row);
      place_fields (self, first + width + 1);
    }

  self->n_fields = 0;
  self->row_start = self->out = self->field_start = self->in;
  self->line++;
}

static void
copy_until (Rows *self, gsize end)
{
  guint8 *data = self->block->text->data;

  if (self->out != self->in)
    memmove (data + self->out, data + self->in, end - self->in);
  self->out += end - self->in;
  self->in = end;
}

static gboolean
scan_quoted (Rows *self, GError **error)
{
  const guint8 *data = self->block->text->data;
  gsize length = self->block->text->len;
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
  row_end (self);
  return TRUE;
}

/*
 * Whole fields without quotation marks that end at a separator, as nearly all do: they stay where they
 * are. What comes then is for the others to see.
 */
static void
scan_plain (Rows *self)
{
  guint8 *data = self->block->text->data;
  const guint8 *special = self->special;
  gsize length = self->block->text->len;
  gsize start = self->in;
  guint8 separator = (guint8) self->separator;
  guint32 *starts = self->starts;
  guint n = self->n_fields;

  while (n < DHK_MAX_COLUMNS && start < length && data[start] != '"')
    {
      gsize end = start;

      while (end < length && !special[data[end]])
        end++;
      if (end == length || data[end] != separator || end - start > MAX_FIELD)
        break;
      starts[n++] = (guint32) start;
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
  while (end < self->block->text->len && !self->special[self->block->text->data[end]])
    end++;
  copy_until (self, end);
  self->state = IN_FIELD;
}

/* Scans what is in the buffer. */
static gboolean
scan (Rows *self, GError **error)
{
  while (self->in < self->block->text->len)
    {
      const guint8 *data = self->block->text->data;
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

/* Moves the unfinished row, which is in `from`, to the start of the block. */
static void
move_row (Rows *self, const DhkCsvBlock *from)
{
  GByteArray *text = self->block->text;
  const guint8 *row = from->text->data + self->row_start;
  const guint32 *starts = self->starts;
  gsize kept = self->out - self->row_start;

  if (from != self->block)
    g_byte_array_append (text, row, (guint) kept);
  else if (self->row_start > 0)
    memmove (text->data, row, kept);
  g_byte_array_set_size (text, (guint) kept);
  place_fields (self, 0);
  for (guint i = 0; i < self->n_fields; i++)
    self->starts[i] = starts[i] - (guint32) self->row_start;
  self->field_start -= self->row_start;
  self->row_start = 0;
  self->in = self->out = kept;
}

/* Hands over the rows that are whole, and reads on. */
static gssize
refill (Rows *self, GError **error)
{
  gsize kept = self->out - self->row_start;
  DhkCsvBlock *before = self->block;

  if (self->out - self->field_start > MAX_FIELD || kept > DHK_MAX_ROW_BYTES)
    {
      refuse_long (self, error);
      return -1;
    }
  if (before->block.rows->len > 0)
    self->block = (DhkCsvBlock *) dhk_cell_belt_next (self->belt);
  move_row (self, before);
  if (self->block != before)
    {
      before->block.n_bytes = before->text->len;
      if (!dhk_cell_belt_give (self->belt, &before->block, error))
        return -1;
    }
  return dhk_csv_text_append (&self->text, self->block->text, error);
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
      g_byte_array_append (self->block->text, (const guint8 *) "", 1);
      self->in = self->block->text->len;
      if (!field_end (self, error))
        return FALSE;
      row_end (self);
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
  Rows rows = { .job = job, .separator = self->separator };
  gboolean ok;

  rows.line = 1;
  rows.skip_row = self->has_separator_line;
  rows.special[0] = rows.special['\r'] = rows.special['\n'] = rows.special[(guint8) self->separator]
      = TRUE;
  rows.belt
      = dhk_cell_belt_new (job, &dhk_csv_block_type, dhk_source_get_size (self->source), self);
  rows.block = (DhkCsvBlock *) dhk_cell_belt_next (rows.belt);
  place_fields (&rows, 0);
  dhk_csv_text_init (&rows.text, self->source, self->encoding, self->mark);
  ok = read_rows (&rows, error);
  dhk_csv_text_clear (&rows.text);
  if (!dhk_cell_belt_end (rows.belt, &rows.block->block, ok, error))
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
