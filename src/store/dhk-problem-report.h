/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What somebody who mends the program has to know about a study, and nothing about anybody in it.
 *
 * A text, in English since it goes to those who make the program: versions, the system, the
 * structure of the study, and counts, of which those below ten are not told. It has no answers,
 * no free text, no names of persons, files, folders, profiles, batches or versions, and no column heads.
 * Only what is known to be harmless is taken in: what is not known is left out.
 */

#include "store/dhk-store.h"

G_BEGIN_DECLS

/*
 * `store` may be NULL. Then `file` may be the study that could not be opened, and `why` the error. `more` is a line about
 * the libraries of the window, or NULL. Free with g_free().
 */
char *dhk_problem_report_new (DhkStore *store, GFile *file, const GError *why, const char *more);

G_END_DECLS
