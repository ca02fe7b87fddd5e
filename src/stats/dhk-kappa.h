/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Agreement of two raters, or two times, who put cases into categories: double
 * entry, coding of open answers.
 */

#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

typedef enum
{
  DHK_KAPPA_UNWEIGHTED, /* every disagreement counts the same */
  DHK_KAPPA_LINEAR,     /* as the distance of the codes */
  DHK_KAPPA_QUADRATIC,  /* as its square */
} DhkKappaWeights;

extern const char *const dhk_kappa_weights_names[];

/* The most categories that are taken. */
#define DHK_KAPPA_MAX_CATEGORIES 200

typedef struct
{
  double code;
  size_t n_a;    /* cases that the first rater put here */
  size_t n_b;    /* that the second did */
  size_t n_both; /* that both did */
} DhkKappaCategory;

/* The test that agreement is no more than chance. */
typedef struct
{
  DhkStatsStatus status;
  double se0; /* of κ if it were 0 */
  double z;
  double p; /* two-sided */
} DhkKappaTest;

typedef struct
{
  DhkStatsStatus status;
  DhkKappaWeights weights;
  size_t n; /* cases that both raters judged */
  size_t n_missing;
  size_t n_categories; /* that either used, in cases that both judged */
  double agreement;    /* observed; weighted with weights */
  double expected;     /* by chance */
  double kappa;
  double se; /* for the interval */
  DhkInterval kappa_ci;
  DhkKappaTest test;
} DhkKappa;

/*
 * dhk_kappa:
 * Cohen's κ of two raters of `n` cases, whose codes are `a` and `b`. The categories are written
 * to `categories`, which has room for DHK_KAPPA_MAX_CATEGORIES and may be NULL.
 *
 * Formula: κ = (p_o − p_e)/(1 − p_e), p_o = Σ w_ij p_ij, p_e = Σ w_ij p_i. p_.j. Weights: 1 on
 * the diagonal, else 0; linear 1 − |c_i − c_j| / (c_max − c_min); quadratic 1 − (c_i − c_j)² /
 * (c_max − c_min)², with the codes c themselves, so that a category which nobody used still
 * counts in the distance of those around it. With u_i = Σ_j w_ij p_.j, v_j = Σ_i w_ij p_i.: n
 * SE² (1 − p_e)^4 = Σ p_ij (w_ij (1 − p_e) − (u_i + v_j)(1 − p_o))² − (p_o p_e − 2 p_e + p_o)²;
 * n SE_0² (1 − p_e)² = Σ p_i. p_.j (w_ij − u_i − v_j)² − p_e². z = κ / SE_0; CI = κ ± z_(1 − (1
 * − confidence)/2) SE.
 * Source: J. Cohen, Educational and Psychological Measurement 20 (1960) 37–46; Psychological
 * Bulletin 70 (1968) 213–220; J. L. Fleiss, J. Cohen, B. S. Everitt, Psychological Bulletin 72
 * (1969) 323–327.
 * Units: none. A case that misses a code is left out.
 * Smallest n: 1 for κ, where the raters differ; the errors are meant for large n.
 * Undefined: NO_DATA; NOT_FINITE (an infinite code); NO_VARIANCE (both raters used one and the
 * same category), agreement and expectation being 1; TOO_LARGE (more categories than
 * DHK_KAPPA_MAX_CATEGORIES); BAD_ARGUMENT (confidence); NO_MEMORY. Where what each rater used
 * leaves but one agreement (one category only; with linear weights, codes all above the other's), κ
 * and its SE are 0, and interval and test have NO_VARIANCE.
 */
DhkKappa dhk_kappa (const double *a,
                    const double *b,
                    size_t n,
                    DhkKappaWeights weights,
                    double confidence,
                    DhkKappaCategory *categories);
