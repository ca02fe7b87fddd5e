/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-import-error.h"
#include "import/dhk-xlsx-workbook.h"
#include "reader-fixture.h"

#include <string.h>

static void
test_inline_and_formula_texts (void)
{
  fixture_assert_rows (
      "<row r='1'><c r='A1' t='inlineStr'><is><t>a &amp; b</t></is></c>"
      "<c r='B1' t='inlineStr'><is><r><t>rich</t></r><r><rPr><b/></rPr><t xml:space='preserve'> "
      "text</t></r>"
      "<rPh sb='0' eb='1'><t>READING</t></rPh></is></c>"
      "<c r='C1' t='str'><f>CONCAT(1)</f><v>made</v></c><c r='D1' t='str'><v></v></c></row>",
      "1: T=a & b T=rich text T=made\n");
  /* Without a result: not empty, but for a text that is. What stands in the other element is read. */
  fixture_assert_rows ("<row r='1'><c r='A1'><f>1+1</f></c><c r='B1' t='str'><f>B2</f></c>"
                       "<c r='C1' t='str'><f>B2</f><v></v></c><c r='D1'><f>B2</f><v/></c>"
                       "<c r='E1'><f>1+1</f><v>2</v></c></row>"
                       "<row r='2'><c r='A2' t='inlineStr'><v>soms</v></c>"
                       "<c r='B2' t='str'><is><t>altijd</t></is></c></row>",
                       "1: E== E== - E== N=2\n2: T=soms T=altijd\n");
}

static void
test_shared_texts (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) file = NULL;

  fixture_set (
      fixture, "xl/sharedStrings.xml",
      FIXTURE_STRINGS (
          "<si><t>één</t></si><si><r><t>run </t></r><r><t>two</t></r><rPh><t>NO</t></rPh></si>"
          "<si><t/></si><si><t xml:space='preserve'> kept </t></si>"));
  fixture_set_rows (fixture,
                    "<row r='1'><c r='A1' t='s'><v>1</v></c><c r='B1' t='s'><v>0</v></c></row>"
                    "<row r='2'><c r='A2' t='s'><v>2</v></c><c r='B2' t='s'><v>3</v></c>"
                    "<c r='C2' t='s'><v></v></c></row>");
  file = fixture_write (fixture);
  fixture_assert_dump (file, 0, "1: T=run two T=één\n2: - T= kept \n");

  fixture_set_rows (fixture, "<row><c t='s'><v>4</v></c></row>");
  g_clear_object (&file);
  file = fixture_write (fixture);
  fixture_assert_refused (file, DHK_IMPORT_ERROR_DAMAGED);
}

static void
test_escapes (void)
{
  fixture_assert_rows ("<row><c t='inlineStr'><is><t>a_x000D_b</t></is></c><c "
                       "t='inlineStr'><is><t>_x005F_x000D_</t></is></c>"
                       "<c t='inlineStr'><is><t>_xD83D__xDE00_</t></is></c><c "
                       "t='inlineStr'><is><t>_x0000__xD83D_</t></is></c>"
                       "<c t='inlineStr'><is><t>_x00_</t></is></c></row>",
                       "1: T=a\rb T=_x000D_ T=😀 T=�� T=_x00_\n");
}

static void
test_numbers (void)
{
  fixture_assert_rows (
      "<row><c><v>3.0</v></c><c><v>0.30000000000000004</v></c><c t='n'><v> 7 "
      "</v></c><c><v>1E3</v></c>"
      "<c><v>-0</v></c><c><v>-1.5</v></c><c><v>12345678901234567890</v></c><c><v>007</v></c></row>",
      "1: N=3 N=0.30000000000000004 N=7 N=1000 N=0 N=-1.5 N=1.2345678901234567e+19 N=7\n");
  fixture_assert_rows (
      "<row><c><v>1e999</v></c><c><v>nan</v></c><c><v>0x1A</v></c><c><v>1,5</v></c><c><v/"
      "></c></row>",
      "1: E=1e999 E=nan E=0x1A E=1,5\n");
}

