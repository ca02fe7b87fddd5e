/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "draft-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/dhk-data.h"
#include "import/dhk-import-error.h"
#include "import/dhk-raw-table.h"

Work *
work_new (void)
{
  Work *self = g_new0 (Work, 1);
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("driehoek-draft-XXXXXX", NULL);
  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->others = g_ptr_array_new_with_free_func (g_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->instrument = dhk_instrument_new_builtin ("partnerschap-2023", &error);
  g_assert_no_error (error);
  return self;
}

void
work_forget_files (Work *self)
{
  for (guint i = 0; i < self->paths->len; i++)
    g_ptr_array_add (self->others, g_strdup (g_ptr_array_index (self->paths, i)));
  g_ptr_array_set_size (self->paths, 0);
}

void
work_free (Work *self)
{
  work_forget_files (self);
  for (guint i = 0; i < self->others->len; i++)
    g_unlink (g_ptr_array_index (self->others, i));
  g_rmdir (self->directory);
  g_free (self->directory);
  g_ptr_array_unref (self->paths);
  g_ptr_array_unref (self->others);
  g_hash_table_unref (self->answers);
  dhk_instrument_unref (self->instrument);
  g_free (self);
}

void
work_add_bytes (Work *self, const char *name, const char *data, gsize length)
{
  char *path = g_build_filename (self->directory, name, NULL);

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  g_ptr_array_add (self->paths, path);
}

static GBytes *
load_sample (const char *sample)
{
  g_autofree char *name = g_strdup_printf ("sample/%s.xlsx", sample);
  GBytes *bytes = dhk_data_load (name);

  g_assert_nonnull (bytes);
  return bytes;
}

void
work_add_sample (Work *self, const char *sample, const char *name)
{
  g_autoptr (GBytes) bytes = load_sample (sample);

  work_add_bytes (self, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
work_add_text (Work *self, const char *name, const char *text)
{
  work_add_bytes (self, name, text, strlen (text));
}

void
work_answer (Work *self, const char *question, const char *choice)
{
  g_hash_table_insert (self->answers, g_strdup (question), g_strdup (choice));
}

static DhkDraft *
try_read (Work *self, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->paths->len; i++)
    g_ptr_array_add (files, g_file_new_for_path (g_ptr_array_index (self->paths, i)));
  return dhk_import_read (self->instrument, files, self->answers, NULL, NULL, NULL, error);
}

DhkDraft *
work_read (Work *self)
{
  g_autoptr (GError) error = NULL;
  DhkDraft *draft = try_read (self, &error);

  g_assert_no_error (error);
  g_assert_nonnull (draft);
  return draft;
}

void
work_assert_refused (Work *self, int code, const char *part_of_message)
{
  g_autoptr (GError) error = NULL;
  DhkDraft *draft = try_read (self, &error);

  g_assert_null (draft);
  g_assert_cmpint ((int) error->domain, ==, (int) DHK_IMPORT_ERROR);
  g_assert_cmpint (error->code, ==, code);
  if (strstr (error->message, part_of_message) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part_of_message);
}

/* Tables ----------------------------------------------------------------------- */

static GPtrArray *
new_row (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static Table *
new_table (void)
{
  Table *self = g_new0 (Table, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  return self;
}

Table *
table_new (const char *const *head, guint n)
{
  Table *self = new_table ();
  GPtrArray *row = new_row ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (row, g_strdup (head[i]));
  g_ptr_array_add (self->rows, row);
  return self;
}

Table *
table_new_sample (const char *name)
{
  g_autoptr (Work) work = work_new ();
  g_autoptr (GFile) file = NULL;
  g_autoptr (DhkReader) reader = NULL;
  g_autoptr (DhkRawTable) raw = NULL;
  g_autoptr (GError) error = NULL;
  Table *self = new_table ();

  work_add_sample (work, name, "sample.xlsx");
  file = g_file_new_for_path (g_ptr_array_index (work->paths, 0));
  reader = dhk_reader_open (file, NULL, &error);
  g_assert_no_error (error);
  raw = dhk_raw_table_read (reader, 0, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint r = 0; r < dhk_raw_table_get_n_rows (raw); r++)
    {
      GPtrArray *row = new_row ();

      for (guint c = 0; c < dhk_raw_table_get_n_columns (raw); c++)
        {
          DhkCellText text;

          g_ptr_array_add (row, g_strdup (dhk_raw_table_get_cell (raw, r, c, &text).text));
        }
      g_ptr_array_add (self->rows, row);
    }
  return self;
}

void
table_free (Table *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

guint
table_n_rows (Table *self)
{
  return self->rows->len - 1;
}

guint
table_n_columns (Table *self)
{
  return ((GPtrArray *) g_ptr_array_index (self->rows, 0))->len;
}

const char *
table_get (Table *self, guint row, guint column)
{
  GPtrArray *cells = g_ptr_array_index (self->rows, row);

  return g_ptr_array_index (cells, column);
}

void
table_set (Table *self, guint row, guint column, const char *text)
{
  GPtrArray *cells = g_ptr_array_index (self->rows, row);

  g_free (g_ptr_array_index (cells, column));
  g_ptr_array_index (cells, column) = g_strdup (text);
}

void
table_move_column (Table *self, guint from, guint to)
{
  for (guint r = 0; r < self->rows->len; r++)
    {
      GPtrArray *cells = g_ptr_array_index (self->rows, r);
      char *text = g_ptr_array_steal_index (cells, from);

      g_ptr_array_insert (cells, (int) to, text);
    }
}

void
table_remove_column (Table *self, guint column)
{
  for (guint r = 0; r < self->rows->len; r++)
    g_ptr_array_remove_index (g_ptr_array_index (self->rows, r), column);
}

void
table_remove_rows (Table *self, guint from)
{
  g_ptr_array_set_size (self->rows, (int) from);
}

void
table_add_column (Table *self, guint at, const char *head)
{
  for (guint r = 0; r < self->rows->len; r++)
    g_ptr_array_insert (g_ptr_array_index (self->rows, r), (int) at, g_strdup (r == 0 ? head : ""));
}

guint
table_copy_row (Table *self, guint row)
{
  GPtrArray *copy = new_row ();

  for (guint c = 0; c < table_n_columns (self); c++)
    g_ptr_array_add (copy, g_strdup (table_get (self, row, c)));
  g_ptr_array_add (self->rows, copy);
  return self->rows->len - 1;
}

void
table_replace (Table *self, guint column, const char *from, const char *to)
{
  for (guint r = 1; r < self->rows->len; r++)
    if (strcmp (table_get (self, r, column), from) == 0)
      table_set (self, r, column, to);
}

int
table_find (Table *self, const char *head)
{
  for (guint c = 0; c < table_n_columns (self); c++)
    if (strcmp (table_get (self, 0, c), head) == 0)
      return (int) c;
  return -1;
}

void
table_add_to (Table *self, Work *work, const char *name, char separator)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint r = 0; r < self->rows->len; r++)
    {
      for (guint c = 0; c < table_n_columns (self); c++)
        {
          g_autoptr (GString) cell = g_string_new (table_get (self, r, c));

          g_string_replace (cell, "\"", "\"\"", 0);
          if (c > 0)
            g_string_append_c (text, separator);
          if (strpbrk (cell->str, ",;\"\n") != NULL)
            g_string_append_printf (text, "\"%s\"", cell->str);
          else
            g_string_append (text, cell->str);
        }
      g_string_append (text, "\r\n");
    }
  work_add_text (work, name, text->str);
}

/* Drafts ------------------------------------------------------------------------- */

DhkDraftFile *
draft_file (DhkDraft *draft, guint i)
{
  g_assert_cmpuint (i, <, dhk_draft_get_files (draft)->len);
  return g_ptr_array_index (dhk_draft_get_files (draft), i);
}

DhkDraftQuestion *
draft_find_question (DhkDraft *draft, const char *id)
{
  GPtrArray *questions = dhk_draft_get_questions (draft);

  for (guint i = 0; i < questions->len; i++)
    {
      DhkDraftQuestion *question = g_ptr_array_index (questions, i);

      if (strcmp (question->id, id) == 0)
        return question;
    }
  for (guint i = 0; i < questions->len; i++)
    g_test_message ("open: %s", ((DhkDraftQuestion *) g_ptr_array_index (questions, i))->id);
  g_error ("“%s” is not asked", id);
}

void
draft_assert_totals (DhkDraft *draft, guint found, guint added, guint present, guint aside)
{
  DhkDraftTotals totals = dhk_draft_get_totals (draft, NULL);

  g_assert_cmpuint (totals.found, ==, found);
  g_assert_cmpuint (totals.added, ==, added);
  g_assert_cmpuint (totals.present, ==, present);
  g_assert_cmpuint (totals.aside, ==, aside);
}

void
draft_assert_questions (DhkDraft *draft, guint n)
{
  GPtrArray *questions = dhk_draft_get_questions (draft);

  for (guint i = 0; questions->len != n && i < questions->len; i++)
    {
      DhkDraftQuestion *question = g_ptr_array_index (questions, i);

      g_test_message ("open: %s: %s", question->id, question->text);
    }
  g_assert_cmpuint (questions->len, ==, n);
}

gboolean
draft_has_note (DhkDraft *draft, const char *part)
{
  for (guint f = 0; f < dhk_draft_get_files (draft)->len; f++)
    {
      GPtrArray *notes = draft_file (draft, f)->notes;

      for (guint i = 0; i < notes->len; i++)
        if (strstr (((DhkDraftNote *) g_ptr_array_index (notes, i))->text, part) != NULL)
          return TRUE;
    }
  return FALSE;
}

static guint
find_name (DhkDraft *draft, guint file, const char *name)
{
  DhkInstrument *instrument = dhk_draft_get_instrument (draft);
  const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (
      instrument, (guint) draft_file (draft, file)->questionnaire);

  for (guint q = 0; q < questionnaire->n_questions; q++)
    {
      const DhkQuestion *question = &questionnaire->questions[q];
      g_autofree char *column
          = question->item >= 0
                ? dhk_instrument_dup_column_name (instrument, (guint) question->item,
                                                  question->target)
                : g_strdup (
                    dhk_instrument_get_variable (instrument, (guint) question->variable)->id);

      if (strcmp (column, name) == 0)
        return q;
    }
  g_error ("no question “%s”", name);
}

int
draft_get (DhkDraft *draft, guint file, guint row, const char *name)
{
  return dhk_draft_file_get_codes (draft_file (draft, file), row)[find_name (draft, file, name)];
}

double
draft_get_number (DhkDraft *draft, guint file, guint row, const char *name)
{
  return dhk_draft_file_get_numbers (draft_file (draft, file), row)[find_name (draft, file, name)];
}

static gboolean
holds (const char *where, const char *text)
{
  g_autofree char *a = where == NULL ? NULL : g_utf8_casefold (where, -1);
  g_autofree char *b = g_utf8_casefold (text, -1);

  return a != NULL && strstr (a, b) != NULL;
}

static gboolean
file_holds (DhkDraftFile *file, const char *text)
{
  gboolean found
      = holds (file->name, text) || holds (file->raw_head, text) || holds (file->kind, text);

  for (guint i = 0; i < file->columns->len; i++)
    {
      DhkDraftColumn *column = g_ptr_array_index (file->columns, i);

      found |= holds (column->head, text) || holds (column->reason, text)
               || holds (column->examples, text);
    }
  for (guint i = 0; i < dhk_draft_file_get_n_rows (file); i++)
    {
      DhkDraftRow *row = dhk_draft_file_get_row (file, i);
      g_autofree char *raw = dhk_draft_file_dup_raw (file, i);

      found |= holds (row->reason, text) || holds (row->identity, text)
               || holds (row->content, text) || holds (row->form_id, text) || holds (raw, text);
    }
  for (guint i = 0; i < file->notes->len; i++)
    found |= holds (((DhkDraftNote *) g_ptr_array_index (file->notes, i))->text, text);
  return found;
}

gboolean
draft_holds (DhkDraft *draft, const char *text)
{
  GPtrArray *questions = dhk_draft_get_questions (draft);
  gboolean found = FALSE;

  for (guint i = 0; i < dhk_draft_get_files (draft)->len; i++)
    found |= file_holds (draft_file (draft, i), text);
  for (guint i = 0; i < questions->len; i++)
    {
      DhkDraftQuestion *question = g_ptr_array_index (questions, i);

      found |= holds (question->id, text) || holds (question->text, text)
               || holds (question->detail, text);
      for (guint c = 0; c < question->n_choices; c++)
        found |= holds (question->choices[c].label, text) || holds (question->choices[c].id, text);
    }
  return found;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
draft_summary (DhkDraft *draft)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint f = 0; f < dhk_draft_get_files (draft)->len; f++)
    {
      DhkDraftFile *file = draft_file (draft, f);

      for (guint i = 0; i < dhk_draft_file_get_n_rows (file); i++)
        {
          DhkDraftRow *row = dhk_draft_file_get_row (file, i);

          if (row->fate != DHK_ROW_ASIDE)
            g_ptr_array_add (lines, g_strdup_printf ("%s %s", row->content, row->identity));
        }
    }
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}
