/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Charts in three parts: a description (what is shown; this header), its
 * geometry (pure arithmetic, dhk-geometry.h, tested alone), and drawing on a cairo
 * context (dhk-draw.h), the same for screen, paper and files.
 *
 * BARS: clusters (scales) of bars (groups) with 95 % CI error bars, on the fixed
 * axis of the answer scale. COUNTS: bars of n from zero. GAPS: one person's answers, a row
 * a pair, how things should be and how they are joined by a line, a group's means under
 * them. QUADRANT: both answers of each pair in one square, by their numbers.
 */

#include "analysis/dhk-result.h"
#include "analysis/dhk-self-profile.h"
#include "base/dhk-number.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_CHART_MEANS,
  DHK_CHART_COUNTS,
  DHK_CHART_GAPS,
  DHK_CHART_QUADRANT,
} DhkChartKind;

/* The series of GAPS; the last two only where there is a group. */
enum
{
  DHK_GAPS_IDEAL,
  DHK_GAPS_ACTUAL,
  DHK_GAPS_GROUP_IDEAL,
  DHK_GAPS_GROUP_ACTUAL,
};

typedef struct
{
  char *label;   /* of the legend, or under the bar when there is one cluster */
  guint colour;  /* 0xRRGGBB: the role's own colour, one lightness step per category; a
                    role of several types without a colour of its own gets their mix */
  guint pattern; /* hatching in print style, 0 … */
} DhkChartSeries;

typedef struct
{
  guint cluster;
  guint series;
  guint n;
  double value;  /* NaN: nothing to draw */
  double ci_low; /* NaN: no error bar */
  double ci_high;
  double sd;     /* for the mark's text; NaN: not said */
  double across; /* QUADRANT: along the lying axis, `value` being along the standing one */
} DhkChartMark;

typedef struct
{
  gatomicrefcount refs;
  DhkChartKind kind;
  DhkLanguage language;
  DhkNumberStyle style;
  char *title;
  char *axis_title;
  double axis_low;  /* 1 */
  double axis_high; /* 5 */
  char *low_label;  /* "1 zelden of nooit" or NULL */
  char *high_label;
  GPtrArray *clusters; /* char * labels */
  GPtrArray *series;   /* DhkChartSeries */
  GArray *marks;       /* DhkChartMark */
  char *error_label;   /* "95% BI", or NULL */
  char *alternative;   /* the chart in words, for a screen reader */

  /* QUADRANT: the lying axis, named by the first series as the standing one is by the second; what
   * lies where. */
  char *across_low_label;
  char *across_high_label;
  char *corners[DHK_N_FINDINGS]; /* per DhkFindingKind */
} DhkChart;

/* An empty chart, to be filled by hand (the axis runs 0 … 1). */
DhkChart *dhk_chart_new (DhkChartKind kind, DhkLanguage language, DhkNumberStyle style);
void dhk_chart_add_cluster (DhkChart *self, const char *label);
void dhk_chart_add_series (DhkChart *self, const char *label, guint colour);

/* The mark is drawn when cluster and series exist and its value is a number. */
void dhk_chart_add_mark (DhkChart *self, const DhkChartMark *mark);

/* Writes `alternative` anew from the chart's labels and marks. */
void dhk_chart_describe (DhkChart *self);

/* The chart that fits the result (MEANS or COUNTS), or NULL when there is none. */
DhkChart *dhk_chart_new_from_result (const DhkResult *result,
                                     const char *title,
                                     DhkLanguage language,
                                     DhkNumberStyle style);

/* One person's profile: both kinds always can be drawn, if only as a sentence. */
DhkChart *dhk_chart_new_gaps (const DhkSelfProfile *profile,
                              const char *title,
                              DhkLanguage language,
                              DhkNumberStyle style);
DhkChart *dhk_chart_new_quadrant (const DhkSelfProfile *profile,
                                  const char *title,
                                  DhkLanguage language,
                                  DhkNumberStyle style);

DhkChart *dhk_chart_ref (DhkChart *self);
void dhk_chart_unref (DhkChart *self);

/* The exact values of a mark in words: "Residentieel: M = 3,90; SD …; n = 50". Free with g_free().
 */
char *dhk_chart_dup_mark_text (const DhkChart *self, guint mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkChart, dhk_chart_unref)

G_END_DECLS
