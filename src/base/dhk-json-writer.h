/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Writes JSON text. Our own, because a number must be the shortest text that
 * reads back as the same double, and because the caller decides where a line
 * ends: what belongs together stands on one line.
 *
 * The writer trusts its caller to open and close in pairs. It begins as
 * { .text = g_string_new (NULL), .first = TRUE }; the caller owns the text.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *text;
  gboolean first; /* nothing stands before in this object or array */
} DhkJsonWriter;

/* `bracket` is "{" or "[", with white space around it where a line shall end. */
void dhk_json_open (DhkJsonWriter *self, const char *bracket);
void dhk_json_close (DhkJsonWriter *self, const char *bracket);

/* `separator` goes before everything but the first: ", ", or "," before a new line. */
void dhk_json_separate (DhkJsonWriter *self, const char *separator);

/* A value without a key, in quotes. */
void dhk_json_write_string (DhkJsonWriter *self, const char *value);
/* NaN and infinities become null. */
void dhk_json_write_number (DhkJsonWriter *self, double value);

/* A key, and keys with their values: ", " before, on the same line. */
void dhk_json_write_key (DhkJsonWriter *self, const char *key);
void dhk_json_add_string (DhkJsonWriter *self, const char *key, const char *value);
void dhk_json_add_number (DhkJsonWriter *self, const char *key, double value);
void dhk_json_add_count (DhkJsonWriter *self, const char *key, guint64 value);

G_END_DECLS
