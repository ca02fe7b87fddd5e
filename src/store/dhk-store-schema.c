/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The tables, and how a file of an earlier version gets them. A migration is
 * never changed once a version with it was given out: the next change is the next
 * number. Version 0 is a file with nothing but its instrument.
 */

#include "store/dhk-store-entry-private.h"
#include "store/dhk-store-instrument.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-key-file-private.h"
#include "store/dhk-store-merge-private.h"

#define STRINGIFY_(x) #x
#define STRINGIFY(x) STRINGIFY_ (x)

static const char tables_of_version_1[] =
    /* One row: where the journal stands, what numbers are still free. */
    "CREATE TABLE study ("
    "  only INTEGER PRIMARY KEY CHECK (only = 1),"
    "  created INTEGER NOT NULL,"
    "  generation INTEGER NOT NULL DEFAULT 1,"
    "  journal_position INTEGER NOT NULL DEFAULT 0,"
    "  next_respondent INTEGER NOT NULL DEFAULT 1);"
    "INSERT INTO study (only, created) VALUES (1, CAST (strftime ('%s') AS INTEGER));"
    "CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE item_slot ("
    "  slot INTEGER PRIMARY KEY,"
    "  kind TEXT NOT NULL CHECK (kind IN ('item', 'variable')),"
    "  id TEXT NOT NULL,"
    "  UNIQUE (kind, id));"
    /* `active` is 0 while the import is undone or taken out. */
    "CREATE TABLE import_batch ("
    "  id INTEGER PRIMARY KEY,"
    "  step INTEGER NOT NULL,"
    "  active INTEGER NOT NULL DEFAULT 1,"
    "  file_name TEXT NOT NULL,"
    "  sha256 TEXT NOT NULL,"
    "  kind TEXT NOT NULL,"
    "  questionnaire TEXT NOT NULL,"
    "  imported INTEGER NOT NULL,"
    "  found INTEGER NOT NULL,"
    "  added INTEGER NOT NULL,"
    "  present INTEGER NOT NULL,"
    "  changed INTEGER NOT NULL,"
    "  aside INTEGER NOT NULL,"
    "  raw_head TEXT NOT NULL);"
    "CREATE TABLE raw_chunk ("
    "  batch INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,"
    "  chunk INTEGER NOT NULL,"
    "  n_rows INTEGER NOT NULL,"
    "  size INTEGER NOT NULL,"
    "  deflated BLOB NOT NULL,"
    "  PRIMARY KEY (batch, chunk));"
    "CREATE TABLE aside_row ("
    "  id INTEGER PRIMARY KEY,"
    "  batch INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,"
    "  line INTEGER NOT NULL,"
    "  raw TEXT NOT NULL,"
    "  reason TEXT NOT NULL);"
    /* `number` runs per questionnaire; times are the form's wall clock. */
    "CREATE TABLE respondent_record ("
    "  id INTEGER PRIMARY KEY,"
    "  batch INTEGER NOT NULL REFERENCES import_batch (id),"
    "  excluded INTEGER NOT NULL DEFAULT 0,"
    "  questionnaire TEXT NOT NULL,"
    "  respondent_type TEXT NOT NULL,"
    "  number INTEGER NOT NULL,"
    "  started INTEGER NOT NULL,"
    "  completed INTEGER NOT NULL,"
    "  form_id TEXT,"
    "  identity TEXT,"
    "  content TEXT);"
    "CREATE TABLE answer_sheet ("
    "  respondent INTEGER NOT NULL REFERENCES respondent_record (id) ON DELETE CASCADE,"
    "  target TEXT NOT NULL,"
    "  answers TEXT NOT NULL,"
    "  PRIMARY KEY (respondent, target)) WITHOUT ROWID;"
    /* `missing`: 'e' or 'u' where there is no value. */
    "CREATE TABLE value ("
    "  respondent INTEGER NOT NULL REFERENCES respondent_record (id) ON DELETE CASCADE,"
    "  slot INTEGER NOT NULL,"
    "  target TEXT NOT NULL,"
    "  value,"
    "  missing TEXT,"
    "  PRIMARY KEY (respondent, slot, target)) WITHOUT ROWID;"
    "CREATE TABLE hand_edit ("
    "  respondent INTEGER NOT NULL REFERENCES respondent_record (id) ON DELETE CASCADE,"
    "  slot INTEGER NOT NULL,"
    "  target TEXT NOT NULL,"
    "  times INTEGER NOT NULL,"
    "  PRIMARY KEY (respondent, slot, target)) WITHOUT ROWID;"
    /* Steps up to study.journal_position are done, those after it undone. */
    "CREATE TABLE journal_step ("
    "  step INTEGER PRIMARY KEY,"
    "  kind TEXT NOT NULL,"
    "  subject TEXT NOT NULL,"
    "  n INTEGER NOT NULL,"
    "  batch INTEGER NOT NULL,"
    "  happened INTEGER NOT NULL);"
    /* Slot 0 is the content hash of the respondent; batch 0 is no import. */
    "CREATE TABLE journal_change ("
    "  step INTEGER NOT NULL REFERENCES journal_step (step) ON DELETE CASCADE,"
    "  respondent INTEGER NOT NULL,"
    "  slot INTEGER NOT NULL,"
    "  target TEXT NOT NULL,"
    "  batch INTEGER NOT NULL,"
    "  old,"
    "  new,"
    "  PRIMARY KEY (step, respondent, slot, target)) WITHOUT ROWID";

