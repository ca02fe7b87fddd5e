/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was salvaged, made to fit together again. */

#include "store/dhk-store-salvage-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Numbers of imports run from 1; a damaged row may say anything. */
#define ORPHAN                                                                                     \
  "typeof (batch) = 'integer' AND batch BETWEEN 1 AND 1000000 "                                    \
  "AND batch NOT IN (SELECT id FROM import_batch)"

typedef struct
{
  DhkStore *to;
  DhkSalvage *salvage;
} Work;

/* What was undone --------------------------------------------------------------------------- */

static gint64
ask (sqlite3 *from, const char *sql, gint64 parameter)
{
  sqlite3_stmt *select = NULL;
  gint64 answer = -1;

  if (sqlite3_prepare_v2 (from, sql, -1, &select, NULL) == SQLITE_OK)
    {
      sqlite3_bind_int64 (select, 1, parameter);
      if (sqlite3_step (select) == SQLITE_ROW && sqlite3_column_type (select, 0) == SQLITE_INTEGER)
        answer = sqlite3_column_int64 (select, 0);
    }
  sqlite3_finalize (select);
  return answer;
}

/* Imports that were taken out by a step of their own. */
static void
find_removed (DhkStore *to, sqlite3 *from, gint64 position)
{
  sqlite3_stmt *select = NULL;
  sqlite3_stmt *insert = NULL;

  if (sqlite3_prepare_v2 (from,
                          "SELECT batch FROM journal_step WHERE kind = 'remove' AND step <= ?", -1,
                          &select, NULL)
          == SQLITE_OK
      && sqlite3_prepare_v2 (to->db, "INSERT OR IGNORE INTO undone_import VALUES (?)", -1, &insert,
                             NULL)
             == SQLITE_OK)
    {
      sqlite3_bind_int64 (select, 1, position);
      while (sqlite3_step (select) == SQLITE_ROW)
        {
          sqlite3_bind_value (insert, 1, sqlite3_column_value (select, 0));
          sqlite3_step (insert);
          sqlite3_reset (insert);
        }
    }
  sqlite3_finalize (insert);
  sqlite3_finalize (select);
}

/*
 * Of an import whose own entry is lost the journal may still say that it had been undone: what an
 * undone step brought is the newest there is, as many imports as the step had files. Typed forms say it themselves.
 */
static gboolean
find_undone (DhkStore *to, sqlite3 *from, GError **error)
{
  gint64 position = ask (from, "SELECT journal_position FROM study", 0);
  gint64 n_undone = ask (from,
                         "SELECT sum (n) FROM journal_step WHERE step > ? "
                         "AND kind IN ('import', 'merge')",
                         position);

  if (!dhk_sql_exec (to,
                     "CREATE TEMP TABLE undone_import (id INTEGER PRIMARY KEY);"
                     "INSERT OR IGNORE INTO undone_import SELECT r.batch FROM respondent_record r "
                     "JOIN entry_form f ON f.respondent = r.id WHERE f.pass = 1 AND NOT f.active",
                     error))
    return FALSE;
  if (position < 0)
    return TRUE;
  find_removed (to, from, position);
  return n_undone <= 0
         || dhk_sql_run (to, error,
                         "INSERT OR IGNORE INTO undone_import SELECT * FROM "
                         "(SELECT id FROM import_batch WHERE kind <> 'paper' UNION "
                         "SELECT batch FROM respondent_record WHERE typeof (batch) = 'integer' "
                         "AND id NOT IN (SELECT respondent FROM entry_form "
                         "WHERE respondent IS NOT NULL) ORDER BY 1 DESC LIMIT ?)",
                         "i", n_undone);
}

/* Fitting together ----------------------------------------------------------------------------- */

/* Respondents whose import was lost get one again: most of what it said is in them. */
static gboolean
adopt (DhkStore *to, const char *name, DhkSalvage *salvage, GError **error)
{
  g_autofree char *file_name = g_strdup_printf (_ ("saved from “%s”"), name);
  gint64 n = 0;
  gint64 undone = 0;

  if (dhk_sql_get_int (to, error, &n,
                       "SELECT count (*) FROM respondent_record WHERE " ORPHAN
                       " AND batch NOT IN (SELECT id FROM undone_import)",
                       "")
          != 1
      || !dhk_sql_run (to, error,
                       "INSERT INTO import_batch (id, step, active, file_name, sha256, kind, "
                       "questionnaire, imported, found, added, present, changed, aside, raw_head) "
                       "SELECT batch, 0, batch NOT IN (SELECT id FROM undone_import), ?, '', "
                       "'salvage', min (questionnaire), CAST (strftime ('%s') AS INTEGER), "
                       "count (*), count (*), 0, 0, 0, '' "
                       "FROM respondent_record WHERE " ORPHAN " GROUP BY batch",
                       "t", file_name)
      || dhk_sql_get_int (to, error, &undone,
                          "SELECT count (*) FROM respondent_record WHERE batch IN "
                          "(SELECT id FROM import_batch WHERE NOT active)",
                          "")
             != 1)
    return FALSE;
  salvage->orphans = (guint64) n;
  salvage->undone = (guint64) undone;
  return TRUE;
}

