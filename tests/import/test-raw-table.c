/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-cell-block.h"
#include "import/dhk-import-error.h"
#include "import/dhk-raw-table.h"
#include "import/dhk-sheet.h"
#include "reader-fixture.h"

#include <string.h>

static void
test_raw_table (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (DhkReader) reader = NULL;
  g_autoptr (DhkRawTable) table = NULL;
  g_autoptr (DhkRawTable) head = NULL;
  const DhkRawColumn *ones;
  DhkCellText text;
  g_autoptr (GFile) file = NULL;
  g_autofree char *rows
      = fixture_dup_repeated ("<row><c><v>#</v></c><c/><c t='str'><v>1</v></c></row>", 1000);
  g_autofree char *all
      = g_strdup_printf ("<row r='3'><c t='str'><v>a</v></c><c t='str'><v>b</v></c></row>%s", rows);

  fixture_set_rows (fixture, all);
  file = fixture_write (fixture);
  reader = dhk_reader_open (file, NULL, NULL);
  table = dhk_raw_table_read (reader, 0, 0, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (dhk_raw_table_get_n_rows (table), ==, 1001);
  g_assert_cmpuint (dhk_raw_table_get_n_columns (table), ==, 3);
  g_assert_cmpuint (dhk_raw_table_get_line (table, 0), ==, 3);
  g_assert_cmpuint (dhk_raw_table_get_line (table, 1000), ==, 1003);
  g_assert_cmpstr (dhk_raw_table_get_cell (table, 0, 1, &text).text, ==, "b");
  g_assert_cmpint (dhk_raw_table_get_cell (table, 0, 2, &text).kind, ==, DHK_CELL_EMPTY);
  g_assert_cmpstr (dhk_raw_table_get_cell (table, 0, 99, &text).text, ==, "");
  ones = dhk_raw_table_get_column (table, 2);
  for (guint i = 0; i < 1000; i++)
    {
      DhkCell cell = dhk_raw_table_get_cell (table, i + 1, 0, &text);

      g_assert_cmpfloat (cell.number, ==, i);
      g_assert_cmpint (cell.kind, ==, DHK_CELL_NUMBER);
      cell = dhk_raw_table_get_cell (table, i + 1, 1, &text);
      g_assert_cmpint (cell.kind, ==, DHK_CELL_EMPTY);
      /* The text 1 is not the number 1, and all texts 1 are one. */
      g_assert_cmpuint (dhk_raw_column_get_value (ones, i + 1), ==,
                        dhk_raw_column_get_value (ones, 1));
      cell = dhk_raw_table_get_cell (table, i + 1, 2, &text);
      g_assert_cmpint (cell.kind, ==, DHK_CELL_TEXT);
    }

  head = dhk_raw_table_read (reader, 0, 10, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (dhk_raw_table_get_n_rows (head), ==, 10);
}

static void
test_raw_table_refuses_emptiness (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (DhkReader) reader = NULL;
  g_autoptr (DhkRawTable) table = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;

  for (guint i = 1; i <= 2000; i++)
    g_string_append_printf (rows, "<row r='%u'><c r='XFD%u'><v>%u</v></c></row>", i, i,
                            i * 7919 % 1000);
  fixture_set_rows (fixture, rows->str);
  file = fixture_write (fixture);
  reader = dhk_reader_open (file, NULL, NULL);
  table = dhk_raw_table_read (reader, 0, 0, NULL, NULL, NULL, &error);
  g_assert_null (table);
  g_assert_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_TOO_LARGE);
}

/* Columns of every sort ----------------------------------------------------- */

#define N_CELLS 150000

/* Cells as readers hand them over; the number is read from the text as they do. */
typedef void (*MakeFunc) (GRand *rand, guint row, DhkCell *cell, char *text, gsize size);

static void
make_code (GRand *rand, guint row, DhkCell *cell, char *text, gsize size)
{
  int code = g_rand_int_range (rand, 0, 6);

  cell->kind = code == 0 ? DHK_CELL_EMPTY : row % 3 == 0 ? DHK_CELL_TEXT : DHK_CELL_NUMBER;
  cell->number = cell->kind == DHK_CELL_NUMBER ? code : 0;
  if (code > 0)
    g_snprintf (text, size, "%d", code);
}

static void
make_number (GRand *rand, guint row, DhkCell *cell, char *text, gsize size)
{
  cell->kind = DHK_CELL_NUMBER;
  cell->number = g_rand_int_range (rand, -900000, 900000);
  g_ascii_formatd (text, (int) size, "%.0f", cell->number);
  if (row % 4 == 1)
    {
      cell->number /= 1000;
      g_ascii_formatd (text, (int) size, "%.15g", cell->number);
    }
  else if (row % 4 == 2)
    {
      cell->number = g_rand_double (rand);
      g_ascii_formatd (text, (int) size, "%.17g", cell->number);
    }
  else if (row % 1000 == 3)
    cell->number *= 1.5; /* what the text does not say */
}

static void
make_date (GRand *rand, guint row, DhkCell *cell, char *text, gsize size)
{
  gint64 when = G_GINT64_CONSTANT (1700000000) + g_rand_int_range (rand, -2000000000, 2000000000);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (when);
  g_autofree char *shown = g_date_time_format (time, row % 5 == 0   ? "%Y-%m-%d"
                                                     : row % 5 == 1 ? "%H:%M:%S"
                                                                    : "%Y-%m-%d %H:%M:%S");

  cell->kind = row % 7 == 6 ? DHK_CELL_TEXT : DHK_CELL_DATE;
  cell->number = cell->kind == DHK_CELL_TEXT ? 0 : (double) when;
  g_strlcpy (text, shown, size);
  if (row % 5 == 2 && cell->kind == DHK_CELL_DATE)
    {
      guint thousandths = row % 1000;

      cell->number = (double) (when * 1000 + thousandths) / 1000.0;
      g_snprintf (text, size, "%s.%03u", shown, thousandths);
    }
  if (row % 5 == 0 && cell->kind == DHK_CELL_DATE)
    cell->number = (double) (when - when % 86400);
}

/* Digits among signs, of lengths from nothing to more than a shape has room for. */
static void
make_text (GRand *rand, guint row, DhkCell *cell, char *text, gsize size)
{
  static const char signs[] = "0123456789012345678901234567890123456789ab ./-@é:";
  guint length = (guint) g_rand_int_range (rand, 0, 9) * (row % 50 == 0 ? 8 : 1);

  cell->kind = length == 0 ? DHK_CELL_EMPTY : DHK_CELL_TEXT;
  for (guint i = 0; i < length; i++)
    text[i] = signs[g_rand_int_range (rand, 0, row % 2 == 0 ? 30 : (int) sizeof signs - 1)];
  text[length] = '\0';
}

/* Labels of codes; two of one number, and numbers that no label has. */
static void
make_label (GRand *rand, guint row, DhkCell *cell, char *text, gsize size)
{
  int code = g_rand_int_range (rand, -1, row < 100000 ? 9 : 300);

  cell->kind = code == 0 ? DHK_CELL_EMPTY : row % 1000 == 5 ? DHK_CELL_MISSING : DHK_CELL_TEXT;
  cell->number = cell->kind == DHK_CELL_EMPTY ? 0 : code;
  if (code != 0)
    g_snprintf (text, size, row % 3 == 0 ? "answer %d" : "answer no. %d", code);
}

/* More different texts than two bytes number. */
static void
make_words (GRand *rand, guint row, DhkCell *cell, char *text, gsize size)
{
  cell->kind = row % 9 == 8 ? DHK_CELL_ERROR : DHK_CELL_TEXT;
  for (guint i = 0, rest = row; i < 6; i++, rest /= 26)
    text[i] = (char) ('a' + rest % 26);
  text[6] = '\0';
}

/* Few at first, then many, then one word among them. */
static void
make_late (GRand *rand, guint row, DhkCell *cell, char *text, gsize size)
{
  cell->kind = row % 11 == 10 ? DHK_CELL_EMPTY : DHK_CELL_TEXT;
  if (cell->kind == DHK_CELL_TEXT)
    g_snprintf (text, size, row > 60000 && row % 1000 == 0 ? "unknown" : "%07u",
                row < 50000 ? row % 300 : row);
}

typedef struct
{
  DhkCell cell;
  char text[80];
} Kept;

/* Any rows by rising number, and what their values mean. */
static void
check_rows (const DhkRawColumn *column, const guint *values)
{
  guint n_values = dhk_raw_column_get_n_values (column) + dhk_raw_column_get_n_shapes (column);
  g_autofree gint8 *meanings = g_new (gint8, n_values);
  g_autofree guint *rows = g_new (guint, N_CELLS);
  g_autofree guint *found = g_new (guint, N_CELLS);
  g_autofree guint64 *digits = g_new (guint64, N_CELLS);
  g_autofree gint8 *means = g_new (gint8, N_CELLS * 3);
  guint n = 0;

  for (guint value = 0; value < n_values; value++)
    meanings[value] = (gint8) (value * 7);
  for (guint row = 5; row < N_CELLS; row += row % 1000 == 0 ? 3 : 1)
    rows[n++] = row;
  dhk_raw_column_look_up (column, rows, n, found, digits);
  dhk_raw_column_translate (column, rows, n, meanings, means, 3);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (found[i], ==, values[rows[i]]);
      g_assert_cmpint (means[i * 3], ==, meanings[found[i]]);
      if (found[i] >= dhk_raw_column_get_n_values (column))
        {
          DhkCellText text;
          DhkCell cell = dhk_raw_column_get_cell (column, rows[i], &text);
          double number = dhk_raw_column_read_digits (column, found[i], digits[i]);

          g_assert_cmpmem (&number, sizeof number, &cell.number, sizeof cell.number);
        }
    }
}

