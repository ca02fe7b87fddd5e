/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paper entry: its tables, and how the journal's steps follow them. */

#include "store/dhk-store-entry-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
dhk_store_entry_make_tables (DhkStore *self, GError **error)
{
  return dhk_sql_exec (
      self,
      /* `active` is 0 while the making of it is undone. Both passes of a form go with its
       * respondent. */
      "CREATE TABLE entry_batch ("
      "  id INTEGER PRIMARY KEY,"
      "  active INTEGER NOT NULL DEFAULT 1,"
      "  name TEXT NOT NULL,"
      "  questionnaire TEXT NOT NULL,"
      "  made INTEGER NOT NULL);"
      "CREATE TABLE entry_form ("
      "  id INTEGER PRIMARY KEY,"
      "  batch INTEGER NOT NULL REFERENCES entry_batch (id) ON DELETE CASCADE,"
      "  pass INTEGER NOT NULL CHECK (pass IN (1, 2)),"
      "  number INTEGER NOT NULL,"
      "  active INTEGER NOT NULL DEFAULT 1,"
      "  complete INTEGER NOT NULL DEFAULT 0,"
      "  respondent INTEGER REFERENCES respondent_record (id) ON DELETE CASCADE,"
      "  UNIQUE (batch, pass, number));"
      "CREATE INDEX entry_form_of_respondent ON entry_form (respondent);"
      "CREATE TABLE entry_answer ("
      "  form INTEGER NOT NULL REFERENCES entry_form (id) ON DELETE CASCADE,"
      "  slot INTEGER NOT NULL,"
      "  target TEXT NOT NULL,"
      "  answer TEXT NOT NULL,"
      "  PRIMARY KEY (form, slot, target)) WITHOUT ROWID;"
      "CREATE TABLE entry_settled ("
      "  form INTEGER NOT NULL REFERENCES entry_form (id) ON DELETE CASCADE,"
      "  slot INTEGER NOT NULL,"
      "  target TEXT NOT NULL,"
      "  answer TEXT NOT NULL,"
      "  PRIMARY KEY (form, slot, target)) WITHOUT ROWID;"
      "CREATE TABLE entry_change ("
      "  step INTEGER NOT NULL REFERENCES journal_step (step) ON DELETE CASCADE,"
      "  form INTEGER NOT NULL REFERENCES entry_form (id) ON DELETE CASCADE,"
      "  field INTEGER NOT NULL,"
      "  slot INTEGER NOT NULL,"
      "  target TEXT NOT NULL,"
      "  old TEXT,"
      "  new TEXT,"
      "  PRIMARY KEY (step, form, field, slot, target)) WITHOUT ROWID;"
      "CREATE INDEX entry_change_of_form ON entry_change (form)",
      error);
}

/* Fields ------------------------------------------------------------------------------- */

static const struct
{
  const char *read;
  const char *write;
  const char *wipe;
} fields[] = {
  /* What is undone leaves its number to another form. */
  [DHK_ENTRY_FIELD_ACTIVE]
  = { "SELECT CAST (active AS TEXT) FROM entry_form WHERE id = ?1",
      "UPDATE entry_form SET active = CAST (?4 AS INTEGER), number = CASE "
      "WHEN ?4 = '0' AND number > 0 THEN number - 10000000 * id "
      "WHEN ?4 = '1' AND number < 0 THEN number + 10000000 * id ELSE number END WHERE id = ?1",
      "UPDATE entry_form SET active = 0 WHERE id = ?1" },
  [DHK_ENTRY_FIELD_COMPLETE]
  = { "SELECT CAST (complete AS TEXT) FROM entry_form WHERE id = ?1",
      "UPDATE entry_form SET complete = CAST (?4 AS INTEGER) WHERE id = ?1",
      "UPDATE entry_form SET complete = 0 WHERE id = ?1" },
  [DHK_ENTRY_FIELD_ANSWER]
  = { "SELECT answer FROM entry_answer WHERE form = ?1 AND slot = ?2 AND target = ?3",
      "INSERT INTO entry_answer (form, slot, target, answer) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (form, slot, target) DO UPDATE SET answer = excluded.answer",
      "DELETE FROM entry_answer WHERE form = ?1 AND slot = ?2 AND target = ?3" },
  [DHK_ENTRY_FIELD_SETTLED]
  = { "SELECT answer FROM entry_settled WHERE form = ?1 AND slot = ?2 AND target = ?3",
      "INSERT INTO entry_settled (form, slot, target, answer) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (form, slot, target) DO UPDATE SET answer = excluded.answer",
      "DELETE FROM entry_settled WHERE form = ?1 AND slot = ?2 AND target = ?3" },
  [DHK_ENTRY_FIELD_NUMBER] = { "SELECT CAST (number AS TEXT) FROM entry_form WHERE id = ?1",
                               "UPDATE entry_form SET number = CAST (?4 AS INTEGER) WHERE id = ?1",
                               /* Never: a form has a number. */
                               "UPDATE entry_form SET number = number WHERE id = ?1" },
};

