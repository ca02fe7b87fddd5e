/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Linear algebra (inside this library only): the only door to LAPACK.
 *
 * Matrices are column-major without gaps: element (i, j) of a matrix with m
 * rows is a[i + j·m]. Arguments are checked before LAPACK sees them, because it
 * prints its complaints and may run forever on NaN; work space is allocated
 * here, so that a failure is a status. Everything may run in several threads.
 *
 * Statuses: DHK_STATS_OK; NOT_FINITE (an element is infinite or NaN), SINGULAR,
 * NO_CONVERGENCE, NO_MEMORY, TOO_LARGE (more elements than LAPACK can count).
 * With any but OK the contents of what is filled are of no use.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-status.h"

/* Symmetric matrices */

/*
 * dhk_linear_eigen:
 * Replaces the symmetric `a` (n × n, both triangles) by its eigenvectors, one
 * column each of length 1, and fills `values` with the eigenvalues, largest
 * first. The element of a vector that is largest in size is positive, so that
 * the signs do not depend on the machine.
 *
 * Formula: a v = λ v, by tridiagonal QL/QR iteration (dsyev).
 * Source: E. Anderson et al., LAPACK Users' Guide (3rd ed., 1999) 2.4.
 * Units: those of a.
 * Smallest n: 0.
 * Undefined: NOT_FINITE, NO_CONVERGENCE, NO_MEMORY, TOO_LARGE.
 */
DhkStatsStatus dhk_linear_eigen (double *a, size_t n, double *values);

/*
 * dhk_linear_eigenvalues:
 * The eigenvalues alone; `a` is destroyed.
 *
 * Formula: as dhk_linear_eigen.
 * Source: as dhk_linear_eigen.
 * Units: those of a.
 * Smallest n: 0.
 * Undefined: as dhk_linear_eigen.
 */
DhkStatsStatus dhk_linear_eigenvalues (double *a, size_t n, double *values);

/*
 * dhk_linear_cholesky:
 * Replaces the symmetric positive definite `a` by its lower Cholesky factor;
 * the upper triangle becomes zero. Only the lower triangle is read.
 *
 * Formula: a = L L'. SINGULAR where a pivot is not above n · 2⁻⁵² of the
 * diagonal element that it came from: what is left is rounding.
 * Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms (2nd
 * ed., 2002) chapter 10.
 * Units: the root of those of a.
 * Smallest n: 0.
 * Undefined: NOT_FINITE, SINGULAR, TOO_LARGE.
 */
DhkStatsStatus dhk_linear_cholesky (double *a, size_t n);

/*
 * dhk_linear_cholesky_solve:
 * Replaces the n_b columns of `b` by the solutions of L L' x = b.
 *
 * Formula: forward and back substitution (dpotrs).
 * Source: as dhk_linear_cholesky.
 * Units: those of b divided by those of a.
 * Smallest n: 0.
 * Undefined: never; `factor` is what dhk_linear_cholesky() left.
 */
void dhk_linear_cholesky_solve (const double *factor, size_t n, double *b, size_t n_b);

/*
 * dhk_linear_cholesky_invert:
 * Replaces the factor by the inverse of a, both triangles.
 *
 * Formula: (L L')⁻¹ (dpotri).
 * Source: as dhk_linear_cholesky.
 * Units: the reciprocal of those of a.
 * Smallest n: 0.
 * Undefined: never; `factor` is what dhk_linear_cholesky() left.
 */
void dhk_linear_cholesky_invert (double *factor, size_t n);

/*
 * dhk_linear_cholesky_log_determinant:
 * The natural logarithm of the determinant of a.
 *
 * Formula: 2 Σ ln L_jj.
 * Source: as dhk_linear_cholesky.
 * Units: none.
 * Smallest n: 0, the answer being 0.
 * Undefined: never; `factor` is what dhk_linear_cholesky() left.
 */
double dhk_linear_cholesky_log_determinant (const double *factor, size_t n);

/*
 * dhk_linear_invert:
 * Replaces a symmetric positive definite matrix by its inverse.
 *
 * Formula: dhk_linear_cholesky, then dhk_linear_cholesky_invert.
 * Source: as dhk_linear_cholesky.
 * Units: the reciprocal of those of a.
 * Smallest n: 0.
 * Undefined: as dhk_linear_cholesky.
 */
DhkStatsStatus dhk_linear_invert (double *a, size_t n);

/* Rectangular matrices */

/* A = Q R P': what dhk_linear_qr() makes and dhk_linear_qr_clear() gives back. */
typedef struct
{
  size_t n_rows;
  size_t n_columns;
  double *qr;  /* n_rows × n_columns: R above the diagonal, the reflections that make Q below */
  double *tau; /* n_columns */
  int *pivot;  /* column k of A P is column pivot[k] of A, counted from 0 */
} DhkLinearQr;

/*
 * dhk_linear_qr:
 * The QR decomposition with column pivoting of `a` (n_rows × n_columns, at
 * least as many rows as columns), which is left as it is.
 *
 * Formula: A P = Q R by Householder reflections, |R_11| ≥ |R_22| ≥ … (dgeqp3).
 * The rank is for the caller to judge, from the diagonal of R.
 * Source: G. Quintana-Ortí, X. Sun, C. H. Bischof, SIAM J. Sci. Comput. 19
 * (1998) 1486–1494.
 * Units: R has those of A.
 * Smallest n: n_rows ≥ n_columns ≥ 1.
 * Undefined: NOT_FINITE, NO_MEMORY, TOO_LARGE; TOO_FEW (fewer rows than
 * columns). `self` is then empty.
 */
DhkStatsStatus dhk_linear_qr (DhkLinearQr *self, const double *a, size_t n_rows, size_t n_columns);

/*
 * dhk_linear_qr_clear:
 * Gives the memory back; `self` is empty again.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_linear_qr_clear (DhkLinearQr *self);

/*
 * dhk_linear_qr_apply:
 * Replaces `b` (length n_rows) by Q b, or by Q' b where `transposed`.
 *
 * Formula: b − τ v (v'b) for one reflection after another.
 * Source: as dhk_linear_qr.
 * Units: those of b.
 * Smallest n: as dhk_linear_qr.
 * Undefined: never.
 */
void dhk_linear_qr_apply (const DhkLinearQr *self, double *b, bool transposed);

/*
 * dhk_linear_qr_solve:
 * Replaces `b` (length n_columns) by the solution x of R x = b, or of R' x = b
 * where `transposed`. The order is that of the pivoted columns.
 *
 * Formula: back or forward substitution.
 * Source: as dhk_linear_qr.
 * Units: those of b divided by those of A.
 * Smallest n: as dhk_linear_qr.
 * Undefined: infinite or NaN where a diagonal element of R is zero.
 */
void dhk_linear_qr_solve (const DhkLinearQr *self, double *b, bool transposed);

/*
 * dhk_linear_singular_values:
 * Fills `values` (length min (n_rows, n_columns)) with the singular values of
 * `a`, largest first; `a` is destroyed.
 *
 * Formula: the roots of the eigenvalues of A'A, by QR iteration on A's
 * bidiagonal form (dgesvd), without forming A'A.
 * Source: G. H. Golub, C. Reinsch, Numerische Mathematik 14 (1970) 403–420.
 * Units: those of a.
 * Smallest n: 1 × 1.
 * Undefined: NOT_FINITE, NO_CONVERGENCE, NO_MEMORY, TOO_LARGE.
 */
DhkStatsStatus
dhk_linear_singular_values (double *a, size_t n_rows, size_t n_columns, double *values);
