/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The door to LAPACK: decompositions give their matrix back, and what is
 * wrong with a matrix is said.
 */

#include "stats/dhk-linear.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define ROWS 9
#define COLUMNS 4
#define EPSILON 1e-13

static void
fill (double *a, gsize n, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < n; i++)
    a[i] = g_rand_double_range (random, -1, 1);
}

/* A'A of random rows: positive definite */
static void
fill_symmetric (double *a, guint32 seed)
{
  double rows[ROWS * COLUMNS];

  fill (rows, ROWS * COLUMNS, seed);
  for (gsize j = 0; j < COLUMNS; j++)
    for (gsize k = 0; k < COLUMNS; k++)
      {
        a[j + k * COLUMNS] = 0;
        for (gsize i = 0; i < ROWS; i++)
          a[j + k * COLUMNS] += rows[i + j * ROWS] * rows[i + k * ROWS];
      }
}

static void
eigenvectors_turn_into_multiples (void)
{
  double a[COLUMNS * COLUMNS], vectors[COLUMNS * COLUMNS], alone[COLUMNS * COLUMNS];
  double values[COLUMNS], again[COLUMNS];

  fill_symmetric (a, 1);
  memcpy (vectors, a, sizeof a);
  memcpy (alone, a, sizeof a);
  g_assert_cmpint (dhk_linear_eigen (vectors, COLUMNS, values), ==, DHK_STATS_OK);
  g_assert_cmpint (dhk_linear_eigenvalues (alone, COLUMNS, again), ==, DHK_STATS_OK);
  for (gsize k = 0; k < COLUMNS; k++)
    {
      double largest = 0;

      g_assert_cmpfloat_with_epsilon (values[k], again[k], EPSILON);
      if (k > 0)
        g_assert_cmpfloat (values[k], <=, values[k - 1]);
      for (gsize i = 0; i < COLUMNS; i++)
        {
          double sum = 0;

          for (gsize j = 0; j < COLUMNS; j++)
            sum += a[i + j * COLUMNS] * vectors[j + k * COLUMNS];
          g_assert_cmpfloat_with_epsilon (sum, values[k] * vectors[i + k * COLUMNS], EPSILON);
          if (fabs (vectors[i + k * COLUMNS]) > fabs (largest))
            largest = vectors[i + k * COLUMNS];
        }
      g_assert_cmpfloat (largest, >, 0);
    }
}

static void
inverse_times_matrix_is_one (void)
{
  double a[COLUMNS * COLUMNS], inverse[COLUMNS * COLUMNS], factor[COLUMNS * COLUMNS];
  double b[COLUMNS] = { 1, 2, 3, 4 }, values[COLUMNS], product = 0;

  fill_symmetric (a, 2);
  memcpy (inverse, a, sizeof a);
  memcpy (factor, a, sizeof a);
  g_assert_cmpint (dhk_linear_invert (inverse, COLUMNS), ==, DHK_STATS_OK);
  g_assert_cmpint (dhk_linear_cholesky (factor, COLUMNS), ==, DHK_STATS_OK);
  dhk_linear_cholesky_solve (factor, COLUMNS, b, 1);
  for (gsize i = 0; i < COLUMNS; i++)
    {
      double solved = 0;

      for (gsize j = 0; j < COLUMNS; j++)
        {
          double sum = 0;

          for (gsize k = 0; k < COLUMNS; k++)
            sum += inverse[i + k * COLUMNS] * a[k + j * COLUMNS];
          g_assert_cmpfloat_with_epsilon (sum, i == j ? 1.0 : 0.0, EPSILON);
          solved += a[i + j * COLUMNS] * b[j];
          if (j > i)
            g_assert_cmpfloat (factor[i + j * COLUMNS], ==, 0);
        }
      g_assert_cmpfloat_with_epsilon (solved, (double) (i + 1), EPSILON);
    }
  product = dhk_linear_cholesky_log_determinant (factor, COLUMNS);
  g_assert_cmpint (dhk_linear_eigenvalues (a, COLUMNS, values), ==, DHK_STATS_OK);
  for (gsize k = 0; k < COLUMNS; k++)
    product -= log (values[k]);
  g_assert_cmpfloat_with_epsilon (product, 0, EPSILON);
}

