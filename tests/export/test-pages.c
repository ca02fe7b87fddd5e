/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "document-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "export/dhk-page-table.h"
#include "export/dhk-pages-private.h"

#define LOREM "A paragraph of words that are long enough to fill some lines of the page, and more. "

/* Nothing but the footer stands in the margins, measured by the ink itself. */
static void
assert_inside_margins (const DhkPages *pages)
{
  const DhkPaper *paper = dhk_pages_get_paper (pages);

  for (guint i = 0; i < dhk_pages_get_n (pages); i++)
    {
      cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
      cairo_t *cr = cairo_create (surface);
      double x, y, width, height;

      dhk_pages_draw (pages, i, cr);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_recording_surface_ink_extents (surface, &x, &y, &width, &height);
      g_assert_cmpfloat (width, >, 0);
      g_assert_cmpfloat (x, >=, paper->margin - 2.5);
      g_assert_cmpfloat (y, >=, paper->margin - 2.5);
      g_assert_cmpfloat (x + width, <=, paper->width - paper->margin + 2.5);
      g_assert_cmpfloat (y + height, <=, paper->height - 8);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

/* Body items end above the bottom margin. */
static void
assert_above_footer (const DhkPages *pages)
{
  for (guint p = 0; p < pages->pages->len; p++)
    {
      const GArray *items = g_ptr_array_index (pages->pages, p);

      for (guint i = 0; i < items->len; i++)
        {
          const DhkPageItem *item = &g_array_index (items, DhkPageItem, i);
          double height
              = item->kind == DHK_ITEM_TEXT
                    ? dhk_layout_get_lines_height (item->layout, item->first_line, item->end_line)
                    : item->height;

          if (!item->is_footer)
            g_assert_cmpfloat (item->y + height, <=, pages->paper.height - pages->paper.margin + 1);
        }
    }
}

static char *
dup_all_text (const DhkPages *pages)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < dhk_pages_get_n (pages); i++)
    {
      g_autofree char *text = dhk_pages_dup_text (pages, i);

      g_string_append (all, text);
      g_string_append_c (all, '\n');
    }
  return g_string_free (all, FALSE);
}

static void
every_block_is_on_some_page (void)
{
  DhkDocument *document = document_fixture_new ();
  DhkPages *pages;
  g_autofree char *all = NULL;
  guint last = 0;

  document_fixture_add (document, DHK_BLOCK_TITLE, "The title");
  document_fixture_add (document, DHK_BLOCK_SUBTITLE, "The subtitle");
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *heading = g_strdup_printf ("Heading-%u", i);
      g_autofree char *text = g_strdup_printf ("Paragraph-%u. " LOREM LOREM LOREM, i);

      document_fixture_add (document, DHK_BLOCK_HEADING, heading);
      document_fixture_add (document, DHK_BLOCK_PARAGRAPH, text);
      document_fixture_add_table (document, 3 + 2 * i, 4, "The note.");
    }
  pages = dhk_pages_new (document, &dhk_paper_a4, TRUE);
  all = dup_all_text (pages);
  g_assert_cmpuint (dhk_pages_get_n (pages), >, 2);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *heading = g_strdup_printf ("Heading-%u\n", i);
      g_autofree char *text = g_strdup_printf ("Paragraph-%u.", i);

      g_assert_nonnull (strstr (all, heading));
      g_assert_nonnull (strstr (all, text));
    }
  for (guint i = 0; i < document->blocks->len; i++)
    {
      const DhkBlock *block = g_ptr_array_index (document->blocks, i);
      guint page = dhk_pages_find_block (pages, i);
      g_autofree char *text = dhk_pages_dup_text (pages, page);
      g_autofree char *first = NULL;

      g_assert_cmpuint (page, >=, last);
      last = page;
      first = g_strndup (block->text != NULL ? block->text : "",
                         block->text != NULL ? strcspn (block->text, " ") : 0);
      g_assert_nonnull (strstr (text, block->table != NULL ? block->table->label : first));
      /* A heading keeps with what follows. */
      if (block->kind == DHK_BLOCK_HEADING)
        g_assert_cmpuint (page, ==, dhk_pages_find_block (pages, i + 1));
    }
  assert_inside_margins (pages);
  assert_above_footer (pages);
  dhk_pages_unref (pages);
  document_fixture_free (document);
}