static void
test_booleans_and_errors (void)
{
  fixture_assert_rows (
      "<row><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='e'><v>#N/A</v></c><c t='b'><v>2</v></c>"
      "<c t='zz'><v>9</v></c></row>",
      "1: B=TRUE B=FALSE E=#N/A E=2 E=9\n");
}

static void
test_places (void)
{
  /* No references, references with gaps, and empty rows that only count. */
  fixture_assert_rows (
      "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row r='5'><c "
      "r='C5'><v>3</v></c><c><v>4</v></c></row>"
      "<row><c r='A6'><v>5</v></c><c r='B6' s='1'/></row><row><c r='B9'><v>6</v></c></row>",
      "1: N=1 N=2\n5: - - N=3 N=4\n6: N=5\n9: - N=6\n");
  fixture_assert_rows ("<row r='1048576'><c r='XFD1048576'/><c r='B1048576'><v>1</v></c></row>",
                       "1048576: - N=1\n");
}

static void
test_places_that_lie_are_refused (void)
{
  static const char *const rows[] = {
    "<row r='0'/>",
    "<row r='-5'/>",
    "<row r='4294967297'/>",
    "<row r='1048577'/>",
    "<row r='2'/><row r='2'/>",
    "<row r='1'><c r=''/></row>",
    "<row r='1'><c r='1A'/></row>",
    "<row r='1'><c r='$B$1'/></row>",
    "<row r='1'><c r='A2'/></row>",
    "<row r='1'><c r='XFE1'/></row>",
    "<row r='1'><c r='AAAAAAAAAAAAAA1'/></row>",
    "<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    fixture_assert_rows_refused (rows[i], DHK_IMPORT_ERROR_DAMAGED);
}

static void
set_styles (Fixture *fixture)
{
  fixture_set (fixture, "xl/styles.xml",
               "<styleSheet xmlns='" FIXTURE_MAIN
               "'><numFmts><numFmt numFmtId='164' formatCode='m/d/yy h:mm:ss'/>"
               "<numFmt numFmtId='165' formatCode='0.0 \"days\"'/></numFmts><cellStyleXfs><xf "
               "numFmtId='14'/>"
               "</cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf "
               "numFmtId='164'/><xf numFmtId='20'/>"
               "<xf numFmtId='165'/></cellXfs></styleSheet>");
}

static void
test_dates_1900 (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) file = NULL;

  set_styles (fixture);
  fixture_set_rows (
      fixture, "<row><c s='1'><v>1</v></c><c s='1'><v>59</v></c><c s='1'><v>60</v></c>"
               "<c s='1'><v>61</v></c><c s='2'><v>45000.458587962964</v></c><c s='3'><v>0.5</v></c>"
               "<c s='4'><v>45000</v></c><c s='99'><v>45000</v></c><c s='1'><v>-1</v></c>"
               "<c s='1'><v>2958465</v></c><c s='1'><v>2958466</v></c></row>");
  file = fixture_write (fixture);
  fixture_assert_dump (file, 0,
                       "1: D=1900-01-01 D=1900-02-28 N=60 D=1900-03-01 D=2023-03-15 11:00:22 "
                       "D=12:00:00 N=45000 N=45000 "
                       "N=-1 D=9999-12-31 N=2958466\n");
}

static void
test_dates_1904 (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) file = NULL;

  set_styles (fixture);
  fixture_set (fixture, "xl/workbook.xml",
               "<x:workbook xmlns:x='" FIXTURE_MAIN
               "' xmlns:q='http://schemas.openxmlformats.org/officeDocument/2006/"
               "relationships'><x:workbookPr date1904='1'/><x:sheets><x:sheet name='S' sheetId='1' "
               "q:id='rId1'/>"
               "</x:sheets></x:workbook>");
  fixture_set_rows (fixture, "<row><c s='1'><v>0</v></c><c s='1'><v>39385</v></c></row>");
  file = fixture_write (fixture);
  fixture_assert_dump (file, 0, "1: D=1904-01-01 D=2011-10-31\n");
}

