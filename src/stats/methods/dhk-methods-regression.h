/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Tables that the regression families share (inside this library only).
 */

#include "stats/dhk-record-writer.h"

/* A DhkRegressionTest of a slope; of an intercept, which moves with the data. */
extern const DhkStructure dhk_regression_test_structure;
extern const DhkStructure dhk_intercept_test_structure;
