/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Who was erased, so that the next import of the same export does not bring them back. An
 * identity is kept as a hash with a key of the study's own: it says nothing in another study,
 * and nothing at all without a row to compare with.
 */

#include "store/dhk-store-owner.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define KEY_SIZE 32
#define HASH_SIZE 32

struct _DhkErased
{
  GBytes *key;
  GHashTable *hashes; /* GBytes (a set) */
};

static GBytes *
hash_identity (GBytes *key, const char *identity)
{
  gsize key_size;
  const guint8 *key_data = g_bytes_get_data (key, &key_size);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key_data, key_size);
  guint8 digest[HASH_SIZE];
  gsize size = sizeof digest;

  g_hmac_update (hmac, (const guint8 *) identity, (gssize) strlen (identity));
  g_hmac_get_digest (hmac, digest, &size);
  return g_bytes_new (digest, size);
}

static GBytes *
take_blob (DhkStatement *statement, int column)
{
  return g_bytes_new (sqlite3_column_blob (statement, column),
                      (gsize) sqlite3_column_bytes (statement, column));
}

/* 1: there is a key, 0: none yet, -1: failed. */
static int
load_key (DhkStore *store, GBytes **key, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (store, "SELECT erase_key FROM study WHERE erase_key IS NOT NULL", error);
  int found = statement != NULL ? dhk_sql_step (store, statement, error) : -1;

  *key = found == 1 ? take_blob (statement, 0) : NULL;
  return found;
}

gboolean
dhk_erased_load (DhkStore *store, DhkErased **erased, GError **error)
{
  g_autoptr (DhkErased) self = g_new0 (DhkErased, 1);
  g_autoptr (DhkStatement) statement = NULL;
  int found;

  *erased = NULL;
  self->hashes
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  found = load_key (store, &self->key, error);
  if (found != 1)
    return found == 0;
  statement = dhk_sql_prepare (store, "SELECT hash FROM erased_identity", error);
  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (store, statement, error)) == 1)
    g_hash_table_add (self->hashes, take_blob (statement, 0));
  if (found == 0)
    *erased = g_steal_pointer (&self);
  return found == 0;
}

void
dhk_erased_free (DhkErased *self)
{
  g_clear_pointer (&self->key, g_bytes_unref);
  g_hash_table_unref (self->hashes);
  g_free (self);
}

gboolean
dhk_erased_holds_identity (DhkErased *self, const char *identity)
{
  g_autoptr (GBytes) hash = hash_identity (self->key, identity);

  return g_hash_table_contains (self->hashes, hash);
}

gboolean
dhk_erased_holds (DhkErased *self, const DhkDraftRow *row)
{
  if (row->identity != NULL && dhk_erased_holds_identity (self, row->identity))
    return TRUE;
  for (char **other = row->replaces; other != NULL && *other != NULL; other++)
    if (dhk_erased_holds_identity (self, *other))
      return TRUE;
  return FALSE;
}

gboolean
dhk_erased_repeats (GHashTable *rows, const DhkDraftRow *row)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const DhkDraftRow *erased = key;

      if (row->identity != NULL
          && (g_strcmp0 (row->identity, erased->identity) == 0
              || (erased->replaces != NULL
                  && g_strv_contains ((const char *const *) erased->replaces, row->identity))))
        return TRUE;
      if (row->content != NULL && g_strcmp0 (row->content, erased->content) == 0)
        return TRUE;
    }
  return FALSE;
}

/* From the system: a key that can be guessed would not keep anything. */
static GBytes *
make_key (DhkStore *store, GError **error)
{
  guint8 data[KEY_SIZE];
  int fd = open ("/dev/urandom", O_RDONLY | O_CLOEXEC);
  gssize n = fd >= 0 ? read (fd, data, sizeof data) : -1;
  g_autoptr (GBytes) key = NULL;

  if (fd >= 0)
    close (fd);
  if (n != KEY_SIZE)
    {
      dhk_sql_fail (store, SQLITE_IOERR, error);
      return NULL;
    }
  key = g_bytes_new (data, sizeof data);
  return dhk_sql_run (store, error, "UPDATE study SET erase_key = ?", "b", key)
             ? g_steal_pointer (&key)
             : NULL;
}

gboolean
dhk_erased_add (DhkStore *store, const char *identity, GError **error)
{
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GBytes) hash = NULL;

  if (load_key (store, &key, error) < 0)
    return FALSE;
  if (key == NULL)
    key = make_key (store, error);
  if (key == NULL)
    return FALSE;
  hash = hash_identity (key, identity);
  return dhk_sql_run (store, error, "INSERT OR IGNORE INTO erased_identity (hash) VALUES (?)", "b",
                      hash);
}
