/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-import-error.h"
#include "import/dhk-xlsx-cell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum
{
  TAG_WORKSHEET,
  TAG_SHEET_DATA,
  TAG_ROW,
  TAG_C,
  TAG_F,
  TAG_V,
  TAG_IS,
  TAG_T,
  TAG_R_PH,
  TAG_MERGE_CELL,
};
static const char *const names[]
    = { "worksheet", "sheetData", "row", "c", "f", "v", "is", "t", "rPh", "mergeCell", NULL };

/* Depths of the elements, the root being 1. */
enum
{
  DEPTH_ROOT = 1,
  DEPTH_DATA = DHK_XLSX_DATA_DEPTH,
  DEPTH_ROW,
  DEPTH_CELL,
  DEPTH_VALUE,
  DEPTH_TEXT,
  DEPTH_RUN_TEXT,
};

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

void
dhk_xlsx_row_start (DhkXlsxSheetState *self, DhkXmlStream *stream, DhkXlsxPiece number)
{
  guint64 row = self->row + 1;

  self->row_numbered = number.start != NULL;
  if (number.start != NULL
      && (!dhk_xlsx_unsigned_parse (number.start, number.end, DHK_MAX_ROWS, &row)
          || row <= self->row))
    fail_damaged (stream);
  else if (row > DHK_MAX_ROWS)
    fail_too_large (stream);
  self->row = row;
  self->next_column = 0;
}

/* "BC12" → column 54; the row must be the one it stands in. */
static gboolean
cell_place (DhkXlsxSheetState *self, const char *reference, const char *end)
{
  guint64 row;
  guint column = 0;

  for (; reference < end && g_ascii_isupper (*reference); reference++)
    {
      column = column * 26 + (guint) (*reference - 'A') + 1;
      if (column > DHK_MAX_COLUMNS)
        return FALSE;
    }
  if (column == 0 || !dhk_xlsx_unsigned_parse (reference, end, DHK_MAX_ROWS, &row))
    return FALSE;
  /* Where the row has no number its first cell gives it. */
  if (!self->row_numbered && row > self->row && self->n_filled == 0)
    self->row = row;
  self->row_numbered = TRUE;
  self->column = column - 1;

  return row == self->row;
}

static DhkXlsxCellType
cell_type (DhkXlsxPiece type)
{
  gsize length = (gsize) (type.end - type.start);
  static const struct
  {
    const char *name;
    DhkXlsxCellType type;
  } types[] = { { "s", DHK_XLSX_TYPE_SHARED }, { "n", DHK_XLSX_TYPE_NUMBER },
                { "str", DHK_XLSX_TYPE_TEXT }, { "b", DHK_XLSX_TYPE_BOOLEAN },
                { "e", DHK_XLSX_TYPE_ERROR },  { "inlineStr", DHK_XLSX_TYPE_INLINE },
                { "d", DHK_XLSX_TYPE_DATE } };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strlen (types[i].name) == length && memcmp (types[i].name, type.start, length) == 0)
      return types[i].type;

  return DHK_XLSX_TYPE_UNKNOWN;
}

/* Makes cells up to the column ready, and twice as much room for what is filled, at most all. */
static void
make_ready (DhkXlsxSheetState *self)
{
  if (self->column >= self->n_room)
    {
      self->n_room = MIN (MAX (2 * self->column, 64), DHK_MAX_COLUMNS);
      self->filled = g_renew (DhkXlsxFilled, self->filled, self->n_room);
    }
  while (self->n_ready <= self->column)
    self->cells[self->n_ready++] = (DhkCell){ .text = "" };
}

