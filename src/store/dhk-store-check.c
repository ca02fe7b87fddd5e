/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is looked at before a file is taken for a study. Nothing here writes. */

#include "store/dhk-store-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#define HEADER_SIZE 100
#define APPLICATION_ID_AT 68
#define USER_VERSION_AT 60

/*
 * A file up to this size is read whole when it is opened; of a larger one only
 * the schema (damage elsewhere is found where it is read): checking a study of a
 * million respondents takes longer than computing every table.
 */
#define WHOLE_CHECK_LIMIT (48 * 1024 * 1024)

gboolean
dhk_store_explain_file (const GError *problem, GError **error)
{
  if (!g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
      && !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY)
      && !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE))
    return FALSE;
  dhk_store_fail (error, DHK_STORE_ERROR_IO, "%s", problem->message);
  return TRUE;
}

gboolean
dhk_store_check_file (const char *path, const char *name, GError **error)
{
  struct stat info;

  if (path == NULL)
    return dhk_store_fail (
        error, DHK_STORE_ERROR_IO,
        _ ("The study “%s” is not on this computer or a connected drive. Copy it "
           "here first."),
        name);
  if (stat (path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR))
    return dhk_store_fail (error, DHK_STORE_ERROR_IO,
                           _ ("There is no file “%s” here. It may have been moved or renamed."),
                           name);
  if (stat (path, &info) != 0)
    return dhk_store_fail (
        error, DHK_STORE_ERROR_IO,
        _ ("The file “%s” could not be looked at. Check that you may read its folder."), name);
  if (S_ISDIR (info.st_mode))
    return dhk_store_fail (error, DHK_STORE_ERROR_NOT_A_STUDY,
                           _ ("“%s” is a folder, not a study. Choose the study file in it."), name);
  if (!S_ISREG (info.st_mode))
    return dhk_store_fail (error, DHK_STORE_ERROR_NOT_A_STUDY,
                           _ ("“%s” is not an ordinary file, so it cannot be a study."), name);
  if (info.st_size == 0)
    return dhk_store_fail (error, DHK_STORE_ERROR_NOT_A_STUDY,
                           _ ("The file “%s” is empty, so it is not a study. It was not changed."),
                           name);
  return TRUE;
}

static guint
read_32 (const guint8 *bytes)
{
  return (guint) bytes[0] << 24 | (guint) bytes[1] << 16 | (guint) bytes[2] << 8 | bytes[3];
}

/*
 * Reads the first bytes through SQLite's own file handle: another handle on
 * the file would, when closed, drop the locks that this process holds on it. No
 * page is read yet, so nothing is rolled back in a file that is not ours.
 */
gboolean
dhk_store_check_header (DhkStore *self, gint64 *size, guint *version, GError **error)
{
  sqlite3_file *handle = NULL;
  guint8 header[HEADER_SIZE] = { 0 };
  DhkSealKind kind = 0;
  sqlite3_int64 length = 0;

  if (sqlite3_file_control (self->db, "main", SQLITE_FCNTL_FILE_POINTER, &handle) != SQLITE_OK
      || handle == NULL || handle->pMethods == NULL
      || handle->pMethods->xFileSize (handle, &length) != SQLITE_OK)
    return dhk_sql_fail (self, SQLITE_CANTOPEN, error);
  if (length >= HEADER_SIZE
      && handle->pMethods->xRead (handle, header, HEADER_SIZE, 0) != SQLITE_OK)
    return dhk_sql_fail (self, SQLITE_IOERR, error);

  if (dhk_is_sealed (header, HEADER_SIZE, &kind) && kind == DHK_SEAL_STUDY)
    return dhk_store_fail (error, DHK_STORE_ERROR_PASSWORD,
                           _ ("The study “%s” is protected with a password. It was not changed; "
                              "open it with its password."),
                           self->name);
  if (memcmp (header, "SQLite format 3", 16) != 0
      || read_32 (header + APPLICATION_ID_AT) != DHK_STORE_APPLICATION_ID)
    {
      g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_NOT_A_STUDY,
                   _ ("“%s” is not a study of Driehoek but another kind of file. It was not "
                      "changed."),
                   self->name);
      return FALSE;
    }
  *size = length;
  *version = read_32 (header + USER_VERSION_AT);
  if (*version > dhk_store_get_schema_version ())
    {
      g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_NEWER,
                   _ ("The study “%s” was made by a newer version of Driehoek. It was not changed; "
                      "open it with that version."),
                   self->name);
      return FALSE;
    }
  if (sqlite3_db_readonly (self->db, "main") == 1)
    return dhk_sql_fail (self, SQLITE_READONLY, error);
  return TRUE;
}