static gboolean
take_number_cb (guint64 line, const DhkCell *cells, guint n_cells, gpointer data, GError **error)
{
  *(double *) data = cells[0].number;
  return TRUE;
}

static void
test_date_seconds (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (DhkReader) reader = NULL;
  g_autoptr (GFile) file = NULL;
  double seconds = 0;

  set_styles (fixture);
  fixture_set_rows (fixture, "<row><c s='2'><v>25569.5</v></c></row>");
  file = fixture_write (fixture);
  reader = dhk_reader_open (file, NULL, NULL);
  g_assert_true (dhk_reader_read (reader, 0, take_number_cb, &seconds, NULL, NULL, NULL, NULL));
  g_assert_cmpfloat (seconds, ==, 43200);
}

static void
test_dates_iso (void)
{
  fixture_assert_rows (
      "<row><c t='d'><v>2021-01-01</v></c><c t='d'><v>2021-01-01T10:10:10.5Z</v></c>"
      "<c t='d'><v>2021-02-30</v></c><c t='d'><v>10:10:10</v></c></row>",
      "1: D=2021-01-01 D=2021-01-01 10:10:10.500 E=2021-02-30 T=10:10:10\n");
}

static void
test_date_formats (void)
{
  static const struct
  {
    const char *code;
    DhkXlsxStyle style;
  } formats[] = {
    { "General", DHK_XLSX_PLAIN },    { "0.00", DHK_XLSX_PLAIN },
    { "#,##0", DHK_XLSX_PLAIN },      { "0.00E+00", DHK_XLSX_PLAIN },
    { "0 \"days\"", DHK_XLSX_PLAIN }, { "[Red]0", DHK_XLSX_PLAIN },
    { "0\\d", DHK_XLSX_PLAIN },       { "@", DHK_XLSX_PLAIN },
    { "yyyy-mm-dd", DHK_XLSX_DATE },  { "[$-413]d mmmm yyyy;@", DHK_XLSX_DATE },
    { "mmm", DHK_XLSX_DATE },         { "dd/mm/yyyy hh:mm", DHK_XLSX_DATE_TIME },
    { "h:mm AM/PM", DHK_XLSX_TIME },  { "[h]:mm:ss", DHK_XLSX_TIME },
    { "mm:ss.0", DHK_XLSX_TIME },     { "m/d/yy h:mm:ss", DHK_XLSX_DATE_TIME },
    { "\"unclosed", DHK_XLSX_PLAIN }, { "[unclosed", DHK_XLSX_PLAIN },
    { "\\", DHK_XLSX_PLAIN },         { "_", DHK_XLSX_PLAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_test_message ("%s", formats[i].code);
      g_assert_cmpint (dhk_xlsx_format_classify (formats[i].code), ==, formats[i].style);
    }
}

static void
test_prefixes (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) file = NULL;

  fixture_set (fixture, "xl/worksheets/sheet1.xml",
               "<x:worksheet xmlns:x='" FIXTURE_MAIN
               "'><x:sheetData><x:row r='1'><x:c r='A1'><x:v>1</x:v></x:c></x:row>"
               "</x:sheetData></x:worksheet>");
  file = fixture_write (fixture);
  fixture_assert_dump (file, 0, "1: N=1\n");
}

static void
test_several_sheets (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (DhkReader) reader = NULL;
  g_autoptr (GFile) file = NULL;

#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  fixture_set (fixture, "xl/workbook.xml",
               "<workbook xmlns='" FIXTURE_MAIN "' xmlns:r='" R
               "'><sheets><sheet name='B &amp;amp; &lt;b&gt; %s' "
               "r:id='b'/><sheet name='C' r:id='c'/><sheet name='A' state='veryHidden' "
               "r:id='a'/></sheets></workbook>");
  fixture_set (fixture, "xl/_rels/workbook.xml.rels",
               "<Relationships><Relationship Id='a' Type='" R
               "/worksheet' Target='/xl/worksheets/sheet1.xml'/>"
               "<Relationship Id='b' Type='" R "/worksheet' Target='../xl/./worksheets/b.xml'/>"
               "<Relationship Id='c' Type='" R
               "/chartsheet' Target='chartsheets/sheet1.xml'/></Relationships>");
