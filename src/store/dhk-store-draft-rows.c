/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rows of one file of a draft into the tables. New ones are made ready by
 * dhk-store-ready.h and inserted many with one statement, which takes half the time.
 */

#include "store/dhk-store-ready.h"

#include <glib/gi18n-lib.h>

/* Rows of one INSERT. */
#define MANY 128

/* The statements for one row and for MANY, once they were needed; lent by the store. */
typedef struct
{
  DhkStatement *one;
  DhkStatement *many;
} Insert;

typedef struct
{
  DhkStore *store;
  const DhkFileRows *from;
  const char *questionnaire; /* id */
  const char *type;          /* id of the respondent type */
  gint64 last_respondent;    /* inserted; 0: none yet */
  DhkReadyRows *ready;       /* NULL when nobody knows the questionnaire */
  Insert respondents;
  Insert sheets;
  double reported;
} Job;

/* Inserting ------------------------------------------------------------------------------ */

/* "head VALUES row, row, …" for n rows: 1 or MANY. */
static DhkStatement *
prepare (Job *self, Insert *insert, const char *head, const char *row, guint n, GError **error)
{
  DhkStatement **statement = n == 1 ? &insert->one : &insert->many;
  g_autoptr (GString) sql = NULL;

  if (*statement != NULL)
    return *statement;
  sql = g_string_new (head);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, "%s %s", i > 0 ? "," : " VALUES", row);
  *statement = dhk_sql_prepare (self->store, sql->str, error);
  return *statement;
}

static void
insert_clear (Insert *self)
{
  dhk_statement_release (self->one);
  dhk_statement_release (self->many);
}

static void
bind_text (DhkStatement *statement, int at, const char *text)
{
  sqlite3_bind_text (statement, at, text, -1, SQLITE_STATIC);
}

static void
bind_ready (DhkStatement *statement, int at, const DhkReadyBlock *block, const DhkReadyText *text)
{
  if (text->length > 0)
    sqlite3_bind_text (statement, at, block->texts->str + text->at, (int) text->length,
                       SQLITE_STATIC);
  else
    sqlite3_bind_null (statement, at);
}

static void
bind_hash (DhkStatement *statement, int at, const DhkReadyBlock *block, const DhkReadyHash *hash)
{
  if (hash->is_hash)
    sqlite3_bind_blob (statement, at, hash->bytes, DHK_HASH_SIZE, SQLITE_STATIC);
  else
    bind_ready (statement, at, block, &hash->text);
}

/* From column `number` on. */
static void
bind_respondent (DhkStatement *statement,
                 int at,
                 const DhkReadyBlock *block,
                 const DhkReadyRespondent *row)
{
  sqlite3_bind_int64 (statement, at, row->number);
  sqlite3_bind_int64 (statement, at + 1, row->started);
  sqlite3_bind_int64 (statement, at + 2, row->completed);
  bind_ready (statement, at + 3, block, &row->form_id);
  bind_hash (statement, at + 4, block, &row->identity);
  bind_hash (statement, at + 5, block, &row->content);
  bind_text (statement, at + 6, row->pseudonym[0] != '\0' ? row->pseudonym : NULL);
  bind_ready (statement, at + 7, block, &row->answers);
}

static gboolean
insert_respondents (
    Job *self, const DhkReadyBlock *block, const DhkReadyRespondent *rows, guint n, GError **error)
{
  DhkStatement *statement = prepare (
      self, &self->respondents,
      "INSERT INTO respondent_record (batch, questionnaire, respondent_type, number, started, "
      "completed, form_id, identity, content, pseudonym, answers)",
      "(?1, ?2, ?3, ?, ?, ?, ?, ?, ?, ?, ?)", n, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->from->batch);
  bind_text (statement, 2, self->questionnaire);
  bind_text (statement, 3, self->type);
  for (guint i = 0; i < n; i++)
    bind_respondent (statement, 4 + 8 * (int) i, block, &rows[i]);
  if (!dhk_sql_insert (self->store, statement, error))
    return FALSE;
  self->last_respondent = rows[n - 1].id;
  return sqlite3_last_insert_rowid (self->store->db) == self->last_respondent
         || dhk_store_fail_damaged (self->store, _ ("its numbers of respondents cannot be"), error);
}

/* SQLite numbers those who follow, which is faster; the first one says from where. */
static gboolean
insert_first_respondent (Job *self, const DhkReadyBlock *block, GError **error)
{
  const DhkReadyRespondent *row = &g_array_index (block->respondents, DhkReadyRespondent, 0);
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self->store,
      "INSERT INTO respondent_record (id, batch, questionnaire, respondent_type, "
      "number, started, completed, form_id, identity, content, pseudonym, answers) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);

  if (statement == NULL)
    return FALSE;
  self->last_respondent = row->id;
  dhk_sql_bind (statement, "iitt", row->id, self->from->batch, self->questionnaire, self->type);
  bind_respondent (statement, 5, block, row);
  return dhk_sql_insert (self->store, statement, error);
}

