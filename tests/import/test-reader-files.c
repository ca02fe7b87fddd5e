/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Real files of other programs, and files made to break readers. They may
 * not be copied here: DHK_REFERENCE_DIR says where they are, without it the
 * tests skip. */

#include "reader-fixture.h"
#include "xlsx-both.h"

#include "import/dhk-raw-table.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

/* Sanitizers multiply memory and time. */
#if defined(__SANITIZE_ADDRESS__)
#  define MAX_SECONDS 20
#  define MAX_KIB (1024 * 1024)
#else
#  define MAX_SECONDS 5
#  define MAX_KIB (200 * 1024)
#endif

static char *
dup_reference (const char *name)
{
  const char *directory = g_getenv ("DHK_REFERENCE_DIR");
  g_autofree char *path = NULL;

  if (directory != NULL)
    path = g_build_filename (directory, "reference", "files", name, NULL);
  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("DHK_REFERENCE_DIR holds no reference files");
      return NULL;
    }

  return g_steal_pointer (&path);
}

typedef struct
{
  const char *file;
  guint sheet;
  const char *name;
  guint n_sheets;
  guint n_rows;
  guint n_columns;
  struct
  {
    guint64 line;
    guint column;
    const char *text;
  } cells[4];
} Expected;

/* From the manifest beside the files. */
static const Expected expected_files[] = {
  { "readxl_deaths.xlsx",
    0,
    "arts",
    2,
    19,
    6,
    { { 1, 0, "Lots of people" }, { 10, 0, "Prince" }, { 19, 5, "too!" } } },
  { "readxl_deaths.xlsx",
    1,
    "other",
    2,
    19,
    6,
    { { 10, 0, "Antonin Scalia" }, { 19, 4, "now!" } } },
  { "readxl_iris-google-doc.xlsx",
    0,
    "iris",
    1,
    151,
    5,
    { { 1, 0, "Sepal.Length" }, { 76, 2, "4.3" }, { 151, 4, "virginica" } } },
  { "phpss_issue.2450.xlsx",
    0,
    "Feuille1",
    1,
    4,
    3,
    { { 1, 1, "Prénom" }, { 3, 0, "F" }, { 4, 2, "1988" } } },
  { "readxl_inlineStr.xlsx",
    0,
    "Requirements",
    1,
    2,
    8,
    { { 1, 0, "NN" }, { 2, 0, "1" }, { 2, 7, "test" } } },
  { "phpss_without_cell_reference.xlsx",
    0,
    "工作表1",
    1,
    10,
    10,
    { { 6, 0, "1" }, { 10, 9, "10" } } },
  { "sheetjs_1900.xlsx",
    0,
    "Sheet1",
    1,
    5,
    4,
    { { 1, 1, "1900-01-01" }, { 3, 1, "1900-04-20" }, { 5, 3, "1930-06-02" } } },
  { "openpyxl_date_1904.xlsx", 0, "Sheet1", 3, 1, 1, { { 1, 0, "2011-10-31" } } },
  { "openpyxl_date_1904.xlsx", 1, "Sheet2", 3, 0, 0, { { 0 } } },
  { "calamine_date_iso.xlsx",
    0,
    "Sheet",
    1,
    6,
    1,
    { { 1, 0, "2021-01-01" },
      { 2, 0, "2021-01-01 10:10:10" },
      { 4, 0, "This workbook contains datetime in ISO 8601" } } },
  { "xlsxwriter_rich_string12.xlsx",
    0,
    "Sheet1",
    1,
    3,
    1,
    { { 1, 0, "Foo" }, { 2, 0, "Bar" }, { 3, 0, "This is\nbold\nand this is\nitalic" } } },
  { "calamine_any_sheets.xlsx",
    0,
    "Visible",
    3,
    4,
    2,
    { { 1, 0, "1" },
      { 2, 1, "4" },
      { 5, 0, "This workbook contains 4 sheets: Visible, Hidden, VeryHidden and Chart" } } },
  { "calamine_any_sheets.xlsx", 2, "VeryHidden", 3, 0, 0, { { 0 } } },
  { "readxl_nonstandard-xml-ns-prefix.xlsx",
    0,
    "Sheet1",
    1,
    3,
    2,
    { { 1, 0, "a" }, { 2, 1, "3" }, { 3, 1, "4" } } },
  { "readxl_skipping.xlsx",
    0,
    "two_blank_rows",
    3,
    3,
    2,
    { { 3, 0, "var1" }, { 5, 1, "v2,2" }, { 7, 1, "v4,2" } } },
  { "readxl_skipping.xlsx",
    1,
    "occupied_row_and_blank_row",
    3,
    4,
    2,
    { { 1, 0, "blah blah" }, { 5, 0, "v2,1" } } },
  { "readxl_skipping.xlsx", 2, "two_occupied_rows", 3, 5, 2, { { 2, 1, "yada yada" } } },
  { "readxl_new_line_errors.xlsx",
    0,
    "Blad1",
    3,
    3,
    1,
    { { 1, 0, "column_name" },
      { 3, 0, "Will show \"_x000D_\" in every new line in cell above" } } },
  { "readxl_types.xlsx",
    0,
    "guess_me",
    7,
    5,
    5,
    { { 1, 0, "blank" }, { 3, 2, "2017-02-28" }, { 6, 4, "wor" } } },
  { "readxl_types.xlsx", 2, "smorgasbord", 7, 20, 2, { { 1, 0, "text" } } },
  { "readxl_types.xlsx", 6, "text_coercion", 7, 9, 2, { { 4, 0, "F" } } },
  { "sheetjs_wps_write.xlsx",
    0,
    "Sheet1",
    1,
    4,
    4,
    { { 1, 0, "1" }, { 2, 0, "TRUE" }, { 3, 0, "foo" }, { 4, 2, "qux" } } },
  { "calamine_errors.xlsx",
    0,
    "Feuil1",
    3,
    7,
    1,
    { { 1, 0, "#DIV/0!" }, { 4, 0, "#NULL!" }, { 7, 0, "#N/A" } } },
  { "phpss_premiere.utf16lebom.csv",
    0,
    "",
    1,
    2,
    3,
    { { 1, 0, "première" }, { 2, 2, "sixième" } } },
  { "phpss_premiere.win1252.csv", 0, "", 1, 2, 3, { { 1, 0, "première" }, { 2, 2, "sixième" } } },
  { "phpss_semicolon_separated.csv",
    0,
    "",
    1,
    3,
    3,
    { { 2, 2, "25,5" }, { 3, 1, "B|3" }, { 3, 2, ":,:" } } },
  { "phpss_line_break_in_enclosure_with_escaped_quotes.csv",
    0,
    "",
    1,
    5,
    3,
    { { 1, 1, "Copy" }, { 5, 2, "http://google.com" } } },
  { "phpss_NumberFormatTest.de.csv",
    0,
    "",
    1,
    5,
    3,
    { { 1, 2, "12.345,67" }, { 3, 0, "-1.234,567" } } },
  { "qualtrics_sample_legacy.csv",
    0,
    "",
    1,
    3,
    15,
    { { 1, 0, "V1" }, { 2, 0, "ResponseID" }, { 3, 5, "130.92.34.66" } } },
};

