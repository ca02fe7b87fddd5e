/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts the different cells of a column: each row is looked at once, for a few steps. */

#include "import/dhk-sheet.h"

/* Rows that are looked up together. */
#define BLOCK 1024

typedef struct
{
  GArray *tally;
  guint *places; /* of a value: its place in the tally, + 1 */
  guint n_places;
} Count;

static void
count_value (Count *self, guint value, guint row)
{
  DhkTally once = { row, 1 };

  if (value < self->n_places && self->places[value] != 0)
    {
      g_array_index (self->tally, DhkTally, self->places[value] - 1).n++;
      return;
    }
  g_array_append_val (self->tally, once);
  if (value < self->n_places)
    self->places[value] = self->tally->len;
}

/* The columns that nearly all are. */
#define FEW_VALUES 64

/*
 * Counts values that were all met before; FALSE when some are new. Neighbours are counted apart, as the
 * processor waits for a sum before it adds to it again.
 */
static gboolean
count_block (Count *self, const guint *values, guint n)
{
  guint16 counts[4][FEW_VALUES] = { { 0 } };
  guint n_met = 0;
  guint i = 0;

  for (; i + 4 <= n; i += 4)
    for (guint k = 0; k < 4; k++)
      counts[k][values[i + k]]++;
  for (; i < n; i++)
    counts[0][values[i]]++;
  for (guint value = 0; value < self->n_places; value++)
    {
      for (guint k = 1; k < 4; k++)
        counts[0][value] = (guint16) (counts[0][value] + counts[k][value]);
      n_met += self->places[value] != 0 ? counts[0][value] : 0;
    }
  for (guint value = 0; n_met == n && value < self->n_places; value++)
    if (counts[0][value] > 0)
      g_array_index (self->tally, DhkTally, self->places[value] - 1).n += counts[0][value];
  return n_met == n;
}

GArray *
dhk_sheet_tally (
    DhkSheet *self, guint column, const GArray *rows, GHashTable *skip, gboolean shapes)
{
  const DhkRawColumn *cells;
  Count count = { 0 };
  guint values[BLOCK];
  gboolean all = skip == NULL || g_hash_table_size (skip) == 0;

  g_return_val_if_fail (self != NULL && column < self->n_columns && rows != NULL, NULL);

  cells = dhk_raw_table_get_column (self->table, column);
  count.n_places
      = dhk_raw_column_get_n_values (cells) + (shapes ? dhk_raw_column_get_n_shapes (cells) : 0);
  count.places = g_new0 (guint, count.n_places);
  count.tally = g_array_new (FALSE, FALSE, sizeof (DhkTally));
  for (guint at = 0; at < rows->len; at += BLOCK)
    {
      guint n = MIN (BLOCK, rows->len - at);

      dhk_raw_column_look_up (cells, &g_array_index (rows, guint, at), n, values, NULL);
      if (all && count.n_places <= FEW_VALUES && count_block (&count, values, n))
        continue;
      for (guint i = 0; i < n; i++)
        if (all || !g_hash_table_contains (skip, GUINT_TO_POINTER (at + i)))
          count_value (&count, values[i], at + i);
    }
  g_free (count.places);
  return count.tally;
}
