/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Results in words, in the output's language and number style. Sentences quote
 * the result's own cells, so that text and table cannot contradict each other.
 */

#include "analysis/dhk-result.h"
#include "base/dhk-number.h"

G_BEGIN_DECLS

/* "F(2, 171) = 9,72; p < ,001; η² = ,10" or "t(189) = …". Free with g_free(). */
char *dhk_test_to_text (const DhkResult *result,
                        const DhkTest *test,
                        DhkLanguage language,
                        DhkNumberStyle style);

/*
 * The significant differences of one scale in a sentence: "Ambulant/Dagopvang (M = 4,30)
 * is hoger dan SO/VSO (M = 3,62), p < ,001." or that there are none. Free with g_free().
 */
char *dhk_result_scale_sentence (const DhkResult *result,
                                 guint scale,
                                 DhkLanguage language,
                                 DhkNumberStyle style);

/*
 * One correlation of the result in a sentence: "Jeugdige over hulpverlener: Leeftijd
 * en Band hangen positief samen (r(177) = ,22; …)." Free with g_free().
 */
char *dhk_result_correlation_sentence (const DhkResult *result,
                                       guint correlation,
                                       DhkLanguage language,
                                       DhkNumberStyle style);

/* The result's heading in words: "Band, as youths rate workers, by sector". Free with g_free(). */
char *dhk_result_heading (const DhkResult *result, DhkLanguage language);

G_END_DECLS
