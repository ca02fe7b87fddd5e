/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-rounding.h"

#include <math.h>

/* Beyond this whole numbers are not exact in a double. */
#define EXACT 9007199254740992.0

static double
power_of_ten (int decimals)
{
  double power = 1;

  while (decimals-- > 0)
    power *= 10;
  return power;
}

static DhkStatsStatus
check_printed (double printed, int decimals)
{
  if (decimals < 0 || decimals > DHK_ROUNDING_MAX_DECIMALS)
    return DHK_STATS_BAD_ARGUMENT;
  return isfinite (printed) ? DHK_STATS_OK : DHK_STATS_NOT_FINITE;
}

/* Twice the number in units of its last decimal: an even whole number, but for the binary form of
 * the decimal. A number with more decimals than it was said to have keeps them. */
static double
half_units (double printed, double power)
{
  double twice = printed * power * 2, whole = 2 * nearbyint (twice / 2);

  return fabs (twice - whole) <= 1e-6 ? whole : twice;
}

DhkEnclosure
dhk_enclosure_undefined (DhkStatsStatus status)
{
  return (DhkEnclosure){ status, NAN, NAN };
}

int
dhk_enclosure_exceeds (double a, double b)
{
  return a - b > 1e-10 * fmax (1, fmax (fabs (a), fabs (b)));
}

DhkEnclosure
dhk_enclosure_make (double low, double high)
{
  if (!isfinite (low) || !isfinite (high))
    return dhk_enclosure_undefined (DHK_STATS_NOT_FINITE);
  if (dhk_enclosure_exceeds (low, high))
    return dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE);
  return (DhkEnclosure){ DHK_STATS_OK, fmin (low, high), fmax (low, high) };
}

DhkEnclosure
dhk_rounding_range (double printed, int decimals)
{
  DhkStatsStatus status = check_printed (printed, decimals);
  double power, twice;

  if (status != DHK_STATS_OK)
    return dhk_enclosure_undefined (status);
  power = power_of_ten (decimals);
  twice = half_units (printed, power);
  return dhk_enclosure_make ((twice - 1) / (2 * power), (twice + 1) / (2 * power));
}

DhkEnclosure
dhk_rounding_range_of_sd (double printed, int decimals)
{
  DhkEnclosure range = dhk_rounding_range (printed, decimals);

  if (range.status == DHK_STATS_OK && printed < 0)
    return dhk_enclosure_undefined (DHK_STATS_BAD_ARGUMENT);
  if (range.status == DHK_STATS_OK && range.low < 0)
    range.low = 0;
  return range;
}

/* ⌈numerator / denominator⌉ of whole numbers; fmod is exact. */
static double
divide_upward (double numerator, double denominator)
{
  double rest = fmod (numerator, denominator);
  double quotient = nearbyint ((numerator - rest) / denominator);

  return rest > 0 ? quotient + 1 : quotient;
}

DhkEnclosure
dhk_rounding_points (double printed, int decimals, double answers, double step)
{
  DhkStatsStatus status = check_printed (printed, decimals);
  double power, twice, low, high, low_exact, high_exact;

  if (status != DHK_STATS_OK)
    return dhk_enclosure_undefined (status);
  if (!(answers >= 1) || !isfinite (answers) || answers > floor (answers) || !(step > 0)
      || !isfinite (step))
    return dhk_enclosure_undefined (DHK_STATS_BAD_ARGUMENT);

  power = power_of_ten (decimals);
  twice = half_units (printed, power);
  low_exact = answers * (twice - 1);
  high_exact = answers * (twice + 1);
  if (step >= 1 && step <= 1 && twice >= floor (twice) && twice <= floor (twice)
      && fmax (fabs (low_exact), fabs (high_exact)) < EXACT)
    {
      low = divide_upward (low_exact, 2 * power);
      high = -divide_upward (-high_exact, 2 * power);
    }
  else
    {
      /* Outward by more than the rounding error: a mean at the very end counts as possible. */
      double slack = 1e-12 * fmax (1, fabs (high_exact) / (2 * power * step));

      low = ceil (low_exact / (2 * power * step) - slack);
      high = floor (high_exact / (2 * power * step) + slack);
    }
  if (!isfinite (low) || !isfinite (high))
    return dhk_enclosure_undefined (DHK_STATS_NOT_FINITE);
  return low > high ? dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE)
                    : (DhkEnclosure){ DHK_STATS_OK, low, high };
}

DhkEnclosure
dhk_rounding_as_printed (DhkEnclosure range, int decimals)
{
  double power;

  if (range.status != DHK_STATS_OK)
    return dhk_enclosure_undefined (range.status);
  if (decimals < 0 || decimals > DHK_ROUNDING_MAX_DECIMALS)
    return dhk_enclosure_undefined (DHK_STATS_BAD_ARGUMENT);
  power = power_of_ten (decimals);
  /* + 0: no "-0" */
  return dhk_enclosure_make (ceil (range.low * power - 0.5 - 1e-9) / power + 0.0,
                             floor (range.high * power + 0.5 + 1e-9) / power + 0.0);
}
