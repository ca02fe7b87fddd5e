/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (dhk - store - error - quark, dhk_store_error)

void
dhk_statement_release (DhkStatement *self)
{
  if (self == NULL)
    return;
  sqlite3_reset (self);
  sqlite3_clear_bindings (self);
}

gboolean
dhk_store_fail_damaged (DhkStore *self, const char *reason, GError **error)
{
  g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_DAMAGED,
               _ ("The study “%s” is damaged: %s. Nothing was changed in it."), self->name, reason);
  return FALSE;
}

gboolean
dhk_store_fail (GError **error, DhkStoreError code, const char *format, ...)
{
  va_list arguments;

  if (error == NULL)
    return FALSE;
  va_start (arguments, format);
  *error = g_error_new_valist (DHK_STORE_ERROR, (gint) code, format, arguments);
  va_end (arguments);
  return FALSE;
}

/* Whether another file has the name now: what is wrong with this one is then beside the point. */
static gboolean
has_moved (DhkStore *self)
{
  int moved = 0;

  return sqlite3_file_control (self->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK
         && moved != 0;
}

gboolean
dhk_sql_fail (DhkStore *self, int result, GError **error)
{
  g_debug ("SQLite: %d, %s", result, sqlite3_errmsg (self->db));
  if (result == SQLITE_READONLY_DBMOVED || (result != SQLITE_CANTOPEN && has_moved (self)))
    return dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                           _ ("The study “%s” was replaced by another program since it was opened. "
                              "This change was not stored; close the study and open it again."),
                           self->name);
  if (self->read_only && (result & 0xff) == SQLITE_READONLY)
    return dhk_store_fail_read_only (self->name, error);
  switch (result & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return dhk_store_fail (error, DHK_STORE_ERROR_BUSY,
                             _ ("The study “%s” is in use by another program. Nothing was changed; "
                                "try again when that program is done."),
                             self->name);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return dhk_store_fail_damaged (self, _ ("its pages do not fit together"), error);
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_ERROR:
    case SQLITE_TOOBIG:
      return dhk_store_fail_damaged (self, _ ("its tables are not as they should be"), error);
    case SQLITE_FULL:
      return dhk_store_fail (error, DHK_STORE_ERROR_IO,
                             _ ("There is no room left on the disk to change the study “%s”. It is "
                                "as it was; make room and try again."),
                             self->name);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return dhk_store_fail (error, DHK_STORE_ERROR_IO,
                             _ ("The study “%s” cannot be written. It is as it was; check that you "
                                "may change this file and its folder."),
                             self->name);
    default:
      return dhk_store_fail (error, DHK_STORE_ERROR_IO,
                             _ ("The study “%s” could not be read or written. It is as it was; "
                                "check the disk or the network drive it is on."),
                             self->name);
    }
}

gboolean
dhk_sql_exec (DhkStore *self, const char *sql, GError **error)
{
  int result = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  return result == SQLITE_OK || dhk_sql_fail (self, result, error);
}

