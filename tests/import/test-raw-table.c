/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-import-error.h"
#include "import/dhk-raw-table.h"
#include "reader-fixture.h"

static void
test_raw_table (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (DhkReader) reader = NULL;
  g_autoptr (DhkRawTable) table = NULL;
  g_autoptr (DhkRawTable) head = NULL;
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
  g_assert_cmpstr (dhk_raw_table_get_cell (table, 0, 1)->text, ==, "b");
  g_assert_cmpint (dhk_raw_table_get_cell (table, 0, 2)->kind, ==, DHK_CELL_EMPTY);
  g_assert_cmpstr (dhk_raw_table_get_cell (table, 0, 99)->text, ==, "");
  for (guint i = 0; i < 1000; i++)
    {
      g_assert_cmpfloat (dhk_raw_table_get_cell (table, i + 1, 0)->number, ==, i);
      g_assert_cmpint (dhk_raw_table_get_cell (table, i + 1, 0)->kind, ==, DHK_CELL_NUMBER);
      g_assert_cmpint (dhk_raw_table_get_cell (table, i + 1, 1)->kind, ==, DHK_CELL_EMPTY);
      /* The text 1 is not the number 1, and all texts 1 are one. */
      g_assert_true (dhk_raw_table_get_cell (table, i + 1, 2)
                     == dhk_raw_table_get_cell (table, 1, 2));
      g_assert_cmpint (dhk_raw_table_get_cell (table, i + 1, 2)->kind, ==, DHK_CELL_TEXT);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/raw-table/rows", test_raw_table);
  g_test_add_func ("/import/raw-table/refuses-emptiness", test_raw_table_refuses_emptiness);

  return g_test_run ();
}
