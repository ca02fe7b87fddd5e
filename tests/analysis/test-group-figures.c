/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A group profile tells what many answered, and of few nothing. */

#include "analysis/dhk-group-figures.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/dhk-xml.h"

#define N_SECTORS 3

/* `n[c]` teachers of each sector and `n[N_SECTORS]` of none; the i-th answers 1 + (i mod 5). */
static DhkFrame *
make_frame (DhkInstrument *instrument, const guint n[N_SECTORS + 1])
{
  DhkFrameBuilder *builder = dhk_frame_builder_new (instrument, 100);
  guint type = (guint) dhk_instrument_find_role (instrument, "leraar");
  guint sector = (guint) dhk_instrument_find_variable (instrument, "sector");
  gint64 respondent = 1;

  for (guint c = 0; c <= N_SECTORS; c++)
    for (guint i = 0; i < n[c]; i++)
      {
        guint row = dhk_frame_builder_add_row (builder, respondent++, type);

        dhk_frame_builder_set_category (builder, row, sector,
                                        c < N_SECTORS ? (int) c : DHK_MISSING_EMPTY);
        for (guint k = 1; k <= 10; k++)
          {
            g_autofree char *ideal = g_strdup_printf ("bel%u", k);
            g_autofree char *actual = g_strdup_printf ("lukt%u", k);

            dhk_frame_builder_set_answer (builder, row,
                                          (guint) dhk_instrument_find_item (instrument, ideal),
                                          DHK_NO_TARGET, 1 + (int) (i % 5));
            /* One in three leaves the tenth open. */
            if (k < 10 || i % 3 != 0)
              dhk_frame_builder_set_answer (builder, row,
                                            (guint) dhk_instrument_find_item (instrument, actual),
                                            DHK_NO_TARGET, 1 + (int) ((i + k) % 5));
          }
      }
  return dhk_frame_builder_finish (builder);
}

static DhkGroupProfile *
compute (const guint n[N_SECTORS + 1], gboolean by_sector, guint minimum)
{
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  g_autoptr (DhkFrame) frame = make_frame (instrument, n);

  return dhk_group_figures_compute (
      frame, by_sector ? dhk_instrument_find_variable (instrument, "sector") : -1, minimum, FALSE);
}

static guint
get_n (const DhkGroupProfile *profile, const char *category, const char *item)
{
  const DhkProfileGroup *group
      = dhk_group_profile_find (profile, "leraar", category != NULL ? "sector" : NULL, category);
  const DhkProfileCell *cell = group != NULL ? dhk_profile_group_find (group, item) : NULL;

  return cell != NULL ? cell->n : 0;
}

static void
test_figures_are_those_of_the_answers (void)
{
  const guint n[] = { 20, 15, 0, 0 };
  g_autoptr (DhkGroupProfile) profile = compute (n, TRUE, 10);
  const DhkProfileGroup *group = dhk_group_profile_find (profile, "leraar", "sector", "so-vso");
  const DhkProfileCell *cell = dhk_profile_group_find (group, "bel1");

  /* Four times 1 … 5. */
  g_assert_cmpuint (cell->n, ==, 20);
  g_assert_cmpfloat_with_epsilon (cell->mean, 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (cell->sd, sqrt (40 / 19.0), 1e-12);
  g_assert_cmpuint (get_n (profile, NULL, "bel1"), ==, 35);
  g_assert_cmpuint (get_n (profile, "residentieel", "bel1"), ==, 0);
  g_assert_null (dhk_group_profile_find (profile, "leraar", "sector", "residentieel"));
  g_assert_null (dhk_group_profile_find (profile, "hulpverlener", NULL, NULL));
  g_assert_null (dhk_group_profile_find (profile, "jeugdige", NULL, NULL));
}

static void
test_nine_are_too_few (void)
{
  const guint nine[] = { 9, 0, 0, 0 };
  const guint ten[] = { 10, 0, 0, 0 };
  g_autoptr (DhkGroupProfile) without = compute (nine, FALSE, 10);
  g_autoptr (DhkGroupProfile) with = compute (ten, FALSE, 10);

  g_assert_cmpuint (without->groups->len, ==, 0);
  g_assert_cmpuint (get_n (with, NULL, "bel1"), ==, 10);
  /* Of ten, six answered the last one. */
  g_assert_cmpuint (get_n (with, NULL, "lukt10"), ==, 0);
}

static void
test_a_hidden_cell_takes_the_whole_with_it (void)
{
  const guint n[] = { 20, 4, 0, 0 };
  const guint unknown[] = { 20, 15, 0, 3 };
  const guint enough[] = { 20, 4, 7, 0 };
  g_autoptr (DhkGroupProfile) one = compute (n, TRUE, 10);
  g_autoptr (DhkGroupProfile) whole = compute (n, FALSE, 10);
  g_autoptr (DhkGroupProfile) none = compute (unknown, TRUE, 10);
  g_autoptr (DhkGroupProfile) two = compute (enough, TRUE, 10);

  g_assert_cmpuint (get_n (one, "so-vso", "bel1"), ==, 20);
  g_assert_cmpuint (get_n (one, NULL, "bel1"), ==, 0);
  /* Nothing to subtract: the whole may be told. */
  g_assert_cmpuint (get_n (whole, NULL, "bel1"), ==, 24);
  /* Three who named no sector are few as well. */
  g_assert_cmpuint (get_n (none, NULL, "bel1"), ==, 0);
  g_assert_cmpuint (get_n (none, "ambulant-dagopvang", "bel1"), ==, 15);
  /* Two hidden cells of eleven together. */
  g_assert_cmpuint (get_n (two, NULL, "bel1"), ==, 31);
}

/* Whatever the sizes: no cell of few, and no subtraction that gives one. */
static void
test_no_difference_gives_few_away (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20231122);
  const char *sectors[] = { "so-vso", "ambulant-dagopvang", "residentieel" };

  for (guint round = 0; round < 60; round++)
    {
      guint n[N_SECTORS + 1];
      guint minimum = 10 + (guint) g_rand_int_range (random, 0, 3);
      g_autoptr (DhkGroupProfile) profile = NULL;

      for (guint c = 0; c <= N_SECTORS; c++)
        n[c] = (guint) g_rand_int_range (random, 0, 22);
      profile = compute (n, TRUE, minimum);
      for (guint i = 0; i < profile->groups->len; i++)
        {
          const DhkProfileGroup *group = g_ptr_array_index (profile->groups, i);

          for (guint k = 0; k < group->cells->len; k++)
            {
              const DhkProfileCell *cell = &g_array_index (group->cells, DhkProfileCell, k);
              guint shown = 0;

              g_assert_cmpuint (cell->n, >=, minimum);
              if (group->variable != NULL)
                continue;
              for (guint c = 0; c < N_SECTORS; c++)
                shown += get_n (profile, sectors[c], cell->item);
              g_assert_cmpuint (shown, <=, cell->n);
              if (shown < cell->n)
                g_assert_cmpuint (cell->n - shown, >=, minimum);
            }
        }
    }
}

