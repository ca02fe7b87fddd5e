/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-owner.h"

#include <glib/gi18n-lib.h>

#include "store/dhk-key-file-private.h"
#include "store/dhk-store-seal.h"

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

DhkStore *
dhk_store_new_handle (GFile *file)
{
  DhkStore *self = g_new0 (DhkStore, 1);
  g_autofree char *base = g_file_get_basename (file);

  self->file = g_object_ref (file);
  self->name = base != NULL ? g_filename_display_name (base) : g_strdup ("");
  self->owner = g_thread_self ();
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  self->slots = g_array_new (FALSE, TRUE, sizeof (DhkSlot));
  self->retired = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_instrument_unref);
  return self;
}

/* Nothing in a file that somebody sends may run code or change our rules. */
static void
harden (sqlite3 *db)
{
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024);
  sqlite3_limit (db, SQLITE_LIMIT_SQL_LENGTH, 8 * 1024 * 1024);
  sqlite3_limit (db, SQLITE_LIMIT_ATTACHED, 2);
  sqlite3_limit (db, SQLITE_LIMIT_EXPR_DEPTH, 100);
}

/* SQLite counts the memory it takes under a lock, at every piece; nobody asks. */
static void
stop_counting_memory (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      /* Refused, without harm, where SQLite is in use already. */
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&once, 1);
    }
}

gboolean
dhk_store_connect (DhkStore *self, const char *path, int flags, GError **error)
{
  int result;

  stop_counting_memory ();
  result = sqlite3_open_v2 (path, &self->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
                            self->sealed != NULL ? dhk_sealed_file_get_vfs (self->sealed) : NULL);
  if (self->db == NULL)
    g_error ("Out of memory");
  if (result != SQLITE_OK)
    return dhk_sql_fail (self, result, error);
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, DHK_STORE_BUSY_MS);
  harden (self->db);
  dhk_store_teach_pseudonyms (self);
  dhk_store_teach_hashes (self);
  return TRUE;
}

gboolean
dhk_store_set_rules (DhkStore *self, GError **error)
{
  return dhk_sql_exec (self,
                       "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
                       "PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON;"
                       "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192;"
                       "PRAGMA mmap_size = 0; PRAGMA max_page_count = 16777216",
                       error)
         && ((self->sealed == NULL && !self->read_only)
             || dhk_sql_exec (self, "PRAGMA journal_mode = MEMORY", error));
}

void
dhk_store_take_instrument (DhkStore *self, DhkInstrument *instrument)
{
  if (self->instrument != NULL)
    g_ptr_array_add (self->retired, self->instrument);
  g_free (self->item_slots);
  g_free (self->variable_slots);
  self->instrument = instrument;
  self->item_slots = g_new0 (guint, dhk_instrument_get_n_items (instrument) + 1);
  self->variable_slots = g_new0 (guint, dhk_instrument_get_n_variables (instrument) + 1);
}

gboolean
dhk_store_load_instrument (DhkStore *self, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, "SELECT xml FROM instrument ORDER BY rowid LIMIT 1", error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  DhkInstrument *instrument;
  int found;

  if (statement == NULL)
    return FALSE;
  found = dhk_sql_step (self, statement, error);
  if (found < 0)
    return FALSE;
  if (found == 0)
    return dhk_store_fail_damaged (self, _ ("it holds no questionnaires"), error);
  bytes = g_bytes_new (sqlite3_column_blob (statement, 0),
                       (gsize) sqlite3_column_bytes (statement, 0));
  instrument = dhk_instrument_new_from_bytes (bytes, self->name, &local);
  if (instrument == NULL)
    {
      g_autofree char *reason = g_utf8_make_valid (local->message, -1);

      return dhk_store_fail_damaged (self, reason, error);
    }
  dhk_store_take_instrument (self, instrument);
  return TRUE;
}

static gboolean
renew (DhkStore *self, guint version, GError **error)
{
  return version == dhk_store_get_schema_version ()
         /* What is made anew in memory alone needs no copy. */
         || ((self->read_only || dhk_store_back_up (self, version, error))
             && dhk_store_migrate (self, version, error));
}

