/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-minimal-sets.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  DhkMinimalSets found;
  DhkRefutes refutes;
  void *data;
  size_t budget;
  bool *removed; /* on the way to this node of the tree */
  bool *settled; /* the tree without them is done */
  bool *kept;
} Search;

void
dhk_minimal_sets_clear (DhkMinimalSets *self)
{
  free (self->sets);
  *self = (DhkMinimalSets){ 0 };
}

/* Leaves out of `kept` what is not needed, many at once where that goes. */
static void
minimise (Search *self)
{
  size_t n = self->found.n_things;
  bool *before = self->found.sets + self->found.n_sets * n; /* room that is free yet */

  for (size_t block = n / 2 + 1; block > 0; block /= 2)
    for (size_t from = 0; from < n; from += block)
      {
        size_t length = from + block < n ? block : n - from;
        bool any = false;

        memcpy (before, self->kept, n * sizeof *before);
        for (size_t i = from; i < from + length; i++)
          {
            any |= self->kept[i];
            self->kept[i] = false;
          }
        if (any && !self->refutes (self->kept, self->data))
          memcpy (self->kept, before, n * sizeof *before);
      }
}

/* Room for one set behind the last. */
static bool
make_room (Search *self)
{
  size_t n = self->found.n_things > 0 ? self->found.n_things : 1;
  bool *sets;

  if (self->found.n_sets + 1 > (size_t) -1 / n)
    return false;
  sets = realloc (self->found.sets, (self->found.n_sets + 1) * n * sizeof *sets);
  if (sets != NULL)
    self->found.sets = sets;
  return sets != NULL;
}

/* The index of a set without anything removed; n_sets where nothing impossible is left. */
static size_t
find_set (Search *self)
{
  size_t n = self->found.n_things;

  for (size_t set = 0; set < self->found.n_sets; set++)
    {
      bool hit = false;

      for (size_t i = 0; i < n && !hit; i++)
        hit = self->found.sets[set * n + i] && self->removed[i];
      if (!hit)
        return set;
    }
  for (size_t i = 0; i < n; i++)
    self->kept[i] = !self->removed[i];
  if (!self->refutes (self->kept, self->data))
    return self->found.n_sets;
  if (!make_room (self))
    {
      self->found.failed = true;
      return self->found.n_sets;
    }
  minimise (self);
  memcpy (self->found.sets + self->found.n_sets * n, self->kept, n * sizeof *self->kept);
  return self->found.n_sets++;
}

static void
explore (Search *self)
{
  size_t n = self->found.n_things, n_before = self->found.n_sets, set;
  bool *own;

  if (self->budget == 0 || self->found.failed)
    {
      self->found.complete = false;
      return;
    }
  self->budget--;
  set = find_set (self);
  if (set == self->found.n_sets || (set >= n_before && self->found.failed))
    return;
  own = calloc (n, sizeof *own);
  if (own == NULL)
    {
      self->found.failed = true;
      return;
    }
  for (size_t i = 0; i < n; i++)
    if (self->found.sets[set * n + i] && !self->settled[i])
      {
        self->removed[i] = true;
        explore (self);
        self->removed[i] = false;
        /* What needs this removed is done; the next branches keep it. */
        self->settled[i] = own[i] = true;
      }
  for (size_t i = 0; i < n; i++)
    if (own[i])
      self->settled[i] = false;
  free (own);
}

DhkMinimalSets
dhk_minimal_sets_find (size_t n, DhkRefutes refutes, void *data, size_t budget)
{
  Search self = { { NULL, 0, n, true, false }, refutes, data, budget, NULL, NULL, NULL };

  self.removed = calloc (n + 1, sizeof *self.removed);
  self.settled = calloc (n + 1, sizeof *self.settled);
  self.kept = calloc (n + 1, sizeof *self.kept);
  if (self.removed == NULL || self.settled == NULL || self.kept == NULL)
    self.found.failed = true;
  else
    explore (&self);
  if (self.found.failed)
    self.found.complete = false;
  free (self.removed);
  free (self.settled);
  free (self.kept);
  return self.found;
}
