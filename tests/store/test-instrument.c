/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "store-fixture.h"
#include "store/dhk-store-instrument.h"
#include "study/dhk-instrument-edit.h"

#define NL DHK_LANGUAGE_NL

/* Takes the next version's label and `next`'s content into the study. */
static gboolean
save (Fixture *self, DhkInstrument *next, GError **error)
{
  DhkInstrument *current = dhk_store_get_instrument (self->store);
  g_autofree char *label = dhk_instrument_dup_next_version (current);
  g_autoptr (DhkInstrument) given G_GNUC_UNUSED = next;
  g_autoptr (DhkInstrument) version = NULL;

  g_assert_nonnull (next);
  version = dhk_instrument_with_version (next, label, current, error);
  g_assert_nonnull (version);
  return dhk_store_set_instrument (self->store, version, error);
}

static void
fill (Fixture *self, guint n)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "j.xlsx", "1", "jeugdigen", n);

  fixture_commit (self, draft);
}

static double
get_mean (Fixture *self, const char *scale)
{
  DhkInstrument *instrument = dhk_store_get_instrument (self->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkFrame) frame = dhk_store_load_frame (self->store, NULL, &error);
  int found = dhk_instrument_find_scale (instrument, scale);
  const double *scores;
  double sum = 0;
  guint n = 0;

  g_assert_no_error (error);
  g_assert_cmpint (found, >=, 0);
  scores = dhk_frame_get_scores (frame, (guint) found, 0);
  for (guint i = 0; i < dhk_frame_get_n_rows (frame); i++)
    if (scores[i] == scores[i])
      {
        sum += scores[i];
        n++;
      }
  g_assert_cmpuint (n, >, 0);
  return sum / n;
}

static void
scale_follows_and_comes_back (Fixture *self, gconstpointer data)
{
  DhkInstrument *first = dhk_store_get_instrument (self->store);
  guint band = (guint) dhk_instrument_find_scale (first, "band");
  guint doel1 = (guint) dhk_instrument_find_item (first, "doel1");
  g_autoptr (GError) error = NULL;
  g_autofree char *undo = NULL;
  double before, after;

  fill (self, 12);
  before = get_mean (self, "band");
  g_assert_true (
      save (self, dhk_instrument_with_scale_item (first, band, doel1, TRUE, &error), &error));
  g_assert_no_error (error);
  after = get_mean (self, "band");
  g_assert_cmpfloat (after, !=, before);
  g_assert_cmpstr (dhk_instrument_get_version (dhk_store_get_instrument (self->store)), ==, "2");
  /* What was lent before still lives. */
  g_assert_cmpstr (dhk_instrument_get_version (first), ==, "1");
  undo = dhk_store_dup_undo_label (self->store);
  g_assert_nonnull (strstr (undo, "2"));

  g_assert_true (dhk_store_undo (self->store, &error));
  g_assert_cmpfloat (get_mean (self, "band"), ==, before);
  fixture_reopen (self);
  g_assert_cmpfloat (get_mean (self, "band"), ==, before);
  g_assert_true (dhk_store_redo (self->store, &error));
  g_assert_cmpfloat (get_mean (self, "band"), ==, after);
  fixture_reopen (self);
  g_assert_cmpfloat (get_mean (self, "band"), ==, after);
}

