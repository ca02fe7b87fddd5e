/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * libFuzzer targets for the readers, one per kind of file (FUZZ_KIND), all
 * through the door that the window and the command line use: a reader from
 * bytes, and every sheet of it as a raw table. Whatever the bytes, it is
 * rows of valid text or an error of ours.
 *
 * A workbook is a zip: behind its check sums a changed byte reaches no parser.
 * So the xlsx target also takes the parts by themselves, "name\0content\0\0",
 * and packs them. The target of rows puts its input in the place of a sheet's rows, at the seam of
 * two pieces, and holds the two ways against each other by which rows are read.
 */

#include "fuzz-input.h"

#include "import/dhk-import-error.h"
#include "import/dhk-raw-table.h"

#include "../import/xlsx-both.h"

#include <string.h>
#include <zip.h>

enum
{
  KIND_XLSX,
  KIND_CSV,
  KIND_SAV,
  KIND_POR,
  KIND_XLSX_ROWS,
};

#define MAX_PACKED (1024 * 1024)

/* Looks at every cell, as a recogniser would. */
static void
look (DhkRawTable *table)
{
  for (guint row = 0; row < dhk_raw_table_get_n_rows (table); row++)
    for (guint column = 0; column < MIN (dhk_raw_table_get_n_columns (table), 64); column++)
      {
        DhkCellText text;
        DhkCell cell = dhk_raw_table_get_cell (table, row, column, &text);

        if (strlen (cell.text) > cell.length || !g_utf8_validate (cell.text, -1, NULL))
          g_error ("A cell is no text.");
      }
}

static void
check_columns (DhkReader *reader)
{
  GPtrArray *columns = dhk_reader_get_columns (reader, 0);

  for (guint i = 0; columns != NULL && i < columns->len; i++)
    {
      const DhkReaderColumn *column = g_ptr_array_index (columns, i);

      if (column->name[0] == '\0' || !g_utf8_validate (column->name, -1, NULL)
          || !g_utf8_validate (column->label, -1, NULL))
        g_error ("A variable has no name, or one that is no text.");
      for (guint k = 0; k < column->labels->len; k++)
        if (!g_utf8_validate (g_array_index (column->labels, DhkReaderLabel, k).label, -1, NULL))
          g_error ("A label is no text.");
    }
}

static void
read_all (GBytes *bytes)
{
  static const char *const names[] = { "a.xlsx", "a.csv", "a.sav", "a.por", "a.xlsx" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkReader) reader = dhk_reader_open_bytes (bytes, names[FUZZ_KIND], &error);

  if (reader != NULL)
    check_columns (reader);
  for (guint sheet = 0;
       reader != NULL && sheet < MIN (dhk_reader_get_n_sheets (reader), 4) && error == NULL;
       sheet++)
    {
      g_autoptr (DhkRawTable) table
          = dhk_raw_table_read (reader, sheet, 0, NULL, NULL, NULL, &error);

      if (table != NULL)
        look (table);
    }
  if (error != NULL && (error->domain != DHK_IMPORT_ERROR || error->message[0] == '\0'))
    g_error ("The error is none of ours: %s", error->message);
}

