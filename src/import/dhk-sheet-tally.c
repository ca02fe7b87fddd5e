/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts the different cells of a column: each row is looked at once, for a few steps. */

#include "import/dhk-sheet.h"

#include "base/dhk-halves.h"

#include <string.h>

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

typedef struct
{
  const DhkRawColumn *cells;
  const GArray *rows;
  GHashTable *skip; /* NULL: none */
  Count counts[2];  /* of either half */
} Tallying;

static void
tally_rows (guint first, guint n_rows, guint half, gpointer data)
{
  Tallying *self = data;
  Count *count = &self->counts[half];
  guint values[BLOCK];

  for (guint n; n_rows > 0; first += n, n_rows -= n)
    {
      n = MIN (BLOCK, n_rows);
      dhk_raw_column_look_up (self->cells, &g_array_index (self->rows, guint, first), n, values,
                              NULL);
      if (self->skip == NULL && count->n_places <= FEW_VALUES && count_block (count, values, n))
        continue;
      for (guint i = 0; i < n; i++)
        if (self->skip == NULL || !g_hash_table_contains (self->skip, GUINT_TO_POINTER (first + i)))
          count_value (count, values[i], first + i);
    }
}

/* What the second half found goes behind the first half, each value once. */
static void
join_counts (Count *self, const Count *second)
{
  g_autofree guint *values = g_new (guint, second->tally->len + 1);

  memset (values, 0xFF, sizeof (guint) * second->tally->len);
  for (guint value = 0; value < second->n_places; value++)
    if (second->places[value] != 0)
      values[second->places[value] - 1] = value;
  for (guint i = 0; i < second->tally->len; i++)
    {
      const DhkTally *one = &g_array_index (second->tally, DhkTally, i);

      if (values[i] < self->n_places && self->places[values[i]] != 0)
        g_array_index (self->tally, DhkTally, self->places[values[i]] - 1).n += one->n;
      else
        g_array_append_vals (self->tally, one, 1);
    }
}

GArray *
dhk_sheet_tally (
    DhkSheet *self, guint column, const GArray *rows, GHashTable *skip, gboolean shapes)
{
  Tallying tallying = { 0 };

  g_return_val_if_fail (self != NULL && column < self->n_columns && rows != NULL, NULL);

  tallying.cells = dhk_raw_table_get_column (self->table, column);
  tallying.rows = rows;
  tallying.skip = skip != NULL && g_hash_table_size (skip) > 0 ? skip : NULL;
  for (guint half = 0; half < 2; half++)
    {
      Count *count = &tallying.counts[half];

      count->n_places = dhk_raw_column_get_n_values (tallying.cells);
      if (shapes)
        count->n_places += dhk_raw_column_get_n_shapes (tallying.cells);
      count->places = g_new0 (guint, count->n_places);
      count->tally = g_array_new (FALSE, FALSE, sizeof (DhkTally));
    }
  /* Where rows are told one by one, two lists of them are memory for nothing. */
  if (!shapes && dhk_raw_column_get_n_shapes (tallying.cells) > 0)
    tally_rows (0, rows->len, 0, &tallying);
  else
    dhk_halves_do (rows->len, tally_rows, &tallying);
  join_counts (&tallying.counts[0], &tallying.counts[1]);
  g_array_unref (tallying.counts[1].tally);
  g_free (tallying.counts[0].places);
  g_free (tallying.counts[1].places);
  return tallying.counts[0].tally;
}