static void
qr_solves_least_squares (void)
{
  double a[ROWS * COLUMNS], b[ROWS], kept[ROWS], x[COLUMNS];
  DhkLinearQr qr;

  fill (a, ROWS * COLUMNS, 3);
  fill (b, ROWS, 4);
  memcpy (kept, b, sizeof b);
  g_assert_cmpint (dhk_linear_qr (&qr, a, ROWS, COLUMNS), ==, DHK_STATS_OK);
  dhk_linear_qr_apply (&qr, b, true);
  memcpy (x, b, sizeof x);
  dhk_linear_qr_solve (&qr, x, false);
  dhk_linear_qr_apply (&qr, b, false);
  for (gsize i = 0; i < ROWS; i++)
    g_assert_cmpfloat_with_epsilon (b[i], kept[i], EPSILON);
  for (gsize k = 0; k < COLUMNS; k++)
    for (gsize i = 0; i < ROWS; i++)
      kept[i] -= a[i + (gsize) qr.pivot[k] * ROWS] * x[k];
  for (gsize j = 0; j < COLUMNS; j++)
    {
      double sum = 0;

      for (gsize i = 0; i < ROWS; i++)
        sum += a[i + j * ROWS] * kept[i];
      g_assert_cmpfloat_with_epsilon (sum, 0, EPSILON);
    }
  dhk_linear_qr_clear (&qr);
}

static void
singular_values_are_roots_of_eigenvalues (void)
{
  double a[ROWS * COLUMNS], squares[COLUMNS * COLUMNS], values[COLUMNS], roots[COLUMNS];

  fill (a, ROWS * COLUMNS, 5);
  fill_symmetric (squares, 5);
  g_assert_cmpint (dhk_linear_singular_values (a, ROWS, COLUMNS, values), ==, DHK_STATS_OK);
  g_assert_cmpint (dhk_linear_eigenvalues (squares, COLUMNS, roots), ==, DHK_STATS_OK);
  for (gsize k = 0; k < COLUMNS; k++)
    g_assert_cmpfloat_with_epsilon (values[k], sqrt (roots[k]), EPSILON);
}

static void
what_is_wrong_is_said (void)
{
  double one[] = { 1, 1, 1, 1 }, negative[] = { 1, 0, 0, -1 }, values[2];
  double infinite[] = { 1, INFINITY, INFINITY, 1 }, nothing[] = { 1, NAN, NAN, 1 };
  double large[] = { 1 };
  DhkLinearQr qr;

  g_assert_cmpint (dhk_linear_cholesky (one, 2), ==, DHK_STATS_SINGULAR);
  g_assert_cmpint (dhk_linear_invert (negative, 2), ==, DHK_STATS_SINGULAR);
  g_assert_cmpint (dhk_linear_eigen (infinite, 2, values), ==, DHK_STATS_NOT_FINITE);
  g_assert_cmpint (dhk_linear_cholesky (nothing, 2), ==, DHK_STATS_NOT_FINITE);
  g_assert_cmpint (dhk_linear_singular_values (nothing, 2, 2, values), ==, DHK_STATS_NOT_FINITE);
  g_assert_cmpint (dhk_linear_qr (&qr, nothing, 2, 2), ==, DHK_STATS_NOT_FINITE);
  g_assert_cmpint (dhk_linear_qr (&qr, large, 1, 2), ==, DHK_STATS_TOO_FEW);
  g_assert_null (qr.qr);
  g_assert_cmpint (dhk_linear_eigen (large, (gsize) 1 << 32, values), ==, DHK_STATS_TOO_LARGE);
  g_assert_cmpint (dhk_linear_eigen (NULL, 0, NULL), ==, DHK_STATS_OK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(name) g_test_add_func ("/stats/linear/" #name, name)
  add (eigenvectors_turn_into_multiples);
  add (inverse_times_matrix_is_one);
  add (qr_solves_least_squares);
  add (singular_values_are_roots_of_eigenvalues);
  add (what_is_wrong_is_said);
  return g_test_run ();
}