static void
table_that_fits_a_page_is_not_broken (void)
{
  for (guint lines = 0; lines < 40; lines += 3)
    {
      DhkDocument *document = document_fixture_new ();
      g_autofree char *text = NULL;
      DhkPages *pages;

      for (guint i = 0; i < lines; i++)
        document_fixture_add (document, DHK_BLOCK_PARAGRAPH, "One line.");
      document_fixture_add_table (document, 20, 6, "The note.");
      pages = dhk_pages_new (document, &dhk_paper_a4, TRUE);
      text = dhk_pages_dup_text (pages, dhk_pages_find_block (pages, lines));
      g_assert_nonnull (strstr (text, "Means and"));
      g_assert_nonnull (strstr (text, "Row0 "));
      g_assert_nonnull (strstr (text, "Row19 "));
      g_assert_nonnull (strstr (text, "The note."));
      assert_above_footer (pages);
      dhk_pages_unref (pages);
      document_fixture_free (document);
    }
}

static void
long_table_repeats_its_head (void)
{
  DhkDocument *document = document_fixture_new ();
  DhkPages *pages;

  document_fixture_add_table (document, 150, 6, "The note.");
  pages = dhk_pages_new (document, &dhk_paper_a4, TRUE);
  g_assert_cmpuint (dhk_pages_get_n (pages), >, 2);
  for (guint i = 0; i < dhk_pages_get_n (pages); i++)
    {
      g_autofree char *text = dhk_pages_dup_text (pages, i);

      g_assert_nonnull (strstr (text, "Table 1"));
      g_assert_nonnull (strstr (text, "Scale\tM\tSD"));
      g_assert_true ((strstr (text, "(continued)") != NULL) == (i > 0));
      g_assert_true ((strstr (text, "The note.") != NULL) == (i + 1 == dhk_pages_get_n (pages)));
    }
  assert_inside_margins (pages);
  assert_above_footer (pages);
  dhk_pages_unref (pages);
  document_fixture_free (document);
}

static void
wide_tables_stay_readable_and_inside (void)
{
  static const struct
  {
    guint columns;
    double least; /* size of the type */
  } cases[] = { { 2, 9.5 }, { 8, 9 }, { 12, 9 }, { 14, 8 }, { 40, 5 }, { 120, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DhkDocument *document = document_fixture_new ();
      DhkBlock *block = document_fixture_add_table (document, 5, cases[i].columns, NULL);
      DhkTypesetter *typesetter = dhk_typesetter_new (DHK_LANGUAGE_EN);
      DhkPageTable *table = dhk_page_table_new (typesetter, block->table, 453, 140);
      DhkPages *pages = dhk_pages_new (document, &dhk_paper_a4, TRUE);

      g_test_message ("%u columns: %.1f pt", cases[i].columns, table->size);
      g_assert_cmpfloat (table->size, >=, cases[i].least);
      g_assert_cmpfloat (table->width, <=, 453.01);
      assert_inside_margins (pages);
      dhk_pages_unref (pages);
      dhk_page_table_free (table);
      dhk_typesetter_free (typesetter);
      document_fixture_free (document);
    }
}

/* Where the decimal sign of each row of column 1 stands. */
static void
numbers_stand_on_their_decimal_sign (void)
{
  static const char *const numbers[] = { "3,98", "12,5", "-0,071", "100", "< ,001", "2,50***" };
  DhkDocument *document = document_fixture_new ();
  DhkBlock *block = document_fixture_add_table (document, G_N_ELEMENTS (numbers), 2, NULL);
  DhkTypesetter *typesetter = dhk_typesetter_new (DHK_LANGUAGE_EN);
  DhkPageTable *table;
  double first = NAN;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      DhkTableRow *row = g_ptr_array_index (block->table->rows, 2 + i);
      DhkTableCell *cell = &g_array_index (row->cells, DhkTableCell, 1);

      g_free (cell->text);
      cell->text = g_strdup (numbers[i]);
    }
  table = dhk_page_table_new (typesetter, block->table, 453, 140);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      DhkPageRow *row = g_ptr_array_index (table->rows, 2 + i);
      DhkPageCell *cell = &g_array_index (row->cells, DhkPageCell, 1);
      const char *comma = strchr (numbers[i], ',');
      PangoRectangle at;
      double x;

      pango_layout_index_to_pos (
          cell->layout, comma != NULL ? (int) (comma - numbers[i]) : (int) strlen (numbers[i]),
          &at);
      x = cell->x + (double) at.x / PANGO_SCALE;
      if (i == 0)
        first = x;
      g_assert_cmpfloat_with_epsilon (x, first, 0.05);
    }
  dhk_page_table_free (table);
  dhk_typesetter_free (typesetter);
  document_fixture_free (document);
}

static void
empty_document_says_so (void)
{
  DhkDocument *document = document_fixture_new ();
  DhkPages *pages = dhk_pages_new (document, &dhk_paper_a4, TRUE);
  g_autofree char *text = dhk_pages_dup_text (pages, 0);

  g_assert_cmpuint (dhk_pages_get_n (pages), ==, 1);
  g_assert_cmpstr (text, ==, "There is nothing in this report yet.");
  dhk_pages_unref (pages);
  document_fixture_free (document);
}