static void
check_column (const DhkRawColumn *column, const Kept *kept)
{
  g_autofree guint *values = g_new (guint, N_CELLS + 5000);

  dhk_raw_column_get_values (column, 0, N_CELLS + 5000, values);
  check_rows (column, values);
  for (guint row = 0; row < N_CELLS; row++)
    {
      DhkCellText text;
      DhkCell cell = dhk_raw_column_get_cell (column, row, &text);

      g_assert_cmpint (cell.kind, ==, kept[row].cell.kind);
      g_assert_cmpstr (cell.text, ==, kept[row].text);
      g_assert_cmpuint (cell.length, ==, strlen (kept[row].text));
      g_assert_cmpmem (&cell.number, sizeof cell.number, &kept[row].cell.number,
                       sizeof cell.number);
      g_assert_cmpuint (values[row], ==, dhk_raw_column_get_value (column, row));
      if (values[row] < dhk_raw_column_get_n_values (column))
        g_assert_cmpstr (dhk_raw_column_get_listed (column, values[row])->text, ==, kept[row].text);
      else
        g_assert_cmpuint (dhk_raw_column_get_listed (column, values[row])->length, ==, cell.length);
    }
  for (guint row = N_CELLS; row < N_CELLS + 5000; row++)
    g_assert_cmpuint (values[row], ==, 0);
}

