/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-import-error.h"
#include "reader-fixture.h"

#include <string.h>

static void
test_entities_are_refused (void)
{
  static const char *const heads[] = {
    "<!DOCTYPE worksheet [<!ENTITY a 'x'>]>",
    "<!DOCTYPE worksheet SYSTEM 'http://127.0.0.1:9/evil.dtd'>",
    "<!DOCTYPE worksheet [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>",
    "<!DOCTYPE worksheet>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (Fixture) fixture = fixture_new ();
      g_autoptr (GFile) file = NULL;
      g_autofree char *part = g_strconcat (
          heads[i], FIXTURE_SHEET ("<row><c t='inlineStr'><is><t>&a;</t></is></c></row>"), NULL);

      fixture_set (fixture, "xl/worksheets/sheet1.xml", part);
      file = fixture_write (fixture);
      fixture_assert_refused (file, DHK_IMPORT_ERROR_HOSTILE);
    }

  fixture_assert_rows_refused ("<row><c t='inlineStr'><is><t>&a;</t></is></c></row>",
                               DHK_IMPORT_ERROR_DAMAGED);
}

static void
test_nesting_and_attributes_are_bounded (void)
{
  g_autofree char *deep = fixture_dup_repeated ("<r a#=''>", 100);
  g_autofree char *few = fixture_dup_repeated (" a#='1'", 60);
  g_autofree char *many = fixture_dup_repeated (" a#='1'", 100);
  g_autofree char *very_many = fixture_dup_repeated (" a#='1'", 100000);
  g_autofree char *row_few = g_strdup_printf ("<row%s><c><v>1</v></c></row>", few);
  g_autofree char *row_many = g_strdup_printf ("<row%s/>", many);
  g_autofree char *row_very_many = g_strdup_printf ("<row%s/>", very_many);
  g_autofree char *remark = fixture_dup_repeated ("<!--#", 1);
  g_autofree char *long_remark = g_strdup_printf ("%s%s-->", remark, very_many);

  fixture_assert_rows_refused (deep, DHK_IMPORT_ERROR_HOSTILE);
  fixture_assert_rows (row_few, "1: N=1\n");
  fixture_assert_rows_refused (row_many, DHK_IMPORT_ERROR_HOSTILE);
  fixture_assert_rows_refused (row_very_many, DHK_IMPORT_ERROR_HOSTILE);
  fixture_assert_rows_refused (long_remark, DHK_IMPORT_ERROR_HOSTILE);
}

static void
test_long_cells_are_bounded (void)
{
  /* Random enough to be no bomb. */
  g_autofree char *text = fixture_dup_repeated ("#_", 400000);
  g_autofree char *too_long
      = g_strdup_printf ("<row><c t='inlineStr'><is><t>%s</t></is></c></row>", text);
  g_autofree char *texts = g_strdup_printf (FIXTURE_STRINGS ("<si><t>%s</t></si>"), text);
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) file = NULL;

  fixture_assert_rows_refused (too_long, DHK_IMPORT_ERROR_TOO_LARGE);
  fixture_set (fixture, "xl/sharedStrings.xml", texts);
  file = fixture_write (fixture);
  fixture_assert_refused (file, DHK_IMPORT_ERROR_TOO_LARGE);
}

static void
test_bombs_are_refused (void)
{
  g_autofree char *spaces = g_strnfill (3 * 1024 * 1024, ' ');
  g_autofree char *few_spaces = g_strnfill (1000 * 1000, ' ');
  g_autofree char *bomb = g_strdup_printf ("<row>%s</row>", spaces);
  g_autofree char *small = g_strdup_printf ("<row>%s<c><v>1</v></c></row>", few_spaces);

  fixture_assert_rows_refused (bomb, DHK_IMPORT_ERROR_HOSTILE);
  fixture_assert_rows (small, "1: N=1\n");
}

static void
test_missing_and_foreign_parts_are_refused (void)
{
  static const struct
  {
    const char *removed;
    const char *added;
    const char *content;
    DhkImportError code;
  } cases[] = {
    { "xl/workbook.xml", NULL, NULL, DHK_IMPORT_ERROR_NOT_A_TABLE },
    { "xl/workbook.xml", "content.xml", "<x/>", DHK_IMPORT_ERROR_NOT_READABLE },
    { "xl/worksheets/sheet1.xml", NULL, NULL, DHK_IMPORT_ERROR_DAMAGED },
    { "xl/_rels/workbook.xml.rels", NULL, NULL, DHK_IMPORT_ERROR_DAMAGED },
    { "", "XL/WORKBOOK.XML", "<x/>", DHK_IMPORT_ERROR_HOSTILE },
    { "", "../../evil", "x", DHK_IMPORT_ERROR_HOSTILE },
    { "", "xl\\..\\..\\evil", "x", DHK_IMPORT_ERROR_HOSTILE },
    { "", "xl/worksheets/sheet1.xml", "<worksheet", DHK_IMPORT_ERROR_DAMAGED },
    { "", "xl/worksheets/sheet1.xml", "<chart/>", DHK_IMPORT_ERROR_DAMAGED },
    { "", "xl/worksheets/sheet1.xml", "", DHK_IMPORT_ERROR_DAMAGED },
    { "", "xl/styles.xml", "<a><b></a>", DHK_IMPORT_ERROR_DAMAGED },
    { "", "xl/workbook.xml", "<workbook/>", DHK_IMPORT_ERROR_NOT_A_TABLE },
    { "", "xl/workbook.xml", "<workbook><sheets><sheet id='no'/></sheets></workbook>",
      DHK_IMPORT_ERROR_DAMAGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) fixture = fixture_new ();
      g_autoptr (GFile) file = NULL;

      g_test_message ("case %u", i);
      fixture_remove (fixture, cases[i].removed);
      if (cases[i].added != NULL)
        fixture_set (fixture, cases[i].added, cases[i].content);
      file = fixture_write (fixture);
      fixture_assert_refused (file, (int) cases[i].code);
    }
}