static gboolean
insert_sheets (
    Job *self, const DhkReadyBlock *block, const DhkReadySheet *sheets, guint n, GError **error)
{
  DhkStatement *statement
      = prepare (self, &self->sheets, "INSERT INTO answer_sheet (respondent, target, answers)",
                 "(?, ?, ?)", n, error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      int at = 1 + 3 * (int) i;

      sqlite3_bind_int64 (statement, at, sheets[i].respondent);
      bind_text (statement, at + 1, dhk_store_target_id (self->store, sheets[i].target));
      bind_ready (statement, at + 2, block, &sheets[i].answers);
    }
  return dhk_sql_insert (self->store, statement, error);
}

static gboolean
insert_values (Job *self, const DhkReadyBlock *block, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self->store,
      "INSERT INTO value (respondent, slot, target, value, missing) VALUES (?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < block->values->len; i++)
    {
      const DhkReadyValue *value = &g_array_index (block->values, DhkReadyValue, i);

      if (!dhk_store_insert_value (self->store, statement, value->respondent, value->place->slot,
                                   value->place->target, &value->cell, error))
        return FALSE;
    }
  return TRUE;
}

/* Whom changes of later rows are about, and whose names go to the key file. */
static void
note_respondents (Job *self, const DhkReadyBlock *block)
{
  for (guint i = 0; i < block->respondents->len; i++)
    {
      const DhkReadyRespondent *new = &g_array_index (block->respondents, DhkReadyRespondent, i);
      const DhkDraftRow *known = dhk_draft_file_peek_row (self->from->file, new->row);
      gint64 *origin
          = known != NULL ? g_hash_table_lookup (self->from->comparison->origins, known) : NULL;

      if (origin != NULL)
        *origin = new->id;
      if (self->from->file->personal != NULL)
        dhk_store_add_key (self->store, new->id, self->from->file, new->row);
    }
}

static gboolean
insert_block (Job *self, const DhkReadyBlock *block, GError **error)
{
  const DhkReadyRespondent *respondents = (gpointer) block->respondents->data;
  const DhkReadySheet *sheets = (gpointer) block->sheets->data;
  guint n = block->respondents->len;
  guint at = 0;

  if (n > 0 && self->last_respondent == 0)
    {
      if (!insert_first_respondent (self, block, error))
        return FALSE;
      at = 1;
    }
  for (guint part; at < n; at += part)
    {
      part = n - at >= MANY ? MANY : 1;
      if (!insert_respondents (self, block, respondents + at, part, error))
        return FALSE;
    }
  for (guint i = 0, part; i < block->sheets->len; i += part)
    {
      part = block->sheets->len - i >= MANY ? MANY : 1;
      if (!insert_sheets (self, block, sheets + i, part, error))
        return FALSE;
    }
  return insert_values (self, block, error);
}

/* Other rows -------------------------------------------------------------------------- */

static gboolean
take_changes_over (Job *self, guint i, GError **error)
{
  const DhkDraftRow *row = dhk_draft_file_get_row (self->from->file, i);
  const DhkChangedRow *changed = g_hash_table_lookup (self->from->comparison->changed, row);
  gint64 respondent = changed->respondent;
  g_autoptr (GArray) differences = NULL;

  if (respondent == 0)
    respondent = *(gint64 *) g_hash_table_lookup (self->from->comparison->origins, changed->origin);
  g_assert (respondent != 0);
  differences = dhk_store_find_differences (self->store, self->from->file, i, respondent, error);
  if (differences == NULL)
    return FALSE;
  for (guint d = 0; d < differences->len; d++)
    {
      const DhkDifference *difference = &g_array_index (differences, DhkDifference, d);
      const DhkPlace *place = dhk_ready_rows_get_place (self->ready, difference->question);
      const DhkChange change
          = { respondent, place->slot, place->target, difference->old, difference->new };

      if (!difference->hand
          && !dhk_journal_change_cell (self->store, self->from->step, self->from->batch, &change,
                                       error))
        return FALSE;
    }
  return dhk_journal_change_content (self->store, self->from->step, self->from->batch, respondent,
                                     row->content, error);
}

