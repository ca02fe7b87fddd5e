/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Other readings of a column head. Programs put a number, a code or the
 * question above a grid before a statement and punctuation behind it: "12. I am
 * heard", "PKZ[SQ001]. How often? [I am heard]", "How often? - I am heard".
 *
 * A head is looked up as it stands first; a reading only says what it may be.
 * All texts are folded (dhk_text_fold()).
 */

#include <glib.h>

G_BEGIN_DECLS

/*
 * A reading: the statement, and what stood above it ("how often?"), or NULL.
 * Both are owned by the reading.
 */
typedef struct
{
  char *statement;
  char *above;
} DhkHeadReading;

void dhk_head_reading_free (DhkHeadReading *self);

/* The readings of a head but the head itself, nearest first; elements are owned by the array. */
GPtrArray *dhk_head_key_list (const char *fold);

/* The head without a number in front and without closing punctuation. Free with g_free(). */
char *dhk_head_key_dup_bare (const char *fold);

/* Length of `fold` without closing punctuation. */
gsize dhk_head_key_trim (const char *fold);

/* TRUE for a head that is a code of a question, such as "q12", "pkz[sq001]" or "g01q02_other". */
gboolean dhk_head_key_is_code (const char *fold);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkHeadReading, dhk_head_reading_free)

G_END_DECLS
