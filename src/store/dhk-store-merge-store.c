/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes with the responses of another study, besides their answers. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-key-file.h"
#include "store/dhk-store-kept.h"
#include "store/dhk-store-merge-private.h"

/* Tables ----------------------------------------------------------------------------------- */

gboolean
dhk_merge_make_tables (DhkStore *store, GError **error)
{
  return dhk_sql_exec (
      store,
      /* Who came with a pseudonym of another study; `number` is whose it would have been here. */
      "CREATE TABLE merged_respondent ("
      "  respondent INTEGER PRIMARY KEY REFERENCES respondent_record (id) ON DELETE CASCADE,"
      "  pseudonym TEXT NOT NULL UNIQUE,"
      "  number INTEGER NOT NULL);"
      /* What another study has otherwise; slot -1: who is excluded, with the reason or null. */
      "CREATE TABLE merge_conflict ("
      "  respondent INTEGER NOT NULL REFERENCES respondent_record (id) ON DELETE CASCADE,"
      "  slot INTEGER NOT NULL,"
      "  target TEXT NOT NULL,"
      "  file_name TEXT NOT NULL,"
      "  step INTEGER NOT NULL,"
      "  found,"
      "  PRIMARY KEY (respondent, slot, target, file_name, step)) WITHOUT ROWID;"
      /* The merge that brought the batch, 0: none. */
      "ALTER TABLE entry_batch ADD COLUMN step INTEGER NOT NULL DEFAULT 0;"
      /* What it was called there. */
      "ALTER TABLE entry_batch ADD COLUMN name_there TEXT",
      error);
}

gboolean
dhk_merge_switch (DhkStore *store, gint64 step, gboolean undo, GError **error)
{
  return dhk_sql_run (store, error, "UPDATE import_batch SET active = ? WHERE step = ?", "ii",
                      (gint64) !undo, step)
         && dhk_sql_run (store, error, "UPDATE entry_batch SET active = ? WHERE step = ?", "ii",
                         (gint64) !undo, step)
         && dhk_store_entry_switch (store, step, DHK_MERGE_STEP, 0, undo, error);
}

/* Places ------------------------------------------------------------------------------------- */

/* Who somebody of the other study is here, or 0. */
static gint64
find_here (DhkMerge *self, gint64 there)
{
  const gint64 *found = g_hash_table_lookup (self->stored, &there);

  if (found == NULL)
    found = g_hash_table_lookup (self->matched, &there);
  return found != NULL ? *found : 0;
}

static gint64
ensure_slot (DhkStore *store, gboolean is_variable, guint index, GError **error)
{
  gboolean fresh = FALSE;

  if (!dhk_store_ensure_slot (store, is_variable, index, &fresh, error)
      || (fresh && !dhk_store_rebuild_views (store, error)))
    return -1;
  return dhk_store_get_slot (store, is_variable, index);
}

gint64
dhk_merge_find_slot (
    DhkMerge *self, DhkStore *store, gboolean is_variable, guint index, GError **error)
{
  int here = is_variable ? self->variables[index] : self->items[index];

  return here < 0 ? 0 : ensure_slot (store, is_variable, (guint) here, error);
}

/* The target here as the tables name it; NULL: unknown here. */
static const char *
find_target (DhkMerge *self, DhkStore *store, int there)
{
  int here = there == DHK_NO_TARGET ? DHK_NO_TARGET : self->targets[there];

  return there != DHK_NO_TARGET && here < 0 ? NULL : dhk_store_target_id (store, here);
}

/* Responses -------------------------------------------------------------------------------------- */

/* Who of the two has it now can be asked for years later: it is said, and kept for the history. */
static gboolean
tell_renamed (DhkStore *store,
              DhkDraft *draft,
              gint64 step,
              gint64 respondent,
              const char *there,
              const char *here,
              GError **error)
{
  const char *name = dhk_merge_of_draft (draft)->name;

  /* Notes of a comparison are made anew with the next one. */
  dhk_merge_add_note (g_ptr_array_index (dhk_draft_get_files (draft), 0),
                      _ ("%s in “%s” is %s here, since %s was in use."), there, name, here, there);
  return dhk_sql_run (store, error,
                      "INSERT OR REPLACE INTO merge_conflict "
                      "(respondent, slot, target, file_name, step, found) "
                      "VALUES (?, ?, '', ?, ?, ?)",
                      "iitit", respondent, (gint64) DHK_MERGE_SLOT_PSEUDONYM, name, step, there);
}

