/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-csv.h"
#include "import/dhk-import-error.h"
#include "reader-fixture.h"

#include <string.h>
#include <unistd.h>

static void
assert_bytes (const void *bytes, gssize length, const char *expected)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) file = fixture_write_bytes (fixture, "answers.csv", bytes, length);

  fixture_assert_dump (file, 0, expected);
}

static void
assert_text (const char *text, const char *expected)
{
  assert_bytes (text, (gssize) strlen (text), expected);
}

static void
assert_refused (const void *bytes, gssize length, int code)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) file = fixture_write_bytes (fixture, "answers.csv", bytes, length);

  fixture_assert_refused (file, code);
}

static gboolean
ignore_row_cb (guint64 line, const DhkCell *cells, guint n_cells, gpointer data, GError **error)
{
  return TRUE;
}

/* Reads a text and gives its notes joined, for a look at their words. */
static char *
dup_notes (const char *text)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) file
      = fixture_write_bytes (fixture, "answers.csv", text, (gssize) strlen (text));
  g_autoptr (DhkReader) reader = dhk_reader_open (file, NULL, NULL);
  g_autoptr (GString) notes = g_string_new (NULL);

  g_assert_true (dhk_reader_read (reader, 0, ignore_row_cb, NULL, NULL, NULL, NULL, NULL));
  for (guint i = 0; i < dhk_reader_get_notes (reader)->len; i++)
    g_string_append_printf (notes, "%s\n",
                            (char *) g_ptr_array_index (dhk_reader_get_notes (reader), i));

  return g_string_free (g_steal_pointer (&notes), FALSE);
}

static void
test_quotes (void)
{
  assert_text ("a,b\n1,\"x, y\"\n2,\"he said \"\"no\"\"\"\n3,\"two\r\nlines\"\n4,\n5,\"\"\n",
               "1: T=a T=b\n2: T=1 T=x, y\n3: T=2 T=he said \"no\"\n4: T=3 T=two\r\nlines\n5: "
               "T=4\n6: T=5\n");
  assert_text ("a,b\n1,a\"b\"c\n2,\"a\"b\n3,\"x\" \n4,\"\"\"\"\n",
               "1: T=a T=b\n2: T=1 T=a\"b\"c\n3: T=2 T=ab\n4: T=3 T=x \n5: T=4 T=\"\n");
}

static void
test_line_ends (void)
{
  assert_text ("a,b\r\n1,2\n3,4\r5,6\r\n\r\n7,8",
               "1: T=a T=b\n2: T=1 T=2\n3: T=3 T=4\n4: T=5 T=6\n6: T=7 T=8\n");
  assert_text ("a,b\r1,2\r\r3,4\r", "1: T=a T=b\n2: T=1 T=2\n4: T=3 T=4\n");
  assert_text ("a,b\n1,2,", "1: T=a T=b\n2: T=1 T=2\n");
  assert_text ("a,b\n1,\"2\"", "1: T=a T=b\n2: T=1 T=2\n");
}

static void
test_empty_rows_count_on (void)
{
  assert_text ("a,b\n\n,,\n1,,\n", "1: T=a T=b\n4: T=1\n");
}

static void
test_separators (void)
{
  static const struct
  {
    const char *text;
    char separator;
  } cases[] = {
    { "a,b\n1,2\n", ',' },
    { "a;b\n1;2\n", ';' },
    { "a\tb\n1\t2\n", '\t' },
    { "a|b\n1|2\n", '|' },
    { "a\n1\n", ',' },
    { "id;wert\n1;1,5\n2;2,25\n3;1.234,5\n", ';' },
    { "1,5;2,5;3,5\n1,4;2,4;3,4\n", ';' },
    { "id,choice\n1,a;b;\n2,c;\n", ',' },
    { "\"a;b\",\"c,d\",\"e\tf\"\n\"1;2\",\"3,4\",\"5\t6\"\n", ',' },
    { "\"a;b\",c\n\"x;y;z\",d\n", ',' },
    { "sep=|\na,b\n1,2\n", '|' },
    { "title, a long one\n\na;b;c\n1;2;3\n4;5;6\n", ';' },
    { "a,b,c;d", ',' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) fixture = fixture_new ();
      g_autoptr (GFile) file
          = fixture_write_bytes (fixture, "a.csv", cases[i].text, (gssize) strlen (cases[i].text));
      g_autoptr (DhkReader) reader = dhk_reader_open (file, NULL, NULL);

      g_test_message ("case %u", i);
      g_assert_cmpint (dhk_reader_get_kind (reader), ==, DHK_READER_CSV);
      g_assert_cmpint (dhk_reader_get_separator (reader), ==, cases[i].separator);
    }
}

