/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

void
fixture_set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (data != NULL && g_access (data, W_OK) == 0)
    self->folder = g_mkdtemp (g_build_filename (data, "dhk-store-XXXXXX", NULL));
  else
    self->folder = g_dir_make_tmp ("dhk-store-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->folder);
  self->path = fixture_path (self, "Studie.driehoek");
  self->file = g_file_new_for_path (self->path);
  self->instrument = dhk_instrument_new_builtin ("partnerschap-2023", &error);
  g_assert_no_error (error);
  self->store = dhk_store_create (self->file, self->instrument, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->store);
}

void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_clear_pointer (&self->store, dhk_store_close);
  folder = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = fixture_path (self, name);

      /* Nothing half made is left behind by any test. */
      g_assert_false (g_str_has_suffix (name, ".part"));
      g_assert_false (g_str_has_suffix (name, "-journal"));
      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_clear_pointer (&self->instrument, dhk_instrument_unref);
  g_clear_object (&self->file);
  g_free (self->path);
  g_free (self->folder);
}

void
fixture_reopen (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->store, dhk_store_close);
  self->store = dhk_store_open (self->file, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->store);
}

char *
fixture_path (Fixture *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/* Drafts ---------------------------------------------------------------------------- */

static const DhkQuestionnaire *
get_questionnaire (DhkDraft *draft, const DhkDraftFile *file)
{
  return dhk_instrument_get_questionnaire (dhk_draft_get_instrument (draft),
                                           (guint) file->questionnaire);
}

DhkDraftFile *
fixture_add_file (DhkDraft *draft, const char *name, const char *sha256, const char *questionnaire)
{
  DhkInstrument *instrument = dhk_draft_get_instrument (draft);
  DhkDraftFile *file = dhk_draft_add_file (draft, name);

  file->sha256 = g_strdup (sha256);
  file->kind = g_strdup ("CSV");
  file->questionnaire = dhk_instrument_find_questionnaire (instrument, questionnaire);
  g_assert_cmpint (file->questionnaire, >=, 0);
  file->n_questions = get_questionnaire (draft, file)->n_questions;
  file->raw_head = g_strdup ("ID;Antwoorden");
  return file;
}

static void
fill_question (DhkDraft *draft, DhkDraftFile *file, guint row, guint q, guint n)
{
  DhkInstrument *instrument = dhk_draft_get_instrument (draft);
  const DhkQuestion *question = &get_questionnaire (draft, file)->questions[q];
  gint8 *code = &dhk_draft_file_get_codes (file, row)[q];

  if (question->item >= 0)
    {
      const DhkItem *item = dhk_instrument_get_item (instrument, (guint) question->item);
      const DhkAnswerScale *scale
          = dhk_instrument_get_answer_scale (instrument, item->answer_scale);

      *code = (gint8) scale->answers[(n * 7 + q * 3) % scale->n_answers].code;
    }
  else
    {
      const DhkVariable *variable
          = dhk_instrument_get_variable (instrument, (guint) question->variable);

      if (variable->kind == DHK_VARIABLE_NUMBER)
        {
          *code = DHK_MISSING_EMPTY;
          dhk_draft_file_get_numbers (file, row)[q] = variable->minimum + n % 7 + 0.5;
        }
      else
        *code = (gint8) ((n + q) % variable->n_categories);
    }
}

void
fixture_seal (DhkDraftFile *file, guint row)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  DhkDraftRow *found = fixture_get_row (file, row);

  g_checksum_update (checksum, (const guint8 *) dhk_draft_file_get_codes (file, row),
                     file->n_questions);
  if (file->numbers != NULL)
    g_checksum_update (checksum, (const guint8 *) dhk_draft_file_get_numbers (file, row),
                       (gssize) (file->n_questions * sizeof (double)));
  g_free (found->content);
  found->content = g_strdup (g_checksum_get_string (checksum));
}

