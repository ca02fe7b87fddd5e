/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The result of a method as JSON: every field of its structs, numbers in the
 * shortest text that reads back as the same double. An undefined number is
 * null; beside a status that is not "ok" stands its reason. Groups, columns and
 * rows are named as in the data.
 */

#include "cli/dhk-stats-data.h"

G_BEGIN_DECLS

/* `request` and `data` name what the record numbers. Free with g_free(). */
char *dhk_stats_to_json (const DhkMethod *method,
                         const DhkStatsRequest *request,
                         const DhkStatsData *data,
                         const DhkRecord *record);

/* The methods with all that they need, for a program. Free with g_free(). */
char *dhk_stats_list_to_json (void);

G_END_DECLS
