/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Charts for tests, filled by hand. */

#include "chart/dhk-chart.h"

/* Means 2,0 2,5 3,0 … of `clusters` × `series` on a scale of 1 to 5; n = 10, 11, … */
DhkChart *chart_fixture_new (guint clusters, guint series);

/* Any chart at all: labels of any length, values out of range or missing. */
DhkChart *chart_fixture_new_random (void);

void chart_fixture_add (
    DhkChart *chart, guint cluster, guint series, double value, double margin, guint n);
