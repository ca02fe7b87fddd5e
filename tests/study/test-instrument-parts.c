/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Editing larger parts of an instrument: answer scales, places, questionnaires, variants. */

#include <string.h>

#include "edit-fixture.h"
#include "study/dhk-missing.h"

#define EN DHK_LANGUAGE_EN

/* Refused with this code, in a whole sentence. */
static void
refuse (DhkInstrument *next, DhkInstrumentEditError code, GError **error)
{
  g_assert_null (next);
  g_assert_error (*error, DHK_INSTRUMENT_EDIT_ERROR, (int) code);
  g_assert_true (g_str_has_suffix ((*error)->message, "."));
  g_clear_error (error);
}

static void
answer_scales_come_and_go (void)
{
  static const char *const labels[] = { "oneens", "eens", NULL };
  g_autoptr (DhkInstrument) instrument = edit_fixture_new ();
  g_autoptr (GError) error = NULL;
  const guint extra[] = { dhk_instrument_get_n_items (instrument) };
  const guint bel1[] = { (guint) dhk_instrument_find_item (instrument, "bel1") };
  const DhkAnswerScale *scale;
  guint items[10];

  edit_fixture_take (
      &instrument,
      dhk_instrument_with_answer_scale_added (instrument, NL, "Instemming", labels, &error),
      &error);
  edit_fixture_take (
      &instrument, dhk_instrument_with_answer_scale_label (instrument, 2, EN, "Agreement", &error),
      &error);
  edit_fixture_take (&instrument, dhk_instrument_with_answer_code (instrument, 2, 1, 7, &error),
                     &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_missing_label (instrument, 2, DHK_MISSING_NOT_ASKED, NL,
                                                        "niet van toepassing", &error),
                     &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_answer_added (instrument, 2, NL, "zeer eens", &error),
                     &error);
  scale = dhk_instrument_get_answer_scale (instrument, 2);
  g_assert_cmpstr (scale->label.in[EN], ==, "Agreement");
  g_assert_cmpuint (scale->n_answers, ==, 3);
  g_assert_cmpint (scale->answers[0].code, ==, 2);
  g_assert_cmpstr (scale->answers[1].label.in[NL], ==, "oneens");
  g_assert_cmpint (scale->answers[2].code, ==, 8);
  g_assert_cmpuint (scale->n_missing, ==, 1);
  g_assert_cmpint (scale->missing[0].code, ==, DHK_MISSING_NOT_ASKED);

  refuse (dhk_instrument_with_answer_code (instrument, 2, 2, 8, &error),
          DHK_INSTRUMENT_EDIT_ERROR_UNFIT, &error);
  refuse (dhk_instrument_with_answer_code (instrument, 2, 2, 101, &error),
          DHK_INSTRUMENT_EDIT_ERROR_UNFIT, &error);
  refuse (dhk_instrument_with_missing_label (instrument, 2, DHK_MISSING_EMPTY, NL, "Eens", &error),
          DHK_INSTRUMENT_EDIT_ERROR_UNFIT, &error);

  /* An item of its own may change; one of a scale only with the whole scale. */
  edit_fixture_take (
      &instrument,
      dhk_instrument_with_question_added (instrument, 0, 5, -1, 0, 0, NL, "Nieuw", &error), &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_item_answers (instrument, extra, 1, 2, &error), &error);
  g_assert_cmpuint (dhk_instrument_get_item (instrument, extra[0])->answer_scale, ==, 2);
  refuse (dhk_instrument_with_item_answers (instrument, bel1, 1, 2, &error),
          DHK_INSTRUMENT_EDIT_ERROR_UNFIT, &error);
  for (guint i = 0; i < 10; i++)
    items[i] = bel1[0] + i;
  edit_fixture_take (&instrument,
                     dhk_instrument_with_item_answers (instrument, items, 10, 0, &error), &error);

  refuse (dhk_instrument_with_answer_scale_removed (instrument, 2, &error),
          DHK_INSTRUMENT_EDIT_ERROR_IN_USE, &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_item_answers (instrument, extra, 1, 0, &error), &error);
  edit_fixture_take (
      &instrument,
      dhk_instrument_with_missing_label (instrument, 2, DHK_MISSING_NOT_ASKED, NL, "", &error),
      &error);
  g_assert_cmpuint (dhk_instrument_get_answer_scale (instrument, 2)->n_missing, ==, 0);
  edit_fixture_take (&instrument, dhk_instrument_with_answer_scale_removed (instrument, 2, &error),
                     &error);
  g_assert_cmpuint (dhk_instrument_get_n_answer_scales (instrument), ==, 2);
}