gboolean
dhk_store_open_inside (DhkStore *self, const char *path, GBytes *image, GError **error)
{
  gint64 size = 0;
  guint version = 0;

  if (!dhk_store_connect (self, path != NULL ? path : ":memory:", SQLITE_OPEN_READWRITE, error)
      || (image != NULL && !dhk_store_take_image (self, image, error))
      || !dhk_store_check_header (self, &size, &version, error)
      || !dhk_store_set_rules (self, error))
    return FALSE;

  /* One transaction: what is read is what was checked, and locked once. */
  if (!dhk_sql_exec (self, "BEGIN", error) || !dhk_store_check_content (self, size, version, error)
      || !dhk_store_load_instrument (self, error) || !dhk_sql_exec (self, "COMMIT", error)
      || !renew (self, version, error))
    return FALSE;
  if ((self->sealed == NULL && !self->read_only
       && !dhk_sql_exec (self, "PRAGMA journal_mode = DELETE", error))
      || !dhk_store_load_slots (self, error))
    return FALSE;
  dhk_store_get_generation (self);
  if (self->read_only)
    return dhk_sql_exec (self, "PRAGMA query_only = ON", error);

  /* Tried again at the next opening when it cannot be done now. */
  dhk_store_finish_erasing (self, NULL);
  return TRUE;
}

static gboolean
open_fixed (DhkStore *self, const char *path, GError **error)
{
  g_autoptr (GBytes) image = dhk_store_read_fixed (self, path, error);

  self->read_only = TRUE;
  return image != NULL && dhk_store_open_inside (self, NULL, image, error);
}

DhkStore *
dhk_store_open (GFile *file, GError **error)
{
  g_autoptr (DhkStore) self = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = dhk_store_new_handle (file);
  path = g_file_get_path (file);
  if (!dhk_store_check_file (path, self->name, error)
      || !(dhk_store_is_fixed (path) ? open_fixed (self, path, error)
                                     : dhk_store_open_inside (self, path, NULL, error)))
    return NULL;
  return g_steal_pointer (&self);
}

void
dhk_store_disconnect (DhkStore *self)
{
  int result;

  /* SQLite wants its statements gone first. */
  g_hash_table_remove_all (self->statements);
  result = sqlite3_close (self->db);
  self->db = NULL;
  g_assert (result == SQLITE_OK);
}

void
dhk_store_close (DhkStore *self)
{
  g_return_if_fail (self != NULL);

  dhk_store_disconnect (self);
  g_hash_table_unref (self->statements);
  g_clear_pointer (&self->sealed, dhk_sealed_file_free);
  g_clear_pointer (&self->instrument, dhk_instrument_unref);
  g_ptr_array_unref (self->retired);
  g_array_unref (self->slots);
  g_free (self->item_slots);
  g_free (self->variable_slots);
  g_object_unref (self->file);
  g_free (self->name);
  g_free (self->backup_problem);
  g_clear_pointer (&self->key_file, dhk_key_file_free);
  g_clear_pointer (&self->taken_pseudonyms, g_hash_table_unref);
  g_clear_pointer (&self->named, g_array_unref);
  g_free (self);
}

void
dhk_store_move_to_this_thread (DhkStore *self)
{
  g_return_if_fail (self != NULL);
  self->owner = g_thread_self ();
}

GFile *
dhk_store_get_file (DhkStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->file;
}

DhkInstrument *
dhk_store_get_instrument (DhkStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->instrument;
}

guint64
dhk_store_get_generation (DhkStore *self)
{
  gint64 generation;

  g_return_val_if_fail (self != NULL, 0);
  g_assert (self->owner == g_thread_self ());

  /* Asked of the file: another program may have changed it. A file that
   * cannot be read just now is as it was last seen. */
  if (dhk_sql_get_int (self, NULL, &generation, "SELECT generation FROM study", "") == 1)
    self->generation = (guint64) generation;
  return self->generation;
}

/* Settings ------------------------------------------------------------------- */

char *
dhk_store_get_setting (DhkStore *self, const char *key)
{
  g_autoptr (DhkStatement) statement = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  statement = dhk_sql_prepare (self, "SELECT value FROM setting WHERE key = ?", NULL);
  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "t", key);
  if (dhk_sql_step (self, statement, NULL) != 1)
    return NULL;
  return g_strdup (dhk_sql_text (statement, 0));
}

gboolean
dhk_store_set_setting (DhkStore *self, const char *key, const char *value, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (self->read_only)
    return dhk_store_fail_read_only (self->name, error);
  if (value == NULL)
    return dhk_sql_run (self, error, "DELETE FROM setting WHERE key = ?", "t", key);
  return dhk_sql_run (self, error, "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)",
                      "tt", key, value);
}
