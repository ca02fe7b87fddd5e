/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers corrected by hand that a newer export has otherwise: shown, kept, never overwritten. */

#include "store/dhk-store-kept.h"

#include <glib/gi18n-lib.h>

#include "store/dhk-store-merge-private.h"

static guint
get_slot (DhkStore *self, const DhkQuestion *question)
{
  gboolean is_variable = question->variable >= 0;

  return dhk_store_get_slot (self, is_variable,
                             (guint) (is_variable ? question->variable : question->item));
}

/* While comparing ------------------------------------------------------------- */

void
dhk_store_note_conflicts (
    DhkStore *self, DhkDraftFile *file, guint row, gint64 respondent, const GArray *differences)
{
  const DhkQuestionnaire *questionnaire
      = dhk_instrument_get_questionnaire (self->instrument, (guint) file->questionnaire);

  for (guint i = 0; i < differences->len; i++)
    {
      const DhkDifference *difference = &g_array_index (differences, DhkDifference, i);
      const DhkSlot *slot;
      DhkDraftConflict *conflict;

      if (!difference->hand)
        continue;
      slot
          = dhk_store_slot (self, get_slot (self, &questionnaire->questions[difference->question]));
      conflict = dhk_draft_file_add_conflict (file, row, difference->question);
      conflict->respondent = respondent;
      conflict->held = dhk_cell_describe (self->instrument, slot, &difference->old);
      conflict->found = dhk_cell_describe (self->instrument, slot, &difference->new);
    }
}

/* Keeping ------------------------------------------------------------------------ */

static gboolean
is_known (DhkStore *self, DhkStatement *find, gint64 respondent, guint slot, const char *target)
{
  int found;

  sqlite3_reset (find);
  dhk_sql_bind (find, "iit", respondent, (gint64) slot, target);
  found = dhk_sql_step (self, find, NULL);
  return found == 1;
}

/* 1: kept, 0: stood there already, -1: failed. */
static int
keep_conflict (DhkStore *self,
               DhkDraftFile *file,
               const char *name,
               const DhkDraftConflict *conflict,
               GError **error)
{
  const DhkQuestion *question
      = &dhk_instrument_get_questionnaire (self->instrument, (guint) file->questionnaire)
             ->questions[conflict->question];
  guint slot = get_slot (self, question);
  const DhkSlot *description = dhk_store_slot (self, slot);
  const char *target = dhk_store_target_id (self, question->target);
  DhkCell cell = dhk_cell_from_draft (description, file, conflict->row, conflict->question);
  g_autoptr (DhkStatement) find
      = dhk_sql_prepare (self,
                         "SELECT found FROM import_conflict "
                         "WHERE respondent = ? AND slot = ? AND target = ?",
                         error);
  g_autoptr (DhkStatement) insert = NULL;

  if (find == NULL)
    return -1;
  if (is_known (self, find, conflict->respondent, slot, target))
    {
      DhkCell old = dhk_cell_column (find, 0, description);

      if (dhk_cell_equal (description, &old, &cell))
        return 0;
    }
  insert = dhk_sql_prepare (self,
                            "INSERT OR REPLACE INTO import_conflict "
                            "(respondent, slot, target, file_name, found) VALUES (?, ?, ?, ?, ?)",
                            error);
  if (insert == NULL)
    return -1;
  dhk_sql_bind (insert, "iitt", conflict->respondent, (gint64) slot, target, name);
  dhk_cell_bind (insert, 5, description, &cell);
  return dhk_sql_insert (self, insert, error) ? 1 : -1;
}

/* The responses that have conflicts: identity -> respondent. */
static GHashTable *
load_identities (DhkStore *self, GError **error)
{
  g_autoptr (GHashTable) identities
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self,
                         "SELECT DISTINCT dhk_hash_text (r.identity), r.id FROM import_conflict c "
                         "JOIN respondent_record r ON r.id = c.respondent "
                         "WHERE r.identity IS NOT NULL",
                         error);
  int found;

  if (statement == NULL)
    return NULL;
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      gint64 respondent = sqlite3_column_int64 (statement, 1);

      g_hash_table_insert (identities, g_strdup (dhk_sql_text (statement, 0)),
                           g_memdup2 (&respondent, sizeof respondent));
    }
  return found == 0 ? g_steal_pointer (&identities) : NULL;
}