static gboolean
keep_pseudonym (DhkStore *store,
                DhkDraft *draft,
                gint64 step,
                gint64 respondent,
                const char *pseudonym,
                GError **error)
{
  g_autofree char *given = dhk_store_dup_pseudonym (store, respondent);

  if (g_strcmp0 (given, pseudonym) == 0)
    return TRUE;
  if (!dhk_store_is_free_pseudonym (store, pseudonym))
    return pseudonym == NULL || given == NULL
           || tell_renamed (store, draft, step, respondent, pseudonym, given, error);
  return dhk_sql_run (store, error, "UPDATE respondent_record SET pseudonym = ? WHERE id = ?", "ti",
                      pseudonym, respondent)
         && dhk_sql_run (store, error,
                         "INSERT INTO merged_respondent (respondent, pseudonym, number) "
                         "VALUES (?, ?, ?)",
                         "iti", respondent, pseudonym,
                         dhk_store_decode_pseudonym (store, pseudonym));
}

static gboolean
complete_respondent (DhkStore *store,
                     DhkDraft *draft,
                     gint64 step,
                     const DhkMergeFile *file,
                     const DhkMergeRow *row,
                     gint64 respondent,
                     GError **error)
{
  for (guint i = 0; i < file->extras->len; i++)
    {
      const DhkMergeExtra *extra = &g_array_index (file->extras, DhkMergeExtra, i);
      DhkCell cell = dhk_merge_column_read (&extra->column, row->frame_row);
      gint64 slot
          = cell.code == DHK_MISSING_NOT_ASKED ? 0 : ensure_slot (store, FALSE, extra->item, error);

      if (slot < 0
          || (slot > 0
              && !dhk_store_write_cell (store, respondent, (guint) slot, extra->target, &cell,
                                        error)))
        return FALSE;
    }
  /* What stood for an identity while it was compared is none. */
  return dhk_sql_run (
             store, error,
             "UPDATE respondent_record SET identity = dhk_hash (?), excluded = ?, exclusion = ? "
             "WHERE id = ?",
             "titi", row->identity, (gint64) (row->exclusion != NULL), row->exclusion, respondent)
         && keep_pseudonym (store, draft, step, respondent, row->pseudonym, error);
}

/* Every form of paper is an import of its own, as if it had been typed here. */
static gboolean
split_paper (DhkStore *store, gint64 respondent, gint64 batch, const char *name, GError **error)
{
  return dhk_sql_run (store, error,
                      "INSERT INTO import_batch (step, file_name, sha256, kind, questionnaire, "
                      "imported, found, added, present, changed, aside, raw_head) "
                      "SELECT step, ?, '', 'paper', questionnaire, imported, 1, 1, 0, 0, 0, '' "
                      "FROM import_batch WHERE id = ?",
                      "ti", name, batch)
         && dhk_sql_run (store, error,
                         "UPDATE respondent_record SET batch = last_insert_rowid () WHERE id = ?",
                         "i", respondent);
}

gboolean
dhk_merge_store_file (
    DhkStore *store, DhkDraft *draft, DhkDraftFile *draft_file, gint64 step, GError **error)
{
  DhkMerge *merge = dhk_merge_of_draft (draft);
  DhkMergeFile *file = NULL;
  guint place = 0;
  gint64 batch = 0;
  gint64 next = 0;

  g_ptr_array_find (dhk_draft_get_files (draft), draft_file, &place);
  for (guint i = 0; file == NULL || file->place != place; i++)
    file = g_ptr_array_index (merge->files, i);
  if (dhk_sql_get_int (store, error, &batch, "SELECT max (id) FROM import_batch WHERE step = ?",
                       "i", step)
          != 1
      || dhk_sql_get_int (store, error, &next, "SELECT next_respondent FROM study", "") != 1)
    return FALSE;
  /* New rows were given numbers one after the other. */
  for (guint i = 0; i < file->rows->len; i++)
    next -= dhk_draft_file_get_fate (draft_file, i) == DHK_ROW_NEW;
  for (guint i = 0; i < file->rows->len; i++)
    {
      const DhkMergeRow *row = &g_array_index (file->rows, DhkMergeRow, i);
      gint64 respondent = next;

      if (dhk_draft_file_get_fate (draft_file, i) != DHK_ROW_NEW)
        continue;
      next++;
      g_hash_table_insert (merge->stored, g_memdup2 (&row->id, sizeof row->id),
                           g_memdup2 (&respondent, sizeof respondent));
      if (!complete_respondent (store, draft, step, file, row, respondent, error)
          || (file->pile != 0 && !split_paper (store, respondent, batch, file->name, error)))
        return FALSE;
    }
  file->stored_batch = file->pile != 0 ? 0 : batch;
  return file->pile == 0
         || dhk_sql_run (store, error, "DELETE FROM import_batch WHERE id = ?", "i", batch);
}

/* Imported rows -------------------------------------------------------------------------------------- */

