/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A result as JSON with full double precision and the instrument's ids: the
 * part of the command line that other programs rely on. Keys that do not apply
 * are null; a cell's keys are scale, respondent_type, over, then every category
 * variable of the instrument by its id, then n, mean, sd.
 */

#include "analysis/dhk-result.h"

G_BEGIN_DECLS

/* `table` is the plan id: a number where it is one ("6" → 6). Free with g_free(). */
char *dhk_result_to_json (const DhkResult *result, const char *table);

G_END_DECLS
