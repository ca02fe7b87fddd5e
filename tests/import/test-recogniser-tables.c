/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables of another survey, on another sheet, of no survey, and the same table twice. */

#include "draft-fixture.h"
#include "reader-fixture.h"

#include <string.h>

#include "import/dhk-import-error.h"

static void
use_library (Work *work)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "library-2024.xml", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  dhk_instrument_unref (work->instrument);
  work->instrument = dhk_instrument_new_from_file (file, NULL, &error);
  g_assert_no_error (error);
}

static void
test_other_instrument (void)
{
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;

  use_library (work);
  work_add_text (work, "cards.csv",
                 "Id;Start time;Completion time;Email;Name;Which branch did you visit?;"
                 "They greeted me;They took their time for me;I felt in the way;"
                 "I found what I came for;I found more than I came for\n"
                 "1;2024-01-02 10:00:00;2024-01-02 10:05:00;anonymous;;Main library;"
                 "wholly;mostly;not at all;rather;a little\n"
                 "2;2024-01-02 11:00:00;2024-01-02 11:05:00;anonymous;;north;"
                 "hardly;;wholly;;half and half\n");
  draft = work_read (work);
  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 2, 2, 0, 0);
  g_assert_cmpint (draft_get (draft, 0, 0, "wel1_s"), ==, 7);
  g_assert_cmpint (draft_get (draft, 0, 1, "wel3_s"), ==, 7);
  g_assert_cmpint (draft_get (draft, 0, 1, "col1"), ==, DHK_MISSING_EMPTY);
  g_assert_cmpint (draft_get (draft, 0, 0, "branch"), ==, 0);
}

#define TEXT(ref, text) "<c r='" ref "' t='inlineStr'><is><t>" text "</t></is></c>"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

#define CARDS                                                                                      \
  "<row r='3'>" TEXT ("A3", "Which branch did you visit?") TEXT ("B3", "They greeted me")          \
      TEXT ("C3", "I felt in the way") "</row><row r='4'>" TEXT ("A4", "North")                    \
          TEXT ("B4", "mostly") TEXT ("C4", "hardly") "</row>"

/* A workbook with a table of cards on its second sheet. */
static void
add_cards (Work *work, const char *rows_of_first)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *bytes = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  gsize length;

  fixture_set (fixture, "xl/workbook.xml",
               "<workbook xmlns='" FIXTURE_MAIN "' xmlns:r='" OFFICE
               "'><sheets><sheet name='About' sheetId='1' r:id='rId1'/>"
               "<sheet name='Cards' sheetId='2' r:id='rId9'/></sheets></workbook>");
  fixture_set (
      fixture, "xl/_rels/workbook.xml.rels",
      "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
      "<Relationship Id='rId1' Type='" OFFICE
      "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='rId9' Type='" OFFICE
      "/worksheet' Target='worksheets/sheet2.xml'/></Relationships>");
  fixture_set_rows (fixture, rows_of_first);
  fixture_set (fixture, "xl/worksheets/sheet2.xml",
               FIXTURE_SHEET ("<row r='1'>" TEXT ("A1", "All cards") "</row>" CARDS));
  file = fixture_write (fixture);
  path = g_file_get_path (file);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  work_add_bytes (work, "cards.xlsx", bytes, length);
}

/* The answers stand on the second sheet, under a title; the first tells about them. */
static void
test_second_sheet (void)
{
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;

  use_library (work);
  add_cards (work, "<row r='1'>" TEXT ("A1", "Made in spring") "</row>");
  draft = work_read (work);
  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 1, 1, 0, 0);
  g_assert_cmpint (draft_get (draft, 0, 0, "wel1_s"), ==, 6);
  g_assert_cmpuint (dhk_draft_file_get_row (draft_file (draft, 0), 0)->line, ==, 4);
}

/* Which of two sheets is read can be changed where the file is shown. */
static void
test_sheets_of_answers (void)
{
  static const guint n_files[] = { 1, 1, 2 };
  static const char *const choices[] = { "1", "2", "all" };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (Work) work = work_new ();
      g_autoptr (DhkDraft) draft = NULL;
      GPtrArray *decisions;
      guint n = 0;

      use_library (work);
      add_cards (work, CARDS);
      work_answer (work, "cards.xlsx:sheet", choices[i]);
      draft = work_read (work);
      g_assert_cmpuint (dhk_draft_get_files (draft)->len, ==, n_files[i]);
      decisions = dhk_draft_get_decisions (draft);
      for (guint d = 0; d < decisions->len; d++)
        {
          const DhkDraftQuestion *decision = g_ptr_array_index (decisions, d);

          if (strcmp (decision->id, "cards.xlsx:sheet") != 0)
            continue;
          n++;
          g_assert_true (decision->file == draft_file (draft, 0));
          g_assert_cmpstr (decision->chosen, ==, choices[i]);
        }
      g_assert_cmpuint (n, ==, 1);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (Work) work = work_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  work_add_sample (work, "Ouders", "Ouders.xlsx");
  g_ptr_array_add (files, g_file_new_for_path (g_ptr_array_index (work->paths, 0)));
  g_cancellable_cancel (cancellable);
  g_assert_null (dhk_import_read (work->instrument, files, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_refuses_other_tables (void)
{
  g_autoptr (Work) work = work_new ();

  work_add_text (work, "planten.csv", "Plant;Hoogte;Kleur\nroos;12;rood\ntulp;20;geel\n");
  work_assert_refused (work, DHK_IMPORT_ERROR_NOT_RECOGNISED, "planten.csv");
}

static void
test_same_file_twice (void)
{
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;

  work_add_sample (work, "Ouders", "Ouders.xlsx");
  work_add_sample (work, "Ouders", "Ouders kopie.xlsx");
  draft = work_read (work);
  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 228, 114, 114, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recogniser-tables/other-instrument", test_other_instrument);
  g_test_add_func ("/recogniser-tables/second-sheet", test_second_sheet);
  g_test_add_func ("/recogniser-tables/sheets-of-answers", test_sheets_of_answers);
  g_test_add_func ("/recogniser-tables/cancelled", test_cancelled);
  g_test_add_func ("/recogniser-tables/refuses-other-tables", test_refuses_other_tables);
  g_test_add_func ("/recogniser-tables/same-file-twice", test_same_file_twice);
  return g_test_run ();
}
