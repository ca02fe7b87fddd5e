/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Thousands of files with a few bytes changed. Whatever comes of them, it is
 * rows or an error of ours, quickly. A workbook's parts are changed before
 * they are packed: behind a check sum nothing would reach the parsers. The
 * seed is printed by g_test; --seed repeats a run. */

#include "reader-fixture.h"
#include "xlsx-both.h"

#include "import/dhk-column-guess.h"
#include "import/dhk-import-error.h"
#include "import/dhk-raw-table.h"

#include <string.h>

#define N_MUTATIONS 1500
#define MAX_SECONDS 5

static const char sheet_part[]
    = "<?xml version='1.0' encoding='UTF-8'?><worksheet xmlns='" FIXTURE_MAIN
      "'><dimension ref='A1:D9'/><sheetData>"
      "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' "
      "t='inlineStr'><is><r><t>in_x000D_</t></r></is></c></row>"
      "<row r='2'><c r='A2'><v>1.50</v></c><c r='B2' s='1'><v>45000.5</v></c><c "
      "t='b'><v>1</v></c></row>"
      "<row><c t='e'><v>#N/A</v></c><c t='d'><v>2021-01-01T10:00</v></c><c r='D3' "
      "t='str'><f>A1</f><v>&amp;&#233;</v></c>"
      "</row></sheetData></worksheet>";
static const char strings_part[]
    = "<sst xmlns='" FIXTURE_MAIN
      "' count='2'><si><t xml:space='preserve'> id </t></si><si><r><rPr/><t>a</t></r><rPh>"
      "<t>b</t></rPh></si></sst>";
static const char styles_part[]
    = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='[$-413]d mmm &quot;x&quot; "
      "h:mm;@'/></numFmts><cellXfs>"
      "<xf numFmtId='0'/><xf numFmtId='164'/></cellXfs></styleSheet>";
static const char workbook_part[]
    = "<workbook xmlns:r='r'><workbookPr date1904='0'/><sheets><sheet name='S&amp;1' sheetId='1' "
      "r:id='rId1'/></sheets>"
      "</workbook>";
static const char csv_text[]
    = "sep=;\r\nid;text;n\r\n1;\"a;\"\"b\"\"\nc\";1,5\n2;\xc3\xa9;\r3;;\n\"4\";x\"y\";0.5";

/* A few changes of the kinds that break parsers. */
static char *
dup_mutated (const char *text, gsize length, gsize *mutated_length)
{
  g_autoptr (GString) mutated = g_string_new_len (text, (gssize) length);
  int n = g_test_rand_int_range (1, 6);

  while (n-- > 0 && mutated->len > 1)
    {
      gsize at = (gsize) g_test_rand_int_range (0, (int) mutated->len);
      gsize span = (gsize) g_test_rand_int_range (1, 20);

      span = MIN (span, mutated->len - at);
      switch (g_test_rand_int_range (0, 6))
        {
        case 0:
          mutated->str[at] = (char) g_test_rand_int_range (0, 256);
          break;
        case 1:
          mutated->str[at] ^= (char) (1 << g_test_rand_int_range (0, 7));
          break;
        case 2:
          g_string_erase (mutated, (gssize) at, (gssize) span);
          break;
        case 3:
          {
            g_autofree char *copy = g_strndup (mutated->str + at, span);

            g_string_insert_len (mutated, g_test_rand_int_range (0, (int) mutated->len), copy,
                                 (gssize) strlen (copy));
          }
          break;
        case 4:
          g_string_insert_c (mutated, (gssize) at,
                             "<>\"'&;,\n\r_x\0\xff"
                             "9-"[g_test_rand_int_range (0, 15)]);
          break;
        default:
          g_string_truncate (mutated, at + 1);
          break;
        }
    }

  *mutated_length = mutated->len;
  return g_string_free (g_steal_pointer (&mutated), FALSE);
}

