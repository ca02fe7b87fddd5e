/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-salvage.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/dhk-file.h"
#include "store/dhk-store-backup.h"
#include "store/dhk-store-private.h"
#include "store/dhk-store-salvage-private.h"
#include "store/dhk-store-seal.h"

/* After a row that cannot be read, the next ones are looked for this far away. */
#define LONGEST_STEP ((gint64) 1 << 40)

/* In the order in which they refer to each other. Of the journal see dhk_salvage_carry_kept(). */
static const char *const tables[] = {
  "setting",
  "item_slot",
  "import_batch",
  "raw_chunk",
  "raw_owner",
  "aside_row",
  "respondent_record",
  "answer_sheet",
  "value",
  "hand_edit",
  "import_conflict",
  "merged_respondent",
  "erasure",
  "erased_identity",
  "import_profile",
  "import_profile_head",
  "import_profile_decision",
  "entry_batch",
  "entry_form",
  "entry_answer",
  "entry_settled",
};

/* The bytes ---------------------------------------------------------------------------- */

/* What can be trusted of the file, in memory. */
static GBytes *
read_damaged (
    GFile *file, const char *password, DhkSealKey **key, DhkSalvage *salvage, GError **error)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) plain = NULL;
  const void *data;
  gsize size;
  gboolean whole = TRUE;

  bytes = dhk_file_load (file, 0, NULL, &local);
  if (bytes == NULL)
    {
      if (dhk_store_explain_file (local, error))
        return NULL;
      dhk_store_fail (error, DHK_STORE_ERROR_IO,
                      _ ("The file “%s” could not be read at all. Copy what the disk still gives, "
                         "and try that."),
                      base);
      return NULL;
    }
  data = g_bytes_get_data (bytes, &size);
  if (!dhk_is_sealed (data, size, NULL))
    return g_steal_pointer (&bytes);
  if (password == NULL)
    {
      dhk_store_fail (error, DHK_STORE_ERROR_PASSWORD,
                      _ ("The study “%s” is protected with a password. It was not changed; "
                         "open it with its password."),
                      base);
      return NULL;
    }
  salvage->was_encrypted = TRUE;
  *key = dhk_seal_key_new_for (data, size, password, &local);
  if (*key != NULL)
    plain = dhk_seal_key_unseal_start (*key, DHK_SEAL_STUDY, bytes, &whole, &local);
  if (plain == NULL)
    {
      dhk_sealed_file_explain (local, base, error);
      return NULL;
    }
  salvage->trusted = g_bytes_get_size (plain);
  salvage->is_whole = salvage->is_whole && whole;
  return g_steal_pointer (&plain);
}

/* A file that was cut off has fewer pages than its head says: the others are zeros then. */
static sqlite3 *
open_image (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint64 page;
  guint64 n;
  guint64 total;
  guint8 *copy;
  sqlite3 *db = NULL;

  if (size < 512)
    return NULL;
  page = (guint64) data[16] << 8 | data[17];
  page = page == 1 ? 65536 : page;
  n = (guint64) data[28] << 24 | (guint64) data[29] << 16 | (guint64) data[30] << 8 | data[31];
  total = page >= 512 && n * page <= (guint64) size * 64 + (1 << 20) ? MAX (n * page, size) : size;
  copy = sqlite3_malloc64 (total);
  if (copy == NULL)
    return NULL;
  memcpy (copy, data, size);
  memset (copy + size, 0, total - size);
  /* A journal that was never rolled back is not ours to roll back. */
  copy[18] = copy[19] = 1;
  if (sqlite3_open_v2 (":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL)
          != SQLITE_OK
      || sqlite3_deserialize (db, "main", copy, (sqlite3_int64) total, (sqlite3_int64) total,
                              SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY)
             != SQLITE_OK)
    {
      sqlite3_close (db);
      return NULL;
    }
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_exec (db, "PRAGMA writable_schema = ON; PRAGMA cell_size_check = ON", NULL, NULL, NULL);
  return db;
}

/* The tables ------------------------------------------------------------------------------ */

typedef struct
{
  GBytes *bytes;
  sqlite3 *from;
  DhkStore *to;
  DhkSalvage *salvage;
  const char *name; /* what messages call the damaged file */
} Work;

static GPtrArray *
list_columns (sqlite3 *db, const char *table)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT name FROM pragma_table_info (?)", -1, &statement, NULL)
      == SQLITE_OK)
    {
      sqlite3_bind_text (statement, 1, table, -1, SQLITE_STATIC);
      while (sqlite3_step (statement) == SQLITE_ROW)
        g_ptr_array_add (columns, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
    }
  sqlite3_finalize (statement);
  return columns;
}

