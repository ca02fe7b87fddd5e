/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rows of a sheet that are written plainly, without an XML parser.
 *
 * Nearly all rows of nearly all workbooks are <row><c r s t><v>text</v></c>…</row>, and nearly all of the
 * file is rows. libxml2 reads everything around them and every row that is not exactly so, whatever the
 * reason; a plain row is left out of what it sees, which leaves the document as well-formed as it was. A
 * row is looked through before anything is done with it, so nothing has to be taken back.
 */

#include "import/dhk-xlsx-cell.h"

#include <string.h>

/* As much as may be fed to libxml2 at once. */
#define MAX_FED (64 * 1024)
/* Longer rows, and those of more cells, are libxml2's. */
#define MAX_ROW (256 * 1024)
#define MAX_CELLS DHK_MAX_COLUMNS

/* The words that are looked at together are no longer than this. */
#define N_AHEAD 32

#define OPENING "sheetData"
#define ROW_END "</row>"

/* What a sign in a text asks for; a tag or a NUL byte ends it. */
enum
{
  SIGN_OTHER,
  SIGN_PLAIN,
  SIGN_BRACKET, /* "]]>" must not stand in a text */
  SIGN_WIDE,    /* not ASCII */
};

/* Line feeds and tabs are as they are in a text; carriage returns are not. */
static const guint8 signs[256] = {
  ['\t'] = SIGN_PLAIN,         ['\n'] = SIGN_PLAIN,         [' ' ... '%'] = SIGN_PLAIN,
  ['\'' ... ';'] = SIGN_PLAIN, ['=' ... '\\'] = SIGN_PLAIN, [']'] = SIGN_BRACKET,
  ['^' ... 0x7F] = SIGN_PLAIN, [0x80 ... 0xFF] = SIGN_WIDE,
};

/* Looking ---------------------------------------------------------------------- */

static gboolean
take_word (const char **at, const char *word, gsize length)
{
  if (memcmp (*at, word, length) != 0)
    return FALSE;
  *at += length;
  return TRUE;
}

#define TAKE(at, word) take_word (at, word, sizeof word - 1)

static void
skip_space (const char **at)
{
  while (**at == ' ' || **at == '\n' || **at == '\r' || **at == '\t')
    (*at)++;
}

/* ` name="value"`, of plain signs only. */
static gboolean
take_attribute (const char **at, DhkXlsxPiece *name, DhkXlsxPiece *value)
{
  const char *p = *at;
  char quote;

  name->start = p;
  while (g_ascii_isalnum (*p) || *p == ':')
    p++;
  name->end = p;
  if (p == name->start || *p++ != '=')
    return FALSE;
  quote = *p++;
  if (quote != '"' && quote != '\'')
    return FALSE;
  value->start = p;
  while (*p >= ' ' && signs[(guint8) *p] == SIGN_PLAIN && *p != '"' && *p != '\'')
    p++;
  value->end = p;
  if (*p++ != quote)
    return FALSE;
  *at = p;
  return TRUE;
}

/*
 * Up to and with the end of a start tag. Only attributes among `names` are known, each once; `values` are
 * those of the first `n_values` of them.
 */
static gboolean
take_attributes (const char **at,
                 const char *const *names,
                 DhkXlsxPiece *values,
                 guint n_values,
                 gboolean *is_closed)
{
  guint seen = 0;

  for (;;)
    {
      DhkXlsxPiece name, value;
      gsize length;
      guint i = 0;

      *is_closed = **at == '/';
      if (**at == '>' || *is_closed)
        {
          *at += 1 + *is_closed;
          return (*at)[-1] == '>';
        }
      if (*(*at)++ != ' ')
        return FALSE;
      if (**at == ' ' || **at == '>' || **at == '/')
        continue;
      if (!take_attribute (at, &name, &value))
        return FALSE;
      length = (gsize) (name.end - name.start);
      while (names[i] != NULL
             && (strncmp (names[i], name.start, length) != 0 || names[i][length] != '\0'))
        i++;
      if (names[i] == NULL || (seen & 1u << i) != 0)
        return FALSE;
      seen |= 1u << i;
      if (i < n_values)
        values[i] = value;
    }
}

/* XML has no characters U+FFFE and U+FFFF. */
static gboolean
is_wide_text (DhkXlsxPiece text)
{
  gsize length = (gsize) (text.end - text.start);

  return g_utf8_validate_len (text.start, length, NULL)
         && memmem (text.start, length, "\xEF\xBF\xBE", 3) == NULL
         && memmem (text.start, length, "\xEF\xBF\xBF", 3) == NULL;
}

/* Up to the next tag. */
static gboolean
take_text (const char **at, DhkXlsxPiece *text)
{
  const char *p = *at;
  gboolean is_wide = FALSE;

  while (signs[(guint8) *p] != SIGN_OTHER)
    {
      guint8 sign = signs[(guint8) *p++];

      is_wide |= sign == SIGN_WIDE;
      if (sign == SIGN_BRACKET && p[0] == ']' && p[1] == '>')
        return FALSE;
    }
  *text = (DhkXlsxPiece){ *at, p };
  *at = p;
  return *p == '<' && (!is_wide || is_wide_text (*text));
}

