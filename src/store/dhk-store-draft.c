/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Storing a draft: one transaction for all its files. */

#include "store/dhk-store-owner.h"

#include <glib/gi18n-lib.h>

#include "store/dhk-key-file-private.h"
#include "store/dhk-store-merge-private.h"
#include "store/dhk-store-ready.h"

void
dhk_store_set_progress (DhkStore *self, DhkStoreProgress progress, gpointer user_data)
{
  g_return_if_fail (self != NULL);

  self->progress = progress;
  self->progress_data = user_data;
}

/* Files --------------------------------------------------------------------------------- */

/* The number of the new import, or 0. */
static gint64
insert_batch (DhkStore *self, DhkDraft *draft, const DhkFileRows *rows, GError **error)
{
  const DhkDraftFile *file = rows->file;
  DhkDraftTotals totals = dhk_draft_get_totals (draft, file);
  g_autofree char *name = dhk_store_dup_masked (file->name);
  g_autofree char *head = dhk_store_dup_masked (file->raw_head);

  if (!dhk_sql_run (self, error,
                    "INSERT INTO import_batch (step, file_name, sha256, kind, questionnaire, "
                    "imported, found, added, present, changed, aside, raw_head) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    "ittttiiiiiit", rows->step, name, file->sha256 != NULL ? file->sha256 : "",
                    file->kind != NULL ? file->kind : "",
                    rows->questionnaire != NULL ? rows->questionnaire->id : "",
                    g_get_real_time () / G_USEC_PER_SEC, (gint64) totals.found,
                    (gint64) totals.added, (gint64) totals.present, (gint64) totals.changed,
                    (gint64) totals.aside, head != NULL ? head : ""))
    return 0;
  return sqlite3_last_insert_rowid (self->db);
}

/* Whether a file brings anything the study does not hold. */
static gboolean
has_news (DhkDraftFile *file, DhkComparison *comparison)
{
  for (guint i = 0; i < dhk_draft_file_get_n_rows (file); i++)
    {
      DhkRowFate fate = dhk_draft_file_get_fate (file, i);
      const DhkDraftRow *row = fate == DHK_ROW_ASIDE ? dhk_draft_file_get_row (file, i) : NULL;

      if (fate == DHK_ROW_NEW || fate == DHK_ROW_CHANGED
          || (row != NULL && !g_hash_table_contains (comparison->aside, row)
              && !g_hash_table_contains (comparison->erased, row)))
        return TRUE;
    }
  return FALSE;
}

/* Gives every question of the files a slot. The views follow once: making them is
 * most of the work of storing a small file. */
static gboolean
ensure_slots (DhkStore *self, GPtrArray *files, DhkComparison *comparison, GError **error)
{
  gboolean fresh = FALSE;

  for (guint i = 0; i < files->len; i++)
    {
      DhkDraftFile *file = g_ptr_array_index (files, i);
      const DhkQuestionnaire *questionnaire;

      if (file->questionnaire < 0 || !has_news (file, comparison))
        continue;
      questionnaire
          = dhk_instrument_get_questionnaire (self->instrument, (guint) file->questionnaire);
      for (guint q = 0; q < questionnaire->n_questions; q++)
        {
          const DhkQuestion *question = &questionnaire->questions[q];
          gboolean is_variable = question->variable >= 0;

          if (!dhk_store_ensure_slot (self, is_variable,
                                      (guint) (is_variable ? question->variable : question->item),
                                      &fresh, error))
            return FALSE;
        }
    }
  return !fresh || dhk_store_rebuild_views (self, error);
}

static gboolean
store_file (DhkStore *self,
            DhkDraft *draft,
            DhkDraftFile *file,
            gint64 step,
            DhkComparison *comparison,
            GCancellable *cancellable,
            GError **error)
{
  GPtrArray *files = dhk_draft_get_files (draft);
  DhkFileRows rows
      = { .file = file, .comparison = comparison, .step = step, .n_files = files->len };

  g_ptr_array_find (files, file, &rows.n_done);
  if (file->questionnaire >= 0)
    rows.questionnaire
        = dhk_instrument_get_questionnaire (self->instrument, (guint) file->questionnaire);
  rows.batch = insert_batch (self, draft, &rows, error);
  return rows.batch != 0 && dhk_store_insert_rows (self, &rows, cancellable, error);
}

