/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happened to one respondent: read from the journal, told in words. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-key-file.h"
#include "store/dhk-store-kept.h"
#include "store/dhk-store-merge-private.h"
#include "store/dhk-store-private.h"
#include "store/dhk-store-respondents.h"

static void
entry_free (gpointer data)
{
  DhkHistoryEntry *self = data;

  g_free (self->cause);
  g_free (self->question);
  g_free (self->text);
  g_free (self->old);
  g_free (self->new);
  g_free (self);
}

typedef struct
{
  DhkStore *store;
  const DhkQuestionnaire *questionnaire;
  gint64 position; /* steps after it are undone */
  GPtrArray *entries;
} History;

/* The respondent's own form asks it in its own words. */
static const char *
find_wording (const History *self, const DhkSlot *slot, int target)
{
  for (guint i = 0; self->questionnaire != NULL && i < self->questionnaire->n_questions; i++)
    {
      const DhkQuestion *question = &self->questionnaire->questions[i];

      if (slot->is_variable ? question->variable == (int) slot->index
                            : question->item == (int) slot->index && question->target == target)
        return dhk_text_get (&question->text, dhk_language_of_messages ());
    }
  return NULL;
}

static char *
describe_cell (const History *self, const DhkSlot *slot, const DhkCell *cell)
{
  if (cell->code == DHK_MISSING_NOT_ASKED)
    return g_strdup (_ ("not asked"));
  if (!slot->number && !dhk_slot_accepts (slot, self->store->instrument, cell->code))
    return g_strdup ("–");
  return dhk_cell_describe (self->store->instrument, slot, cell);
}

/* How somebody came in. */
static gboolean
add_arrival (History *self, gint64 respondent, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self->store,
                         "SELECT b.imported, b.file_name, b.kind, r.questionnaire "
                         "FROM respondent_record r JOIN import_batch b ON b.id = r.batch "
                         "WHERE r.id = ? AND b.active",
                         error);
  DhkHistoryEntry *entry;
  int questionnaire;
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", respondent);
  found = dhk_sql_step (self->store, statement, error);
  if (found == 0)
    return dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                           _ ("This respondent is no longer in the study."));
  if (found < 0)
    return FALSE;
  questionnaire
      = dhk_instrument_find_questionnaire (self->store->instrument, dhk_sql_text (statement, 3));
  if (questionnaire >= 0)
    self->questionnaire
        = dhk_instrument_get_questionnaire (self->store->instrument, (guint) questionnaire);
  entry = g_new0 (DhkHistoryEntry, 1);
  entry->when = sqlite3_column_int64 (statement, 0);
  if (strcmp (dhk_sql_text (statement, 2), "paper") == 0)
    entry->cause = g_strdup (_ ("Paper entry"));
  else
    entry->cause = g_strdup_printf (_ ("Import of “%s”"), dhk_sql_text (statement, 1));
  entry->text = g_strdup (_ ("Came into the study"));
  g_ptr_array_add (self->entries, entry);
  return TRUE;
}

/* Somebody who came from another study, where a pseudonym was that somebody else has here. */
static gboolean
add_renaming (History *self, gint64 respondent, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self->store,
      "SELECT s.step, s.happened, m.found, m.file_name FROM merge_conflict m "
      "JOIN journal_step s ON s.step = m.step WHERE m.respondent = ? AND m.slot = ?",
      error);
  g_autofree char *here = dhk_store_dup_pseudonym (self->store, respondent);
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "ii", respondent, (gint64) DHK_MERGE_SLOT_PSEUDONYM);
  while ((found = dhk_sql_step (self->store, statement, error)) == 1)
    {
      DhkHistoryEntry *entry = g_new0 (DhkHistoryEntry, 1);
      const char *there = dhk_sql_text (statement, 2);

      g_ptr_array_add (self->entries, entry);
      entry->when = sqlite3_column_int64 (statement, 1);
      entry->cause = dhk_journal_dup_label (self->store, sqlite3_column_int64 (statement, 0));
      entry->text = g_strdup_printf (_ ("%s in “%s” is %s here, since %s was in use."), there,
                                     dhk_sql_text (statement, 3), here != NULL ? here : "–", there);
    }
  return found == 0;
}

/* Columns: 0 step, 1 kind, 2 happened, 3 switched, 4 slot, 5 target, 6 old, 7 new, 8 file name,
   9 others with the same reason. */
static char *
dup_cause (const History *self, DhkStatement *row)
{
  const char *kind = dhk_sql_text (row, 1);

  if (strcmp (kind, "answer") == 0 || strcmp (kind, "exclude") == 0 || strcmp (kind, "include") == 0
      || strcmp (kind, DHK_KEPT_STEP) == 0 || strcmp (kind, DHK_TAKEN_STEP) == 0)
    return g_strdup (_ ("By hand"));
  if (strcmp (kind, "import") == 0 && sqlite3_column_type (row, 8) != SQLITE_NULL)
    return g_strdup_printf (_ ("Import of “%s”"), dhk_sql_text (row, 8));
  return dhk_journal_dup_label (self->store, sqlite3_column_int64 (row, 0));
}

