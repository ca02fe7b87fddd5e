/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-posthoc.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-letters.h"
#include "stats/dhk-posthoc-private.h"
#include "stats/dhk-studentized-range.h"

#include <stdlib.h>

size_t
dhk_pair_count (size_t n_groups)
{
  return n_groups < 2        ? 0
         : n_groups % 2 == 0 ? n_groups / 2 * (n_groups - 1)
                             : (n_groups - 1) / 2 * n_groups;
}

/* Pairs */

DhkPair
dhk_pair_undefined (DhkStatsStatus status, size_t a, size_t b, double confidence)
{
  return (DhkPair){ .status = status,
                    .a = a,
                    .b = b,
                    .difference = NAN,
                    .se = NAN,
                    .t = NAN,
                    .q = NAN,
                    .df = NAN,
                    .p_unadjusted = NAN,
                    .p = NAN,
                    .critical = NAN,
                    .ci = dhk_interval_undefined (status, confidence) };
}

void
dhk_pair_test (DhkPair *pair)
{
  pair->t = pair->difference / pair->se;
  pair->q = fabs (pair->t) * M_SQRT2;
  pair->p_unadjusted = dhk_t_two_sided (pair->t, pair->df);
}

void
dhk_pair_conclude (DhkPair *pair, double p, double critical, double confidence)
{
  double margin = critical * pair->se;

  if (!isfinite (pair->q) || isnan (p) || !isfinite (pair->difference - margin)
      || !isfinite (pair->difference + margin))
    {
      double difference = pair->difference;

      *pair = dhk_pair_undefined (DHK_STATS_NOT_FINITE, pair->a, pair->b, confidence);
      pair->difference = isfinite (difference) ? difference : NAN;
      return;
    }
  pair->p = p;
  pair->differs = p < 1 - confidence;
  pair->critical = critical;
  pair->ci = dhk_interval_make (pair->difference - margin, pair->difference + margin, confidence);
}

static void
pairs_init (DhkPair *pairs, size_t n_groups, DhkStatsStatus status, double confidence)
{
  size_t i = 0;

  for (size_t a = 0; a < n_groups; a++)
    for (size_t b = a + 1; b < n_groups; b++)
      pairs[i++] = dhk_pair_undefined (status, a, b, confidence);
}

static void
pairs_subtract (DhkPair *pairs, const DhkGroupMoments *groups, size_t n_groups, double confidence)
{
  for (size_t i = 0; i < dhk_pair_count (n_groups); i++)
    {
      const DhkGroupMoments *a = &groups[pairs[i].a], *b = &groups[pairs[i].b];

      if (a->n == 0 || b->n == 0)
        pairs[i] = dhk_pair_undefined (DHK_STATS_NO_DATA, pairs[i].a, pairs[i].b, confidence);
      else
        pairs[i].difference = dhk_group_moments_subtract (a, b);
    }
}

/* With a common variance */

typedef struct
{
  DhkProcedure procedure;
  size_t n_groups; /* that take part */
  size_t n_tests;
  double mse;
  double df;
  double confidence;
} Family;

static double
t_critical (const Family *self, double alpha)
{
  return -dhk_t_quantile (alpha / 2, self->df);
}

static double
get_critical (const Family *self)
{
  double alpha = 1 - self->confidence;

  switch (self->procedure)
    {
    case DHK_PROCEDURE_SIDAK:
      return t_critical (self, -expm1 (log (self->confidence) / (double) self->n_tests));
    case DHK_PROCEDURE_SCHEFFE:
      return sqrt ((double) (self->n_groups - 1)
                   * dhk_f_quantile (self->confidence, (double) (self->n_groups - 1), self->df));
    case DHK_PROCEDURE_LSD:
      return t_critical (self, alpha);
    case DHK_PROCEDURE_BONFERRONI:
    case DHK_PROCEDURE_HOLM:
    case DHK_PROCEDURE_HOCHBERG:
    case DHK_PROCEDURE_BENJAMINI_HOCHBERG:
      return t_critical (self, alpha / (double) self->n_tests);
    case DHK_PROCEDURE_TUKEY:
    case DHK_PROCEDURE_GAMES_HOWELL:
    case DHK_N_PROCEDURES:
    default:
      return NAN;
    }
}

