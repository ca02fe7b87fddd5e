/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The distributions against a second method and against known values, over
 * arguments that no caller should send, and in silence: Rmath prints its
 * complaints to standard output.
 */

#include "stats/dhk-distribution.h"

#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static const double wild[]
    = { NAN, INFINITY, -INFINITY, 0,     -0.0,  1e-320, 1e-300, 1e-30,  1e-9,     0.05,
        0.3, 0.5,      0.999,     1,     1.5,   2,      3.7,    30,     479,      1e5,
        1e9, 1e15,     1e100,     1e308, -1e-9, -1,     -30,    -1e308, 1 - 1e-16 };

/* Five-point Gauss–Legendre on many panels: slow, and unlike the library. */
typedef double (*Integrand) (double x, const double *parameters);

static double
integrate (Integrand f, const double *parameters, double low, double high, int n_panels)
{
  double inner = sqrt (5 - 2 * sqrt (10. / 7)) / 3, outer = sqrt (5 + 2 * sqrt (10. / 7)) / 3;
  double w_inner = (322 + 13 * sqrt (70)) / 900, w_outer = (322 - 13 * sqrt (70)) / 900;
  double half = (high - low) / n_panels / 2, sum = 0;

  for (int i = 0; i < n_panels; i++)
    {
      double middle = low + (2 * i + 1) * half;

      sum += 128. / 225 * f (middle, parameters)
             + w_inner
                   * (f (middle - half * inner, parameters) + f (middle + half * inner, parameters))
             + w_outer
                   * (f (middle - half * outer, parameters)
                      + f (middle + half * outer, parameters));
    }
  return sum * half;
}

/* k φ(z) [Φ(z) − Φ(z − w)]^(k − 1); parameters w, k */
static double
largest_value (double z, const double *parameters)
{
  double between = 0.5 * (erf (z / M_SQRT2) - erf ((z - parameters[0]) / M_SQRT2));

  return parameters[1] * exp (-z * z / 2) / sqrt (2 * M_PI) * pow (between, parameters[1] - 1);
}

/* density of χ/√df at s times P(range > q s); parameters q, k, df */
static double
scaled_range (double s, const double *parameters)
{
  double df = parameters[2], range[] = { parameters[0] * s, parameters[1] };
  double log_density
      = log (2) + df / 2 * log (df / 2) - lgamma (df / 2) + (df - 1) * log (s) - df * s * s / 2;

  return exp (log_density) * (1 - integrate (largest_value, range, -9, 9, 60));
}

static void
studentized_range_is_right_to_twelve_digits (void)
{
  const double dfs[] = { 2, 3, 5, 10, 14, 30, 120 };
  const double qs[] = { 0.5, 2, 3.5, 6, 12 };
  const int ks[] = { 3, 4, 7, 20 };
  double worst = 0;

  for (gsize d = 0; d < G_N_ELEMENTS (dfs); d++)
    for (gsize i = 0; i < G_N_ELEMENTS (qs); i++)
      for (gsize j = 0; j < G_N_ELEMENTS (ks); j++)
        {
          double parameters[] = { qs[i], ks[j], dfs[d] };
          double expected = integrate (scaled_range, parameters, 0, 1 + 9 / sqrt (dfs[d]), 120);
          double error = fabs (dhk_ptukey_upper (qs[i], ks[j], dfs[d]) - expected);

          if (error > 1e-12)
            g_test_message ("q %g k %d df %g: off by %g", qs[i], ks[j], dfs[d], error);
          worst = fmax (worst, error);
        }
  g_test_message ("largest difference %.2g", worst);
  g_assert_cmpfloat (worst, <=, 1e-12);
}

/* Known in closed form: Cauchy's distribution, F with two degrees of freedom. */
static void
closed_forms_agree (void)
{
  for (double t = 0.1; t < 1e6; t *= 3)
    g_assert_cmpfloat_with_epsilon (dhk_t_two_sided (t, 1), 2 / G_PI * atan2 (1, t), 1e-14);
  for (double f = 0.1; f < 1e4; f *= 3)
    g_assert_cmpfloat_with_epsilon (dhk_f_upper (f, 2, 10), pow (1 + f / 5, -5), 1e-14);
  g_assert_cmpfloat_with_epsilon (dhk_f_quantile (0.95, 2, 10), 5 * (pow (0.05, -0.2) - 1), 1e-13);
  g_assert_cmpfloat_with_epsilon (dhk_chi_squared_upper (4, 2), exp (-2), 1e-15);
  g_assert_cmpfloat_with_epsilon (dhk_chi_squared_quantile (0.95, 2), -2 * log (0.05), 1e-13);
  /* Γ(1/2) = √π, Γ(1) = 1 */
  g_assert_cmpfloat_with_epsilon (dhk_hedges_correction (2), 1 / sqrt (G_PI), 1e-15);
  g_assert_cmpfloat_with_epsilon (dhk_hedges_correction (1e9), 1 - 3 / (4e9 - 1), 1e-15);
}