guint
fixture_add_row (DhkDraft *draft, DhkDraftFile *file, guint n)
{
  g_autofree char *who = NULL;
  g_autofree char *raw
      = g_strdup_printf ("%u;rij %u van vragenlijst %d", n, n, file->questionnaire);
  guint row = dhk_draft_file_add_row (file, n + 1, raw);
  DhkDraftRow *found = fixture_get_row (file, row);

  found->started = FIXTURE_START + n * FIXTURE_DAY;
  found->completed = found->started + 300;
  found->form_id = g_strdup_printf ("%u", n);
  who = g_strdup_printf ("%d|%u|%" G_GINT64_FORMAT, file->questionnaire, n, found->started);
  found->identity = g_compute_checksum_for_string (G_CHECKSUM_SHA256, who, -1);
  for (guint q = 0; q < file->n_questions; q++)
    fill_question (draft, file, row, q, n);
  fixture_seal (file, row);
  return row;
}

guint
fixture_find_question (DhkDraft *draft, DhkDraftFile *file, const char *column)
{
  DhkInstrument *instrument = dhk_draft_get_instrument (draft);

  for (guint q = 0; q < file->n_questions; q++)
    {
      const DhkQuestion *question = &get_questionnaire (draft, file)->questions[q];
      g_autofree char *name
          = question->item >= 0
                ? dhk_instrument_dup_column_name (instrument, (guint) question->item,
                                                  question->target)
                : g_strdup (
                    dhk_instrument_get_variable (instrument, (guint) question->variable)->id);

      if (strcmp (name, column) == 0)
        return q;
    }
  g_error ("No question %s", column);
}

void
fixture_set_code (DhkDraft *draft, DhkDraftFile *file, guint row, const char *column, int code)
{
  dhk_draft_file_get_codes (file, row)[fixture_find_question (draft, file, column)] = (gint8) code;
  fixture_seal (file, row);
}

DhkDraft *
fixture_make_draft (
    Fixture *self, const char *name, const char *sha256, const char *questionnaire, guint n)
{
  DhkDraft *draft = dhk_draft_new (self->instrument);
  DhkDraftFile *file = fixture_add_file (draft, name, sha256, questionnaire);

  for (guint i = 1; i <= n; i++)
    fixture_add_row (draft, file, i);
  return draft;
}

DhkDraftFile *
fixture_get_file (DhkDraft *draft)
{
  return g_ptr_array_index (dhk_draft_get_files (draft), 0);
}

DhkDraftRow *
fixture_get_row (DhkDraftFile *file, guint row)
{
  return g_ptr_array_index (file->rows, row);
}

