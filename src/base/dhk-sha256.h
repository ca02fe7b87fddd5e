/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * SHA-256 (FIPS 180-4) without an allocation for each hash, and with the processor's own instructions
 * where it has them: an import hashes every row twice, and its file.
 */

#include <glib.h>

G_BEGIN_DECLS

#define DHK_SHA256_SIZE 32

typedef struct
{
  guint32 state[8];
  guint64 n_bytes;
  guint8 block[64]; /* what does not fill one yet */
} DhkSha256;

void dhk_sha256_init (DhkSha256 *self);
void dhk_sha256_update (DhkSha256 *self, gconstpointer data, gsize size);

/* The hash: DHK_SHA256_SIZE bytes. */
void dhk_sha256_end_bytes (DhkSha256 *self, guint8 *bytes);

/* The same as 64 lower-case hexadecimal digits. Free with g_free(). */
char *dhk_sha256_end (DhkSha256 *self);
char *dhk_sha256_dup_text (const guint8 *bytes);

/* For tests: FALSE makes all that follows use plain C. */
void dhk_sha256_use_instructions (gboolean use);

G_END_DECLS
