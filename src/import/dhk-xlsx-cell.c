/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-xlsx-cell.h"

#include "import/dhk-column-guess.h"
#include "import/dhk-import-error.h"
#include "import/dhk-xlsx-value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
dhk_xlsx_cell_name_append (GString *text, guint column, guint64 row)
{
  char letters[4];
  guint n = 0;

  for (column++; column > 0 && n < sizeof letters; column = (column - 1) / 26)
    letters[n++] = (char) ('A' + (column - 1) % 26);
  while (n > 0)
    g_string_append_c (text, letters[--n]);
  g_string_append_printf (text, "%" G_GUINT64_FORMAT, row);
}

static char *
dup_cell_name (DhkXlsxSheetState *self)
{
  GString *name = g_string_new (NULL);

  dhk_xlsx_cell_name_append (name, self->column, self->row);
  return g_string_free (name, FALSE);
}

gboolean
dhk_xlsx_unsigned_parse (const char *text, const char *end, guint64 limit, guint64 *value)
{
  guint64 number = 0;

  if (text == end)
    return FALSE;
  for (; text < end; text++)
    {
      if (!g_ascii_isdigit (*text) || number > limit)
        return FALSE;
      number = number * 10 + (guint64) (*text - '0');
    }
  *value = number;

  return number <= limit;
}

/* Gives the cell that has just ended its kind; its text is what stands from
 * @start on, or lent by the shared texts. */
static void
cell_store (
    DhkXlsxSheetState *self, DhkCellKind kind, double number, const char *shared, gsize length)
{
  DhkCell *cell = &self->cells[self->column];
  DhkXlsxFilled filled = { self->column, shared, self->start };

  if (shared == NULL)
    {
      length = self->text->len - self->start;
      g_string_append_c (self->text, '\0');
    }
  if (length == 0)
    {
      g_string_truncate (self->text, self->start);
      return;
    }

  cell->kind = kind;
  cell->length = length;
  cell->number = number;
  self->filled[self->n_filled++] = filled;
  self->n_cells = MAX (self->n_cells, self->column + 1);
}

/* The value cannot be what the file says it is; its text is kept. */
static void
cell_store_odd (DhkXlsxSheetState *self)
{
  if (dhk_notes_has_room (self->job->notes))
    {
      g_autofree char *cell = dup_cell_name (self);
      g_autofree char *start = g_utf8_make_valid (self->text->str + self->start, -1);
      g_autofree char *shown
          = g_utf8_strlen (start, -1) > 40 ? g_utf8_substring (start, 0, 40) : g_strdup (start);

      /* Translators: the first %s is a cell such as B12, the second what is in it. */
      dhk_notes_take (self->job->notes,
                      g_strdup_printf (_ ("Cell %s says it holds a value, but “%s” is none; it "
                                          "counts as not answered."),
                                       cell, shown));
    }
  cell_store (self, DHK_CELL_ERROR, 0, NULL, 0);
}

static void
cell_end_shared (DhkXlsxSheetState *self, DhkXmlStream *stream)
{
  const char *start = self->text->str + self->start;
  const char *end = self->text->str + self->text->len;
  const char *text = NULL;
  guint64 index;
  gsize length;

  if (start == end)
    return;
  if (dhk_xlsx_unsigned_parse (start, end, G_MAXUINT32, &index))
    text = dhk_xlsx_strings_get (self->workbook->strings, index, &length);
  if (text == NULL)
    {
      g_autofree char *cell = dup_cell_name (self);

      /* Translators: %s is a cell such as B12. */
      dhk_xml_stream_fail (
          stream,
          g_error_new (DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_DAMAGED,
                       _ ("Cell %s refers to a text that the workbook does not hold. Nothing "
                          "was taken over. Download or save the file again."),
                       cell));
      return;
    }

  g_string_truncate (self->text, self->start);
  cell_store (self, DHK_CELL_TEXT, 0, text, length);
}

