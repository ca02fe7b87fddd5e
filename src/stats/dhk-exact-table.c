/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-exact-table.h"

#include "stats/dhk-double-double.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MOST_CASES 1000000.0
#define MOST_STEPS ((size_t) 5000000)
#define MOST_ENTRIES ((size_t) 2000000)
#define MOST_LINES 64

/* Tables whose probabilities differ by less are equally likely; paths too, more strictly. */
#define SAME_TABLE 1e-7
#define SAME_PATH 1e-10

/* Sets of entries by a key of two numbers */

typedef struct
{
  uint64_t node; /* the row totals left, as digits of one number */
  int64_t path;  /* the length so far, in steps of SAME_PATH; 0 for nodes */
  double first;  /* of a node its longest way to the end, of a path its length */
  double second; /* of a node its shortest way, of a path its probability */
} Entry;

typedef struct
{
  Entry *entries;
  size_t n;
  size_t n_allocated;
  uint32_t *slots; /* 1 + the index of an entry, 0: free */
  size_t n_slots;  /* a power of two, at least twice n */
} Set;

static void
set_clear (Set *self)
{
  free (self->entries);
  free (self->slots);
  *self = (Set){ 0 };
}

static size_t
slot_of (const Set *self, uint64_t node, int64_t path)
{
  uint64_t hash
      = (node ^ ((uint64_t) path * UINT64_C (0x9e3779b97f4a7c15))) * UINT64_C (0xff51afd7ed558ccd);
  size_t slot = (size_t) (hash >> 20) & (self->n_slots - 1);

  while (self->slots[slot] > 0
         && (self->entries[self->slots[slot] - 1].node != node
             || self->entries[self->slots[slot] - 1].path != path))
    slot = (slot + 1) & (self->n_slots - 1);
  return slot;
}

static bool
set_grow (Set *self)
{
  size_t n = self->n_allocated > 0 ? 2 * self->n_allocated : 64;
  Entry *entries = realloc (self->entries, n * sizeof *entries);
  uint32_t *slots;

  if (entries == NULL)
    return false;
  self->entries = entries;
  slots = calloc (2 * n, sizeof *slots);
  if (slots == NULL)
    return false;
  free (self->slots);
  self->slots = slots;
  self->n_slots = 2 * n;
  self->n_allocated = n;
  for (size_t i = 0; i < self->n; i++)
    slots[slot_of (self, entries[i].node, entries[i].path)] = (uint32_t) i + 1;
  return true;
}

/* The entry of that key; NULL where it is not there. */
static Entry *
set_find (const Set *self, uint64_t node, int64_t path)
{
  size_t slot = slot_of (self, node, path);

  return self->slots[slot] > 0 ? &self->entries[self->slots[slot] - 1] : NULL;
}

/* The entry of that key, new with `first` and a `second` of 0 where there was none. */
static DhkStatsStatus
set_get (Set *self, uint64_t node, int64_t path, double first, Entry **entry)
{
  size_t slot;

  if (self->n >= MOST_ENTRIES)
    return DHK_STATS_TOO_LARGE;
  if (self->n == self->n_allocated && !set_grow (self))
    return DHK_STATS_NO_MEMORY;
  slot = slot_of (self, node, path);
  if (self->slots[slot] == 0)
    {
      self->entries[self->n++] = (Entry){ node, path, first, 0 };
      self->slots[slot] = (uint32_t) self->n;
    }
  *entry = &self->entries[self->slots[slot] - 1];
  return DHK_STATS_OK;
}

/* The network */

typedef struct
{
  size_t n_rows;
  size_t n_columns;
  int rows[MOST_LINES];
  int columns[MOST_LINES];
  uint64_t base; /* of the digits of a node */
  double *log_factorial;
  double found; /* the length of the table found: −Σ log x! */
  size_t steps;
  Set nodes[MOST_LINES + 1]; /* before each column, and after the last */
} Network;

/* One column's counts, for the row totals that are left. */
typedef struct
{
  int left[MOST_LINES];
  int x[MOST_LINES];
  size_t n;
} Column;

/* Puts `rest` into the rows from `from`, the last ones first. */
static void
fill_last (Column *self, size_t from, int rest)
{
  for (size_t i = self->n; i-- > from;)
    {
      self->x[i] = rest < self->left[i] ? rest : self->left[i];
      rest -= self->x[i];
    }
}

