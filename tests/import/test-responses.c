/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Response files into a draft: each counts once, none is lost, no file's name stays. */

#include <glib/gstdio.h>
#include <string.h>

#include "draft-fixture.h"
#include "import/dhk-import-error.h"
#include "study/dhk-response.h"

typedef struct
{
  char *folder;
  DhkInstrument *instrument;
} Folder;

static void
set_up (Folder *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("responses-XXXXXX", NULL);
  self->instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
}

static void
tear_down (Folder *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  dhk_instrument_unref (self->instrument);
}

static DhkResponse *
new_response (Folder *self, const char *form)
{
  DhkResponse *response = dhk_response_new (
      self->instrument, (guint) dhk_instrument_find_questionnaire (self->instrument, form));

  dhk_response_set_code (response, "bel1", 5);
  dhk_response_set_code (response, "lukt1", 2);
  dhk_response_set_category (response, "sector", "residentieel");
  dhk_response_set_finished (response, TRUE);
  return response;
}

static GFile *
get_file (Folder *self, const char *name)
{
  g_autofree char *full = g_strconcat (name, "." DHK_RESPONSE_SUFFIX, NULL);

  return g_file_new_build_filename (self->folder, full, NULL);
}

static void
save (Folder *self, DhkResponse *response, const char *name, DhkSealKey *key)
{
  g_autoptr (GFile) file = get_file (self, name);
  g_autoptr (GBytes) bytes = dhk_response_to_bytes (response, key);
  g_autoptr (GError) error = NULL;

  g_assert_true (dhk_response_write (bytes, file, NULL, &error));
  g_assert_no_error (error);
}

static void
save_text (Folder *self, const char *name, const char *text)
{
  g_autoptr (GFile) file = get_file (self, name);

  g_assert_true (g_file_set_contents (g_file_peek_path (file), text, -1, NULL));
}

static DhkDraft *
read_files (
    Folder *self, GPtrArray *files, const char *question, const char *choice, GError **error)
{
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);

  if (question != NULL)
    g_hash_table_insert (answers, (gpointer) question, (gpointer) choice);
  return dhk_import_read (self->instrument, files, answers, NULL, NULL, NULL, error);
}

/* All of the folder; a failure ends the test. */
static DhkDraft *
read_folder (Folder *self, const char *password)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  GFile *folder = g_file_new_for_path (self->folder);
  DhkDraft *draft;

  g_ptr_array_add (files, folder);
  if (password != NULL)
    dhk_import_file_add_password (folder, password);
  draft = read_files (self, files, NULL, NULL, &error);
  g_assert_no_error (error);
  return draft;
}

static void
test_a_folder_becomes_a_file_for_each_questionnaire (Folder *self, gconstpointer data)
{
  g_autoptr (DhkResponse) one = new_response (self, "leraren");
  g_autoptr (DhkResponse) two = new_response (self, "leraren");
  g_autoptr (DhkResponse) three = new_response (self, "hulpverleners");
  g_autoptr (DhkDraft) draft = NULL;
  const DhkDraftFile *file;

  dhk_response_set_code (two, "bel1", DHK_RESPONSE_OPEN);
  save (self, one, "Piet Jansen", NULL);
  save (self, two, "b", NULL);
  save (self, three, "c", NULL);
  draft = read_folder (self, NULL);
  g_assert_cmpuint (dhk_draft_get_files (draft)->len, ==, 2);
  draft_assert_totals (draft, 3, 3, 0, 0);
  draft_assert_questions (draft, 0);
  file = draft_file (draft, 1);
  g_assert_cmpuint (file->rows->len, ==, 2);
  g_assert_cmpint (draft_get (draft, 1, 0, "bel1"), ==, 5);
  g_assert_cmpint (draft_get (draft, 1, 0, "lukt1"), ==, 2);
  g_assert_cmpint (draft_get (draft, 1, 0, "sector"), ==, 2);
  g_assert_cmpint (draft_get (draft, 1, 1, "bel1"), ==, DHK_MISSING_EMPTY);
  g_assert_cmpint (draft_get (draft, 1, 0, "band1_j"), ==, DHK_MISSING_NOT_ASKED);
  /* Equal answers at the same moment are still two people. */
  g_assert_cmpstr (((DhkDraftRow *) g_ptr_array_index (file->rows, 0))->content, !=,
                   ((DhkDraftRow *) g_ptr_array_index (file->rows, 1))->content);
  /* The name of a file may be that of a person. */
  g_assert_false (draft_holds (draft, "Jansen"));
}

