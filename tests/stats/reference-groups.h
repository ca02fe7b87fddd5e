/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The groups of a row of the reference table: as values with a group each, or
 * as n, mean and SD of each group.
 */

#include "reference-table.h"
#include "stats/dhk-describe.h"

#define REFERENCE_MAX_GROUPS 16

typedef struct
{
  const double *values; /* lent by the table */
  int *group;
  guint n;
  guint n_groups;
  const char *levels[REFERENCE_MAX_GROUPS]; /* lent by the table */
} Grouped;

/* `vars` is "value~group". */
void grouped_init (Grouped *self, ReferenceTable *table, const char *vars);
void grouped_clear (Grouped *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Grouped, grouped_clear)
guint grouped_find (const Grouped *self, const char *level);

typedef struct
{
  guint n_groups;
  char *levels[REFERENCE_MAX_GROUPS];
  DhkSummary groups[REFERENCE_MAX_GROUPS];
} Summaries;

void summaries_init (Summaries *self, ReferenceTable *table, const char *vars);
/* "a: n=20 M=3.1 SD=0.9; b: …" */
void summaries_init_from_text (Summaries *self, const char *text);
void summaries_clear (Summaries *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Summaries, summaries_clear)
guint summaries_find (const Summaries *self, const char *level);

/* The number behind `key` in a text. */
double number_behind (const char *text, const char *key);