/* From behind "<v" or "<t" on. */
static gboolean
take_value (const char **at, DhkXlsxPiece *text)
{
  return (*(*at) == '>' ? TAKE (at, ">") : TAKE (at, " xml:space=\"preserve\">"))
         && take_text (at, text);
}

/* From behind "<c" on. */
static gboolean
take_cell (const char **at, DhkXlsxRowCell *cell)
{
  static const char *const names[] = { "r", "t", "s", "cm", "vm", "ph", NULL };
  DhkXlsxPiece values[3] = { { NULL, NULL }, { NULL, NULL }, { NULL, NULL } };
  gboolean is_closed;

  if (!take_attributes (at, names, values, 3, &is_closed))
    return FALSE;
  cell->tag = (DhkXlsxCellTag){ values[0], values[1], values[2] };
  cell->text = (DhkXlsxPiece){ NULL, NULL };
  cell->is_inline = FALSE;
  cell->column = DHK_MAX_COLUMNS;
  if (is_closed)
    return TRUE;

  skip_space (at);
  if (TAKE (at, "<v"))
    {
      if (!take_value (at, &cell->text) || !TAKE (at, "</v>"))
        return FALSE;
    }
  else if (TAKE (at, "<is>"))
    {
      cell->is_inline = TRUE;
      skip_space (at);
      if (!TAKE (at, "<t") || !take_value (at, &cell->text) || !TAKE (at, "</t>"))
        return FALSE;
      skip_space (at);
      if (!TAKE (at, "</is>"))
        return FALSE;
    }
  skip_space (at);
  return TAKE (at, "</c>");
}

/* Where the next cell is put; the row may have it or not. */
static DhkXlsxRowCell *
get_next (DhkXlsxRowCells *cells)
{
  if (cells->n == cells->size)
    {
      cells->size = cells->size == 0 ? 64 : cells->size * 2;
      cells->cells = g_renew (DhkXlsxRowCell, cells->cells, cells->size);
    }
  return &cells->cells[cells->n];
}

/* The column of ` r="BC12"` in row "12"; FALSE when it stands in no such place. */
static gboolean
take_place (const char **at, DhkXlsxPiece number, DhkXlsxRowCell *cell)
{
  static const char start[] = " r=\"";
  const char *p = *at + sizeof start - 1;
  gsize length = (gsize) (number.end - number.start);
  guint column = 0;

  if (memcmp (*at, start, sizeof start - 1) != 0 || number.start == NULL)
    return FALSE;
  cell->tag.place.start = p;
  for (; g_ascii_isupper (*p) && column <= DHK_MAX_COLUMNS; p++)
    column = column * 26 + (guint) (*p - 'A') + 1;
  /* Behind the text are zeros, so comparing ends before it does. */
  if (column == 0 || strncmp (p, number.start, length) != 0 || p[length] != '"')
    return FALSE;
  cell->tag.place.end = p + length;
  cell->column = MIN (column - 1, DHK_MAX_COLUMNS);
  *at = p + length + 1;
  return TRUE;
}

/* ` name="value"` where the value is letters and digits; `at` stays when it is not so. */
static DhkXlsxPiece
take_short (const char **at, const char *start, gsize length)
{
  DhkXlsxPiece value = { NULL, NULL };
  const char *p = *at + length;

  if (memcmp (*at, start, length) != 0)
    return value;
  while (g_ascii_isalnum (*p))
    p++;
  if (*p != '"')
    return value;
  value = (DhkXlsxPiece){ *at + length, p };
  *at = p + 1;
  return value;
}

#define SHORT(at, start) take_short (at, start, sizeof start - 1)

/*
 * A cell as nearly every program writes it: ` r="B12" s="1" t="s"><v>plain text</v></c>`, the last two
 * attributes as needed. `at` stays when it is not so.
 */
static gboolean
take_usual_cell (const char **at, DhkXlsxPiece number, DhkXlsxRowCell *cell)
{
  const char *p = *at;

  if (!take_place (&p, number, cell))
    return FALSE;
  cell->tag.style = SHORT (&p, " s=\"");
  cell->tag.type = SHORT (&p, " t=\"");
  if (!TAKE (&p, "><v>"))
    return FALSE;
  cell->text.start = p;
  while (signs[(guint8) *p] == SIGN_PLAIN)
    p++;
  cell->text.end = p;
  if (!TAKE (&p, "</v></c>"))
    return FALSE;
  cell->is_inline = FALSE;
  *at = p;
  return TRUE;
}

