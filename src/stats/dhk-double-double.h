/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Sums with twice the precision of a double (inside this library only).
 *
 * A number is the unevaluated sum hi + lo of two doubles, about 32 digits.
 * That is what NIST's hard sets need: values of 1e12 that differ in the first
 * decimal. A mean is kept in this form; a deviation from it is then right to
 * the last bit of a double, and sums of squares and products of deviations
 * are accumulated in this form again.
 *
 * Sources: T. J. Dekker, Numerische Mathematik 18 (1971) 224–242; D. E. Knuth,
 * The Art of Computer Programming 2, 4.2.2, theorem B (TwoSum); T. Ogita,
 * S. M. Rump, S. Oishi, SIAM J. Sci. Comput. 26 (2005) 1955–1988.
 *
 * The product uses fma (), so that neither a compiler that contracts
 * expressions nor one that does not can change the result.
 */

#include <float.h>
#include <math.h>

#if defined(__FAST_MATH__)
#  error "TwoSum is optimised away by -ffast-math"
#endif
#if FLT_EVAL_METHOD != 0
#  error "TwoSum needs doubles that are evaluated as doubles"
#endif

typedef struct
{
  double hi;
  double lo;
} DhkDoubleDouble;

/* a + b exactly */
static inline DhkDoubleDouble
dhk_dd_two_sum (double a, double b)
{
  double sum = a + b;
  double part = sum - a;

  return (DhkDoubleDouble){ sum, (a - (sum - part)) + (b - part) };
}

/* a + b exactly, where |a| ≥ |b| */
static inline DhkDoubleDouble
dhk_dd_fast_two_sum (double a, double b)
{
  double sum = a + b;

  return (DhkDoubleDouble){ sum, b - (sum - a) };
}

static inline DhkDoubleDouble
dhk_dd_add (DhkDoubleDouble sum, double x)
{
  DhkDoubleDouble s = dhk_dd_two_sum (sum.hi, x);

  return dhk_dd_fast_two_sum (s.hi, s.lo + sum.lo);
}

/* sum + x·y, the product taken exactly */
static inline DhkDoubleDouble
dhk_dd_add_product (DhkDoubleDouble sum, double x, double y)
{
  double product = x * y;
  double error = fma (x, y, -product);
  DhkDoubleDouble s = dhk_dd_two_sum (sum.hi, product);

  return dhk_dd_fast_two_sum (s.hi, s.lo + (sum.lo + error));
}

static inline DhkDoubleDouble
dhk_dd_add_dd (DhkDoubleDouble a, DhkDoubleDouble b)
{
  DhkDoubleDouble s = dhk_dd_two_sum (a.hi, b.hi);
  DhkDoubleDouble t = dhk_dd_two_sum (a.lo, b.lo);

  s = dhk_dd_fast_two_sum (s.hi, s.lo + t.hi);
  return dhk_dd_fast_two_sum (s.hi, s.lo + t.lo);
}

static inline DhkDoubleDouble
dhk_dd_multiply (DhkDoubleDouble a, DhkDoubleDouble b)
{
  double product = a.hi * b.hi;
  double error = fma (a.hi, b.hi, -product);

  return dhk_dd_fast_two_sum (product, error + (a.hi * b.lo + a.lo * b.hi));
}

static inline DhkDoubleDouble
dhk_dd_divide (DhkDoubleDouble a, double divisor)
{
  double quotient = a.hi / divisor;
  double rest = fma (-quotient, divisor, a.hi) + a.lo;

  return dhk_dd_fast_two_sum (quotient, rest / divisor);
}

static inline DhkDoubleDouble
dhk_dd_scale (DhkDoubleDouble a, double factor)
{
  double product = a.hi * factor;
  double error = fma (a.hi, factor, -product);

  return dhk_dd_fast_two_sum (product, error + a.lo * factor);
}

static inline DhkDoubleDouble
dhk_dd_negate (DhkDoubleDouble a)
{
  return (DhkDoubleDouble){ -a.hi, -a.lo };
}

static inline DhkDoubleDouble
dhk_dd_subtract (DhkDoubleDouble a, DhkDoubleDouble b)
{
  return dhk_dd_add_dd (a, dhk_dd_negate (b));
}

/* a / b: a quotient of doubles, and two corrections of what it leaves */
static inline DhkDoubleDouble
dhk_dd_divide_dd (DhkDoubleDouble a, DhkDoubleDouble b)
{
  double first = a.hi / b.hi, second;
  DhkDoubleDouble rest = dhk_dd_subtract (a, dhk_dd_scale (b, first));

  second = rest.hi / b.hi;
  rest = dhk_dd_subtract (rest, dhk_dd_scale (b, second));
  return dhk_dd_add (dhk_dd_fast_two_sum (first, second), rest.hi / b.hi);
}

/* x − mean, rounded once */
static inline double
dhk_dd_deviation (double x, DhkDoubleDouble mean)
{
  DhkDoubleDouble d = dhk_dd_two_sum (x, -mean.hi);

  return d.hi + (d.lo - mean.lo);
}

static inline double
dhk_dd_value (DhkDoubleDouble a)
{
  return a.hi + a.lo;
}
