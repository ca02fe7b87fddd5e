/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dhk-number.h"

gboolean
dhk_cell_equal (const DhkSlot *slot, const DhkCell *a, const DhkCell *b)
{
  if (a->code != b->code)
    return FALSE;
  return !slot->number || a->code < 0 || !(a->number < b->number || a->number > b->number);
}

DhkCell
dhk_cell_from_draft (const DhkSlot *slot, DhkDraftFile *file, guint row, guint q)
{
  return dhk_cell_from_answer (
      slot, dhk_draft_file_get_codes (file, row)[q],
      dhk_draft_file_has_numbers (file) ? dhk_draft_file_get_numbers (file, row)[q] : NAN);
}

DhkCell
dhk_cell_from_answer (const DhkSlot *slot, int code, double number)
{
  DhkCell cell = { .code = code, .number = NAN };

  if (slot->number)
    {
      cell.number = number;
      if (isfinite (cell.number))
        cell.code = 0;
      else
        cell.code = code < 0 ? code : DHK_MISSING_EMPTY;
    }
  return cell;
}

void
dhk_cell_bind (DhkStatement *statement, int parameter, const DhkSlot *slot, const DhkCell *cell)
{
  if (slot->number && cell->code >= 0)
    sqlite3_bind_double (statement, parameter, cell->number);
  else
    sqlite3_bind_int (statement, parameter, cell->code);
}

DhkCell
dhk_cell_column (DhkStatement *statement, int column, const DhkSlot *slot)
{
  DhkCell cell = { .code = 0, .number = NAN };

  if (slot->number && sqlite3_column_type (statement, column) == SQLITE_FLOAT)
    cell.number = sqlite3_column_double (statement, column);
  else
    cell.code = sqlite3_column_int (statement, column);
  return cell;
}

char *
dhk_cell_describe (DhkInstrument *instrument, const DhkSlot *slot, const DhkCell *cell)
{
  DhkLanguage language = dhk_language_of_messages ();

  if (cell->code == DHK_MISSING_UNREADABLE)
    return g_strdup (_ ("unreadable"));
  if (cell->code < 0)
    return g_strdup (_ ("no answer"));
  if (slot->number)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      return g_strdup (dhk_number_to_file (cell->number, buffer));
    }
  if (slot->is_variable)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, slot->index);

      return g_strdup (dhk_text_get (&variable->categories[cell->code].label, language));
    }
  else
    {
      const DhkItem *item = dhk_instrument_get_item (instrument, slot->index);
      const DhkAnswer *answer = dhk_answer_scale_find (
          dhk_instrument_get_answer_scale (instrument, item->answer_scale), cell->code);

      return g_strdup_printf ("%d (%s)", cell->code,
                              answer != NULL ? dhk_text_get (&answer->label, language) : "");
    }
}

/* The answers about somebody, or about nobody. 1, 0 (there are none; `answers` empty) or -1. */
static int
read_sheet (DhkStore *self, gint64 respondent, int target, GString **answers, GError **error)
{
  const gboolean own = target == DHK_NO_TARGET;
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self,
      own ? "SELECT answers FROM respondent_record WHERE id = ?"
          : "SELECT answers FROM answer_sheet WHERE respondent = ? AND target = ?",
      error);
  int found;

  if (statement == NULL)
    return -1;
  dhk_sql_bind (statement, own ? "i" : "it", respondent, dhk_store_target_id (self, target));
  found = dhk_sql_step (self, statement, error);
  if (found >= 0)
    *answers = g_string_new (found == 1 ? dhk_sql_text (statement, 0) : "");
  return found;
}

static gboolean
fail_cell (DhkStore *self, GError **error)
{
  return dhk_store_fail_damaged (self, _ ("it holds an answer that its questionnaires do not know"),
                                 error);
}

gboolean
dhk_store_take_value (DhkStore *self, DhkStatement *statement, const DhkSlot *slot, DhkCell *cell)
{
  int type = sqlite3_column_type (statement, 0);

  if (type == SQLITE_NULL)
    {
      int code = dhk_store_unpack_code (dhk_sql_text (statement, 1)[0]);

      cell->code = code;
      return code < 0 && code != DHK_CODE_DAMAGED;
    }
  if (slot->number)
    {
      cell->code = 0;
      cell->number = sqlite3_column_double (statement, 0);
      return (type == SQLITE_FLOAT || type == SQLITE_INTEGER) && isfinite (cell->number);
    }
  if (slot->is_variable)
    cell->code = dhk_variable_find_category (
        dhk_instrument_get_variable (self->instrument, slot->index), dhk_sql_text (statement, 0));
  else
    cell->code = sqlite3_column_int (statement, 0);
  return cell->code >= 0 && dhk_slot_accepts (slot, self->instrument, cell->code);
}

