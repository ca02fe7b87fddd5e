/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-column-guess.h"
#include "import/dhk-import-error.h"
#include "import/dhk-xlsx-value.h"
#include "import/dhk-xlsx-workbook.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum
{
  TAG_WORKSHEET,
  TAG_SHEET_DATA,
  TAG_ROW,
  TAG_C,
  TAG_V,
  TAG_IS,
  TAG_T,
  TAG_R_PH,
};
static const char *const names[]
    = { "worksheet", "sheetData", "row", "c", "v", "is", "t", "rPh", NULL };

/* Depths of the elements, the root being 1. */
enum
{
  DEPTH_ROOT = 1,
  DEPTH_DATA,
  DEPTH_ROW,
  DEPTH_CELL,
  DEPTH_VALUE,
  DEPTH_TEXT,
  DEPTH_RUN_TEXT,
};

typedef enum
{
  TYPE_NUMBER,
  TYPE_SHARED,
  TYPE_TEXT,
  TYPE_INLINE,
  TYPE_BOOLEAN,
  TYPE_ERROR,
  TYPE_DATE,
  TYPE_UNKNOWN,
} CellType;

/* A cell of the row that is not empty. */
typedef struct
{
  guint column;
  const char *shared; /* lent by the workbook's texts, or NULL: at @offset of the row's text */
  gsize offset;
} Filled;

typedef struct
{
  DhkXlsxWorkbook *workbook;
  DhkReadJob *job;

  gboolean is_worksheet;
  gboolean in_data;
  gboolean capture;
  guint skip_depth; /* inside a phonetic reading, or 0 */

  guint64 row;
  gboolean row_numbered;
  guint n_cells;
  DhkCell *cells; /* DHK_MAX_COLUMNS, EMPTY but for @filled */
  GArray *filled;
  GString *text; /* of the row; that of the cell begins at @start */

  guint column;
  guint next_column;
  CellType type;
  guint64 style;
  gsize start;
} Sheet;

static void
append_cell_name (GString *text, guint column, guint64 row)
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
dup_cell_name (Sheet *self)
{
  GString *name = g_string_new (NULL);

  append_cell_name (name, self->column, self->row);
  return g_string_free (name, FALSE);
}

static void
fail_damaged (DhkXmlStream *stream)
{
  dhk_xml_stream_fail (
      stream, g_error_new_literal (
                  DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_DAMAGED,
                  _ ("The rows and cells of the sheet do not say clearly where they belong. "
                     "Nothing was taken over. Save the file anew in a spreadsheet program "
                     "and import that.")));
}

static void
fail_too_large (DhkXmlStream *stream)
{
  dhk_xml_stream_fail (
      stream, g_error_new_literal (
                  DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_TOO_LARGE,
                  _ ("The sheet is larger than a spreadsheet can be (1,048,576 rows, 16,384 "
                     "columns, a million bytes of text in a cell). Nothing was taken over.")));
}

static gboolean
parse_unsigned (const char *text, const char *end, guint64 limit, guint64 *value)
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

static void
row_start (Sheet *self, DhkXmlStream *stream)
{
  gsize length;
  const char *number = dhk_xml_stream_get_attribute (stream, "r", &length);
  guint64 row = self->row + 1;

  self->row_numbered = number != NULL;
  if (number != NULL
      && (!parse_unsigned (number, number + length, DHK_MAX_ROWS, &row) || row <= self->row))
    fail_damaged (stream);
  else if (row > DHK_MAX_ROWS)
    fail_too_large (stream);
  self->row = row;
  self->next_column = 0;
}

/* "BC12" → column 54; the row must be the one it stands in. */
static gboolean
cell_place (Sheet *self, const char *reference, const char *end)
{
  guint64 row;
  guint column = 0;

  for (; reference < end && g_ascii_isupper (*reference); reference++)
    {
      column = column * 26 + (guint) (*reference - 'A') + 1;
      if (column > DHK_MAX_COLUMNS)
        return FALSE;
    }
  if (column == 0 || !parse_unsigned (reference, end, DHK_MAX_ROWS, &row))
    return FALSE;
  /* Where the row has no number its first cell gives it. */
  if (!self->row_numbered && row > self->row && self->filled->len == 0)
    self->row = row;
  self->row_numbered = TRUE;
  self->column = column - 1;

  return row == self->row;
}

