/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "study/dhk-frame.h"

#include <math.h>

#define EMPTY DHK_MISSING_EMPTY
#define NOT_ASKED DHK_MISSING_NOT_ASKED
#define UNREADABLE DHK_MISSING_UNREADABLE

static DhkInstrument *
load (void)
{
  g_autoptr (GFile) file
      = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "library-2024.xml", NULL));
  g_autoptr (GError) error = NULL;
  DhkInstrument *instrument = dhk_instrument_new_from_file (file, NULL, &error);

  g_assert_no_error (error);
  return instrument;
}

typedef struct
{
  DhkInstrument *instrument;
  guint visitor;
  guint volunteer;
  int staff;
  guint welcome;
  guint collection;
  guint wel1; /* wel2 and wel3, which is reversed, follow */
  guint col1;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->instrument = load ();
  self->visitor = (guint) dhk_instrument_find_role (self->instrument, "visitor");
  self->volunteer = (guint) dhk_instrument_find_role (self->instrument, "volunteer");
  self->staff = dhk_instrument_find_target (self->instrument, "staff");
  self->welcome = (guint) dhk_instrument_find_scale (self->instrument, "welcome");
  self->collection = (guint) dhk_instrument_find_scale (self->instrument, "collection");
  self->wel1 = (guint) dhk_instrument_find_item (self->instrument, "wel1");
  self->col1 = (guint) dhk_instrument_find_item (self->instrument, "col1");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  dhk_instrument_unref (self->instrument);
}

static void
test_scores (Fixture *self, gconstpointer data)
{
  static const struct
  {
    int answers[3];
    double score; /* -1: none */
  } rows[] = {
    { { 7, 7, 1 }, 7.0 }, /* the third is reversed: 8 - 1 */
    { { 1, 1, 7 }, 1.0 },
    { { 4, 5, 6 }, (4 + 5 + 2) / 3.0 },
    { { 4, EMPTY, 6 }, (4 + 2) / 2.0 }, /* two answers are enough */
    { { EMPTY, EMPTY, 6 }, -1 },        /* one is not */
    { { UNREADABLE, 3, NOT_ASKED }, -1 },
    { { UNREADABLE, 3, 3 }, (3 + 5) / 2.0 },
    { { EMPTY, EMPTY, EMPTY }, -1 },
  };
  DhkFrameBuilder *builder = dhk_frame_builder_new (self->instrument, 0);
  g_autoptr (DhkFrame) frame = NULL;
  const double *scores;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint row = dhk_frame_builder_add_row (builder, 100 + i, self->visitor);

      for (guint item = 0; item < 3; item++)
        dhk_frame_builder_set_answer (builder, row, self->wel1 + item, self->staff,
                                      rows[i].answers[item]);
    }
  frame = dhk_frame_builder_finish (builder);
  g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, G_N_ELEMENTS (rows));
  g_assert_true (dhk_frame_get_instrument (frame) == self->instrument);

  scores = dhk_frame_get_scores (frame, self->welcome, self->staff);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].score < 0)
      g_assert_true (isnan (scores[i]));
    else
      g_assert_cmpfloat (scores[i], ==, rows[i].score);
  g_assert_true (dhk_frame_get_scores (frame, self->welcome, self->staff) == scores);

  /* The answers themselves stay as they were given. */
  g_assert_cmpint (dhk_frame_get_answers (frame, self->wel1 + 2, self->staff)[0], ==, 1);
  g_assert_cmpint (dhk_frame_get_answers (frame, self->wel1, self->staff)[5], ==, UNREADABLE);

  /* Nobody was asked this. */
  scores = dhk_frame_get_scores (frame, self->welcome, DHK_NO_TARGET);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (isnan (scores[i]));
  g_assert_null (dhk_frame_get_answers (frame, self->wel1, DHK_NO_TARGET));
}

