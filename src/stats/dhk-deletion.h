/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Which rows of several columns count, where values are missing.
 */

typedef enum
{
  DHK_DELETION_LISTWISE, /* those with a value in every column */
  DHK_DELETION_PAIRWISE, /* for each pair of columns those with a value in both */
} DhkDeletion;

/* "listwise", "pairwise", NULL. */
extern const char *const dhk_deletion_names[];
