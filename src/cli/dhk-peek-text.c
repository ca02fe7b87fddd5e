/* SPDX-License-Identifier: GPL-3.0-or-later */

/* “driehoek peek” for people: aligned, translated, cut to the width of a screen. */

#include <glib/gi18n-lib.h>

#include "cli/dhk-peek-private.h"

#include <gio/gio.h>
#include <math.h>

#define CELL_WIDTH 24
#define LABEL_WIDTH 44
#define MAX_COLUMNS_SHOWN 40

/* Words ---------------------------------------------------------------- */

/* A text on one line: line breaks as a sign, other control characters as a dot, so that
 * a file cannot steer the terminal; cut to `width` characters. Free with g_free(). */
static char *
dup_shown (const char *text, glong width)
{
  GString *shown = g_string_new (NULL);
  glong n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (n == width - 1 && *g_utf8_next_char (p) != '\0')
        {
          g_string_append (shown, "…");
          break;
        }
      if (c == '\n' || c == '\r')
        g_string_append (shown, "↵");
      else if (g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
        g_string_append (shown, "·");
      else
        g_string_append_unichar (shown, c);
      n++;
    }
  return g_string_free (shown, FALSE);
}

/* printf counts bytes; a column is one of characters. */
static void
append_padded (GString *line, const char *text, glong width)
{
  glong gap = width - g_utf8_strlen (text, -1);

  g_string_append (line, text);
  while (gap-- > 0)
    g_string_append_c (line, ' ');
}

static void
print_line (GString *line)
{
  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);
  g_print ("%s\n", line->str);
  g_string_truncate (line, 0);
}

static const char *
separator_to_word (char separator)
{
  switch (separator)
    {
    case ';':
      return _ ("semicolon");
    case ',':
      return _ ("comma");
    case '\t':
      return _ ("tab");
    case '|':
      return _ ("vertical bar");
    default:
      return NULL;
    }
}

/* The file ---------------------------------------------------------------- */

static void
print_file (DhkPeek *self)
{
  char separator = dhk_reader_get_separator (self->reader);
  const char *word = separator_to_word (separator);
  const char sign[2] = { separator, '\0' };
  g_autofree char *name = dup_shown (self->name, 200);

  g_print ("%s\n", name);
  switch (dhk_reader_get_kind (self->reader))
    {
    case DHK_READER_XLSX:
      g_print ("%s\n", _ ("Excel workbook"));
      break;
    case DHK_READER_CSV:
      /* Translators: an encoding such as UTF-8, and the name of a sign, such as comma. */
      g_print (_ ("Separated text, %s, separator: %s\n"), dhk_reader_get_encoding (self->reader),
               word != NULL ? word : sign);
      break;
    case DHK_READER_SPSS:
    default:
      g_print (_ ("Data file of SPSS, %s\n"), dhk_reader_get_encoding (self->reader));
      break;
    }
}

static void
print_size (const DhkPeekSize *size)
{
  g_autofree char *letters = size->columns > 0 ? dhk_peek_dup_letters (size->columns - 1) : NULL;

  if (!size->known)
    g_print ("%s", _ ("not counted: the sheets before it are large"));
  else if (size->rows == 0)
    g_print ("%s", _ ("empty"));
  else
    {
      g_print (ngettext ("%lu row", "%lu rows", (gulong) size->rows), (gulong) size->rows);
      g_print (", A1:%s%lu", letters, (gulong) size->last_row);
    }
}

static void
print_sheets (DhkPeek *self)
{
  GString *line = g_string_new (NULL);

  if (dhk_reader_get_kind (self->reader) != DHK_READER_XLSX)
    {
      print_size (&g_array_index (self->sizes, DhkPeekSize, 0));
      g_print ("\n");
      g_string_free (line, TRUE);
      return;
    }
  g_print ("\n%s\n", _ ("Sheets"));
  for (guint i = 0; i < self->sizes->len; i++)
    {
      g_autofree char *name = dup_shown (dhk_reader_get_sheet_name (self->reader, i), 40);

      if (self->only && i != self->sheet)
        continue;
      g_string_printf (line, "%4u  ", i + 1);
      append_padded (line, name, 32);
      g_print ("%s  ", line->str);
      print_size (&g_array_index (self->sizes, DhkPeekSize, i));
      g_print ("%s\n", dhk_reader_get_sheet_visible (self->reader, i) ? "" : _ (", hidden"));
    }
  g_string_free (line, TRUE);
}

