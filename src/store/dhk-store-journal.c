/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The journal. A step is done or undone by switching its imports on or off and
 * by writing the old or the new value of every cell it changed; so redo needs
 * nothing but the file itself, also after a restart.
 */

#include "store/dhk-store-entry-private.h"
#include "store/dhk-store-instrument.h"
#include "store/dhk-store-kept.h"
#include "store/dhk-store-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Steps -------------------------------------------------------------------------- */

static gboolean
get_position (DhkStore *self, gint64 *position, GError **error)
{
  return dhk_sql_get_int (self, error, position, "SELECT journal_position FROM study", "") == 1;
}

/* Steps that were undone and will not be redone take what they brought with them. */
static gboolean
forget_undone (DhkStore *self, gint64 position, GError **error)
{
  return dhk_store_entry_forget (self, error) && dhk_store_instrument_forget (self, position, error)
         && dhk_sql_run (self, error,
                         "DELETE FROM respondent_record WHERE batch IN "
                         "(SELECT id FROM import_batch WHERE step > ?)",
                         "i", position)
         && dhk_sql_run (self, error, "DELETE FROM import_batch WHERE step > ?", "i", position)
         && dhk_sql_run (self, error, "DELETE FROM merge_conflict WHERE step > ?", "i", position)
         && dhk_sql_run (self, error, "DELETE FROM journal_step WHERE step > ?", "i", position);
}

gint64
dhk_journal_append (
    DhkStore *self, const char *kind, const char *subject, gint64 n, gint64 batch, GError **error)
{
  gint64 position = 0;
  gint64 last = 0;

  if (!get_position (self, &position, error)
      || dhk_sql_get_int (self, error, &last, "SELECT ifnull (max (step), 0) FROM journal_step", "")
             != 1
      || (last > position && !forget_undone (self, position, error))
      || !dhk_sql_run (self, error,
                       "INSERT INTO journal_step (step, kind, subject, n, batch, happened) "
                       "VALUES (?, ?, ?, ?, ?, ?)",
                       "ittiii", position + 1, kind, subject != NULL ? subject : "", n, batch,
                       g_get_real_time () / G_USEC_PER_SEC)
      || !dhk_sql_run (self, error, "UPDATE study SET journal_position = ?", "i", position + 1))
    return 0;
  return position + 1;
}

/* Changes -------------------------------------------------------------------------- */

gboolean
dhk_journal_change_cell (
    DhkStore *self, gint64 step, gint64 batch, const DhkChange *change, GError **error)
{
  const DhkSlot *slot = dhk_store_slot (self, change->slot);
  /* Changed twice in one step (two files about the same response): the oldest value counts. */
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self,
      "INSERT INTO journal_change (step, respondent, slot, target, batch, old, new) "
      "VALUES (?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (step, respondent, slot, target) "
      "DO UPDATE SET batch = excluded.batch, new = excluded.new",
      error);

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "iiiti", step, change->respondent, (gint64) change->slot,
                dhk_store_target_id (self, change->target), batch);
  dhk_cell_bind (statement, 6, slot, &change->old);
  dhk_cell_bind (statement, 7, slot, &change->new);
  return dhk_sql_insert (self, statement, error)
         && dhk_store_write_cell (self, change->respondent, change->slot, change->target,
                                  &change->new, error);
}

gboolean
dhk_journal_change_content (DhkStore *self,
                            gint64 step,
                            gint64 batch,
                            gint64 respondent,
                            const char *content,
                            GError **error)
{
  return dhk_sql_run (
             self, error,
             "INSERT INTO journal_change (step, respondent, slot, target, batch, old, new) "
             "SELECT ?, id, 0, '', ?, content, dhk_hash (?) FROM respondent_record WHERE id = ? "
             "ON CONFLICT (step, respondent, slot, target) "
             "DO UPDATE SET batch = excluded.batch, new = excluded.new",
             "iiti", step, batch, content, respondent)
         && dhk_sql_run (self, error,
                         "UPDATE respondent_record SET content = dhk_hash (?) WHERE id = ?", "ti",
                         content, respondent);
}

