/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is written for SPSS reads back as it was: names, labels, user-missing values and ranges. */

#include "export/dhk-sav-writer.h"
#include "import/dhk-import-error.h"
#include "import/dhk-reader.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

typedef struct
{
  char *folder;
  GFile *file;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("driehoek-sav-XXXXXX", NULL);
  self->file = g_file_new_build_filename (self->folder, "answers.sav", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_file_delete (self->file, NULL, NULL);
  g_rmdir (self->folder);
  g_object_unref (self->file);
  g_free (self->folder);
}

/* The cells of a file, a line a row: "T=Low:1 N=2.5 M=9:9 -". */
static gboolean
dump_row (guint64 line, const DhkCell *cells, guint n_cells, gpointer data, GError **error)
{
  static const char kinds[] = "-TNDBEM";
  GString *dump = data;

  for (guint i = 0; line > 1 && i < n_cells; i++)
    if (cells[i].kind == DHK_CELL_EMPTY)
      g_string_append (dump, "- ");
    else
      {
        char number[G_ASCII_DTOSTR_BUF_SIZE];

        g_ascii_dtostr (number, sizeof number, cells[i].number);
        g_string_append_printf (dump, "%c=%s:%s ", kinds[cells[i].kind], cells[i].text, number);
      }
  g_string_append_c (dump, '\n');
  return TRUE;
}

static char *
dump_columns (DhkReader *reader)
{
  GPtrArray *columns = dhk_reader_get_columns (reader, 0);
  GString *dump = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      const DhkReaderColumn *column = g_ptr_array_index (columns, i);

      g_string_append_printf (dump, "%s|%s|%s|%d", column->name, column->label, column->format,
                              (int) column->measure);
      for (guint k = 0; k < column->labels->len; k++)
        {
          const DhkReaderLabel *label = &g_array_index (column->labels, DhkReaderLabel, k);

          g_string_append_printf (dump, "|%s=%s", label->value, label->label);
        }
      for (guint k = 0; k < column->missing->len; k++)
        {
          const DhkReaderMissing *missing = &g_array_index (column->missing, DhkReaderMissing, k);

          if (missing->value != NULL)
            g_string_append_printf (dump, "|!%s", missing->value);
          else
            {
              char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];

              g_string_append_printf (dump, "|!%s..%s",
                                      g_ascii_formatd (low, sizeof low, "%g", missing->low),
                                      g_ascii_formatd (high, sizeof high, "%g", missing->high));
            }
        }
      g_string_append_c (dump, '\n');
    }
  return g_string_free (dump, FALSE);
}