#undef R
  fixture_set (fixture, "xl/worksheets/b.xml", FIXTURE_SHEET ("<row><c><v>2</v></c></row>"));
  fixture_set_rows (fixture, "<row><c><v>1</v></c></row>");
  file = fixture_write (fixture);

  reader = dhk_reader_open (file, NULL, NULL);
  g_assert_cmpint (dhk_reader_get_kind (reader), ==, DHK_READER_XLSX);
  g_assert_null (dhk_reader_get_encoding (reader));
  g_assert_cmpuint (dhk_reader_get_n_sheets (reader), ==, 2);
  g_assert_cmpstr (dhk_reader_get_sheet_name (reader, 0), ==, "B &amp; <b> %s");
  g_assert_true (dhk_reader_get_sheet_visible (reader, 0));
  g_assert_cmpstr (dhk_reader_get_sheet_name (reader, 1), ==, "A");
  g_assert_false (dhk_reader_get_sheet_visible (reader, 1));
  fixture_assert_dump (file, 0, "1: N=2\n");
  fixture_assert_dump (file, 1, "1: N=1\n");
}

static void
test_hash_and_second_read (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (DhkReader) reader = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *sha256 = NULL;
  gsize length;

  fixture_set_rows (fixture, "<row><c><v>bad</v></c></row>");
  file = fixture_write (fixture);
  g_assert_true (g_file_load_contents (file, NULL, &bytes, &length, NULL, NULL));
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);

  reader = dhk_reader_open (file, NULL, NULL);
  for (guint i = 0; i < 2; i++)
    {
      double number;

      g_assert_true (dhk_reader_read (reader, 0, take_number_cb, &number, NULL, NULL, NULL, NULL));
      g_assert_cmpuint (dhk_reader_get_notes (reader)->len, ==, 1);
    }
  g_assert_cmpstr (dhk_reader_get_sha256 (reader), ==, sha256);
}

static void
test_notes_are_bounded (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (DhkReader) reader = NULL;
  g_autoptr (GFile) file = NULL;
  double number;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (rows, "<row><c><v>x%u</v></c></row>", i * 7919);
  fixture_set_rows (fixture, rows->str);
  file = fixture_write (fixture);
  reader = dhk_reader_open (file, NULL, NULL);
  g_assert_true (dhk_reader_read (reader, 0, take_number_cb, &number, NULL, NULL, NULL, NULL));
  g_assert_cmpuint (dhk_reader_get_notes (reader)->len, ==, 101);
}

static void
test_changed_file_is_refused (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (DhkReader) reader = NULL;
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  double number;

  fixture_set_rows (fixture, "<row><c><v>1</v></c></row>");
  file = fixture_write (fixture);
  reader = dhk_reader_open (file, NULL, NULL);
  stream = g_file_open_readwrite (file, NULL, NULL);
  g_assert_true (g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, NULL, NULL));
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)),
                                            "x", 1, NULL, NULL, NULL));
  g_assert_false (dhk_reader_read (reader, 0, take_number_cb, &number, NULL, NULL, NULL, &error));
  g_assert_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_READABLE);
}

static void
count_progress_cb (double fraction, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1.0);
  *last = fraction;
}