/* "name\0content\0\0" again and again, as a zip; NULL when it cannot be packed. */
static GBytes *
pack (const guint8 *data, gsize size)
{
  zip_error_t problem;
  zip_source_t *whole = zip_source_buffer_create (NULL, 0, 0, &problem);
  zip_t *archive = zip_open_from_source (whole, ZIP_TRUNCATE, &problem);
  const guint8 *end = data + size;
  GBytes *bytes = NULL;

  if (archive == NULL)
    return NULL;
  zip_source_keep (whole);
  while (data < end)
    {
      const guint8 *stop = memchr (data, '\0', (gsize) (end - data));
      const guint8 *last
          = stop != NULL ? memmem (stop + 1, (gsize) (end - stop - 1), "\0", 2) : NULL;
      g_autofree char *name = NULL;
      zip_source_t *part;
      zip_int64_t added;

      if (stop == NULL)
        break;
      last = last != NULL ? last : end;
      name = g_strndup ((const char *) data, (gsize) (stop - data));
      part = zip_source_buffer (archive, stop + 1, (zip_uint64_t) (last - stop - 1), 0);
      added = zip_file_add (archive, name, part, ZIP_FL_ENC_UTF_8);
      if (added < 0)
        zip_source_free (part);
      else if (FUZZ_KIND == KIND_XLSX_ROWS) /* packing costs more than reading */
        zip_set_file_compression (archive, (zip_uint64_t) added, ZIP_CM_STORE, 0);
      data = MIN (last + 2, end);
    }
  if (zip_close (archive) < 0)
    zip_discard (archive);
  else if (zip_source_open (whole) == 0)
    {
      guint8 *packed = g_malloc (MAX_PACKED);
      zip_int64_t n = zip_source_read (whole, packed, MAX_PACKED);

      bytes = g_bytes_new_take (packed, n > 0 ? (gsize) n : 0);
      zip_source_close (whole);
    }
  zip_source_free (whole);
  return bytes;
}

#define PART(name, content) name "\0" content "\0\0"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static const char around[] = PART ("_rels/.rels",
                                   "<Relationships><Relationship Id='r1' Type='" OFFICE
                                   "/officeDocument' Target='xl/workbook.xml'/></Relationships>")
    PART ("xl/workbook.xml",
          "<workbook xmlns:r='" OFFICE
          "'><sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>")
        PART ("xl/_rels/workbook.xml.rels",
              "<Relationships><Relationship Id='r1' Type='" OFFICE
              "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='s' Type='" OFFICE
              "/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='t' Type='" OFFICE
              "/styles' Target='styles.xml'/></Relationships>")
            PART ("xl/sharedStrings.xml", "<sst><si><t>a</t></si><si><t>b</t></si></sst>")
                PART ("xl/styles.xml",
                      "<styleSheet><cellXfs><xf numFmtId='0'/><xf "
                      "numFmtId='14'/></cellXfs></styleSheet>") "xl/worksheets/sheet1.xml\0";

/* Pieces are of 64 KiB; the first two bytes say where in the rows a piece ends. */
#define PIECE 65536

static void
check_rows (const guint8 *data, gsize size)
{
  static const char head[] = "<worksheet><sheetData>";
  g_autoptr (GString) parts = g_string_new_len (around, sizeof around - 1);
  g_autoptr (GBytes) bytes = NULL;
  gsize seam = size >= 2 ? data[0] | (gsize) data[1] << 8 : 0;

  if (size < 2)
    return;
  data += 2;
  size -= 2;
  if (size > 0 && data[0] == '?') /* a whole sheet */
    g_string_append_c (parts, '<');
  else
    {
      g_string_append (parts, head);
      for (gsize i = strlen (head) + seam % (size + 1); seam > 0 && i < PIECE; i++)
        g_string_append_c (parts, ' ');
    }
  g_string_append_len (parts, (const char *) data, (gssize) size);
  if (size == 0 || data[0] != '?')
    g_string_append (parts, "</sheetData></worksheet>");
  bytes = pack ((const guint8 *) parts->str, parts->len);
  if (bytes != NULL)
    xlsx_check_both_ways (bytes);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) input = fuzz_dup_input (data, size);
  g_autoptr (GBytes) bytes = NULL;

  if (size == 0)
    return 0;
  data = g_bytes_get_data (input, &size);
  if (FUZZ_KIND == KIND_XLSX_ROWS)
    {
      check_rows (data, size);
      return 0;
    }
  /* Each target keeps to its own reader. */
  if (FUZZ_KIND == KIND_SAV && (size < 4 || memcmp (data, "$FL", 3) != 0))
    return 0;
  if (FUZZ_KIND == KIND_CSV && size >= 4
      && (memcmp (data, "PK", 2) == 0 || memcmp (data, "$FL", 3) == 0))
    return 0;
  if (FUZZ_KIND == KIND_XLSX && (size < 2 || memcmp (data, "PK", 2) != 0))
    bytes = pack (data, size);
  else
    bytes = g_bytes_ref (input);
  if (bytes != NULL)
    read_all (bytes);
  return 0;
}
