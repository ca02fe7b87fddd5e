/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside the check of system files. */

#include "import/dhk-spss.h"

G_BEGIN_DECLS

typedef struct
{
  char name[9]; /* the short name, in the file's encoding */
  guint width;  /* bytes of a text, 0 for a number */
  guint segment;
  guint n_parts; /* variables that together hold one very long text */
  DhkSpssFormat format;
} DhkSavVariable;

typedef struct
{
  DhkSpss *spss;
  GPtrArray *notes;
  guint64 size; /* of the file */
  guint64 at;   /* in spss->start, which is also the place in the file */
  gboolean swap;
  gboolean blocks; /* a .zsav */
  guint32 compression;
  guint32 weight;
  gboolean past_variables;
  guint n_due;        /* continuation records that must follow */
  GArray *variables;  /* DhkSavVariable */
  GByteArray *firsts; /* per segment: whether a variable begins there */
  guint64 n_labels;   /* labels times variables that have them */
  guint n_extensions; /* of those that cost work */
  GPtrArray *names;   /* as ReadStat knows the variables so far; NULL before the first extension */
  gboolean named;     /* the encoding is the one that the file names */
} DhkSavWalk;

guint32 dhk_sav_walk_get_u32 (DhkSavWalk *self, guint64 at);
void dhk_sav_walk_set_u32 (DhkSavWalk *self, guint64 at, guint32 number);

/*
 * Looks at the extension whose `n` pieces of `size` bytes are in memory from
 * `at` on. One that ReadStat would stumble over is switched off; one
 * that makes the whole file unreadable is an error.
 */
gboolean dhk_sav_check_extension (
    DhkSavWalk *self, guint32 subtype, guint32 size, guint32 n, GError **error);

G_END_DECLS
