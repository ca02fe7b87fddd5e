/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The hashes of a respondent (identity, content) are texts of hexadecimal digits everywhere but in
 * the study, which keeps their bytes: that is half of what a million respondents take. Whatever
 * is no such text is kept as it is, and read back as it is.
 */

#include "store/dhk-store-private.h"

#include <string.h>

/* FALSE when the text is no hash. */
gboolean
dhk_store_pack_hash (const char *text, guint8 *bytes)
{
  for (guint i = 0; i < DHK_HASH_SIZE; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = high < 0 ? -1 : g_ascii_xdigit_value (text[2 * i + 1]);

      if (low < 0 || g_ascii_isupper (text[2 * i]) || g_ascii_isupper (text[2 * i + 1]))
        return FALSE;
      bytes[i] = (guint8) (high << 4 | low);
    }
  return text[2 * DHK_HASH_SIZE] == '\0';
}

/* As SQL: dhk_hash (text). */
static void
sql_pack (sqlite3_context *context, int n, sqlite3_value **values)
{
  guint8 bytes[DHK_HASH_SIZE];

  if (sqlite3_value_type (values[0]) == SQLITE_TEXT
      && sqlite3_value_bytes (values[0]) == 2 * DHK_HASH_SIZE
      && dhk_store_pack_hash ((const char *) sqlite3_value_text (values[0]), bytes))
    sqlite3_result_blob (context, bytes, DHK_HASH_SIZE, SQLITE_TRANSIENT);
  else
    sqlite3_result_value (context, values[0]);
}

/* As SQL: dhk_hash_text (bytes). */
static void
sql_unpack (sqlite3_context *context, int n, sqlite3_value **values)
{
  const guint8 *bytes = NULL;
  char text[2 * DHK_HASH_SIZE];

  if (sqlite3_value_type (values[0]) == SQLITE_BLOB
      && sqlite3_value_bytes (values[0]) == DHK_HASH_SIZE)
    bytes = sqlite3_value_blob (values[0]);
  if (bytes == NULL)
    {
      sqlite3_result_value (context, values[0]);
      return;
    }
  for (guint i = 0; i < DHK_HASH_SIZE; i++)
    {
      text[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
      text[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
  sqlite3_result_text (context, text, sizeof text, SQLITE_TRANSIENT);
}

void
dhk_store_teach_hashes (DhkStore *self)
{
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;

  sqlite3_create_function (self->db, "dhk_hash", 1, flags, NULL, sql_pack, NULL, NULL);
  sqlite3_create_function (self->db, "dhk_hash_text", 1, flags, NULL, sql_unpack, NULL, NULL);
}

/* Of rows from before version 8, also when they come out of a damaged study. */
gboolean
dhk_store_shorten_respondents (DhkStore *self, GError **error)
{
  return dhk_sql_exec (
      self,
      "UPDATE respondent_record SET answers = (SELECT s.answers FROM answer_sheet s "
      "WHERE s.respondent = respondent_record.id AND s.target = '') WHERE answers IS NULL;"
      "DELETE FROM answer_sheet WHERE target = '';"
      "UPDATE respondent_record SET identity = dhk_hash (identity), content = dhk_hash (content) "
      "WHERE typeof (identity) = 'text' OR typeof (content) = 'text';"
      "UPDATE journal_change SET old = dhk_hash (old), new = dhk_hash (new) WHERE slot = 0",
      error);
}
