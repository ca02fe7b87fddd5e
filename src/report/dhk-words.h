/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Small pieces of text that tables, notes and sentences share (inside this room
 * only). Everything returned is freed with g_free() unless it says "lent".
 */

#include "analysis/dhk-result.h"
#include "base/dhk-number.h"

G_BEGIN_DECLS

/* What a text is written in. */
typedef struct
{
  DhkLanguage language;
  DhkNumberStyle style;
} DhkVoice;

/* `msgid` in the voice's language. Lent. */
const char *dhk_voice_get (const DhkVoice *self, const char *msgid) G_GNUC_FORMAT (2);

/* "; " where the decimal sign is a comma, else ", ". Lent. */
const char *dhk_voice_get_separator (const DhkVoice *self);

/* "***" … "" by the usual limits of p. Lent. */
const char *dhk_voice_get_stars (double p);

/* "[,37; ,59]" */
char *dhk_voice_interval (const DhkVoice *self, DhkNumberKind kind, double low, double high);

/* "95% CI", "95%-BI" */
char *dhk_voice_interval_name (const DhkVoice *self, double confidence);

/* "α = ,05" */
char *dhk_voice_alpha (const DhkVoice *self, double alpha);

/* "r(189) = ,49; p < ,001; 95%-BI [,37; ,59]" */
char *dhk_voice_correlation (const DhkVoice *self,
                             const DhkCorrelationResult *correlation,
                             double confidence);

/* "F(2, 171)": a symbol with its degrees of freedom; df2 NaN: one only. */
char *dhk_voice_statistic_name (const DhkVoice *self, const char *symbol, double df1, double df2);

/* "a, b en c". The texts are lent. */
char *dhk_voice_list (const DhkVoice *self, const GPtrArray *texts);

/* `text` with a small first letter; abbreviations ("SO/VSO") stay. */
char *dhk_voice_lower_first (const char *text);

/* A scale's label; what an x of a correlation is called. Lent. */
const char *dhk_voice_scale (const DhkVoice *self, const DhkResult *result, guint scale);
const char *dhk_voice_correlate (const DhkVoice *self,
                                 const DhkResult *result,
                                 const DhkCorrelationResult *correlation);

/* A group's name among the groups of the request. */
char *dhk_voice_group (const DhkVoice *self, const DhkResult *result, guint group);

/* The letter of a column, "a" for the first: "a" … "z", "aa" … */
char *dhk_voice_letter (guint group);

/* TRUE for a test that a table shows, FALSE for the one beside it (Welch's). */
gboolean dhk_test_is_main (const DhkTest *test);

/* A significant difference, the higher group first. */
typedef struct
{
  guint higher; /* groups of the request */
  guint lower;
  double p;
} DhkDifference;

/* The significant differences of a scale's tests. Free with g_array_unref(). */
GArray *dhk_result_find_differences (const DhkResult *result, guint scale);

/* The note under a table, or NULL where there is nothing to say. */
char *dhk_result_note (const DhkVoice *voice, const DhkResult *result, const char *extra_note);

G_END_DECLS