static void
test_targets_outside_are_refused (void)
{
  static const char *const targets[] = {
    "../../../../etc/passwd",
    "/../x.xml",
    "file:///etc/hostname' TargetMode='External",
  };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (Fixture) fixture = fixture_new ();
      g_autoptr (GFile) file = NULL;
      g_autofree char *part = g_strdup_printf (
          "<Relationships><Relationship Id='rId1' Type='x/worksheet' Target='%s'/></Relationships>",
          targets[i]);

      fixture_set (fixture, "xl/_rels/workbook.xml.rels", part);
      file = fixture_write (fixture);
      fixture_assert_refused (file, DHK_IMPORT_ERROR_HOSTILE);
    }
}

static void
test_truncated_is_refused (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) file = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  fixture_set_rows (fixture, "<row><c><v>1</v></c></row>");
  file = fixture_write (fixture);
  g_assert_true (g_file_load_contents (file, NULL, &bytes, &length, NULL, NULL));
  for (gsize n = 4; n < length; n += 13)
    {
      g_autoptr (GFile) cut = fixture_write_bytes (fixture, "cut.xlsx", bytes, (gssize) n);
      g_autoptr (GError) error = NULL;
      g_autofree char *dump = fixture_dump (cut, 0, &error);

      g_assert_null (dump);
      g_assert_nonnull (error);
    }
}

static void
test_password_is_told_from_old_format (void)
{
  static const char magic[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 some old workbook, padded to more "
                              "than the name asked for";
  static const char encrypted[]
      = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0 rest";
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) old = fixture_write_bytes (fixture, "a.xls", magic, sizeof magic);
  g_autoptr (GFile) locked = fixture_write_bytes (fixture, "b.xlsx", encrypted, sizeof encrypted);

  fixture_assert_refused (old, DHK_IMPORT_ERROR_NOT_READABLE);
  fixture_assert_refused (locked, DHK_IMPORT_ERROR_ENCRYPTED);
}

/* Writes @value, little-endian, into every local and every central header. */
static void
patch_headers (
    char *bytes, gsize length, gsize in_local, gsize in_central, guint32 value, guint width)
{
  for (gsize i = 0; i + 46 < length; i++)
    {
      gsize at = 0;

      if (memcmp (bytes + i, "PK\3\4", 4) == 0)
        at = in_local;
      else if (memcmp (bytes + i, "PK\1\2", 4) == 0)
        at = in_central;
      for (guint k = 0; at > 0 && k < width; k++)
        bytes[i + at + k] = (char) (value >> (8 * k));
    }
}

static void
test_headers_that_lie_are_refused (void)
{
  static const struct
  {
    gsize in_local;
    gsize in_central;
    guint32 value;
    guint width;
    DhkImportError code;
  } cases[] = {
    { 6, 8, 1, 2, DHK_IMPORT_ERROR_ENCRYPTED },          /* the flag of a password */
    { 8, 10, 97, 2, DHK_IMPORT_ERROR_DAMAGED },          /* a way of packing nobody uses */
    { 22, 24, 10, 4, DHK_IMPORT_ERROR_DAMAGED },         /* ten bytes, and more come out */
    { 22, 24, 0xFFFFFFF0, 4, DHK_IMPORT_ERROR_HOSTILE }, /* four gigabytes */
    { 18, 20, 0x00FFFFFF, 4, DHK_IMPORT_ERROR_HOSTILE }, /* packed to more than the file */
  };
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GFile) file = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  fixture_set_rows (fixture, "<row><c><v>1</v></c></row>");
  file = fixture_write (fixture);
  g_assert_true (g_file_load_contents (file, NULL, &bytes, &length, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *patched = g_memdup2 (bytes, length);
      g_autoptr (GFile) lying = NULL;

      g_test_message ("case %u", i);
      patch_headers (patched, length, cases[i].in_local, cases[i].in_central, cases[i].value,
                     cases[i].width);
      lying = fixture_write_bytes (fixture, "lying.xlsx", patched, (gssize) length);
      fixture_assert_refused (lying, (int) cases[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/hostile/entities-are-refused", test_entities_are_refused);
  g_test_add_func ("/import/hostile/nesting-and-attributes-are-bounded",
                   test_nesting_and_attributes_are_bounded);
  g_test_add_func ("/import/hostile/long-cells-are-bounded", test_long_cells_are_bounded);
  g_test_add_func ("/import/hostile/bombs-are-refused", test_bombs_are_refused);
  g_test_add_func ("/import/hostile/missing-and-foreign-parts-are-refused",
                   test_missing_and_foreign_parts_are_refused);
  g_test_add_func ("/import/hostile/targets-outside-are-refused", test_targets_outside_are_refused);
  g_test_add_func ("/import/hostile/truncated-is-refused", test_truncated_is_refused);
  g_test_add_func ("/import/hostile/password-is-told-from-old-format",
                   test_password_is_told_from_old_format);
  g_test_add_func ("/import/hostile/headers-that-lie-are-refused",
                   test_headers_that_lie_are_refused);

  return g_test_run ();
}
