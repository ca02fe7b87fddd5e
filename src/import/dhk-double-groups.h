/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Rows of one draft that may say the same: a hash a row finds them, so that only few have to be read
 * and compared. For import/dhk-doubles.h. Inner header of the import room.
 */

#include "import/dhk-recogniser.h"

G_BEGIN_DECLS

/* A row of a file. */
typedef struct
{
  DhkRecogniser *file;
  guint row;
} DhkDoublePlace;

/*
 * The rows that are still open, in groups of two and more: of one response, of one e-mail address, or of the
 * same answers by people who answered at a known time. `files`: DhkRecogniser. GPtrArray of GArray of
 * DhkDoublePlace in the order of the files; free with g_ptr_array_unref().
 */
GPtrArray *dhk_double_group_responses (GPtrArray *files);
GPtrArray *dhk_double_group_persons (GPtrArray *files);
GPtrArray *dhk_double_group_contents (GPtrArray *files);

/* Lent. */
DhkDraftRow *dhk_double_get_row (const DhkDoublePlace *place);

/* When it was sent, or begun where that is not known; 0: neither is. */
gint64 dhk_double_get_time (const DhkDoublePlace *place);

/* Its e-mail address, folded, or NULL. To be compared and forgotten. Free with g_free(). */
char *dhk_double_dup_email (const DhkDoublePlace *place);

G_END_DECLS