void
fixture_commit (Fixture *self, DhkDraft *draft)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = dhk_store_commit (self->store, draft, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

void
fixture_assert_totals (DhkDraft *draft, guint added, guint present, guint changed, guint aside)
{
  DhkDraftTotals totals = dhk_draft_get_totals (draft, NULL);

  g_assert_cmpuint (totals.added, ==, added);
  g_assert_cmpuint (totals.present, ==, present);
  g_assert_cmpuint (totals.changed, ==, changed);
  g_assert_cmpuint (totals.aside, ==, aside);
  g_assert_cmpuint (totals.found, ==, totals.added + totals.present + totals.aside);
}

void
fixture_compare (Fixture *self, DhkDraft *draft)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = dhk_store_compare (self->store, draft, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

void
fixture_undo (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = dhk_store_undo (self->store, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

void
fixture_redo (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = dhk_store_redo (self->store, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

gboolean
fixture_has_note (DhkDraftFile *file, const char *text)
{
  for (guint i = 0; i < file->notes->len; i++)
    if (strstr (((DhkDraftNote *) g_ptr_array_index (file->notes, i))->text, text) != NULL)
      return TRUE;
  return FALSE;
}

/* Another program --------------------------------------------------------------------- */

char *
fixture_query (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  GString *text = g_string_new ("");
  int result = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL);

  g_assert_cmpint (result, ==, SQLITE_OK);
  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      {
        gboolean last = i + 1 == sqlite3_column_count (statement);

        if (sqlite3_column_type (statement, i) == SQLITE_BLOB)
          {
            g_autofree char *hash
                = g_compute_checksum_for_data (G_CHECKSUM_MD5, sqlite3_column_blob (statement, i),
                                               (gsize) sqlite3_column_bytes (statement, i));

            g_string_append (text, hash);
          }
        else if (sqlite3_column_type (statement, i) != SQLITE_NULL)
          g_string_append (text, (const char *) sqlite3_column_text (statement, i));
        g_string_append_c (text, last ? '\n' : '|');
      }
  g_assert_cmpint (result, ==, SQLITE_DONE);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

void
fixture_exec (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL),
                   ==, SQLITE_OK);
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  sqlite3_close (db);
}

static char *
dump (const char *path, const char *type)
{
  g_autofree char *list
      = g_strdup_printf ("SELECT name FROM sqlite_schema WHERE type = '%s' ORDER BY name", type);
  g_autofree char *names = fixture_query (path, list);
  g_auto (GStrv) parts = g_strsplit (names, "\n", -1);
  GString *text = g_string_new ("");

  for (guint i = 0; parts[i] != NULL && parts[i][0] != '\0'; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT *, 1 FROM \"%s\" ORDER BY 1, 2", parts[i]);
      g_autofree char *rows = fixture_query (path, sql);

      g_string_append_printf (text, "== %s\n%s\n", parts[i], rows);
    }
  return g_string_free (text, FALSE);
}

/* What each migration brought, and what came before it. */
static const struct
{
  guint version; /* that is left */
  const char *sql;
} steps_back[] = {
  { 7, "INSERT INTO answer_sheet SELECT id, '', answers FROM respondent_record "
       "WHERE answers IS NOT NULL; ALTER TABLE respondent_record DROP COLUMN answers;"
       "UPDATE respondent_record SET identity = lower (hex (identity)) "
       "WHERE typeof (identity) = 'blob';"
       "UPDATE respondent_record SET content = lower (hex (content)) "
       "WHERE typeof (content) = 'blob';"
       "UPDATE journal_change SET old = lower (hex (old)), new = lower (hex (new)) "
       "WHERE typeof (old) = 'blob'" },
  { 6, "DROP TABLE merged_respondent; DROP TABLE merge_conflict;"
       "ALTER TABLE entry_batch DROP COLUMN step; ALTER TABLE entry_batch DROP COLUMN name_there" },
  { 1, "ALTER TABLE respondent_record DROP COLUMN pseudonym;"
       "ALTER TABLE study DROP COLUMN pseudonym_key;"
       "ALTER TABLE respondent_record DROP COLUMN exclusion;"
       "ALTER TABLE aside_row DROP COLUMN respondent;"
       "ALTER TABLE aside_row DROP COLUMN identity;"
       "ALTER TABLE journal_step DROP COLUMN switched;"
       "ALTER TABLE study DROP COLUMN erase_key;"
       "ALTER TABLE study DROP COLUMN erase_pending;"
       "DROP TABLE raw_owner; DROP TABLE erasure; DROP TABLE erased_identity;"
       "DROP TABLE import_conflict; DROP TABLE import_profile_decision;"
       "DROP TABLE import_profile_head; DROP TABLE import_profile;"
       "DROP TABLE entry_change; DROP TABLE entry_settled; DROP TABLE entry_answer;"
       "DROP TABLE entry_form; DROP TABLE entry_batch;"
       "DROP TABLE instrument_version; ALTER TABLE study DROP COLUMN instrument" },
};

void
fixture_take_back (const char *path, guint version)
{
  g_autofree char *drop_views
      = fixture_query (path, "SELECT group_concat ('DROP VIEW \"' || name || '\"', ';')"
                             " FROM sqlite_schema WHERE type = 'view'");
  g_autofree char *end = g_strdup_printf ("PRAGMA user_version = %u; VACUUM", version);

  fixture_exec (path, drop_views);
  for (guint i = 0; i < G_N_ELEMENTS (steps_back) && steps_back[i].version >= version; i++)
    fixture_exec (path, steps_back[i].sql);
  fixture_exec (path, end);
}

char *
fixture_dump_views (const char *path)
{
  return dump (path, "view");
}

char *
fixture_dump_tables (const char *path)
{
  return dump (path, "table");
}