static gboolean
check_names (DhkStore *self, GHashTable *found, const char *const *tables, GError **error)
{
  for (guint i = 0; tables[i] != NULL; i++)
    if (!g_hash_table_contains (found, tables[i]))
      {
        g_autofree char *reason = g_strdup_printf (_ ("its part “%s” is missing"), tables[i]);

        return dhk_store_fail_damaged (self, reason, error);
      }
  return TRUE;
}

/* A table that is missing, or is a view or a virtual table in its place. */
static gboolean
check_tables (DhkStore *self, guint version, GError **error)
{
  static const char *const base[] = { "instrument", NULL };
  static const char *const current[]
      = { "instrument",   "study",        "setting",        "item_slot", "respondent_record",
          "answer_sheet", "value",        "import_batch",   "raw_chunk", "aside_row",
          "hand_edit",    "journal_step", "journal_change", NULL };
  static const char *const later[]
      = { "entry_batch", "entry_form", "entry_answer", "entry_settled", "entry_change", NULL };
  static const char *const of_version_3[] = { "raw_owner", "erasure", "erased_identity", NULL };
  static const char *const of_version_5[] = { "instrument_version", NULL };
  static const char *const of_version_7[] = { "merged_respondent", "merge_conflict", NULL };
  const char *const *tables = version == 0 ? base : current;
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self,
                         "SELECT name FROM sqlite_schema WHERE type = 'table' "
                         "AND sql LIKE 'CREATE TABLE %'",
                         error);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int row;

  if (statement == NULL)
    return FALSE;
  while ((row = dhk_sql_step (self, statement, error)) == 1)
    g_hash_table_add (found, g_strdup (dhk_sql_text (statement, 0)));
  return row == 0 && check_names (self, found, tables, error)
         && (version < 2 || check_names (self, found, later, error))
         && (version < 3 || check_names (self, found, of_version_3, error))
         && (version < 5 || check_names (self, found, of_version_5, error))
         && (version < 7 || check_names (self, found, of_version_7, error));
}

gboolean
dhk_store_check_content (DhkStore *self, gint64 size, guint version, GError **error)
{
  g_autoptr (DhkStatement) quick = NULL;
  g_autoptr (DhkStatement) foreign = NULL;
  int found;

  if (!check_tables (self, version, error))
    return FALSE;
  if (size > WHOLE_CHECK_LIMIT)
    return TRUE;

  quick = dhk_sql_prepare (self, "PRAGMA quick_check (1)", error);
  found = quick != NULL ? dhk_sql_step (self, quick, error) : -1;
  if (found < 0)
    return FALSE;
  if (found == 0 || strcmp (dhk_sql_text (quick, 0), "ok") != 0)
    return dhk_store_fail_damaged (self, _ ("its pages do not fit together"), error);

  foreign = dhk_sql_prepare (self, "PRAGMA foreign_key_check", error);
  found = foreign != NULL ? dhk_sql_step (self, foreign, error) : -1;
  if (found < 0)
    return FALSE;
  if (found == 1)
    return dhk_store_fail_damaged (self, _ ("it holds answers without a respondent"), error);
  return TRUE;
}
