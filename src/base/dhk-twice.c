/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-twice.h"

#include <string.h>

/* Bits for every key: one in so many is looked at for nothing. */
#define BITS_PER_KEY 16

static guint64
mix (guint64 key)
{
  key ^= key >> 32;
  key *= G_GUINT64_CONSTANT (0xD6E8FEB86659FD93);
  key ^= key >> 32;
  key *= G_GUINT64_CONSTANT (0xD6E8FEB86659FD93);
  return key ^ key >> 32;
}

guint64
dhk_twice_key (guint64 key, gconstpointer data, gsize size)
{
  const guint8 *bytes = data;
  guint64 hash = key ^ (size * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15));

  for (; size >= 8; size -= 8, bytes += 8)
    {
      guint64 eight;

      memcpy (&eight, bytes, 8);
      hash = mix (hash ^ eight);
    }
  if (size > 0)
    {
      guint64 rest = 0;

      memcpy (&rest, bytes, size);
      hash = mix (hash ^ rest);
    }
  hash = mix (hash + 1);
  return hash != 0 ? hash : 1;
}

typedef struct
{
  guint64 key;
  guint place;
} Entry;

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const Entry *x = a;
  const Entry *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  return (x > y) - (x < y);
}

static gboolean
get_bit (const guint8 *bits, guint64 at)
{
  return (bits[at / 8] >> (at % 8) & 1) != 0;
}

static void
set_bit (guint8 *bits, guint64 at)
{
  bits[at / 8] = (guint8) (bits[at / 8] | 1u << (at % 8));
}

/* Those whose bit another key has as well. */
static GArray *
list_doubtful (const guint64 *keys, guint n)
{
  GArray *doubtful = g_array_new (FALSE, FALSE, sizeof (Entry));
  guint64 mask = 1023;
  g_autofree guint8 *once = NULL;
  g_autofree guint8 *twice = NULL;

  while (mask / BITS_PER_KEY < n)
    mask = mask * 2 + 1;
  once = g_malloc0 (mask / 8 + 1);
  twice = g_malloc0 (mask / 8 + 1);
  for (guint i = 0; i < n; i++)
    if (keys[i] != 0)
      set_bit (get_bit (once, keys[i] & mask) ? twice : once, keys[i] & mask);
  for (guint i = 0; i < n; i++)
    {
      Entry entry = { keys[i], i };

      if (keys[i] != 0 && get_bit (twice, keys[i] & mask))
        g_array_append_val (doubtful, entry);
    }
  return doubtful;
}

GArray *
dhk_twice_find (const guint64 *keys, guint n)
{
  g_autoptr (GArray) doubtful = NULL;
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (keys != NULL || n == 0, places);

  doubtful = list_doubtful (keys, n);
  g_array_sort (doubtful, compare_keys);
  for (guint i = 0; i < doubtful->len; i++)
    {
      const Entry *entry = &g_array_index (doubtful, Entry, i);

      if ((i > 0 && entry[-1].key == entry->key)
          || (i + 1 < doubtful->len && entry[1].key == entry->key))
        g_array_append_val (places, entry->place);
    }
  g_array_sort (places, compare_places);
  return places;
}
