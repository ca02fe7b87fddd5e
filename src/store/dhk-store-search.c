/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Searching the text of the imported rows, for what is not an answer of a question. */

#include <string.h>

#include "store/dhk-store-owner.h"
#include "store/dhk-store-respondents.h"

typedef struct
{
  const char *wanted; /* casefolded */
  gboolean is_ascii;
  GArray *owners;
  GHashTable *found; /* gint64 (a set) */
  GCancellable *cancellable;
  DhkStore *store;
  guint n_batches;
  guint n_done; /* of them */
} Search;

/* Case apart, for a text of ASCII in a row of any text: no copy is made. */
static gboolean
holds_ascii (const char *text, gsize length, const char *wanted)
{
  gsize n = strlen (wanted);

  for (gsize i = 0; i + n <= length; i++)
    if (g_ascii_tolower (text[i]) == wanted[0] && g_ascii_strncasecmp (text + i, wanted, n) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
holds (const Search *self, const char *text, gsize length)
{
  g_autofree char *folded = NULL;

  if (self->is_ascii)
    return holds_ascii (text, length, self->wanted);
  folded = g_utf8_casefold (text, (gssize) length);
  return strstr (folded, self->wanted) != NULL;
}

static gboolean
look (guint row, const char *text, gsize length, gpointer user_data)
{
  Search *self = user_data;
  gint64 owner = row < self->owners->len ? g_array_index (self->owners, gint64, row) : 0;

  if (row % 4096 == 0)
    {
      if (g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      if (self->store->progress != NULL)
        self->store->progress ((self->n_done + MIN (1, (double) row / MAX (self->owners->len, 1)))
                                   / self->n_batches,
                               self->store->progress_data);
    }
  if (owner != 0 && holds (self, text, length) && !g_hash_table_contains (self->found, &owner))
    g_hash_table_add (self->found, g_memdup2 (&owner, sizeof owner));
  return TRUE;
}

static GArray *
list_batches (DhkStore *self, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, "SELECT id FROM import_batch WHERE active ORDER BY id", error);
  g_autoptr (GArray) batches = g_array_new (FALSE, FALSE, sizeof (gint64));
  int found;

  if (statement == NULL)
    return NULL;
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      gint64 batch = sqlite3_column_int64 (statement, 0);

      g_array_append_val (batches, batch);
    }
  return found == 0 ? g_steal_pointer (&batches) : NULL;
}

static gboolean
search_all (DhkStore *self, Search *search, GError **error)
{
  g_autoptr (GArray) batches = list_batches (self, error);

  for (guint i = 0; batches != NULL && i < batches->len; i++)
    {
      gint64 batch = g_array_index (batches, gint64, i);

      search->n_batches = batches->len;
      search->n_done = i;

      if (g_cancellable_set_error_if_cancelled (search->cancellable, error))
        return FALSE;
      g_clear_pointer (&search->owners, g_array_unref);
      search->owners = dhk_store_load_owners (self, batch, error);
      if (search->owners == NULL || !dhk_store_visit_raw (self, batch, look, search, error))
        return FALSE;
    }
  return batches != NULL && !g_cancellable_set_error_if_cancelled (search->cancellable, error);
}

static int
compare_int64 (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

GArray *
dhk_store_search_raw (DhkStore *self, const char *text, GCancellable *cancellable, GError **error)
{
  g_autofree char *folded = NULL;
  g_autoptr (GArray) result = NULL;
  Search search = { .cancellable = cancellable, .store = self };
  GHashTableIter iter;
  gpointer key;
  gboolean ok;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  result = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (text[0] == '\0')
    return g_steal_pointer (&result);
  search.is_ascii = g_str_is_ascii (text);
  folded = search.is_ascii ? g_ascii_strdown (text, -1) : g_utf8_casefold (text, -1);
  search.wanted = folded;
  search.found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  ok = dhk_sql_exec (self, "BEGIN", error);
  if (ok)
    {
      ok = search_all (self, &search, error);
      dhk_store_roll_back (self);
    }
  g_hash_table_iter_init (&iter, search.found);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_vals (result, key, 1);
  g_array_sort (result, compare_int64);
  g_hash_table_unref (search.found);
  g_clear_pointer (&search.owners, g_array_unref);
  return ok ? g_steal_pointer (&result) : NULL;
}