GArray *
dhk_journal_load_changes (DhkStore *self, gint64 step, gint64 batch, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self,
                         "SELECT respondent, slot, target, old, new FROM journal_change "
                         "WHERE step = ?1 AND slot > 0 AND (?2 = 0 OR batch = ?2)",
                         error);
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (DhkChange));
  int found;

  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "ii", step, batch);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      gint64 slot = sqlite3_column_int64 (statement, 1);
      DhkChange change = { .respondent = sqlite3_column_int64 (statement, 0) };

      change.target = dhk_store_find_target (self, dhk_sql_text (statement, 2));
      if (slot > self->slots->len || change.target < DHK_NO_TARGET)
        {
          dhk_store_fail_damaged (self, _ ("its journal does not fit its answers"), error);
          return NULL;
        }
      change.slot = (guint) slot;
      change.old = dhk_cell_column (statement, 3, dhk_store_slot (self, change.slot));
      change.new = dhk_cell_column (statement, 4, dhk_store_slot (self, change.slot));
      g_array_append_val (changes, change);
    }
  return found == 0 ? g_steal_pointer (&changes) : NULL;
}

static gboolean
fail_conflict (DhkStore *self, GError **error)
{
  g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT,
               _ ("An answer in the study “%s” is no longer what it was after this step. Nothing "
                  "was changed."),
               self->name);
  return FALSE;
}

static gboolean
switch_cells (DhkStore *self, gint64 step, gboolean undo, GError **error)
{
  g_autoptr (GArray) changes = dhk_journal_load_changes (self, step, 0, error);

  if (changes == NULL)
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const DhkChange *change = &g_array_index (changes, DhkChange, i);
      const DhkSlot *slot = dhk_store_slot (self, change->slot);
      DhkCell now;

      if (!dhk_store_read_cell (self, change->respondent, change->slot, change->target, &now,
                                error))
        return FALSE;
      if (!dhk_cell_equal (slot, &now, undo ? &change->new : &change->old))
        return fail_conflict (self, error);
      if (!dhk_store_write_cell (self, change->respondent, change->slot, change->target,
                                 undo ? &change->old : &change->new, error))
        return FALSE;
    }
  return dhk_sql_run (
      self, error,
      undo ? "UPDATE respondent_record SET content = c.old FROM journal_change c "
             "WHERE c.step = ? AND c.slot = 0 AND c.respondent = respondent_record.id"
           : "UPDATE respondent_record SET content = c.new FROM journal_change c "
             "WHERE c.step = ? AND c.slot = 0 AND c.respondent = respondent_record.id",
      "i", step);
}

/* Counts how often a cell was corrected by hand; at 0 it is not any more. */
gboolean
dhk_journal_count_hand_edit (DhkStore *self, gint64 step, gboolean undo, GError **error)
{
  if (undo)
    return dhk_sql_run (self, error,
                        "UPDATE hand_edit SET times = times - 1 FROM journal_change c "
                        "WHERE c.step = ? AND c.respondent = hand_edit.respondent "
                        "AND c.slot = hand_edit.slot AND c.target = hand_edit.target",
                        "i", step)
           && dhk_sql_run (self, error, "DELETE FROM hand_edit WHERE times <= 0", "");
  return dhk_sql_run (self, error,
                      "INSERT INTO hand_edit (respondent, slot, target, times) "
                      "SELECT respondent, slot, target, 1 FROM journal_change "
                      "WHERE step = ? AND slot > 0 "
                      "ON CONFLICT (respondent, slot, target) DO UPDATE SET times = times + 1",
                      "i", step);
}