static bool
next_column (Column *self)
{
  int behind = 0;

  for (size_t i = self->n; i-- > 0;)
    {
      if (behind > 0 && self->x[i] < self->left[i])
        {
          self->x[i]++;
          fill_last (self, i + 1, behind - 1);
          return true;
        }
      behind += self->x[i];
    }
  return false;
}

static void
begin_column (Column *self, const Network *network, uint64_t node, size_t stage)
{
  self->n = network->n_rows;
  for (size_t i = self->n; i-- > 0; node /= network->base)
    self->left[i] = (int) (node % network->base);
  fill_last (self, 0, network->columns[stage]);
}

static uint64_t
node_of (int *left, size_t n, uint64_t base)
{
  uint64_t node = 0;

  for (size_t i = 1; i < n; i++)
    for (size_t j = i; j > 0 && left[j - 1] > left[j]; j--)
      {
        int swap = left[j];

        left[j] = left[j - 1];
        left[j - 1] = swap;
      }
  for (size_t i = 0; i < n; i++)
    node = node * base + (uint64_t) left[i];
  return node;
}

static uint64_t
node_behind (const Column *column, uint64_t base)
{
  int left[MOST_LINES];

  for (size_t i = 0; i < column->n; i++)
    left[i] = column->left[i] - column->x[i];
  return node_of (left, column->n, base);
}

static double
length_of (const Network *self, const Column *column)
{
  double length = 0;

  for (size_t i = 0; i < column->n; i++)
    length -= self->log_factorial[column->x[i]];
  return length;
}

/* The probability of a column, given the row totals that are left: multivariate hypergeometric. */
static double
chance_of (const Network *self, const Column *column, size_t stage)
{
  const double *lf = self->log_factorial;
  int whole = 0, size = self->columns[stage];
  double log_chance = 0;

  for (size_t i = 0; i < column->n; i++)
    {
      whole += column->left[i];
      log_chance += lf[column->left[i]] - lf[column->x[i]] - lf[column->left[i] - column->x[i]];
    }
  return exp (log_chance - (lf[whole] - lf[size] - lf[whole - size]));
}

/* All nodes that can be reached, column by column. */
static DhkStatsStatus
find_nodes (Network *self)
{
  int rows[MOST_LINES];
  Entry *entry;
  DhkStatsStatus status;

  memcpy (rows, self->rows, sizeof rows);
  status = set_get (&self->nodes[0], node_of (rows, self->n_rows, self->base), 0, 0, &entry);
  for (size_t stage = 0; stage < self->n_columns; stage++)
    for (size_t i = 0; status == DHK_STATS_OK && i < self->nodes[stage].n; i++)
      {
        Column column = { 0 };

        begin_column (&column, self, self->nodes[stage].entries[i].node, stage);
        do
          {
            status = set_get (&self->nodes[stage + 1], node_behind (&column, self->base), 0, 0,
                              &entry);
            if (++self->steps > MOST_STEPS)
              status = DHK_STATS_TOO_LARGE;
          }
        while (status == DHK_STATS_OK && next_column (&column));
      }
  return status;
}

/* The longest and the shortest way from each node to the end, from the end backwards. */
static void
measure_nodes (Network *self)
{
  for (size_t stage = self->n_columns; stage-- > 0;)
    for (size_t i = 0; i < self->nodes[stage].n; i++)
      {
        Entry *node = &self->nodes[stage].entries[i];
        Column column = { 0 };

        node->first = -INFINITY;
        node->second = INFINITY;
        begin_column (&column, self, node->node, stage);
        do
          {
            double length = length_of (self, &column);
            const Entry *next
                = set_find (&self->nodes[stage + 1], node_behind (&column, self->base), 0);

            node->first = fmax (node->first, length + next->first);
            node->second = fmin (node->second, length + next->second);
          }
        while (next_column (&column));
      }
}

/* Prolongs one path by a column in every way; adds to `p` what is decided, to `to` what is not. */
static DhkStatsStatus
prolong (Network *self, const Entry *path, size_t stage, Set *to, double *p)
{
  DhkStatsStatus status = DHK_STATS_OK;
  Column column = { 0 };
  double limit = self->found + SAME_TABLE;

  begin_column (&column, self, path->node, stage);
  do
    {
      uint64_t behind = node_behind (&column, self->base);
      const Entry *node = set_find (&self->nodes[stage + 1], behind, 0);
      double length = path->first + length_of (self, &column);
      Entry *entry;

      if (++self->steps > MOST_STEPS)
        status = DHK_STATS_TOO_LARGE;
      else if (length + node->first <= limit)
        *p += path->second * chance_of (self, &column, stage);
      else if (length + node->second <= limit)
        {
          status = set_get (to, behind, (int64_t) llround (length / SAME_PATH), length, &entry);
          if (status == DHK_STATS_OK)
            entry->second += path->second * chance_of (self, &column, stage);
        }
    }
  while (status == DHK_STATS_OK && next_column (&column));
  return status;
}

