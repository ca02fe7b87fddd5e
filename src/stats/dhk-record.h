/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A result as a list of named fields, for whoever wants to print, store or
 * compare results without knowing their structs: the command `driehoek stats`,
 * and the tests that hold every method to the same laws.
 *
 * A record is flat: objects and lists are a beginning and an end with the
 * fields between them. A struct is added by a table that describes its members
 * (DhkStructure); beside its name each field says how it answers to a change of
 * units, so that a test can multiply the data and know what must come out.
 *
 * Nothing is reported while a record grows; dhk_record_failed() says at the end
 * whether memory ran out. Names and texts are kept as pointers: they must be
 * static, or outlive the record.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

/* What a field becomes when each value x (DHK_ROLE_VALUE, see dhk-method.h) is replaced
 * by shift + scale·x, scale > 0. */
typedef enum
{
  DHK_UNIT_NONE,     /* stays what it is: t, p, r, n */
  DHK_UNIT_LOCATION, /* shift + scale · field: a mean, a median */
  DHK_UNIT_SPREAD,   /* scale · field: an SD, a difference */
  DHK_UNIT_SQUARE,   /* scale² · field: a sum of squares */
  DHK_UNIT_OTHER,    /* something else; the law is tested elsewhere */
} DhkUnit;

/* Further properties of a field. */
enum
{
  /* Changes its sign when the two groups (or columns) compared change places. */
  DHK_FIELD_DIRECTED = 1 << 0,
  /* This interval inverts a test, and need not contain the point estimate (noncentral F). */
  DHK_FIELD_BY_INVERSION = 1 << 1,
  /* Depends on the order of rows, groups or columns by nature; no law of order is tested. */
  DHK_FIELD_ORDERED = 1 << 2,
  /* This interval is put together from those of its parts, which go together so closely that a
   * higher confidence can move one end inwards (Zou's for dependent correlations). */
  DHK_FIELD_PUT_TOGETHER = 1 << 3,
};

typedef enum
{
  DHK_FIELD_NUMBER,   /* double */
  DHK_FIELD_COUNT,    /* size_t */
  DHK_FIELD_FLAG,     /* bool */
  DHK_FIELD_STATUS,   /* DhkStatsStatus */
  DHK_FIELD_CHOICE,   /* an enum; detail: its NULL-terminated names, const char *const * */
  DHK_FIELD_GROUP,    /* size_t: a level of the first group column */
  DHK_FIELD_VALUE,    /* size_t: a value column */
  DHK_FIELD_STRUCT,   /* a struct; detail: its const DhkStructure * */
  DHK_FIELD_INTERVAL, /* DhkInterval; detail: the name of the member that it belongs to, or NULL */
} DhkFieldKind;

typedef struct
{
  const char *name;
  DhkFieldKind kind;
  DhkUnit unit;
  unsigned flags;
  size_t offset;
  const void *detail;
} DhkField;

/* Ends with a NULL name. */
typedef struct
{
  const char *name; /* of the C type */
  size_t size;
  const DhkField *fields;
} DhkStructure;

/* What the entries of a list are about. */
typedef enum
{
  DHK_PER_OTHER,
  DHK_PER_GROUP,     /* one per level of the first group column */
  DHK_PER_VALUE,     /* one per value column */
  DHK_PER_PREDICTOR, /* one per predictor column */
  DHK_PER_PAIR,      /* one per pair of groups or columns, with members a and b */
  DHK_PER_ROW,       /* one per row of the data */
  DHK_PER_CLUSTER,   /* one per cluster */
} DhkPer;

typedef enum
{
  DHK_RECORD_BEGIN_OBJECT,
  DHK_RECORD_END_OBJECT,
  DHK_RECORD_BEGIN_LIST,
  DHK_RECORD_END_LIST,
  DHK_RECORD_NUMBER,
  DHK_RECORD_COUNT,
  DHK_RECORD_FLAG,
  DHK_RECORD_STATUS,
  DHK_RECORD_TEXT,
  DHK_RECORD_INDEX, /* `count` is an index into what `per` says: a level, a column, a row */
} DhkRecordItemKind;

/* One step of a record. */
typedef struct
{
  DhkRecordItemKind kind;
  const char *name; /* NULL for an entry of a list */
  DhkUnit unit;
  unsigned flags;
  DhkPer per;
  double number;
  size_t count; /* also 0 or 1 of a flag, the status, the index */
  const char *text;
  const char *of; /* BEGIN_OBJECT of an interval: the field beside it that it belongs to */
} DhkRecordItem;

typedef struct
{
  /*< private >*/
  DhkRecordItem *items;
  size_t n_items;
  size_t n_allocated;
  bool failed;
} DhkRecord;

/* A record begins as { 0 } on the stack, and is cleared when done. */

/*
 * dhk_record_clear:
 * Gives the memory back; the record is empty again.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_record_clear (DhkRecord *self);

/*
 * dhk_record_get_items:
 * The steps, lent until the record grows or is cleared; their number in `n_items`.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: an empty record has no items, and may answer NULL.
 * Undefined: never.
 */
const DhkRecordItem *dhk_record_get_items (const DhkRecord *self, size_t *n_items);

/*
 * dhk_record_failed:
 * True where memory ran out and fields are missing.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
bool dhk_record_failed (const DhkRecord *self);