static void
test_progress_and_cancel (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *rows = fixture_dup_repeated ("<row><c><v>#</v></c></row>", 20000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DhkReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  double number, last = 0;

  fixture_set_rows (fixture, rows);
  file = fixture_write (fixture);
  reader = dhk_reader_open (file, NULL, NULL);
  g_assert_true (dhk_reader_read (reader, 0, take_number_cb, &number, cancellable,
                                  count_progress_cb, &last, NULL));
  g_assert_cmpfloat (last, ==, 1.0);
  g_assert_cmpfloat (number, ==, 19999);

  g_cancellable_cancel (cancellable);
  g_assert_false (
      dhk_reader_read (reader, 0, take_number_cb, &number, cancellable, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
refuse_row_cb (guint64 line, const DhkCell *cells, guint n_cells, gpointer data, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

static void
test_row_function_stops_reading (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (DhkReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;

  fixture_set_rows (fixture, "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>");
  file = fixture_write (fixture);
  reader = dhk_reader_open (file, NULL, NULL);
  g_assert_false (dhk_reader_read (reader, 0, refuse_row_cb, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

/* Parts come in pieces of 64 KiB, of which the first ends somewhere in these. */
static void
test_rows_over_the_seam (void)
{
  static const char *const rows[] = {
    "<row r='#'><c r='A#' t='s'><v>0</v></c><c r='B#'><v>4</v></c></row>",
    "<row r=\"#\" spans=\"1:2\" x14ac:dyDescent=\"0.25\"><c "
    "t=\"inlineStr\"><is><t>é]]</t></is></c></row> ",
    "<row><c><f>A1</f><v>#</v></c></row>\n<row/><row><!-- </row> --><c "
    "t='str'><v>a&amp;b</v></c></row>",
    "<row ht='1'  hidden='0' ><c t='d' s='1'> <v>2021-01-01</v> </c>\r\n<c/><c ></c></row >",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize length = strlen (rows[i]);

      for (guint pad = 0; pad < length; pad += 1 + (pad > 16 ? 3 : 0))
        {
          g_autoptr (Fixture) fixture = fixture_new ();
          g_autoptr (GFile) file = NULL;
          g_autoptr (GString) text = g_string_new ("<worksheet><sheetData>");
          g_autoptr (GError) error = NULL;
          g_autofree char *dump = NULL;

          while (text->len < 65536 + pad - length)
            g_string_append_c (text, ' ');
          for (guint row = 1; row < 30; row++)
            for (const char *p = rows[i]; *p != '\0'; p++)
              if (*p == '#')
                g_string_append_printf (text, "%u", row);
              else
                g_string_append_c (text, *p);
          g_string_append (text, "</sheetData></worksheet>");
          fixture_set (fixture, "xl/sharedStrings.xml", FIXTURE_STRINGS ("<si><t>a</t></si>"));
          fixture_set (fixture, "xl/worksheets/sheet1.xml", text->str);
          file = fixture_write (fixture);
          dump = fixture_dump (file, 0, &error);
          g_assert_no_error (error);
          g_assert_nonnull (strstr (dump, "\n28:"));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/xlsx/inline-and-formula-texts", test_inline_and_formula_texts);
  g_test_add_func ("/import/xlsx/shared-texts", test_shared_texts);
  g_test_add_func ("/import/xlsx/escapes", test_escapes);
  g_test_add_func ("/import/xlsx/numbers", test_numbers);
  g_test_add_func ("/import/xlsx/booleans-and-errors", test_booleans_and_errors);
  g_test_add_func ("/import/xlsx/places", test_places);
  g_test_add_func ("/import/xlsx/places-that-lie-are-refused", test_places_that_lie_are_refused);
  g_test_add_func ("/import/xlsx/dates-1900", test_dates_1900);
  g_test_add_func ("/import/xlsx/dates-1904", test_dates_1904);
  g_test_add_func ("/import/xlsx/date-seconds", test_date_seconds);
  g_test_add_func ("/import/xlsx/dates-iso", test_dates_iso);
  g_test_add_func ("/import/xlsx/date-formats", test_date_formats);
  g_test_add_func ("/import/xlsx/prefixes", test_prefixes);
  g_test_add_func ("/import/xlsx/rows-over-the-seam", test_rows_over_the_seam);
  g_test_add_func ("/import/xlsx/several-sheets", test_several_sheets);
  g_test_add_func ("/import/xlsx/hash-and-second-read", test_hash_and_second_read);
  g_test_add_func ("/import/xlsx/notes-are-bounded", test_notes_are_bounded);
  g_test_add_func ("/import/xlsx/changed-file-is-refused", test_changed_file_is_refused);
  g_test_add_func ("/import/xlsx/progress-and-cancel", test_progress_and_cancel);
  g_test_add_func ("/import/xlsx/row-function-stops-reading", test_row_function_stops_reading);

  return g_test_run ();
}
