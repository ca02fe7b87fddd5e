/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paper forms: typing, what is refused, undo and redo all the way. */

#include <string.h>

#include "entry-fixture.h"

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
  gint64 batch = entry_new_batch (self, "Groep 3, mei", "jeugdigen");
  g_autoptr (DhkEntrySheet) sheet = NULL;
  g_autofree char *described = NULL;

  entry_assert_undo_label (self, "New batch “Groep 3, mei”");
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "0");
  entry_type (self, batch, DHK_ENTRY_FIRST, 12, SECTOR, entry_code (2));
  entry_assert_undo_label (self, "Answer 1 of form 12");
  entry_type (self, batch, DHK_ENTRY_FIRST, 12, AGE, entry_number (14.5));
  entry_type (self, batch, DHK_ENTRY_FIRST, 12, BAND1, entry_code (4));
  entry_assert_undo_label (self, "Answer 4 of form 12");
  fixture_assert_query (self->path, "SELECT sector, sex, age, band1_h, band2_h FROM jeugdigen",
                        "residentieel||14.5|4|");
  /* What was not typed yet is asked and not answered. */
  fixture_assert_query (
      self->path, "SELECT count (*) FROM value v JOIN item_slot s USING (slot) WHERE s.id = 'age'",
      "1");
  fixture_assert_query (self->path, "SELECT answers LIKE '%e%' FROM answer_sheet LIMIT 1", "1");

  fixture_reopen (self);
  sheet = entry_load (self, batch, DHK_ENTRY_FIRST, 12);
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
    fixture_undo (self);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "0");
  fixture_undo (self);
  g_assert_null (dhk_store_entry_load_sheet (self->store, batch, DHK_ENTRY_FIRST, 12, NULL));
  for (guint i = 0; i < 4; i++)
    fixture_redo (self);
  fixture_assert_query (self->path, "SELECT sector, sex, age, band1_h, band2_h FROM jeugdigen",
                        "residentieel||14.5|4|");
}

static void
test_missing (Fixture *self, gconstpointer data)
{
  gint64 batch = entry_new_batch (self, "A", "jeugdigen");
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
    entry_type (self, batch, DHK_ENTRY_FIRST, 1, BAND1 + i,
                entry_missing (cases[i].kind, cases[i].note));
  frame = dhk_store_load_frame (self->store, NULL, NULL);
  sheet = entry_load (self, batch, DHK_ENTRY_FIRST, 1);
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
  gint64 batch = entry_new_batch (self, "A", "jeugdigen");
  g_autoptr (GError) error = NULL;

  assert_refused (self, batch, BAND1, entry_code (6));
  assert_refused (self, batch, BAND1, entry_code (0));
  assert_refused (self, batch, BAND1, entry_code (-1));
  assert_refused (self, batch, SECTOR, entry_code (3));
  assert_refused (self, batch, AGE, entry_number (250));
  assert_refused (self, batch, AGE, entry_number (3.9));
  assert_refused (self, batch + 1, BAND1, entry_code (4));
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
  gint64 batch = entry_new_batch (self, "A", "jeugdigen");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  entry_type (self, batch, DHK_ENTRY_FIRST, 1, BAND1, entry_code (4));
  entry_finish (self, batch, DHK_ENTRY_FIRST, 1);
  entry_assert_undo_label (self, "Form 1 complete");
  before = fixture_dump_tables (self->path);
  entry_type (self, batch, DHK_ENTRY_FIRST, 1, BAND1, entry_code (4));
  entry_type (self, batch, DHK_ENTRY_FIRST, 1, BAND1 + 1, entry_missing (DHK_ENTRY_EMPTY, ""));
  entry_finish (self, batch, DHK_ENTRY_FIRST, 1);
  after = fixture_dump_tables (self->path);
  g_assert_cmpstr (after, ==, before);
}

