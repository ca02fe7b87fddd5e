/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A record as a table from path ("groups[2]/mean") to figure, so that two
 * results can be compared whatever order their lists have. Groups of a result
 * of relabelled data are named back, and pairs and differences turned round, so
 * that the same paths hold the same figures.
 */

#include <glib.h>

#include "stats/dhk-record.h"

typedef struct
{
  DhkRecordItemKind kind;
  DhkUnit unit;
  unsigned flags;
  double value; /* number, count, flag, status or index */
  const char *text;
  gboolean in_group; /* of an entry of a list of groups or pairs */
} FlatItem;

/* What the groups and rows of changed data were before; NULL: the same. */
typedef struct
{
  const guint *levels;
  guint n_levels;
  gboolean two_columns; /* of groups: then a and b are no levels of the first */
  const guint *rows;
  guint n_rows;
} FlatNames;

/* Free with g_hash_table_unref(); the record must outlive it. */
GHashTable *flat_record_new (const DhkRecord *record, FlatNames names);

/* The laws that hold for a result by itself: a number that is NaN has a status that says why,
 * as does one that is infinite, an interval contains its estimate. Returns NULL or a complaint to
 * free. */
char *flat_record_check (const DhkRecord *record);

/* NULL, or which figures differ, where `other` is the result for shift + scale·x.
 * `skip` are flags of fields that are not compared. */
char *flat_record_compare (GHashTable *one,
                           GHashTable *other,
                           double shift,
                           double scale,
                           unsigned skip,
                           double tolerance);

/* The same for a result from a summary: what it leaves undefined is not compared, and neither are
 * counts of missing values. */
char *flat_record_compare_known (GHashTable *data, GHashTable *summary, double tolerance);

/* NULL, or which interval of `wide`, the same result at a higher confidence, does not hold that of
 * `narrow`. */
char *flat_record_compare_nested (GHashTable *narrow, GHashTable *wide);