static CellType
cell_type (const char *type, gsize length)
{
  static const struct
  {
    const char *name;
    CellType type;
  } types[] = { { "s", TYPE_SHARED },  { "n", TYPE_NUMBER }, { "str", TYPE_TEXT },
                { "b", TYPE_BOOLEAN }, { "e", TYPE_ERROR },  { "inlineStr", TYPE_INLINE },
                { "d", TYPE_DATE } };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strlen (types[i].name) == length && memcmp (types[i].name, type, length) == 0)
      return types[i].type;

  return TYPE_UNKNOWN;
}

static void
cell_start (Sheet *self, DhkXmlStream *stream)
{
  int n_attributes;
  const xmlChar **attributes = dhk_xml_stream_get_attributes (stream, &n_attributes);
  gboolean placed = FALSE;

  self->type = TYPE_NUMBER;
  self->style = 0;
  self->start = self->text->len;

  for (int i = 0; i < n_attributes; i++)
    {
      const char *name = (const char *) attributes[5 * i];
      const char *value = (const char *) attributes[5 * i + 3];
      const char *end = (const char *) attributes[5 * i + 4];

      if (name[0] == '\0' || name[1] != '\0')
        continue;
      if (name[0] == 't')
        self->type = cell_type (value, (gsize) (end - value));
      else if (name[0] == 's' && !parse_unsigned (value, end, G_MAXUINT32, &self->style))
        self->style = G_MAXUINT32;
      else if (name[0] == 'r')
        {
          if (!cell_place (self, value, end))
            {
              fail_damaged (stream);
              return;
            }
          placed = TRUE;
        }
    }

  if (!placed)
    self->column = self->next_column;
  self->next_column = self->column + 1;
  if (self->column >= DHK_MAX_COLUMNS)
    fail_too_large (stream);
  else if (self->cells[self->column].kind != DHK_CELL_EMPTY)
    fail_damaged (stream);
}

static void
sheet_start (DhkXmlStream *stream, int tag, guint depth, gpointer data)
{
  Sheet *self = data;

  self->capture = FALSE;
  if (depth == DEPTH_ROOT)
    self->is_worksheet = tag == TAG_WORKSHEET;
  else if (depth == DEPTH_DATA)
    self->in_data = tag == TAG_SHEET_DATA;
  else if (!self->in_data || self->skip_depth != 0)
    return;
  else if (depth == DEPTH_ROW && tag == TAG_ROW)
    row_start (self, stream);
  else if (depth == DEPTH_CELL && tag == TAG_C)
    cell_start (self, stream);
  else if (depth == DEPTH_VALUE)
    self->capture = tag == TAG_V && self->type != TYPE_INLINE;
  else if (tag == TAG_R_PH)
    self->skip_depth = depth;
  else if (depth == DEPTH_TEXT || depth == DEPTH_RUN_TEXT)
    self->capture = tag == TAG_T && self->type == TYPE_INLINE;
}

static void
sheet_text (DhkXmlStream *stream, const char *text, gsize length, gpointer data)
{
  Sheet *self = data;

  if (!self->capture)
    return;
  if (self->text->len + length - self->start > DHK_MAX_CELL_BYTES
      || self->text->len > DHK_MAX_ROW_BYTES)
    fail_too_large (stream);
  else
    g_string_append_len (self->text, text, (gssize) length);
}

/* Gives the cell that has just ended its kind; its text is what stands from
 * @start on, or lent by the shared texts. */
static void
cell_store (Sheet *self, DhkCellKind kind, double number, const char *shared, gsize length)
{
  DhkCell *cell = &self->cells[self->column];
  Filled filled = { self->column, shared, self->start };

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
  g_array_append_val (self->filled, filled);
  self->n_cells = MAX (self->n_cells, self->column + 1);
}

