/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Pasted text, and so everything that is recognised in a table: whatever the bytes, a draft whose
 * rows can all be asked for, or an error. Every open question gets an answer; what was
 * decided makes a profile, with which the same is read once more.
 */

#include "fuzz-input.h"

#include "import/dhk-import-error.h"
#include "import/dhk-import.h"
#include "study/dhk-import-profile.h"

#include <string.h>

#define MOST_ROUNDS 4

static DhkInstrument *instrument;

static void
check_text (const char *text)
{
  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    g_error ("The draft holds what is no text.");
}

static void
look (DhkDraftFile *file)
{
  guint n = dhk_draft_file_get_n_rows (file);
  g_autofree gint8 *codes = g_new (gint8, (gsize) n * file->n_questions + 1);
  g_autofree guint64 *keys = g_new (guint64, n + 1);
  g_autoptr (GString) raw = g_string_new (NULL);

  dhk_draft_file_read_codes (file, 0, n, codes);
  dhk_draft_file_read_keys (file, keys);
  dhk_draft_file_append_raw (file, 0, n, raw);
  check_text (raw->str);
  for (guint i = 0; i < n; i++)
    {
      g_auto (DhkDraftRow) row = { 0 };

      dhk_draft_file_read_row (file, i, &row);
      check_text (row.identity);
      check_text (row.form_id);
      if (row.content == NULL && file->questionnaire >= 0)
        g_error ("A row has no hash.");
    }
  for (guint i = 0; i < file->columns->len; i++)
    {
      const DhkDraftColumn *column = g_ptr_array_index (file->columns, i);

      check_text (column->head);
      check_text (column->examples);
    }
}

/* An answer for every open question; FALSE when there is none left. */
static gboolean
answer (DhkDraft *draft, GHashTable *answers, guint pick)
{
  GPtrArray *questions = dhk_draft_get_questions (draft);

  for (guint i = 0; i < questions->len; i++)
    {
      const DhkDraftQuestion *question = g_ptr_array_index (questions, i);

      check_text (question->text);
      check_text (question->detail);
      if (question->n_choices > 0)
        g_hash_table_replace (answers, g_strdup (question->id),
                              g_strdup (question->choices[(pick + i) % question->n_choices].id));
    }
  return questions->len > 0;
}

static void
read_with_profile (GPtrArray *files, DhkDraft *draft)
{
  g_autoptr (DhkImportProfile) profile = dhk_import_profile_new_from_draft (
      draft, g_ptr_array_index (dhk_draft_get_files (draft), 0), "Golf 1");
  g_autoptr (GPtrArray) profiles = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkDraft) again = NULL;

  if (profile == NULL)
    return;
  g_ptr_array_add (profiles, profile);
  again
      = dhk_import_read_with_profiles (instrument, files, NULL, profiles, NULL, NULL, NULL, &error);
  fuzz_check_error (again != NULL, error);
  if (again != NULL)
    look (g_ptr_array_index (dhk_draft_get_files (again), 0));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (GError) error = NULL;

  if (instrument == NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (FUZZ_INSTRUMENT);

      instrument = dhk_instrument_new_from_file (file, NULL, NULL);
    }
  g_ptr_array_add (files, dhk_import_file_new_for_bytes (bytes, "Plakken"));
  for (guint round = 0; round < MOST_ROUNDS && error == NULL; round++)
    {
      g_clear_pointer (&draft, dhk_draft_unref);
      draft = dhk_import_read (instrument, files, answers, NULL, NULL, NULL, &error);
      fuzz_check_error (draft != NULL, error);
      if (draft == NULL)
        return 0;
      look (g_ptr_array_index (dhk_draft_get_files (draft), 0));
      if (!answer (draft, answers, (guint) size + round))
        break;
    }
  if (draft != NULL)
    read_with_profile (files, draft);
  return 0;
}
