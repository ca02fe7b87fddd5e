/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paper forms: typing, the second pass, differences, undo, and what is refused. */

#include <string.h>

#include "store-fixture.h"
#include "store/dhk-store-entry.h"
#include "store/dhk-store-private.h"

#define SECTOR 0
#define SEX 1
#define AGE 2
#define BAND1 3

static gint64
new_batch (Fixture *self, const char *name, const char *questionnaire)
{
  g_autoptr (GError) error = NULL;
  int index = dhk_instrument_find_questionnaire (self->instrument, questionnaire);
  gint64 batch = dhk_store_entry_new_batch (self->store, name, (guint) index, &error);

  g_assert_no_error (error);
  g_assert_cmpint (batch, >, 0);
  return batch;
}

static void
type (Fixture *self,
      gint64 batch,
      DhkEntryPass pass,
      guint number,
      guint question,
      DhkEntryAnswer answer)
{
  g_autoptr (GError) error = NULL;
  gboolean ok
      = dhk_store_entry_set_answer (self->store, batch, pass, number, question, &answer, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static DhkEntryAnswer
code (int code)
{
  return (DhkEntryAnswer){ .kind = DHK_ENTRY_ANSWERED, .code = code };
}

static DhkEntryAnswer
number (double number)
{
  return (DhkEntryAnswer){ .kind = DHK_ENTRY_ANSWERED, .number = number };
}

static DhkEntryAnswer
missing (DhkEntryKind kind, const char *note)
{
  DhkEntryAnswer answer = { .kind = kind };

  g_strlcpy (answer.note, note, sizeof answer.note);
  return answer;
}

static void
finish (Fixture *self, gint64 batch, DhkEntryPass pass, guint form)
{
  g_autoptr (GError) error = NULL;

  dhk_store_entry_finish (self->store, batch, pass, form, &error);
  g_assert_no_error (error);
}

static void
undo (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  dhk_store_undo (self->store, &error);
  g_assert_no_error (error);
}

static void
redo (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  dhk_store_redo (self->store, &error);
  g_assert_no_error (error);
}

static void
assert_undo_label (Fixture *self, const char *expected)
{
  g_autofree char *label = dhk_store_dup_undo_label (self->store);

  g_assert_cmpstr (label, ==, expected);
}

static guint
propose (Fixture *self, gint64 batch, DhkEntryPass pass, guint after)
{
  g_autoptr (GError) error = NULL;
  guint found = 0;

  g_assert_true (dhk_store_entry_propose (self->store, batch, pass, after, &found, &error));
  g_assert_no_error (error);
  return found;
}

static DhkEntrySheet *
load (Fixture *self, gint64 batch, DhkEntryPass pass, guint form)
{
  g_autoptr (GError) error = NULL;
  DhkEntrySheet *sheet = dhk_store_entry_load_sheet (self->store, batch, pass, form, &error);

  g_assert_no_error (error);
  return sheet;
}

/* What the study holds and what was typed; not the journal. */
static char *
describe (Fixture *self)
{
  static const char *const queries[] = {
    "PRAGMA integrity_check",
    "PRAGMA foreign_key_check",
    "SELECT id, name, questionnaire FROM entry_batch WHERE active",
    "SELECT batch, pass, number, complete FROM entry_form WHERE active ORDER BY 1, 2, 3",
    "SELECT f.batch, f.pass, f.number, a.slot, a.target, a.answer FROM entry_answer a "
    "JOIN entry_form f ON f.id = a.form WHERE f.active ORDER BY 1, 2, 3, 4, 5",
    "SELECT f.batch, f.number, s.slot, s.target, s.answer FROM entry_settled s "
    "JOIN entry_form f ON f.id = s.form WHERE f.active ORDER BY 1, 2, 3, 4",
  };
  GString *text = g_string_new (NULL);
  g_autofree char *views = fixture_dump_views (self->path);

  g_string_append (text, views);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *rows = fixture_query (self->path, queries[i]);

      g_string_append_printf (text, "== %s\n%s\n", queries[i], rows);
    }
  return g_string_free (text, FALSE);
}

/* Typing ------------------------------------------------------------------------------ */

static void
test_type (Fixture *self, gconstpointer data)
{
  gint64 batch = new_batch (self, "Groep 3, mei", "jeugdigen");
  g_autoptr (DhkEntrySheet) sheet = NULL;
  g_autofree char *described = NULL;

  assert_undo_label (self, "New batch “Groep 3, mei”");
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "0");
  type (self, batch, DHK_ENTRY_FIRST, 12, SECTOR, code (2));
  assert_undo_label (self, "Answer 1 of form 12");
  type (self, batch, DHK_ENTRY_FIRST, 12, AGE, number (14.5));
  type (self, batch, DHK_ENTRY_FIRST, 12, BAND1, code (4));
  assert_undo_label (self, "Answer 4 of form 12");
  fixture_assert_query (self->path, "SELECT sector, sex, age, band1_h, band2_h FROM jeugdigen",
                        "residentieel||14.5|4|");
  /* What was not typed yet is asked and not answered. */
  fixture_assert_query (
      self->path, "SELECT count (*) FROM value v JOIN item_slot s USING (slot) WHERE s.id = 'age'",
      "1");
  fixture_assert_query (self->path, "SELECT answers LIKE '%e%' FROM answer_sheet LIMIT 1", "1");

  fixture_reopen (self);
  sheet = load (self, batch, DHK_ENTRY_FIRST, 12);
  g_assert_true (sheet->exists && !sheet->complete);
  g_assert_cmpint (sheet->answers[SECTOR].kind, ==, DHK_ENTRY_ANSWERED);
  g_assert_cmpint (sheet->answers[SECTOR].code, ==, 2);
  g_assert_cmpint (sheet->answers[SEX].kind, ==, DHK_ENTRY_OPEN);
  g_assert_cmpfloat (sheet->answers[AGE].number, ==, 14.5);
  described = dhk_entry_answer_describe (self->instrument, 0, AGE, &sheet->answers[AGE]);
  g_assert_true (strcmp (described, "14.5") == 0 || strcmp (described, "14,5") == 0);

  /* The import list is of files. */
  {
    g_autoptr (GPtrArray) batches = dhk_store_list_batches (self->store, NULL);

    g_assert_cmpuint (batches->len, ==, 0);
  }
  for (guint i = 0; i < 3; i++)
    undo (self);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "0");
  undo (self);
  g_assert_null (dhk_store_entry_load_sheet (self->store, batch, DHK_ENTRY_FIRST, 12, NULL));
  for (guint i = 0; i < 4; i++)
    redo (self);
  fixture_assert_query (self->path, "SELECT sector, sex, age, band1_h, band2_h FROM jeugdigen",
                        "residentieel||14.5|4|");
}