/* Does a step, or undoes it; its number is in `step`. */
static gboolean
switch_step (DhkStore *self, gint64 step, gboolean undo, GError **error)
{
  g_autofree char *kind = NULL;
  gint64 batch = 0;
  gint64 n = 0;

  {
    g_autoptr (DhkStatement) statement
        = dhk_sql_prepare (self, "SELECT kind, batch, n FROM journal_step WHERE step = ?", error);
    int found;

    if (statement == NULL)
      return FALSE;
    dhk_sql_bind (statement, "i", step);
    found = dhk_sql_step (self, statement, error);
    if (found < 0)
      return FALSE;
    if (found == 0)
      return dhk_store_fail_damaged (self, _ ("its journal does not fit its answers"), error);
    kind = g_strdup (dhk_sql_text (statement, 0));
    batch = sqlite3_column_int64 (statement, 1);
    n = sqlite3_column_int64 (statement, 2);
  }
  if (!switch_cells (self, step, undo, error))
    return FALSE;
  if (strcmp (kind, "import") == 0)
    return dhk_sql_run (self, error, "UPDATE import_batch SET active = ? WHERE step = ?", "ii",
                        (gint64) !undo, step);
  if (strcmp (kind, DHK_MERGE_STEP) == 0)
    return dhk_merge_switch (self, step, undo, error);
  if (strcmp (kind, "remove") == 0)
    return dhk_sql_run (self, error, "UPDATE import_batch SET active = ? WHERE id = ?", "ii",
                        (gint64) undo, batch);
  if (strcmp (kind, DHK_INSTRUMENT_STEP) == 0)
    return dhk_store_instrument_switch (self, n, undo, error);
  /* It changes nothing: what is told asks whether the step is done. */
  if (strcmp (kind, DHK_KEPT_STEP) == 0)
    return TRUE;
  if (strcmp (kind, DHK_RETENTION_STEP) == 0)
    return dhk_journal_switch_retention (self, step, undo, error);
  if (g_str_has_prefix (kind, DHK_ENTRY_STEP_PREFIX))
    return dhk_store_entry_switch (self, step, kind, batch, undo, error);
  if (strcmp (kind, "exclude") == 0 || strcmp (kind, "include") == 0)
    return dhk_journal_switch_exclusions (self, step, undo, error);
  if (strcmp (kind, DHK_TAKEN_STEP) == 0
      && !dhk_journal_switch_exclusions (self, step, undo, error))
    return FALSE;
  return dhk_journal_count_hand_edit (self, step, undo, error);
}

/* Undo and redo ---------------------------------------------------------------------- */

static char *
dup_exclusion_label (const char *kind, gulong n)
{
  if (strcmp (kind, "exclude") == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Exclusion of %lu respondent",
                                         "Exclusion of %lu respondents", n),
                            n);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Inclusion of %lu respondent",
                                       "Inclusion of %lu respondents", n),
                          n);
}

/* People are called as on the page Responses. */
static char *
dup_answer_label (DhkStore *self, gint64 step, const char *column, guint number)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self,
                         "SELECT r.questionnaire FROM journal_change c JOIN respondent_record r "
                         "ON r.id = c.respondent WHERE c.step = ? LIMIT 1",
                         NULL);
  int questionnaire = -1;

  if (statement != NULL)
    dhk_sql_bind (statement, "i", step);
  if (statement != NULL && dhk_sql_step (self, statement, NULL) == 1)
    questionnaire
        = dhk_instrument_find_questionnaire (self->instrument, dhk_sql_text (statement, 0));
  if (questionnaire < 0)
    /* Translators: the name of a column, and the number of a respondent. */
    return g_strdup_printf (_ ("Change of “%s” of respondent %u"), column, number);
  /* Translators: the name of a column, and "Parent 3". */
  return g_strdup_printf (_ ("Change of “%s” of %s %u"), column,
                          dhk_instrument_get_respondent_word (
                              self->instrument, (guint) questionnaire, dhk_language_of_messages ()),
                          number);
}