/* As a reader marks cells: those of one sign are told by it. */
static guint8
mark_cell (const DhkCell *cell)
{
  if (cell->kind == DHK_CELL_EMPTY)
    return DHK_MARK_EMPTY;
  if (cell->length != 1)
    return DHK_MARK_NONE;
  return (guint8) (cell->text[0] + (cell->kind == DHK_CELL_NUMBER ? 100 : 0));
}

static void
add_by_marks (DhkRawColumn *column, Kept *kept)
{
  /* Tiles that are whole, and such as a block begins or ends in. */
  for (guint row = 0, n; row < N_CELLS; row += n)
    {
      guint8 marks[DHK_TILE_ROWS];
      guint n_left, n_filled;
      guint n_all = 0;

      n = MIN (DHK_TILE_ROWS - row % DHK_TILE_ROWS, N_CELLS - row);
      n = row % 7 == 0 ? (n + 1) / 2 : n;
      for (guint i = 0; i < n; i++)
        {
          kept[row + i].cell.text = kept[row + i].text;
          kept[row + i].cell.lasts = FALSE;
          marks[i] = mark_cell (&kept[row + i].cell);
          n_all += marks[i] != DHK_MARK_EMPTY;
        }
      n_filled = dhk_raw_column_add_marks (column, row, marks, n, &n_left);
      g_assert_cmpuint (n_filled + n_left, ==, n_all);
      for (guint i = 0; n_left > 0 && i < n; i++)
        if (marks[i] != DHK_MARK_EMPTY)
          {
            dhk_raw_column_add_marked (column, row + i, &kept[row + i].cell, marks[i]);
            n_left--;
          }
      g_assert_cmpuint (n_left, ==, 0);
    }
}