static gboolean
insert_chunks (DhkStore *store, const DhkMergeFile *file, GError **error)
{
  for (guint i = 0; i < file->chunks->len; i++)
    {
      const DhkMergeChunk *chunk = &g_array_index (file->chunks, DhkMergeChunk, i);

      if (!dhk_sql_run (store, error,
                        "INSERT INTO raw_chunk (batch, chunk, n_rows, size, deflated) "
                        "VALUES (?, ?, ?, ?, ?)",
                        "iiiib", file->stored_batch, (gint64) i, chunk->n_rows, chunk->size,
                        chunk->deflated))
        return FALSE;
    }
  return TRUE;
}

/* With the rows go their owners; those of somebody who was erased here go nowhere. */
static gboolean
insert_rows (DhkStore *store, DhkMerge *merge, const DhkMergeFile *file, GError **error)
{
  g_autofree gint64 *owners = g_new0 (gint64, file->owners->len + 1);
  g_autofree gboolean *blank = g_new0 (gboolean, file->owners->len + 1);
  gboolean any = FALSE;

  if (!insert_chunks (store, file, error))
    return FALSE;
  for (guint i = 0; i < file->owners->len; i++)
    {
      gint64 there = g_array_index (file->owners, gint64, i);

      owners[i] = find_here (merge, there);
      blank[i] = g_hash_table_contains (merge->unwanted, &there);
      any = any || blank[i];
    }
  /* Whose rows they are is not known: nobody's who was erased may be among them. */
  if (file->owners->len == 0 && g_hash_table_size (merge->unwanted) > 0)
    return dhk_store_blank_raw (store, file->stored_batch, NULL, 0, error);
  return file->owners->len == 0
         || (dhk_store_write_owners (store, file->stored_batch, owners, file->owners->len, error)
             && (!any
                 || dhk_store_blank_raw (store, file->stored_batch, blank, file->owners->len,
                                         error)));
}

static gboolean
owns_new (DhkMerge *merge, const DhkMergeFile *file)
{
  for (guint i = 0; i < file->owners->len; i++)
    if (g_hash_table_contains (merge->stored, &g_array_index (file->owners, gint64, i)))
      return TRUE;
  return FALSE;
}

/* An import that only changed responses is none of the draft's files, and still has rows of theirs. */
static gboolean
insert_bare_import (DhkStore *store, DhkMergeFile *file, gint64 step, GError **error)
{
  const char *questionnaire
      = file->questionnaire != G_MAXUINT
            ? dhk_instrument_get_questionnaire (store->instrument, file->questionnaire)->id
            : "";
  g_autofree char *name = g_strdup_printf (_ ("%s (from %s)"), file->name, file->merge->name);

  if (!dhk_sql_run (store, error,
                    "INSERT INTO import_batch (step, file_name, sha256, kind, questionnaire, "
                    "imported, found, added, present, changed, aside, raw_head) "
                    "VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, ?)",
                    "ittttit", step, name, file->sha256, file->kind, questionnaire,
                    g_get_real_time () / G_USEC_PER_SEC, file->raw_head))
    return FALSE;
  file->stored_batch = sqlite3_last_insert_rowid (store->db);
  return TRUE;
}

static gboolean
mark_aside (DhkStore *store, DhkMerge *merge, const DhkMergeFile *file, GError **error)
{
  for (guint i = 0; i < file->aside->len; i++)
    {
      const DhkMergeAside *aside = &g_array_index (file->aside, DhkMergeAside, i);
      gint64 here = find_here (merge, aside->respondent);

      if ((here != 0 || aside->identity != NULL)
          && !dhk_sql_run (store, error,
                           "UPDATE aside_row SET respondent = nullif (?, 0), identity = ? "
                           "WHERE batch = ? AND line = ?",
                           "itii", here, aside->identity, file->stored_batch, (gint64) aside->line))
        return FALSE;
    }
  return TRUE;
}

static gboolean
store_rows (DhkStore *store, DhkMerge *merge, gint64 step, GError **error)
{
  for (guint i = 0; i < merge->files->len; i++)
    {
      DhkMergeFile *file = g_ptr_array_index (merge->files, i);

      if (file->pile != 0)
        continue;
      if (file->stored_batch == 0
          && (!owns_new (merge, file) || !insert_bare_import (store, file, step, error)))
        {
          if (owns_new (merge, file))
            return FALSE;
          continue;
        }
      if (!insert_rows (store, merge, file, error) || !mark_aside (store, merge, file, error))
        return FALSE;
    }
  return TRUE;
}

/* Corrections and conflicts there --------------------------------------------------------------------------- */