static void
test_no_score_where_only_a_part_is_asked (Fixture *self, gconstpointer data)
{
  DhkFrameBuilder *builder = dhk_frame_builder_new (self->instrument, 10);
  g_autoptr (DhkFrame) frame = NULL;
  const double *scores;

  /* One answer would be enough, but the volunteers' card asks only that one. */
  dhk_frame_builder_add_row (builder, 1, self->visitor);
  dhk_frame_builder_add_row (builder, 2, self->volunteer);
  dhk_frame_builder_set_answer (builder, 0, self->col1, DHK_NO_TARGET, 6);
  dhk_frame_builder_set_answer (builder, 1, self->col1, DHK_NO_TARGET, 6);
  frame = dhk_frame_builder_finish (builder);
  scores = dhk_frame_get_scores (frame, self->collection, DHK_NO_TARGET);
  g_assert_cmpfloat (scores[0], ==, 6.0);
  g_assert_true (isnan (scores[1]));
}

static void
test_everything_is_missing_until_it_is_set (Fixture *self, gconstpointer data)
{
  DhkFrameBuilder *builder = dhk_frame_builder_new (self->instrument, 1);
  g_autoptr (DhkFrame) frame = NULL;
  const guint n = 1000;

  for (guint i = 0; i < n; i++)
    {
      guint row = dhk_frame_builder_add_row (builder, i, i % 2 ? self->volunteer : self->visitor);

      g_assert_cmpuint (row, ==, i);
      /* The column begins late and must be missing before and after. */
      if (i == 700)
        {
          dhk_frame_builder_set_answer (builder, row, self->wel1, self->staff, 5);
          dhk_frame_builder_set_category (builder, row, 0, 2);
        }
      dhk_frame_builder_set_answer (builder, row, self->col1, DHK_NO_TARGET, NOT_ASKED);
    }
  frame = dhk_frame_builder_finish (builder);
  g_assert_null (dhk_frame_get_answers (frame, self->col1, DHK_NO_TARGET));
  g_assert_null (dhk_frame_get_numbers (frame, 0));
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (dhk_frame_get_respondents (frame)[i], ==, i);
      g_assert_cmpint (dhk_frame_get_types (frame)[i], ==,
                       (gint8) (i % 2 ? self->volunteer : self->visitor));
      g_assert_cmpint (dhk_frame_get_categories (frame, 0)[i], ==, i == 700 ? 2 : NOT_ASKED);
      g_assert_cmpint (dhk_frame_get_answers (frame, self->wel1, self->staff)[i], ==,
                       i == 700 ? 5 : NOT_ASKED);
    }
}

static void
test_a_frame_of_nobody (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkFrame) frame
      = dhk_frame_builder_finish (dhk_frame_builder_new (self->instrument, G_MAXUINT));

  g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, 0);
  g_assert_nonnull (dhk_frame_get_scores (frame, self->welcome, self->staff));
}

static void
test_a_builder_can_be_given_up (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkFrameBuilder) builder = dhk_frame_builder_new (self->instrument, 10);

  dhk_frame_builder_add_row (builder, 1, self->visitor);
}

static void
test_numbers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", &error);
  guint age = (guint) dhk_instrument_find_variable (instrument, "age");
  DhkFrameBuilder *builder = dhk_frame_builder_new (instrument, 3);
  g_autoptr (DhkFrame) frame = NULL;
  const double *ages;

  for (guint i = 0; i < 3; i++)
    dhk_frame_builder_add_row (builder, i, 0);
  dhk_frame_builder_set_number (builder, 0, age, 12.5);
  dhk_frame_builder_set_number (builder, 1, age, INFINITY);
  frame = dhk_frame_builder_finish (builder);
  ages = dhk_frame_get_numbers (frame, age);
  g_assert_cmpfloat (ages[0], ==, 12.5);
  g_assert_true (isnan (ages[1]));
  g_assert_true (isnan (ages[2]));
  g_assert_null (dhk_frame_get_categories (frame, age));
}

