/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What another study has otherwise about the same responses: kept beside what stands here. */

#include <string.h>

#include "store/dhk-store-merge-private.h"

/* One conflict as the table holds it. */
typedef struct
{
  gint64 respondent;
  gint64 slot;
  const char *target;
  const char *exclusion; /* of the slot of exclusions */
  DhkCell cell;          /* of the others */
} Entry;

static void
bind_found (DhkStore *store, DhkStatement *statement, int parameter, const Entry *entry)
{
  if (entry->slot == DHK_MERGE_SLOT_EXCLUSION)
    sqlite3_bind_text (statement, parameter, entry->exclusion, -1, SQLITE_TRANSIENT);
  else
    dhk_cell_bind (statement, parameter, dhk_store_slot (store, (guint) entry->slot), &entry->cell);
}

static gboolean
is_found (DhkStore *store, DhkStatement *statement, const Entry *entry)
{
  const DhkSlot *slot;
  DhkCell cell;

  if (entry->slot == DHK_MERGE_SLOT_EXCLUSION)
    return (sqlite3_column_type (statement, 0) == SQLITE_NULL) == (entry->exclusion == NULL);
  slot = dhk_store_slot (store, (guint) entry->slot);
  cell = dhk_cell_column (statement, 0, slot);
  return dhk_cell_equal (slot, &cell, &entry->cell);
}

/* Whether an earlier merge of this study said the same. 1, 0 or -1. */
static int
is_known (DhkStore *store, const char *name, const Entry *entry, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      store,
      "SELECT found FROM merge_conflict WHERE respondent = ? AND slot = ? AND target = ? "
      "AND file_name = ? AND step <= (SELECT journal_position FROM study) "
      "ORDER BY step DESC LIMIT 1",
      error);
  int found;

  if (statement == NULL)
    return -1;
  dhk_sql_bind (statement, "iitt", entry->respondent, entry->slot, entry->target, name);
  found = dhk_sql_step (store, statement, error);
  return found == 1 ? is_found (store, statement, entry) : found;
}

static gboolean
insert_entry (DhkStore *store, const char *name, gint64 step, const Entry *entry, GError **error)
{
  g_autoptr (DhkStatement) insert = dhk_sql_prepare (
      store,
      "INSERT OR REPLACE INTO merge_conflict (respondent, slot, target, file_name, step, found) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      error);

  if (insert == NULL)
    return FALSE;
  dhk_sql_bind (insert, "iitti", entry->respondent, entry->slot, entry->target, name, step);
  bind_found (store, insert, 6, entry);
  return dhk_sql_insert (store, insert, error);
}

/* What the draft says; its slot is 0 where nothing of this question was ever stored here. */
static gboolean
take_entry (DhkStore *store,
            const DhkMergeFile *file,
            const DhkDraftConflict *conflict,
            gboolean storing,
            Entry *entry,
            GError **error)
{
  const DhkMergeRow *row = &g_array_index (file->rows, DhkMergeRow, conflict->row);
  const DhkQuestion *question
      = &dhk_instrument_get_questionnaire (store->instrument, file->questionnaire)
             ->questions[conflict->question];
  gboolean is_variable = question->variable >= 0;
  guint index = (guint) (is_variable ? question->variable : question->item);
  gboolean fresh = FALSE;

  *entry = (Entry){ .respondent = conflict->respondent, .target = "" };
  if (conflict->is_exclusion)
    {
      entry->slot = DHK_MERGE_SLOT_EXCLUSION;
      entry->exclusion = row->exclusion;
      return TRUE;
    }
  if (storing
      && (!dhk_store_ensure_slot (store, is_variable, index, &fresh, error)
          || (fresh && !dhk_store_rebuild_views (store, error))))
    return FALSE;
  entry->slot = dhk_store_get_slot (store, is_variable, index);
  entry->target = dhk_store_target_id (store, is_variable ? DHK_NO_TARGET : question->target);
  entry->cell = dhk_merge_column_read (&file->columns[conflict->question], row->frame_row);
  return TRUE;
}

static int
handle_file (
    DhkStore *store, DhkDraft *draft, const DhkMergeFile *file, gint64 step, GError **error)
{
  const DhkDraftFile *draft_file = g_ptr_array_index (dhk_draft_get_files (draft), file->place);
  int n = 0;

  for (guint i = 0; i < draft_file->conflicts->len; i++)
    {
      Entry entry;
      int known;

      if (!take_entry (store, file, g_ptr_array_index (draft_file->conflicts, i), step != 0, &entry,
                       error))
        return -1;
      known = entry.slot == 0 ? 0 : is_known (store, file->merge->name, &entry, error);
      if (known < 0
          || (known == 0 && step != 0
              && !insert_entry (store, file->merge->name, step, &entry, error)))
        return -1;
      n += known == 0;
    }
  return n;
}

int
dhk_merge_store_conflicts (DhkStore *store, DhkDraft *draft, gint64 step, GError **error)
{
  DhkMerge *merge = dhk_merge_of_draft (draft);
  int n = 0;

  for (guint i = 0; i < merge->files->len; i++)
    {
      const DhkMergeFile *file = g_ptr_array_index (merge->files, i);
      int found = file->place != 0 ? handle_file (store, draft, file, step, error) : 0;

      if (found < 0)
        return -1;
      n += found;
    }
  return n;
}

int
dhk_merge_count_news (DhkStore *store, DhkDraft *draft, GError **error)
{
  DhkMerge *merge = dhk_merge_of_draft (draft);
  int forms = dhk_merge_store_piles (store, merge, 0, error);
  int conflicts = forms >= 0 ? dhk_merge_store_conflicts (store, draft, 0, error) : -1;

  return conflicts < 0 ? -1 : forms + conflicts;
}