static void
read_all (GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkReader) reader = dhk_reader_open (file, NULL, &error);
  gint64 start = g_get_monotonic_time ();

  for (guint sheet = 0; reader != NULL && sheet < dhk_reader_get_n_sheets (reader) && error == NULL;
       sheet++)
    {
      g_autoptr (DhkRawTable) table
          = dhk_raw_table_read (reader, sheet, 0, NULL, NULL, NULL, &error);

      for (guint row = 0; table != NULL && row < dhk_raw_table_get_n_rows (table); row++)
        for (guint column = 0; column < MIN (dhk_raw_table_get_n_columns (table), 50); column++)
          {
            DhkCellText text;
            DhkCell cell = dhk_raw_table_get_cell (table, row, column, &text);
            double value;

            g_assert_true (g_utf8_validate (cell.text, (gssize) cell.length, NULL));
            dhk_column_number_parse (cell.text, DHK_NUMBERS_DECIMAL_COMMA, &value);
            dhk_column_date_parse (cell.text, DHK_DATES_DMY, &value);
          }
    }
  if (error != NULL)
    g_assert_cmpint ((int) error->domain, ==, (int) DHK_IMPORT_ERROR);
  g_assert_cmpint (g_get_monotonic_time () - start, <, MAX_SECONDS * G_USEC_PER_SEC);
}

static void
set_part (Fixture *fixture, const char *name, const char *part, gsize length)
{
  gsize mutated_length;
  g_autofree char *mutated = dup_mutated (part, length, &mutated_length);

  fixture_set (fixture, name, mutated);
}

static void
test_parts (void)
{
  static const struct
  {
    const char *name;
    const char *text;
    gsize length;
  } parts[] = {
    { "xl/worksheets/sheet1.xml", sheet_part, sizeof sheet_part - 1 },
    { "xl/sharedStrings.xml", strings_part, sizeof strings_part - 1 },
    { "xl/styles.xml", styles_part, sizeof styles_part - 1 },
    { "xl/workbook.xml", workbook_part, sizeof workbook_part - 1 },
  };

  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      g_autoptr (Fixture) fixture = fixture_new ();
      g_autoptr (GFile) file = NULL;
      g_autoptr (GBytes) packed = NULL;
      char *bytes;
      gsize size;
      guint changed = i % 2 == 0 ? 0 : (guint) g_test_rand_int_range (0, G_N_ELEMENTS (parts));

      for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
        if (k == changed)
          set_part (fixture, parts[k].name, parts[k].text, parts[k].length);
        else
          fixture_set (fixture, parts[k].name, parts[k].text);
      file = fixture_write (fixture);
      read_all (file);
      g_assert_true (g_file_load_contents (file, NULL, &bytes, &size, NULL, NULL));
      packed = g_bytes_new_take (bytes, size);
      xlsx_check_both_ways (packed);
    }
}

static void
test_archives (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *bytes = NULL;
  g_autoptr (GFile) whole = NULL;
  gsize length;

  fixture_set (fixture, "xl/worksheets/sheet1.xml", sheet_part);
  fixture_set (fixture, "xl/sharedStrings.xml", strings_part);
  fixture_set (fixture, "xl/styles.xml", styles_part);
  whole = fixture_write (fixture);
  g_assert_true (g_file_load_contents (whole, NULL, &bytes, &length, NULL, NULL));
  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      gsize mutated_length;
      g_autofree char *mutated = dup_mutated (bytes, length, &mutated_length);
      g_autoptr (GFile) file
          = fixture_write_bytes (fixture, "a.xlsx", mutated, (gssize) mutated_length);

      read_all (file);
      g_file_delete (file, NULL, NULL);
    }
}

static void
test_texts (void)
{
  static const char *const encodings[] = { "UTF-8", "UTF-16LE", "UTF-16" };
  g_autoptr (Fixture) fixture = fixture_new ();

  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      gsize length, mutated_length;
      g_autofree char *bytes
          = g_convert (csv_text, sizeof csv_text - 1, encodings[i % G_N_ELEMENTS (encodings)],
                       "UTF-8", NULL, &length, NULL);
      g_autofree char *mutated = dup_mutated (bytes, length, &mutated_length);
      g_autoptr (GFile) file
          = fixture_write_bytes (fixture, "a.csv", mutated, (gssize) mutated_length);

      read_all (file);
      g_file_delete (file, NULL, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/fuzz/parts", test_parts);
  g_test_add_func ("/import/fuzz/archives", test_archives);
  g_test_add_func ("/import/fuzz/texts", test_texts);

  return g_test_run ();
}