/* From "<row" on: its number and its cells. */
static gboolean
take_row (const char **at, DhkXlsxPiece *number, DhkXlsxRowCells *cells)
{
  static const char *const names[] = { "r",
                                       "spans",
                                       "s",
                                       "customFormat",
                                       "ht",
                                       "hidden",
                                       "customHeight",
                                       "outlineLevel",
                                       "collapsed",
                                       "thickTop",
                                       "thickBot",
                                       "ph",
                                       "x14ac:dyDescent",
                                       NULL };
  gboolean is_closed;

  *number = (DhkXlsxPiece){ NULL, NULL };
  cells->n = 0;
  if (!TAKE (at, "<row") || !take_attributes (at, names, number, 1, &is_closed))
    return FALSE;
  while (!is_closed)
    {
      DhkXlsxRowCell *cell = get_next (cells);

      skip_space (at);
      if (TAKE (at, ROW_END))
        return TRUE;
      if (cells->n == MAX_CELLS || !TAKE (at, "<c")
          || !(take_usual_cell (at, *number, cell) || take_cell (at, cell)))
        return FALSE;
      cells->n++;
    }
  return TRUE;
}

/* Doing -------------------------------------------------------------------------- */

/* A cell whose start failed takes nothing; after any other failure only the first counts. */
static gboolean
give_row (DhkXlsxSheetState *self, DhkXmlStream *stream, DhkXlsxPiece number, GError **error)
{
  dhk_xlsx_row_start (self, stream, number);
  for (guint i = 0; i < self->row_cells.n; i++)
    {
      const DhkXlsxRowCell *cell = &self->row_cells.cells[i];

      if (dhk_xlsx_cell_take (self, cell))
        continue;
      dhk_xlsx_cell_start (self, stream, &cell->tag);
      if (!dhk_xml_stream_go_on (stream, error))
        return FALSE;
      if (cell->text.start != NULL)
        {
          dhk_xlsx_cell_hold (self, cell->is_inline);
          dhk_xlsx_cell_text (self, stream, cell->text);
        }
      dhk_xlsx_cell_end (self, stream);
    }
  if (!dhk_xml_stream_go_on (stream, error))
    return FALSE;
  dhk_xlsx_row_end (self, stream);
  return dhk_xml_stream_go_on (stream, error);
}

static gboolean
feed_parser (DhkXmlStream *stream, const char *piece, gsize length, GError **error)
{
  for (gsize part; length > 0; piece += part, length -= part)
    {
      part = MIN (length, MAX_FED);
      if (!dhk_xml_stream_feed (stream, piece, part, error))
        return FALSE;
    }
  return TRUE;
}

/* As much as the parser has to be given next: up to where plain rows may begin. */
static gsize
measure_other (const DhkXlsxSheetState *self, const char *at, gsize length, gboolean is_last)
{
  const char *word = self->in_data ? ROW_END : OPENING;
  const char *found = memmem (at, length, word, strlen (word));
  const char *end = found != NULL ? memchr (found, '>', (gsize) (at + length - found)) : NULL;

  if (end != NULL)
    return (gsize) (end - at) + 1;
  if (found != NULL && !is_last && length < MAX_FED)
    return (gsize) (found - at); /* the tag is cut here */
  if (found == NULL && !is_last)
    return length - MIN (length, strlen (word) - 1); /* the word may be cut here */
  return length;
}

/* Takes what it can of the waiting text and says how much. */
static gboolean
take_waiting (
    DhkXlsxSheetState *self, DhkXmlStream *stream, gboolean is_last, gsize *taken, GError **error)
{
  const char *start = self->waiting->str;
  const char *end = start + self->waiting->len - N_AHEAD;
  const char *at = start;

  while (at < end)
    {
      DhkXlsxPiece number;
      const char *next = at;
      gsize n;

      if (self->in_data && dhk_xml_stream_is_between (stream, DHK_XLSX_DATA_DEPTH))
        {
          skip_space (&next);
          at = next;
          if (take_row (&next, &number, &self->row_cells))
            {
              if (!give_row (self, stream, number, error))
                return FALSE;
              at = next;
              continue;
            }
          /* Its end may be still to come. */
          if (!is_last && (gsize) (end - at) < MAX_ROW
              && memmem (at, (gsize) (end - at), ROW_END, strlen (ROW_END)) == NULL)
            break;
        }
      n = measure_other (self, at, (gsize) (end - at), is_last);
      if (n == 0)
        break;
      if (!feed_parser (stream, at, n, error))
        return FALSE;
      at += n;
    }
  *taken = (gsize) (at - start);
  return TRUE;
}

gboolean
dhk_xlsx_rows_feed (
    DhkXmlStream *stream, const char *piece, gsize length, gpointer data, GError **error)
{
  static const char nothing[N_AHEAD] = { 0 };
  DhkXlsxSheetState *self = data;
  gsize taken = 0;

  if (length > 0)
    g_string_append_len (self->waiting, piece, (gssize) length);
  /* Whoever looks ahead sees zeros behind the end. */
  g_string_append_len (self->waiting, nothing, N_AHEAD);
  if (!take_waiting (self, stream, length == 0, &taken, error))
    return FALSE;
  g_string_truncate (self->waiting, self->waiting->len - N_AHEAD);
  g_string_erase (self->waiting, 0, (gssize) taken);

  return length > 0 || dhk_xml_stream_feed (stream, NULL, 0, error);
}