static gboolean
read_value (
    DhkStore *self, gint64 respondent, guint slot, int target, DhkCell *cell, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self,
                         "SELECT value, missing FROM value "
                         "WHERE respondent = ? AND slot = ? AND target = ?",
                         error);
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "iit", respondent, (gint64) slot, dhk_store_target_id (self, target));
  found = dhk_sql_step (self, statement, error);
  if (found == 1 && !dhk_store_take_value (self, statement, dhk_store_slot (self, slot), cell))
    return fail_cell (self, error);
  return found >= 0;
}

gboolean
dhk_store_read_cell (
    DhkStore *self, gint64 respondent, guint slot, int target, DhkCell *cell, GError **error)
{
  const DhkSlot *description;
  g_autoptr (GString) answers = NULL;

  cell->code = DHK_MISSING_NOT_ASKED;
  cell->number = NAN;
  if (slot == 0)
    return TRUE;
  description = dhk_store_slot (self, slot);
  if (!description->packed)
    return read_value (self, respondent, slot, target, cell, error);
  if (read_sheet (self, respondent, target, &answers, error) < 0)
    return FALSE;
  if (slot <= answers->len)
    cell->code = dhk_store_unpack_code (answers->str[slot - 1]);
  return dhk_slot_accepts (description, self->instrument, cell->code) || fail_cell (self, error);
}

/* `answers` NULL: there are none. */
static gboolean
write_sheet (DhkStore *self, gint64 respondent, int target, const char *answers, GError **error)
{
  const char *id = dhk_store_target_id (self, target);

  if (target == DHK_NO_TARGET)
    return dhk_sql_run (self, error, "UPDATE respondent_record SET answers = ? WHERE id = ?", "ti",
                        answers, respondent)
           && (sqlite3_changes (self->db) == 1
               || dhk_store_fail_damaged (self, _ ("it holds answers without a respondent"),
                                          error));
  if (answers == NULL)
    return dhk_sql_run (self, error, "DELETE FROM answer_sheet WHERE respondent = ? AND target = ?",
                        "it", respondent, id);
  return dhk_sql_run (self, error,
                      "INSERT INTO answer_sheet (respondent, target, answers) VALUES (?, ?, ?) "
                      "ON CONFLICT (respondent, target) DO UPDATE SET answers = excluded.answers",
                      "itt", respondent, id, answers);
}

static gboolean
write_packed (DhkStore *self, gint64 respondent, guint slot, int target, int code, GError **error)
{
  g_autoptr (GString) answers = NULL;

  if (read_sheet (self, respondent, target, &answers, error) < 0)
    return FALSE;
  while (answers->len < slot)
    g_string_append_c (answers, dhk_store_pack_code (DHK_MISSING_NOT_ASKED));
  answers->str[slot - 1] = dhk_store_pack_code (code);

  /* One way to write the same answers: a step that is undone leaves no trace. */
  while (answers->len > 0
         && answers->str[answers->len - 1] == dhk_store_pack_code (DHK_MISSING_NOT_ASKED))
    g_string_truncate (answers, answers->len - 1);
  return write_sheet (self, respondent, target, answers->len > 0 ? answers->str : NULL, error);
}

gboolean
dhk_store_insert_value (DhkStore *self,
                        DhkStatement *insert,
                        gint64 respondent,
                        guint slot,
                        int target,
                        const DhkCell *cell,
                        GError **error)
{
  const DhkSlot *description = dhk_store_slot (self, slot);
  char missing[] = { '\0', '\0' };

  if (cell->code == DHK_MISSING_NOT_ASKED)
    return TRUE;
  dhk_sql_bind (insert, "iit", respondent, (gint64) slot, dhk_store_target_id (self, target));
  sqlite3_bind_null (insert, 4);
  sqlite3_bind_null (insert, 5);
  if (cell->code < 0)
    {
      missing[0] = dhk_store_pack_code (cell->code);
      sqlite3_bind_text (insert, 5, missing, 1, SQLITE_TRANSIENT);
    }
  else if (description->number)
    sqlite3_bind_double (insert, 4, cell->number);
  else if (description->is_variable)
    sqlite3_bind_text (insert, 4,
                       dhk_instrument_get_variable (self->instrument, description->index)
                           ->categories[cell->code]
                           .id,
                       -1, SQLITE_STATIC);
  else
    sqlite3_bind_int (insert, 4, cell->code);
  return dhk_sql_insert (self, insert, error);
}

gboolean
dhk_store_write_cell (
    DhkStore *self, gint64 respondent, guint slot, int target, const DhkCell *cell, GError **error)
{
  g_autoptr (DhkStatement) insert = NULL;

  if (dhk_store_slot (self, slot)->packed)
    return write_packed (self, respondent, slot, target, cell->code, error);
  if (!dhk_sql_run (self, error,
                    "DELETE FROM value WHERE respondent = ? AND slot = ? AND target = ?", "iit",
                    respondent, (gint64) slot, dhk_store_target_id (self, target)))
    return FALSE;
  insert = dhk_sql_prepare (self,
                            "INSERT INTO value (respondent, slot, target, value, missing) "
                            "VALUES (?, ?, ?, ?, ?)",
                            error);
  return insert != NULL
         && dhk_store_insert_value (self, insert, respondent, slot, target, cell, error);
}