/*
 * What somebody chose to keep stays, and what the study has taken over from a file since: to be told again when that is
 * undone.
 */
static gboolean
may_come_back (DhkStore *self, GHashTable *kept, const DhkKeptChoice *choice)
{
  DhkCell held;

  return dhk_kept_holds (kept, choice)
         || (choice->slot >= 1 && choice->slot <= self->slots->len
             && dhk_store_read_cell (self, choice->respondent, (guint) choice->slot,
                                     dhk_store_find_target (self, choice->target), &held, NULL)
             && dhk_cell_equal (dhk_store_slot (self, (guint) choice->slot), &held,
                                &choice->found));
}

/* How many went, or -1. */
static int
forget_respondent (DhkStore *self, GHashTable *kept, gint64 respondent, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self, "SELECT slot, target, found FROM import_conflict WHERE respondent = ?", error);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (DhkKeptChoice));
  int found;
  int n = 0;

  if (statement == NULL)
    return -1;
  g_array_set_clear_func (gone, (GDestroyNotify) dhk_kept_choice_clear);
  dhk_sql_bind (statement, "i", respondent);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      DhkKeptChoice choice = { .respondent = respondent,
                               .slot = sqlite3_column_int64 (statement, 0),
                               .target = g_strdup (dhk_sql_text (statement, 1)) };

      if (choice.slot >= 1 && choice.slot <= self->slots->len)
        choice.found = dhk_cell_column (statement, 2, dhk_store_slot (self, (guint) choice.slot));
      if (may_come_back (self, kept, &choice))
        dhk_kept_choice_clear (&choice);
      else
        g_array_append_val (gone, choice);
    }
  for (guint i = 0; found == 0 && i < gone->len; i++)
    {
      const DhkKeptChoice *choice = &g_array_index (gone, DhkKeptChoice, i);

      if (!dhk_sql_run (self, error,
                        "DELETE FROM import_conflict WHERE respondent = ? AND slot = ? "
                        "AND target = ?",
                        "iit", respondent, choice->slot, choice->target))
        return -1;
      n++;
    }
  return found == 0 ? n : -1;
}

/* A response that the file has as it was corrected is no conflict any more. How many, or -1. */
static int
forget_settled (DhkStore *self, DhkDraftFile *file, GError **error)
{
  g_autoptr (GHashTable) identities = load_identities (self, error);
  g_autoptr (GHashTable) standing = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) kept = identities != NULL ? dhk_kept_load (self, error) : NULL;
  int n = 0;

  if (kept == NULL)
    return -1;
  for (guint i = 0; i < file->conflicts->len; i++)
    g_hash_table_add (standing,
                      &((DhkDraftConflict *) g_ptr_array_index (file->conflicts, i))->respondent);
  for (guint i = 0; g_hash_table_size (identities) > 0 && i < dhk_draft_file_get_n_rows (file); i++)
    {
      g_auto (DhkDraftRow) row = { 0 };
      DhkRowFate fate = dhk_draft_file_get_fate (file, i);
      const gint64 *respondent;
      int gone;

      if (fate != DHK_ROW_PRESENT && fate != DHK_ROW_CHANGED)
        continue;
      dhk_draft_file_read_row (file, i, &row);
      if (row.identity == NULL)
        continue;
      respondent = g_hash_table_lookup (identities, row.identity);
      if (respondent == NULL || g_hash_table_contains (standing, respondent))
        continue;
      gone = forget_respondent (self, kept, *respondent, error);
      if (gone < 0)
        return -1;
      n += gone;
    }
  return n;
}

