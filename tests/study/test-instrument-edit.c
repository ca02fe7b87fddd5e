/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "edit-fixture.h"

static char *
dup_xml (const DhkInstrument *instrument)
{
  gsize size;
  const char *data = g_bytes_get_data (dhk_instrument_get_xml (instrument), &size);

  return g_strndup (data, size);
}

static guint
count_lines (const char *text, const char *other)
{
  g_auto (GStrv) a = g_strsplit (text, "\n", -1);
  g_auto (GStrv) b = g_strsplit (other, "\n", -1);
  guint n = 0;

  g_assert_cmpuint (g_strv_length (a), ==, g_strv_length (b));
  for (guint i = 0; a[i] != NULL; i++)
    n += strcmp (a[i], b[i]) != 0;
  return n;
}

static void
wording_changes_alone (void)
{
  g_autoptr (DhkInstrument) old = edit_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) new
      = dhk_instrument_with_wording (old, 0, 4, NL, "  Ik voel me <goed> & \"rustig\" \n", &error);
  g_autofree char *before = dup_xml (old);
  g_autofree char *after = dup_xml (new);
  const DhkQuestion *question;

  g_assert_no_error (error);
  question = &dhk_instrument_get_questionnaire (new, 0)->questions[4];
  g_assert_cmpstr (question->text.in[NL], ==, "Ik voel me <goed> & \"rustig\"");
  g_assert_nonnull (question->text.in[DHK_LANGUAGE_EN]);
  g_assert_cmpstr (question->licence, ==, "Worded for this study.");
  g_assert_true (question->source == DHK_SOURCE_OWN_WORDING);
  /* The old one is as it was; comments and layout stay, one licence is added. */
  g_assert_cmpstr (dhk_instrument_get_questionnaire (old, 0)->questions[4].text.in[NL], !=,
                   question->text.in[NL]);
  g_assert_nonnull (strstr (after, "<!--\n  SPDX-License-Identifier"));
  {
    const char *line = strstr (after, "    <licence id=\"study\">");
    g_autofree char *without = NULL;

    g_assert_nonnull (line);
    without = g_strndup (after, (gsize) (line - after));
    {
      g_autofree char *whole = g_strconcat (without, strchr (line, '\n') + 1, NULL);

      g_assert_cmpuint (count_lines (before, whole), ==, 2);
    }
  }
}

static void
texts_are_refused (void)
{
  g_autoptr (DhkInstrument) old = edit_fixture_new ();
  g_autofree char *long_text = g_strnfill (2001, 'a');
  const char *texts[] = { "  ", "\xff\xfe", "a\x01z", long_text };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      if (i == 0)
        {
          /* Both languages: the second to go is the last one. */
          g_autoptr (DhkInstrument) one = dhk_instrument_with_title (old, NL, "", &error);

          g_assert_no_error (error);
          g_assert_null (dhk_instrument_get_title (one)->in[NL]);
          g_assert_null (dhk_instrument_with_title (one, DHK_LANGUAGE_EN, texts[i], &error));
        }
      else
        g_assert_null (dhk_instrument_with_title (old, NL, texts[i], &error));
      g_assert_error (error, DHK_INSTRUMENT_EDIT_ERROR, DHK_INSTRUMENT_EDIT_ERROR_TEXT);
    }
}

