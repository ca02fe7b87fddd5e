/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The table instrument holds one row, the current version, as it always did; instrument_version
 * holds every version once there is a second one, and study.instrument is the current one's
 * number, by which another program's change is seen. A version whose step was forgotten stays as a number
 * without text: items that it brought may have slots, which are never used again.
 */

#include "store/dhk-store-instrument.h"

#include <glib/gi18n-lib.h>

#include "store/dhk-store-instrument-fit.h"
#include "store/dhk-store-private.h"

gboolean
dhk_store_instrument_make_tables (DhkStore *self, GError **error)
{
  static const char tables[] = "ALTER TABLE study ADD COLUMN instrument INTEGER NOT NULL DEFAULT 1;"
                               "CREATE TABLE instrument_version ("
                               "  number INTEGER PRIMARY KEY,"
                               "  previous INTEGER NOT NULL,"
                               "  step INTEGER NOT NULL,"
                               "  saved INTEGER NOT NULL,"
                               "  label TEXT NOT NULL,"
                               "  xml BLOB NOT NULL)";

  return dhk_sql_exec (self, tables, error);
}

static gboolean
keep_first_version (DhkStore *self, GError **error)
{
  return dhk_sql_run (self, error,
                      "INSERT OR IGNORE INTO instrument_version "
                      "(number, previous, step, saved, label, xml) "
                      "SELECT 1, 0, 0, s.created, ?, i.xml FROM study s, instrument i",
                      "t", dhk_instrument_get_version (self->instrument));
}

guint
dhk_store_instrument_get_number (DhkStore *self, GError **error)
{
  gint64 number = 0;

  if (dhk_sql_get_int (self, error, &number, "SELECT instrument FROM study", "") != 1)
    return 0;
  return (guint) CLAMP (number, 1, G_MAXINT);
}

gboolean
dhk_store_instrument_had_others (DhkStore *self)
{
  gint64 found = 0;

  return dhk_sql_get_int (self, NULL, &found,
                          "SELECT 1 FROM instrument_version WHERE number > 1 LIMIT 1", "")
         == 1;
}

gboolean
dhk_store_instrument_forget (DhkStore *self, gint64 position, GError **error)
{
  return dhk_sql_run (self, error,
                      "UPDATE instrument_version SET xml = x'', label = '' WHERE step > ?", "i",
                      position);
}

/* Makes version `number` the current one, in the file and in the handle. */
static gboolean
use_version (DhkStore *self, gint64 number, GError **error)
{
  return dhk_sql_run (self, error,
                      "UPDATE instrument SET xml = v.xml FROM instrument_version v "
                      "WHERE v.number = ?",
                      "i", number)
         && dhk_sql_run (self, error, "UPDATE study SET instrument = ?", "i", number)
         && dhk_store_load_slots (self, error) && dhk_store_rebuild_views (self, error);
}

gboolean
dhk_store_instrument_switch (DhkStore *self, gint64 number, gboolean undo, GError **error)
{
  gint64 wanted = number;

  if (undo
      && dhk_sql_get_int (self, error, &wanted,
                          "SELECT previous FROM instrument_version WHERE number = ?", "i", number)
             != 1)
    return FALSE;
  return use_version (self, wanted, error);
}

static gboolean
add_version (DhkStore *self, DhkInstrument *instrument, GError **error)
{
  const char *label = dhk_instrument_get_version (instrument);
  guint previous = dhk_store_instrument_get_number (self, error);
  gint64 last = 0;
  gint64 step;

  if (previous == 0 || !dhk_store_instrument_fits (self, instrument, error)
      || !keep_first_version (self, error)
      || dhk_sql_get_int (self, error, &last, "SELECT max (number) FROM instrument_version", "")
             != 1)
    return FALSE;
  step = dhk_journal_append (self, DHK_INSTRUMENT_STEP, label, last + 1, 0, error);
  return step != 0
         && dhk_sql_run (self, error,
                         "INSERT INTO instrument_version "
                         "(number, previous, step, saved, label, xml) VALUES (?, ?, ?, ?, ?, ?)",
                         "iiiitb", last + 1, (gint64) previous, step,
                         g_get_real_time () / G_USEC_PER_SEC, label,
                         dhk_instrument_get_xml (instrument))
         && use_version (self, last + 1, error);
}

gboolean
dhk_store_set_instrument (DhkStore *self, DhkInstrument *instrument, GError **error)
{
  g_return_val_if_fail (self != NULL && instrument != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  return dhk_store_begin (self, error)
         && dhk_store_end (self, add_version (self, instrument, error), error);
}

/* Reading ------------------------------------------------------------------------ */

static void
free_version (gpointer data)
{
  DhkInstrumentVersion *self = data;

  g_free (self->label);
  g_free (self);
}

static DhkInstrumentVersion *
new_only_version (DhkStore *self)
{
  DhkInstrumentVersion *version = g_new0 (DhkInstrumentVersion, 1);

  version->number = 1;
  version->label = g_strdup (dhk_instrument_get_version (self->instrument));
  version->is_current = TRUE;
  dhk_sql_get_int (self, NULL, &version->saved, "SELECT created FROM study", "");
  return version;
}

GPtrArray *
dhk_store_list_instrument_versions (DhkStore *self, GError **error)
{
  g_autoptr (DhkStatement) statement = NULL;
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func (free_version);
  int found;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  statement = dhk_sql_prepare (self,
                               "SELECT v.number, v.label, v.saved, v.number = s.instrument "
                               "FROM instrument_version v, study s WHERE length (v.xml) > 0 "
                               "AND v.step <= s.journal_position ORDER BY v.number DESC",
                               error);
  if (statement == NULL)
    return NULL;
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      DhkInstrumentVersion *version = g_new0 (DhkInstrumentVersion, 1);

      version->number = (guint) sqlite3_column_int (statement, 0);
      version->label = g_strdup (dhk_sql_text (statement, 1));
      version->saved = sqlite3_column_int64 (statement, 2);
      version->is_current = sqlite3_column_int (statement, 3) != 0;
      g_ptr_array_add (versions, version);
    }
  if (found == 0 && versions->len == 0)
    g_ptr_array_add (versions, new_only_version (self));
  return found == 0 ? g_steal_pointer (&versions) : NULL;
}

DhkInstrument *
dhk_store_load_instrument_version (DhkStore *self, guint number, GError **error)
{
  g_autoptr (DhkStatement) statement = NULL;
  g_autoptr (GBytes) bytes = NULL;
  int found;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  statement = dhk_sql_prepare (self, "SELECT xml FROM instrument_version WHERE number = ?", error);
  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "i", (gint64) number);
  found = dhk_sql_step (self, statement, error);
  if (found < 0)
    return NULL;
  if (found == 0 && number == 1)
    return dhk_instrument_ref (self->instrument);
  if (found == 0 || sqlite3_column_bytes (statement, 0) == 0)
    {
      dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                      _ ("The study has no version %u of its questionnaires."), number);
      return NULL;
    }
  bytes = g_bytes_new (sqlite3_column_blob (statement, 0),
                       (gsize) sqlite3_column_bytes (statement, 0));
  return dhk_instrument_new_from_bytes (bytes, self->name, error);
}