void
dhk_xlsx_cell_start (DhkXlsxSheetState *self, DhkXmlStream *stream, const DhkXlsxCellTag *tag)
{
  self->type = tag->type.start != NULL ? cell_type (tag->type) : DHK_XLSX_TYPE_NUMBER;
  self->style = 0;
  self->start = self->text->len;
  self->has_formula = self->has_value = FALSE;
  if (tag->style.start != NULL
      && !dhk_xlsx_unsigned_parse (tag->style.start, tag->style.end, G_MAXUINT32, &self->style))
    self->style = G_MAXUINT32;

  if (tag->place.start == NULL)
    self->column = self->next_column;
  else if (!cell_place (self, tag->place.start, tag->place.end))
    {
      fail_damaged (stream);
      return;
    }
  self->next_column = self->column + 1;
  if (self->column >= DHK_MAX_COLUMNS)
    {
      fail_too_large (stream);
      return;
    }

  /* Few sheets are wide: memory is touched as far as they reach. */
  if (self->n_ready <= self->column)
    make_ready (self);
  if (self->cells[self->column].kind != DHK_CELL_EMPTY)
    fail_damaged (stream);
}

static void
row_start (DhkXlsxSheetState *self, DhkXmlStream *stream)
{
  gsize length;
  const char *number = dhk_xml_stream_get_attribute (stream, "r", &length);

  dhk_xlsx_row_start (self, stream,
                      (DhkXlsxPiece){ number, number != NULL ? number + length : NULL });
}

static void
cell_start (DhkXlsxSheetState *self, DhkXmlStream *stream)
{
  int n_attributes;
  const xmlChar **attributes = dhk_xml_stream_get_attributes (stream, &n_attributes);
  DhkXlsxCellTag tag = { 0 };

  for (int i = 0; i < n_attributes; i++)
    {
      const char *name = (const char *) attributes[5 * i];
      DhkXlsxPiece value
          = { (const char *) attributes[5 * i + 3], (const char *) attributes[5 * i + 4] };

      if (name[0] == '\0' || name[1] != '\0')
        continue;
      if (name[0] == 't')
        tag.type = value;
      else if (name[0] == 's')
        tag.style = value;
      else if (name[0] == 'r')
        tag.place = value;
    }
  dhk_xlsx_cell_start (self, stream, &tag);
}

static void
merge_start (DhkXlsxSheetState *self, DhkXmlStream *stream)
{
  gsize length;
  const char *reference = dhk_xml_stream_get_attribute (stream, "ref", &length);

  dhk_xlsx_merged_add (self,
                       (DhkXlsxPiece){ reference, reference != NULL ? reference + length : NULL });
}

/* What stands in a cell is its text wherever it stands, whatever the cell says of it. */
void
dhk_xlsx_cell_hold (DhkXlsxSheetState *self, gboolean is_inline)
{
  if (is_inline)
    self->type = DHK_XLSX_TYPE_INLINE;
  else if (self->type == DHK_XLSX_TYPE_INLINE)
    self->type = DHK_XLSX_TYPE_TEXT;
}

static void
value_start (DhkXlsxSheetState *self, int tag)
{
  gboolean is_first = self->text->len == self->start;

  self->has_formula |= tag == TAG_F;
  self->has_value |= tag == TAG_V;
  self->capture = tag == TAG_V && is_first;
  if ((tag == TAG_V || tag == TAG_IS) && is_first)
    dhk_xlsx_cell_hold (self, tag == TAG_IS);
}

static void
sheet_start (DhkXmlStream *stream, int tag, guint depth, gpointer data)
{
  DhkXlsxSheetState *self = data;

  self->capture = FALSE;
  if (depth == DEPTH_ROOT)
    self->is_worksheet = tag == TAG_WORKSHEET;
  else if (depth == DEPTH_DATA)
    self->in_data = tag == TAG_SHEET_DATA;
  else if (depth == DEPTH_ROW && tag == TAG_MERGE_CELL)
    merge_start (self, stream);
  else if (!self->in_data || self->skip_depth != 0)
    return;
  else if (depth == DEPTH_ROW && tag == TAG_ROW)
    row_start (self, stream);
  else if (depth == DEPTH_CELL && tag == TAG_C)
    cell_start (self, stream);
  else if (depth == DEPTH_VALUE)
    value_start (self, tag);
  else if (tag == TAG_R_PH)
    self->skip_depth = depth;
  else if (depth == DEPTH_TEXT || depth == DEPTH_RUN_TEXT)
    self->capture = tag == TAG_T && self->type == DHK_XLSX_TYPE_INLINE;
}