static void
languages_keep_their_order (void)
{
  g_autoptr (DhkInstrument) instrument = edit_fixture_new ();
  g_autoptr (GError) error = NULL;

  edit_fixture_take (&instrument, dhk_instrument_with_stem (instrument, 0, 5, NL, "", &error),
                     &error);
  g_assert_null (dhk_instrument_get_questionnaire (instrument, 0)->questions[3].stem.in[NL]);
  /* Dutch comes back before English, or the schema would refuse it. */
  edit_fixture_take (&instrument,
                     dhk_instrument_with_stem (instrument, 0, 5, NL, "Hoe vaak?", &error), &error);
  edit_fixture_take (&instrument, dhk_instrument_with_stem (instrument, 0, 3, NL, "", &error),
                     &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_stem (instrument, 0, 3, DHK_LANGUAGE_EN, "", &error),
                     &error);
  g_assert_cmpstr (
      dhk_text_get (&dhk_instrument_get_questionnaire (instrument, 0)->questions[3].stem, NL), ==,
      "");
  edit_fixture_take (&instrument,
                     dhk_instrument_with_stem (instrument, 0, 3, DHK_LANGUAGE_EN, "", &error),
                     &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_stem (instrument, 0, 3, NL, "Hoe vaak?", &error), &error);
  g_assert_cmpstr (dhk_instrument_get_questionnaire (instrument, 0)->questions[18].stem.in[NL], ==,
                   "Hoe vaak?");
}

static void
versions_are_named (void)
{
  static const char *const pairs[][2]
      = { { "1", "2" }, { "9", "10" }, { "1.4", "1.5" }, { "pilot", "pilot-2" }, { "a-2", "a-3" } };
  g_autoptr (DhkInstrument) old = edit_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DhkInstrument) new = dhk_instrument_with_version (old, pairs[i][0], old, &error);
      g_autofree char *next = NULL;

      g_assert_no_error (error);
      next = dhk_instrument_dup_next_version (new);
      g_assert_cmpstr (next, ==, pairs[i][1]);
      g_assert_cmpstr (dhk_instrument_get_based_on (new), ==, "partnerschap-2023 1");
    }
  g_assert_null (dhk_instrument_get_based_on (old));
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (dhk_instrument_with_version (old, "2 (new)", NULL, &error));
    g_assert_error (error, DHK_INSTRUMENT_EDIT_ERROR, DHK_INSTRUMENT_EDIT_ERROR_TEXT);
  }
}

static void
answers_change (void)
{
  g_autoptr (DhkInstrument) instrument = edit_fixture_new ();
  g_autoptr (GError) error = NULL;
  const char *const labels[] = { "nee", "soms", "ja", NULL };
  const DhkAnswerScale *scale;

  edit_fixture_take (
      &instrument,
      dhk_instrument_with_answer_scale_added (instrument, NL, "Ja of nee?", labels, &error),
      &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_answer_label (instrument, 2, 2, NL, "af en toe", &error),
                     &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_answer_added (instrument, 2, NL, "zeker", &error), &error);
  scale = dhk_instrument_get_answer_scale (instrument, 2);
  g_assert_cmpstr (scale->id, ==, "ja-of-nee");
  g_assert_cmpstr (dhk_answer_scale_find (scale, 4)->label.in[NL], ==, "zeker");
  g_assert_cmpstr (dhk_answer_scale_find (scale, 2)->label.in[NL], ==, "af en toe");

  edit_fixture_take (&instrument, dhk_instrument_with_answer_raised (instrument, 2, 3, &error),
                     &error);
  scale = dhk_instrument_get_answer_scale (instrument, 2);
  g_assert_cmpstr (dhk_answer_scale_find (scale, 2)->label.in[NL], ==, "ja");
  g_assert_cmpstr (dhk_answer_scale_find (scale, 3)->label.in[NL], ==, "af en toe");
  edit_fixture_take (&instrument, dhk_instrument_with_answer_raised (instrument, 2, 3, &error),
                     &error);
  edit_fixture_take (&instrument, dhk_instrument_with_answer_raised (instrument, 2, 4, &error),
                     &error);
  edit_fixture_take (&instrument, dhk_instrument_with_answer_raised (instrument, 2, 4, &error),
                     &error);
  scale = dhk_instrument_get_answer_scale (instrument, 2);
  g_assert_cmpstr (dhk_answer_scale_find (scale, 4)->label.in[NL], ==, "zeker");
  g_assert_null (dhk_instrument_with_answer_raised (instrument, 2, 1, &error));
  g_clear_error (&error);

  /* Equal labels would make an import ambiguous, also when only case and accents differ. */
  g_assert_null (dhk_instrument_with_answer_added (instrument, 2, NL, "ÁF EN TOE", &error));
  g_assert_error (error, DHK_INSTRUMENT_EDIT_ERROR, DHK_INSTRUMENT_EDIT_ERROR_UNFIT);
  g_clear_error (&error);
  for (int code = 4; code > 2; code--)
    edit_fixture_take (&instrument,
                       dhk_instrument_with_answer_removed (instrument, 2, code, &error), &error);
  g_assert_null (dhk_instrument_with_answer_removed (instrument, 2, 1, &error));
  g_clear_error (&error);
  edit_fixture_take (
      &instrument,
      dhk_instrument_with_answer_scale_added (instrument, NL, "Ja of nee", labels, &error), &error);
  g_assert_cmpstr (dhk_instrument_get_answer_scale (instrument, 3)->id, ==, "ja-of-nee-2");
  g_assert_null (
      dhk_instrument_with_answer_scale_added (instrument, NL, "één", labels + 2, &error));
  g_clear_error (&error);
  /* What the loader refuses is said without its place in a file. */
  g_assert_null (dhk_instrument_with_answer_added (instrument, 0, NL, "zeker", &error));
  g_assert_error (error, DHK_INSTRUMENT_EDIT_ERROR, DHK_INSTRUMENT_EDIT_ERROR_UNFIT);
  g_assert_null (strchr (error->message, '<'));
}