static char *
new_random_text (guint most)
{
  GString *text = g_string_new (NULL);
  int n = g_test_rand_int_range (0, (int) most);

  for (int i = 0; i < n; i++)
    g_string_append (text, g_test_rand_int_range (0, 30) == 0
                               ? "samenwerkingsovereenkomstenregister "
                               : "woord ");
  return g_string_free (text, FALSE);
}

static void
any_document_stays_inside_the_margins (void)
{
  for (guint i = 0; i < 25; i++)
    {
      DhkDocument *document = document_fixture_new ();
      int n = g_test_rand_int_range (0, 12);
      const DhkPaper paper
          = { g_test_rand_double_range (200, 900), g_test_rand_double_range (250, 1200), 40 };
      DhkPages *pages;

      for (int b = 0; b < n; b++)
        {
          g_autofree char *text = new_random_text (g_test_rand_int_range (0, 6) == 0 ? 900 : 40);
          DhkBlockKind kind = (DhkBlockKind) g_test_rand_int_range (0, 6);

          if (kind == DHK_BLOCK_TABLE)
            document_fixture_add_table (document, (guint) g_test_rand_int_range (0, 40),
                                        (guint) g_test_rand_int_range (0, 16), text);
          else
            document_fixture_add (document, kind, g_test_rand_int_range (0, 9) == 0 ? NULL : text);
        }
      pages = dhk_pages_new (document, &paper, FALSE);
      assert_inside_margins (pages);
      dhk_pages_unref (pages);
      document_fixture_free (document);
    }
}

static DhkPages *
new_printed (DhkDocument *document)
{
  document_fixture_add (document, DHK_BLOCK_TITLE, "Printed");
  document_fixture_add (document, DHK_BLOCK_HEADING, "Chapter");
  document_fixture_add_table (document, 4, 4, "The note.");
  return dhk_pages_new (document, &dhk_paper_a4, TRUE);
}

static void
write_pdf (const DhkPages *pages, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (dhk_pages_write_pdf (pages, file, NULL, &error));
  g_assert_no_error (error);
}

static void
pdf_holds_text_outline_and_language (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dhk-pages-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "one.pdf", NULL);
  g_autofree char *tool = g_find_program_in_path ("pdftotext");
  g_autofree char *bytes = NULL, *text = NULL;
  DhkDocument *document = document_fixture_new ();
  DhkPages *pages = new_printed (document);
  gsize length;

  write_pdf (pages, path);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_str_has_prefix (bytes, "%PDF-1."));
  g_assert_true (memmem (bytes, length, "/Lang (en)", 10) != NULL);
  g_assert_true (memmem (bytes, length, "/Outlines", 9) != NULL);
  g_assert_true (memmem (bytes, length, "(Chapter)", 9) != NULL);
  if (tool != NULL)
    {
      const char *argv[] = { tool, "-layout", path, "-", NULL };
      int status = -1;

      g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text,
                                   NULL, &status, NULL));
      g_assert_cmpint (status, ==, 0);
      g_assert_nonnull (strstr (text, "Row3 of the table"));
      g_assert_nonnull (strstr (text, "3,03"));
      g_assert_nonnull (strstr (text, "The note."));
    }
  else
    g_test_message ("pdftotext is not installed: the text of the PDF is not read");
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  dhk_pages_unref (pages);
  document_fixture_free (document);
}

static void
pdf_written_twice_is_the_same (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dhk-pages-XXXXXX", NULL);
  char *bytes[2];
  gsize length[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = g_build_filename (folder, "same.pdf", NULL);
      DhkDocument *document = document_fixture_new ();
      DhkPages *pages = new_printed (document);

      write_pdf (pages, path);
      g_assert_true (g_file_get_contents (path, &bytes[i], &length[i], NULL));
      g_unlink (path);
      dhk_pages_unref (pages);
      document_fixture_free (document);
    }
  g_assert_cmpmem (bytes[0], length[0], bytes[1], length[1]);
  g_free (bytes[0]);

  g_free (bytes[1]);

  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  /* Before there are threads. */
  g_setenv ("SOURCE_DATE_EPOCH", "1700000000", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add_func ("/export/pages/" name, func)
  ADD ("blocks", every_block_is_on_some_page);
  ADD ("table-together", table_that_fits_a_page_is_not_broken);
  ADD ("long-table", long_table_repeats_its_head);
  ADD ("wide-table", wide_tables_stay_readable_and_inside);
  ADD ("decimal", numbers_stand_on_their_decimal_sign);
  ADD ("empty", empty_document_says_so);
  ADD ("any", any_document_stays_inside_the_margins);
  ADD ("pdf", pdf_holds_text_outline_and_language);
  ADD ("pdf-twice", pdf_written_twice_is_the_same);
  return g_test_run ();
}