static void
check_cell (DhkRawTable *table, guint64 line, guint column, const char *text)
{
  guint row = 0;
  DhkCellText own;

  while (row < dhk_raw_table_get_n_rows (table) && dhk_raw_table_get_line (table, row) != line)
    row++;
  g_assert_cmpuint (row, <, dhk_raw_table_get_n_rows (table));
  g_assert_cmpstr (dhk_raw_table_get_cell (table, row, column, &own).text, ==, text);
}

static void
test_open_files (void)
{
  g_autofree char *directory = dup_reference ("open");

  for (guint i = 0; directory != NULL && i < G_N_ELEMENTS (expected_files); i++)
    {
      const Expected *expected = &expected_files[i];
      g_autoptr (GFile) file = g_file_new_build_filename (directory, expected->file, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (DhkReader) reader = dhk_reader_open (file, NULL, &error);
      g_autoptr (DhkRawTable) table = NULL;

      g_test_message ("%s, sheet %u", expected->file, expected->sheet);
      g_assert_no_error (error);
      g_assert_cmpuint (dhk_reader_get_n_sheets (reader), ==, expected->n_sheets);
      g_assert_cmpstr (dhk_reader_get_sheet_name (reader, expected->sheet), ==, expected->name);
      table = dhk_raw_table_read (reader, expected->sheet, 0, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (dhk_raw_table_get_n_rows (table), ==, expected->n_rows);
      g_assert_cmpuint (dhk_raw_table_get_n_columns (table), ==, expected->n_columns);
      for (guint c = 0; c < G_N_ELEMENTS (expected->cells) && expected->cells[c].text != NULL; c++)
        check_cell (table, expected->cells[c].line, expected->cells[c].column,
                    expected->cells[c].text);
    }
}

static gboolean
check_both_ways (const char *directory, const char *name)
{
  g_autoptr (GFile) file = g_file_new_build_filename (directory, name, NULL);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, NULL);

  if (bytes == NULL || !g_str_has_suffix (name, ".xlsx"))
    return FALSE;
  g_test_message ("%s", name);
  xlsx_check_both_ways (bytes);
  return TRUE;
}

/* Every workbook there is, with the parser alone as well. */
static void
test_both_ways (void)
{
  static const char *const folders[] = { "open", "../../data/partnerschap2023/forms" };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = dup_reference (folders[i]);
      g_autoptr (GDir) directory = path != NULL ? g_dir_open (path, 0, NULL) : NULL;
      const char *name;

      if (directory == NULL)
        return;
      while ((name = g_dir_read_name (directory)) != NULL)
        n += check_both_ways (path, name) ? 1 : 0;
    }
  g_assert_cmpuint (n, >, 15);
}

