/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Order statistics of values that are sorted already (inside this library only).
 */

#include "stats/dhk-order.h"
#include "stats/dhk-weighted.h"

/* All NaN, with that status. */
DhkOrderStatistics dhk_order_undefined (DhkStatsStatus status);

DhkOrderStatistics dhk_order_of (const DhkWeightedValues *self);