static const char *
get_item (const DhkInstrument *instrument, guint questionnaire, guint question)
{
  const DhkQuestion *asked
      = &dhk_instrument_get_questionnaire (instrument, questionnaire)->questions[question];

  return asked->item >= 0 ? dhk_instrument_get_item (instrument, (guint) asked->item)->id
                          : dhk_instrument_get_variable (instrument, (guint) asked->variable)->id;
}

static int
get_target (const DhkInstrument *instrument, guint questionnaire, guint question)
{
  return dhk_instrument_get_questionnaire (instrument, questionnaire)->questions[question].target;
}

static void
questions_move (void)
{
  g_autoptr (DhkInstrument) instrument = edit_fixture_new ();
  g_autoptr (GError) error = NULL;
  guint workers = (guint) dhk_instrument_find_questionnaire (instrument, "hulpverleners");
  const DhkQuestionnaire *asked;
  guint n = dhk_instrument_get_questionnaire (instrument, workers)->n_questions;
  guint first_of_second = 0;

  /* Inside a section. */
  edit_fixture_take (&instrument,
                     dhk_instrument_with_question_moved (instrument, 0, 4, TRUE, &error), &error);
  g_assert_cmpstr (get_item (instrument, 0, 3), ==, "band2");
  edit_fixture_take (&instrument,
                     dhk_instrument_with_question_moved (instrument, 0, 3, FALSE, &error), &error);
  g_assert_cmpstr (get_item (instrument, 0, 3), ==, "band1");

  /* Past a background question, which is no section. */
  edit_fixture_take (&instrument,
                     dhk_instrument_with_question_moved (instrument, 0, 3, TRUE, &error), &error);
  g_assert_cmpstr (get_item (instrument, 0, 2), ==, "band1");
  g_assert_cmpstr (get_item (instrument, 0, 3), ==, "age");
  edit_fixture_take (&instrument,
                     dhk_instrument_with_question_moved (instrument, 0, 2, FALSE, &error), &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_question_moved (instrument, 0, 3, FALSE, &error), &error);
  g_assert_cmpstr (get_item (instrument, 0, 3), ==, "band1");
  refuse (dhk_instrument_with_question_moved (instrument, 0, 0, TRUE, &error),
          DHK_INSTRUMENT_EDIT_ERROR_UNFIT, &error);

  /* Past a section about others, in a section of its own; back again, into its old one. */
  asked = dhk_instrument_get_questionnaire (instrument, workers);
  for (guint i = 1; i < n && first_of_second == 0; i++)
    if (asked->questions[i].item >= 0 && asked->questions[i - 1].item >= 0
        && asked->questions[i].target != asked->questions[i - 1].target)
      first_of_second = i;
  g_assert_cmpuint (first_of_second, >, 0);
  {
    g_autofree char *moved = g_strdup (get_item (instrument, workers, first_of_second));
    int target = get_target (instrument, workers, first_of_second);
    guint at = first_of_second;

    edit_fixture_take (&instrument,
                       dhk_instrument_with_question_moved (instrument, workers, at, TRUE, &error),
                       &error);
    asked = dhk_instrument_get_questionnaire (instrument, workers);
    while (at > 0 && asked->questions[at - 1].target != target)
      at--;
    /* The whole first section follows it now. */
    g_assert_cmpuint (dhk_instrument_get_questionnaire (instrument, workers)->n_questions, ==, n);
    g_assert_cmpint (get_target (instrument, workers, first_of_second), !=, target);
    for (at = 0; strcmp (get_item (instrument, workers, at), moved) != 0
                 || get_target (instrument, workers, at) != target;
         at++)
      ;
    g_assert_cmpuint (at, <, first_of_second);
    edit_fixture_take (&instrument,
                       dhk_instrument_with_question_moved (instrument, workers, at, FALSE, &error),
                       &error);
    edit_fixture_take (
        &instrument,
        dhk_instrument_with_question_moved (instrument, workers, first_of_second, FALSE, &error),
        &error);
    g_assert_cmpstr (get_item (instrument, workers, first_of_second), ==, moved);
    g_assert_cmpint (get_target (instrument, workers, first_of_second), ==, target);
  }

  /* Into another section: about its target then, where that is not asked yet. */
  refuse (dhk_instrument_with_question_in_section (instrument, workers, first_of_second - 5,
                                                   first_of_second, &error),
          DHK_INSTRUMENT_EDIT_ERROR_UNFIT, &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_question_added (
                         instrument, workers, (int) first_of_second, -1, 0,
                         get_target (instrument, workers, first_of_second), NL, "Nieuw", &error),
                     &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_question_in_section (
                         instrument, workers, first_of_second + 1, first_of_second - 1, &error),
                     &error);
  g_assert_cmpstr (get_item (instrument, workers, first_of_second), ==, "extra1");
  g_assert_cmpint (get_target (instrument, workers, first_of_second), ==,
                   get_target (instrument, workers, first_of_second - 1));
}

