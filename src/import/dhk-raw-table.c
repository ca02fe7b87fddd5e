/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-raw-table.h"

#include "import/dhk-import-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Slots for cells that are empty are allowed so far beyond those filled: a
 * far-away cell in every row would else cost a spreadsheet's whole width. */
#define FREE_SLOTS (G_GUINT64_CONSTANT (1) << 22)
#define SLOTS_PER_CELL 64

#define NO_VALUE 0 /* the value of an empty cell */

typedef struct
{
  gsize first; /* slot of the first cell */
  guint64 line;
} Row;

struct _DhkRawTable
{
  gatomicrefcount ref_count;
  GArray *rows;   /* of Row, one more than there are */
  guint32 *slots; /* a value each */
  gsize n_slots;
  gsize slots_size;
  GArray *values; /* of DhkCell, different ones */
  GStringChunk *texts;
  guint n_columns;
};

/* While reading: where the values are, by hash. */
typedef struct
{
  DhkRawTable *table;
  guint32 *buckets;
  guint32 mask;
  guint64 n_filled;
  guint max_rows;
  gboolean is_enough;
} Fill;

static guint32
cell_hash (const DhkCell *cell)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037) ^ (guint64) cell->kind;
  gsize i = 0;

  for (; i + 8 <= cell->length; i += 8)
    {
      guint64 eight;

      memcpy (&eight, cell->text + i, 8);
      hash = (hash ^ eight) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
      hash ^= hash >> 32;
    }
  for (; i < cell->length; i++)
    hash = (hash ^ (guint8) cell->text[i]) * G_GUINT64_CONSTANT (1099511628211);
  hash *= G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  return (guint32) (hash >> 32);
}

/* Two cells with one text may still differ: a date to the millisecond. */
static gboolean
cell_equal (const DhkCell *a, const DhkCell *b)
{
  return a->kind == b->kind && a->length == b->length
         && memcmp (&a->number, &b->number, sizeof a->number) == 0
         && memcmp (a->text, b->text, a->length) == 0;
}

static void
fill_grow (Fill *self)
{
  const GArray *values = self->table->values;

  self->mask = self->mask * 2 + 1;
  g_free (self->buckets);
  self->buckets = g_new0 (guint32, (gsize) self->mask + 1);
  for (guint32 value = 1; value < values->len; value++)
    {
      guint32 i = cell_hash (&g_array_index (values, DhkCell, value)) & self->mask;

      while (self->buckets[i] != NO_VALUE)
        i = (i + 1) & self->mask;
      self->buckets[i] = value;
    }
}

static guint32
fill_intern (Fill *self, const DhkCell *cell)
{
  GArray *values = self->table->values;
  DhkCell kept = *cell;
  guint32 i, value;

  if (cell->kind == DHK_CELL_EMPTY)
    return NO_VALUE;

  for (i = cell_hash (cell) & self->mask; self->buckets[i] != NO_VALUE; i = (i + 1) & self->mask)
    if (cell_equal (&g_array_index (values, DhkCell, self->buckets[i]), cell))
      return self->buckets[i];

  kept.text = g_string_chunk_insert_len (self->table->texts, cell->text, (gssize) cell->length);
  value = values->len;
  g_array_append_val (values, kept);
  self->buckets[i] = value;
  if (values->len > self->mask / 2)
    fill_grow (self);

  return value;
}

static gboolean
fill_row_cb (guint64 line, const DhkCell *cells, guint n_cells, gpointer data, GError **error)
{
  Fill *self = data;
  DhkRawTable *table = self->table;
  Row *row = &g_array_index (table->rows, Row, table->rows->len - 1);
  Row next;

  for (guint i = 0; i < n_cells; i++)
    self->n_filled += cells[i].kind != DHK_CELL_EMPTY;
  if (table->n_slots + n_cells > FREE_SLOTS + SLOTS_PER_CELL * self->n_filled
      || table->rows->len >= G_MAXINT || table->values->len >= G_MAXINT)
    {
      g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_TOO_LARGE,
                           _ ("The table is almost wholly empty cells between a few far-away ones. "
                              "Remove what stands "
                              "far to the right and import the file again."));
      return FALSE;
    }

  if (table->n_slots + n_cells > table->slots_size)
    {
      table->slots_size = MAX (table->slots_size + table->slots_size / 2, table->n_slots + n_cells);
      table->slots = g_renew (guint32, table->slots, table->slots_size);
    }
  for (guint i = 0; i < n_cells; i++)
    table->slots[table->n_slots + i] = fill_intern (self, &cells[i]);

  row->line = line;
  table->n_slots += n_cells;
  table->n_columns = MAX (table->n_columns, n_cells);
  next = (Row){ table->n_slots, 0 };
  g_array_append_val (table->rows, next);

  if (table->rows->len - 1 == self->max_rows)
    {
      /* The error says to stop; it goes no further than the caller below. */
      self->is_enough = TRUE;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
      return FALSE;
    }

  return TRUE;
}

DhkRawTable *
dhk_raw_table_read (DhkReader *reader,
                    guint sheet,
                    guint max_rows,
                    GCancellable *cancellable,
                    DhkReaderProgressFunc progress,
                    gpointer progress_data,
                    GError **error)
{
  g_autoptr (DhkRawTable) self = g_new0 (DhkRawTable, 1);
  g_autoptr (GError) local_error = NULL;
  const DhkCell empty = { .text = "" };
  const Row first = { 0, 0 };
  Fill fill = { .table = self, .max_rows = max_rows, .mask = 127 };
  gboolean ok;

  g_atomic_ref_count_init (&self->ref_count);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_append_val (self->rows, first);
  self->values = g_array_new (FALSE, FALSE, sizeof (DhkCell));
  g_array_append_val (self->values, empty);
  self->texts = g_string_chunk_new (4096);
  fill_grow (&fill);

  ok = dhk_reader_read (reader, sheet, fill_row_cb, &fill, cancellable, progress, progress_data,
                        &local_error);
  g_free (fill.buckets);
  if (!ok && !fill.is_enough)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&self);
}

DhkRawTable *
dhk_raw_table_ref (DhkRawTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
dhk_raw_table_unref (DhkRawTable *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->rows);
  g_array_unref (self->values);
  g_string_chunk_free (self->texts);
  g_free (self->slots);
  g_free (self);
}

guint
dhk_raw_table_get_n_rows (DhkRawTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len - 1;
}

guint
dhk_raw_table_get_n_columns (DhkRawTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_columns;
}

guint64
dhk_raw_table_get_line (DhkRawTable *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->rows->len - 1, 0);

  return g_array_index (self->rows, Row, row).line;
}

guint
dhk_raw_table_get_n_values (DhkRawTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->values->len;
}

guint
dhk_raw_table_get_value (DhkRawTable *self, guint row, guint column)
{
  gsize slot, end;

  g_return_val_if_fail (self != NULL && row < self->rows->len - 1, NO_VALUE);

  slot = g_array_index (self->rows, Row, row).first + column;
  end = g_array_index (self->rows, Row, row + 1).first;
  return slot < end ? self->slots[slot] : NO_VALUE;
}

const DhkCell *
dhk_raw_table_get_cell (DhkRawTable *self, guint row, guint column)
{
  g_return_val_if_fail (self != NULL && row < self->rows->len - 1, NULL);

  return &g_array_index (self->values, DhkCell, dhk_raw_table_get_value (self, row, column));
}