static void
scales_change (void)
{
  g_autoptr (DhkInstrument) instrument = edit_fixture_new ();
  g_autoptr (GError) error = NULL;
  guint band = (guint) dhk_instrument_find_scale (instrument, "band");
  guint bel1 = (guint) dhk_instrument_find_item (instrument, "bel1");
  guint doel1 = (guint) dhk_instrument_find_item (instrument, "doel1");
  const guint items[] = { doel1, 0, 1, 2, 3 };
  const guint mixed[] = { doel1, bel1 };
  const DhkScale *scale;

  edit_fixture_take (
      &instrument, dhk_instrument_with_scale_label (instrument, band, NL, "Klik", &error), &error);
  edit_fixture_take (&instrument, dhk_instrument_with_scale_minimum (instrument, band, 4, &error),
                     &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_scale_item (instrument, band, 0, FALSE, &error), &error);
  scale = dhk_instrument_get_scale (instrument, band);
  g_assert_cmpuint (scale->n_items, ==, 3);
  g_assert_cmpuint (scale->min_answered, ==, 3);
  edit_fixture_take (
      &instrument, dhk_instrument_with_scale_item (instrument, band, doel1, TRUE, &error), &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_scale_reversed (instrument, band, doel1, TRUE, &error),
                     &error);
  scale = dhk_instrument_get_scale (instrument, band);
  g_assert_cmpuint (scale->items[3], ==, doel1);
  g_assert_true (scale->reversed[3] && !scale->reversed[2]);
  g_assert_cmpstr (scale->label.in[NL], ==, "Klik");

  g_assert_null (dhk_instrument_with_scale_item (instrument, band, bel1, TRUE, &error));
  g_assert_error (error, DHK_INSTRUMENT_EDIT_ERROR, DHK_INSTRUMENT_EDIT_ERROR_UNFIT);
  g_clear_error (&error);
  g_assert_null (dhk_instrument_with_scale_minimum (instrument, band, 5, &error));
  g_clear_error (&error);
  g_assert_null (dhk_instrument_with_scale_minimum (instrument, band, 0, &error));
  g_clear_error (&error);

  edit_fixture_take (&instrument,
                     dhk_instrument_with_scale_added (instrument, NL, "Band", items, 5, &error),
                     &error);
  scale = dhk_instrument_get_scale (instrument, dhk_instrument_get_n_scales (instrument) - 1);
  g_assert_cmpstr (scale->id, ==, "band-2");
  g_assert_cmpuint (scale->min_answered, ==, 4);
  g_assert_null (dhk_instrument_with_scale_added (instrument, NL, "X", mixed, 2, &error));
  g_clear_error (&error);
  g_assert_null (dhk_instrument_with_scale_added (instrument, NL, "X", NULL, 0, &error));
  g_clear_error (&error);

  edit_fixture_take (&instrument, dhk_instrument_with_scale_removed (instrument, band, &error),
                     &error);
  g_assert_cmpint (dhk_instrument_find_scale (instrument, "band"), ==, -1);
  for (guint i = 0; i < 3; i++)
    edit_fixture_take (&instrument,
                       dhk_instrument_with_scale_item (
                           instrument, (guint) dhk_instrument_find_scale (instrument, "taak"),
                           (guint) dhk_instrument_find_item (instrument, i == 0   ? "taak1"
                                                                         : i == 1 ? "taak2"
                                                                                  : "taak3"),
                           FALSE, &error),
                       &error);
  g_assert_null (dhk_instrument_with_scale_item (
      instrument, (guint) dhk_instrument_find_scale (instrument, "taak"),
      (guint) dhk_instrument_find_item (instrument, "taak4"), FALSE, &error));
  g_assert_error (error, DHK_INSTRUMENT_EDIT_ERROR, DHK_INSTRUMENT_EDIT_ERROR_IN_USE);
}