/* The step that undo or redo is about, 0 for none: what was about somebody erased is passed. */
static gint64
find_step (DhkStore *self, gboolean undo, GError **error)
{
  gint64 step = 0;
  int found = dhk_sql_get_int (self, error, &step,
                               undo ? "SELECT max (step) FROM journal_step WHERE kind <> 'erased' "
                                      "AND step <= (SELECT journal_position FROM study)"
                                    : "SELECT min (step) FROM journal_step WHERE kind <> 'erased' "
                                      "AND step > (SELECT journal_position FROM study)",
                               "");

  return found < 0 ? -1 : step;
}

char *
dhk_journal_dup_label (DhkStore *self, gint64 step)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, "SELECT kind, subject, n FROM journal_step WHERE step = ?", NULL);
  const char *kind;
  const char *subject;
  gint64 n;

  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "i", step);
  if (dhk_sql_step (self, statement, NULL) != 1)
    return NULL;
  kind = dhk_sql_text (statement, 0);
  subject = dhk_sql_text (statement, 1);
  n = sqlite3_column_int64 (statement, 2);
  if (strcmp (kind, "import") == 0 && n == 1)
    return g_strdup_printf (_ ("Import of “%s”"), subject);
  if (strcmp (kind, "import") == 0)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "Import of %u file", "Import of %u files", (gulong) n),
        (guint) n);
  if (strcmp (kind, DHK_MERGE_STEP) == 0)
    return g_strdup_printf (_ ("Merge of the study “%s”"), subject);
  if (strcmp (kind, "remove") == 0)
    return g_strdup_printf (_ ("Removal of “%s”"), subject);
  if (strcmp (kind, DHK_INSTRUMENT_STEP) == 0)
    /* TRANSLATORS: a version's name */
    return g_strdup_printf (_ ("Version %s of the questionnaires"), subject);
  if (strcmp (kind, DHK_RETENTION_STEP) == 0)
    return dhk_journal_dup_retention_label (subject);
  if (g_str_has_prefix (kind, DHK_ENTRY_STEP_PREFIX))
    return dhk_store_entry_dup_label (kind, subject, n);
  if (strcmp (kind, DHK_KEPT_STEP) == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Keeping of %lu answer as it is here",
                                         "Keeping of %lu answers as they are here", (gulong) n),
                            (gulong) n);
  if (strcmp (kind, DHK_TAKEN_STEP) == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Taking over of %lu answer",
                                         "Taking over of %lu answers", (gulong) n),
                            (gulong) n);
  if (strcmp (kind, "exclude") == 0 || strcmp (kind, "include") == 0)
    return dup_exclusion_label (kind, (gulong) n);
  return dup_answer_label (self, step, subject, (guint) n);
}

char *
dhk_store_dup_undo_label (DhkStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  return dhk_journal_dup_label (self, find_step (self, TRUE, NULL));
}

char *
dhk_store_dup_redo_label (DhkStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  return dhk_journal_dup_label (self, find_step (self, FALSE, NULL));
}

static gboolean
move_in_journal (DhkStore *self, gboolean undo, GError **error)
{
  gint64 step = find_step (self, undo, error);

  if (step < 0)
    return FALSE;
  if (step == 0)
    {
      g_set_error_literal (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT,
                           undo ? _ ("There is nothing to undo.")
                                : _ ("There is nothing to redo."));
      return FALSE;
    }
  return switch_step (self, step, undo, error)
         && dhk_sql_run (self, error, "UPDATE journal_step SET switched = ? WHERE step = ?", "ii",
                         g_get_real_time () / G_USEC_PER_SEC, step)
         && dhk_sql_run (self, error, "UPDATE study SET journal_position = ?", "i",
                         undo ? step - 1 : step);
}

gboolean
dhk_store_undo (DhkStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  return dhk_store_begin (self, error)
         && dhk_store_end (self, move_in_journal (self, TRUE, error), error);
}

gboolean
dhk_store_redo (DhkStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  return dhk_store_begin (self, error)
         && dhk_store_end (self, move_in_journal (self, FALSE, error), error);
}