static void
test_separator_line_is_no_row (void)
{
  assert_text ("sep=;\r\na;b\r\n1,5;2\r\n", "1: T=a T=b\n2: T=1,5 T=2\n");
  assert_text ("\xef\xbb\xbfSEP=,\na,b\n", "1: T=a T=b\n");
}

static void
test_encodings (void)
{
  static const char utf16le[] = "\xff\xfe"
                                "a\0,\0\xe9\0\n\0=\xd8\0\xde,\0b\0";
  static const char utf16be[] = "\xfe\xff\0a\0,\0\xe9\0\n\xd8=\xde\0\0,\0b";
  static const char no_mark[] = "a\0,\0b\0,\0c\0\n\0"
                                "1\0,\0"
                                "2\0,\0"
                                "3\0\n\0";
  static const char odd[] = "\xff\xfe"
                            "a\0,\0b\0\n\0x";
  static const char lone[] = "\xff\xfe"
                             "a\0,\0\0\xd8\n\0";

  assert_text ("\xef\xbb\xbf"
               "a,é\n",
               "1: T=a T=é\n");
  assert_text ("a,\xe9\x80\x81\n", "1: T=a T=送\n"); /* valid UTF-8 comes first */
  assert_text ("a,\xe9\n1,\x80\x93\n", "1: T=a T=é\n2: T=1 T=€“\n");
  assert_bytes (utf16le, sizeof utf16le - 1, "1: T=a T=é\n2: T=😀 T=b\n");
  assert_bytes (utf16be, sizeof utf16be - 1, "1: T=a T=é\n2: T=😀 T=b\n");
  assert_bytes (no_mark, sizeof no_mark - 1, "1: T=a T=b T=c\n2: T=1 T=2 T=3\n");
  assert_bytes (odd, sizeof odd - 1, "1: T=a T=b\n");
  assert_bytes (lone, sizeof lone - 1, "1: T=a T=�\n");
}

/* A long text in every encoding: characters lie across the pieces read. */
static void
test_long_text_in_pieces (void)
{
  static const char *const encodings[] = { "UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252" };
  static const char *const marks[] = { "", "\xff\xfe", "\xfe\xff", "" };
  g_autoptr (GString) text = g_string_new ("id,text\n");
  g_autoptr (GString) expected = g_string_new ("1: T=id T=text\n");

  for (guint i = 0; i < 60000; i++)
    {
      g_string_append_printf (text, "%u,\"één \"\"%u\"\"\nén\"%s", i, i * 7919,
                              i % 3 == 0 ? "\r\n" : "\n");
      g_string_append_printf (expected, "%u: T=%u T=één \"%u\"\nén\n", i + 2, i, i * 7919);
    }
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      gsize length, n_mark = strlen (marks[i]);
      g_autofree char *bytes
          = g_convert (text->str, (gssize) text->len, encodings[i], "UTF-8", NULL, &length, NULL);
      g_autofree char *marked = g_malloc (length + n_mark);

      memcpy (marked, marks[i], n_mark);
      memcpy (marked + n_mark, bytes, length);
      assert_bytes (marked, (gssize) (length + n_mark), expected->str);
    }
}

static void
test_long_fields (void)
{
  g_autofree char *field = g_strnfill (5000000, 'x');
  g_autofree char *text = g_strdup_printf ("a,b\n1,%s\n2,\"%s\"\n", field, field);
  g_autofree char *expected
      = g_strdup_printf ("1: T=a T=b\n2: T=1 T=%s\n3: T=2 T=%s\n", field, field);
  g_autofree char *too_long = g_strnfill (9 * 1024 * 1024, 'x');
  g_autofree char *quoted = g_strdup_printf ("a,b\n1,\"%s", too_long);

  assert_text (text, expected);
  assert_refused (too_long, -1, DHK_IMPORT_ERROR_TOO_LARGE);
  assert_refused (quoted, -1, DHK_IMPORT_ERROR_DAMAGED);
}

static void
test_too_many_columns_are_refused (void)
{
  g_autofree char *separators = g_strnfill (16384, ',');
  g_autofree char *allowed = g_strdup_printf ("a%s\n", separators + 1);
  g_autofree char *more = g_strdup_printf ("a%s\n", separators);

  assert_text (allowed, "1: T=a\n");
  assert_refused (more, -1, DHK_IMPORT_ERROR_TOO_LARGE);
}