static void
test_one_response_in_two_files_counts_once (Folder *self, gconstpointer data)
{
  g_autoptr (DhkResponse) response = new_response (self, "leraren");
  g_autoptr (DhkDraft) draft = NULL;
  const DhkDraftFile *file;

  save (self, response, "a", NULL);
  dhk_response_set_code (response, "bel1", 3);
  save (self, response, "b", NULL);
  save (self, response, "c", NULL);
  {
    /* Saved a day later. */
    g_autoptr (GFile) later = get_file (self, "b");
    g_autofree char *text = NULL;
    char *at;

    g_file_get_contents (g_file_peek_path (later), &text, NULL, NULL);
    at = strstr (text, "saved=\"") + strlen ("saved=\"");
    memcpy (at, "2099", 4);
    g_file_set_contents (g_file_peek_path (later), text, -1, NULL);
  }
  draft = read_folder (self, NULL);
  draft_assert_totals (draft, 3, 1, 0, 2);
  file = draft_file (draft, 0);
  g_assert_cmpint (((DhkDraftRow *) g_ptr_array_index (file->rows, 1))->fate, ==, DHK_ROW_NEW);
  g_assert_cmpint (draft_get (draft, 0, 1, "bel1"), ==, 3);
}

static void
test_unfinished_is_kept_aside_or_taken (Folder *self, gconstpointer data)
{
  g_autoptr (DhkResponse) response = new_response (self, "leraren");
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DhkDraft) aside = NULL;
  g_autoptr (DhkDraft) taken = NULL;
  g_autoptr (GError) error = NULL;

  dhk_response_set_finished (response, FALSE);
  save (self, response, "a", NULL);
  g_ptr_array_add (files, get_file (self, "a"));
  aside = read_files (self, files, NULL, NULL, &error);
  g_assert_no_error (error);
  draft_assert_totals (aside, 1, 0, 0, 1);
  taken = read_files (self, files, "responses:leraren:unfinished", "take", &error);
  g_assert_no_error (error);
  draft_assert_totals (taken, 1, 1, 0, 0);
}

static void
test_a_password_is_asked_for (Folder *self, gconstpointer data)
{
  g_autoptr (DhkResponse) open = new_response (self, "leraren");
  g_autoptr (DhkResponse) sealed = new_response (self, "leraren");
  g_autoptr (DhkSealKey) key = dhk_seal_key_new ("geheim", NULL);
  g_autoptr (DhkDraft) without = NULL;
  g_autoptr (DhkDraft) wrong = NULL;
  g_autoptr (DhkDraft) with = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DhkDraft) skipped = NULL;
  g_autoptr (GError) error = NULL;
  const DhkDraftQuestion *question;

  save (self, open, "a", NULL);
  save (self, sealed, "b", key);
  without = read_folder (self, NULL);
  draft_assert_questions (without, 1);
  question = g_ptr_array_index (dhk_draft_get_questions (without), 0);
  g_assert_true (g_str_has_suffix (question->id, DHK_IMPORT_SEALED_SUFFIX));
  wrong = read_folder (self, "anders");
  draft_assert_questions (wrong, 1);
  with = read_folder (self, "geheim");
  draft_assert_questions (with, 0);
  draft_assert_totals (with, 2, 2, 0, 0);
  g_assert_false (draft_holds (with, "geheim"));

  g_ptr_array_add (files, get_file (self, "a"));
  g_ptr_array_add (files, get_file (self, "b"));
  skipped = read_files (self, files, "responses:sealed", "skip", &error);
  g_assert_no_error (error);
  draft_assert_questions (skipped, 0);
  draft_assert_totals (skipped, 1, 1, 0, 0);
}

