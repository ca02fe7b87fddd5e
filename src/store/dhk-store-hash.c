/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The hashes of a respondent (identity, content) are texts of hexadecimal digits everywhere but in
 * the study, which keeps their bytes: that is half of what a million respondents take. Whatever
 * is no such text is kept as it is, and read back as it is.
 */

#include "store/dhk-store-known.h"

#include <string.h>

#include "base/dhk-sha256.h"

gboolean
dhk_store_pack_hash (const char *text, guint8 *bytes)
{
  guint8 digits[2 * DHK_HASH_SIZE];
  guint8 all = 0;

  if (strnlen (text, sizeof digits + 1) != sizeof digits)
    return FALSE;
  /* A million rows have two each: without a branch many digits are read at once. What is none gives
   * 16 or more. */
  for (guint i = 0; i < sizeof digits; i++)
    {
      guint8 character = (guint8) text[i];

      digits[i] = (guint8) (character <= '9' ? character - '0' : character - 'a' + 10);
      all |= (guint8) (digits[i] | (character > '9' && character < 'a' ? 16 : 0));
    }
  for (guint i = 0; i < DHK_HASH_SIZE; i++)
    bytes[i] = (guint8) (digits[2 * i] << 4 | digits[2 * i + 1]);
  return all < 16;
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

/* Digests ------------------------------------------------------------------------------ */

static DhkDigest
digest_of_bytes (const guint8 *bytes)
{
  DhkDigest digest = { { 0 } };

  for (guint half = 0; half < 2; half++)
    for (guint i = 0; i < 8; i++)
      digest.halves[half] = digest.halves[half] << 8 | bytes[8 * half + i];
  return digest;
}

/* An identity is a hash already. */
DhkDigest
dhk_digest (const char *text)
{
  const DhkDigest none = { { 0 } };
  guint8 bytes[DHK_HASH_SIZE];
  DhkSha256 hash;

  if (text == NULL || *text == '\0')
    return none;
  if (dhk_store_pack_hash (text, bytes))
    return digest_of_bytes (bytes);
  dhk_sha256_init (&hash);
  dhk_sha256_update (&hash, text, strlen (text));
  dhk_sha256_end_bytes (&hash, bytes);
  return digest_of_bytes (bytes);
}

DhkDigest
dhk_digest_of_column (DhkStatement *statement, int column)
{
  const guint8 *bytes = NULL;

  if (sqlite3_column_type (statement, column) == SQLITE_BLOB
      && sqlite3_column_bytes (statement, column) == DHK_HASH_SIZE)
    bytes = sqlite3_column_blob (statement, column);
  return bytes != NULL ? digest_of_bytes (bytes) : dhk_digest (dhk_sql_text (statement, column));
}

gboolean
dhk_digest_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (DhkDigest)) == 0;
}