static void
questions_come_and_go (void)
{
  g_autoptr (DhkInstrument) instrument = edit_fixture_new ();
  g_autoptr (GError) error = NULL;
  guint n_items = dhk_instrument_get_n_items (instrument);
  guint n = dhk_instrument_get_questionnaire (instrument, 0)->n_questions;
  const DhkQuestionnaire *asked;
  int bel1 = dhk_instrument_find_item (instrument, "bel1");

  /* In the grid of its neighbour. */
  edit_fixture_take (
      &instrument,
      dhk_instrument_with_question_added (instrument, 0, 5, -1, 0, 0, NL, "Nieuw", &error), &error);
  asked = dhk_instrument_get_questionnaire (instrument, 0);
  g_assert_cmpuint (asked->n_questions, ==, n + 1);
  g_assert_cmpint (asked->questions[6].item, ==, (int) n_items);
  g_assert_cmpstr (dhk_instrument_get_item (instrument, n_items)->id, ==, "extra1");
  g_assert_cmpstr (asked->questions[6].stem.in[NL], ==, asked->questions[5].stem.in[NL]);

  /* About nobody: its own grid, the rest of the old one goes on behind it. */
  edit_fixture_take (&instrument,
                     dhk_instrument_with_question_added (instrument, 0, 8, bel1, 0, DHK_NO_TARGET,
                                                         NL, "Belang", &error),
                     &error);
  asked = dhk_instrument_get_questionnaire (instrument, 0);
  g_assert_cmpint (asked->questions[9].item, ==, bel1);
  g_assert_cmpint (asked->questions[9].target, ==, DHK_NO_TARGET);
  g_assert_cmpstr (dhk_text_get (&asked->questions[9].stem, NL), ==, "");
  g_assert_cmpint (asked->questions[10].target, ==, 0);
  g_assert_cmpstr (asked->questions[10].stem.in[NL], ==, asked->questions[8].stem.in[NL]);
  g_assert_null (dhk_instrument_with_question_added (instrument, 0, 3, bel1, 0, DHK_NO_TARGET, NL,
                                                     "Twee keer", &error));
  g_clear_error (&error);

  /* First, and right after a background question. */
  edit_fixture_take (
      &instrument,
      dhk_instrument_with_question_added (instrument, 0, -1, -1, 1, 1, NL, "Eerst", &error),
      &error);
  edit_fixture_take (
      &instrument,
      dhk_instrument_with_question_added (instrument, 0, 1, -1, 1, 1, NL, "Daarna", &error),
      &error);
  asked = dhk_instrument_get_questionnaire (instrument, 0);
  g_assert_cmpstr (asked->questions[0].text.in[NL], ==, "Eerst");
  g_assert_cmpstr (asked->questions[2].text.in[NL], ==, "Daarna");
  g_assert_cmpuint (dhk_instrument_get_item (instrument, n_items + 2)->answer_scale, ==, 1);

  /* Gone from the form; the item stays for the answers that were given. */
  for (guint i = asked->n_questions - 1; i > 0; i--)
    edit_fixture_take (&instrument, dhk_instrument_with_question_removed (instrument, 0, i, &error),
                       &error);
  g_assert_cmpuint (dhk_instrument_get_n_items (instrument), ==, n_items + 3);
  g_assert_null (dhk_instrument_with_question_removed (instrument, 0, 0, &error));
  g_assert_error (error, DHK_INSTRUMENT_EDIT_ERROR, DHK_INSTRUMENT_EDIT_ERROR_IN_USE);
}