int
dhk_store_keep_conflicts (DhkStore *self, DhkDraft *draft, GError **error)
{
  GPtrArray *files = dhk_draft_get_files (draft);
  int n = 0;

  /* Those of another study are a step of the journal, and stored with it. */
  if (dhk_merge_of_draft (draft) != NULL)
    return dhk_merge_count_news (self, draft, error);
  for (guint i = 0; i < files->len; i++)
    {
      DhkDraftFile *file = g_ptr_array_index (files, i);
      g_autofree char *name = dhk_store_dup_masked (file->name);
      int settled;

      for (guint c = 0; c < file->conflicts->len; c++)
        {
          int kept
              = keep_conflict (self, file, name, g_ptr_array_index (file->conflicts, c), error);

          if (kept < 0)
            return -1;
          n += kept;
        }
      settled = forget_settled (self, file, error);
      if (settled < 0)
        return -1;
      n += settled;
    }
  return n;
}

/* Listing -------------------------------------------------------------------------- */

static void
free_conflict (gpointer data)
{
  DhkListedConflict *listed = data;
  DhkConflict *conflict = &listed->conflict;

  dhk_kept_choice_clear (&listed->choice);
  g_free (conflict->questionnaire);
  g_free (conflict->column);
  g_free (conflict->question);
  g_free (conflict->held);
  g_free (conflict->found);
  g_free (conflict->file_name);
  g_free (listed);
}

/* The wording in the respondent's own questionnaire. */
static const char *
find_wording (DhkStore *self, const char *questionnaire_id, const DhkSlot *slot, int target)
{
  int index = dhk_instrument_find_questionnaire (self->instrument, questionnaire_id);
  const DhkQuestionnaire *questionnaire
      = index < 0 ? NULL : dhk_instrument_get_questionnaire (self->instrument, (guint) index);

  for (guint q = 0; questionnaire != NULL && q < questionnaire->n_questions; q++)
    {
      const DhkQuestion *question = &questionnaire->questions[q];

      if (slot->is_variable ? question->variable == (int) slot->index
                            : question->item == (int) slot->index && question->target == target)
        return dhk_text_get (&question->text, dhk_language_of_messages ());
    }
  return "";
}

static char *
dup_column (DhkStore *self, const DhkSlot *slot, int target)
{
  return slot->is_variable
             ? g_strdup (dhk_instrument_get_variable (self->instrument, slot->index)->id)
             : dhk_instrument_dup_column_name (self->instrument, slot->index, target);
}

/* Columns: 0 respondent, 1 number, 2 questionnaire, 3 slot, 4 target, 5 found, 6 file name,
 * 7 between studies, 8 excluded, 9 exclusion. */
static DhkConflict *
new_conflict (DhkStatement *row, DhkKeptChoice *choice)
{
  DhkListedConflict *listed = g_new0 (DhkListedConflict, 1);
  DhkConflict *conflict = &listed->conflict;

  listed->choice = *choice;
  *choice = (DhkKeptChoice){ 0 };
  conflict->respondent = sqlite3_column_int64 (row, 0);
  conflict->number = (guint) sqlite3_column_int64 (row, 1);
  conflict->questionnaire = g_strdup (dhk_sql_text (row, 2));
  conflict->file_name = g_strdup (dhk_sql_text (row, 6));
  conflict->is_merged = sqlite3_column_int (row, 7) != 0;
  return conflict;
}

static void
add_exclusion (GHashTable *kept, DhkStatement *row, GPtrArray *list)
{
  gboolean excluded = sqlite3_column_int (row, 8) != 0;
  gboolean found = sqlite3_column_type (row, 5) != SQLITE_NULL;
  g_auto (DhkKeptChoice) choice
      = { .respondent = sqlite3_column_int64 (row, 0),
          .slot = DHK_MERGE_SLOT_EXCLUSION,
          .target = g_strdup (""),
          .held_exclusion = excluded ? g_strdup (dhk_sql_text (row, 9)) : NULL,
          .found_exclusion = found ? g_strdup (dhk_sql_text (row, 5)) : NULL };
  DhkConflict *conflict;

  if (excluded == found || dhk_kept_holds (kept, &choice))
    return;
  conflict = new_conflict (row, &choice);
  conflict->column = g_strdup ("excluded");
  conflict->question = g_strdup (_ ("Left out of the analysis"));
  conflict->held = dhk_merge_describe_exclusion (excluded ? dhk_sql_text (row, 9) : NULL);
  conflict->found = dhk_merge_describe_exclusion (found ? dhk_sql_text (row, 5) : NULL);
  g_ptr_array_add (list, conflict);
}