static void
bind_place (DhkStatement *statement, gint64 form, gint64 slot, const char *target)
{
  int n = sqlite3_bind_parameter_count (statement);

  sqlite3_bind_int64 (statement, 1, form);
  if (n >= 2)
    sqlite3_bind_int64 (statement, 2, slot);
  if (n >= 3)
    sqlite3_bind_text (statement, 3, target, -1, SQLITE_TRANSIENT);
}

static gboolean
read_field (DhkStore *self,
            DhkEntryField field,
            gint64 form,
            gint64 slot,
            const char *target,
            char **text,
            GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (self, fields[field].read, error);
  int found;

  if (statement == NULL)
    return FALSE;
  bind_place (statement, form, slot, target);
  found = dhk_sql_step (self, statement, error);
  *text = found == 1 ? g_strdup (dhk_sql_text (statement, 0)) : NULL;
  return found >= 0;
}

static gboolean
write_field (DhkStore *self,
             DhkEntryField field,
             gint64 form,
             gint64 slot,
             const char *target,
             const char *text,
             GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, text != NULL ? fields[field].write : fields[field].wipe, error);

  if (statement == NULL)
    return FALSE;
  bind_place (statement, form, slot, target);
  if (text != NULL)
    sqlite3_bind_text (statement, 4, text, -1, SQLITE_TRANSIENT);
  return dhk_sql_insert (self, statement, error);
}

gboolean
dhk_store_entry_change (DhkStore *self,
                        gint64 step,
                        gint64 form,
                        DhkEntryField field,
                        const DhkEntryPlace *place,
                        const char *text,
                        GError **error)
{
  gint64 slot = place != NULL ? place->slot : 0;
  const char *target = place != NULL ? dhk_store_target_id (self, place->target) : "";
  g_autofree char *old = NULL;

  if (!read_field (self, field, form, slot, target, &old, error))
    return FALSE;
  if (g_strcmp0 (old, text) == 0)
    return TRUE;
  return dhk_sql_run (self, error,
                      "INSERT INTO entry_change (step, form, field, slot, target, old, new) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?)",
                      "iiiittt", step, form, (gint64) field, slot, target, old, text)
         && write_field (self, field, form, slot, target, text, error);
}

/* Undo and redo -------------------------------------------------------------------------- */

typedef struct
{
  gint64 form;
  DhkEntryField field;
  gint64 slot;
  char *target;
  char *text;
} Switch;

static void
switch_clear (gpointer data)
{
  Switch *self = data;

  g_free (self->target);
  g_free (self->text);
}

static GArray *
load_switches (DhkStore *self, gint64 step, gboolean undo, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self, "SELECT form, field, slot, target, old, new FROM entry_change WHERE step = ?", error);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Switch));
  int found;

  g_array_set_clear_func (list, switch_clear);
  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "i", step);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      gint64 field = sqlite3_column_int64 (statement, 1);
      int column = undo ? 4 : 5;
      Switch one = { .form = sqlite3_column_int64 (statement, 0),
                     .field = (DhkEntryField) field,
                     .slot = sqlite3_column_int64 (statement, 2) };

      if (field < 0 || field >= (gint64) G_N_ELEMENTS (fields))
        {
          dhk_store_fail_damaged (self, _ ("its journal does not fit its answers"), error);
          return NULL;
        }
      one.target = g_strdup (dhk_sql_text (statement, 3));
      if (sqlite3_column_type (statement, column) != SQLITE_NULL)
        one.text = g_strdup (dhk_sql_text (statement, column));
      g_array_append_val (list, one);
    }
  return found == 0 ? g_steal_pointer (&list) : NULL;
}