static void
test_columns_give_back_their_cells (void)
{
  static const struct
  {
    MakeFunc make;
    gboolean listed;
  } sorts[]
      = { { make_code, TRUE },  { make_number, FALSE }, { make_date, FALSE }, { make_text, FALSE },
          { make_words, TRUE }, { make_late, FALSE },   { make_label, TRUE } };
  g_autofree Kept *kept = g_new (Kept, N_CELLS);

  for (guint sort = 0; sort < G_N_ELEMENTS (sorts); sort++)
    {
      g_autoptr (DhkRawColumn) column = dhk_raw_column_new ();
      g_autoptr (DhkRawColumn) by_row = dhk_raw_column_new ();
      g_autoptr (DhkRawColumn) by_marks = dhk_raw_column_new ();
      g_autoptr (GRand) rand = g_rand_new_with_seed (sort);

      for (guint row = 0; row < N_CELLS; row++)
        {
          char passing[80];

          memset (&kept[row], 0, sizeof kept[row]);
          /* A stretch that is empty, longer than a piece. */
          if (row < 70000 || row > 80000)
            sorts[sort].make (rand, row, &kept[row].cell, kept[row].text, sizeof kept[row].text);
          g_strlcpy (passing, kept[row].text, sizeof passing);
          kept[row].cell.text = passing;
          kept[row].cell.length = strlen (passing);
          kept[row].cell.lasts = row % 4 != 0 && sorts[sort].make == make_label;
          if (kept[row].cell.lasts)
            kept[row].cell.text = g_intern_string (passing);
          dhk_raw_column_add (column, row, &kept[row].cell);
          g_assert_cmpuint (dhk_raw_columns_add (&by_row, row, &kept[row].cell, 1), ==,
                            kept[row].cell.kind != DHK_CELL_EMPTY);
        }
      dhk_raw_column_finish (column);
      check_column (column, kept);
      dhk_raw_column_finish (by_row);
      check_column (by_row, kept);
      add_by_marks (by_marks, kept);
      dhk_raw_column_finish (by_marks);
      check_column (by_marks, kept);
      g_assert_cmpint (dhk_raw_column_get_n_shapes (column) == 0, ==, sorts[sort].listed);
    }
}

/* Whole tables ---------------------------------------------------------------- */

typedef struct
{
  DhkRawTable *table;
  guint row;
} Walk;

static gboolean
compare_row_cb (guint64 line, const DhkCell *cells, guint n_cells, gpointer data, GError **error)
{
  Walk *self = data;

  g_assert_cmpuint (dhk_raw_table_get_line (self->table, self->row), ==, line);
  for (guint c = 0; c < dhk_raw_table_get_n_columns (self->table) + 2; c++)
    {
      const DhkCell none = { .text = "" };
      const DhkCell *cell = c < n_cells ? &cells[c] : &none;
      DhkCellText text;
      DhkCell kept = dhk_raw_table_get_cell (self->table, self->row, c, &text);

      g_assert_cmpint (kept.kind, ==, cell->kind);
      g_assert_cmpstr (kept.text, ==, cell->text);
      g_assert_cmpuint (kept.length, ==, cell->length);
      g_assert_cmpfloat (kept.number, ==, cell->number);
    }
  self->row++;
  return TRUE;
}