static void
cell_store_date (DhkXlsxSheetState *self, double seconds, DhkXlsxStyle style)
{
  g_string_truncate (self->text, self->start);
  dhk_xlsx_date_append (self->text, seconds, style);
  cell_store (self, DHK_CELL_DATE, seconds, NULL, 0);
}

static DhkXlsxStyle
get_date_style (DhkXlsxStyle style, double value)
{
  return style == DHK_XLSX_TIME && value >= 1.0 ? DHK_XLSX_DATE_TIME : style;
}

static void
cell_end_number (DhkXlsxSheetState *self)
{
  const GByteArray *styles = self->workbook->styles;
  DhkXlsxStyle style
      = self->style < styles->len ? (DhkXlsxStyle) styles->data[self->style] : DHK_XLSX_PLAIN;
  gsize length = self->text->len - self->start;
  double value, seconds;
  gboolean plain;

  if (length == 0)
    return;
  if (!dhk_xlsx_number_parse (self->text->str + self->start, length, &value, &plain))
    {
      cell_store_odd (self);
      return;
    }
  if (style != DHK_XLSX_PLAIN && dhk_xlsx_date_seconds (value, self->workbook->date1904, &seconds))
    {
      cell_store_date (self, seconds, get_date_style (style, value));
      return;
    }

  if (style != DHK_XLSX_PLAIN && dhk_notes_has_room (self->job->notes))
    {
      g_autofree char *cell = dup_cell_name (self);

      dhk_notes_take (
          self->job->notes,
          g_strdup_printf (
              _ ("Cell %s is formatted as a date, but its number is none; it was read as a "
                 "number."),
              cell));
    }
  if (!plain)
    {
      g_string_truncate (self->text, self->start);
      dhk_xlsx_number_append (self->text, value);
    }
  cell_store (self, DHK_CELL_NUMBER, value, NULL, 0);
}

static void
cell_end_iso_date (DhkXlsxSheetState *self)
{
  const char *text = self->text->str + self->start;
  gboolean has_time = strchr (text, ':') != NULL;
  double seconds;

  if (dhk_column_date_parse (text, DHK_DATES_YMD, &seconds))
    cell_store_date (self, seconds, has_time ? DHK_XLSX_DATE_TIME : DHK_XLSX_DATE);
  else if (g_ascii_isdigit (text[0]) && strchr (text, '-') != NULL)
    cell_store_odd (self);
  else /* a time of day or a duration: no date, and no reason to lose it */
    cell_store (self, DHK_CELL_TEXT, 0, NULL, 0);
}

static void
cell_end_boolean (DhkXlsxSheetState *self)
{
  const char *text = self->text->str + self->start;
  gboolean yes = g_str_equal (text, "1") || g_str_equal (text, "true");

  if (text[0] == '\0')
    return;
  if (!yes && !g_str_equal (text, "0") && !g_str_equal (text, "false"))
    {
      cell_store_odd (self);
      return;
    }
  g_string_truncate (self->text, self->start);
  g_string_append (self->text, yes ? "TRUE" : "FALSE");
  cell_store (self, DHK_CELL_BOOLEAN, yes ? 1 : 0, NULL, 0);
}

/* A formula without its result, as programs write that do not calculate. An empty text can be a result. */
static gboolean
is_unknown (const DhkXlsxSheetState *self)
{
  return self->has_formula && self->text->len == self->start
         && !(self->has_value && self->type == DHK_XLSX_TYPE_TEXT);
}

