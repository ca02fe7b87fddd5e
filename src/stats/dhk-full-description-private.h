/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The parts of a description, of values that are sorted already, so that a
 * description of everything sorts once (inside this library only).
 */

#include "stats/dhk-full-description.h"
#include "stats/dhk-weighted.h"

/* All NaN, with that status. */
DhkOrderStatistics dhk_order_undefined (DhkStatsStatus status);

DhkOrderStatistics dhk_order_of (const DhkWeightedValues *self);

DhkMode dhk_mode_of (const DhkWeightedValues *self);

/* `moments` is looked at with status OK only; `n` is NaN where it is not known. */
DhkShape dhk_skewness_of (DhkStatsStatus status, double n, const DhkWeightedMoments *moments);
DhkShape dhk_kurtosis_of (DhkStatsStatus status, double n, const DhkWeightedMoments *moments);
