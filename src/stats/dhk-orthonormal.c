/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-orthonormal.h"

#include "stats/dhk-least-squares.h"
#include "stats/dhk-linear.h"

#include <stdlib.h>

void
dhk_orthonormal_clear (DhkOrthonormal *self)
{
  free (self->q);
  free (self->factor);
  *self = (DhkOrthonormal){ 0, 0, NULL, NULL };
}

static DhkStatsStatus
find_factor (DhkOrthonormal *self, const DhkDesign *design)
{
  size_t p = design->p;
  DhkLeastSquares fit;
  DhkStatsStatus status = dhk_least_squares_fit (&fit, design, p);

  if (status != DHK_STATS_OK)
    return status;
  for (size_t i = 0; i < p * p; i++)
    self->factor[i] = dhk_dd_value (fit.inverse[i]);
  dhk_least_squares_clear (&fit);
  status = dhk_linear_cholesky (self->factor, p);
  for (size_t i = 0; i < p * p; i++)
    self->factor[i] *= sqrt ((double) self->n);
  return status;
}

static void
turn_rows (DhkOrthonormal *self, const DhkDesign *design)
{
  size_t p = design->p;

  for (size_t i = 0; i < self->n; i++)
    {
      double *q = self->q + i * self->m;

      q[0] = 1;
      for (size_t j = 0; j < p; j++)
        {
          double z
              = dhk_dd_value (dhk_dd_subtract (dhk_design_get (design, i, j), design->mean[j]));

          for (size_t k = 0; k <= j; k++)
            q[k + 1] += self->factor[j + k * p] * z;
        }
    }
}

DhkStatsStatus
dhk_orthonormal_init (DhkOrthonormal *self, const DhkDesign *design)
{
  size_t m = design->p + 1;
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  *self = (DhkOrthonormal){ design->n, m, NULL, NULL };
  if (design->n <= m)
    return DHK_STATS_TOO_FEW;
  self->q = design->n > (size_t) -1 / m ? NULL : calloc (design->n * m, sizeof (double));
  self->factor = calloc (m * m, sizeof (double));
  if (self->q != NULL && self->factor != NULL)
    status = design->p == 0 ? DHK_STATS_OK : find_factor (self, design);
  if (status == DHK_STATS_OK)
    turn_rows (self, design);
  else
    dhk_orthonormal_clear (self);
  return status;
}

void
dhk_orthonormal_get_weights (const DhkOrthonormal *self,
                             const DhkDesign *design,
                             size_t term,
                             double *weights)
{
  size_t p = self->m - 1;

  weights[0] = term == p ? 1 : 0;
  for (size_t k = 0; k < p; k++)
    {
      DhkDoubleDouble sum = { 0, 0 };

      for (size_t j = k; term == p && j < p; j++)
        sum = dhk_dd_subtract (sum, dhk_dd_scale (design->location[j], self->factor[j + k * p]));
      weights[k + 1] = term == p ? dhk_dd_value (sum) : self->factor[term + k * p];
    }
}