/* Columns ---------------------------------------------------------------- */

static void
append_missing (GString *line, const DhkReaderColumn *column)
{
  for (guint i = 0; i < column->missing->len; i++)
    {
      const DhkReaderMissing *missing = &g_array_index (column->missing, DhkReaderMissing, i);

      g_string_append (line, i == 0 ? _ ("missing: ") : ", ");
      if (missing->value != NULL)
        g_string_append (line, missing->value);
      else
        {
          char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];

          g_string_append_printf (
              line, _ ("%s to %s"),
              missing->low > -G_MAXDOUBLE ? g_ascii_dtostr (low, sizeof low, missing->low)
                                          : _ ("lowest"),
              missing->high < G_MAXDOUBLE ? g_ascii_dtostr (high, sizeof high, missing->high)
                                          : _ ("highest"));
        }
    }
}

static void
print_variables (GPtrArray *columns)
{
  GString *line = g_string_new (NULL);

  g_print ("\n%s\n", _ ("Variables"));
  for (guint i = 0; i < columns->len; i++)
    {
      const DhkReaderColumn *column = g_ptr_array_index (columns, i);
      g_autofree char *letters = dhk_peek_dup_letters (i);
      g_autofree char *name = dup_shown (column->name, CELL_WIDTH);
      g_autofree char *label = dup_shown (column->label, LABEL_WIDTH);

      append_padded (line, letters, 4);
      append_padded (line, name, 18);
      g_string_append (line, "  ");
      append_padded (line, column->format, 12);
      append_padded (line, label, LABEL_WIDTH);
      g_string_append (line, "  ");
      append_missing (line, column);
      print_line (line);
      for (guint k = 0; k < column->labels->len; k++)
        {
          const DhkReaderLabel *one = &g_array_index (column->labels, DhkReaderLabel, k);
          g_autofree char *value = dup_shown (one->value, CELL_WIDTH);
          g_autofree char *text = dup_shown (one->label, LABEL_WIDTH);

          g_print ("%24s%s = %s\n", "", value, text);
        }
    }
  g_string_free (line, TRUE);
}

static const char *
guess_to_words (const DhkPeekGuess *guess)
{
  switch (guess->dates.order)
    {
    case DHK_DATES_YMD:
      return _ ("dates, year first");
    case DHK_DATES_DMY:
      return guess->dates.certain ? _ ("dates, day first") : _ ("dates, day first by custom");
    case DHK_DATES_MDY:
      return guess->dates.certain ? _ ("dates, month first") : _ ("dates, month first by custom");
    case DHK_DATES_CONTRADICTORY:
      return _ ("dates that contradict each other");
    case DHK_DATES_NONE:
    default:
      break;
    }
  switch (guess->numbers.style)
    {
    case DHK_NUMBERS_WHOLE:
      return _ ("whole numbers");
    case DHK_NUMBERS_DECIMAL_COMMA:
      return _ ("numbers with a decimal comma");
    case DHK_NUMBERS_DECIMAL_POINT:
      return _ ("numbers with a decimal point");
    case DHK_NUMBERS_OPEN:
      return _ ("numbers that may mean thousands or a fraction");
    case DHK_NUMBERS_CONTRADICTORY:
      return _ ("numbers that contradict each other");
    case DHK_NUMBERS_NONE:
    default:
      return _ ("texts");
    }
}

static void
print_guesses (GPtrArray *guesses)
{
  GString *line = g_string_new (NULL);

  g_print ("\n%s\n", _ ("Columns"));
  for (guint i = 0; i < guesses->len; i++)
    {
      const DhkPeekGuess *guess = g_ptr_array_index (guesses, i);
      g_autofree char *letters = dhk_peek_dup_letters (i);
      g_autofree char *head = dup_shown (guess->head, LABEL_WIDTH);

      append_padded (line, letters, 4);
      append_padded (line, head, LABEL_WIDTH);
      g_string_append_printf (line, "  %s", guess_to_words (guess));
      print_line (line);
    }
  g_string_free (line, TRUE);
}