static void
test_propose (Fixture *self, gconstpointer data)
{
  gint64 batch = entry_new_batch (self, "A", "jeugdigen");

  g_assert_cmpuint (entry_propose (self, batch, DHK_ENTRY_FIRST, 0), ==, 1);
  g_assert_cmpuint (entry_propose (self, batch, DHK_ENTRY_SECOND, 0), ==, 0);
  for (guint form = 1; form <= 3; form++)
    {
      entry_type (self, batch, DHK_ENTRY_FIRST, form, BAND1, entry_code (4));
      if (form != 2)
        entry_finish (self, batch, DHK_ENTRY_FIRST, form);
    }
  g_assert_cmpuint (entry_propose (self, batch, DHK_ENTRY_FIRST, 0), ==, 2);
  g_assert_cmpuint (entry_propose (self, batch, DHK_ENTRY_FIRST, 1), ==, 2);
  g_assert_cmpuint (entry_propose (self, batch, DHK_ENTRY_FIRST, 2), ==, 4);
  entry_finish (self, batch, DHK_ENTRY_FIRST, 2);
  g_assert_cmpuint (entry_propose (self, batch, DHK_ENTRY_FIRST, 0), ==, 4);
  g_assert_cmpuint (entry_propose (self, batch, DHK_ENTRY_FIRST, 2), ==, 4);
  g_assert_cmpuint (entry_propose (self, batch, DHK_ENTRY_SECOND, 0), ==, 1);
  entry_finish (self, batch, DHK_ENTRY_SECOND, 2);
  g_assert_cmpuint (entry_propose (self, batch, DHK_ENTRY_SECOND, 1), ==, 3);
  entry_finish (self, batch, DHK_ENTRY_SECOND, 3);
  g_assert_cmpuint (entry_propose (self, batch, DHK_ENTRY_SECOND, 3), ==, 1);
  entry_finish (self, batch, DHK_ENTRY_SECOND, 1);
  g_assert_cmpuint (entry_propose (self, batch, DHK_ENTRY_SECOND, 1), ==, 0);
}

/* Undo and redo, all the way ------------------------------------------------------------- */

static void
do_something (Fixture *self, GRand *random, gint64 batch)
{
  DhkEntryPass pass = g_rand_boolean (random) ? DHK_ENTRY_FIRST : DHK_ENTRY_SECOND;
  guint form = (guint) g_rand_int_range (random, 1, 4);
  guint question = (guint) g_rand_int_range (random, 0, 8);
  int choice = g_rand_int_range (random, 0, 12);
  DhkEntryAnswer answer = question == AGE    ? entry_number (g_rand_int_range (random, 4, 9) + 0.5)
                          : question == SEX  ? entry_code (g_rand_int_range (random, 0, 2))
                          : question < BAND1 ? entry_code (g_rand_int_range (random, 0, 3))
                                             : entry_code (g_rand_int_range (random, 1, 6));

  if (choice == 0)
    entry_finish (self, batch, pass, form);
  else if (choice == 1)
    entry_type (self, batch, pass, form, question, entry_missing (DHK_ENTRY_OUT_OF_RANGE, "8"));
  else if (choice == 2)
    entry_type (self, batch, pass, form, question, entry_missing (DHK_ENTRY_OPEN, ""));
  else if (choice == 3)
    dhk_store_entry_renumber (self->store, batch, pass, form,
                              form + 3 * (guint) g_rand_boolean (random) + 1, NULL);
  else if (choice < 6)
    dhk_store_entry_settle (self->store, batch, form, question, &answer, NULL);
  else
    entry_type (self, batch, pass, form, question, answer);
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
  batch = entry_new_batch (self, "A", "jeugdigen");
  g_ptr_array_add (seen, describe (self));
  for (guint i = 0; i < 120; i++)
    {
      /* Sometimes another way is taken from an earlier moment. */
      guint back = i % 20 == 19 ? 7 : 0;

      for (guint b = 0; b < back; b++)
        fixture_undo (self);
      g_ptr_array_set_size (seen, (int) get_position (self) + 1);
      do_something (self, random, batch);
      if (get_position (self) == (gint64) seen->len)
        g_ptr_array_add (seen, describe (self));
      else if (back > 0)
        for (guint b = 0; b < back; b++)
          {
            fixture_redo (self);
            g_ptr_array_add (seen, describe (self));
          }
    }
  g_assert_cmpuint (seen->len, >, 40);
  for (int step = (int) seen->len - 2; step >= 0; step--)
    {
      g_autofree char *now = NULL;

      fixture_undo (self);
      now = describe (self);
      g_assert_cmpstr (now, ==, g_ptr_array_index (seen, step));
    }
  fixture_reopen (self);
  for (guint step = 1; step < seen->len; step++)
    {
      g_autofree char *now = NULL;

      fixture_redo (self);
      now = describe (self);
      g_assert_cmpstr (now, ==, g_ptr_array_index (seen, step));
    }
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
  FIXTURE_TEST ("/store/entry/walk", test_walk);
  return g_test_run ();
}