static void
variants_change (void)
{
  g_autoptr (DhkInstrument) instrument = edit_fixture_new ();
  g_autoptr (GError) error = NULL;
  const DhkVariant *variant;

  edit_fixture_take (
      &instrument,
      dhk_instrument_with_replacement (instrument, 0, "hulpverlener", "mentor", &error), &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_replacement (instrument, 0, "care worker", "", &error),
                     &error);
  variant = dhk_instrument_get_variant (instrument, 0);
  g_assert_cmpuint (variant->n_replacements, ==, 1);
  g_assert_cmpstr (variant->replacements[0].to, ==, "mentor");
  g_assert_null (dhk_instrument_with_replacement (instrument, 0, "hulpverlener", "", &error));
}

/* A part that this program's editing knows nothing of is still there afterwards. */
static void
self_rating_stays (void)
{
  g_autoptr (DhkInstrument) instrument = edit_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = dup_xml (instrument);
  const char *start = strstr (before, "<self-rating");
  g_autofree char *after = NULL;

  if (start == NULL)
    {
      g_test_skip ("the built-in instrument has no self-rating");
      return;
    }
  edit_fixture_take (&instrument, dhk_instrument_with_title (instrument, NL, "Anders", &error),
                     &error);
  after = dup_xml (instrument);
  {
    g_autofree char *part
        = g_strndup (start, (gsize) (strstr (start, "</self-rating>") - start) + 14);

    g_assert_nonnull (strstr (after, part));
  }
  g_assert_null (dhk_instrument_with_scale_removed (
      instrument, (guint) dhk_instrument_find_scale (instrument, "lukt"), &error));
  g_assert_error (error, DHK_INSTRUMENT_EDIT_ERROR, DHK_INSTRUMENT_EDIT_ERROR_IN_USE);
}

static void
changes_are_listed (void)
{
  g_autoptr (DhkInstrument) old = edit_fixture_new ();
  g_autoptr (DhkInstrument) new = dhk_instrument_ref (old);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *all = NULL;

  changes = dhk_instrument_list_changes (old, new, NL);
  g_assert_cmpuint (changes->len, ==, 0);
  g_clear_pointer (&changes, g_ptr_array_unref);

  edit_fixture_take (&new, dhk_instrument_with_title (new, NL, "T", &error), &error);
  edit_fixture_take (&new, dhk_instrument_with_wording (new, 0, 0, NL, "W", &error), &error);
  edit_fixture_take (&new, dhk_instrument_with_stem (new, 0, 6, NL, "S", &error), &error);
  edit_fixture_take (&new, dhk_instrument_with_answer_label (new, 0, 1, NL, "A", &error), &error);
  edit_fixture_take (&new, dhk_instrument_with_scale_item (new, 0, 0, FALSE, &error), &error);
  edit_fixture_take (&new, dhk_instrument_with_question_removed (new, 1, 3, &error), &error);
  edit_fixture_take (
      &new, dhk_instrument_with_question_added (new, 1, 3, -1, 0, 0, NL, "Q", &error), &error);
  changes = dhk_instrument_list_changes (old, new, NL);
  g_assert_cmpuint (changes->len, ==, 7);
  g_ptr_array_add (changes, NULL);
  all = g_strjoinv ("\n", (char **) changes->pdata);
  g_assert_nonnull (strstr (all, "“W”"));
  g_assert_nonnull (strstr (all, "“S”"));
}