static gboolean
holds (GPtrArray *columns, const char *name)
{
  for (guint i = 0; i < columns->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (columns, i), name) == 0)
      return TRUE;
  return FALSE;
}

/* Columns that both have: a damaged study of an earlier version has fewer. `without`: not this one. */
static char *
join_columns (Work *work, const char *table, const char *without, guint *n)
{
  g_autoptr (GPtrArray) ours = list_columns (work->to->db, table);
  g_autoptr (GPtrArray) theirs = list_columns (work->from, table);
  GString *list = g_string_new (NULL);

  *n = 0;
  for (guint i = 0; i < ours->len; i++)
    if (holds (theirs, g_ptr_array_index (ours, i))
        && g_strcmp0 (g_ptr_array_index (ours, i), without) != 0)
      {
        g_string_append (list, *n > 0 ? ", " : "");
        dhk_sql_append_identifier (list, g_ptr_array_index (ours, i));
        (*n)++;
      }
  return g_string_free (list, FALSE);
}

/* `empty`: a further column, which gets the empty text. */
static sqlite3_stmt *
prepare_insert (Work *work, const char *table, const char *columns, guint n, const char *empty)
{
  g_autoptr (GString) sql = g_string_new ("INSERT OR REPLACE INTO ");
  sqlite3_stmt *insert = NULL;

  dhk_sql_append_identifier (sql, table);
  g_string_append_printf (sql, " (%s%s%s) VALUES (", columns, empty != NULL ? ", " : "",
                          empty != NULL ? empty : "");
  for (guint i = 0; i < n; i++)
    g_string_append (sql, i > 0 ? ", ?" : "?");
  g_string_append (sql, empty != NULL ? ", '')" : ")");
  sqlite3_prepare_v2 (work->to->db, sql->str, -1, &insert, NULL);
  return insert;
}

/* Copies rows until the end or one that fails. TRUE at the end; `last` is the last rowid. */
static gboolean
copy_rows (sqlite3_stmt *select, sqlite3_stmt *insert, guint n, gint64 *last)
{
  int result;

  while ((result = sqlite3_step (select)) == SQLITE_ROW)
    {
      for (guint i = 0; i < n; i++)
        sqlite3_bind_value (insert, (int) i + 1, sqlite3_column_value (select, (int) i));
      /* A row that does not fit is left out: what it refers to was lost. */
      sqlite3_step (insert);
      sqlite3_reset (insert);
      if (last != NULL)
        *last = sqlite3_column_int64 (select, (int) n);
    }
  sqlite3_reset (select);
  return result == SQLITE_DONE;
}

/* Whether a row from this rowid on can be read, or none is there. */
static gboolean
can_read (sqlite3_stmt *select, gint64 from)
{
  int result;

  sqlite3_bind_int64 (select, 1, from);
  result = sqlite3_step (select);
  sqlite3_reset (select);
  return result == SQLITE_ROW || result == SQLITE_DONE;
}

/* The first rowid behind `bad` from which rows can be read: over the damage in longer and longer
 * steps, then back to where it ends. */
static gboolean
find_end_of_damage (sqlite3_stmt *select, gint64 bad, gint64 *good)
{
  gint64 step = 1;

  while (!can_read (select, bad + step))
    {
      bad += step;
      step *= 2;
      if (step > LONGEST_STEP)
        return FALSE;
    }
  *good = bad + step;
  while (*good - bad > 1)
    {
      gint64 middle = bad + (*good - bad) / 2;

      if (can_read (select, middle))
        *good = middle;
      else
        bad = middle;
    }
  return TRUE;
}

