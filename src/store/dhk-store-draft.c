/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Storing a draft: one transaction for all its files. */

#include "store/dhk-store-owner.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store/dhk-key-file-private.h"
#include "store/dhk-store-merge-private.h"

/* Where the answer to a question of a file goes. */
typedef struct
{
  guint slot;
  guint sheet; /* target + 1 */
  int target;
  char packed[256]; /* how a code is written, by its bits; '\0' for none of its answers */
} Place;

/* One file being stored; the statements are lent. */
typedef struct
{
  DhkStore *store;
  DhkDraftFile *file;
  const DhkQuestionnaire *questionnaire;
  const char *type; /* id of the respondent type */
  gint64 step;
  gint64 batch;
  gint64 next_respondent;
  gint64 next_number;
  Place *places; /* per question */
  guint n_sheets;
  char **sheets;       /* per target + 1: the packed answers being made */
  guint *sheet_widths; /* the highest slot on it */
  DhkStatement *insert_respondent;
  DhkStatement *insert_sheet;
  DhkStatement *insert_value;
  guint n_done; /* files that are stored, of `n_files` */
  guint n_files;
  double reported;
  gint8 *codes; /* of a block of rows */
  double *numbers;
} Job;

#define BLOCK 256

static void
job_clear (Job *self)
{
  g_free (self->places);
  g_free (self->codes);
  g_free (self->numbers);
  for (guint i = 0; self->sheets != NULL && i < self->n_sheets; i++)
    g_free (self->sheets[i]);
  g_free (self->sheets);
  g_free (self->sheet_widths);
  dhk_statement_release (self->insert_respondent);
  dhk_statement_release (self->insert_sheet);
  dhk_statement_release (self->insert_value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

/* Preparing ----------------------------------------------------------------------- */

static void
plan_codes (Job *self, Place *place)
{
  const DhkSlot *slot = dhk_store_slot (self->store, place->slot);

  for (int code = G_MININT8; slot->packed && code <= G_MAXINT8; code++)
    if (dhk_slot_accepts (slot, self->store->instrument, code))
      place->packed[(guint8) code] = dhk_store_pack_code (code);
}

static void
plan_places (Job *self)
{
  self->n_sheets = dhk_instrument_get_n_targets (self->store->instrument) + 1;
  self->places = g_new0 (Place, self->file->n_questions + 1);
  self->sheets = g_new0 (char *, self->n_sheets);
  self->sheet_widths = g_new0 (guint, self->n_sheets);
  for (guint q = 0; q < self->file->n_questions; q++)
    {
      const DhkQuestion *question = &self->questionnaire->questions[q];
      gboolean is_variable = question->variable >= 0;
      Place *place = &self->places[q];

      place->target = is_variable ? DHK_NO_TARGET : question->target;
      place->sheet = (guint) (place->target + 1);
      place->slot = dhk_store_get_slot (
          self->store, is_variable, (guint) (is_variable ? question->variable : question->item));
      plan_codes (self, place);
      if (dhk_store_slot (self->store, place->slot)->packed)
        self->sheet_widths[place->sheet] = MAX (self->sheet_widths[place->sheet], place->slot);
    }
  for (guint i = 0; i < self->n_sheets; i++)
    self->sheets[i] = g_malloc (self->sheet_widths[i] + 1);
}

static gboolean
prepare_rows (Job *self, GError **error)
{
  DhkStore *store = self->store;
  guint type = self->questionnaire->type;

  self->type = dhk_instrument_get_role (store->instrument, type)->id;
  plan_places (self);
  self->insert_respondent = dhk_sql_prepare (
      store,
      "INSERT INTO respondent_record (id, batch, questionnaire, respondent_type, number, started, "
      "completed, form_id, identity, content, pseudonym) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, dhk_pseudonym (?1))",
      error);
  self->insert_sheet = dhk_sql_prepare (
      store, "INSERT INTO answer_sheet (respondent, target, answers) VALUES (?, ?, ?)", error);
  self->insert_value = dhk_sql_prepare (store,
                                        "INSERT INTO value (respondent, slot, target, value, "
                                        "missing) VALUES (?, ?, ?, ?, ?)",
                                        error);
  return self->insert_respondent != NULL && self->insert_sheet != NULL && self->insert_value != NULL
         && dhk_sql_get_int (store, error, &self->next_respondent,
                             "SELECT next_respondent FROM study", "")
                == 1
         && dhk_sql_get_int (store, error, &self->next_number,
                             "SELECT ifnull (max (number), 0) + 1 FROM respondent_record "
                             "WHERE questionnaire = ?",
                             "t", self->questionnaire->id)
                == 1;
}

/* New respondents ------------------------------------------------------------------- */

static gboolean
insert_sheets (Job *self, gint64 respondent, GError **error)
{
  const char not_asked = dhk_store_pack_code (DHK_MISSING_NOT_ASKED);

  for (guint i = 0; i < self->n_sheets; i++)
    {
      guint length = self->sheet_widths[i];

      while (length > 0 && self->sheets[i][length - 1] == not_asked)
        length--;
      if (length == 0)
        continue;
      sqlite3_bind_int64 (self->insert_sheet, 1, respondent);
      sqlite3_bind_text (self->insert_sheet, 2, dhk_store_target_id (self->store, (int) i - 1), -1,
                         SQLITE_STATIC);
      sqlite3_bind_text (self->insert_sheet, 3, self->sheets[i], (int) length, SQLITE_STATIC);
      if (!dhk_sql_insert (self->store, self->insert_sheet, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
refuse_answer (Job *self, GError **error)
{
  g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT,
               _ ("An answer in “%s” does not belong to its question. Nothing was stored."),
               self->file->name);
  return FALSE;
}

/* What does not fit a sheet. */
static gboolean
insert_value (
    Job *self, const Place *place, gint64 respondent, int code, double number, GError **error)
{
  const DhkSlot *slot = dhk_store_slot (self->store, place->slot);
  DhkCell cell = dhk_cell_from_answer (slot, code, number);

  if (!(slot->number && cell.code >= 0)
      && !dhk_slot_accepts (slot, self->store->instrument, cell.code))
    return refuse_answer (self, error);
  return dhk_store_insert_value (self->store, self->insert_value, respondent, place->slot,
                                 place->target, &cell, error);
}

static gboolean
insert_answers (
    Job *self, gint64 respondent, const gint8 *codes, const double *numbers, GError **error)
{
  for (guint i = 0; i < self->n_sheets; i++)
    memset (self->sheets[i], dhk_store_pack_code (DHK_MISSING_NOT_ASKED), self->sheet_widths[i]);
  for (guint q = 0; q < self->file->n_questions; q++)
    {
      const Place *place = &self->places[q];
      char packed = place->packed[(guint8) codes[q]];

      if (packed != '\0')
        self->sheets[place->sheet][place->slot - 1] = packed;
      else if (dhk_store_slot (self->store, place->slot)->packed)
        return refuse_answer (self, error);
      else if (!insert_value (self, place, respondent, codes[q], numbers != NULL ? numbers[q] : NAN,
                              error))
        return FALSE;
    }
  return insert_sheets (self, respondent, error);
}

static gboolean
insert_respondent (Job *self,
                   guint i,
                   const gint8 *codes,
                   const double *numbers,
                   DhkComparison *comparison,
                   GError **error)
{
  g_auto (DhkDraftRow) row = { 0 };
  const DhkDraftRow *known = dhk_draft_file_peek_row (self->file, i);
  gint64 respondent = self->next_respondent++;
  gint64 *origin = known != NULL ? g_hash_table_lookup (comparison->origins, known) : NULL;
  g_autofree char *form_id = NULL;

  dhk_draft_file_read_whole_row (self->file, i, codes, numbers, &row);
  form_id = dhk_store_dup_masked (row.form_id);
  dhk_sql_bind (self->insert_respondent, "iittiiittt", respondent, self->batch,
                self->questionnaire->id, self->type, self->next_number++, row.started,
                row.completed, form_id, row.identity, row.content);
  if (origin != NULL)
    *origin = respondent;
  if (!dhk_sql_insert (self->store, self->insert_respondent, error)
      || !insert_answers (self, respondent, codes, numbers, error))
    return FALSE;
  if (self->file->personal != NULL)
    dhk_store_add_key (self->store, respondent, self->file, i);
  return TRUE;
}

/* Other rows -------------------------------------------------------------------------- */

static gboolean
take_changes_over (Job *self, guint i, DhkComparison *comparison, GError **error)
{
  const DhkDraftRow *row = dhk_draft_file_get_row (self->file, i);
  const DhkChangedRow *changed = g_hash_table_lookup (comparison->changed, row);
  gint64 respondent = changed->respondent;
  g_autoptr (GArray) differences = NULL;

  if (respondent == 0)
    respondent = *(gint64 *) g_hash_table_lookup (comparison->origins, changed->origin);
  g_assert (respondent != 0);
  differences = dhk_store_find_differences (self->store, self->file, i, respondent, error);
  if (differences == NULL)
    return FALSE;
  for (guint d = 0; d < differences->len; d++)
    {
      const DhkDifference *difference = &g_array_index (differences, DhkDifference, d);
      const Place *place = &self->places[difference->question];

      if (!difference->hand
          && !dhk_journal_change_cell (self->store, self->step, self->batch, respondent,
                                       place->slot, place->target, &difference->old,
                                       &difference->new, error))
        return FALSE;
    }
  return dhk_journal_change_content (self->store, self->step, self->batch, respondent, row->content,
                                     error);
}

static gboolean
insert_aside (Job *self, guint i, DhkComparison *comparison, GError **error)
{
  const DhkDraftRow *row = dhk_draft_file_get_row (self->file, i);
  g_autofree char *text = dhk_draft_file_dup_raw (self->file, i);
  g_autofree char *raw = NULL;
  g_autofree char *reason = NULL;

  if (g_hash_table_contains (comparison->aside, row))
    return TRUE;
  if (!g_hash_table_contains (comparison->erased, row))
    raw = dhk_store_dup_masked (text);
  reason = dhk_store_dup_masked (row->reason);
  return dhk_sql_run (self->store, error,
                      "INSERT INTO aside_row (batch, line, raw, reason) VALUES (?, ?, ?, ?)",
                      "iitt", self->batch, (gint64) row->line, raw != NULL ? raw : "",
                      reason != NULL ? reason : "");
}

static gboolean
store_row (Job *self,
           guint i,
           const gint8 *codes,
           const double *numbers,
           DhkComparison *comparison,
           GError **error)
{
  switch (dhk_draft_file_get_fate (self->file, i))
    {
    case DHK_ROW_NEW:
      return insert_respondent (self, i, codes, numbers, comparison, error);
    case DHK_ROW_CHANGED:
      return take_changes_over (self, i, comparison, error);
    case DHK_ROW_ASIDE:
      return insert_aside (self, i, comparison, error);
    case DHK_ROW_PRESENT:
    default:
      return TRUE;
    }
}

/* Files share what is to do alike. */
static void
report_progress (Job *self, guint row)
{
  guint n_rows = dhk_draft_file_get_n_rows (self->file);
  double fraction
      = ((double) self->n_done + (double) row / MAX (n_rows, 1)) / MAX (self->n_files, 1);

  if (self->store->progress != NULL && (self->reported == 0 || fraction >= self->reported + 0.01))
    {
      self->reported = fraction;
      self->store->progress (fraction, self->store->progress_data);
    }
}

void
dhk_store_set_progress (DhkStore *self, DhkStoreProgress progress, gpointer user_data)
{
  g_return_if_fail (self != NULL);

  self->progress = progress;
  self->progress_data = user_data;
}

static gboolean
store_rows (Job *self,
            DhkComparison *comparison,
            DhkRawWriter *raw,
            GCancellable *cancellable,
            GError **error)
{
  guint n_rows = dhk_draft_file_get_n_rows (self->file);
  guint width = self->file->n_questions;
  gboolean numbered = dhk_draft_file_has_numbers (self->file);

  self->codes = g_new (gint8, (gsize) width * BLOCK + 1);
  self->numbers = numbered ? g_new (double, (gsize) width *BLOCK + 1) : NULL;
  for (guint first = 0; first < n_rows; first += BLOCK)
    {
      guint n = MIN (BLOCK, n_rows - first);

      report_progress (self, first);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !dhk_raw_writer_write (raw, self->store, self->batch, error))
        return FALSE;
      dhk_draft_file_read_codes (self->file, first, n, self->codes);
      if (numbered)
        dhk_draft_file_read_numbers (self->file, first, n, self->numbers);
      for (guint i = 0; i < n; i++)
        if (!store_row (self, first + i, self->codes + (gsize) i * width,
                        numbered ? self->numbers + (gsize) i * width : NULL, comparison, error))
          return FALSE;
    }
  return TRUE;
}

/* Files --------------------------------------------------------------------------------- */

static gboolean
insert_batch (Job *self, DhkDraft *draft, GError **error)
{
  const DhkDraftFile *file = self->file;
  DhkDraftTotals totals = dhk_draft_get_totals (draft, file);
  g_autofree char *name = dhk_store_dup_masked (file->name);
  g_autofree char *head = dhk_store_dup_masked (file->raw_head);

  if (!dhk_sql_run (self->store, error,
                    "INSERT INTO import_batch (step, file_name, sha256, kind, questionnaire, "
                    "imported, found, added, present, changed, aside, raw_head) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    "ittttiiiiiit", self->step, name, file->sha256 != NULL ? file->sha256 : "",
                    file->kind != NULL ? file->kind : "",
                    self->questionnaire != NULL ? self->questionnaire->id : "",
                    g_get_real_time () / G_USEC_PER_SEC, (gint64) totals.found,
                    (gint64) totals.added, (gint64) totals.present, (gint64) totals.changed,
                    (gint64) totals.aside, head != NULL ? head : ""))
    return FALSE;
  self->batch = sqlite3_last_insert_rowid (self->store->db);
  return TRUE;
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
  g_auto (Job) job = { .store = self, .file = file, .step = step, .n_files = files->len };
  g_autoptr (DhkRawWriter) raw = dhk_raw_writer_new (file);

  g_ptr_array_find (files, file, &job.n_done);
  if (file->questionnaire >= 0)
    {
      job.questionnaire
          = dhk_instrument_get_questionnaire (self->instrument, (guint) file->questionnaire);
      if (!prepare_rows (&job, error))
        return FALSE;
    }
  return insert_batch (&job, draft, error) && store_rows (&job, comparison, raw, cancellable, error)
         && dhk_raw_writer_finish (raw, self, job.batch, error)
         && (job.questionnaire == NULL
             || dhk_sql_run (self, error, "UPDATE study SET next_respondent = ?", "i",
                             job.next_respondent));
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