static void
outside_the_range_is_nan (void)
{
  g_assert_true (isnan (dhk_normal_quantile (0)) && isnan (dhk_normal_quantile (1)));
  g_assert_true (isnan (dhk_t_two_sided (1, 0.99)) && isnan (dhk_t_quantile (0.5, 0)));
  g_assert_true (isnan (dhk_chi_squared_upper (1, 0)) && isnan (dhk_chi_squared_quantile (-1, 3)));
  g_assert_true (isnan (dhk_f_upper (1, 0, 5)) && isnan (dhk_f_quantile (0.5, 2, 0.5)));
  g_assert_true (isnan (dhk_ptukey_upper (3, 1, 10)) && isnan (dhk_ptukey_upper (3, 1001, 10)));
  g_assert_true (isnan (dhk_ptukey_upper (3, 3, NAN)) && isnan (dhk_qtukey (1, 3, 10)));
  g_assert_true (isnan (dhk_hedges_correction (1)));
  g_assert_cmpfloat (dhk_f_upper (-1, 2, 5), ==, 1);
  g_assert_cmpfloat (dhk_ptukey_upper (-1, 4, 5), ==, 1);
  g_assert_cmpfloat (dhk_ptukey_upper (INFINITY, 4, 5), ==, 0);
}

static void
assert_probability (double p)
{
  g_assert_true (isnan (p) || (p >= 0 && p <= 1));
}

/* All pairs of wild arguments */
static void
call_everything (void)
{
  const int ks[] = { -1, 0, 1, 2, 3, 4, 17, 1000, 1001 };

  for (gsize i = 0; i < G_N_ELEMENTS (wild); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (wild); j++)
      {
        double a = wild[i], b = wild[j];

        assert_probability (dhk_normal_upper (a));
        dhk_normal_quantile (a);
        dhk_hedges_correction (a);
        assert_probability (dhk_t_two_sided (a, b));
        dhk_t_quantile (a, b);
        assert_probability (dhk_chi_squared_upper (a, b));
        dhk_chi_squared_quantile (a, b);
        for (gsize k = 0; k < G_N_ELEMENTS (wild); k++)
          {
            assert_probability (dhk_f_upper (a, b, wild[k]));
            dhk_f_quantile (a, b, wild[k]);
          }
        for (gsize k = 0; k < (j % 6 == 0 ? G_N_ELEMENTS (ks) : 6); k++)
          {
            assert_probability (dhk_ptukey_upper (a, ks[k], b));
            if (ks[k] < 100)
              dhk_qtukey (a, ks[k], b);
          }
      }
}

static void
nothing_is_printed (void)
{
  int capture = memfd_create ("stdout", 0), kept;
  off_t size;

  g_assert_cmpint (capture, >=, 0);
  fflush (stdout);
  kept = dup (STDOUT_FILENO);
  dup2 (capture, STDOUT_FILENO);
  call_everything ();
  fflush (stdout);
  dup2 (kept, STDOUT_FILENO);
  size = lseek (capture, 0, SEEK_END);
  if (size > 0)
    {
      char text[400] = "";

      g_assert_cmpint (pread (capture, text, sizeof text - 1, 0), >, 0);
      g_test_message ("printed: %s", text);
    }
  close (kept);
  close (capture);
  g_assert_cmpint (size, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/distribution/studentized_range_is_right_to_twelve_digits",
                   studentized_range_is_right_to_twelve_digits);
  g_test_add_func ("/stats/distribution/closed_forms_agree", closed_forms_agree);
  g_test_add_func ("/stats/distribution/outside_the_range_is_nan", outside_the_range_is_nan);
  g_test_add_func ("/stats/distribution/nothing_is_printed", nothing_is_printed);
  return g_test_run ();
}