/* The raw text of somebody who was erased goes nowhere. */
static void
forget_erased (DhkDraftFile *file, DhkComparison *comparison)
{
  if (g_hash_table_size (comparison->erased) == 0)
    return;
  for (guint i = 0; i < dhk_draft_file_get_n_rows (file); i++)
    {
      const DhkDraftRow *row = dhk_draft_file_peek_row (file, i);

      if (row != NULL && g_hash_table_contains (comparison->erased, row))
        dhk_draft_file_forget_raw (file, i);
    }
}

static gboolean
store_draft (DhkStore *self,
             DhkDraft *draft,
             DhkComparison *comparison,
             GCancellable *cancellable,
             GError **error)
{
  GPtrArray *files = dhk_draft_get_files (draft);
  g_autoptr (DhkOwners) owners = dhk_owners_new (self, comparison);
  const DhkMerge *merge = dhk_merge_of_draft (draft);
  g_autofree char *subject = NULL;
  gint64 n = 0;
  gint64 step;

  for (guint i = 0; i < files->len; i++)
    if (has_news (g_ptr_array_index (files, i), comparison) && n++ == 0 && merge == NULL)
      subject = dhk_store_dup_masked (((DhkDraftFile *) g_ptr_array_index (files, i))->name);
  if (merge != NULL)
    subject = g_strdup (merge->name);
  step = dhk_journal_append (self, merge != NULL ? DHK_MERGE_STEP : "import", subject, n, 0, error);
  if (step == 0 || !ensure_slots (self, files, comparison, error))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      DhkDraftFile *file = g_ptr_array_index (files, i);

      if (!has_news (file, comparison))
        continue;
      forget_erased (file, comparison);
      if (!store_file (self, draft, file, step, comparison, cancellable, error)
          || !(merge != NULL ? dhk_merge_store_file (self, draft, file, step, error)
                             : dhk_owners_add_file (owners, file, step, error)))
        return FALSE;
    }
  return (merge != NULL ? dhk_merge_finish (self, draft, step, error)
                        : dhk_owners_finish (owners, error))
         && !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
refuse_open_questions (DhkDraft *draft, GError **error)
{
  guint n = dhk_draft_get_questions (draft)->len;

  if (n == 0)
    return TRUE;
  g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_OPEN_QUESTIONS,
               g_dngettext (GETTEXT_PACKAGE,
                            "%u question about this import is still open. Nothing was stored; "
                            "answer it first.",
                            "%u questions about this import are still open. Nothing was stored; "
                            "answer them first.",
                            n),
               n);
  return FALSE;
}

gboolean
dhk_store_commit (DhkStore *self, DhkDraft *draft, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkComparison) comparison = NULL;
  GPtrArray *files;
  gboolean news = FALSE;
  gint64 names;
  int conflicts;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (draft != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (!refuse_open_questions (draft, error) || !dhk_store_check_personal (self, draft, error)
      || !dhk_store_begin (self, error))
    return FALSE;
  comparison = dhk_store_compare_inside (self, draft, cancellable, error);
  if (comparison == NULL)
    {
      dhk_store_roll_back (self);
      return FALSE;
    }
  files = dhk_draft_get_files (draft);
  for (guint i = 0; i < files->len; i++)
    news = news || has_news (g_ptr_array_index (files, i), comparison);
  conflicts = dhk_store_keep_conflicts (self, draft, error);
  news = news || (conflicts > 0 && dhk_merge_of_draft (draft) != NULL);
  names = conflicts >= 0 ? dhk_store_find_nameless (self, draft, TRUE, error) : -1;
  if (!news && conflicts == 0 && names == 0)
    {
      dhk_store_roll_back (self);
      return TRUE;
    }
  return dhk_store_end_with_keys (
      self, names >= 0 && (!news || store_draft (self, draft, comparison, cancellable, error)),
      error);
}