static void
test_unterminated_quote_names_its_line (void)
{
  static const char text[] = "id,text\n1,\"two\nlines\"\n2,\"never closed\n3,abc\n4,abc\n";
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) file = fixture_write_bytes (fixture, "a.csv", text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = fixture_dump (file, 0, &error);

  g_assert_null (dump);
  g_assert_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "line 4"));
}

static void
test_zero_bytes_name_their_line (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *far = g_strnfill (400000, 'x');
  g_autoptr (GString) text = g_string_new (far);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GFile) file = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *dump = NULL;

      if (i == 0)
        g_string_assign (text, "a");
      else
        g_string_assign (text, far);
      g_string_append_len (text, ",b\n1,\0002\n", 8);
      file = fixture_write_bytes (fixture, "a.csv", text->str, (gssize) text->len);
      dump = fixture_dump (file, 0, &error);
      g_assert_null (dump);
      g_assert_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_A_TABLE);
      g_assert_nonnull (strstr (error->message, "Line 2"));
    }
}

/* A character that a zero byte cuts is not one that goes on in the next piece of the file: what
 * follows it must not be carried over into that piece, which has no room for it. */
static void
test_zero_byte_in_a_character (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *far = g_strnfill (800000, 'x');
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = NULL;

  g_string_append_len (text, "a,b\n1,\xc3\0\n", 9);
  g_string_append (text, far);
  file = fixture_write_bytes (fixture, "a.csv", text->str, (gssize) text->len);
  dump = fixture_dump (file, 0, &error);
  g_assert_null (dump);
  g_assert_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_A_TABLE);
  g_assert_nonnull (strstr (error->message, "Line 2"));
}

static void
test_what_is_no_table_is_refused (void)
{
  static const struct
  {
    const char *text;
    DhkImportError code;
  } cases[] = {
    { "", DHK_IMPORT_ERROR_NOT_A_TABLE },
    { "\xef\xbb\xbf", DHK_IMPORT_ERROR_NOT_A_TABLE },
    { "\n\n \r\n", DHK_IMPORT_ERROR_NOT_A_TABLE },
    { ",,\n,,\n", DHK_IMPORT_ERROR_NOT_A_TABLE },
    { "<html><table><tr><td>1</td></tr></table></html>", DHK_IMPORT_ERROR_NOT_A_TABLE },
    { " <!DOCTYPE html>\n", DHK_IMPORT_ERROR_NOT_A_TABLE },
    { "%PDF-1.7\n", DHK_IMPORT_ERROR_NOT_A_TABLE },
    { "$FL2@(#) SPSS DATA FILE", DHK_IMPORT_ERROR_DAMAGED },
  };
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) named
      = fixture_write_bytes (fixture, "prose.xlsx", "This is no workbook.\n", -1);
  g_autoptr (GFile) table = fixture_write_bytes (fixture, "table.xlsx", "a,b\n1,2\n", -1);
  g_autoptr (GFile) missing = g_file_new_for_path ("/nonexistent/answers.csv");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      assert_refused (cases[i].text, -1, (int) cases[i].code);
    }
  fixture_assert_refused (named, DHK_IMPORT_ERROR_NOT_A_TABLE);
  fixture_assert_dump (table, 0, "1: T=a T=b\n2: T=1 T=2\n");
  fixture_assert_refused (missing, DHK_IMPORT_ERROR_NOT_READABLE);
}

static void
test_notes (void)
{
  g_autofree char *even = dup_notes ("a,b\n1,2\n,,\n3,4\n");
  g_autofree char *ragged = dup_notes ("a,b,c\n1,2,3\n4,5\n6,7,8,9\n1\n2\n3\n4\n5\n6\n");
  g_autofree char *loose = dup_notes ("a,b\n1,\"2\"x\n");
  g_autofree char *western = dup_notes ("a,\xe9\n");

  g_assert_cmpstr (even, ==, "");
  g_assert_nonnull (strstr (ragged, "Rows 3, 5, 6, 7, 8, … have fewer"));
  g_assert_nonnull (strstr (ragged, "Row 4 has more"));
  g_assert_nonnull (strstr (loose, "In row 2 text follows"));
  g_assert_nonnull (strstr (western, "Windows-1252"));
}