static void
versions_are_listed (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (DhkInstrument) old = NULL;

  for (guint i = 0; i < 3; i++)
    g_assert_true (save (self,
                         dhk_instrument_with_title (dhk_store_get_instrument (self->store), NL,
                                                    i == 0   ? "A"
                                                    : i == 1 ? "B"
                                                             : "C",
                                                    &error),
                         &error));
  g_assert_true (dhk_store_undo (self->store, &error));
  versions = dhk_store_list_instrument_versions (self->store, &error);
  g_assert_cmpuint (versions->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const DhkInstrumentVersion *version = g_ptr_array_index (versions, i);

      g_assert_cmpuint (version->number, ==, 3 - i);
      g_assert_true (version->is_current == (i == 0));
      g_assert_cmpint (version->saved, >, 1700000000);
    }
  old = dhk_store_load_instrument_version (self->store, 2, &error);
  g_assert_cmpstr (dhk_instrument_get_title (old)->in[NL], ==, "A");
  g_clear_pointer (&versions, g_ptr_array_unref);

  /* Another one after undo: the fourth is forgotten, its number is not used again. */
  g_assert_true (save (
      self, dhk_instrument_with_title (dhk_store_get_instrument (self->store), NL, "D", &error),
      &error));
  versions = dhk_store_list_instrument_versions (self->store, &error);
  g_assert_cmpuint (versions->len, ==, 4);
  g_assert_cmpuint (((DhkInstrumentVersion *) g_ptr_array_index (versions, 0))->number, ==, 5);
  g_assert_null (dhk_store_load_instrument_version (self->store, 4, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
}

/* frequentie is without answer `code` in a copy whose self-rating does not mind. */
static DhkInstrument *
without_answer (DhkInstrument *instrument, int code)
{
  gsize size;
  const char *data = g_bytes_get_data (dhk_instrument_get_xml (instrument), &size);
  g_autofree char *xml = g_strndup (data, size);
  char *start = strstr (xml, "<self-rating");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DhkInstrument) plain = NULL;
  g_autoptr (GError) error = NULL;
  DhkInstrument *result;

  if (start != NULL)
    {
      char *end = strstr (start, "</self-rating>") + strlen ("</self-rating>");

      memmove (start, end, strlen (end) + 1);
    }
  bytes = g_bytes_new (xml, strlen (xml));
  plain = dhk_instrument_new_from_bytes (bytes, "plain", &error);
  g_assert_no_error (error);
  result = dhk_instrument_with_answer_removed (plain, 0, code, &error);
  g_assert_no_error (error);
  return result;
}

static void
used_answers_stay (Fixture *self, gconstpointer data)
{
  DhkInstrument *instrument = dhk_store_get_instrument (self->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkFrame) frame = NULL;
  guint band1 = (guint) dhk_instrument_find_item (instrument, "band1");
  guint64 generation;
  gint64 id;

  fill (self, 12);
  generation = dhk_store_get_generation (self->store);
  g_assert_false (save (self, without_answer (instrument, 3), &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "band1"));
  g_clear_error (&error);
  g_assert_true (dhk_store_get_instrument (self->store) == instrument);
  g_assert_cmpuint (dhk_store_get_generation (self->store), ==, generation);

  /* Also when only undo would bring the answer back. */
  frame = dhk_store_load_frame (self->store, NULL, &error);
  id = dhk_frame_get_respondents (frame)[0];
  for (int code = 1; code <= 5; code++)
    g_assert_true (dhk_store_set_answer (self->store, id, band1, 0, code, &error));
  g_assert_false (save (self, without_answer (instrument, 1), &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
}

static void
unused_answers_go (Fixture *self, gconstpointer data)
{
  DhkInstrument *instrument = dhk_store_get_instrument (self->store);
  g_autoptr (GError) error = NULL;

  g_assert_true (save (self, without_answer (instrument, 5), &error));
  g_assert_no_error (error);
}

static DhkInstrument *
with_new_item (DhkInstrument *instrument)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *result
      = dhk_instrument_with_question_added (instrument, 0, 5, -1, 0, 0, NL, "Nieuw", &error);

  g_assert_no_error (error);
  return result;
}

/* A new item is answered, all of it is undone, and the study goes on without it. */
static void
undone_items_leave_no_harm (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkFrame) frame = NULL;
  DhkInstrument *instrument;
  gint64 id;
  double band;
  int extra;

  fill (self, 8);
  band = get_mean (self, "band");
  g_assert_true (save (self, with_new_item (dhk_store_get_instrument (self->store)), &error));
  instrument = dhk_store_get_instrument (self->store);
  extra = dhk_instrument_find_item (instrument, "extra1");
  frame = dhk_store_load_frame (self->store, NULL, &error);
  id = dhk_frame_get_respondents (frame)[0];
  g_assert_true (dhk_store_set_answer (self->store, id, (guint) extra, 0, 4, &error));
  g_assert_no_error (error);
  g_assert_true (dhk_store_undo (self->store, &error));
  g_assert_true (dhk_store_undo (self->store, &error));
  g_assert_no_error (error);
  fixture_reopen (self);
  g_assert_cmpfloat (get_mean (self, "band"), ==, band);

  g_assert_true (dhk_store_redo (self->store, &error));
  g_assert_true (dhk_store_redo (self->store, &error));
  g_clear_pointer (&frame, dhk_frame_unref);
  frame = dhk_store_load_frame (self->store, NULL, &error);
  g_assert_cmpint (dhk_frame_get_answers (frame, (guint) extra, 0)[0], ==, 4);

  g_assert_true (dhk_store_undo (self->store, &error));
  g_assert_true (dhk_store_undo (self->store, &error));
  /* Something new takes the place of both; the slot of the item is never used again. */
  g_assert_true (dhk_store_set_answer (
      self->store, id,
      (guint) dhk_instrument_find_item (dhk_store_get_instrument (self->store), "band1"), 0, 2,
      &error));
  fixture_reopen (self);
  get_mean (self, "band");
  fill (self, 9);
}

/* Nobody is asked any more; what was answered is still stored and comes back. */
static void
removed_questions_keep_answers (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkFrame) before = NULL;
  g_autoptr (DhkFrame) after = NULL;
  guint band1 = (guint) dhk_instrument_find_item (dhk_store_get_instrument (self->store), "band1");

  fill (self, 6);
  before = dhk_store_load_frame (self->store, NULL, &error);
  g_assert_true (save (
      self,
      dhk_instrument_with_question_removed (dhk_store_get_instrument (self->store), 0, 3, &error),
      &error));
  g_assert_no_error (error);
  after = dhk_store_load_frame (self->store, NULL, &error);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (dhk_frame_get_answers (after, band1, 0)[i], ==,
                     dhk_frame_get_answers (before, band1, 0)[i]);
}