/* Adds the conflict of a row unless the study holds by now what the file said, or is to keep what it
 * has. */
static gboolean
add_conflict (DhkStore *self, GHashTable *kept, DhkStatement *row, GPtrArray *list, GError **error)
{
  gint64 respondent = sqlite3_column_int64 (row, 0);
  gint64 slot = sqlite3_column_int64 (row, 3);
  int target = dhk_store_find_target (self, dhk_sql_text (row, 4));
  const DhkSlot *description;
  DhkConflict *conflict;
  g_auto (DhkKeptChoice) choice = { .respondent = respondent, .slot = slot };

  if (slot == DHK_MERGE_SLOT_EXCLUSION)
    {
      add_exclusion (kept, row, list);
      return TRUE;
    }
  if (slot < 1 || slot > self->slots->len || target < DHK_NO_TARGET)
    return dhk_store_fail_damaged (self, _ ("an answer belongs to no question"), error);
  if (sqlite3_column_int (row, 7) == 0)
    {
      int hand = dhk_store_is_hand_edited (self, respondent, (guint) slot, target, error);

      /* A correction that was undone since is no conflict. */
      if (hand != 1)
        return hand == 0;
    }
  description = dhk_store_slot (self, (guint) slot);
  choice.target = g_strdup (dhk_sql_text (row, 4));
  choice.found = dhk_cell_column (row, 5, description);
  if (!dhk_store_read_cell (self, respondent, (guint) slot, target, &choice.held, error))
    return FALSE;
  if (dhk_cell_equal (description, &choice.found, &choice.held) || dhk_kept_holds (kept, &choice))
    return TRUE;
  conflict = new_conflict (row, &choice);
  conflict->column = dup_column (self, description, target);
  conflict->question = g_strdup (find_wording (self, conflict->questionnaire, description, target));
  conflict->held = dhk_cell_describe (self->instrument, description,
                                      &((const DhkListedConflict *) conflict)->choice.held);
  conflict->found = dhk_cell_describe (self->instrument, description,
                                       &((const DhkListedConflict *) conflict)->choice.found);
  g_ptr_array_add (list, conflict);
  return TRUE;
}

GPtrArray *
dhk_store_list_conflicts (DhkStore *self, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_conflict);
  g_autoptr (DhkStatement) statement = NULL;
  g_autoptr (GHashTable) kept = NULL;
  int found;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  statement = dhk_sql_prepare (
      self,
      "SELECT c.respondent, r.number, r.questionnaire, c.slot, c.target, c.found, c.file_name, "
      "0 AS merged, r.excluded, r.exclusion "
      "FROM import_conflict c JOIN respondent_record r ON r.id = c.respondent "
      "JOIN import_batch b ON b.id = r.batch "
      "WHERE b.active AND NOT r.excluded "
      "UNION ALL "
      "SELECT m.respondent, r.number, r.questionnaire, m.slot, m.target, m.found, m.file_name, 1, "
      "r.excluded, r.exclusion "
      "FROM merge_conflict m JOIN respondent_record r ON r.id = m.respondent "
      "JOIN import_batch b ON b.id = r.batch JOIN study s "
      "WHERE b.active AND (m.slot = -1 OR (m.slot > 0 AND NOT r.excluded)) AND m.step <= "
      "s.journal_position "
      "AND NOT EXISTS (SELECT 1 FROM merge_conflict l WHERE l.respondent = m.respondent "
      "AND l.slot = m.slot AND l.target = m.target AND l.file_name = m.file_name "
      "AND l.step > m.step AND l.step <= s.journal_position) "
      "ORDER BY 1, 4, 5, 8, 7",
      error);
  if (statement == NULL || !dhk_store_load_slots (self, error))
    return NULL;
  kept = dhk_kept_load (self, error);
  if (kept == NULL)
    return NULL;
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    if (!add_conflict (self, kept, statement, list, error))
      return NULL;
  return found == 0 ? g_steal_pointer (&list) : NULL;
}