static void
test_ragged_rows (void)
{
  g_autoptr (GString) text = g_string_new ("a,b,c,d,e,f\n");
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("dhk-ragged-XXXXXX.csv", &stream, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (DhkReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  Walk walk = { 0 };

  for (guint row = 0; row < 20000; row++)
    {
      int n = g_rand_int_range (rand, 0, 9);

      for (int c = 0; c < n; c++)
        g_string_append_printf (text, "%s%d-%u", c > 0 ? "," : "", c, c % 2 == 0 ? row : row % 7);
      g_string_append_c (text, '\n');
    }
  g_assert_true (g_file_replace_contents (file, text->str, text->len, NULL, FALSE,
                                          G_FILE_CREATE_NONE, NULL, NULL, &error));
  reader = dhk_reader_open (file, NULL, &error);
  g_assert_no_error (error);
  walk.table = dhk_raw_table_read (reader, 0, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dhk_reader_read (reader, 0, compare_row_cb, &walk, NULL, NULL, NULL, &error));
  g_assert_cmpuint (walk.row, ==, dhk_raw_table_get_n_rows (walk.table));
  dhk_raw_table_unref (walk.table);
  g_file_delete (file, NULL, NULL);
}

/* Long texts: rows are kept by another thread than the one that reads them. */

static DhkRawTable *
read_text (const GString *text,
           GCancellable *cancellable,
           DhkReaderProgressFunc progress,
           GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
  g_autoptr (DhkReader) reader = dhk_reader_open_bytes (bytes, "long.csv", NULL);

  g_assert_nonnull (reader);
  return dhk_raw_table_read (reader, 0, 0, cancellable, progress, cancellable, error);
}

static void
cancel_half_way (double fraction, gpointer cancellable)
{
  if (fraction > 0.5)
    g_cancellable_cancel (cancellable);
}

static void
test_long_text_stops (void)
{
  g_autoptr (GString) text = g_string_new ("a,b,c\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DhkRawTable) table = NULL;
  g_autoptr (GError) error = NULL;

  for (guint row = 0; row < 200000; row++)
    g_string_append_printf (text, "%u,2,\"x\"\n", row);
  g_assert_null (read_text (text, cancellable, cancel_half_way, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  table = read_text (text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dhk_raw_table_get_n_rows (table), ==, 200001);

  g_string_append (text, "1,2,\"not closed\n");
  g_assert_null (read_text (text, NULL, NULL, &error));
  g_assert_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_DAMAGED);
}

/* What is wrong in a row comes before what is broken behind it, whoever finds it first. */
static void
test_first_trouble_counts (void)
{
  g_autoptr (GString) row = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new ("a,b\n");
  g_autoptr (GError) error = NULL;

  for (guint c = 0; c < 16000; c++)
    g_string_append_c (row, ',');
  g_string_append (row, "x\n");
  for (guint i = 0; i < 270; i++)
    g_string_append (text, row->str);
  g_string_append (text, "\"not closed\n");
  g_assert_null (read_text (text, NULL, NULL, &error));
  g_assert_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_TOO_LARGE);
  g_clear_error (&error);

  g_string_truncate (text, text->len / 2);
  g_string_append (text, "\n\"not closed\n");
  g_assert_null (read_text (text, NULL, NULL, &error));
  g_assert_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_DAMAGED);
}

/* Tallies ----------------------------------------------------------------------- */

#define N_TALLIED 30000

/* As a person would count: one row after the other. */
static GArray *
count_plainly (DhkSheet *sheet, guint column, GHashTable *skip)
{
  const DhkRawColumn *cells = dhk_raw_table_get_column (sheet->table, column);
  g_autofree guint *places = g_new0 (guint, dhk_raw_column_get_n_values (cells));
  GArray *tally = g_array_new (FALSE, FALSE, sizeof (DhkTally));

  for (guint i = 0; i < sheet->rows->len; i++)
    {
      guint value = dhk_raw_column_get_value (cells, g_array_index (sheet->rows, guint, i));
      DhkTally none = { i, 0 };

      if (skip != NULL && g_hash_table_contains (skip, GUINT_TO_POINTER (i)))
        continue;
      if (places[value] == 0)
        {
          g_array_append_val (tally, none);
          places[value] = tally->len;
        }
      g_array_index (tally, DhkTally, places[value] - 1).n++;
    }
  return tally;
}

/* Two threads count a long column, each a half of it: what comes of it is in the order of the rows. */
static void
test_tallies_of_long_columns (void)
{
  g_autoptr (GString) text = g_string_new ("a,b,c\n");
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  DhkCatalogue *catalogue = dhk_catalogue_new (instrument);
  g_autoptr (GHashTable) skip = g_hash_table_new (NULL, NULL);
  g_autoptr (DhkRawTable) table = NULL;
  g_autoptr (DhkSheet) sheet = NULL;

  /* Few values, of which one comes late; many; and some that only one half has. */
  for (guint row = 0; row < N_TALLIED; row++)
    g_string_append_printf (text, "%u,w%u,%s\n", row < 20000 ? row % 5 : 7, row * 31 % 101,
                            row < 10000   ? "early"
                            : row > 25000 ? "late"
                                          : "");
  for (guint i = 0; i < N_TALLIED; i += 9)
    g_hash_table_add (skip, GUINT_TO_POINTER (i));
  table = read_text (text, NULL, NULL, NULL);
  sheet = dhk_sheet_new (table, catalogue);
  dhk_sheet_list_rows (sheet);
  g_assert_cmpuint (sheet->rows->len, ==, N_TALLIED);
  for (guint c = 0; c < 3; c++)
    for (guint k = 0; k < 2; k++)
      {
        GHashTable *some = k == 0 ? NULL : skip;
        g_autoptr (GArray) tally = dhk_sheet_tally (sheet, c, sheet->rows, some, FALSE);
        g_autoptr (GArray) plain = count_plainly (sheet, c, some);

        g_assert_cmpmem (tally->data, tally->len * sizeof (DhkTally), plain->data,
                         plain->len * sizeof (DhkTally));
      }
  dhk_catalogue_free (catalogue);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/raw-table/rows", test_raw_table);
  g_test_add_func ("/import/raw-table/columns", test_columns_give_back_their_cells);
  g_test_add_func ("/import/raw-table/ragged-rows", test_ragged_rows);
  g_test_add_func ("/import/raw-table/refuses-emptiness", test_raw_table_refuses_emptiness);
  g_test_add_func ("/import/raw-table/long-text-stops", test_long_text_stops);
  g_test_add_func ("/import/raw-table/first-trouble-counts", test_first_trouble_counts);
  g_test_add_func ("/import/raw-table/tallies-of-long-columns", test_tallies_of_long_columns);

  return g_test_run ();
}