static void
test_missing (Fixture *self, gconstpointer data)
{
  gint64 batch = new_batch (self, "A", "jeugdigen");
  g_autoptr (DhkFrame) frame = NULL;
  g_autoptr (DhkEntrySheet) sheet = NULL;
  g_autofree char *words = NULL;
  int target = dhk_instrument_find_target (self->instrument, "hulpverlener");
  static const struct
  {
    DhkEntryKind kind;
    const char *note;
    int code;
  } cases[] = {
    { DHK_ENTRY_EMPTY, "", DHK_MISSING_EMPTY },
    { DHK_ENTRY_TWO_MARKS, "", DHK_MISSING_UNREADABLE },
    { DHK_ENTRY_ILLEGIBLE, "", DHK_MISSING_UNREADABLE },
    { DHK_ENTRY_OUT_OF_RANGE, "7", DHK_MISSING_UNREADABLE },
    { DHK_ENTRY_NOT_APPLICABLE, "", DHK_MISSING_NOT_ASKED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    type (self, batch, DHK_ENTRY_FIRST, 1, BAND1 + i, missing (cases[i].kind, cases[i].note));
  frame = dhk_store_load_frame (self->store, NULL, NULL);
  sheet = load (self, batch, DHK_ENTRY_FIRST, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const DhkQuestion *question
          = &dhk_instrument_get_questionnaire (self->instrument, 0)->questions[BAND1 + i];
      const gint8 *codes = dhk_frame_get_answers (frame, (guint) question->item, target);

      g_assert_cmpint (codes != NULL ? codes[0] : DHK_MISSING_NOT_ASKED, ==, cases[i].code);
      g_assert_cmpint (sheet->answers[BAND1 + i].kind, ==, cases[i].kind);
      g_assert_cmpstr (sheet->answers[BAND1 + i].note, ==, cases[i].note);
    }
  words = dhk_entry_answer_describe (self->instrument, 0, BAND1 + 3, &sheet->answers[BAND1 + 3]);
  g_assert_cmpstr (words, ==, "“7”, not one of the answers");
}

static void
assert_refused (Fixture *self, gint64 batch, guint question, DhkEntryAnswer answer)
{
  g_autofree char *before = fixture_dump_tables (self->path);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (dhk_store_entry_set_answer (self->store, batch, DHK_ENTRY_FIRST, 1, question,
                                              &answer, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_assert_true (g_str_has_suffix (error->message, "."));
  after = fixture_dump_tables (self->path);
  g_assert_cmpstr (after, ==, before);
}

static void
test_refuse (Fixture *self, gconstpointer data)
{
  gint64 batch = new_batch (self, "A", "jeugdigen");
  g_autoptr (GError) error = NULL;

  assert_refused (self, batch, BAND1, code (6));
  assert_refused (self, batch, BAND1, code (0));
  assert_refused (self, batch, BAND1, code (-1));
  assert_refused (self, batch, SECTOR, code (3));
  assert_refused (self, batch, AGE, number (250));
  assert_refused (self, batch, AGE, number (3.9));
  assert_refused (self, batch + 1, BAND1, code (4));
  g_assert_cmpint (dhk_store_entry_new_batch (self->store, " A ", 1, &error), ==, 0);
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (dhk_store_entry_new_batch (self->store, "  ", 1, &error), ==, 0);
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
}

/* The same answer once more is no step. */
static void
test_again (Fixture *self, gconstpointer data)
{
  gint64 batch = new_batch (self, "A", "jeugdigen");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  type (self, batch, DHK_ENTRY_FIRST, 1, BAND1, code (4));
  finish (self, batch, DHK_ENTRY_FIRST, 1);
  assert_undo_label (self, "Form 1 complete");
  before = fixture_dump_tables (self->path);
  type (self, batch, DHK_ENTRY_FIRST, 1, BAND1, code (4));
  type (self, batch, DHK_ENTRY_FIRST, 1, BAND1 + 1, missing (DHK_ENTRY_EMPTY, ""));
  finish (self, batch, DHK_ENTRY_FIRST, 1);
  after = fixture_dump_tables (self->path);
  g_assert_cmpstr (after, ==, before);
}

static void
test_propose (Fixture *self, gconstpointer data)
{
  gint64 batch = new_batch (self, "A", "jeugdigen");

  g_assert_cmpuint (propose (self, batch, DHK_ENTRY_FIRST, 0), ==, 1);
  g_assert_cmpuint (propose (self, batch, DHK_ENTRY_SECOND, 0), ==, 0);
  for (guint form = 1; form <= 3; form++)
    {
      type (self, batch, DHK_ENTRY_FIRST, form, BAND1, code (4));
      if (form != 2)
        finish (self, batch, DHK_ENTRY_FIRST, form);
    }
  g_assert_cmpuint (propose (self, batch, DHK_ENTRY_FIRST, 0), ==, 2);
  g_assert_cmpuint (propose (self, batch, DHK_ENTRY_FIRST, 1), ==, 2);
  g_assert_cmpuint (propose (self, batch, DHK_ENTRY_FIRST, 2), ==, 4);
  finish (self, batch, DHK_ENTRY_FIRST, 2);
  g_assert_cmpuint (propose (self, batch, DHK_ENTRY_FIRST, 0), ==, 4);
  g_assert_cmpuint (propose (self, batch, DHK_ENTRY_FIRST, 2), ==, 4);
  g_assert_cmpuint (propose (self, batch, DHK_ENTRY_SECOND, 0), ==, 1);
  finish (self, batch, DHK_ENTRY_SECOND, 2);
  g_assert_cmpuint (propose (self, batch, DHK_ENTRY_SECOND, 1), ==, 3);
  finish (self, batch, DHK_ENTRY_SECOND, 3);
  g_assert_cmpuint (propose (self, batch, DHK_ENTRY_SECOND, 3), ==, 1);
  finish (self, batch, DHK_ENTRY_SECOND, 1);
  g_assert_cmpuint (propose (self, batch, DHK_ENTRY_SECOND, 1), ==, 0);
}

/* The second pass ----------------------------------------------------------------------- */

static void
test_second_is_apart (Fixture *self, gconstpointer data)
{
  gint64 batch = new_batch (self, "A", "jeugdigen");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (DhkFrame) frame = NULL;

  type (self, batch, DHK_ENTRY_FIRST, 1, BAND1, code (4));
  finish (self, batch, DHK_ENTRY_FIRST, 1);
  before = fixture_dump_views (self->path);
  type (self, batch, DHK_ENTRY_SECOND, 1, BAND1, code (2));
  assert_undo_label (self, "Answer 4 of form 1, second time");
  type (self, batch, DHK_ENTRY_SECOND, 9, BAND1, code (1));
  finish (self, batch, DHK_ENTRY_SECOND, 9);
  after = fixture_dump_views (self->path);
  g_assert_cmpstr (after, ==, before);
  frame = dhk_store_load_frame (self->store, NULL, NULL);
  g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, 1);
}

static const DhkEntryPair *
find_difference (DhkEntryComparison *comparison, guint form, guint question)
{
  for (guint i = 0; i < comparison->pairs->len; i++)
    {
      const DhkEntryPair *pair = &g_array_index (comparison->pairs, DhkEntryPair, i);

      if (pair->number == form && pair->question == question && pair->differs)
        return pair;
    }
  return NULL;
}

static DhkEntryComparison *
compare (Fixture *self, gint64 batch)
{
  g_autoptr (GError) error = NULL;
  DhkEntryComparison *comparison = dhk_store_entry_compare (self->store, batch, &error);

  g_assert_no_error (error);
  return comparison;
}

static void
settle (Fixture *self, gint64 batch, guint form, guint question, DhkEntryAnswer answer)
{
  g_autoptr (GError) error = NULL;

  dhk_store_entry_settle (self->store, batch, form, question, &answer, &error);
  g_assert_no_error (error);
}

/* Form 1 twice with three differences, form 2 once, form 3 only the second time. */
static gint64
type_twice (Fixture *self)
{
  gint64 batch = new_batch (self, "A", "jeugdigen");

  type (self, batch, DHK_ENTRY_FIRST, 1, AGE, number (14));
  type (self, batch, DHK_ENTRY_FIRST, 1, BAND1, code (4));
  type (self, batch, DHK_ENTRY_FIRST, 1, BAND1 + 1, missing (DHK_ENTRY_TWO_MARKS, ""));
  type (self, batch, DHK_ENTRY_FIRST, 1, BAND1 + 2, code (5));
  finish (self, batch, DHK_ENTRY_FIRST, 1);
  type (self, batch, DHK_ENTRY_FIRST, 2, BAND1, code (4));
  type (self, batch, DHK_ENTRY_SECOND, 1, AGE, number (41));
  type (self, batch, DHK_ENTRY_SECOND, 1, BAND1, code (3));
  type (self, batch, DHK_ENTRY_SECOND, 1, BAND1 + 1, missing (DHK_ENTRY_ILLEGIBLE, ""));
  finish (self, batch, DHK_ENTRY_SECOND, 1);
  type (self, batch, DHK_ENTRY_SECOND, 3, BAND1, code (4));
  return batch;
}

static void
test_compare (Fixture *self, gconstpointer data)
{
  gint64 batch = type_twice (self);
  g_autoptr (DhkEntryComparison) comparison = compare (self, batch);
  g_autoptr (GPtrArray) batches = dhk_store_entry_list_batches (self->store, NULL);
  const DhkEntryBatch *listed = g_ptr_array_index (batches, 0);
  guint n_differences = 0;

  g_assert_cmpuint (comparison->n_forms, ==, 1);
  g_assert_cmpuint (comparison->pairs->len, ==, 19);
  for (guint i = 0; i < comparison->pairs->len; i++)
    n_differences += g_array_index (comparison->pairs, DhkEntryPair, i).differs ? 1 : 0;
  g_assert_cmpuint (n_differences, ==, 3);
  g_assert_nonnull (find_difference (comparison, 1, AGE));
  g_assert_nonnull (find_difference (comparison, 1, BAND1));
  g_assert_nonnull (find_difference (comparison, 1, BAND1 + 2));
  g_assert_cmpuint (comparison->only_first->len, ==, 1);
  g_assert_cmpuint (g_array_index (comparison->only_first, guint, 0), ==, 2);
  g_assert_cmpuint (comparison->only_second->len, ==, 1);
  g_assert_cmpuint (g_array_index (comparison->only_second, guint, 0), ==, 3);

  g_assert_cmpstr (listed->name, ==, "A");
  g_assert_cmpuint (listed->n_forms, ==, 2);
  g_assert_cmpuint (listed->n_complete, ==, 1);
  g_assert_cmpuint (listed->n_second, ==, 2);
  g_assert_cmpuint (listed->n_second_complete, ==, 1);
  g_assert_cmpuint (listed->n_differences, ==, 3);
}

static void
test_settle (Fixture *self, gconstpointer data)
{
  gint64 batch = type_twice (self);
  g_autoptr (DhkEntryComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;
  const DhkEntryPair *pair;
  DhkEntryAnswer bad = code (9);
  DhkEntryAnswer fine = code (1);

  settle (self, batch, 1, BAND1, code (3));
  assert_undo_label (self, "Choice for answer 4 of form 1");
  settle (self, batch, 1, BAND1 + 2, code (2));
  settle (self, batch, 1, AGE, number (14));
  fixture_assert_query (self->path, "SELECT age, band1_h, band3_h FROM jeugdigen WHERE id = 1",
                        "14.0|3|2");

  /* Both stay beside what was chosen. */
  comparison = compare (self, batch);
  pair = find_difference (comparison, 1, BAND1 + 2);
  g_assert_true (pair->settled);
  g_assert_cmpint (pair->first.code, ==, 5);
  g_assert_cmpint (pair->second.kind, ==, DHK_ENTRY_EMPTY);
  g_assert_cmpint (pair->chosen.code, ==, 2);
  g_clear_pointer (&comparison, dhk_entry_comparison_free);

  g_assert_false (dhk_store_entry_settle (self->store, batch, 1, BAND1, &bad, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (dhk_store_entry_settle (self->store, batch, 1, BAND1 + 3, &fine, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);

  /* Typed again: the choice was about something else. */
  type (self, batch, DHK_ENTRY_SECOND, 1, BAND1, code (2));
  comparison = compare (self, batch);
  g_assert_false (find_difference (comparison, 1, BAND1)->settled);
  g_clear_pointer (&comparison, dhk_entry_comparison_free);
  undo (self);
  comparison = compare (self, batch);
  g_assert_true (find_difference (comparison, 1, BAND1)->settled);
  for (guint i = 0; i < 3; i++)
    undo (self);
  fixture_assert_query (self->path, "SELECT age, band1_h, band3_h FROM jeugdigen WHERE id = 1",
                        "14.0|4|5");
}

/* Undo and redo, all the way ------------------------------------------------------------- */

static void
do_something (Fixture *self, GRand *random, gint64 batch)
{
  DhkEntryPass pass = g_rand_boolean (random) ? DHK_ENTRY_FIRST : DHK_ENTRY_SECOND;
  guint form = (guint) g_rand_int_range (random, 1, 4);
  guint question = (guint) g_rand_int_range (random, 0, 8);
  int choice = g_rand_int_range (random, 0, 12);
  DhkEntryAnswer answer = question == AGE    ? number (g_rand_int_range (random, 4, 9) + 0.5)
                          : question == SEX  ? code (g_rand_int_range (random, 0, 2))
                          : question < BAND1 ? code (g_rand_int_range (random, 0, 3))
                                             : code (g_rand_int_range (random, 1, 6));

  if (choice == 0)
    finish (self, batch, pass, form);
  else if (choice == 1)
    type (self, batch, pass, form, question, missing (DHK_ENTRY_OUT_OF_RANGE, "8"));
  else if (choice == 2)
    type (self, batch, pass, form, question, missing (DHK_ENTRY_OPEN, ""));
  else if (choice < 6)
    dhk_store_entry_settle (self->store, batch, form, question, &answer, NULL);
  else
    type (self, batch, pass, form, question, answer);
}

static gint64
get_position (Fixture *self)
{
  g_autofree char *text = fixture_query (self->path, "SELECT journal_position FROM study");

  return g_ascii_strtoll (text, NULL, 10);
}

static void
test_walk (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);
  gint64 batch;

  g_ptr_array_add (seen, describe (self));
  batch = new_batch (self, "A", "jeugdigen");
  g_ptr_array_add (seen, describe (self));
  for (guint i = 0; i < 120; i++)
    {
      /* Sometimes another way is taken from an earlier moment. */
      guint back = i % 20 == 19 ? 7 : 0;

      for (guint b = 0; b < back; b++)
        undo (self);
      g_ptr_array_set_size (seen, (int) get_position (self) + 1);
      do_something (self, random, batch);
      if (get_position (self) == (gint64) seen->len)
        g_ptr_array_add (seen, describe (self));
      else if (back > 0)
        for (guint b = 0; b < back; b++)
          {
            redo (self);
            g_ptr_array_add (seen, describe (self));
          }
    }
  g_assert_cmpuint (seen->len, >, 40);
  for (int step = (int) seen->len - 2; step >= 0; step--)
    {
      g_autofree char *now = NULL;

      undo (self);
      now = describe (self);
      g_assert_cmpstr (now, ==, g_ptr_array_index (seen, step));
    }
  fixture_reopen (self);
  for (guint step = 1; step < seen->len; step++)
    {
      g_autofree char *now = NULL;

      redo (self);
      now = describe (self);
      g_assert_cmpstr (now, ==, g_ptr_array_index (seen, step));
    }
}

/* The second pass outlives a first that was undone; erasing a respondent takes both. */
static void
test_lives (Fixture *self, gconstpointer data)
{
  static const char forms[] = "SELECT group_concat (pass || ':' || number) FROM "
                              "(SELECT * FROM entry_form WHERE active ORDER BY pass, number)";
  gint64 batch = new_batch (self, "A", "jeugdigen");

  type (self, batch, DHK_ENTRY_SECOND, 1, BAND1, code (2));
  type (self, batch, DHK_ENTRY_FIRST, 1, BAND1, code (4));
  undo (self);
  type (self, batch, DHK_ENTRY_FIRST, 2, BAND1, code (4));
  fixture_assert_query (self->path, forms, "1:2,2:1");
  type (self, batch, DHK_ENTRY_FIRST, 1, BAND1, code (5));
  type (self, batch, DHK_ENTRY_SECOND, 2, BAND1, code (5));
  fixture_assert_query (self->path, forms, "1:1,1:2,2:1,2:2");

  g_assert_true (dhk_store_begin (self->store, NULL));
  g_assert_true (
      dhk_sql_run (self->store, NULL, "DELETE FROM respondent_record WHERE form_id = '1'", ""));
  g_assert_true (dhk_store_end (self->store, TRUE, NULL));
  fixture_assert_query (self->path, forms, "1:2,2:2");
  fixture_assert_query (self->path, "SELECT count (*) FROM entry_answer", "2");
  fixture_assert_query (self->path,
                        "SELECT count (*) FROM entry_change c LEFT JOIN entry_form f "
                        "ON f.id = c.form WHERE f.id IS NULL",
                        "0");
}

/* A text that is no answer (any more) is shown as it stands, and stops nothing. */
static void
test_other_text (Fixture *self, gconstpointer data)
{
  gint64 batch = type_twice (self);
  g_autoptr (DhkEntryComparison) comparison = NULL;
  g_autoptr (DhkEntrySheet) sheet = NULL;
  const DhkEntryPair *pair;

  g_clear_pointer (&self->store, dhk_store_close);
  fixture_exec (self->path, "UPDATE entry_answer SET answer = '9' WHERE answer = '3'");
  fixture_exec (self->path, "UPDATE entry_answer SET answer = '-what' WHERE answer = '41'");
  fixture_reopen (self);
  comparison = compare (self, batch);
  pair = find_difference (comparison, 1, BAND1);
  g_assert_cmpint (pair->second.kind, ==, DHK_ENTRY_OUT_OF_RANGE);
  g_assert_cmpstr (pair->second.note, ==, "9");
  sheet = load (self, batch, DHK_ENTRY_SECOND, 1);
  g_assert_cmpint (sheet->answers[AGE].kind, ==, DHK_ENTRY_OUT_OF_RANGE);
  g_assert_cmpstr (sheet->answers[AGE].note, ==, "-what");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/entry/type", test_type);
  FIXTURE_TEST ("/store/entry/missing", test_missing);
  FIXTURE_TEST ("/store/entry/refuse", test_refuse);
  FIXTURE_TEST ("/store/entry/again", test_again);
  FIXTURE_TEST ("/store/entry/propose", test_propose);
  FIXTURE_TEST ("/store/entry/second_is_apart", test_second_is_apart);
  FIXTURE_TEST ("/store/entry/compare", test_compare);
  FIXTURE_TEST ("/store/entry/settle", test_settle);
  FIXTURE_TEST ("/store/entry/walk", test_walk);
  FIXTURE_TEST ("/store/entry/lives", test_lives);
  FIXTURE_TEST ("/store/entry/other_text", test_other_text);
  return g_test_run ();
}