static gboolean
insert_aside (Job *self, guint i, GError **error)
{
  const DhkDraftRow *row = dhk_draft_file_get_row (self->from->file, i);
  g_autofree char *text = dhk_draft_file_dup_raw (self->from->file, i);
  g_autofree char *raw = NULL;
  g_autofree char *reason = NULL;

  if (g_hash_table_contains (self->from->comparison->aside, row))
    return TRUE;
  if (!g_hash_table_contains (self->from->comparison->erased, row))
    raw = dhk_store_dup_masked (text);
  reason = dhk_store_dup_masked (row->reason);
  return dhk_sql_run (self->store, error,
                      "INSERT INTO aside_row (batch, line, raw, reason) VALUES (?, ?, ?, ?)",
                      "iitt", self->from->batch, (gint64) row->line, raw != NULL ? raw : "",
                      reason != NULL ? reason : "");
}

static gboolean
store_others (Job *self, guint first, guint n_rows, GError **error)
{
  for (guint i = first; i < first + n_rows; i++)
    {
      DhkRowFate fate = dhk_draft_file_get_fate (self->from->file, i);

      if ((fate == DHK_ROW_CHANGED && !take_changes_over (self, i, error))
          || (fate == DHK_ROW_ASIDE && !insert_aside (self, i, error)))
        return FALSE;
    }
  return TRUE;
}

/* The file ------------------------------------------------------------------------------- */

static gboolean
refuse_answer (Job *self, GError **error)
{
  return dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                         _ ("An answer in “%s” does not belong to its question. Nothing was "
                            "stored."),
                         self->from->file->name);
}

static gboolean
store_block (Job *self, const DhkReadyBlock *block, GError **error)
{
  if (block->refused)
    return refuse_answer (self, error);
  if (!insert_block (self, block, error))
    return FALSE;
  if (self->from->file->personal != NULL || g_hash_table_size (self->from->comparison->origins) > 0)
    note_respondents (self, block);
  return block->n_others == 0 || store_others (self, block->first, block->n_rows, error);
}

static gboolean
start_rows (Job *self, GError **error)
{
  const DhkQuestionnaire *questionnaire = self->from->questionnaire;
  gint64 next_respondent = 0;
  gint64 next_number = 0;

  self->questionnaire = questionnaire->id;
  self->type = dhk_instrument_get_role (self->store->instrument, questionnaire->type)->id;
  if (dhk_sql_get_int (self->store, error, &next_respondent, "SELECT next_respondent FROM study",
                       "")
          != 1
      || dhk_sql_get_int (self->store, error, &next_number,
                          "SELECT ifnull (max (number), 0) + 1 FROM respondent_record "
                          "WHERE questionnaire = ?",
                          "t", questionnaire->id)
             != 1)
    return FALSE;
  self->ready = dhk_ready_rows_new (self->store, self->from->file, questionnaire, next_respondent,
                                    next_number);
  return TRUE;
}

/* Files share what is to do alike. */
static void
report_progress (Job *self, guint row)
{
  guint n_rows = dhk_draft_file_get_n_rows (self->from->file);
  double fraction = ((double) self->from->n_done + (double) row / MAX (n_rows, 1))
                    / MAX (self->from->n_files, 1);

  if (self->store->progress != NULL && (self->reported == 0 || fraction >= self->reported + 0.01))
    {
      self->reported = fraction;
      self->store->progress (fraction, self->store->progress_data);
    }
}

static gboolean
store_rows (Job *self, DhkRawWriter *raw, GCancellable *cancellable, GError **error)
{
  DhkReadyBlock *taken;

  while ((taken = dhk_ready_rows_take (self->ready)) != NULL)
    {
      g_autoptr (DhkReadyBlock) block = taken;

      report_progress (self, block->first);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !dhk_raw_writer_write (raw, self->store, self->from->batch, error)
          || !store_block (self, block, error))
        return FALSE;
    }
  return self->last_respondent == 0
         || dhk_sql_run (self->store, error, "UPDATE study SET next_respondent = ?", "i",
                         self->last_respondent + 1);
}

gboolean
dhk_store_insert_rows (DhkStore *self,
                       const DhkFileRows *from,
                       GCancellable *cancellable,
                       GError **error)
{
  Job job = { .store = self, .from = from };
  g_autoptr (DhkRawWriter) raw = dhk_raw_writer_new (from->file);
  gboolean ok;

  /* Those of a questionnaire that nobody knows are kept aside, all of them. */
  if (from->questionnaire == NULL)
    ok = store_others (&job, 0, dhk_draft_file_get_n_rows (from->file), error);
  else
    ok = start_rows (&job, error) && store_rows (&job, raw, cancellable, error);
  insert_clear (&job.respondents);
  insert_clear (&job.sheets);
  dhk_ready_rows_free (job.ready);
  return ok && dhk_raw_writer_finish (raw, self, from->batch, error);
}