static DhkReader *
open_reader (GFile *file)
{
  g_autoptr (GError) error = NULL;
  DhkReader *reader = dhk_reader_open (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (dhk_reader_get_kind (reader), ==, DHK_READER_SPSS);
  return reader;
}

static char *
dump_cells (DhkReader *reader)
{
  g_autoptr (GError) error = NULL;
  GString *dump = g_string_new (NULL);

  dhk_reader_read (reader, 0, dump_row, dump, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_string_free (dump, FALSE);
}

/* Writes a value of every kind; `n` cases. */
static void
write_file (GFile *file)
{
  static const DhkSavLabel labels[] = { { 1, "Laag" }, { 2, "Hoog – ë" }, { 9, "wil niet" } };
  static const DhkSavMissing values[] = { { 9, 9 }, { -1, -1 }, { 0.5, 0.5 } };
  static const DhkSavMissing range[] = { { 90, 99 }, { -1, -1 } };
  static const DhkSavMissing open_low[] = { { -INFINITY, -5 } };
  static const DhkSavMissing open_high[] = { { 50, INFINITY }, { 7, 7 } };
  const DhkSavVariable variables[] = {
    { "answer", "Vráág?", "F4.0", DHK_SAV_ORDINAL, labels, G_N_ELEMENTS (labels), values, 3 },
    { "range", "", "F8.2", DHK_SAV_SCALE, NULL, 0, range, 2 },
    { "low", "Low", "F8.2", DHK_SAV_SCALE, NULL, 0, open_low, 1 },
    { "high", "High", "F8.2", DHK_SAV_NOMINAL, labels, 1, open_high, 2 },
  };
  const double cases[][4]
      = { { 1, 3.25, 0, 1 },     { 9, 95, -5, 7 },       { -1, 89.99, -1e6, 1e6 },
          { 0.5, -1, NAN, NAN }, { NAN, NAN, NAN, NAN }, { 2, 1e-7, 12345678.5, 49.5 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkSavWriter) writer = dhk_sav_writer_new (file, "Titel", NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    dhk_sav_writer_add (writer, &variables[i]);
  g_assert_true (dhk_sav_writer_begin (writer, G_N_ELEMENTS (cases), &error));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true (dhk_sav_writer_case (writer, cases[i], &error));
  g_assert_true (dhk_sav_writer_finish (writer, &error));
  g_assert_no_error (error);
}

static void
test_values_and_ranges_are_read_back (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkReader) reader = NULL;
  g_autofree char *columns = NULL;
  g_autofree char *cells = NULL;

  write_file (self->file);
  reader = open_reader (self->file);
  columns = dump_columns (reader);
  g_assert_cmpstr (columns, ==,
                   "answer|Vráág?|F4.0|2|1=Laag|2=Hoog – ë|9=wil niet|!9|!-1|!0.5\n"
                   "range||F8.2|3|!90..99|!-1\n"
                   "low|Low|F8.2|3|!-1.79769e+308..-5\n"
                   "high|High|F8.2|1|1=Laag|!50..1.79769e+308|!7\n");
  cells = dump_cells (reader);
  g_assert_cmpstr (cells, ==,
                   "\n"
                   "T=Laag:1 N=3.25:3.25 N=0:0 T=Laag:1 \n"
                   "M=wil niet:9 M=95:95 M=-5:-5 M=7:7 \n"
                   "M=-1:-1 N=89.99:89.989999999999995 M=-1000000:-1000000 M=1000000:1000000 \n"
                   "M=0.5:0.5 M=-1:-1 \n"
                   "T=Hoog – ë:2 N=1e-07:9.9999999999999995e-08 N=12345678.5:12345678.5 "
                   "N=49.5:49.5 \n");
}

/* Writes what was read once more. */
static void
copy_file (DhkReader *reader, GFile *file)
{
  GPtrArray *columns = dhk_reader_get_columns (reader, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkSavWriter) writer = dhk_sav_writer_new (file, "", NULL, &error);
  static const DhkSavMeasure measures[]
      = { DHK_SAV_SCALE, DHK_SAV_NOMINAL, DHK_SAV_ORDINAL, DHK_SAV_SCALE };

  for (guint i = 0; i < columns->len; i++)
    {
      const DhkReaderColumn *column = g_ptr_array_index (columns, i);
      g_autofree DhkSavLabel *labels = g_new0 (DhkSavLabel, column->labels->len + 1);
      g_autofree DhkSavMissing *missing = g_new0 (DhkSavMissing, column->missing->len + 1);
      const DhkSavVariable variable
          = { column->name, column->label,       column->format, measures[column->measure],
              labels,       column->labels->len, missing,        column->missing->len };

      for (guint k = 0; k < column->labels->len; k++)
        {
          const DhkReaderLabel *label = &g_array_index (column->labels, DhkReaderLabel, k);

          labels[k] = (DhkSavLabel){ label->number, label->label };
        }
      for (guint k = 0; k < column->missing->len; k++)
        {
          const DhkReaderMissing *one = &g_array_index (column->missing, DhkReaderMissing, k);

          missing[k].low = one->low > -G_MAXDOUBLE ? one->low : -INFINITY;
          missing[k].high = one->high < G_MAXDOUBLE ? one->high : INFINITY;
        }
      dhk_sav_writer_add (writer, &variable);
    }
  g_assert_true (dhk_sav_writer_begin (writer, 0, &error));
  g_assert_true (dhk_sav_writer_finish (writer, &error));
}

static void
test_a_copy_declares_the_same (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkReader) reader = NULL;
  g_autoptr (DhkReader) again = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  write_file (self->file);
  reader = open_reader (self->file);
  before = dump_columns (reader);
  copy_file (reader, self->file);
  again = open_reader (self->file);
  after = dump_columns (again);
  g_assert_cmpstr (before, ==, after);
}

static void
test_names_and_labels_are_made_fit (Fixture *self, gconstpointer data)
{
  static const char *const names[]
      = { "a-b",
          "A_b",
          "all",
          "1st",
          "",
          "élan",
          "a_very_long_name_that_goes_on_and_on_for_much_longer_than_spss_allows" };
  g_autofree char *long_label = g_strnfill (600, 'x');
  g_autofree char *accents = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkSavWriter) writer = dhk_sav_writer_new (self->file, long_label, NULL, &error);
  g_autoptr (DhkReader) reader = NULL;
  GPtrArray *columns;
  GString *many = g_string_new ("x");

  for (guint i = 0; i < 200; i++)
    g_string_append (many, "é");
  accents = g_string_free (many, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const DhkSavLabel label = { 1, accents };
      const DhkSavVariable variable
          = { names[i], accents, "F8.2", DHK_SAV_SCALE, &label, 1, NULL, 0 };

      dhk_sav_writer_add (writer, &variable);
    }
  g_assert_true (dhk_sav_writer_begin (writer, 0, &error));
  g_assert_true (dhk_sav_writer_finish (writer, &error));
  g_assert_no_error (error);

  reader = open_reader (self->file);
  columns = dhk_reader_get_columns (reader, 0);
  g_assert_cmpuint (columns->len, ==, G_N_ELEMENTS (names));
  g_assert_cmpuint (dhk_reader_get_notes (reader)->len, ==, 0);
  g_assert_cmpstr (((DhkReaderColumn *) g_ptr_array_index (columns, 0))->name, ==, "a_b");
  g_assert_cmpstr (((DhkReaderColumn *) g_ptr_array_index (columns, 1))->name, ==, "A_b_2");
  g_assert_cmpstr (((DhkReaderColumn *) g_ptr_array_index (columns, 2))->name, ==, "v_all");
  for (guint i = 0; i < columns->len; i++)
    {
      const DhkReaderColumn *column = g_ptr_array_index (columns, i);

      g_assert_true (g_str_has_prefix (accents, column->label));
      g_assert_cmpuint (strlen (column->label), ==, 255);
      g_assert_cmpuint (strlen (g_array_index (column->labels, DhkReaderLabel, 0).label), ==, 119);
    }
}

static void
test_nothing_is_left_of_a_file_that_was_not_finished (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GDir) dir = NULL;

  g_file_set_contents (g_file_peek_path (self->file), "before", -1, NULL);
  {
    g_autoptr (DhkSavWriter) writer = dhk_sav_writer_new (self->file, "", NULL, &error);
    const DhkSavVariable variable = { "x", "", "F8.2", DHK_SAV_SCALE, NULL, 0, NULL, 0 };
    const double value = 1;

    dhk_sav_writer_add (writer, &variable);
    g_assert_true (dhk_sav_writer_begin (writer, 2, &error));
    g_assert_true (dhk_sav_writer_case (writer, &value, &error));
    /* One case of two. */
    g_assert_false (dhk_sav_writer_finish (writer, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  }
  g_assert_true (g_file_get_contents (g_file_peek_path (self->file), &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "before");
  dir = g_dir_open (self->folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "answers.sav");
  g_assert_null (g_dir_read_name (dir));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add ("/sav-round-trip/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("values-and-ranges", test_values_and_ranges_are_read_back);
  ADD ("copy", test_a_copy_declares_the_same);
  ADD ("names-and-labels", test_names_and_labels_are_made_fit);
  ADD ("unfinished", test_nothing_is_left_of_a_file_that_was_not_finished);

  return g_test_run ();
}