/* What became of each, by name: in words without line and column. */
static void
check_states (DhkDraft *draft)
{
  GPtrArray *responses = dhk_draft_get_responses (draft);
  const DhkDraftResponse *read = g_ptr_array_index (responses, 0);

  g_assert_cmpuint (responses->len, ==, 3);
  g_assert_cmpint (read->state, ==, DHK_RESPONSE_FILE_READ);
  g_assert_true (read->of == draft_file (draft, 0));
  g_assert_true (read->source != read->file);
  for (guint i = 1; i < 3; i++)
    {
      const DhkDraftResponse *bad = g_ptr_array_index (responses, i);

      g_assert_cmpint (bad->state, ==, DHK_RESPONSE_FILE_UNREADABLE);
      g_assert_nonnull (bad->problem);
      g_assert_null (strchr (bad->problem, '<'));
      g_assert_null (bad->of);
    }
}

static void
test_in_a_folder_a_bad_file_is_left_out_with_a_note (Folder *self, gconstpointer data)
{
  g_autoptr (DhkResponse) response = new_response (self, "leraren");
  g_autoptr (DhkDraft) draft = NULL;

  save (self, response, "a", NULL);
  save_text (self, "b", "nothing of the kind");
  save_text (self, "c", "<response format=\"1\"");
  draft = read_folder (self, NULL);
  draft_assert_totals (draft, 1, 1, 0, 0);
  g_assert_true (draft_has_note (draft, "b." DHK_RESPONSE_SUFFIX));
  g_assert_true (draft_has_note (draft, "c." DHK_RESPONSE_SUFFIX));
  check_states (draft);
}

static void
assert_refused (Folder *self, GFile *file, GQuark domain, int code)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (files, g_object_ref (file));
  draft = read_files (self, files, NULL, NULL, &error);
  g_assert_null (draft);
  g_assert_error (error, domain, code);
  g_assert_null (strstr (error->message, self->folder));
}

static void
test_what_cannot_be_read_is_refused (Folder *self, gconstpointer data)
{
  g_autoptr (DhkResponse) response = new_response (self, "leraren");
  g_autoptr (GBytes) bytes = dhk_response_to_bytes (response, NULL);
  g_autoptr (GString) text
      = g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);
  g_autoptr (GFile) file = get_file (self, "a");

  assert_refused (self, folder, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_A_TABLE);
  g_string_replace (text, "partnerschap-2023", "another-survey", 0);
  save_text (self, "a", text->str);
  assert_refused (self, file, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_OTHER_INSTRUMENT);
  assert_refused (self, folder, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_READABLE);
}

static void
test_codes_that_do_not_exist_are_unreadable (Folder *self, gconstpointer data)
{
  g_autoptr (DhkResponse) response = new_response (self, "leraren");
  g_autoptr (DhkDraft) draft = NULL;

  dhk_response_set_code (response, "bel2", 9);
  dhk_response_set_category (response, "sector", "nowhere");
  save (self, response, "a", NULL);
  draft = read_folder (self, NULL);
  g_assert_cmpint (draft_get (draft, 0, 0, "bel2"), ==, DHK_MISSING_UNREADABLE);
  g_assert_cmpint (draft_get (draft, 0, 0, "sector"), ==, DHK_MISSING_UNREADABLE);
}

static void
add (const char *path, void (*test) (Folder *, gconstpointer))
{
  g_test_add (path, Folder, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dhk_seal_set_limits_of_tests (1, 8192);
  add ("/responses/folder", test_a_folder_becomes_a_file_for_each_questionnaire);
  add ("/responses/once", test_one_response_in_two_files_counts_once);
  add ("/responses/unfinished", test_unfinished_is_kept_aside_or_taken);
  add ("/responses/password", test_a_password_is_asked_for);
  add ("/responses/bad-file", test_in_a_folder_a_bad_file_is_left_out_with_a_note);
  add ("/responses/refused", test_what_cannot_be_read_is_refused);
  add ("/responses/codes", test_codes_that_do_not_exist_are_unreadable);
  return g_test_run ();
}