static void
items_go_when_nothing_needs_them (void)
{
  g_autoptr (DhkInstrument) instrument = edit_fixture_new ();
  g_autoptr (GError) error = NULL;
  guint n = dhk_instrument_get_n_items (instrument);

  refuse (dhk_instrument_with_item_removed (instrument, 0, &error),
          DHK_INSTRUMENT_EDIT_ERROR_IN_USE, &error);
  edit_fixture_take (
      &instrument,
      dhk_instrument_with_question_added (instrument, 0, 5, -1, 0, 0, NL, "Nieuw", &error), &error);
  refuse (dhk_instrument_with_item_removed (instrument, n, &error),
          DHK_INSTRUMENT_EDIT_ERROR_IN_USE, &error);
  edit_fixture_take (&instrument, dhk_instrument_with_question_removed (instrument, 0, 6, &error),
                     &error);
  edit_fixture_take (&instrument, dhk_instrument_with_item_removed (instrument, n, &error), &error);
  g_assert_cmpuint (dhk_instrument_get_n_items (instrument), ==, n);
}

static void
questionnaires_are_copied_and_worded (void)
{
  g_autoptr (DhkInstrument) instrument = edit_fixture_new ();
  g_autoptr (GError) error = NULL;
  guint n = dhk_instrument_get_n_questionnaires (instrument);
  guint n_types = dhk_instrument_get_n_types (instrument);
  const DhkQuestionnaire *made;

  edit_fixture_take (&instrument,
                     dhk_instrument_with_questionnaire_copied (instrument, 0, -1, "Stagiair", NL,
                                                               "Vragenlijst stagiairs", &error),
                     &error);
  edit_fixture_take (
      &instrument,
      dhk_instrument_with_wording (instrument, n, 0, NL, "Waar loop je stage?", &error), &error);
  made = dhk_instrument_get_questionnaire (instrument, n);
  g_assert_cmpstr (made->label.in[NL], ==, "Vragenlijst stagiairs");
  g_assert_null (made->label.in[EN]);
  g_assert_cmpuint (made->type, ==, n_types);
  g_assert_cmpstr (dhk_instrument_get_role (instrument, n_types)->id, ==, "stagiair");
  g_assert_cmpuint (made->n_questions, ==,
                    dhk_instrument_get_questionnaire (instrument, 0)->n_questions);
  g_assert_cmpstr (made->questions[0].text.in[NL], ==, "Waar loop je stage?");
  g_assert_cmpstr (dhk_instrument_get_questionnaire (instrument, 0)->questions[0].text.in[NL], !=,
                   "Waar loop je stage?");
  g_assert_null (made->file_hints[0]);

  edit_fixture_take (
      &instrument,
      dhk_instrument_with_questionnaire_copied (instrument, 1, 0, NULL, EN, "Short form", &error),
      &error);
  g_assert_cmpuint (dhk_instrument_get_questionnaire (instrument, n + 1)->type, ==, 0);
  edit_fixture_take (&instrument, dhk_instrument_with_questionnaire_removed (instrument, n, &error),
                     &error);
  g_assert_cmpuint (dhk_instrument_get_n_questionnaires (instrument), ==, n + 1);
  refuse (
      dhk_instrument_with_questionnaire_removed (
          instrument, (guint) dhk_instrument_find_questionnaire (instrument, "leraren"), &error),
      DHK_INSTRUMENT_EDIT_ERROR_IN_USE, &error);
}

