/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * All methods of this library behind one door.
 *
 * Programs that know what they want call the typed functions (dhk_t_test() …).
 * This door is for those that do not: a command line, a test of a law that
 * every method must obey, another language. It names each method, says what it
 * needs and which options it has, runs it, and answers with a record of every
 * field of its result structs (dhk-record.h).
 *
 *   const DhkMethod *method = dhk_method_find ("t-test");
 *   double options[DHK_MAX_OPTIONS];
 *   DhkRecord record = { 0 };
 *
 *   dhk_method_get_defaults (method, options);
 *   dhk_method_run (method, &(DhkMethodInput){ .n = n, .values = columns, .n_values = 1,
 *                                              .groups = &factor, .n_groups = 1,
 *                                              .options = options }, &record);
 *
 * Methods are static and immutable; any thread may run any of them.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-record.h"
#include "stats/dhk-status.h"

#define DHK_MAX_OPTIONS 16

/* Input */

/* What the columns of the data are to a method. */
typedef enum
{
  DHK_ROLE_VALUE,     /* the answers: numbers; with regression the outcome */
  DHK_ROLE_GROUP,     /* categories; a row without one (−1) takes no part */
  DHK_ROLE_PREDICTOR, /* predictors or covariates: numbers */
  DHK_ROLE_WEIGHT,    /* case weight */
  DHK_ROLE_CLUSTER,   /* team, case, family: categories */
} DhkDataRole;
#define DHK_N_ROLES 5

typedef struct
{
  const int *code; /* one per row, from 0 and below n_levels; negative: missing */
  size_t n_levels;
} DhkFactor;

/* Everything is lent. What a method does not ask for is not looked at. */
typedef struct
{
  size_t n; /* rows */
  const double *const *values;
  size_t n_values;
  const DhkFactor *groups;
  size_t n_groups;
  const double *const *predictors;
  size_t n_predictors;
  const size_t *step;   /* of each predictor: the step that adds it, from 0; NULL: all at once */
  const double *weight; /* NULL: all 1 */
  const DhkFactor *cluster; /* NULL: none */

  /* In place of rows: a table by row, its columns as summary_columns of the method says. */
  const double *summary;
  size_t n_summary_rows;
  size_t n_summary_columns;

  /* One per option of the method, in its order. */
  const double *options;
} DhkMethodInput;

/* Options */

typedef enum
{
  DHK_OPTION_NUMBER,
  DHK_OPTION_INTEGER,
  DHK_OPTION_CHOICE, /* the index of a name in `choices` */
} DhkOptionKind;

typedef struct
{
  const char *name;
  const char *description;
  DhkOptionKind kind;
  double fallback; /* used when nothing is said; NaN: must be given */
  double min;      /* both ends allowed where they are finite */
  double max;
  const char *const *choices; /* ends with NULL */
} DhkMethodOption;

/* Methods */

/* What the values must be for a method to make sense of them. */
typedef enum
{
  DHK_LEVEL_NOMINAL,     /* categories, coded as whole numbers: nothing but equality counts */
  DHK_LEVEL_ORDINAL,     /* only the order counts */
  DHK_LEVEL_INTERVAL,    /* differences count: shifting and scaling change no conclusion */
  DHK_LEVEL_RATIO,       /* the zero counts: shifting does change the result */
  DHK_LEVEL_BINARY,      /* 0 or 1 */
  DHK_LEVEL_PROBABILITY, /* from 0 to 1 */
  DHK_LEVEL_FIXED,       /* the numbers themselves count: scores from −2 to 2, a power */
} DhkLevel;

typedef struct
{
  size_t least;
  size_t most; /* DHK_ANY_NUMBER: no bound */
} DhkNeed;
#define DHK_ANY_NUMBER ((size_t) -1)

/* What the laws of order are for this method. */
enum
{
  DHK_METHOD_ROW_ORDER = 1 << 0,       /* the order of rows matters (autocorrelation) */
  DHK_METHOD_FIRST_GROUP = 1 << 1,     /* the first group is the one compared with (Dunnett) */
  DHK_METHOD_VALUE_ORDER = 1 << 2,     /* the order of value columns matters */
  DHK_METHOD_SMALL_DATA = 1 << 3,      /* meant for little data; tests give it few rows */
  DHK_METHOD_SUMMARY_DIFFERS = 1 << 4, /* the summary is no description of the same data */
};

#define DHK_REASON(status) (1u << (unsigned) (status))

typedef struct DhkMethod DhkMethod;

struct DhkMethod
{
  const char *name;    /* t-test */
  const char *family;  /* compare two */
  const char *title;   /* what it answers, one line */
  const char *source;  /* the same as its function's */
  const char *missing; /* what happens to missing values */
  DhkNeed needs[DHK_N_ROLES];
  DhkNeed levels;              /* of the first group column; { 0, 0 }: any number */
  const char *summary_columns; /* "n M SD", or NULL: needs data. Ends with "…" where the columns
                                  repeat */
  DhkNeed summary_rows;
  DhkLevel level;
  unsigned traits;
  unsigned reasons; /* DHK_REASON () of all that it or a part of its result can give besides OK */
  const DhkMethodOption *options;
  size_t n_options;

  /*< private >*/
  DhkStatsStatus (*run) (const DhkMethodInput *input, DhkRecord *record);
};

/*
 * dhk_method_list:
 * All methods, in the order of the families; how many in `n`.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
const DhkMethod *const *dhk_method_list (size_t *n);

/*
 * dhk_method_find:
 * The method of that name, NULL where there is none.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: NULL.
 */
const DhkMethod *dhk_method_find (const char *name);

/*
 * dhk_method_get_defaults:
 * Fills `options`, of length n_options, with what counts when nothing is said.
 *
 * Formula: none.
 * Source: this library.
 * Units: those of the options.
 * Smallest n: none.
 * Undefined: NaN for an option that must be given.
 */
void dhk_method_get_defaults (const DhkMethod *self, double *options);

/*
 * dhk_method_run:
 * Runs a method on `input` and adds the fields of its result to `record`.
 *
 * Formula: that of the method.
 * Source: that of the method.
 * Units: that of the method; each item of the record says how it scales.
 * Smallest n: that of the method.
 * Undefined: the status of the result, also in the record. BAD_ARGUMENT, and an empty record,
 * where roles, summary or options are not what the method asks for; NO_MEMORY.
 */
DhkStatsStatus
dhk_method_run (const DhkMethod *self, const DhkMethodInput *input, DhkRecord *record);