void
dhk_xlsx_cell_text (DhkXlsxSheetState *self, DhkXmlStream *stream, DhkXlsxPiece text)
{
  gsize length = (gsize) (text.end - text.start);

  if (self->text->len + length - self->start > DHK_MAX_CELL_BYTES
      || self->text->len > DHK_MAX_ROW_BYTES)
    fail_too_large (stream);
  else
    g_string_append_len (self->text, text.start, (gssize) length);
}

static void
sheet_text (DhkXmlStream *stream, const char *text, gsize length, gpointer data)
{
  DhkXlsxSheetState *self = data;

  if (self->capture)
    dhk_xlsx_cell_text (self, stream, (DhkXlsxPiece){ text, text + length });
}

/* Hands the row over, then empties only what was filled: a sheet of rows
 * with one far-away cell each must cost no more than its cells. */
void
dhk_xlsx_row_end (DhkXlsxSheetState *self, DhkXmlStream *stream)
{
  GError *error = NULL;

  for (guint i = 0; i < self->n_filled; i++)
    {
      const DhkXlsxFilled *filled = &self->filled[i];

      self->cells[filled->column].text
          = filled->shared != NULL ? filled->shared : self->text->str + filled->offset;
    }

  if (self->n_cells > 0
      && !self->job->func (self->row, self->cells, self->n_cells, self->job->user_data, &error))
    dhk_xml_stream_fail (stream, error);

  for (guint i = 0; i < self->n_filled; i++)
    self->cells[self->filled[i].column] = (DhkCell){ .text = "" };
  self->n_filled = 0;
  g_string_truncate (self->text, 0);
  self->n_cells = 0;
}

static void
sheet_end (DhkXmlStream *stream, int tag, guint depth, gpointer data)
{
  DhkXlsxSheetState *self = data;

  self->capture = FALSE;
  if (depth == self->skip_depth)
    self->skip_depth = 0;
  if (!self->in_data)
    return;
  if (depth == DEPTH_CELL && tag == TAG_C)
    dhk_xlsx_cell_end (self, stream);
  else if (depth == DEPTH_ROW && tag == TAG_ROW)
    dhk_xlsx_row_end (self, stream);
}

static const DhkXmlHandler handler
    = { names, sheet_start, sheet_text, sheet_end, dhk_xlsx_rows_feed };
static const DhkXmlHandler parser_handler = { names, sheet_start, sheet_text, sheet_end, NULL };

/* Its texts come before the sheet. */
#define SHARE_OF_STRINGS 0.1

gboolean
dhk_xlsx_workbook_read_sheet (DhkXlsxWorkbook *self, guint sheet, DhkReadJob *job, GError **error)
{
  const DhkXlsxSheet *about = g_ptr_array_index (self->sheets, sheet);
  g_autofree DhkCell *cells = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (GString) waiting = NULL;
  DhkXlsxSheetState state = { .workbook = self, .job = job };
  DhkReadShare share = { .job = job };
  gboolean ok;

  if (self->styles == NULL)
    self->styles = dhk_xlsx_styles_read (self->package, self->styles_part, error);
  if (self->styles == NULL)
    return FALSE;
  if (self->strings == NULL)
    {
      share.to = self->strings_part != NULL ? SHARE_OF_STRINGS : 0.0;
      self->strings = dhk_xlsx_strings_read (self->package, self->strings_part, &share, error);
      share.from = share.to;
    }
  if (self->strings == NULL)
    return FALSE;

  state.cells = cells = g_new (DhkCell, DHK_MAX_COLUMNS);
  state.text = text = g_string_new (NULL);
  state.waiting = waiting = g_string_new (NULL);

  share.to = 1.0;
  ok = dhk_xlsx_package_parse (self->package, about->part,
                               self->by_parser ? &parser_handler : &handler, &state, &share, error);
  dhk_xlsx_places_finish (&state);
  g_free (state.row_cells.cells);
  g_free (state.filled);
  if (!ok)
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
