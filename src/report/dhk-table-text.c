/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables as plain text and as separated values.
 */

#include "base/dhk-text.h"
#include "report/dhk-table.h"

#define GAP 2
#define NOTE_WIDTH 72
#define SPANNER_WIDTH 18 /* a longer spanner is broken over lines */

/* Widths are those of a terminal: wide characters take two places. */
static guint
get_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/* How much of `text` stands before the decimal sign: all where there is none. */
static guint
get_whole_width (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if ((*p == ',' || *p == '.') && g_ascii_isdigit (p[1]))
      {
        g_autofree char *whole = g_strndup (text, (gsize) (p - text));

        return get_width (whole);
      }
  /* Stars and other signs behind a number hang over to the right. */
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '*')
      {
        g_autofree char *whole = g_strndup (text, (gsize) (p - text));

        return get_width (whole);
      }
  return get_width (text);
}

typedef struct
{
  guint width;
  guint whole; /* of the numbers, before the decimal sign */
  guint rest;
} Column;

static gboolean
is_decimal (const DhkTableRow *row, const DhkTableCell *cell)
{
  return !row->is_head && cell->columns == 1 && cell->align == DHK_ALIGN_DECIMAL;
}

static void
measure_single (const DhkTable *self, Column *columns)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const DhkTableRow *row = g_ptr_array_index (self->rows, i);
      guint column = 0;

      for (guint j = 0; j < row->cells->len; j++)
        {
          const DhkTableCell *cell = &g_array_index (row->cells, DhkTableCell, j);
          guint width = get_width (cell->text);

          if (is_decimal (row, cell))
            {
              guint whole = get_whole_width (cell->text);

              columns[column].whole = MAX (columns[column].whole, whole);
              columns[column].rest = MAX (columns[column].rest, width - whole);
            }
          else if (cell->columns == 1)
            columns[column].width = MAX (columns[column].width, width);
          column += cell->columns;
        }
    }
  for (guint i = 0; i < self->n_columns; i++)
    columns[i].width = MAX (columns[i].width, columns[i].whole + columns[i].rest);
}

static guint
get_span_width (const Column *columns, guint first, guint n)
{
  guint width = (n - 1) * GAP;

  for (guint i = 0; i < n; i++)
    width += columns[first + i].width;
  return width;
}

/* The spanner's text in lines of at most `width`; what stands in brackets is not broken, and a
 * letter in brackets before it is not left alone. */
static GPtrArray *
break_lines (const char *text, guint width)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  const char *start = text, *last = NULL;
  int depth = 0;

  for (const char *p = text;; p++)
    {
      depth += (*p == '(') - (*p == ')');
      if (*p != '\0' && (*p != ' ' || depth > 0))
        continue;
      if (p > text && p[-1] == ')' && start == text && last == NULL && *p != '\0')
        continue;
      if (last != NULL)
        {
          g_autofree char *longer = g_strndup (start, (gsize) (p - start));

          if (get_width (longer) > width)
            {
              g_ptr_array_add (lines, g_strndup (start, (gsize) (last - start)));
              start = last + 1;
            }
        }
      last = p;
      if (*p == '\0')
        break;
    }
  g_ptr_array_add (lines, g_strdup (start));
  return lines;
}

static guint
get_lines_width (const GPtrArray *lines)
{
  guint width = 0;

  for (guint i = 0; i < lines->len; i++)
    width = MAX (width, get_width (g_ptr_array_index (lines, i)));
  return width;
}

/* A spanner that is wider than its columns makes them wider, all alike. */
static void
measure_spans (const DhkTable *self, Column *columns)
{
  for (guint i = 0; i < self->n_head_rows; i++)
    {
      const DhkTableRow *row = g_ptr_array_index (self->rows, i);
      guint column = 0;

      for (guint j = 0; j < row->cells->len; j++)
        {
          const DhkTableCell *cell = &g_array_index (row->cells, DhkTableCell, j);
          guint available = get_span_width (columns, column, cell->columns);
          g_autoptr (GPtrArray) lines = break_lines (cell->text, MAX (available, SPANNER_WIDTH));
          guint width = get_lines_width (lines);

          for (guint k = 0;
               cell->columns > 1 && get_span_width (columns, column, cell->columns) < width; k++)
            columns[column + k % cell->columns].width++;
          column += cell->columns;
        }
    }
}

static void
append_padded (GString *text, guint before, const char *content, guint width)
{
  guint used = before + get_width (content);

  g_string_append_printf (text, "%*s%s%*s", (int) before, "", content,
                          (int) (width > used ? width - used : 0), "");
}