/* What a third study said there. */
static gboolean
store_merged_mark (DhkStore *store,
                   gint64 here,
                   gint64 slot,
                   const char *target,
                   gint64 step,
                   const DhkMergeMark *mark,
                   GError **error)
{
  g_autoptr (DhkStatement) insert = dhk_sql_prepare (
      store,
      "INSERT OR IGNORE INTO merge_conflict (respondent, slot, target, file_name, step, found) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      error);

  if (insert == NULL)
    return FALSE;
  dhk_sql_bind (insert, "iittit", here, slot, target, mark->file_name, step, mark->exclusion);
  if (!mark->is_exclusion)
    dhk_cell_bind (insert, 6, dhk_store_slot (store, (guint) slot), &mark->found);
  return dhk_sql_insert (store, insert, error);
}

static gboolean
store_mark (DhkStore *store, DhkMerge *merge, const DhkMergeMark *mark, gint64 step, GError **error)
{
  const gint64 *here = g_hash_table_lookup (merge->stored, &mark->respondent);
  const char *target = mark->is_exclusion ? "" : find_target (merge, store, mark->target);
  gint64 slot;
  g_autoptr (DhkStatement) insert = NULL;
  DhkMergeMark own = *mark;

  if (here == NULL || target == NULL)
    return TRUE;
  if (mark->is_exclusion)
    return store_merged_mark (store, *here, DHK_MERGE_SLOT_EXCLUSION, target, step, mark, error);
  slot = dhk_merge_find_slot (merge, store, mark->is_variable, mark->index, error);
  if (slot <= 0)
    return slot == 0;
  if (mark->file_name == NULL)
    return dhk_sql_run (store, error,
                        "INSERT OR IGNORE INTO hand_edit (respondent, slot, target, times) "
                        "VALUES (?, ?, ?, ?)",
                        "iiti", *here, slot, target, mark->times);
  own.found.code = dhk_merge_map_code (merge, mark->is_variable, mark->index, mark->found.code);
  if (mark->is_merged)
    return store_merged_mark (store, *here, slot, target, step, &own, error);
  insert = dhk_sql_prepare (store,
                            "INSERT OR IGNORE INTO import_conflict "
                            "(respondent, slot, target, file_name, found) VALUES (?, ?, ?, ?, ?)",
                            error);
  if (insert == NULL)
    return FALSE;
  dhk_sql_bind (insert, "iitt", *here, slot, target, mark->file_name);
  dhk_cell_bind (insert, 5, dhk_store_slot (store, (guint) slot), &own.found);
  return dhk_sql_insert (store, insert, error);
}

/* Who came with the merge: what was not to be told of them there is not here. */
static gboolean
store_kept (DhkStore *store, DhkMerge *merge, const DhkMergeMark *mark, gint64 step, GError **error)
{
  const gint64 *here = g_hash_table_lookup (merge->stored, &mark->respondent);
  const char *target = mark->is_exclusion ? "" : find_target (merge, store, mark->target);
  DhkKeptChoice choice = { .target = (char *) target, .held = mark->held, .found = mark->found };

  if (here == NULL || target == NULL)
    return TRUE;
  choice.respondent = *here;
  if (mark->is_exclusion)
    {
      choice.slot = DHK_MERGE_SLOT_EXCLUSION;
      choice.found_exclusion = (char *) mark->exclusion;
      choice.held_exclusion = mark->exclusion == NULL ? (char *) "" : NULL;
      return dhk_kept_write (store, step, &choice, error);
    }
  choice.slot = dhk_merge_find_slot (merge, store, mark->is_variable, mark->index, error);
  choice.held.code = dhk_merge_map_code (merge, mark->is_variable, mark->index, mark->held.code);
  choice.found.code = dhk_merge_map_code (merge, mark->is_variable, mark->index, mark->found.code);
  return choice.slot > 0 ? dhk_kept_write (store, step, &choice, error) : choice.slot == 0;
}

static gboolean
store_marks (DhkStore *store, DhkMerge *merge, gint64 step, GError **error)
{
  GArray *lists[] = { merge->edits, merge->conflicts };

  for (guint i = 0; i < merge->kept->len; i++)
    if (!store_kept (store, merge, &g_array_index (merge->kept, DhkMergeMark, i), step, error))
      return FALSE;
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      if (!store_mark (store, merge, &g_array_index (lists[l], DhkMergeMark, i), step, error))
        return FALSE;
  return TRUE;
}

gboolean
dhk_merge_finish (DhkStore *store, DhkDraft *draft, gint64 step, GError **error)
{
  DhkMerge *merge = dhk_merge_of_draft (draft);
  gboolean ok = store_rows (store, merge, step, error) && store_marks (store, merge, step, error)
                && dhk_merge_store_piles (store, merge, step, error) >= 0
                && dhk_merge_store_conflicts (store, draft, step, error) >= 0;

  /* The same draft may be stored once more when this time fails. */
  g_hash_table_remove_all (merge->stored);
  for (guint i = 0; i < merge->files->len; i++)
    ((DhkMergeFile *) g_ptr_array_index (merge->files, i))->stored_batch = 0;
  return ok;
}