void
dhk_xlsx_cell_end (DhkXlsxSheetState *self, DhkXmlStream *stream)
{
  if (is_unknown (self))
    {
      dhk_xlsx_places_add (self, &self->unknown, (DhkXlsxPiece){ NULL, NULL });
      /* Not what it computes: that may say more about the computer than about anybody. */
      g_string_append_c (self->text, '=');
      cell_store (self, DHK_CELL_ERROR, 0, NULL, 0);
      return;
    }
  switch (self->type)
    {
    case DHK_XLSX_TYPE_NUMBER:
      cell_end_number (self);
      break;
    case DHK_XLSX_TYPE_SHARED:
      cell_end_shared (self, stream);
      break;
    case DHK_XLSX_TYPE_TEXT:
    case DHK_XLSX_TYPE_INLINE:
      dhk_xlsx_text_decode (self->text, self->start);
      cell_store (self, DHK_CELL_TEXT, 0, NULL, 0);
      break;
    case DHK_XLSX_TYPE_BOOLEAN:
      cell_end_boolean (self);
      break;
    case DHK_XLSX_TYPE_ERROR:
      cell_store (self, DHK_CELL_ERROR, 0, NULL, 0);
      break;
    case DHK_XLSX_TYPE_DATE:
      cell_end_iso_date (self);
      break;
    case DHK_XLSX_TYPE_UNKNOWN:
      cell_store_odd (self);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Plain cells at once ---------------------------------------------------------------- */

static void
fill (DhkXlsxSheetState *self, DhkCellKind kind, double number, const char *text, gsize length)
{
  DhkXlsxFilled filled = { self->column, text, 0 };
  DhkCell *cell = &self->cells[self->column];

  cell->kind = kind;
  cell->length = length;
  cell->number = number;
  self->filled[self->n_filled++] = filled;
  self->n_cells = MAX (self->n_cells, self->column + 1);
}

/* A number in its shortest form, or a day and time. */
static gboolean
take_number (DhkXlsxSheetState *self, const DhkXlsxRowCell *cell)
{
  const GByteArray *styles = self->workbook->styles;
  gsize length = (gsize) (cell->text.end - cell->text.start);
  guint64 number = 0;
  DhkXlsxStyle style;
  double value, seconds;
  gboolean plain;

  if (cell->tag.style.start != NULL
      && !dhk_xlsx_unsigned_parse (cell->tag.style.start, cell->tag.style.end, G_MAXUINT32,
                                   &number))
    return FALSE;
  style = number < styles->len ? (DhkXlsxStyle) styles->data[number] : DHK_XLSX_PLAIN;
  if (length == 1 && g_ascii_isdigit (*cell->text.start))
    {
      value = *cell->text.start - '0';
      plain = TRUE;
    }
  else if (!dhk_xlsx_digits_parse (cell->text.start, length, &value, &plain))
    return FALSE;
  if (style == DHK_XLSX_PLAIN && plain)
    fill (self, DHK_CELL_NUMBER, value, cell->text.start, length);
  else if (style != DHK_XLSX_PLAIN
           && dhk_xlsx_date_seconds (value, self->workbook->date1904, &seconds))
    {
      self->start = self->text->len;
      cell_store_date (self, seconds, get_date_style (style, value));
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
take_shared (DhkXlsxSheetState *self, const DhkXlsxRowCell *cell)
{
  const char *text = NULL;
  guint64 index;
  gsize length;

  if (dhk_xlsx_unsigned_parse (cell->text.start, cell->text.end, G_MAXUINT32, &index))
    text = dhk_xlsx_strings_get (self->workbook->strings, index, &length);
  if (text == NULL)
    return FALSE;
  if (length > 0)
    fill (self, DHK_CELL_TEXT, 0, text, length);
  return TRUE;
}

gboolean
dhk_xlsx_cell_take (DhkXlsxSheetState *self, const DhkXlsxRowCell *cell)
{
  const DhkXlsxPiece *type = &cell->tag.type;
  gboolean taken;

  if (cell->column >= self->n_ready || self->cells[cell->column].kind != DHK_CELL_EMPTY
      || cell->text.start == cell->text.end)
    return FALSE;
  self->column = cell->column;
  if (type->start == NULL)
    taken = take_number (self, cell);
  else
    taken = type->end - type->start == 1 && *type->start == 's' && take_shared (self, cell);
  if (!taken)
    return FALSE;
  /* What stood there was looked through and is not needed again. */
  *(char *) cell->text.end = '\0';
  self->next_column = self->column + 1;
  return TRUE;
}
