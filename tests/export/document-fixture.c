/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "document-fixture.h"

static void
clear_cell (gpointer data)
{
  g_free (((DhkTableCell *) data)->text);
}

static void
free_row (gpointer data)
{
  DhkTableRow *row = data;

  g_array_unref (row->cells);
  g_free (row);
}

static void
free_block (gpointer data)
{
  DhkBlock *block = data;

  g_free (block->text);
  g_free (block->label);
  g_free (block->id);
  if (block->table != NULL)
    {
      g_free (block->table->label);
      g_free (block->table->title);
      g_free (block->table->note_label);
      g_free (block->table->note);
      g_ptr_array_unref (block->table->rows);
      g_free (block->table);
    }
  g_clear_pointer (&block->result, dhk_result_unref);
  g_free (block);
}

DhkDocument *
document_fixture_new (void)
{
  DhkDocument *document = g_new0 (DhkDocument, 1);

  g_atomic_ref_count_init (&document->refs);
  document->language = DHK_LANGUAGE_EN;
  document->style = DHK_NUMBER_STYLE_DUTCH;
  document->blocks = g_ptr_array_new_with_free_func (free_block);
  return document;
}

/* The pages have given their reference back: the document is as it was made. */
void
document_fixture_free (DhkDocument *document)
{
  g_assert_true (g_atomic_ref_count_compare (&document->refs, 1));
  g_ptr_array_unref (document->blocks);
  g_free (document);
}

DhkBlock *
document_fixture_add (DhkDocument *document, DhkBlockKind kind, const char *text)
{
  DhkBlock *block = g_new0 (DhkBlock, 1);

  block->kind = kind;
  block->text = g_strdup (text);
  g_ptr_array_add (document->blocks, block);
  return block;
}

static DhkTableRow *
add_row (DhkTable *table, gboolean is_head)
{
  DhkTableRow *row = g_new0 (DhkTableRow, 1);

  row->cells = g_array_new (FALSE, TRUE, sizeof (DhkTableCell));
  g_array_set_clear_func (row->cells, clear_cell);
  row->is_head = is_head;
  table->n_head_rows += is_head;
  g_ptr_array_add (table->rows, row);
  return row;
}

static void
add_cell (DhkTableRow *row, char *text, guint columns, DhkAlign align)
{
  const DhkTableCell cell = { .text = text, .columns = columns, .align = align };

  g_array_append_val (row->cells, cell);
}

DhkBlock *
document_fixture_add_table (DhkDocument *document, guint rows, guint columns, const char *note)
{
  DhkBlock *block = document_fixture_add (document, DHK_BLOCK_TABLE, NULL);
  DhkTable *table = block->table = g_new0 (DhkTable, 1);
  DhkTableRow *row;

  g_atomic_ref_count_init (&table->refs);
  table->label = g_strdup_printf ("Table %u", document->blocks->len);
  table->title = g_strdup ("Means and Standard Deviations");
  table->note_label = g_strdup ("Note.");
  table->note = g_strdup (note);
  table->n_columns = 1 + columns;
  table->rows = g_ptr_array_new_with_free_func (free_row);

  row = add_row (table, TRUE);
  add_cell (row, g_strdup (""), 1, DHK_ALIGN_START);
  for (guint i = 0; i + 1 < columns; i += 2)
    add_cell (row, g_strdup_printf ("Perspective %u (n = %u)", i, 40 + i), 2, DHK_ALIGN_CENTRE);
  if (columns % 2 == 1)
    add_cell (row, g_strdup (""), 1, DHK_ALIGN_CENTRE);

  row = add_row (table, TRUE);
  add_cell (row, g_strdup ("Scale"), 1, DHK_ALIGN_START);
  for (guint i = 0; i < columns; i++)
    add_cell (row, g_strdup (i % 2 == 0 ? "M" : "SD"), 1, DHK_ALIGN_CENTRE);

  for (guint r = 0; r < rows; r++)
    {
      row = add_row (table, FALSE);
      row->rule_above = r > 0 && r + 1 == rows;
      add_cell (row, g_strdup_printf ("Row%u of the table", r), 1, DHK_ALIGN_START);
      for (guint i = 0; i < columns; i++)
        add_cell (row, g_strdup_printf ("%u,%02u", r % 5, i), 1, DHK_ALIGN_DECIMAL);
    }
  return block;
}
