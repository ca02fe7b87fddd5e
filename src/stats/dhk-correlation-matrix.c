/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-correlation-matrix.h"

#include "stats/dhk-complete-cases.h"
#include "stats/dhk-correlation.h"
#include "stats/dhk-p-adjust.h"
#include "stats/dhk-rank-correlation.h"

#include <stdlib.h>

const char *const dhk_correlation_method_names[] = { "pearson", "spearman", "kendall", NULL };

static DhkCorrelationPair
correlate (
    DhkCorrelationMethod method, const double *x, const double *y, size_t n, double confidence)
{
  DhkCorrelationPair pair;

  switch (method)
    {
    case DHK_CORRELATE_SPEARMAN:
      {
        DhkSpearman s = dhk_spearman (x, y, n, confidence);

        pair = (DhkCorrelationPair){ s.status, 0, 0, s.n, s.rho, s.p, s.p, s.fieller_ci };
        break;
      }
    case DHK_CORRELATE_KENDALL:
      {
        DhkKendall k = dhk_kendall (x, y, n, confidence);

        pair = (DhkCorrelationPair){ k.status, 0, 0, k.n, k.tau, k.p, k.p, k.ci };
        break;
      }
    case DHK_CORRELATE_PEARSON:
    default:
      {
        DhkCorrelation c = dhk_pearson (x, y, n, confidence);

        pair = (DhkCorrelationPair){ c.status, 0, 0, c.n, c.r, c.p, c.p, c.ci };
        break;
      }
    }
  return pair;
}

static DhkStatsStatus
adjust (DhkCorrelationPair *pairs, size_t n_pairs)
{
  double *p = calloc (n_pairs, sizeof *p);
  DhkStatsStatus status;

  if (p == NULL)
    return DHK_STATS_NO_MEMORY;
  for (size_t i = 0; i < n_pairs; i++)
    p[i] = pairs[i].status == DHK_STATS_PERFECT_FIT ? 0 : pairs[i].p;
  status = dhk_holm (p, n_pairs, p);
  for (size_t i = 0; status == DHK_STATS_OK && i < n_pairs; i++)
    if (pairs[i].status == DHK_STATS_OK)
      pairs[i].p_adjusted = p[i];
  free (p);
  return status;
}

DhkCorrelationMatrix
dhk_correlation_matrix (DhkCorrelationMethod method,
                        const double *const *columns,
                        size_t n_columns,
                        size_t n,
                        bool listwise,
                        bool holm,
                        double confidence,
                        DhkCorrelationPair *pairs)
{
  DhkCorrelationMatrix result = { .status = DHK_STATS_OK, .n_columns = n_columns, .n_rows = n };
  double *complete;
  size_t length;

  if (!dhk_confidence_is_valid (confidence))
    result.status = DHK_STATS_BAD_ARGUMENT;
  else if (n_columns < 2)
    result.status = DHK_STATS_TOO_FEW_ITEMS;
  if (result.status != DHK_STATS_OK)
    return result;
  complete = dhk_complete_cases_copy (columns, n_columns, n, &result.n_complete);
  if (complete == NULL)
    {
      result.status = DHK_STATS_NO_MEMORY;
      return result;
    }
  length = listwise ? result.n_complete : n;
  for (size_t a = 0; a < n_columns; a++)
    for (size_t b = a + 1; b < n_columns; b++)
      {
        DhkCorrelationPair *pair = &pairs[result.n_pairs++];

        *pair = correlate (method, listwise ? complete + a * length : columns[a],
                           listwise ? complete + b * length : columns[b], length, confidence);
        pair->a = a;
        pair->b = b;
        result.n_defined += isnan (pair->r) ? 0 : 1;
      }
  free (complete);
  if (holm)
    result.status = adjust (pairs, result.n_pairs);
  return result;
}