static DhkStatsStatus
add_tables (Network *self, double *p)
{
  const Entry *root = &self->nodes[0].entries[0];
  Set paths = { 0 }, next = { 0 };
  Entry *first;
  DhkStatsStatus status;

  *p = root->first <= self->found + SAME_TABLE;
  if (*p > 0)
    return DHK_STATS_OK; /* no table is more likely */
  status = set_get (&paths, root->node, 0, 0, &first);
  if (status == DHK_STATS_OK)
    first->second = 1;
  for (size_t stage = 0; status == DHK_STATS_OK && stage < self->n_columns; stage++)
    {
      for (size_t i = 0; status == DHK_STATS_OK && i < paths.n; i++)
        status = prolong (self, &paths.entries[i], stage, &next, p);
      set_clear (&paths);
      paths = next;
      next = (Set){ 0 };
    }
  set_clear (&paths);
  return status;
}

/* Setting up */

static int
compare_numbers (const void *a, const void *b)
{
  int x = *(const int *) a, y = *(const int *) b;

  return (x > y) - (x < y);
}

static bool
fill_factorials (Network *self, size_t n)
{
  DhkDoubleDouble sum = { 0, 0 };

  self->log_factorial = calloc (n + 1, sizeof *self->log_factorial);
  if (self->log_factorial == NULL)
    return false;
  for (size_t i = 1; i <= n; i++)
    {
      sum = dhk_dd_add (sum, log ((double) i));
      self->log_factorial[i] = dhk_dd_value (sum);
    }
  return true;
}

/* Rows are the side with fewer lines; the largest columns come last, where they cost least. */
static DhkStatsStatus
set_up (Network *self, const double *counts, size_t n_rows, size_t n_columns)
{
  bool turn = n_rows > n_columns;
  double n = 0, nodes = 1;
  int largest = 0;

  if (n_rows > MOST_LINES || n_columns > MOST_LINES)
    return DHK_STATS_TOO_LARGE;
  for (size_t i = 0; i < n_rows * n_columns; i++)
    n += counts[i];
  if (n > MOST_CASES)
    return DHK_STATS_TOO_LARGE;
  if (!fill_factorials (self, (size_t) n))
    return DHK_STATS_NO_MEMORY;

  self->n_rows = turn ? n_columns : n_rows;
  self->n_columns = turn ? n_rows : n_columns;
  for (size_t i = 0; i < n_rows; i++)
    for (size_t j = 0; j < n_columns; j++)
      {
        int count = (int) counts[i * n_columns + j];

        self->rows[turn ? j : i] += count;
        self->columns[turn ? i : j] += count;
        self->found -= self->log_factorial[count];
      }
  qsort (self->columns, self->n_columns, sizeof *self->columns, compare_numbers);
  for (size_t i = 0; i < self->n_rows; i++)
    largest = self->rows[i] > largest ? self->rows[i] : largest;
  self->base = (uint64_t) largest + 1;
  for (size_t i = 0; i < self->n_rows; i++)
    nodes *= (double) self->base;
  return nodes < 9e18 ? DHK_STATS_OK : DHK_STATS_TOO_LARGE;
}

DhkStatsStatus
dhk_exact_table_p (const double *counts, size_t n_rows, size_t n_columns, double *p)
{
  Network *self = calloc (1, sizeof *self);
  DhkStatsStatus status;
  double sum = 0;

  *p = NAN;
  if (self == NULL)
    return DHK_STATS_NO_MEMORY;
  status = set_up (self, counts, n_rows, n_columns);
  if (status == DHK_STATS_OK)
    status = find_nodes (self);
  if (status == DHK_STATS_OK)
    {
      measure_nodes (self);
      status = add_tables (self, &sum);
    }
  if (status == DHK_STATS_OK)
    *p = fmin (1, sum);
  for (size_t stage = 0; stage <= MOST_LINES; stage++)
    set_clear (&self->nodes[stage]);
  free (self->log_factorial);
  free (self);
  return status;
}