static gboolean
migrate_to_1 (DhkStore *self, GError **error)
{
  return dhk_sql_exec (self, tables_of_version_1, error);
}

/* Respondents one by one: why somebody is left out, whose the raw rows are, who was erased. */
static const char tables_of_version_3[]
    = "ALTER TABLE respondent_record ADD COLUMN exclusion TEXT;"
      "ALTER TABLE aside_row ADD COLUMN respondent INTEGER;"
      "ALTER TABLE aside_row ADD COLUMN identity TEXT;"
      /* When the step was last undone or redone. */
      "ALTER TABLE journal_step ADD COLUMN switched INTEGER NOT NULL DEFAULT 0;"
      "ALTER TABLE study ADD COLUMN erase_key BLOB;"
      "ALTER TABLE study ADD COLUMN erase_pending INTEGER NOT NULL DEFAULT 0;"
      "CREATE TABLE raw_owner ("
      "  batch INTEGER PRIMARY KEY REFERENCES import_batch (id) ON DELETE CASCADE,"
      "  size INTEGER NOT NULL,"
      "  deflated BLOB NOT NULL);"
      "CREATE TABLE erasure (day TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE erased_identity (hash BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID";

static gboolean
migrate_to_3 (DhkStore *self, GError **error)
{
  return dhk_sql_exec (self, tables_of_version_3, error);
}

/* What everybody has is in the respondent's row; hashes are bytes (dhk-store-hash.c). */
static gboolean
migrate_to_8 (DhkStore *self, GError **error)
{
  return dhk_sql_exec (self, "ALTER TABLE respondent_record ADD COLUMN answers TEXT", error)
         && dhk_store_shorten_respondents (self, error);
}

static const DhkMigration migrations[] = {
  migrate_to_1,
  dhk_store_entry_make_tables,
  migrate_to_3,
  dhk_store_make_wave_tables,
  dhk_store_instrument_make_tables,
  dhk_store_add_pseudonyms,
  dhk_merge_make_tables,
  migrate_to_8,
};

guint
dhk_store_get_schema_version (void)
{
  return G_N_ELEMENTS (migrations);
}

gboolean
dhk_store_make_base (DhkStore *self, DhkInstrument *instrument, GError **error)
{
  return dhk_sql_exec (self,
                       "PRAGMA application_id = " STRINGIFY (
                           DHK_STORE_APPLICATION_ID) ";"
                                                     "CREATE TABLE instrument ("
                                                     "  id TEXT NOT NULL PRIMARY KEY,"
                                                     "  xml BLOB NOT NULL)",
                       error)
         && dhk_sql_run (self, error, "INSERT INTO instrument (id, xml) VALUES (?, ?)", "tb",
                         dhk_instrument_get_id (instrument), dhk_instrument_get_xml (instrument));
}

gboolean
dhk_store_run_migrations (
    DhkStore *self, const DhkMigration *list, guint n_migrations, guint version, GError **error)
{
  g_autofree char *sql = NULL;
  gboolean ok = dhk_sql_exec (self, "BEGIN IMMEDIATE", error);

  if (!ok)
    return FALSE;
  for (guint i = version; ok && i < n_migrations; i++)
    ok = list[i](self, error);
  ok = ok && dhk_store_load_slots (self, error) && dhk_store_rebuild_views (self, error);
  sql = g_strdup_printf ("PRAGMA user_version = %u; COMMIT", n_migrations);
  ok = ok && dhk_sql_exec (self, sql, error);
  if (!ok && !sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return ok;
}

gboolean
dhk_store_migrate (DhkStore *self, guint version, GError **error)
{
  return dhk_store_run_migrations (self, migrations, G_N_ELEMENTS (migrations), version, error);
}

gboolean
dhk_store_back_up (DhkStore *self, guint version, GError **error)
{
  g_autofree char *path = g_file_get_path (self->file);
  g_autoptr (GError) local = NULL;

  /* A backup of an earlier try stays: it is nearer to what the person had. */
  for (guint i = 1; i <= 100; i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf ("-%u", i) : g_strdup ("");
      g_autofree char *backup = g_strdup_printf ("%s.backup-v%u%s", path, version, number);

      g_clear_error (&local);
      if (dhk_store_copy_to (self, backup, self->name, FALSE, &local))
        return TRUE;
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_EXISTS))
        break;
    }
  g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_IO,
               _ ("The study “%s” is of an earlier version and has to be renewed, but no backup "
                  "could be made first, so it was not changed: %s"),
               self->name, local->message);
  return FALSE;
}