static void
other_instruments_are_refused (Fixture *self, gconstpointer data)
{
  static const char *const pairs[][2] = {
    { "id=\"partnerschap-2023\"", "id=\"another\"" },
    { "<category id=\"man\">", "<category id=\"x\">" },
    { "<questionnaire id=\"jeugdigen\"", "<questionnaire id=\"youths\"" },
  };
  gsize size;
  const char *data_ = g_bytes_get_data (dhk_instrument_get_xml (self->instrument), &size);

  fill (self, 3);
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *xml = g_strndup (data_, size);
      g_auto (GStrv) parts = g_strsplit (xml, pairs[i][0], -1);
      g_autofree char *other = g_strjoinv (pairs[i][1], parts);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (DhkInstrument) instrument = NULL;
      g_autoptr (GError) error = NULL;
      char *start = strstr (other, "<self-rating");

      if (start != NULL)
        {
          char *end = strstr (start, "</self-rating>") + strlen ("</self-rating>");

          memmove (start, end, strlen (end) + 1);
        }
      bytes = g_bytes_new (other, strlen (other));
      instrument = dhk_instrument_new_from_bytes (bytes, "other", &error);
      g_assert_no_error (error);
      g_assert_false (dhk_store_set_instrument (self->store, instrument, &error));
      g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
    }
}

/* A questionnaire goes while nobody filled it in, and so does a respondent type of nobody. */
static void
unused_questionnaires_may_go (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *first = dhk_store_get_instrument (self->store);
  g_autoptr (DhkInstrument) copied = dhk_instrument_with_questionnaire_copied (
      first, 0, -1, "Stagiair", NL, "Stagiairs", &error);
  guint n = dhk_instrument_get_n_questionnaires (first);

  g_assert_no_error (error);
  fill (self, 3);
  g_assert_true (save (self, dhk_instrument_ref (copied), &error));
  g_assert_cmpuint (dhk_instrument_get_n_questionnaires (dhk_store_get_instrument (self->store)),
                    ==, n + 1);
  g_assert_true (dhk_store_set_instrument (self->store, self->instrument, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (dhk_instrument_get_n_questionnaires (dhk_store_get_instrument (self->store)),
                    ==, n);
  g_assert_false (save (
      self,
      dhk_instrument_with_questionnaire_removed (dhk_store_get_instrument (self->store), 0, &error),
      &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
}

/* A file that was read for the old questions is not stored under the new ones. */
static void
old_drafts_are_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "j.xlsx", "1", "jeugdigen", 3);
  g_autoptr (GError) error = NULL;

  g_assert_true (save (self, with_new_item (dhk_store_get_instrument (self->store)), &error));
  g_assert_false (dhk_store_compare (self->store, draft, NULL, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (dhk_store_commit (self->store, draft, NULL, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
}

/* Two windows on one study: the second sees the new version, and writes nothing by the old one. */
static void
another_program_is_followed (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) other = NULL;
  g_autoptr (DhkFrame) frame = NULL;

  fill (self, 4);
  other = dhk_store_open (self->file, &error);
  g_assert_no_error (error);
  g_assert_true (save (self, with_new_item (dhk_store_get_instrument (self->store)), &error));
  g_assert_false (dhk_store_undo (other, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  frame = dhk_store_load_frame (other, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dhk_instrument_get_version (dhk_store_get_instrument (other)), ==, "2");
  g_assert_true (dhk_store_undo (other, &error));
  g_assert_cmpstr (dhk_instrument_get_version (dhk_store_get_instrument (other)), ==, "1");
}

static void
views_show_new_questions (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *columns = NULL;
  g_autofree char *without = NULL;
  const char *sql = "SELECT group_concat (name) FROM pragma_table_info ('jeugdigen')";

  fill (self, 2);
  g_assert_true (save (self, with_new_item (dhk_store_get_instrument (self->store)), &error));
  columns = fixture_query (self->path, sql);
  g_assert_nonnull (strstr (columns, "extra1_h"));
  g_assert_true (dhk_store_undo (self->store, &error));
  without = fixture_query (self->path, sql);
  g_assert_null (strstr (without, "extra1_h"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/instrument/scale-follows-and-comes-back", scale_follows_and_comes_back);
  FIXTURE_TEST ("/store/instrument/versions-are-listed", versions_are_listed);
  FIXTURE_TEST ("/store/instrument/used-answers-stay", used_answers_stay);
  FIXTURE_TEST ("/store/instrument/unused-answers-go", unused_answers_go);
  FIXTURE_TEST ("/store/instrument/undone-items-leave-no-harm", undone_items_leave_no_harm);
  FIXTURE_TEST ("/store/instrument/removed-questions-keep-answers", removed_questions_keep_answers);
  FIXTURE_TEST ("/store/instrument/other-instruments-are-refused", other_instruments_are_refused);
  FIXTURE_TEST ("/store/instrument/unused-questionnaires-may-go", unused_questionnaires_may_go);
  FIXTURE_TEST ("/store/instrument/old-drafts-are-refused", old_drafts_are_refused);
  FIXTURE_TEST ("/store/instrument/another-program-is-followed", another_program_is_followed);
  FIXTURE_TEST ("/store/instrument/views-show-new-questions", views_show_new_questions);
  return g_test_run ();
}
