/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-letters.h"

#include <stdlib.h>
#include <string.h>

static const char names[DHK_MAX_LETTERS][2] = {
  "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r",
  "s", "t", "u", "v", "w", "x", "y", "z", "A", "B", "C", "D", "E", "F", "G", "H", "I", "J",
  "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z",
};

/* Groups by their place from the largest `order` down, and the columns as
 * rows of flags by place: those so far, then those that are being added. */
typedef struct
{
  size_t n_places;
  size_t *group;
  size_t n_columns;
  bool *flags;
  size_t n; /* groups, also those that take no part: the length of a row */
  const bool *differs;
} Display;

typedef struct
{
  double order;
  size_t group;
} Place;

static int
compare_places (const void *a, const void *b)
{
  const Place *x = a, *y = b;

  if (x->order > y->order)
    return -1;
  if (x->order < y->order)
    return 1;
  return (x->group > y->group) - (x->group < y->group);
}

static bool *
get_column (const Display *self, size_t i)
{
  return self->flags + i * self->n;
}

static bool
places_differ (const Display *self, size_t i, size_t j)
{
  size_t a = self->group[i], b = self->group[j];

  if (a > b)
    {
      a = self->group[j];
      b = self->group[i];
    }
  return self->differs[a * self->n - a * (a + 1) / 2 + b - a - 1];
}

/* Whether all of `part` is in `whole`, both up to and including `place` */
static bool
is_part (const bool *part, const bool *whole, size_t place)
{
  for (size_t i = 0; i <= place; i++)
    if (part[i] && !whole[i])
      return false;
  return true;
}

/* Whether the column `i` is part of one that stays; of equal ones the first stays. */
static bool
is_absorbed (const Display *self, size_t i, size_t n_columns, const bool *absorbed, size_t place)
{
  const bool *column = get_column (self, i);

  for (size_t j = 0; j < n_columns; j++)
    {
      const bool *other = get_column (self, j);

      if (j != i && !absorbed[j] && other[place] && is_part (column, other, place)
          && (j < i || !is_part (other, column, place)))
        return true;
    }
  return false;
}

/* Inserts the group at `place` into every column. Where it differs from a
 * group of the column, the column stays, and one is added that has the new
 * group in place of those it differs from. */
static DhkStatsStatus
insert_place (Display *self, size_t place)
{
  bool absorbed[2 * DHK_MAX_LETTERS] = { false };
  size_t n_before = self->n_columns, n_after = n_before;

  for (size_t i = 0; i < n_before; i++)
    {
      bool *column = get_column (self, i), *added = get_column (self, n_after);
      bool conflict = false;

      for (size_t j = 0; j < place; j++)
        {
          added[j] = column[j] && !places_differ (self, j, place);
          conflict = conflict || (column[j] && !added[j]);
        }
      column[place] = !conflict;
      added[place] = true;
      n_after += conflict;
    }

  for (size_t i = n_before; i < n_after; i++)
    absorbed[i] = is_absorbed (self, i, n_after, absorbed, place);
  for (size_t i = n_before; i < n_after; i++)
    if (!absorbed[i])
      {
        if (self->n_columns == DHK_MAX_LETTERS)
          return DHK_STATS_TOO_LARGE;
        memmove (get_column (self, self->n_columns++), get_column (self, i), place + 1);
      }
  return DHK_STATS_OK;
}

/* The columns in the order of their letters: the one with the first place
 * where they are not alike comes first. */
static void
give_letters (const Display *self, uint64_t *letters)
{
  for (size_t i = 0; i < self->n_columns; i++)
    {
      const bool *column = get_column (self, i);
      uint64_t letter = 1;

      for (size_t j = 0; j < self->n_columns; j++)
        if (j != i && memcmp (get_column (self, j), column, self->n_places * sizeof *column) > 0)
          letter <<= 1;
      for (size_t place = 0; place < self->n_places; place++)
        if (column[place])
          letters[self->group[place]] |= letter;
    }
}

/* Fills the places; false where memory is out. */
static bool
display_init (
    Display *self, const bool *differs, const bool *takes_part, const double *order, size_t n)
{
  size_t room = n > 0 ? n : 1;
  Place *places = calloc (room, sizeof *places);

  *self = (Display){ .n = n, .differs = differs };
  self->group = calloc (room, sizeof *self->group);
  self->flags = calloc (room, 2 * DHK_MAX_LETTERS * sizeof *self->flags);
  if (places != NULL && self->group != NULL && self->flags != NULL)
    {
      for (size_t i = 0; i < n; i++)
        if (takes_part == NULL || takes_part[i])
          places[self->n_places++] = (Place){ order[i], i };
      qsort (places, self->n_places, sizeof *places, compare_places);
      for (size_t i = 0; i < self->n_places; i++)
        self->group[i] = places[i].group;
      free (places);
      return true;
    }
  free (places);
  return false;
}

DhkStatsStatus
dhk_letters_find (const bool *differs,
                  const bool *takes_part,
                  const double *order,
                  size_t n,
                  uint64_t *letters,
                  size_t *n_letters)
{
  Display display;
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  for (size_t i = 0; i < n; i++)
    letters[i] = 0;
  *n_letters = 0;
  if (display_init (&display, differs, takes_part, order, n))
    {
      status = DHK_STATS_OK;
      /* one column without groups, into which the first goes */
      display.n_columns = display.n_places > 0;
      for (size_t place = 0; place < display.n_places && status == DHK_STATS_OK; place++)
        status = insert_place (&display, place);
    }
  if (status == DHK_STATS_OK)
    {
      give_letters (&display, letters);
      *n_letters = display.n_columns;
    }
  free (display.group);
  free (display.flags);
  return status;
}

const char *
dhk_letters_get_name (size_t i)
{
  return i < DHK_MAX_LETTERS ? names[i] : NULL;
}