static DhkAdjustment
get_adjustment (DhkProcedure procedure)
{
  static const DhkAdjustment adjustments[DHK_N_PROCEDURES] = {
    [DHK_PROCEDURE_BONFERRONI] = DHK_ADJUST_BONFERRONI,
    [DHK_PROCEDURE_HOLM] = DHK_ADJUST_HOLM,
    [DHK_PROCEDURE_HOCHBERG] = DHK_ADJUST_HOCHBERG,
    [DHK_PROCEDURE_BENJAMINI_HOCHBERG] = DHK_ADJUST_BENJAMINI_HOCHBERG,
    [DHK_PROCEDURE_SIDAK] = DHK_ADJUST_SIDAK,
    [DHK_PROCEDURE_LSD] = DHK_ADJUST_NONE,
  };

  return adjustments[procedure];
}

static DhkStatsStatus
conclude_adjusted (const Family *self, DhkPair *pairs, size_t n_pairs)
{
  double critical = get_critical (self), groups = (double) (self->n_groups - 1);
  double *p = calloc (n_pairs, sizeof *p);
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  for (size_t i = 0; p != NULL && i < n_pairs; i++)
    p[i] = pairs[i].p_unadjusted;
  if (p != NULL)
    status = dhk_p_adjust (get_adjustment (self->procedure), p, n_pairs, p);
  for (size_t i = 0; i < n_pairs && status == DHK_STATS_OK; i++)
    if (pairs[i].status == DHK_STATS_OK)
      {
        if (self->procedure == DHK_PROCEDURE_SCHEFFE)
          p[i] = dhk_f_upper (pairs[i].t * pairs[i].t / groups, groups, self->df);
        dhk_pair_conclude (&pairs[i], p[i], critical, self->confidence);
      }
  free (p);
  return status;
}

static void
conclude_tukey (const Family *self, DhkPair *pairs, size_t n_pairs)
{
  DhkStudentizedRange range;
  double critical;

  dhk_studentized_range_init (&range, (int) self->n_groups, self->df);
  critical = dhk_studentized_range_quantile (&range, self->confidence) / M_SQRT2;
  for (size_t i = 0; i < n_pairs; i++)
    if (pairs[i].status == DHK_STATS_OK)
      dhk_pair_conclude (&pairs[i], dhk_studentized_range_upper (&range, pairs[i].q), critical,
                         self->confidence);
}

static DhkStatsStatus
compare_pooled (const Family *self, const DhkGroupMoments *groups, DhkPair *pairs, size_t n_pairs)
{
  for (size_t i = 0; i < n_pairs; i++)
    if (pairs[i].status == DHK_STATS_OK)
      {
        double n_a = (double) groups[pairs[i].a].n, n_b = (double) groups[pairs[i].b].n;

        pairs[i].se = sqrt (self->mse * (1 / n_a + 1 / n_b));
        pairs[i].df = self->df;
        dhk_pair_test (&pairs[i]);
      }
  if (self->procedure != DHK_PROCEDURE_TUKEY)
    return conclude_adjusted (self, pairs, n_pairs);
  conclude_tukey (self, pairs, n_pairs);
  return DHK_STATS_OK;
}

