/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Pseudonyms.
 *
 * A pseudonym is the respondent's number, put through a permutation that is the study's own: seven
 * characters that look like chance, never the same twice, without a list to search. None of
 * them can be taken for another (no O and 0, I and 1, S and 5, B and 8), and there are no
 * vowels, so no words.
 */

#include "store/dhk-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-key-file-private.h"
#include "store/dhk-store-merge-private.h"

#define HALF_BITS 15
#define HALF_MASK ((1u << HALF_BITS) - 1)
#define N_ROUNDS 8
#define N_CHARACTERS 7

static const char alphabet[] = "CDFHJKMNPQRTVWXY34679";
#define BASE (sizeof alphabet - 1)

/* The permutation ------------------------------------------------------------------------- */

static guint32
mix (guint64 key, guint32 round, guint32 value)
{
  guint64 x = key ^ ((guint64) round << 32 | value) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  x = (x ^ x >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (guint32) (x >> 33) & HALF_MASK;
}

static guint32
permute (const guint64 keys[2], guint32 number, gboolean back)
{
  guint32 left = number >> HALF_BITS;
  guint32 right = number & HALF_MASK;

  for (guint32 i = 0; i < N_ROUNDS; i++)
    {
      guint32 round = back ? N_ROUNDS - 1 - i : i;
      guint32 next;

      if (back)
        {
          next = right ^ mix (keys[round % 2], round, left);
          right = left;
          left = next;
        }
      else
        {
          next = left ^ mix (keys[round % 2], round, right);
          left = right;
          right = next;
        }
    }
  return left << HALF_BITS | right;
}

/* A study of more than a thousand million has longer ones. */
static void
encode (const guint64 keys[2], gint64 respondent, char *text)
{
  guint64 number = permute (keys, (guint32) (respondent & ((1 << 2 * HALF_BITS) - 1)), FALSE);
  guint64 above = (guint64) respondent >> 2 * HALF_BITS;

  for (guint i = 0; i < N_CHARACTERS || above > 0; i++)
    {
      guint64 *from = i < N_CHARACTERS ? &number : &above;

      *text++ = alphabet[*from % BASE];
      *from /= BASE;
    }
  *text = '\0';
}

static gint64
decode (const guint64 keys[2], const char *text)
{
  guint64 number = 0;
  guint64 above = 0;
  gsize length = strlen (text);

  if (length < N_CHARACTERS || length > N_CHARACTERS + 7)
    return 0;
  for (gsize i = length; i > 0; i--)
    {
      const char *found = strchr (alphabet, g_ascii_toupper (text[i - 1]));
      guint64 *to = i > N_CHARACTERS ? &above : &number;

      if (found == NULL || *found == '\0')
        return 0;
      *to = *to * BASE + (guint64) (found - alphabet);
    }
  if (number >> 2 * HALF_BITS != 0)
    return 0;
  return (gint64) (above << 2 * HALF_BITS | permute (keys, (guint32) number, TRUE));
}

/* Merged studies ------------------------------------------------------------------------------ */

/* Numbers whose pseudonym somebody has who came with it from another study; NULL: none. */
static GHashTable *
load_taken (DhkStore *self)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, "SELECT number FROM merged_respondent WHERE number <> 0", NULL);
  GHashTable *taken = NULL;

  while (statement != NULL && dhk_sql_step (self, statement, NULL) == 1)
    {
      gint64 number = sqlite3_column_int64 (statement, 0);

      if (taken == NULL)
        taken = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      g_hash_table_add (taken, g_memdup2 (&number, sizeof number));
    }
  return taken;
}

/* In the study ------------------------------------------------------------------------------ */

static gboolean
load_keys (DhkStore *self, guint64 keys[2])
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, "SELECT pseudonym_key FROM study", NULL);

  if (statement == NULL || dhk_sql_step (self, statement, NULL) != 1
      || sqlite3_column_bytes (statement, 0) != 2 * sizeof (guint64))
    return FALSE;
  memcpy (keys, sqlite3_column_blob (statement, 0), 2 * sizeof (guint64));
  keys[0] = GUINT64_FROM_LE (keys[0]);
  keys[1] = GUINT64_FROM_LE (keys[1]);
  return TRUE;
}

void
dhk_store_load_pseudonyms (DhkStore *self)
{
  if (self->knows_pseudonyms)
    return;
  self->knows_pseudonyms = load_keys (self, self->pseudonym_keys);
  g_clear_pointer (&self->taken_pseudonyms, g_hash_table_unref);
  self->taken_pseudonyms = load_taken (self);
}

