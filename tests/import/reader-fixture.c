/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader-fixture.h"
#include "xlsx-both.h"

#include "import/dhk-import-error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

#define RELATIONSHIPS "http://schemas.openxmlformats.org/package/2006/relationships"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

struct _Fixture
{
  char *directory;
  GHashTable *parts;
  GPtrArray *paths;
  guint n_written;
};

Fixture *
fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->directory = g_dir_make_tmp ("driehoek-reader-XXXXXX", NULL);
  g_assert_nonnull (self->directory);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->paths = g_ptr_array_new_with_free_func (g_free);
  fixture_set (self, "_rels/.rels",
               "<Relationships xmlns='" RELATIONSHIPS "'><Relationship Id='rId1' Type='" OFFICE
               "/officeDocument' Target='xl/workbook.xml'/></Relationships>");
  fixture_set (self, "xl/workbook.xml",
               "<workbook xmlns='" FIXTURE_MAIN "' xmlns:r='" OFFICE
               "'><sheets><sheet name='S1' sheetId='1' r:id='rId1'/></sheets></workbook>");
  fixture_set (self, "xl/_rels/workbook.xml.rels",
               "<Relationships xmlns='" RELATIONSHIPS "'><Relationship Id='rId1' Type='" OFFICE
               "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='" OFFICE
               "/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='rId3' Type='" OFFICE
               "/styles' Target='styles.xml'/></Relationships>");
  fixture_set_rows (self, "");

  return self;
}

void
fixture_free (Fixture *self)
{
  for (guint i = 0; i < self->paths->len; i++)
    g_unlink (g_ptr_array_index (self->paths, i));
  g_rmdir (self->directory);
  g_ptr_array_unref (self->paths);
  g_hash_table_unref (self->parts);
  g_free (self->directory);
  g_free (self);
}

void
fixture_set (Fixture *self, const char *name, const char *content)
{
  g_hash_table_insert (self->parts, g_strdup (name), g_strdup (content));
}

void
fixture_remove (Fixture *self, const char *name)
{
  g_hash_table_remove (self->parts, name);
}

void
fixture_set_rows (Fixture *self, const char *rows)
{
  g_autofree char *sheet = g_strdup_printf (FIXTURE_SHEET ("%s"), rows);

  fixture_set (self, "xl/worksheets/sheet1.xml", sheet);
}

static char *
fixture_dup_path (Fixture *self, const char *name)
{
  g_autofree char *unique = g_strdup_printf ("%u-%s", self->n_written++, name);
  char *path = g_build_filename (self->directory, unique, NULL);

  g_ptr_array_add (self->paths, g_strdup (path));
  return path;
}

GFile *
fixture_write (Fixture *self)
{
  g_autofree char *path = fixture_dup_path (self, "book.xlsx");
  zip_t *zip = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
  GHashTableIter iter;
  gpointer name, content;

  g_assert_nonnull (zip);
  g_hash_table_iter_init (&iter, self->parts);
  while (g_hash_table_iter_next (&iter, &name, &content))
    {
      zip_source_t *source = zip_source_buffer (zip, content, strlen (content), 0);

      g_assert_cmpint (zip_file_add (zip, name, source, ZIP_FL_ENC_UTF_8), >=, 0);
    }
  g_assert_cmpint (zip_close (zip), ==, 0);

  return g_file_new_for_path (path);
}

GFile *
fixture_write_bytes (Fixture *self, const char *name, const void *bytes, gssize length)
{
  g_autofree char *path = fixture_dup_path (self, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

static gboolean
dump_row_cb (guint64 line, const DhkCell *cells, guint n_cells, gpointer data, GError **error)
{
  static const char kinds[] = "-TNDBE";
  GString *dump = data;

  g_assert_cmpuint (n_cells, >, 0);
  g_assert_cmpint (cells[n_cells - 1].kind, !=, DHK_CELL_EMPTY);
  g_string_append_printf (dump, "%" G_GUINT64_FORMAT ":", line);
  for (guint i = 0; i < n_cells; i++)
    {
      g_assert_cmpuint (strlen (cells[i].text), ==, cells[i].length);
      g_assert_true (g_utf8_validate (cells[i].text, -1, NULL));
      g_string_append_printf (dump, " %c", kinds[cells[i].kind]);
      if (cells[i].kind != DHK_CELL_EMPTY)
        g_string_append_printf (dump, "=%s", cells[i].text);
    }
  g_string_append_c (dump, '\n');

  return TRUE;
}

static void
check_both_ways (GFile *file)
{
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, NULL);

  if (bytes != NULL)
    xlsx_check_both_ways (bytes);
}

char *
fixture_dump (GFile *file, guint sheet, GError **error)
{
  g_autoptr (DhkReader) reader = dhk_reader_open (file, NULL, error);
  g_autoptr (GString) dump = g_string_new (NULL);

  if (reader != NULL && dhk_reader_get_kind (reader) == DHK_READER_XLSX)
    check_both_ways (file);
  if (reader == NULL
      || !dhk_reader_read (reader, sheet, dump_row_cb, dump, NULL, NULL, NULL, error))
    return NULL;

  return g_string_free (g_steal_pointer (&dump), FALSE);
}

void
fixture_assert_dump (GFile *file, guint sheet, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = fixture_dump (file, sheet, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (dump, ==, expected);
}

void
fixture_assert_refused (GFile *file, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = fixture_dump (file, 0, &error);
  g_autofree char *path = g_file_get_path (file);

  g_assert_null (dump);
  g_assert_error (error, DHK_IMPORT_ERROR, code);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_null (strstr (error->message, path));
}

void
fixture_assert_rows (const char *rows, const char *expected)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) file = NULL;

  fixture_set_rows (fixture, rows);
  file = fixture_write (fixture);
  fixture_assert_dump (file, 0, expected);
}

void
fixture_assert_rows_refused (const char *rows, int code)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) file = NULL;

  fixture_set_rows (fixture, rows);
  file = fixture_write (fixture);
  fixture_assert_refused (file, code);
}

char *
fixture_dup_repeated (const char *unit, guint n)
{
  GString *text = g_string_new (NULL);
  const char *number = strchr (unit, '#');

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%.*s%u%s", (int) (number - unit), unit, i, number + 1);
  return g_string_free (text, FALSE);
}