/* A scale of scales' items is the mean of its answered items, not of its parts. */
static void
test_a_long_scale_is_the_mean_of_its_items (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", &error);
  int about = dhk_instrument_find_target (instrument, "hulpverlener");
  guint longest = (guint) dhk_instrument_find_scale (instrument, "alliantie");
  const DhkScale *scale = dhk_instrument_get_scale (instrument, longest);
  DhkFrameBuilder *builder = dhk_frame_builder_new (instrument, 2);
  g_autoptr (DhkFrame) frame = NULL;
  const double *scores;

  dhk_frame_builder_add_row (builder, 1, 0);
  dhk_frame_builder_add_row (builder, 2, 0);
  for (guint i = 0; i < scale->n_items; i++)
    {
      /* The first leaves three of one part empty: 1 × 5 and 8 × 2; the second four. */
      dhk_frame_builder_set_answer (builder, 0, scale->items[i], about,
                                    i == 0  ? 5
                                    : i < 4 ? EMPTY
                                            : 2);
      dhk_frame_builder_set_answer (builder, 1, scale->items[i], about, i < 4 ? EMPTY : 2);
    }
  frame = dhk_frame_builder_finish (builder);
  scores = dhk_frame_get_scores (frame, longest, about);
  g_assert_cmpfloat (scores[0], ==, (5 + 8 * 2) / 9.0);
  g_assert_true (isnan (scores[1]));
}

/* Threads ------------------------------------------------------------------------ */

typedef struct
{
  const Fixture *fixture;
  DhkFrame *frame;
  int *waiting;
  const double *welcome;
  const double *collection;
} Reader;

static gpointer
read_scores (gpointer data)
{
  Reader *reader = data;

  /* All start at once, so that they do meet. */
  g_atomic_int_dec_and_test (reader->waiting);
  while (g_atomic_int_get (reader->waiting) > 0)
    g_thread_yield ();
  reader->welcome
      = dhk_frame_get_scores (reader->frame, reader->fixture->welcome, reader->fixture->staff);
  reader->collection
      = dhk_frame_get_scores (reader->frame, reader->fixture->collection, DHK_NO_TARGET);
  for (guint i = 0; i < dhk_frame_get_n_rows (reader->frame); i++)
    g_assert_cmpfloat (reader->welcome[i], ==, 1 + i % 7);
  dhk_frame_unref (reader->frame);
  return NULL;
}

static void
test_threads_share_one_frame (Fixture *self, gconstpointer data)
{
  enum
  {
    N_THREADS = 8,
    N_ROUNDS = 20,
    N_ROWS = 5000
  };

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      DhkFrameBuilder *builder = dhk_frame_builder_new (self->instrument, N_ROWS);
      g_autoptr (DhkFrame) frame = NULL;
      Reader readers[N_THREADS];
      GThread *threads[N_THREADS];
      int waiting = N_THREADS;

      for (guint i = 0; i < N_ROWS; i++)
        {
          int code = 1 + (int) (i % 7);

          dhk_frame_builder_add_row (builder, i, self->visitor);
          dhk_frame_builder_set_answer (builder, i, self->wel1, self->staff, code);
          dhk_frame_builder_set_answer (builder, i, self->wel1 + 1, self->staff, code);
          dhk_frame_builder_set_answer (builder, i, self->wel1 + 2, self->staff, 8 - code);
        }
      frame = dhk_frame_builder_finish (builder);
      for (guint i = 0; i < N_THREADS; i++)
        {
          readers[i] = (Reader){ self, dhk_frame_ref (frame), &waiting, NULL, NULL };
          threads[i] = g_thread_new ("reader", read_scores, &readers[i]);
        }
      for (guint i = 0; i < N_THREADS; i++)
        g_thread_join (threads[i]);
      /* Whoever came first, all were lent the same column. */
      for (guint i = 1; i < N_THREADS; i++)
        {
          g_assert_true (readers[i].welcome == readers[0].welcome);
          g_assert_true (readers[i].collection == readers[0].collection);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/frame/scores", test_scores);
  ADD ("/frame/only-a-part-is-asked", test_no_score_where_only_a_part_is_asked);
  ADD ("/frame/missing-until-set", test_everything_is_missing_until_it_is_set);
  ADD ("/frame/nobody", test_a_frame_of_nobody);
  ADD ("/frame/builder-given-up", test_a_builder_can_be_given_up);
  ADD ("/frame/threads", test_threads_share_one_frame);
  g_test_add_func ("/frame/numbers", test_numbers);
  g_test_add_func ("/frame/long-scale", test_a_long_scale_is_the_mean_of_its_items);
  return g_test_run ();
}
