/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Skewness and kurtosis of moments that are known already
 * (inside this library only).
 */

#include "stats/dhk-shape.h"
#include "stats/dhk-weighted.h"

/* `moments` is looked at with status OK only; `n` is NaN where it is not known. */
DhkShape dhk_skewness_of (DhkStatsStatus status, double n, const DhkWeightedMoments *moments);
DhkShape dhk_kurtosis_of (DhkStatsStatus status, double n, const DhkWeightedMoments *moments);
