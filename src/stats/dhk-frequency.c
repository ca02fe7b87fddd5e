/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-frequency.h"

#include "stats/dhk-full-description-private.h"

DhkFrequencies
dhk_frequencies (const double *values, const double *weight, size_t n, DhkFrequency *table)
{
  DhkWeightedValues sorted = dhk_weighted_collect (values, weight, n);
  DhkFrequencies result = { sorted.status,
                            sorted.weighting,
                            sorted.n_left_out,
                            0,
                            dhk_dd_value (sorted.n),
                            sorted.n_missing,
                            NAN };
  double valid = result.n, all = result.n + result.n_missing;

  if (all > 0)
    result.missing_percent = 100 * (result.n_missing / all);
  if (sorted.status == DHK_STATS_OK)
    {
      for (size_t i = 0; i < sorted.n_values; i++)
        {
          const DhkWeightedValue *it = &sorted.values[i];

          table[i] = (DhkFrequency){ it->value, it->weight, 100 * (it->weight / all),
                                     100 * (it->weight / valid), 100 * (it->up_to / valid) };
        }
      result.n_values = sorted.n_values;
    }
  dhk_weighted_clear (&sorted);
  return result;
}

DhkMode
dhk_mode_of (const DhkWeightedValues *self)
{
  DhkMode result = { self->status, NAN, NAN, 0 };
  double most = 0, close;

  if (self->status != DHK_STATS_OK)
    return result;
  for (size_t i = 0; i < self->n_values; i++)
    most = fmax (most, self->values[i].weight);
  close = most * (1 - 4 * DBL_EPSILON);
  for (size_t i = 0; i < self->n_values; i++)
    if (self->values[i].weight >= close && result.n_modes++ == 0)
      {
        result.value = self->values[i].value;
        result.count = self->values[i].weight;
      }
  return result;
}

DhkMode
dhk_mode (const double *values, const double *weight, size_t n)
{
  DhkWeightedValues sorted = dhk_weighted_collect (values, weight, n);
  DhkMode result = dhk_mode_of (&sorted);

  dhk_weighted_clear (&sorted);
  return result;
}