/* Everything refers to something that is there, and numbers go on where they were. What was undone can
 * not be done again there, so it would be in nobody's sight for ever: it goes. */
static gboolean
mend (Work *work, GError **error)
{
  DhkStore *to = work->to;

  return dhk_sql_exec (
      to,
      "DELETE FROM import_batch WHERE NOT active;"
      "DELETE FROM respondent_record WHERE batch NOT IN (SELECT id FROM import_batch);"
      "DELETE FROM raw_chunk WHERE batch NOT IN (SELECT id FROM import_batch);"
      "DELETE FROM aside_row WHERE batch NOT IN (SELECT id FROM import_batch);"
      "DELETE FROM raw_owner WHERE batch NOT IN (SELECT id FROM import_batch);"
      "DELETE FROM answer_sheet WHERE respondent NOT IN (SELECT id FROM respondent_record);"
      "DELETE FROM value WHERE respondent NOT IN (SELECT id FROM respondent_record);"
      "DELETE FROM hand_edit WHERE respondent NOT IN (SELECT id FROM respondent_record);"
      "DELETE FROM merged_respondent WHERE respondent NOT IN (SELECT id FROM respondent_record);"
      "DELETE FROM value WHERE slot NOT IN (SELECT slot FROM item_slot);"
      "DELETE FROM entry_batch WHERE NOT active;"
      "DELETE FROM entry_form WHERE NOT active OR batch NOT IN (SELECT id FROM entry_batch) OR "
      "respondent NOT IN (SELECT id FROM respondent_record);"
      "DELETE FROM entry_answer WHERE form NOT IN (SELECT id FROM entry_form) OR "
      "slot NOT IN (SELECT slot FROM item_slot);"
      "DELETE FROM entry_settled WHERE form NOT IN (SELECT id FROM entry_form) OR "
      "slot NOT IN (SELECT slot FROM item_slot);"
      "UPDATE import_batch SET step = 0; UPDATE entry_batch SET step = 0;"
      "UPDATE respondent_record SET pseudonym = dhk_pseudonym (id) WHERE pseudonym IS NULL;"
      "UPDATE study SET journal_position = 0, next_respondent = "
      "1 + ifnull ((SELECT max (id) FROM respondent_record), 0);"
      "DROP TABLE undone_import",
      error);
}

/* Answers ---------------------------------------------------------------------------------------- */

/* An answer that cannot stand at its place was read, but not as it was given. */
static gboolean
mend_sheet (DhkStore *to, sqlite3_stmt *select, sqlite3_stmt *update)
{
  const char *target = (const char *) sqlite3_column_text (select, 1);
  g_autofree char *answers = g_strdup ((const char *) sqlite3_column_text (select, 2));
  gboolean changed = FALSE;
  gsize length;

  if (target == NULL || answers == NULL || dhk_store_find_target (to, target) == -2)
    return FALSE;
  length = strlen (answers);
  changed = (int) length != sqlite3_column_bytes (select, 2);
  if (length > to->slots->len)
    {
      length = to->slots->len;
      changed = TRUE;
    }
  for (gsize i = 0; i < length; i++)
    {
      const DhkSlot *slot = dhk_store_slot (to, (guint) i + 1);
      gboolean fits = slot->packed && !(slot->is_variable && target[0] != '\0');
      int code = (guint8) answers[i] < 128 ? dhk_store_unpack_code (answers[i]) : DHK_CODE_DAMAGED;

      if (code == DHK_MISSING_NOT_ASKED
          || (code != DHK_CODE_DAMAGED && fits && dhk_slot_accepts (slot, to->instrument, code)))
        continue;
      answers[i] = dhk_store_pack_code (fits ? DHK_MISSING_UNREADABLE : DHK_MISSING_NOT_ASKED);
      changed = TRUE;
    }
  if (!changed)
    return TRUE;
  sqlite3_bind_text (update, 1, answers, (int) length, SQLITE_STATIC);
  sqlite3_bind_value (update, 2, sqlite3_column_value (select, 0));
  sqlite3_bind_value (update, 3, sqlite3_column_value (select, 1));
  sqlite3_step (update);
  sqlite3_reset (update);
  return FALSE;
}

static void
mend_sheets (Work *work, const char *list, const char *change)
{
  DhkStore *to = work->to;
  sqlite3_stmt *select = NULL;
  sqlite3_stmt *update = NULL;

  if (sqlite3_prepare_v2 (to->db, list, -1, &select, NULL) == SQLITE_OK
      && sqlite3_prepare_v2 (to->db, change, -1, &update, NULL) == SQLITE_OK)
    while (sqlite3_step (select) == SQLITE_ROW)
      work->salvage->is_whole = mend_sheet (to, select, update) && work->salvage->is_whole;
  sqlite3_finalize (select);
  sqlite3_finalize (update);
}