#define FIRST_OF_THE_NUMBER                                                                        \
  "(SELECT f.respondent FROM entry_form f WHERE f.active AND f.batch = entry_form.batch "          \
  "AND f.pass = 1 AND f.number = entry_form.number)"

gboolean
dhk_store_entry_relink (DhkStore *self, gint64 batch, GError **error)
{
  return dhk_sql_run (self, error,
                      "UPDATE entry_form SET respondent = " FIRST_OF_THE_NUMBER
                      " WHERE batch = ? AND pass = 2 AND active "
                      "AND respondent IS NOT " FIRST_OF_THE_NUMBER,
                      "i", batch)
         && dhk_sql_run (self, error,
                         "UPDATE respondent_record SET form_id = CAST (f.number AS TEXT) "
                         "FROM entry_form f WHERE f.batch = ? AND f.pass = 1 AND f.active "
                         "AND f.respondent = respondent_record.id "
                         "AND form_id IS NOT CAST (f.number AS TEXT)",
                         "i", batch);
}

gboolean
dhk_store_entry_switch (
    DhkStore *self, gint64 step, const char *kind, gint64 batch, gboolean undo, GError **error)
{
  g_autoptr (GArray) list = NULL;

  if (strcmp (kind, DHK_ENTRY_STEP_BATCH) == 0)
    return dhk_sql_run (self, error, "UPDATE entry_batch SET active = ? WHERE id = ?", "ii",
                        (gint64) !undo, batch);
  list = load_switches (self, step, undo, error);
  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const Switch *one = &g_array_index (list, Switch, i);

      if (!write_field (self, one->field, one->form, one->slot, one->target, one->text, error))
        return FALSE;
    }
  /* The respondent that came with the form's first answer. */
  return dhk_sql_run (self, error,
                      "UPDATE import_batch SET active = ? WHERE step = ? AND kind = 'paper'", "ii",
                      (gint64) !undo, step)
         && dhk_store_entry_relink (self, batch, error);
}

gboolean
dhk_store_entry_forget (DhkStore *self, GError **error)
{
  /* A second pass outlives the respondent that its first would have brought. */
  return dhk_sql_run (self, error,
                      "UPDATE entry_form SET respondent = NULL WHERE pass = 2 AND respondent IN "
                      "(SELECT respondent FROM entry_form WHERE pass = 1 AND NOT active)",
                      "")
         && dhk_sql_run (self, error, "DELETE FROM entry_form WHERE NOT active", "")
         && dhk_sql_run (self, error, "DELETE FROM entry_batch WHERE NOT active", "");
}

char *
dhk_store_entry_dup_label (const char *kind, const char *subject, gint64 n)
{
  guint form = (guint) CLAMP (n, 0, DHK_ENTRY_MAX_NUMBER);

  if (strcmp (kind, DHK_ENTRY_STEP_BATCH) == 0)
    return g_strdup_printf (_ ("New batch “%s”"), subject);
  if (strcmp (kind, DHK_ENTRY_STEP_FINISH) == 0)
    return g_strdup_printf (_ ("Form %u complete"), form);
  if (strcmp (kind, DHK_ENTRY_STEP_FINISH_SECOND) == 0)
    return g_strdup_printf (_ ("Form %u complete, second time"), form);
  if (strcmp (kind, DHK_ENTRY_STEP_NUMBER) == 0)
    /* Translators: the old and the new number of a paper form. */
    return g_strdup_printf (_ ("Form %u becomes form %s"), form, subject);
  if (strcmp (kind, DHK_ENTRY_STEP_SETTLE) == 0)
    /* Translators: the number of a question, and of a paper form. */
    return g_strdup_printf (_ ("Choice for answer %s of form %u"), subject, form);
  if (strcmp (kind, DHK_ENTRY_STEP_SECOND) == 0)
    return g_strdup_printf (_ ("Answer %s of form %u, second time"), subject, form);
  return g_strdup_printf (_ ("Answer %s of form %u"), subject, form);
}