DhkStatsStatus
dhk_tukey_kramer (const DhkSummary *groups,
                  size_t n_groups,
                  double mse,
                  double df,
                  double confidence,
                  DhkPair *pairs)
{
  DhkGroupMoments *moments = calloc (n_groups > 0 ? n_groups : 1, sizeof *moments);
  DhkPool pool;
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;
  Family family = { DHK_PROCEDURE_TUKEY, 0, 0, mse, df, confidence };

  if (moments != NULL)
    {
      for (size_t g = 0; g < n_groups; g++)
        moments[g] = (DhkGroupMoments){ groups[g].n, { groups[g].mean, 0 }, 0 };
      pool = dhk_group_moments_pool (moments, n_groups);
      family.n_groups = pool.n_groups;
      if (!dhk_confidence_is_valid (confidence) || mse < 0
          || pool.n_groups > DHK_STUDENTIZED_RANGE_MAX_MEANS)
        status = DHK_STATS_BAD_ARGUMENT;
      else if (pool.n_groups < 2)
        status = DHK_STATS_TOO_FEW_GROUPS;
      else if (!(df >= 1))
        status = DHK_STATS_TOO_FEW;
      else if (pool.status == DHK_STATS_NOT_FINITE || !isfinite (mse))
        status = DHK_STATS_NOT_FINITE;
      else
        status = mse > 0 ? DHK_STATS_OK : DHK_STATS_NO_VARIANCE;
    }
  pairs_init (pairs, n_groups, status, confidence);
  if (status == DHK_STATS_OK || status == DHK_STATS_NO_VARIANCE)
    pairs_subtract (pairs, moments, n_groups, confidence);
  if (status == DHK_STATS_OK)
    status = compare_pooled (&family, moments, pairs, dhk_pair_count (n_groups));
  free (moments);
  return status;
}

/* Any procedure */

/* Pairs that could not be compared leave their groups without letters, unless
 * the groups are compared with others: then no letters could be right. */
static DhkStatsStatus
find_letters (const DhkPair *pairs,
              const DhkGroupMoments *groups,
              size_t n_groups,
              uint64_t *letters,
              size_t *n_letters)
{
  size_t n_pairs = dhk_pair_count (n_groups);
  bool *differs = calloc (n_pairs + n_groups, sizeof *differs);
  bool *takes_part = differs != NULL ? differs + n_pairs : NULL;
  double *means = calloc (n_groups, sizeof *means);
  DhkStatsStatus status = DHK_STATS_OK;

  if (differs == NULL || means == NULL)
    status = DHK_STATS_NO_MEMORY;
  for (size_t g = 0; g < n_groups && status == DHK_STATS_OK; g++)
    means[g] = dhk_dd_value (groups[g].mean);
  for (size_t i = 0; i < n_pairs && differs != NULL; i++)
    if (pairs[i].status == DHK_STATS_OK)
      {
        differs[i] = pairs[i].differs;
        takes_part[pairs[i].a] = takes_part[pairs[i].b] = true;
      }
  for (size_t i = 0; i < n_pairs && status == DHK_STATS_OK; i++)
    if (takes_part[pairs[i].a] && takes_part[pairs[i].b])
      status = pairs[i].status;
  if (status == DHK_STATS_OK)
    status = dhk_letters_find (differs, takes_part, means, n_groups, letters, n_letters);
  free (differs);
  free (means);
  return status;
}

static DhkPostHocTest
post_hoc_init (DhkProcedure procedure, double confidence)
{
  bool stepwise = procedure == DHK_PROCEDURE_HOLM || procedure == DHK_PROCEDURE_HOCHBERG
                  || procedure == DHK_PROCEDURE_BENJAMINI_HOCHBERG;

  return (DhkPostHocTest){ .procedure = procedure,
                           .interval_procedure = stepwise ? DHK_PROCEDURE_BONFERRONI : procedure,
                           .alpha = 1 - confidence,
                           .pooled_mse = NAN,
                           .pooled_df = NAN };
}

static void
post_hoc_fail (
    DhkPostHocTest *self, DhkStatsStatus status, size_t n_groups, double confidence, DhkPair *pairs)
{
  self->status = self->pooled_status = self->letters_status = status;
  pairs_init (pairs, n_groups, status, confidence);
}