static void
test_a_file_holds_figures_and_no_rows (void)
{
  const guint n[] = { 20, 15, 11, 0 };
  g_autoptr (DhkGroupProfile) profile = compute (n, TRUE, 10);
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("group-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "a.driehoek-group", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (DhkGroupProfile) again = NULL;
  g_autoptr (GBytes) before = dhk_group_profile_to_bytes (profile);
  g_autoptr (GBytes) after = NULL;
  const DhkProfileCell *cell;

  g_assert_true (dhk_group_profile_save (profile, file, NULL, &error));
  g_assert_no_error (error);
  again = dhk_group_profile_load (file, instrument, NULL, &error);
  g_assert_no_error (error);
  after = dhk_group_profile_to_bytes (again);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpuint (again->groups->len, ==, 4);
  cell = dhk_profile_group_find (dhk_group_profile_find (again, "leraar", "sector", "so-vso"),
                                 "bel1");
  g_assert_cmpfloat_with_epsilon (cell->sd, 1.45, 1e-9);

  g_remove (path);
  g_rmdir (folder);
}

typedef struct
{
  const char *name;
  const char *find;
  const char *replace;
} Case;

static const Case cases[] = {
  { "nine", "n=\"20\"", "n=\"9\"" },
  { "minimum", "minimum=\"10\"", "minimum=\"5\"" },
  { "row", "</group-profile>", "<row/></group-profile>" },
  { "mean", "mean=\"3.00\"", "mean=\"-3\"" },
  { "infinite", "mean=\"3.00\"", "mean=\"INF\"" },
  { "cell-twice", "item=\"bel2\"", "item=\"bel1\"" },
  { "number-too-large", " n=\"20\"", " n=\"20000000000000000\"" },
  { "half-a-group", " category=\"so-vso\"", "" },
  { "group-twice", "category=\"ambulant-dagopvang\"", "category=\"so-vso\"" },
};

static void
test_refused (gconstpointer data)
{
  const Case *expected = data;
  const guint n[] = { 20, 15, 0, 0 };
  g_autoptr (DhkGroupProfile) profile = compute (n, TRUE, 10);
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  g_autoptr (GBytes) bytes = dhk_group_profile_to_bytes (profile);
  g_autofree char *good = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *at = strstr (good, expected->find);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("group-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.driehoek-group", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *bad = NULL;

  g_assert_nonnull (at);
  bad = g_strdup_printf ("%.*s%s%s", (int) (at - good), good, expected->replace,
                         at + strlen (expected->find));
  g_file_set_contents (path, bad, -1, NULL);
  g_assert_null (dhk_group_profile_load (file, instrument, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == DHK_XML_ERROR);
  g_remove (path);
  g_rmdir (folder);
}

static void
test_another_survey_is_refused (void)
{
  const guint n[] = { 20, 0, 0, 0 };
  g_autoptr (DhkGroupProfile) profile = compute (n, FALSE, 10);
  g_autoptr (GFile) survey
      = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "library-2024.xml", NULL));
  g_autoptr (DhkInstrument) other = dhk_instrument_new_from_file (survey, NULL, NULL);
  g_autofree char *folder = g_dir_make_tmp ("group-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.driehoek-group", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (dhk_group_profile_save (profile, file, NULL, NULL));
  g_assert_null (dhk_group_profile_load (file, other, NULL, &error));
  g_assert_error (error, DHK_GROUP_PROFILE_ERROR, DHK_GROUP_PROFILE_ERROR_OTHER_INSTRUMENT);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/group-figures/figures", test_figures_are_those_of_the_answers);
  g_test_add_func ("/group-figures/nine", test_nine_are_too_few);
  g_test_add_func ("/group-figures/hidden", test_a_hidden_cell_takes_the_whole_with_it);
  g_test_add_func ("/group-figures/difference", test_no_difference_gives_few_away);
  g_test_add_func ("/group-figures/file", test_a_file_holds_figures_and_no_rows);
  g_test_add_func ("/group-figures/other-survey", test_another_survey_is_refused);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/group-figures/refused/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_refused);
    }
  return g_test_run ();
}
