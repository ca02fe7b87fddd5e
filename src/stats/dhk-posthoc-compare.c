/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-posthoc-compare.h"

#include <stdlib.h>

/* The pairs by both procedures, and the letters that nobody asked for. */
typedef struct
{
  DhkPair *first;
  DhkPair *second;
  uint64_t *letters;
} Both;

static bool
both_init (Both *self, size_t n_groups)
{
  size_t n_pairs = dhk_pair_count (n_groups), room = n_pairs > 0 ? n_pairs : 1;

  self->first = calloc (room, sizeof *self->first);
  self->second = calloc (room, sizeof *self->second);
  self->letters = calloc (n_groups > 0 ? n_groups : 1, sizeof *self->letters);
  return self->first != NULL && self->second != NULL && self->letters != NULL;
}

static void
both_clear (Both *self)
{
  free (self->first);
  free (self->second);
  free (self->letters);
}

static DhkPostHocComparison
comparison_init (DhkProcedure first, DhkProcedure second, double confidence)
{
  return (DhkPostHocComparison){ .status = DHK_STATS_NO_MEMORY,
                                 .first = first,
                                 .second = second,
                                 .first_status = DHK_STATS_NO_MEMORY,
                                 .second_status = DHK_STATS_NO_MEMORY,
                                 .alpha = 1 - confidence };
}

static void
list_disagreements (DhkPostHocComparison *self,
                    const Both *both,
                    size_t n_groups,
                    DhkDisagreement *disagreements)
{
  self->status = self->first_status != DHK_STATS_OK ? self->first_status : self->second_status;
  if (self->status != DHK_STATS_OK)
    return;
  for (size_t i = 0; i < dhk_pair_count (n_groups); i++)
    {
      const DhkPair *x = &both->first[i], *y = &both->second[i];

      if (x->status != DHK_STATS_OK || y->status != DHK_STATS_OK)
        {
          self->n_undecided += x->status != DHK_STATS_NO_DATA;
          continue;
        }
      self->n_compared++;
      if (x->differs != y->differs)
        disagreements[self->n_disagreements++]
            = (DhkDisagreement){ x->a, x->b, x->difference, x->p, y->p, x->differs, y->differs };
    }
}

DhkPostHocComparison
dhk_post_hoc_compare (DhkProcedure first,
                      DhkProcedure second,
                      const double *values,
                      const int *group,
                      size_t n,
                      size_t n_groups,
                      double confidence,
                      DhkDisagreement *disagreements)
{
  DhkPostHocComparison result = comparison_init (first, second, confidence);
  Both both;

  if (both_init (&both, n_groups))
    {
      result.first_status
          = dhk_post_hoc (first, values, group, n, n_groups, confidence, both.first, both.letters)
                .status;
      result.second_status
          = dhk_post_hoc (second, values, group, n, n_groups, confidence, both.second, both.letters)
                .status;
      list_disagreements (&result, &both, n_groups, disagreements);
    }
  both_clear (&both);
  return result;
}

DhkPostHocComparison
dhk_post_hoc_compare_from_summary (DhkProcedure first,
                                   DhkProcedure second,
                                   const DhkSummary *groups,
                                   size_t n_groups,
                                   double confidence,
                                   DhkDisagreement *disagreements)
{
  DhkPostHocComparison result = comparison_init (first, second, confidence);
  Both both;

  if (both_init (&both, n_groups))
    {
      result.first_status = dhk_post_hoc_from_summary (first, groups, n_groups, confidence,
                                                       both.first, both.letters)
                                .status;
      result.second_status = dhk_post_hoc_from_summary (second, groups, n_groups, confidence,
                                                        both.second, both.letters)
                                 .status;
      list_disagreements (&result, &both, n_groups, disagreements);
    }
  both_clear (&both);
  return result;
}