static DhkStatsStatus
compare (DhkPostHocTest *self,
         const DhkGroupMoments *groups,
         size_t n_groups,
         double confidence,
         DhkPair *pairs)
{
  size_t n_pairs = dhk_pair_count (n_groups);
  Family family = { .procedure = self->procedure,
                    .n_groups = self->n_groups,
                    .mse = self->pooled_mse,
                    .df = self->pooled_df,
                    .confidence = confidence };
  DhkStatsStatus first = DHK_STATS_OK;

  for (size_t i = 0; i < n_pairs; i++)
    family.n_tests += pairs[i].status == DHK_STATS_OK;
  if (self->procedure == DHK_PROCEDURE_GAMES_HOWELL)
    dhk_games_howell_compare (groups, n_groups, confidence, pairs, &self->n_groups);
  else if (compare_pooled (&family, groups, pairs, n_pairs) != DHK_STATS_OK)
    return DHK_STATS_NO_MEMORY;

  for (size_t i = 0; i < n_pairs; i++)
    {
      self->n_tests += pairs[i].status == DHK_STATS_OK;
      if (pairs[i].status != DHK_STATS_OK)
        pairs[i].ci.status = pairs[i].status;
      if (pairs[i].status != DHK_STATS_NO_DATA && first == DHK_STATS_OK)
        first = pairs[i].status;
    }
  return self->n_tests > 0 ? DHK_STATS_OK : first;
}

static DhkPostHocTest
post_hoc (DhkProcedure procedure,
          const DhkGroupMoments *groups,
          DhkStatsStatus status,
          size_t n_groups,
          double confidence,
          DhkPair *pairs,
          uint64_t *letters)
{
  DhkPostHocTest result = post_hoc_init (procedure, confidence);
  bool ranged = procedure == DHK_PROCEDURE_TUKEY || procedure == DHK_PROCEDURE_GAMES_HOWELL;
  DhkPool pool = { .status = groups == NULL ? DHK_STATS_NO_MEMORY : status };

  for (size_t g = 0; g < n_groups; g++)
    letters[g] = 0;
  if (!dhk_confidence_is_valid (confidence) || procedure >= DHK_N_PROCEDURES)
    pool.status = DHK_STATS_BAD_ARGUMENT;
  if (pool.status == DHK_STATS_OK)
    {
      pool = dhk_group_moments_pool (groups, n_groups);
      result.n = pool.n;
      result.n_groups = pool.n_groups;
      if (ranged && pool.n_groups > DHK_STUDENTIZED_RANGE_MAX_MEANS)
        pool.status = DHK_STATS_BAD_ARGUMENT;
    }

  post_hoc_fail (&result, pool.status, n_groups, confidence, pairs);
  if (pool.status != DHK_STATS_OK && pool.status != DHK_STATS_TOO_FEW
      && pool.status != DHK_STATS_NO_VARIANCE)
    return result;
  pairs_subtract (pairs, groups, n_groups, confidence);
  result.pooled_mse = pool.mse;
  result.pooled_df = pool.df;
  result.pooled_status = pool.status == DHK_STATS_TOO_FEW ? pool.status : DHK_STATS_OK;
  if (pool.status == DHK_STATS_OK)
    {
      result.status = compare (&result, groups, n_groups, confidence, pairs);
      result.letters_status = result.status;
      if (result.status == DHK_STATS_OK)
        result.letters_status = find_letters (pairs, groups, n_groups, letters, &result.n_letters);
    }
  return result;
}

DhkPostHocTest
dhk_post_hoc (DhkProcedure procedure,
              const double *values,
              const int *group,
              size_t n,
              size_t n_groups,
              double confidence,
              DhkPair *pairs,
              uint64_t *letters)
{
  DhkStatsStatus status;
  DhkGroupMoments *groups = dhk_group_moments_gather (values, group, n, n_groups, &status);
  DhkPostHocTest result
      = post_hoc (procedure, groups, status, n_groups, confidence, pairs, letters);

  free (groups);
  return result;
}

DhkPostHocTest
dhk_post_hoc_from_summary (DhkProcedure procedure,
                           const DhkSummary *summaries,
                           size_t n_groups,
                           double confidence,
                           DhkPair *pairs,
                           uint64_t *letters)
{
  DhkStatsStatus status;
  DhkGroupMoments *groups = dhk_group_moments_from_summaries (summaries, n_groups, &status);
  DhkPostHocTest result
      = post_hoc (procedure, groups, status, n_groups, confidence, pairs, letters);

  free (groups);
  return result;
}
