/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Rows packed by columns, as a study that somebody sends may hold them: the number of rows (two bytes), the size
 * of the lines and that of the lists (four bytes each, the lowest first), the lists, and the codes. They are
 * lines of just that size, or nothing.
 */

#include "fuzz-input.h"

#include "base/dhk-packed-rows.h"

#include <string.h>

#define HEAD 10

/* A chunk of a study holds no more (store/dhk-store-raw.c). */
#define MAX_LINES (1024 * 1024)

static guint32
read_word (const guint8 *bytes)
{
  guint32 word;

  memcpy (&word, bytes, sizeof word);
  return GUINT32_FROM_LE (word);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree guint8 *lists = NULL;
  g_autofree guint8 *codes = NULL;
  g_autofree char *lines = NULL;
  DhkPackedRows packed;

  if (size < HEAD)
    return 0;
  packed.n_rows = (guint) (data[0] | data[1] << 8);
  packed.size = read_word (data + 2) % (MAX_LINES + 1);
  packed.lists_size = MIN (read_word (data + 6), size - HEAD);
  packed.codes_size = size - HEAD - packed.lists_size;
  /* Of their own, so that a byte too many is found. */
  lists = g_memdup2 (data + HEAD, packed.lists_size);
  codes = g_memdup2 (data + HEAD + packed.lists_size, packed.codes_size);
  packed.lists = lists;
  packed.codes = codes;
  lines = dhk_packed_rows_dup_lines (&packed);
  for (gsize i = 0; lines != NULL && i < packed.size; i++)
    g_assert_true (lines[i] != '\0' || memchr (lists, 0, packed.lists_size) != NULL);
  return 0;
}
