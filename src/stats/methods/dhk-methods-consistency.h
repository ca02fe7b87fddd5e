/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the adapters of the family "consistency" share (inside this library only). */

#include "stats/dhk-rounding.h"
#include "stats/methods/dhk-methods-private.h"

#define BROWN_HEATHERS                                                                             \
  "N. J. L. Brown, J. A. J. Heathers, Social Psychological and Personality Science 8 (2017) "      \
  "363–369"

#define DECIMALS_OPTION(name, what)                                                                \
  {                                                                                                \
    name, what, DHK_OPTION_INTEGER, 2, 0, DHK_ROUNDING_MAX_DECIMALS, NULL                          \
  }

extern const DhkStructure dhk_enclosure_structure;

/* "n M SD" of all rows, for free(); NULL where memory is out. */
DhkSummary *dhk_methods_get_rows (const DhkMethodInput *input);