DhkStatement *
dhk_sql_prepare (DhkStore *self, const char *sql, GError **error)
{
  DhkStatement *statement = g_hash_table_lookup (self->statements, sql);
  int result;

  if (statement != NULL)
    {
      g_assert (!sqlite3_stmt_busy (statement));
      return statement;
    }
  result = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (result != SQLITE_OK)
    {
      dhk_sql_fail (self, result, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

static void
bind_valist (DhkStatement *statement, const char *types, va_list arguments)
{
  for (int i = 0; types[i] != '\0'; i++)
    {
      int result = SQLITE_OK;

      if (types[i] == 'i')
        result = sqlite3_bind_int64 (statement, i + 1, va_arg (arguments, gint64));
      else if (types[i] == 'd')
        result = sqlite3_bind_double (statement, i + 1, va_arg (arguments, double));
      else if (types[i] == 't')
        result = sqlite3_bind_text (statement, i + 1, va_arg (arguments, const char *), -1,
                                    SQLITE_STATIC);
      else if (types[i] == 'b')
        {
          GBytes *bytes = va_arg (arguments, GBytes *);

          result = sqlite3_bind_blob64 (statement, i + 1, g_bytes_get_data (bytes, NULL),
                                        g_bytes_get_size (bytes), SQLITE_STATIC);
        }
      else
        g_assert_not_reached ();
      g_assert (result == SQLITE_OK || result == SQLITE_TOOBIG);
    }
}

void
dhk_sql_bind (DhkStatement *statement, const char *types, ...)
{
  va_list arguments;

  va_start (arguments, types);
  bind_valist (statement, types, arguments);
  va_end (arguments);
}

int
dhk_sql_step (DhkStore *self, DhkStatement *statement, GError **error)
{
  int result = sqlite3_step (statement);

  if (result == SQLITE_ROW)
    return 1;
  if (result == SQLITE_DONE)
    return 0;
  dhk_sql_fail (self, result, error);
  return -1;
}

gboolean
dhk_sql_insert (DhkStore *self, DhkStatement *statement, GError **error)
{
  gboolean ok = dhk_sql_step (self, statement, error) == 0;

  sqlite3_reset (statement);
  return ok;
}

gboolean
dhk_sql_run (DhkStore *self, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (self, sql, error);
  va_list arguments;

  if (statement == NULL)
    return FALSE;
  va_start (arguments, types);
  bind_valist (statement, types, arguments);
  va_end (arguments);
  return dhk_sql_step (self, statement, error) >= 0;
}

int
dhk_sql_get_int (
    DhkStore *self, GError **error, gint64 *value, const char *sql, const char *types, ...)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (self, sql, error);
  va_list arguments;
  int found;

  if (statement == NULL)
    return -1;
  va_start (arguments, types);
  bind_valist (statement, types, arguments);
  va_end (arguments);
  found = dhk_sql_step (self, statement, error);
  if (found == 1)
    *value = sqlite3_column_int64 (statement, 0);
  return found;
}

const char *
dhk_sql_text (DhkStatement *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? text : "";
}

static void
append_quoted (GString *sql, const char *text, char quote)
{
  g_string_append_c (sql, quote);
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == quote)
        g_string_append_c (sql, quote);
      g_string_append_c (sql, *p);
    }
  g_string_append_c (sql, quote);
}

void
dhk_sql_append_identifier (GString *sql, const char *name)
{
  append_quoted (sql, name, '"');
}

void
dhk_sql_append_literal (GString *sql, const char *text)
{
  append_quoted (sql, text, '\'');
}

gboolean
dhk_store_begin (DhkStore *self, GError **error)
{
  const guint known = self->instrument_number;

  if (self->read_only)
    return dhk_store_fail_read_only (self->name, error);
  dhk_store_back_up_before_change (self);
  if (!dhk_sql_exec (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  /* Another study may have brought some since. */
  self->knows_pseudonyms = FALSE;
  /* Another program may have used new slots since. */
  if (dhk_store_load_slots (self, error))
    {
      if (known == 0 || known == self->instrument_number)
        return TRUE;
      /* What is about to be written was meant for other questions. */
      dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                      _ ("Another program changed the questionnaires of the study “%s”. Nothing "
                         "was changed; look at them and try again."),
                      self->name);
    }
  dhk_store_roll_back (self);
  return FALSE;
}

void
dhk_store_roll_back (DhkStore *self)
{
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  /* What the transaction added is gone; a read that fails now fails again, and is said, later. */
  dhk_store_load_slots (self, NULL);
}

gboolean
dhk_store_end (DhkStore *self, gboolean ok, GError **error)
{
  ok = ok && dhk_sql_exec (self, "UPDATE study SET generation = generation + 1; COMMIT", error);
  if (!ok)
    dhk_store_roll_back (self);
  return ok;
}
