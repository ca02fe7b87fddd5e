/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Another study's file: recognised, read whole, opened in memory. It is never written or locked. */

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/dhk-file.h"
#include "store/dhk-store-merge-private.h"
#include "store/dhk-store-seal.h"

#define HEADER_SIZE 100
#define WRITE_VERSION_AT 18
#define READ_VERSION_AT 19

/* A file that changes while it is read is read again so often. */
#define MAX_TRIES 3
#define WAIT_USEC (100 * 1000)

/* Bytes ------------------------------------------------------------------------------- */

/* The bytes of an ordinary file, one more than `most` when there are more; 0: all. NULL: there is
 * none. What a shell's pipe brings can be read once, by a reader. */
static GBytes *
load (const char *path, gsize most, struct stat *info)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return stat (path, info) == 0 && S_ISREG (info->st_mode) ? dhk_file_load (file, most, NULL, NULL)
                                                           : NULL;
}

static gboolean
is_database (const guint8 *head, gsize size)
{
  return size >= HEADER_SIZE && memcmp (head, "SQLite format 3", 16) == 0;
}

static gboolean
is_study (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  struct stat info;
  g_autoptr (GBytes) head = path != NULL ? load (path, HEADER_SIZE, &info) : NULL;
  DhkSealKind kind = 0;
  const guint8 *data;
  gsize size;

  if (head == NULL)
    return FALSE;
  data = g_bytes_get_data (head, &size);
  return is_database (data, size)
         || (size >= DHK_SEAL_HEAD_SIZE && dhk_is_sealed (data, size, &kind)
             && kind == DHK_SEAL_STUDY);
}

gboolean
dhk_store_has_study_file (GPtrArray *files)
{
  g_return_val_if_fail (files != NULL, FALSE);

  for (guint i = 0; i < files->len; i++)
    if (is_study (g_ptr_array_index (files, i)))
      return TRUE;
  return FALSE;
}

/* What a program that writes has beside the file, or had when it was killed. */
static gboolean
has_unfinished (const char *path, const char *ending)
{
  g_autofree char *beside = g_strconcat (path, ending, NULL);
  struct stat info;
  g_autoptr (GBytes) bytes = load (beside, 1, &info);
  gsize size = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return size > 0 && data[0] != 0;
}

static gboolean
is_same (const struct stat *a, const struct stat *b)
{
  return a->st_size == b->st_size && a->st_ino == b->st_ino
         && a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static gboolean
fail_read (const char *name, GError **error)
{
  return dhk_store_fail (error, DHK_STORE_ERROR_IO,
                         _ ("The study “%s” could not be read. Nothing was stored; check the disk "
                            "or the network drive it is on."),
                         name);
}

/* One try: 1, 0 (it was being changed) or -1 with an error. */
static int
try_to_read (const char *path, const char *name, GBytes **bytes, GError **error)
{
  struct stat before;
  struct stat after;
  g_autoptr (GBytes) found = load (path, 0, &before);
  gboolean steady;
  gsize size;
  const void *data;

  if (found == NULL)
    return fail_read (name, error) ? 1 : -1;
  data = g_bytes_get_data (found, &size);
  steady
      = stat (path, &after) == 0 && is_same (&before, &after) && (goffset) size == before.st_size;
  *bytes = g_bytes_ref (found);
  /* An encrypted one is replaced as a whole. */
  return steady
         && (dhk_is_sealed (data, size, NULL)
             || (!has_unfinished (path, "-journal") && !has_unfinished (path, "-wal")));
}

static GBytes *
read_whole (const char *path, const char *name, GError **error)
{
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      int found;

      if (i > 0)
        g_usleep (WAIT_USEC);
      found = has_unfinished (path, "-journal") ? 0 : try_to_read (path, name, &bytes, error);
      if (found < 0)
        return NULL;
      if (found > 0)
        return g_steal_pointer (&bytes);
    }
  dhk_store_fail (error, DHK_STORE_ERROR_BUSY,
                  _ ("The study “%s” is just being changed, or its program was stopped while it "
                     "wrote. Nothing was stored; open it once and close it, and try again."),
                  name);
  return NULL;
}

/* Passwords --------------------------------------------------------------------------- */

