/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The blocks of a .zsav: a header of 24 bytes, the packed blocks one after the
 * other, and a list of them at the end of the file.
 *
 * ReadStat allocates what the list says and trusts its places; so every block
 * must follow the one before it, be no larger than the format allows, and not
 * unpack to more than packing can have saved.
 */

#include "import/dhk-spss.h"

#include "import/dhk-import-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEADER_BYTES 24
#define ENTRY_BYTES 24
/* The format's own largest block, unpacked. */
#define MAX_BLOCK 0x3ff000
/* Answers pack well, but not better than this; only looked at from here on. */
#define MAX_RATIO 200
#define RATIO_FROM (1024 * 1024)

static guint64
get_u64 (const guint8 *at, gboolean swap)
{
  guint64 number;

  memcpy (&number, at, sizeof number);
  return swap ? GUINT64_SWAP_LE_BE (number) : number;
}

static guint32
get_u32 (const guint8 *at, gboolean swap)
{
  guint32 number;

  memcpy (&number, at, sizeof number);
  return swap ? GUINT32_SWAP_LE_BE (number) : number;
}

static gboolean
refuse_bomb (GError **error)
{
  g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_HOSTILE,
                       _ ("The data file of SPSS unpacks to far more than a file of answers does. "
                          "It was refused; nothing was taken over."));
  return FALSE;
}

static gboolean
check_list (DhkSpss *self, guint64 offset, gboolean swap, GError **error)
{
  const guint8 *list = self->trailer->data;
  guint32 n = get_u32 (list + 20, swap);
  guint64 packed_at = offset + HEADER_BYTES;
  guint64 unpacked_at = get_u64 (list + HEADER_BYTES, swap);
  guint64 unpacked_sum = 0;

  if (get_u64 (list + 8, swap) != 0 || get_u32 (list + 16, swap) > MAX_BLOCK
      || (guint64) n * ENTRY_BYTES + HEADER_BYTES != self->trailer->len)
    return dhk_spss_refuse_damaged (error);

  for (guint32 i = 0; i < n; i++)
    {
      const guint8 *entry = list + HEADER_BYTES + (gsize) i * ENTRY_BYTES;
      guint32 unpacked = get_u32 (entry + 16, swap);
      guint32 packed = get_u32 (entry + 20, swap);

      if (get_u64 (entry, swap) != unpacked_at || get_u64 (entry + 8, swap) != packed_at
          || packed == 0 || packed > self->trailer_offset - packed_at || unpacked == 0
          || unpacked % 8 != 0)
        return dhk_spss_refuse_damaged (error);
      if (unpacked > MAX_BLOCK || packed > 2 * MAX_BLOCK)
        return refuse_bomb (error);
      unpacked_at += unpacked;
      packed_at += packed;
      unpacked_sum += unpacked;
    }
  if (packed_at != self->trailer_offset)
    return dhk_spss_refuse_damaged (error);
  if (unpacked_sum > RATIO_FROM && unpacked_sum / MAX_RATIO > packed_at - offset)
    return refuse_bomb (error);
  return TRUE;
}

gboolean
dhk_sav_check_blocks (DhkSpss *self, guint64 offset, gboolean swap, GError **error)
{
  guint64 size = dhk_source_get_size (self->source);
  guint8 header[HEADER_BYTES];
  guint64 length;
  gssize got = dhk_source_read_at (self->source, offset, header, sizeof header, error);

  if (got < 0)
    return FALSE;
  if (got < HEADER_BYTES)
    return dhk_spss_refuse_cut (error);
  self->trailer_offset = get_u64 (header + 8, swap);
  length = get_u64 (header + 16, swap);
  if (get_u64 (header, swap) != offset || self->trailer_offset < offset + HEADER_BYTES
      || length < HEADER_BYTES + ENTRY_BYTES || (length - HEADER_BYTES) % ENTRY_BYTES != 0)
    return dhk_spss_refuse_damaged (error);
  if (self->trailer_offset > size || length > size - self->trailer_offset)
    return dhk_spss_refuse_cut (error);
  /* A block is packed into some bytes at least, so the list is the smaller part. */
  if (length > 2 * (self->trailer_offset - offset) + ENTRY_BYTES || length > G_MAXINT / 2)
    return dhk_spss_refuse_damaged (error);

  self->trailer = g_byte_array_new ();
  g_byte_array_set_size (self->trailer, (guint) length);
  got = dhk_source_read_at (self->source, self->trailer_offset, self->trailer->data, (gsize) length,
                            error);
  if (got < 0)
    return FALSE;
  if ((guint64) got < length)
    return dhk_spss_refuse_cut (error);
  return check_list (self, offset, swap, error);
}