static gboolean
copy_by_rowid (Work *work, const char *table, const char *columns, guint n, sqlite3_stmt *insert)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s, rowid FROM \"%s\" WHERE rowid >= ? ORDER BY rowid", columns, table);
  sqlite3_stmt *select = NULL;
  gboolean whole = TRUE;
  gint64 from = 0;

  if (sqlite3_prepare_v2 (work->from, sql, -1, &select, NULL) != SQLITE_OK)
    return FALSE;
  for (;;)
    {
      gint64 last = from - 1;

      sqlite3_bind_int64 (select, 1, from);
      if (copy_rows (select, insert, n, &last))
        break;
      whole = FALSE;
      /* Where rowids are damaged, too, they may go back: this goes on all the same. */
      if (!find_end_of_damage (select, MAX (last + 1, from), &from))
        break;
    }
  sqlite3_finalize (select);
  return whole;
}

/* Tables without rowids, respondent by respondent where the whole cannot be read. */
static gboolean
copy_by_respondent (
    Work *work, const char *table, const char *columns, guint n, sqlite3_stmt *insert)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE respondent = ?", columns, table);
  sqlite3_stmt *select = NULL;
  sqlite3_stmt *ids = NULL;

  if (sqlite3_prepare_v2 (work->from, sql, -1, &select, NULL) == SQLITE_OK
      && sqlite3_prepare_v2 (work->to->db, "SELECT id FROM respondent_record", -1, &ids, NULL)
             == SQLITE_OK)
    while (sqlite3_step (ids) == SQLITE_ROW)
      {
        sqlite3_bind_int64 (select, 1, sqlite3_column_int64 (ids, 0));
        copy_rows (select, insert, n, NULL);
      }
  sqlite3_finalize (ids);
  sqlite3_finalize (select);
  return FALSE;
}

static gboolean
copy_plain (Work *work, const char *table, const char *columns, guint n, sqlite3_stmt *insert)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\"", columns, table);
  sqlite3_stmt *select = NULL;
  gboolean whole = FALSE;

  if (sqlite3_prepare_v2 (work->from, sql, -1, &select, NULL) == SQLITE_OK)
    whole = copy_rows (select, insert, n, NULL);
  sqlite3_finalize (select);
  return whole;
}

/*
 * A long text lies in pages of its own, further on in the file. Where those are lost the rest of
 * the row is still there: it is copied first, and what can be read whole takes its place.
 */
static void
copy_without (Work *work, const char *table, const char *long_text)
{
  guint n = 0;
  g_autofree char *columns = join_columns (work, table, long_text, &n);
  sqlite3_stmt *insert = n > 0 ? prepare_insert (work, table, columns, n, long_text) : NULL;

  if (insert != NULL)
    copy_by_rowid (work, table, columns, n, insert);
  sqlite3_finalize (insert);
}

static void
copy_table (Work *work, const char *table)
{
  guint n = 0;
  g_autofree char *columns = join_columns (work, table, NULL, &n);
  sqlite3_stmt *insert;
  gboolean whole;

  if (n == 0)
    return;
  insert = prepare_insert (work, table, columns, n, NULL);
  if (insert == NULL)
    return;
  whole = copy_by_rowid (work, table, columns, n, insert);
  if (!whole)
    whole = copy_plain (work, table, columns, n, insert);
  if (!whole && strstr (columns, "\"respondent\"") != NULL)
    whole = copy_by_respondent (work, table, columns, n, insert);
  sqlite3_finalize (insert);
  work->salvage->is_whole = work->salvage->is_whole && whole;
  if (!whole && strcmp (table, "raw_chunk") == 0)
    work->salvage->raw_lost = TRUE;
}

/* The new study ------------------------------------------------------------------------------- */

/* The pseudonyms stay those of the key file. */
static void
copy_pseudonym_key (Work *work)
{
  sqlite3_stmt *select = NULL;
  sqlite3_stmt *update = NULL;

  if (sqlite3_prepare_v2 (work->from, "SELECT pseudonym_key FROM study", -1, &select, NULL)
          == SQLITE_OK
      && sqlite3_step (select) == SQLITE_ROW && sqlite3_column_bytes (select, 0) == 16
      && sqlite3_prepare_v2 (work->to->db, "UPDATE study SET pseudonym_key = ?", -1, &update, NULL)
             == SQLITE_OK)
    {
      sqlite3_bind_value (update, 1, sqlite3_column_value (select, 0));
      sqlite3_step (update);
    }
  sqlite3_finalize (update);
  sqlite3_finalize (select);
  work->to->knows_pseudonyms = FALSE;
}