/* Rows ---------------------------------------------------------------- */

/* The rows shown are kept as texts until their widths are known. */
typedef struct
{
  DhkPeek *peek;
  GPtrArray *rows; /* of GPtrArray of char *, the number of the row first */
  glong widths[MAX_COLUMNS_SHOWN + 1];
  gboolean enough;
  gboolean cut;
} Rows;

static void
add_word (Rows *self, GPtrArray *row, char *word)
{
  self->widths[row->len] = MAX (self->widths[row->len], g_utf8_strlen (word, -1));
  g_ptr_array_add (row, word);
}

static gboolean
row_cb (guint64 line, const DhkCell *cells, guint n_cells, gpointer data, GError **error)
{
  Rows *self = data;
  GPtrArray *row;

  if (self->rows->len > self->peek->max_rows)
    {
      /* Ends the reading; goes no further than print_rows(). */
      self->enough = TRUE;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
      return FALSE;
    }
  row = g_ptr_array_new_with_free_func (g_free);
  add_word (self, row, g_strdup_printf ("%lu", (gulong) line));
  self->cut = self->cut || n_cells > MAX_COLUMNS_SHOWN;
  for (guint i = 0; i < MIN (n_cells, MAX_COLUMNS_SHOWN); i++)
    {
      g_autofree char *shown = dup_shown (cells[i].text, CELL_WIDTH);

      add_word (self, row,
                cells[i].kind == DHK_CELL_MISSING ? g_strdup_printf (_ ("%s (missing)"), shown)
                                                  : g_steal_pointer (&shown));
    }
  g_ptr_array_add (self->rows, row);
  return TRUE;
}

static void
print_table (Rows *self)
{
  GString *line = g_string_new (NULL);

  for (guint r = 0; r < self->rows->len; r++)
    {
      GPtrArray *row = g_ptr_array_index (self->rows, r);

      for (guint i = 0; i < row->len; i++)
        {
          append_padded (line, g_ptr_array_index (row, i), self->widths[i]);
          g_string_append (line, "  ");
        }
      print_line (line);
    }
  g_string_free (line, TRUE);
  if (self->cut)
    g_print (_ ("The first %d columns are shown; --json has all.\n"), MAX_COLUMNS_SHOWN);
}

static void
start_table (Rows *self)
{
  GPtrArray *letters = g_ptr_array_new_with_free_func (g_free);
  const DhkPeekSize *size = &g_array_index (self->peek->sizes, DhkPeekSize, self->peek->sheet);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  add_word (self, letters, g_strdup (""));
  for (guint i = 0; i < MIN (size->columns, MAX_COLUMNS_SHOWN); i++)
    add_word (self, letters, dhk_peek_dup_letters (i));
  g_ptr_array_add (self->rows, letters);
}

static gboolean
print_rows (DhkPeek *peek, GError **error)
{
  const DhkPeekSize *size = &g_array_index (peek->sizes, DhkPeekSize, peek->sheet);
  Rows self = { .peek = peek };
  g_autoptr (GError) stop = NULL;
  gboolean ok;

  if (size->rows == 0 || peek->max_rows == 0)
    return TRUE;
  start_table (&self);
  ok = dhk_reader_read (peek->reader, peek->sheet, row_cb, &self, NULL, NULL, NULL, &stop)
       || self.enough;
  if (ok)
    {
      g_print ("\n%s\n", _ ("Rows"));
      print_table (&self);
    }
  else
    g_propagate_error (error, g_steal_pointer (&stop));
  g_ptr_array_unref (self.rows);
  return ok;
}

gboolean
dhk_peek_print_text (DhkPeek *self, GError **error)
{
  GPtrArray *columns = dhk_reader_get_columns (self->reader, self->sheet);
  GPtrArray *notes = dhk_reader_get_notes (self->reader);

  print_file (self);
  print_sheets (self);
  if (columns != NULL)
    print_variables (columns);
  if (self->guesses != NULL)
    print_guesses (self->guesses);
  if (!print_rows (self, error))
    return FALSE;
  if (notes->len > 0)
    g_print ("\n%s\n", _ ("Notes"));
  for (guint i = 0; i < notes->len; i++)
    g_print ("  %s\n", (const char *) g_ptr_array_index (notes, i));
  return TRUE;
}