/* The value cannot be what the file says it is; its text is kept. */
static void
cell_store_odd (Sheet *self)
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
cell_end_shared (Sheet *self, DhkXmlStream *stream)
{
  const char *start = self->text->str + self->start;
  const char *end = self->text->str + self->text->len;
  const char *text = NULL;
  guint64 index;
  gsize length;

  if (start == end)
    return;
  if (parse_unsigned (start, end, G_MAXUINT32, &index))
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
cell_store_date (Sheet *self, double seconds, DhkXlsxStyle style)
{
  g_string_truncate (self->text, self->start);
  dhk_xlsx_date_append (self->text, seconds, style);
  cell_store (self, DHK_CELL_DATE, seconds, NULL, 0);
}

static void
cell_end_number (Sheet *self)
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
      if (style == DHK_XLSX_TIME && value >= 1.0)
        style = DHK_XLSX_DATE_TIME;
      cell_store_date (self, seconds, style);
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
cell_end_iso_date (Sheet *self)
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
cell_end_boolean (Sheet *self)
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

static void
cell_end (Sheet *self, DhkXmlStream *stream)
{
  switch (self->type)
    {
    case TYPE_NUMBER:
      cell_end_number (self);
      break;
    case TYPE_SHARED:
      cell_end_shared (self, stream);
      break;
    case TYPE_TEXT:
    case TYPE_INLINE:
      dhk_xlsx_text_decode (self->text, self->start);
      cell_store (self, DHK_CELL_TEXT, 0, NULL, 0);
      break;
    case TYPE_BOOLEAN:
      cell_end_boolean (self);
      break;
    case TYPE_ERROR:
      cell_store (self, DHK_CELL_ERROR, 0, NULL, 0);
      break;
    case TYPE_DATE:
      cell_end_iso_date (self);
      break;
    case TYPE_UNKNOWN:
      cell_store_odd (self);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Hands the row over, then empties only what was filled: a sheet of rows
 * with one far-away cell each must cost no more than its cells. */
static void
row_end (Sheet *self, DhkXmlStream *stream)
{
  GError *error = NULL;

  for (guint i = 0; i < self->filled->len; i++)
    {
      const Filled *filled = &g_array_index (self->filled, Filled, i);

      self->cells[filled->column].text
          = filled->shared != NULL ? filled->shared : self->text->str + filled->offset;
    }

  if (self->n_cells > 0
      && !self->job->func (self->row, self->cells, self->n_cells, self->job->user_data, &error))
    dhk_xml_stream_fail (stream, error);

  for (guint i = 0; i < self->filled->len; i++)
    self->cells[g_array_index (self->filled, Filled, i).column] = (DhkCell){ .text = "" };
  g_array_set_size (self->filled, 0);
  g_string_truncate (self->text, 0);
  self->n_cells = 0;
}

static void
sheet_end (DhkXmlStream *stream, int tag, guint depth, gpointer data)
{
  Sheet *self = data;

  self->capture = FALSE;
  if (depth == self->skip_depth)
    self->skip_depth = 0;
  if (!self->in_data)
    return;
  if (depth == DEPTH_CELL && tag == TAG_C)
    cell_end (self, stream);
  else if (depth == DEPTH_ROW && tag == TAG_ROW)
    row_end (self, stream);
}

static const DhkXmlHandler handler = { names, sheet_start, sheet_text, sheet_end };

gboolean
dhk_xlsx_workbook_read_sheet (DhkXlsxWorkbook *self, guint sheet, DhkReadJob *job, GError **error)
{
  const DhkXlsxSheet *about = g_ptr_array_index (self->sheets, sheet);
  g_autofree DhkCell *cells = NULL;
  g_autoptr (GArray) filled = NULL;
  g_autoptr (GString) text = NULL;
  Sheet state = { .workbook = self, .job = job };
  double from = 0.0;

  if (self->styles == NULL)
    self->styles = dhk_xlsx_styles_read (self->package, self->styles_part, error);
  if (self->styles == NULL)
    return FALSE;
  if (self->strings == NULL)
    {
      from = self->strings_part != NULL ? 0.1 : 0.0;
      self->strings = dhk_xlsx_strings_read (self->package, self->strings_part, job, from, error);
    }
  if (self->strings == NULL)
    return FALSE;

  state.cells = cells = g_new (DhkCell, DHK_MAX_COLUMNS);
  for (guint i = 0; i < DHK_MAX_COLUMNS; i++)
    cells[i] = (DhkCell){ .text = "" };
  state.filled = filled = g_array_new (FALSE, FALSE, sizeof (Filled));
  state.text = text = g_string_new (NULL);

  if (!dhk_xlsx_package_parse (self->package, about->part, &handler, &state, job, from, 1.0, error))
    return FALSE;
  if (!state.is_worksheet)
    {
      g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_DAMAGED,
                           _ ("A sheet of the workbook is no sheet inside. Nothing was taken over. "
                              "Download or save the "
                              "file again."));
      return FALSE;
    }

  return TRUE;
}
