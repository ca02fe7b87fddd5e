/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-known.h"

#include <string.h>

#include "base/dhk-twice.h"

/* The same content within so many seconds is the same response sent twice. */
#define TWICE_SECONDS (10 * 60)

/*
 * Responses with the same content that started in the same stretch of
 * TWICE_SECONDS: what is near a moment lies in its stretch or in one beside it,
 * so many equal answers (everybody says "always") cost no search.
 */
typedef struct
{
  const char *content;
  gint64 stretch;
  gint64 first;
  gint64 last;
} Sent;

struct _DhkResponses
{
  GArray *all;             /* DhkKnown */
  GHashTable *by_identity; /* text -> place in `all`, + 1 */
  GHashTable *sent;        /* Sent (a set) */
};

static guint
sent_hash (gconstpointer data)
{
  const Sent *sent = data;

  return g_str_hash (sent->content) + (guint) sent->stretch * 2654435761u;
}

static gboolean
sent_equal (gconstpointer a, gconstpointer b)
{
  const Sent *one = a;
  const Sent *other = b;

  return one->stretch == other->stretch && strcmp (one->content, other->content) == 0;
}

void
dhk_responses_add (DhkResponses *self, const char *identity, DhkKnown known)
{
  g_array_append_val (self->all, known);
  if (identity != NULL)
    g_hash_table_insert (self->by_identity, (gpointer) identity, GUINT_TO_POINTER (self->all->len));
}

void
dhk_responses_add_sent (DhkResponses *self, const char *content, gint64 started)
{
  Sent key = { content, started / TWICE_SECONDS, started, started };
  Sent *sent;

  if (content == NULL || started == 0)
    return;
  sent = g_hash_table_lookup (self->sent, &key);
  if (sent == NULL)
    {
      g_hash_table_add (self->sent, g_memdup2 (&key, sizeof key));
      return;
    }
  sent->first = MIN (sent->first, started);
  sent->last = MAX (sent->last, started);
}

DhkResponses *
dhk_responses_new (void)
{
  DhkResponses *self = g_new0 (DhkResponses, 1);

  self->all = g_array_new (FALSE, FALSE, sizeof (DhkKnown));
  self->by_identity = g_hash_table_new (g_str_hash, g_str_equal);
  self->sent = g_hash_table_new_full (sent_hash, sent_equal, g_free, NULL);
  return self;
}

void
dhk_responses_free (DhkResponses *self)
{
  g_array_unref (self->all);
  g_hash_table_unref (self->by_identity);
  g_hash_table_unref (self->sent);
  g_free (self);
}

DhkKnown *
dhk_responses_find (DhkResponses *self, const DhkDraftRow *row)
{
  guint place = row->identity != NULL
                    ? GPOINTER_TO_UINT (g_hash_table_lookup (self->by_identity, row->identity))
                    : 0;

  /* A person's stored response gives way to the one that was chosen. */
  for (char **other = row->replaces; place == 0 && other != NULL && *other != NULL; other++)
    place = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_identity, *other));
  return place == 0 ? NULL : &g_array_index (self->all, DhkKnown, place - 1);
}

gboolean
dhk_responses_hold_near (DhkResponses *self, const char *content, gint64 started)
{
  if (g_hash_table_size (self->sent) == 0 || content == NULL || started == 0)
    return FALSE;
  for (gint64 stretch = started / TWICE_SECONDS - 1, n = 0; n < 3; stretch++, n++)
    {
      Sent key = { .content = content, .stretch = stretch };
      const Sent *sent = g_hash_table_lookup (self->sent, &key);

      if (sent != NULL
          && (ABS (sent->first - started) <= TWICE_SECONDS
              || ABS (sent->last - started) <= TWICE_SECONDS))
        return TRUE;
    }
  return FALSE;
}

guint8 *
dhk_responses_mark_several (GPtrArray *files)
{
  g_autofree guint64 *keys = NULL;
  g_autoptr (GArray) found = NULL;
  guint8 *several;
  guint n = 0;

  for (guint i = 0; i < files->len; i++)
    n += dhk_draft_file_get_n_rows (g_ptr_array_index (files, i));
  keys = g_new0 (guint64, (gsize) n + 1);
  several = g_malloc0 ((gsize) n + 1);
  n = 0;
  for (guint i = 0; i < files->len; i++)
    {
      const DhkDraftFile *file = g_ptr_array_index (files, i);

      dhk_draft_file_read_keys (file, keys + n);
      n += dhk_draft_file_get_n_rows (file);
    }
  found = dhk_twice_find (keys, n);
  for (guint i = 0; i < n; i++)
    several[i] = keys[i] == 0;
  for (guint i = 0; i < found->len; i++)
    several[g_array_index (found, guint, i)] = 1;
  return several;
}
