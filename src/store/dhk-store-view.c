/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Readable views: one wide row per respondent, for whoever opens the study
 * with another SQLite tool. They follow the instrument and the slots.
 */

#include "store/dhk-store-private.h"

#include <string.h>

/* SQLite takes 2000 columns. */
#define MAX_COLUMNS 1900

/* The codes 1 … 9, whose character is the digit: a letter counts as 0. Whoever opens
 * the file parses all views, so the usual column is as short as can be. */
#define DIGITS G_GUINT64_CONSTANT (0x3fe)

static const char *const own_tables[] = {
  "instrument",
  "study",
  "setting",
  "item_slot",
  "respondent_record",
  "answer_sheet",
  "value",
  "import_batch",
  "raw_chunk",
  "aside_row",
  "hand_edit",
  "journal_step",
  "journal_change",
  "respondent",
  "entry_batch",
  "entry_form",
  "entry_answer",
  "entry_settled",
  "entry_change",
  "raw_owner",
  "erasure",
  "erased_identity",
  "instrument_version",
};

/* `name`, or with a number behind it when it is taken; SQL sees no case. */
static char *
dup_unique_name (GHashTable *taken, const char *name)
{
  g_autofree char *unique = g_strdup (name);

  for (guint i = 2; !g_hash_table_add (taken, g_ascii_strdown (unique, -1)); i++)
    {
      g_free (unique);
      unique = g_strdup_printf ("%s_%u", name, i);
    }
  return g_steal_pointer (&unique);
}

/* The name of a questionnaire's view: its id, unless a table or SQLite itself has that. */
static char *
dup_view_name (GHashTable *taken, const char *id)
{
  g_autofree char *reserved = NULL;

  if (g_ascii_strncasecmp (id, "sqlite_", 7) == 0)
    reserved = g_strconcat ("view_", id, NULL);
  return dup_unique_name (taken, reserved != NULL ? reserved : id);
}

static void
append_packed (GString *sql, DhkStore *self, const DhkSlot *slot, guint number, int target)
{
  g_autofree char *sheet
      = target == DHK_NO_TARGET ? g_strdup ("r") : g_strdup_printf ("s%d", target);
  g_autofree char *character = g_strdup_printf ("substr (%s.answers, %u, 1)", sheet, number);

  if (slot->is_variable)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (self->instrument, slot->index);

      g_string_append_printf (sql, "CASE %s", character);
      for (guint i = 0; i < variable->n_categories; i++)
        {
          const char packed[] = { dhk_store_pack_code ((int) i), '\0' };

          g_string_append (sql, " WHEN ");
          dhk_sql_append_literal (sql, packed);
          g_string_append (sql, " THEN ");
          dhk_sql_append_literal (sql, variable->categories[i].id);
        }
      g_string_append (sql, " END");
    }
  else if ((slot->codes & ~DIGITS) == 0)
    g_string_append_printf (sql, "nullif (%s + 0, 0)", character);
  else if (slot->codes >> 48 > 1)
    g_string_append_printf (sql, "CASE WHEN %s < 'a' THEN (unicode (%s) + 16) & 63 END", character,
                            character);
  else
    g_string_append_printf (sql, "CASE WHEN %s < 'a' THEN unicode (%s) - 48 END", character,
                            character);
}

/* One column; `used` remembers which sheets it takes. */
static void
append_column (GString *sql,
               DhkStore *self,
               gboolean is_variable,
               guint index,
               int target,
               GHashTable *taken,
               gboolean *used)
{
  guint number = dhk_store_get_slot (self, is_variable, index);
  g_autofree char *wanted = NULL;
  g_autofree char *name = NULL;

  wanted = is_variable ? g_strdup (dhk_instrument_get_variable (self->instrument, index)->id)
                       : dhk_instrument_dup_column_name (self->instrument, index, target);
  name = dup_unique_name (taken, wanted);
  g_string_append (sql, ", ");
  if (number == 0)
    g_string_append (sql, "NULL");
  else if (dhk_store_slot (self, number)->packed)
    {
      if (target != DHK_NO_TARGET)
        used[target] = TRUE;
      append_packed (sql, self, dhk_store_slot (self, number), number, target);
    }
  else
    {
      g_string_append_printf (sql,
                              "(SELECT v.value FROM value v WHERE v.respondent = r.id AND "
                              "v.slot = %u AND v.target = ",
                              number);
      dhk_sql_append_literal (sql, dhk_store_target_id (self, target));
      g_string_append_c (sql, ')');
    }
  g_string_append (sql, " AS ");
  dhk_sql_append_identifier (sql, name);
}

