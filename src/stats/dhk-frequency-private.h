/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The mode of values that are sorted already (inside this library only).
 */

#include "stats/dhk-frequency.h"
#include "stats/dhk-weighted.h"

DhkMode dhk_mode_of (const DhkWeightedValues *self);