static void
variants_come_and_go (void)
{
  g_autoptr (DhkInstrument) instrument = edit_fixture_new ();
  g_autoptr (GError) error = NULL;

  edit_fixture_take (&instrument,
                     dhk_instrument_with_variant_added (instrument, NL, "Mentor", "hulpverlener",
                                                        "mentor", &error),
                     &error);
  edit_fixture_take (
      &instrument, dhk_instrument_with_variant_label (instrument, 1, EN, "Tutor", &error), &error);
  g_assert_cmpstr (dhk_instrument_get_variant (instrument, 1)->label.in[EN], ==, "Tutor");
  g_assert_cmpstr (dhk_instrument_get_variant (instrument, 1)->replacements[0].to, ==, "mentor");
  refuse (dhk_instrument_with_variant_added (instrument, NL, "X", "a", " ", &error),
          DHK_INSTRUMENT_EDIT_ERROR_TEXT, &error);
  edit_fixture_take (&instrument, dhk_instrument_with_variant_removed (instrument, 0, &error),
                     &error);
  edit_fixture_take (&instrument, dhk_instrument_with_variant_removed (instrument, 0, &error),
                     &error);
  g_assert_cmpuint (dhk_instrument_get_n_variants (instrument), ==, 0);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_variant_added (instrument, NL, "X", "a", "b", &error),
                     &error);
}

static void
terms_of_a_scale (void)
{
  g_autoptr (DhkInstrument) instrument = edit_fixture_new ();
  g_autoptr (GError) error = NULL;
  guint n = 0;

  edit_fixture_take (&instrument,
                     dhk_instrument_with_scale_terms (instrument, 0, DHK_SOURCE_QUOTED,
                                                      "Met toestemming.", &error),
                     &error);
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (instrument, i);

      for (guint k = 0; k < asked->n_questions; k++)
        n += strcmp (asked->questions[k].licence, "Met toestemming.") == 0;
    }
  /* Four items, asked by six perspectives. */
  g_assert_cmpuint (n, ==, 24);
}

static void
changes_are_listed (void)
{
  static const char *const labels[] = { "a", "b", NULL };
  g_autoptr (DhkInstrument) old = edit_fixture_new ();
  g_autoptr (DhkInstrument) new = dhk_instrument_ref (old);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  guint n = dhk_instrument_get_n_items (old);

  edit_fixture_take (&new, dhk_instrument_with_question_moved (new, 0, 4, TRUE, &error), &error);
  edit_fixture_take (&new, dhk_instrument_with_answer_scale_added (new, NL, "S", labels, &error),
                     &error);
  edit_fixture_take (&new, dhk_instrument_with_answer_scale_label (new, 0, NL, "Z", &error),
                     &error);
  edit_fixture_take (
      &new, dhk_instrument_with_missing_label (new, 0, DHK_MISSING_EMPTY, NL, "weet niet", &error),
      &error);
  edit_fixture_take (&new, dhk_instrument_with_variant_removed (new, 0, &error), &error);
  edit_fixture_take (&new, dhk_instrument_with_variant_added (new, NL, "V", "a", "b", &error),
                     &error);
  edit_fixture_take (
      &new, dhk_instrument_with_questionnaire_copied (new, 0, 0, NULL, NL, "Q", &error), &error);
  changes = dhk_instrument_list_changes (old, new, NL);
  g_assert_cmpuint (changes->len, ==, 7);
  g_assert_cmpuint (dhk_instrument_get_n_items (new), ==, n);
  g_clear_pointer (&changes, g_ptr_array_unref);
  changes = dhk_instrument_list_changes (new, old, NL);
  g_assert_cmpuint (changes->len, ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/instrument-parts/answer-scales-come-and-go", answer_scales_come_and_go);
  g_test_add_func ("/instrument-parts/questions-move", questions_move);
  g_test_add_func ("/instrument-parts/items-go-when-nothing-needs-them",
                   items_go_when_nothing_needs_them);
  g_test_add_func ("/instrument-parts/questionnaires-are-copied-and-worded",
                   questionnaires_are_copied_and_worded);
  g_test_add_func ("/instrument-parts/variants-come-and-go", variants_come_and_go);
  g_test_add_func ("/instrument-parts/terms-of-a-scale", terms_of_a_scale);
  g_test_add_func ("/instrument-parts/changes-are-listed", changes_are_listed);
  return g_test_run ();
}