static void
append_end (GString *sql, DhkStore *self, const gboolean *used, GHashTable *taken)
{
  g_autofree char *started = dup_unique_name (taken, "started");
  g_autofree char *completed = dup_unique_name (taken, "completed");
  g_autofree char *pseudonym = dup_unique_name (taken, "pseudonym");
  guint n_targets = dhk_instrument_get_n_targets (self->instrument);

  g_string_append_printf (
      sql,
      ", CASE WHEN r.started <> 0 THEN datetime (r.started, 'unixepoch') END"
      " AS \"%s\""
      ", CASE WHEN r.completed <> 0 THEN datetime (r.completed, 'unixepoch') END"
      " AS \"%s\", r.pseudonym AS \"%s\""
      " FROM respondent_record r JOIN import_batch b ON b.id = r.batch",
      started, completed, pseudonym);
  for (guint i = 0; i < n_targets; i++)
    if (used[i])
      {
        g_string_append_printf (sql,
                                " LEFT JOIN answer_sheet s%u ON s%u.respondent = r.id AND "
                                "s%u.target = ",
                                i, i, i);
        dhk_sql_append_literal (sql, dhk_store_target_id (self, (int) i));
      }
  g_string_append (sql, " WHERE b.active AND NOT r.excluded");
}

static gboolean
make_view (DhkStore *self, const char *name, GString *select, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("DROP VIEW IF EXISTS ");

  dhk_sql_append_identifier (sql, name);
  g_string_append (sql, "; CREATE VIEW ");
  dhk_sql_append_identifier (sql, name);
  g_string_append_printf (sql, " AS %s", select->str);
  return dhk_sql_exec (self, sql->str, error);
}

static gboolean
make_questionnaire_view (DhkStore *self,
                         const DhkQuestionnaire *questionnaire,
                         const char *name,
                         GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT r.id AS \"id\"");
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree gboolean *used
      = g_new0 (gboolean, dhk_instrument_get_n_targets (self->instrument) + 1);
  guint n_columns = MIN (questionnaire->n_questions, MAX_COLUMNS);

  g_hash_table_add (taken, g_strdup ("id"));
  for (int variables = 1; variables >= 0; variables--)
    for (guint q = 0; q < n_columns; q++)
      {
        const DhkQuestion *question = &questionnaire->questions[q];

        if (variables && question->variable >= 0)
          append_column (sql, self, TRUE, (guint) question->variable, DHK_NO_TARGET, taken, used);
        else if (!variables && question->item >= 0)
          append_column (sql, self, FALSE, (guint) question->item, question->target, taken, used);
      }
  append_end (sql, self, used, taken);
  g_string_append (sql, " AND r.questionnaire = ");
  dhk_sql_append_literal (sql, questionnaire->id);
  return make_view (self, name, sql, error);
}

static gboolean
make_respondent_view (DhkStore *self, GError **error)
{
  g_autoptr (GString) sql
      = g_string_new ("SELECT r.id AS \"id\", r.respondent_type AS \"respondent_type\","
                      " r.questionnaire AS \"questionnaire\", r.number AS \"number\"");
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree gboolean *used
      = g_new0 (gboolean, dhk_instrument_get_n_targets (self->instrument) + 1);

  for (const char *const *name
       = (const char *const[]){ "id", "respondent_type", "questionnaire", "number", NULL };
       *name != NULL; name++)
    g_hash_table_add (taken, g_strdup (*name));
  for (guint i = 0; i < dhk_instrument_get_n_variables (self->instrument); i++)
    append_column (sql, self, TRUE, i, DHK_NO_TARGET, taken, used);
  append_end (sql, self, used, taken);
  return make_view (self, "respondent", sql, error);
}

gboolean
dhk_store_rebuild_views (DhkStore *self, GError **error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!make_respondent_view (self, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (own_tables); i++)
    g_hash_table_add (taken, g_strdup (own_tables[i]));
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (self->instrument); i++)
    {
      const DhkQuestionnaire *questionnaire
          = dhk_instrument_get_questionnaire (self->instrument, i);
      g_autofree char *name = dup_view_name (taken, questionnaire->id);

      if (!make_questionnaire_view (self, questionnaire, name, error))
        return FALSE;
    }
  return TRUE;
}