static void
append_cell (const DhkTableRow *row,
             const DhkTableCell *cell,
             const char *content,
             const Column *column,
             guint width,
             GString *text)
{
  guint before = 0;

  if (is_decimal (row, cell))
    before = (column->width - column->whole - column->rest) / 2 + column->whole
             - get_whole_width (content);
  else if (cell->align != DHK_ALIGN_START && get_width (content) < width)
    before = (width - get_width (content)) / 2;
  append_padded (text, before, content, width);
}

static void
trim_line (GString *text)
{
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  g_string_append_c (text, '\n');
}

/* A row, or the lines of a head row: short heads stand at the bottom. */
static void
append_row (const DhkTable *self, const DhkTableRow *row, const Column *columns, GString *text)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  guint n_lines = 1;

  for (guint i = 0, column = 0; i < row->cells->len; i++)
    {
      const DhkTableCell *cell = &g_array_index (row->cells, DhkTableCell, i);
      guint width = get_span_width (columns, column, cell->columns);
      GPtrArray *lines = break_lines (cell->text, row->is_head ? width : G_MAXUINT);

      n_lines = MAX (n_lines, lines->len);
      g_ptr_array_add (cells, lines);
      column += cell->columns;
    }
  for (guint line = 0; line < n_lines; line++)
    {
      for (guint i = 0, column = 0; i < row->cells->len; i++)
        {
          const DhkTableCell *cell = &g_array_index (row->cells, DhkTableCell, i);
          const GPtrArray *lines = g_ptr_array_index (cells, i);
          gboolean empty = line + lines->len < n_lines;

          if (column > 0)
            g_string_append_printf (text, "%*s", GAP, "");
          append_cell (row, cell,
                       empty ? "" : g_ptr_array_index (lines, line + lines->len - n_lines),
                       &columns[column], get_span_width (columns, column, cell->columns), text);
          column += cell->columns;
        }
      trim_line (text);
    }
}

static void
append_rule (GString *text, guint width)
{
  for (guint i = 0; i < width; i++)
    g_string_append (text, "─");
  g_string_append_c (text, '\n');
}

static void
append_wrapped (GString *text, const char *paragraph, guint width)
{
  g_auto (GStrv) words = g_strsplit (paragraph, " ", -1);
  guint used = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint word = get_width (words[i]);

      if (used > 0 && used + 1 + word > width)
        {
          g_string_append_c (text, '\n');
          used = 0;
        }
      else if (used > 0)
        {
          g_string_append_c (text, ' ');
          used++;
        }
      g_string_append (text, words[i]);
      used += word;
    }
  g_string_append_c (text, '\n');
}

char *
dhk_table_to_text (const DhkTable *self)
{
  GString *text = g_string_new (NULL);
  g_autofree Column *columns = NULL;
  guint width;

  g_return_val_if_fail (self != NULL, NULL);

  columns = g_new0 (Column, self->n_columns);
  measure_single (self, columns);
  measure_spans (self, columns);
  width = get_span_width (columns, 0, self->n_columns);

  if (self->label != NULL)
    g_string_append_printf (text, "%s\n", self->label);
  if (self->title != NULL)
    append_wrapped (text, self->title, MAX (width, NOTE_WIDTH));
  append_rule (text, width);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const DhkTableRow *row = g_ptr_array_index (self->rows, i);

      if (i == self->n_head_rows || row->rule_above)
        append_rule (text, width);
      append_row (self, row, columns, text);
    }
  append_rule (text, width);
  if (self->note != NULL)
    {
      g_autofree char *note = g_strconcat (self->note_label, " ", self->note, NULL);

      append_wrapped (text, note, MAX (width, NOTE_WIDTH));
    }
  return g_string_free (text, FALSE);
}

/* Separated values ------------------------------------------------------- */

static void
append_tsv (GString *text, const char *content)
{
  g_autofree char *safe = g_strconcat (dhk_text_is_formula (content) ? "'" : "", content, NULL);

  g_string_append (text, g_strdelimit (safe, "\t\r\n", ' '));
}

static void
append_csv (GString *text, const char *content)
{
  dhk_text_append_csv (text, content, DHK_CSV_FOR_SPREADSHEET);
}

static char *
to_separated (const DhkTable *self,
              char separator,
              const char *line_end,
              void (*append) (GString *, const char *))
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const DhkTableRow *row = g_ptr_array_index (self->rows, i);

      for (guint j = 0; j < row->cells->len; j++)
        {
          const DhkTableCell *cell = &g_array_index (row->cells, DhkTableCell, j);

          if (j > 0)
            g_string_append_c (text, separator);
          append (text, cell->text);
          for (guint k = 1; k < cell->columns; k++)
            g_string_append_c (text, separator);
        }
      g_string_append (text, line_end);
    }
  return g_string_free (text, FALSE);
}

char *
dhk_table_to_csv (const DhkTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return to_separated (self, ',', "\r\n", append_csv);
}

char *
dhk_table_to_tsv (const DhkTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return to_separated (self, '\t', "\n", append_tsv);
}