/* The readable bytes; NULL without an error when none of the passwords is the one. */
static GBytes *
unseal (GBytes *sealed, GPtrArray *passwords, const char *name, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (sealed, &size);

  for (guint i = 0; passwords != NULL && i < passwords->len; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (DhkSealKey) key
          = dhk_seal_key_new_for (data, size, g_ptr_array_index (passwords, i), &local);
      GBytes *plain
          = key != NULL ? dhk_seal_key_unseal (key, DHK_SEAL_STUDY, sealed, &local) : NULL;

      if (plain != NULL)
        return plain;
      if (g_error_matches (local, DHK_SEAL_ERROR, DHK_SEAL_ERROR_PASSWORD))
        continue;
      dhk_sealed_file_explain (local, name, error);
      return NULL;
    }
  return NULL;
}

/* The handle --------------------------------------------------------------------------- */

/* SQLite frees the copy. A journal beside the file was looked for: it says here that there is none. */
static gboolean
take_image (DhkStore *self, GBytes *bytes, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  guint8 *copy = sqlite3_malloc64 (MAX (size, HEADER_SIZE));

  if (copy == NULL)
    return fail_read (self->name, error);
  memset (copy, 0, HEADER_SIZE);
  memcpy (copy, data, size);
  copy[WRITE_VERSION_AT] = MIN (copy[WRITE_VERSION_AT], 1);
  copy[READ_VERSION_AT] = MIN (copy[READ_VERSION_AT], 1);
  return sqlite3_deserialize (self->db, "main", copy, (sqlite3_int64) size,
                              (sqlite3_int64) MAX (size, HEADER_SIZE),
                              SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE)
             == SQLITE_OK
         || fail_read (self->name, error);
}

/* As an opened study is checked, but whole, whatever its size. */
static gboolean
check_and_renew (DhkStore *self, GError **error)
{
  gint64 size = 0;
  guint version = 0;

  return dhk_store_check_header (self, &size, &version, error) && dhk_store_set_rules (self, error)
         && dhk_sql_exec (self, "PRAGMA journal_mode = MEMORY; BEGIN", error)
         && dhk_store_check_content (self, 0, version, error)
         && dhk_store_load_instrument (self, error) && dhk_sql_exec (self, "COMMIT", error)
         && (version == dhk_store_get_schema_version () || dhk_store_migrate (self, version, error))
         && dhk_store_load_slots (self, error)
         && dhk_sql_exec (self, "PRAGMA query_only = ON", error);
}

void
dhk_merge_close (DhkStore *self)
{
  sqlite3_int64 size = 0;
  guint8 *image;

  if (self == NULL)
    return;
  g_hash_table_remove_all (self->statements);
  image = self->db != NULL ? sqlite3_serialize (self->db, "main", &size, SQLITE_SERIALIZE_NOCOPY)
                           : NULL;
  if (image != NULL)
    dhk_secret_wipe (image, (gsize) size);
  dhk_store_close (self);
}

/* Damage is found at any moment of reading; every time there is the same way out. */
void
dhk_merge_name_repair (GError **error)
{
  GError *old;

  if (error == NULL || !g_error_matches (*error, DHK_STORE_ERROR, DHK_STORE_ERROR_DAMAGED))
    return;
  old = g_steal_pointer (error);
  g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_DAMAGED,
               /* Translators: a sentence that says which study is damaged. */
               _ ("%s To save what can be read of it into a new study, use the command “driehoek "
                  "repair”; import that one instead."),
               old->message);
  g_error_free (old);
}

static DhkStore *
open_bytes (GFile *file, GBytes *bytes, GError **error)
{
  DhkStore *self = dhk_store_new_handle (file);

  if (dhk_store_connect (self, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error)
      && take_image (self, bytes, error) && check_and_renew (self, error))
    return self;
  dhk_merge_close (self);
  return NULL;
}

DhkStore *
dhk_merge_open (GFile *file, GPtrArray *passwords, gboolean *wants_password, GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : "");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  DhkStore *self = NULL;
  gsize size;
  const void *data;

  *wants_password = FALSE;
  if (path == NULL)
    {
      fail_read (name, error);
      return NULL;
    }
  bytes = read_whole (path, name, error);
  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  if (dhk_is_sealed (data, size, NULL))
    {
      GBytes *plain = unseal (bytes, passwords, name, &local);

      g_bytes_unref (bytes);
      bytes = plain;
      *wants_password = plain == NULL && local == NULL;
    }
  if (bytes != NULL)
    self = open_bytes (file, bytes, &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return self;
}