/* The encoding by what fits inside words; what a person says goes before it. */
static void
test_encoding_guess (void)
{
  static const struct
  {
    const char *text; /* UTF-8 */
    const char *encoding;
  } cases[] = {
    { "a;“één” coördinatie\n", "WINDOWS-1252" },
    { "a;één coördinatie, ideeën\n", "MACINTOSH" },
    { "a;één coördinatie, ideeën\n", "CP850" },
    { "a;“foto’s” en ‘scènes’ – à € 5\n", "WINDOWS-1252" },
    { "a;“foto’s” en ‘scènes’\n", "MACINTOSH" },
    { "a;“oké” – € 5\n", "WINDOWS-1252" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = 0;
      g_autofree char *bytes
          = g_convert (cases[i].text, -1, cases[i].encoding, "UTF-8", NULL, &length, NULL);
      g_autoptr (GBytes) content = g_bytes_new (bytes, length);
      g_autoptr (DhkReader) reader = dhk_reader_open_bytes (content, "a.csv", NULL);

      g_assert_nonnull (bytes);
      g_assert_cmpstr (dhk_reader_get_encoding (reader), ==, cases[i].encoding);
      g_assert_true (dhk_reader_get_encoding_guessed (reader));
      dhk_reader_set_encoding (reader, "WINDOWS-1254");
      g_assert_cmpstr (dhk_reader_get_encoding (reader), ==, "WINDOWS-1254");
      g_assert_cmpuint (dhk_reader_get_notes (reader)->len, ==, 0);
    }
}

/* What is no ordinary file is taken into memory and read the same. */
static void
test_stream_without_position (void)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], "a,b\n1,2\n", 8), ==, 8);
  close (ends[1]);
  path = g_strdup_printf ("/proc/self/fd/%d", ends[0]);
  file = g_file_new_for_path (path);
  fixture_assert_dump (file, 0, "1: T=a T=b\n2: T=1 T=2\n");
  close (ends[0]);
}

/* A file that is cut off between opening and reading, or while it is read. */
static gboolean
shrink_cb (guint64 line, const DhkCell *cells, guint n_cells, gpointer user_data, GError **error)
{
  const char *path = user_data;

  if (line == 2)
    g_assert_cmpint (truncate (path, 300), ==, 0);
  return TRUE;
}

static void
test_a_file_that_shrinks (void)
{
  g_autofree char *rows = fixture_dup_repeated ("#,text\n", 200000);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Fixture) fixture = fixture_new ();
      g_autoptr (GFile) file = fixture_write_bytes (fixture, "a.csv", rows, -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (DhkReader) reader = dhk_reader_open (file, NULL, &error);

      g_assert_no_error (error);
      if (i == 0)
        g_assert_cmpint (truncate (g_file_peek_path (file), 5), ==, 0);
      g_assert_false (dhk_reader_read (reader, 0, shrink_cb, (gpointer) g_file_peek_path (file),
                                       NULL, NULL, NULL, &error));
      g_assert_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_READABLE);
      g_assert_nonnull (strstr (error->message, "changed"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/csv/quotes", test_quotes);
  g_test_add_func ("/import/csv/line-ends", test_line_ends);
  g_test_add_func ("/import/csv/empty-rows-count-on", test_empty_rows_count_on);
  g_test_add_func ("/import/csv/separators", test_separators);
  g_test_add_func ("/import/csv/separator-line-is-no-row", test_separator_line_is_no_row);
  g_test_add_func ("/import/csv/encodings", test_encodings);
  g_test_add_func ("/import/csv/long-text-in-pieces", test_long_text_in_pieces);
  g_test_add_func ("/import/csv/long-fields", test_long_fields);
  g_test_add_func ("/import/csv/too-many-columns-are-refused", test_too_many_columns_are_refused);
  g_test_add_func ("/import/csv/unterminated-quote-names-its-line",
                   test_unterminated_quote_names_its_line);
  g_test_add_func ("/import/csv/zero-bytes-name-their-line", test_zero_bytes_name_their_line);
  g_test_add_func ("/import/csv/zero-byte-in-a-character", test_zero_byte_in_a_character);
  g_test_add_func ("/import/csv/what-is-no-table-is-refused", test_what_is_no_table_is_refused);
  g_test_add_func ("/import/csv/notes", test_notes);
  g_test_add_func ("/import/csv/encoding-guess", test_encoding_guess);
  g_test_add_func ("/import/csv/a-file-that-shrinks", test_a_file_that_shrinks);
  g_test_add_func ("/import/csv/stream-without-position", test_stream_without_position);

  return g_test_run ();
}