static DhkInstrument *
new_with_choices (void)
{
  g_autoptr (GFile) file = g_file_new_for_path (
      g_test_get_filename (G_TEST_DIST, "data", "library-choices.xml", NULL));
  g_autoptr (GError) error = NULL;
  DhkInstrument *instrument = dhk_instrument_new_from_file (file, NULL, &error);

  g_assert_no_error (error);
  return instrument;
}

static const char *
get_text (const DhkInstrument *instrument, guint question)
{
  return dhk_text_get (&dhk_instrument_get_questionnaire (instrument, 0)->questions[question].text,
                       DHK_LANGUAGE_EN);
}

static void
several_choices_are_worded (void)
{
  g_autoptr (DhkInstrument) instrument = new_with_choices ();
  g_autoptr (GError) error = NULL;
  const DhkLanguage en = DHK_LANGUAGE_EN;
  const DhkChoices *events = dhk_instrument_get_choices (instrument, 0);
  const DhkVariable *talk = dhk_instrument_get_variable (instrument, events->first + 1);

  g_assert_cmpuint (dhk_instrument_get_n_choices (instrument), ==, 1);
  g_assert_cmpint (dhk_instrument_find_choices (instrument, "events"), ==, 0);
  g_assert_cmpstr (talk->id, ==, "events_talk");
  g_assert_cmpuint (talk->n_categories, ==, 2);
  g_assert_cmpstr (dhk_text_get (&talk->label, en), ==, "Events visited: Talk");
  g_assert_cmpstr (get_text (instrument, 2), ==, "Which events did you visit? – Talk");
  g_assert_cmpstr (get_text (instrument, 5), ==, "They greeted me");

  edit_fixture_take (&instrument,
                     dhk_instrument_with_wording (instrument, 0, 3, en,
                                                  "Which events did you visit? – Concert", &error),
                     &error);
  edit_fixture_take (
      &instrument,
      dhk_instrument_with_wording (instrument, 0, 2, en, "What was there? – Talk", &error), &error);
  edit_fixture_take (&instrument,
                     dhk_instrument_with_wording (instrument, 0, 5, en, "They saw me", &error),
                     &error);
  g_assert_cmpstr (get_text (instrument, 2), ==, "What was there? – Talk");
  g_assert_cmpstr (get_text (instrument, 3), ==, "What was there? – Concert");
  g_assert_cmpstr (get_text (instrument, 5), ==, "They saw me");
  g_assert_null (dhk_instrument_with_wording (instrument, 0, 2, en, "Both – new", &error));
  g_assert_error (error, DHK_INSTRUMENT_EDIT_ERROR, DHK_INSTRUMENT_EDIT_ERROR_TEXT);
  g_clear_error (&error);

  /* They go up and away together. */
  edit_fixture_take (&instrument,
                     dhk_instrument_with_question_moved (instrument, 0, 4, TRUE, &error), &error);
  g_assert_cmpstr (get_text (instrument, 0), ==, "What was there? – Reading, aloud");
  g_assert_cmpstr (get_text (instrument, 4), ==, "Which branch did you visit?");
  edit_fixture_take (&instrument, dhk_instrument_with_question_removed (instrument, 0, 1, &error),
                     &error);
  g_assert_cmpstr (get_text (instrument, 0), ==, "Which branch did you visit?");
}