/* The manifest's SHA-256 is ours. */
static void
test_hashes (void)
{
  g_autofree char *manifest = dup_reference ("open/MANIFEST.tsv");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (manifest == NULL)
    return;
  g_assert_true (g_file_get_contents (manifest, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
      g_autofree char *path = dup_reference (fields[0]);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (DhkReader) reader = dhk_reader_open (file, NULL, NULL);

      if (reader == NULL)
        continue;
      g_assert_cmpstr (dhk_reader_get_sha256 (reader), ==, fields[6]);
      n++;
    }
  g_assert_cmpuint (n, >, 20);
}

/* Files that must be read in spite of what they are. */
static const struct
{
  const char *name;
  guint n_rows;
} sound_files[] = {
  { "ok_control.xlsx", 3 },
  { "zip_backslash_names.xlsx", 3 },
  { "dim_absurd_max.xlsx", 3 },
  { "dim_absurd_overflow.xlsx", 3 },
  { "dim_negative_reversed.xlsx", 3 },
  { "cell_far_away.xlsx", 4 },
  { "sheet_names_hostile.xlsx", 3 },
  { "names_hostile_header.xlsx", 3 },
  { "csv_mixed_line_ends.csv", 5 },
  { "csv_broken_utf8.csv", 8 },
  { "csv_ragged.csv", 5 },
  { "csv_long_field_5MB.csv", 3 },
  { "csv_delimiter_ambiguous.csv", 2 },
  { "csv_semicolon_decimal_comma.csv", 4 },
  { "csv_numbers_odd.csv", 28 },
  { "csv_named.xlsx", 2 },
  { "xlsx_named.csv", 3 },
  { "csv_only_header.csv", 1 },
};

static gboolean
is_sound (const char *name, guint *n_rows)
{
  for (guint i = 0; i < G_N_ELEMENTS (sound_files); i++)
    if (g_str_equal (sound_files[i].name, name))
      {
        *n_rows = sound_files[i].n_rows;
        return TRUE;
      }

  return FALSE;
}

static gboolean
must_be_refused (const char *expectation)
{
  return g_str_has_prefix (expectation, "refuse with a clear message");
}

static void
check_bad_file (const char *directory, const char *name, const char *expectation)
{
  g_autoptr (GFile) file = g_file_new_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkReader) reader = NULL;
  gint64 start = g_get_monotonic_time ();
  struct rusage usage;
  guint n_rows, n_sheets;

  g_test_message ("%s", name);
  reader = dhk_reader_open (file, NULL, &error);
  n_sheets = reader != NULL ? dhk_reader_get_n_sheets (reader) : 0;
  for (guint sheet = 0; sheet < MIN (n_sheets, 8) && error == NULL; sheet++)
    {
      g_autoptr (DhkRawTable) table
          = dhk_raw_table_read (reader, sheet, 0, NULL, NULL, NULL, &error);

      if (table != NULL && is_sound (name, &n_rows))
        g_assert_cmpuint (dhk_raw_table_get_n_rows (table), ==, n_rows);
    }

  if (is_sound (name, &n_rows))
    g_assert_no_error (error);
  if (must_be_refused (expectation))
    g_assert_nonnull (error);
  if (error != NULL)
    g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_cmpint (g_get_monotonic_time () - start, <, MAX_SECONDS * G_USEC_PER_SEC);
  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  g_assert_cmpint (usage.ru_maxrss, <, MAX_KIB);
}

static gboolean
is_ours (const char *name)
{
  return g_str_has_suffix (name, ".xlsx") || g_str_has_suffix (name, ".xls")
         || g_str_has_suffix (name, ".csv");
}

static void
test_bad_files (void)
{
  g_autofree char *script = dup_reference ("make_bad.py");
  g_autofree char *directory = NULL;
  g_autofree char *manifest = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;
  int status = 0;

  if (script == NULL)
    return;
  directory = g_dir_make_tmp ("driehoek-bad-XXXXXX", NULL);
  {
    const char *const argv[] = { "/usr/bin/python3", "-B", script, directory, NULL };

    g_spawn_sync (NULL, (char **) argv, NULL,
                  G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                  &status, &error);
  }
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);

  manifest = g_build_filename (directory, "MANIFEST.tsv", NULL);
  g_assert_true (g_file_get_contents (manifest, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
      g_autofree char *path = g_build_filename (directory, fields[0], NULL);

      if (is_ours (fields[0]))
        {
          check_bad_file (directory, fields[0], fields[3]);
          check_both_ways (directory, fields[0]);
          n++;
        }
      g_unlink (path);
    }
  g_assert_cmpuint (n, >, 70);
  g_assert_false (g_file_test ("/tmp/pwned_by_xlsx.txt", G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test ("/tmp/pwned_by_xlsx_abs.txt", G_FILE_TEST_EXISTS));
  g_unlink (manifest);
  g_rmdir (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/files/open", test_open_files);
  g_test_add_func ("/import/files/both-ways", test_both_ways);
  g_test_add_func ("/import/files/hashes", test_hashes);
  g_test_add_func ("/import/files/bad", test_bad_files);

  return g_test_run ();
}