static gboolean
count (Work *work, GError **error)
{
  DhkSalvage *salvage = work->salvage;
  gint64 n = 0;
  gint64 expected = 0;
  gint64 imports = 0;
  gint64 empty = 0;

  if (dhk_sql_get_int (work->to, error, &n, "SELECT count (*) FROM respondent_record", "") != 1
      || dhk_sql_get_int (work->to, error, &imports,
                          "SELECT count (*) FROM import_batch WHERE kind <> 'paper'", "")
             != 1
      || dhk_sql_get_int (work->to, error, &expected,
                          /* Who was erased on request is not lost. */
                          "SELECT (SELECT ifnull (sum (added), 0) FROM import_batch) "
                          "- (SELECT ifnull (sum (n), 0) FROM erasure)",
                          "")
             != 1
      || dhk_sql_get_int (work->to, error, &empty,
                          "SELECT count (*) FROM respondent_record WHERE id NOT IN "
                          "(SELECT respondent FROM answer_sheet) AND id NOT IN "
                          "(SELECT respondent FROM value) AND answers IS NULL",
                          "")
             != 1)
    return FALSE;
  salvage->respondents = (guint64) n;
  salvage->imports = (guint64) imports;
  salvage->respondents_lost = expected > n ? (guint64) (expected - n) : 0;
  salvage->answers_lost = (guint64) empty;
  salvage->is_whole = salvage->is_whole && salvage->respondents_lost == 0
                      && salvage->answers_lost == 0 && salvage->orphans == 0;
  return TRUE;
}

static gboolean
fill (Work *work, GError **error)
{
  DhkStore *to = work->to;

  if (!dhk_sql_exec (to, "PRAGMA foreign_keys = OFF", error)
      || !dhk_sql_exec (to, "BEGIN IMMEDIATE", error))
    return FALSE;
  copy_pseudonym_key (work);
  copy_without (work, "import_batch", "raw_head");
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    copy_table (work, tables[i]);
  if (!work->salvage->is_whole)
    dhk_salvage_scan_pages (work->bytes, to);
  return dhk_store_end (to,
                        dhk_store_load_slots (to, error)
                            && dhk_salvage_mend (to, work->from, work->name, work->salvage, error)
                            && dhk_salvage_carry_kept (to, work->from, error) && count (work, error)
                            && dhk_store_rebuild_views (to, error),
                        error)
         && dhk_sql_exec (to, "PRAGMA foreign_keys = ON", error);
}

gboolean
dhk_store_salvage (
    GFile *damaged, const char *password, GFile *out, DhkSalvage *salvage, GError **error)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autoptr (DhkSealKey) key = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DhkInstrument) instrument = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (DhkStore) to = NULL;
  Work work = { .salvage = salvage };
  gboolean ok;

  g_return_val_if_fail (G_IS_FILE (damaged) && G_IS_FILE (out), FALSE);
  g_return_val_if_fail (salvage != NULL, FALSE);

  backups = dhk_backup_list (damaged);
  *salvage = (DhkSalvage){ .is_whole = TRUE, .has_backups = backups->len > 0 };
  base = g_file_get_basename (damaged);
  work.name = name = g_filename_display_name (base);
  bytes = read_damaged (damaged, password, &key, salvage, error);
  if (bytes == NULL)
    return FALSE;
  work.from = open_image (bytes);
  work.bytes = bytes;
  if (work.from != NULL)
    instrument = dhk_salvage_find_instrument (work.from, bytes, base, &salvage->is_whole);
  if (instrument == NULL)
    {
      sqlite3_close (work.from);
      return dhk_salvage_fail (salvage, FALSE, base, error);
    }
  to = key != NULL ? dhk_store_create_encrypted (out, instrument, password, error)
                   : dhk_store_create (out, instrument, error);
  work.to = to;
  ok = to != NULL && fill (&work, error);
  sqlite3_close (work.from);
  ok = ok
       && (salvage->respondents > 0 || salvage->is_whole
           || dhk_salvage_fail (salvage, TRUE, base, error));
  if (to != NULL && !ok)
    {
      g_clear_pointer (&to, dhk_store_close);
      g_file_delete (out, NULL, NULL);
    }
  return ok;
}