static void
background_is_asked (void)
{
  static const char *const lengths[] = { "korter dan een jaar", "1 tot 2 jaar", "langer", NULL };
  static const char *const one[] = { "ja", NULL };
  g_autoptr (DhkInstrument) instrument = edit_fixture_new ();
  g_autoptr (GError) error = NULL;
  guint n = dhk_instrument_get_n_variables (instrument);
  guint n_questions = dhk_instrument_get_questionnaire (instrument, 1)->n_questions;
  DhkNewVariable new = { .name = "Duur van de hulp", .labels = lengths, .head = "Hoelang al?" };
  const DhkQuestion *question;
  const DhkVariable *variable;

  edit_fixture_take (
      &instrument,
      dhk_instrument_with_variable_added (instrument, 1, &new, NL, "Hoe lang al hulp?", &error),
      &error);
  variable = dhk_instrument_get_variable (instrument, n);
  g_assert_cmpuint (variable->n_categories, ==, 3);
  g_assert_cmpstr (variable->id, ==, "duur-van-de-hulp");
  g_assert_cmpstr (variable->categories[1].label.in[NL], ==, "1 tot 2 jaar");
  g_assert_cmpstr (variable->heads[0], ==, "Hoelang al?");
  /* Behind the background questions, before the statements. */
  question = &dhk_instrument_get_questionnaire (instrument, 1)->questions[3];
  g_assert_cmpint (question->variable, ==, n);
  g_assert_cmpstr (question->text.in[NL], ==, "Hoe lang al hulp?");
  g_assert_cmpuint (dhk_instrument_get_questionnaire (instrument, 1)->n_questions, ==,
                    n_questions + 1);

  /* Asked of others too, once. */
  edit_fixture_take (
      &instrument,
      dhk_instrument_with_variable_asked (instrument, 0, n, NL, "Hoe lang krijg je hulp?", &error),
      &error);
  g_assert_null (dhk_instrument_with_variable_asked (instrument, 0, n, NL, "Nog eens?", &error));
  g_assert_error (error, DHK_INSTRUMENT_EDIT_ERROR, DHK_INSTRUMENT_EDIT_ERROR_UNFIT);
  g_clear_error (&error);

  /* A number; its id is no item's. */
  new = (DhkNewVariable){ .name = "Band1", .minimum = 0, .maximum = 12.5 };
  edit_fixture_take (
      &instrument,
      dhk_instrument_with_variable_added (instrument, 1, &new, NL, "Aantal kinderen?", &error),
      &error);
  variable = dhk_instrument_get_variable (instrument, n + 1);
  g_assert_cmpstr (variable->id, ==, "background-band1");
  g_assert_cmpfloat_with_epsilon (variable->maximum, 12.5, 1e-9);

  new.minimum = 12.5;
  g_assert_null (dhk_instrument_with_variable_added (instrument, 1, &new, NL, "Kan niet?", &error));
  g_assert_error (error, DHK_INSTRUMENT_EDIT_ERROR, DHK_INSTRUMENT_EDIT_ERROR_UNFIT);
  g_clear_error (&error);
  new = (DhkNewVariable){ .name = "Ja", .labels = one };
  g_assert_null (dhk_instrument_with_variable_added (instrument, 1, &new, NL, "Kan niet?", &error));
  g_assert_error (error, DHK_INSTRUMENT_EDIT_ERROR, DHK_INSTRUMENT_EDIT_ERROR_UNFIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/instrument-edit/wording-changes-alone", wording_changes_alone);
  g_test_add_func ("/instrument-edit/texts-are-refused", texts_are_refused);
  g_test_add_func ("/instrument-edit/languages-keep-their-order", languages_keep_their_order);
  g_test_add_func ("/instrument-edit/versions-are-named", versions_are_named);
  g_test_add_func ("/instrument-edit/answers-change", answers_change);
  g_test_add_func ("/instrument-edit/scales-change", scales_change);
  g_test_add_func ("/instrument-edit/questions-come-and-go", questions_come_and_go);
  g_test_add_func ("/instrument-edit/background-is-asked", background_is_asked);
  g_test_add_func ("/instrument-edit/variants-change", variants_change);
  g_test_add_func ("/instrument-edit/self-rating-stays", self_rating_stays);
  g_test_add_func ("/instrument-edit/changes-are-listed", changes_are_listed);
  g_test_add_func ("/instrument-edit/several-choices-are-worded", several_choices_are_worded);
  return g_test_run ();
}
