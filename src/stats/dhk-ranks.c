/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-ranks.h"

#include "stats/dhk-double-double.h"

#include <stdlib.h>
#include <string.h>

#define DIGIT_BITS 8
#define N_DIGITS 8
#define N_BUCKETS (1u << DIGIT_BITS)

uint64_t
dhk_sort_key (double value)
{
  const uint64_t sign = UINT64_C (1) << 63;
  double positive_zero = value + 0.0;
  uint64_t bits;

  if (isnan (value))
    return UINT64_MAX;
  memcpy (&bits, &positive_zero, sizeof bits);
  return bits & sign ? ~bits : bits | sign;
}

static unsigned
digit_of (uint64_t key, unsigned digit)
{
  return (unsigned) (key >> (digit * DIGIT_BITS)) & (N_BUCKETS - 1);
}

/* FALSE where all keys have the same digit, so that there is nothing to do. */
static int
sort_by_digit (const DhkSortItem *from, DhkSortItem *to, size_t n, size_t *counts, unsigned digit)
{
  size_t start = 0;

  if (counts[digit_of (from[0].key, digit)] == n)
    return 0;
  for (unsigned b = 0; b < N_BUCKETS; b++)
    {
      size_t count = counts[b];

      counts[b] = start;
      start += count;
    }
  for (size_t i = 0; i < n; i++)
    to[counts[digit_of (from[i].key, digit)]++] = from[i];
  return 1;
}

void
dhk_sort_items (DhkSortItem *items, DhkSortItem *spare, size_t n)
{
  size_t counts[N_DIGITS][N_BUCKETS] = { { 0 } };
  DhkSortItem *from = items, *to = spare;

  if (n < 2)
    return;
  for (size_t i = 0; i < n; i++)
    for (unsigned d = 0; d < N_DIGITS; d++)
      counts[d][digit_of (items[i].key, d)]++;
  for (unsigned d = 0; d < N_DIGITS; d++)
    if (sort_by_digit (from, to, n, counts[d], d))
      {
        DhkSortItem *swap = from;

        from = to;
        to = swap;
      }
  if (from != items)
    memcpy (items, from, n * sizeof *items);
}

static void
add_set (DhkTies *self, double t)
{
  self->n_ties++;
  if (t > (double) self->largest)
    self->largest = (size_t) t;
  self->pairs += t * (t - 1) / 2;
  self->cubes += t * (t - 1) * (t + 1);
}

/* t(t − 1), t³ − t and t(t − 1)(t − 2) of a set, or of all values, exactly */
typedef struct
{
  DhkDoubleDouble pairs;
  DhkDoubleDouble cube;
  DhkDoubleDouble triples;
} Powers;

static Powers
powers_of (double t)
{
  DhkDoubleDouble pairs = dhk_dd_add_product ((DhkDoubleDouble){ -t, 0 }, t, t);

  return (Powers){ pairs, dhk_dd_multiply (pairs, (DhkDoubleDouble){ t + 1, 0 }),
                   dhk_dd_multiply (pairs, (DhkDoubleDouble){ t - 2, 0 }) };
}

static void
take_away (DhkDoubleDouble *from, DhkDoubleDouble what)
{
  *from = dhk_dd_add_dd (*from, dhk_dd_negate (what));
}

static size_t
end_of_set (const DhkSortItem *items, size_t n, size_t i)
{
  size_t end = i + 1;

  while (end < n && items[end].key == items[i].key)
    end++;
  return end;
}

static DhkTies
rank_sorted (const DhkSortItem *items, size_t n, double *ranks)
{
  DhkTies ties = { .n = n, .largest = 1 };
  Powers whole = powers_of ((double) n), rest = whole;

  for (size_t i = 0, end; i < n; i = end)
    {
      end = end_of_set (items, n, i);
      for (size_t j = i; j < end; j++)
        ranks[items[j].index] = ((double) i + (double) end + 1) / 2;
      if (end - i > 1)
        {
          Powers set = powers_of ((double) (end - i));

          add_set (&ties, (double) (end - i));
          take_away (&rest.pairs, set.pairs);
          take_away (&rest.cube, set.cube);
          take_away (&rest.triples, set.triples);
        }
    }
  ties.untied_pairs = dhk_dd_value (rest.pairs);
  ties.untied_triples = dhk_dd_value (rest.triples);
  ties.share = n > 1 ? dhk_dd_value (rest.cube) / dhk_dd_value (whole.cube) : 0;
  return ties;
}

DhkStatsStatus
dhk_ranks_compute (const double *values, size_t n, double *ranks, DhkTies *ties)
{
  DhkTies found = { 0 };
  DhkSortItem *items;
  size_t n_valid = 0;

  if (ties != NULL)
    *ties = found;
  for (size_t i = 0; i < n; i++)
    n_valid += isnan (values[i]) ? 0 : 1;
  if (n_valid == 0)
    return DHK_STATS_NO_DATA;
  items = calloc (n_valid, 2 * sizeof *items);
  if (items == NULL)
    return DHK_STATS_NO_MEMORY;

  n_valid = 0;
  for (size_t i = 0; i < n; i++)
    if (!isnan (values[i]))
      items[n_valid++] = (DhkSortItem){ dhk_sort_key (values[i]), i };
    else
      ranks[i] = NAN;
  dhk_sort_items (items, items + n_valid, n_valid);
  found = rank_sorted (items, n_valid, ranks);
  found.n_missing = n - n_valid;
  free (items);
  if (ties != NULL)
    *ties = found;
  return DHK_STATS_OK;
}