void
dhk_store_write_pseudonym (const DhkStore *self, gint64 respondent, char *text)
{
  /* 7 characters, and as many for what is left of 64 bits. */
  G_STATIC_ASSERT (2 * N_CHARACTERS + 1 < DHK_PSEUDONYM_SIZE);

  *text = '\0';
  /* One that is taken gets a longer one, which no number has of itself. */
  if (self->taken_pseudonyms != NULL && g_hash_table_contains (self->taken_pseudonyms, &respondent))
    respondent += (gint64) 1 << 2 * HALF_BITS;
  if (self->knows_pseudonyms)
    encode (self->pseudonym_keys, respondent, text);
}

/* As SQL: dhk_pseudonym (number of the respondent). */
static void
sql_pseudonym (sqlite3_context *context, int n, sqlite3_value **values)
{
  DhkStore *self = sqlite3_user_data (context);
  char text[DHK_PSEUDONYM_SIZE];

  dhk_store_load_pseudonyms (self);
  dhk_store_write_pseudonym (self, sqlite3_value_int64 (values[0]), text);
  if (text[0] != '\0')
    sqlite3_result_text (context, text, -1, SQLITE_TRANSIENT);
}

void
dhk_store_teach_pseudonyms (DhkStore *self)
{
  self->knows_pseudonyms = FALSE;
  sqlite3_create_function (self->db, "dhk_pseudonym", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, self,
                           sql_pseudonym, NULL, NULL);
}

gboolean
dhk_store_add_pseudonyms (DhkStore *self, GError **error)
{
  self->knows_pseudonyms = FALSE;
  return dhk_sql_exec (self,
                       "ALTER TABLE study ADD COLUMN pseudonym_key BLOB;"
                       "UPDATE study SET pseudonym_key = randomblob (16);"
                       "ALTER TABLE respondent_record ADD COLUMN pseudonym TEXT;"
                       "UPDATE respondent_record SET pseudonym = dhk_pseudonym (id)",
                       error);
}

char *
dhk_store_dup_pseudonym (DhkStore *self, gint64 respondent)
{
  g_autoptr (DhkStatement) statement = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  statement = dhk_sql_prepare (self, "SELECT pseudonym FROM respondent_record WHERE id = ?", NULL);
  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "i", respondent);
  return dhk_sql_step (self, statement, NULL) == 1 ? g_strdup (dhk_sql_text (statement, 0)) : NULL;
}

gint64
dhk_store_find_pseudonym (DhkStore *self, const char *pseudonym)
{
  guint64 keys[2];
  gint64 respondent;
  g_autofree char *found = NULL;
  g_autofree char *wanted = NULL;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (pseudonym != NULL, 0);

  respondent = load_keys (self, keys) ? decode (keys, pseudonym) : 0;
  wanted = g_ascii_strup (pseudonym, -1);
  if (respondent >> 2 * HALF_BITS == 1)
    respondent &= (1 << 2 * HALF_BITS) - 1;
  if (respondent != 0)
    found = dhk_store_dup_pseudonym (self, respondent);
  if (respondent != 0 && g_strcmp0 (found, wanted) == 0)
    return respondent;
  /* Of another study, with whom it came. */
  respondent = 0;
  dhk_sql_get_int (self, NULL, &respondent,
                   "SELECT respondent FROM merged_respondent WHERE pseudonym = ?", "t", wanted);
  return respondent;
}

gint64
dhk_store_decode_pseudonym (DhkStore *self, const char *pseudonym)
{
  guint64 keys[2];

  return load_keys (self, keys) ? decode (keys, pseudonym) : 0;
}

gboolean
dhk_store_is_free_pseudonym (DhkStore *self, const char *pseudonym)
{
  gsize length = pseudonym != NULL ? strlen (pseudonym) : 0;
  gint64 taken;
  gint64 stays = 0;

  if (length < N_CHARACTERS || length > 2 * N_CHARACTERS || strspn (pseudonym, alphabet) != length)
    return FALSE;
  taken = dhk_store_find_pseudonym (self, pseudonym);
  if (taken == 0)
    return TRUE;
  /* Who came in a step that was undone goes with the next one. */
  dhk_sql_get_int (self, NULL, &stays,
                   "SELECT b.step <= s.journal_position FROM respondent_record r "
                   "JOIN import_batch b ON b.id = r.batch JOIN study s WHERE r.id = ?",
                   "i", taken);
  return stays == 0;
}