static void
mend_answers (Work *work)
{
  mend_sheets (work, "SELECT id, '', answers FROM respondent_record WHERE answers IS NOT NULL",
               "UPDATE respondent_record SET answers = ?1 WHERE id = ?2 AND ?3 = ''");
  mend_sheets (work, "SELECT respondent, target, answers FROM answer_sheet",
               "UPDATE answer_sheet SET answers = ? WHERE respondent = ? AND target = ?");
}

/* The same of the answers that are rows of their own. */
static void
mend_values (Work *work)
{
  DhkStore *to = work->to;
  sqlite3_stmt *select = NULL;
  sqlite3_stmt *update = NULL;

  if (sqlite3_prepare_v2 (to->db, "SELECT value, missing, respondent, slot, target FROM value", -1,
                          &select, NULL)
          == SQLITE_OK
      && sqlite3_prepare_v2 (to->db,
                             "UPDATE value SET value = NULL, missing = 'u' WHERE respondent = ? "
                             "AND slot = ? AND target = ?",
                             -1, &update, NULL)
             == SQLITE_OK)
    while (sqlite3_step (select) == SQLITE_ROW)
      {
        gint64 slot = sqlite3_column_int64 (select, 3);
        DhkCell cell;

        if (slot < 1 || slot > to->slots->len
            || dhk_store_take_value (to, select, dhk_store_slot (to, (guint) slot), &cell))
          continue;
        for (int i = 0; i < 3; i++)
          sqlite3_bind_value (update, i + 1, sqlite3_column_value (select, 2 + i));
        sqlite3_step (update);
        sqlite3_reset (update);
        work->salvage->is_whole = FALSE;
      }
  sqlite3_finalize (select);
  sqlite3_finalize (update);
}

/* Names of things that the questionnaires do not have. */
static void
drop_unknown (Work *work,
              const char *sql,
              const char *drop,
              gboolean (*knows) (DhkStore *, const char *))
{
  sqlite3_stmt *select = NULL;
  sqlite3_stmt *remove = NULL;

  if (sqlite3_prepare_v2 (work->to->db, sql, -1, &select, NULL) == SQLITE_OK
      && sqlite3_prepare_v2 (work->to->db, drop, -1, &remove, NULL) == SQLITE_OK)
    while (sqlite3_step (select) == SQLITE_ROW)
      {
        const char *text = (const char *) sqlite3_column_text (select, 0);

        if (text != NULL && knows (work->to, text))
          continue;
        sqlite3_bind_value (remove, 1, sqlite3_column_value (select, 0));
        sqlite3_step (remove);
        sqlite3_reset (remove);
        work->salvage->is_whole = FALSE;
      }
  sqlite3_finalize (select);
  sqlite3_finalize (remove);
}

static gboolean
knows_questionnaire (DhkStore *to, const char *id)
{
  return dhk_instrument_find_questionnaire (to->instrument, id) >= 0;
}

static gboolean
knows_type (DhkStore *to, const char *id)
{
  int role = dhk_instrument_find_role (to->instrument, id);

  return role >= 0 && (guint) role < dhk_instrument_get_n_types (to->instrument);
}

static gboolean
knows_target (DhkStore *to, const char *id)
{
  return dhk_store_find_target (to, id) != -2;
}

static void
drop_all_unknown (Work *work)
{
  drop_unknown (work, "SELECT DISTINCT questionnaire FROM respondent_record",
                "DELETE FROM respondent_record WHERE questionnaire = ?", knows_questionnaire);
  drop_unknown (work, "SELECT DISTINCT respondent_type FROM respondent_record",
                "DELETE FROM respondent_record WHERE respondent_type = ?", knows_type);
  drop_unknown (work, "SELECT DISTINCT target FROM answer_sheet",
                "DELETE FROM answer_sheet WHERE target = ?", knows_target);
  drop_unknown (work, "SELECT DISTINCT target FROM value", "DELETE FROM value WHERE target = ?",
                knows_target);
  drop_unknown (work, "SELECT DISTINCT questionnaire FROM entry_batch",
                "DELETE FROM entry_batch WHERE questionnaire = ?", knows_questionnaire);
  drop_unknown (work, "SELECT DISTINCT target FROM entry_answer",
                "DELETE FROM entry_answer WHERE target = ?", knows_target);
  drop_unknown (work, "SELECT DISTINCT target FROM entry_settled",
                "DELETE FROM entry_settled WHERE target = ?", knows_target);
}

gboolean
dhk_salvage_mend (
    DhkStore *to, sqlite3 *from, const char *name, DhkSalvage *salvage, GError **error)
{
  Work mending = { to, salvage };
  Work *work = &mending;

  /* The damaged study may be of an earlier version. */
  if (!dhk_store_shorten_respondents (to, error))
    return FALSE;
  drop_all_unknown (work);
  mend_answers (work);
  mend_values (work);
  return find_undone (to, from, error) && adopt (to, name, salvage, error) && mend (work, error);
}