static void
fill_exclusion (DhkHistoryEntry *entry, DhkStatement *row)
{
  gboolean excluded = sqlite3_column_type (row, 7) != SQLITE_NULL;
  const char *reason = dhk_sql_text (row, 7);

  if (!excluded)
    entry->text = g_strdup (_ ("Included again"));
  else if (reason[0] != '\0')
    entry->text = g_strdup_printf (_ ("Excluded: %s"), reason);
  else
    entry->text = g_strdup (_ ("Excluded"));
}

/* Somebody chose not to follow a file or another study. */
static gboolean
fill_kept (const History *self, DhkHistoryEntry *entry, DhkStatement *row, GError **error)
{
  g_auto (DhkKeptChoice) choice = { 0 };
  const DhkSlot *slot;
  const char *wording;
  g_autofree char *held = NULL;
  g_autofree char *found = NULL;

  if (!dhk_kept_choice_read (&choice, self->store, row, 4))
    return dhk_store_fail_damaged (self->store, _ ("its journal does not fit its answers"), error);
  if (choice.slot == DHK_MERGE_SLOT_EXCLUSION)
    {
      held = dhk_merge_describe_exclusion (choice.held_exclusion);
      found = dhk_merge_describe_exclusion (choice.found_exclusion);
      /* Translators: "excluded: test" and "not excluded" */
      entry->text = g_strdup_printf (_ ("Kept: %s here, %s in another study"), held, found);
      return TRUE;
    }
  slot = dhk_store_slot (self->store, (guint) choice.slot);
  held = describe_cell (self, slot, &choice.held);
  found = describe_cell (self, slot, &choice.found);
  wording = find_wording (self, slot, dhk_store_find_target (self->store, choice.target));
  /* Translators: a question, and two answers to it. */
  entry->text = g_strdup_printf (_ ("%s: kept as %s, though it is %s elsewhere"),
                                 wording != NULL ? wording : "", held, found);
  return TRUE;
}

static gboolean
fill_answer (const History *self, DhkHistoryEntry *entry, DhkStatement *row, GError **error)
{
  gint64 number = sqlite3_column_int64 (row, 4);
  int target = dhk_store_find_target (self->store, dhk_sql_text (row, 5));
  DhkCell old, new;
  const DhkSlot *slot;

  if (number < 1 || number > self->store->slots->len || target < DHK_NO_TARGET)
    return dhk_store_fail_damaged (self->store, _ ("its journal does not fit its answers"), error);
  slot = dhk_store_slot (self->store, (guint) number);
  old = dhk_cell_column (row, 6, slot);
  new = dhk_cell_column (row, 7, slot);
  entry->question
      = slot->is_variable
            ? g_strdup (dhk_instrument_get_variable (self->store->instrument, slot->index)->id)
            : dhk_instrument_dup_column_name (self->store->instrument, slot->index, target);
  entry->text = g_strdup (find_wording (self, slot, target));
  if (entry->text == NULL)
    entry->text = g_strdup (entry->question);
  entry->old = describe_cell (self, slot, &old);
  entry->new = describe_cell (self, slot, &new);
  return TRUE;
}

static gboolean
add_changes (History *self, gint64 respondent, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self->store,
      "SELECT s.step, s.kind, s.happened, s.switched, c.slot, c.target, c.old, "
      "c.new, b.file_name, CASE WHEN c.slot = -1 AND c.new <> '' THEN (SELECT count (*) - 1 "
      "FROM journal_change o WHERE o.step = s.step AND o.slot = -1 AND o.new IS c.new) ELSE 0 END "
      "FROM journal_change c "
      "JOIN journal_step s ON s.step = c.step "
      "LEFT JOIN import_batch b ON b.id = c.batch "
      "WHERE c.respondent = ? AND c.slot <> 0 ORDER BY s.step, c.slot, c.target",
      error);
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", respondent);
  while ((found = dhk_sql_step (self->store, statement, error)) == 1)
    {
      DhkHistoryEntry *entry = g_new0 (DhkHistoryEntry, 1);

      g_ptr_array_add (self->entries, entry);
      entry->when = sqlite3_column_int64 (statement, 2);
      entry->cause = dup_cause (self, statement);
      if (sqlite3_column_int64 (statement, 0) > self->position)
        entry->undone = MAX (sqlite3_column_int64 (statement, 3), 1);
      entry->n_sharing = (guint) sqlite3_column_int64 (statement, 9);
      if (sqlite3_column_int64 (statement, 4) <= DHK_KEPT_FIRST_SLOT)
        {
          if (!fill_kept (self, entry, statement, error))
            return FALSE;
        }
      else if (sqlite3_column_int64 (statement, 4) < 0)
        fill_exclusion (entry, statement);
      else if (!fill_answer (self, entry, statement, error))
        return FALSE;
    }
  return found == 0;
}

GPtrArray *
dhk_store_load_history (DhkStore *self, gint64 respondent, GError **error)
{
  History history = { .store = self };
  g_autoptr (GPtrArray) entries = NULL;
  gboolean ok;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  entries = g_ptr_array_new_with_free_func (entry_free);
  history.entries = entries;
  if (!dhk_sql_exec (self, "BEGIN", error))
    return NULL;
  ok = dhk_store_load_slots (self, error)
       && dhk_sql_get_int (self, error, &history.position, "SELECT journal_position FROM study", "")
              == 1
       && add_arrival (&history, respondent, error) && add_renaming (&history, respondent, error)
       && add_changes (&history, respondent, error);
  dhk_store_roll_back (self);
  return ok ? g_steal_pointer (&entries) : NULL;
}
