/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx-both.h"

#include "import/dhk-xlsx-workbook.h"

static gboolean
dump_row_cb (guint64 line, const DhkCell *cells, guint n_cells, gpointer data, GError **error)
{
  GString *dump = data;

  g_string_append_printf (dump, "%" G_GUINT64_FORMAT ":", line);
  for (guint i = 0; i < n_cells; i++)
    g_string_append_printf (dump, " %d %" G_GSIZE_FORMAT " %s %a;", (int) cells[i].kind,
                            cells[i].length, cells[i].text, cells[i].number);
  g_string_append_c (dump, '\n');
  return TRUE;
}

static char *
dump_sheet (DhkXlsxWorkbook *workbook, guint sheet, gboolean by_parser)
{
  g_autoptr (GString) dump = g_string_new (NULL);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  DhkReadJob job = { .func = dump_row_cb, .user_data = dump, .notes = notes };

  workbook->by_parser = by_parser;
  if (!dhk_xlsx_workbook_read_sheet (workbook, sheet, &job, &error))
    return g_strdup_printf ("refused: %s", error->message);
  for (guint i = 0; i < notes->len; i++)
    g_string_append_printf (dump, "%s\n", (const char *) g_ptr_array_index (notes, i));
  return g_string_free (g_steal_pointer (&dump), FALSE);
}

void
xlsx_check_both_ways (GBytes *bytes)
{
  g_autoptr (DhkSource) source = dhk_source_open_bytes (bytes, NULL);
  g_autoptr (DhkXlsxWorkbook) workbook = dhk_xlsx_workbook_open (source, NULL);

  for (guint sheet = 0; workbook != NULL && sheet < workbook->sheets->len; sheet++)
    {
      g_autofree char *parsed = dump_sheet (workbook, sheet, TRUE);
      g_autofree char *own = dump_sheet (workbook, sheet, FALSE);

      if (!g_str_equal (parsed, own))
        g_error ("Sheet %u is not the same by both ways.\nlibxml2: %.2000s\nown: %.2000s", sheet,
                 parsed, own);
    }
}
