/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "study/dhk-instrument.h"

#include <string.h>

#include "base/dhk-xml.h"

static DhkInstrument *
load_builtin (void)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *instrument = dhk_instrument_new_builtin ("partnerschap-2023", &error);

  g_assert_no_error (error);
  g_assert_nonnull (instrument);
  return instrument;
}

static DhkInstrument *
load_other (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file
      = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "library-2024.xml", NULL));
  DhkInstrument *instrument = dhk_instrument_new_from_file (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (instrument);
  return instrument;
}

static guint
role (const DhkInstrument *instrument, const char *id)
{
  int found = dhk_instrument_find_role (instrument, id);

  g_assert_cmpint (found, >=, 0);
  return (guint) found;
}

static guint
scale (const DhkInstrument *instrument, const char *id)
{
  int found = dhk_instrument_find_scale (instrument, id);

  g_assert_cmpint (found, >=, 0);
  return (guint) found;
}

static void
test_parts_of_the_built_in (void)
{
  g_autoptr (DhkInstrument) instrument = load_builtin ();
  const guint n_questions[] = { 19, 19, 55, 55 };
  const guint n_items[] = { 4, 4, 4, 12, 4, 4, 10, 10 };
  const guint n_needed[] = { 3, 3, 3, 9, 3, 3, 8, 8 };

  g_assert_cmpstr (dhk_instrument_get_id (instrument), ==, "partnerschap-2023");
  g_assert_cmpstr (dhk_instrument_get_plan_id (instrument), ==, "partnerschap-2023");
  g_assert_nonnull (dhk_instrument_get_title (instrument)->in[DHK_LANGUAGE_NL]);
  g_assert_nonnull (dhk_instrument_get_title (instrument)->in[DHK_LANGUAGE_EN]);
  g_assert_cmpuint (g_bytes_get_size (dhk_instrument_get_xml (instrument)), >, 10000);

  g_assert_cmpuint (dhk_instrument_get_n_answer_scales (instrument), ==, 2);
  g_assert_cmpuint (dhk_instrument_get_n_variables (instrument), ==, 3);
  g_assert_cmpuint (dhk_instrument_get_n_types (instrument), ==, 4);
  g_assert_cmpuint (dhk_instrument_get_n_roles (instrument), ==, 5);
  g_assert_cmpuint (dhk_instrument_get_n_targets (instrument), ==, 3);
  g_assert_cmpuint (dhk_instrument_get_n_perspectives (instrument), ==, 11);
  g_assert_cmpuint (dhk_instrument_get_n_items (instrument), ==, 40);
  g_assert_cmpuint (dhk_instrument_get_n_variants (instrument), ==, 1);

  g_assert_cmpuint (dhk_instrument_get_n_scales (instrument), ==, G_N_ELEMENTS (n_items));
  for (guint i = 0; i < G_N_ELEMENTS (n_items); i++)
    {
      const DhkScale *found = dhk_instrument_get_scale (instrument, i);

      g_assert_cmpuint (found->n_items, ==, n_items[i]);
      g_assert_cmpuint (found->min_answered, ==, n_needed[i]);
      for (guint item = 0; item < found->n_items; item++)
        g_assert_false (found->reversed[item]);
    }
  g_assert_cmpuint (dhk_instrument_get_n_questionnaires (instrument), ==,
                    G_N_ELEMENTS (n_questions));
  for (guint i = 0; i < G_N_ELEMENTS (n_questions); i++)
    {
      const DhkQuestionnaire *form = dhk_instrument_get_questionnaire (instrument, i);

      g_assert_cmpuint (form->n_questions, ==, n_questions[i]);
      g_assert_cmpuint (form->type, ==, i);
      g_assert_nonnull (form->file_hints[0]);
    }
}

static void
test_every_text_is_there_in_both_languages (void)
{
  g_autoptr (DhkInstrument) instrument = load_builtin ();

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *form = dhk_instrument_get_questionnaire (instrument, i);

      for (guint q = 0; q < form->n_questions; q++)
        {
          const DhkQuestion *question = &form->questions[q];

          g_assert_true ((question->item < 0) != (question->variable < 0));
          g_assert_nonnull (question->text.in[DHK_LANGUAGE_NL]);
          g_assert_nonnull (question->text.in[DHK_LANGUAGE_EN]);
          g_assert_nonnull (question->licence);
          if (question->item >= 0)
            g_assert_nonnull (question->stem.in[DHK_LANGUAGE_NL]);
        }
    }
  for (guint i = 0; i < dhk_instrument_get_n_scales (instrument); i++)
    {
      const DhkScale *found = dhk_instrument_get_scale (instrument, i);

      g_assert_cmpstr (found->label.in[DHK_LANGUAGE_NL], !=, found->label.in[DHK_LANGUAGE_EN]);
      g_assert_nonnull (found->description.in[DHK_LANGUAGE_EN]);
    }
}

static void
test_the_same_statement_asked_twice_has_two_questions (void)
{
  g_autoptr (DhkInstrument) instrument = load_builtin ();
  int form = dhk_instrument_find_questionnaire (instrument, "hulpverleners");
  const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (instrument, (guint) form);
  const DhkQuestion *first = &asked->questions[35];
  const DhkQuestion *second = &asked->questions[45];

  g_assert_cmpint (first->item, ==, dhk_instrument_find_item (instrument, "bel1"));
  g_assert_cmpint (second->item, ==, dhk_instrument_find_item (instrument, "lukt1"));
  g_assert_cmpstr (first->text.in[DHK_LANGUAGE_NL], ==, second->text.in[DHK_LANGUAGE_NL]);
  g_assert_cmpstr (first->stem.in[DHK_LANGUAGE_NL], !=, second->stem.in[DHK_LANGUAGE_NL]);
  g_assert_cmpint (first->source, ==, DHK_SOURCE_QUOTED);
  g_assert_cmpint (asked->questions[36].source, ==, DHK_SOURCE_OWN_WORDING);
  g_assert_cmpint (first->target, ==, DHK_NO_TARGET);
}

static void
test_variables (void)
{
  g_autoptr (DhkInstrument) instrument = load_builtin ();
  int sector = dhk_instrument_find_variable (instrument, "sector");
  int age = dhk_instrument_find_variable (instrument, "age");
  const DhkVariable *variable = dhk_instrument_get_variable (instrument, (guint) sector);

  g_assert_cmpint (variable->kind, ==, DHK_VARIABLE_CATEGORY);
  g_assert_cmpuint (variable->n_categories, ==, 3);
  g_assert_cmpint (dhk_variable_find_category (variable, "so-vso"), ==, 0);
  g_assert_cmpint (dhk_variable_find_category (variable, "residentieel"), ==, 2);
  g_assert_cmpint (dhk_variable_find_category (variable, "elsewhere"), ==, -1);

  variable = dhk_instrument_get_variable (instrument, (guint) age);
  g_assert_cmpint (variable->kind, ==, DHK_VARIABLE_NUMBER);
  g_assert_cmpfloat (variable->minimum, ==, 4);
  g_assert_cmpfloat (variable->maximum, ==, 100);
  g_assert_cmpuint (variable->n_bands, >, 1);
  for (guint i = 1; i < variable->n_bands; i++)
    g_assert_cmpfloat (variable->bands[i].low, ==, variable->bands[i - 1].high);
  g_assert_cmpint (dhk_instrument_find_variable (instrument, "colour"), ==, -1);
}

static void
test_roles_and_who_is_asked_what (void)
{
  g_autoptr (DhkInstrument) instrument = load_builtin ();
  guint professional = role (instrument, "professional");
  guint worker = role (instrument, "hulpverlener");
  guint youth = role (instrument, "jeugdige");
  int about_worker = dhk_instrument_find_target (instrument, "hulpverlener");
  int about_youth = dhk_instrument_find_target (instrument, "jeugdige");
  int about_parent = dhk_instrument_find_target (instrument, "ouder");

  g_assert_cmphex (dhk_instrument_get_role (instrument, youth)->types, ==, 1);
  g_assert_cmphex (dhk_instrument_get_role (instrument, professional)->types, ==, 4 | 8);

  g_assert_true (
      dhk_instrument_is_asked (instrument, scale (instrument, "band"), youth, about_worker));
  g_assert_false (
      dhk_instrument_is_asked (instrument, scale (instrument, "band"), youth, about_youth));
  g_assert_false (
      dhk_instrument_is_asked (instrument, scale (instrument, "band"), worker, DHK_NO_TARGET));
  g_assert_true (
      dhk_instrument_is_asked (instrument, scale (instrument, "inspraak"), worker, about_youth));
  g_assert_false (
      dhk_instrument_is_asked (instrument, scale (instrument, "inspraak"), worker, about_parent));
  g_assert_true (dhk_instrument_is_asked (instrument, scale (instrument, "alliantie"), professional,
                                          about_parent));
  g_assert_true (dhk_instrument_is_asked (instrument, scale (instrument, "lukt"), professional,
                                          DHK_NO_TARGET));
}

static void
test_labels_and_names (void)
{
  g_autoptr (DhkInstrument) instrument = load_builtin ();
  guint youth = role (instrument, "jeugdige");
  guint item = (guint) dhk_instrument_find_item (instrument, "band1");
  int about_worker = dhk_instrument_find_target (instrument, "hulpverlener");
  g_autofree char *with = dhk_instrument_dup_column_name (instrument, item, about_worker);
  g_autofree char *without = dhk_instrument_dup_column_name (instrument, item, DHK_NO_TARGET);
  const DhkAnswerScale *answers = dhk_instrument_get_answer_scale (instrument, 0);
  int lowest, highest;

  g_assert_cmpstr (with, ==, "band1_h");
  g_assert_cmpstr (without, ==, "band1");
  g_assert_cmpstr (
      dhk_instrument_get_perspective_label (instrument, youth, about_worker, DHK_LANGUAGE_NL), ==,
      "Jeugdige over hulpverlener");
  g_assert_cmpstr (
      dhk_instrument_get_perspective_label (instrument, youth, about_worker, DHK_LANGUAGE_EN), ==,
      "Youth about worker");
  /* No such perspective: the role's own name. */
  g_assert_cmpstr (
      dhk_instrument_get_perspective_label (instrument, youth, DHK_NO_TARGET, DHK_LANGUAGE_EN), ==,
      "Youth");

  dhk_answer_scale_get_range (answers, &lowest, &highest);
  g_assert_cmpint (lowest, ==, 1);
  g_assert_cmpint (highest, ==, 5);
  g_assert_cmpstr (dhk_answer_scale_find (answers, 5)->label.in[DHK_LANGUAGE_NL], ==, "altijd");
  g_assert_null (dhk_answer_scale_find (answers, 6));
}

static void
test_variant_replaces_words_and_keeps_case (void)
{
  static const struct
  {
    const char *text;
    const char *expected; /* NULL: nothing changes */
  } cases[] = {
    { "De hulpverleners en ik", "De jongerenwerkers en ik" },
    { "Hulpverlener", "Jongerenwerker" },
    { "hulpverlener", "jongerenwerker" },
    { "Vindt u dat de hulpverlener de Hulpverleners helpt?",
      "Vindt u dat de jongerenwerker de Jongerenwerkers helpt?" },
    { "The care workers and I", "The youth workers and I" },
    { "Ik mag meepraten", NULL },
    { "hulpverlene", NULL },
    { "", NULL },
  };
  g_autoptr (DhkInstrument) instrument = load_builtin ();
  const DhkVariant *variant = dhk_instrument_get_variant (instrument, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = dhk_variant_apply (variant, cases[i].text);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_variant_does_not_replace_what_it_wrote (void)
{
  DhkReplacement replacements[] = { { (char *) "a", (char *) "b" },
                                    { (char *) "b", (char *) "a" },
                                    { (char *) "É", (char *) "x" } };
  DhkVariant variant = { .n_replacements = 3, .replacements = replacements };
  g_autofree char *text = dhk_variant_apply (&variant, "abé");

  g_assert_cmpstr (text, ==, "bax");
}

static void
test_another_survey_loads (void)
{
  g_autoptr (DhkInstrument) instrument = load_other ();
  guint visitor = role (instrument, "visitor");
  guint volunteer = role (instrument, "volunteer");
  guint everybody = role (instrument, "everybody");
  guint collection = scale (instrument, "collection");
  const DhkScale *welcome = dhk_instrument_get_scale (instrument, scale (instrument, "welcome"));

  g_assert_cmpuint (dhk_instrument_get_n_types (instrument), ==, 2);
  g_assert_cmpuint (welcome->n_items, ==, 3);
  g_assert_false (welcome->reversed[1]);
  g_assert_true (welcome->reversed[2]);
  g_assert_cmpuint (dhk_instrument_get_n_variants (instrument), ==, 0);

  /* Volunteers are asked only half of it. */
  g_assert_true (dhk_instrument_is_asked (instrument, collection, visitor, DHK_NO_TARGET));
  g_assert_false (dhk_instrument_is_asked (instrument, collection, volunteer, DHK_NO_TARGET));
  g_assert_true (dhk_instrument_is_asked (instrument, collection, everybody, DHK_NO_TARGET));

  /* There is no Dutch text: the English one is better than none. */
  g_assert_cmpstr (dhk_text_get (&welcome->label, DHK_LANGUAGE_NL), ==, "Welcome");
}

static void
test_what_is_not_there_is_said_without_a_path (void)
{
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) escape = NULL;
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) folder = NULL;
  g_autoptr (GError) endless = NULL;
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere/at/all.xml");
  g_autoptr (GFile) directory = g_file_new_for_path (g_get_tmp_dir ());
  g_autoptr (GFile) zeros = g_file_new_for_path ("/dev/zero");

  g_assert_null (dhk_instrument_new_builtin ("no-such-survey", &unknown));
  g_assert_error (unknown, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (dhk_instrument_new_builtin ("../instruments/partnerschap-2023", &escape));
  g_assert_error (escape, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  g_assert_null (dhk_instrument_new_from_file (nowhere, NULL, &missing));
  g_assert_error (missing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (missing->message, "all.xml"));
  g_assert_null (strstr (missing->message, "/"));

  g_assert_null (dhk_instrument_new_from_file (directory, NULL, &folder));
  g_assert_nonnull (folder);
  g_assert_null (strstr (folder->message, "/"));

  /* A device has no end. */
  g_assert_null (dhk_instrument_new_from_file (zeros, NULL, &endless));
  g_assert_error (endless, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/instrument/parts-of-the-built-in", test_parts_of_the_built_in);
  g_test_add_func ("/instrument/every-text-in-both-languages",
                   test_every_text_is_there_in_both_languages);
  g_test_add_func ("/instrument/same-statement-twice",
                   test_the_same_statement_asked_twice_has_two_questions);
  g_test_add_func ("/instrument/variables", test_variables);
  g_test_add_func ("/instrument/roles", test_roles_and_who_is_asked_what);
  g_test_add_func ("/instrument/labels", test_labels_and_names);
  g_test_add_func ("/instrument/variant", test_variant_replaces_words_and_keeps_case);
  g_test_add_func ("/instrument/variant-once", test_variant_does_not_replace_what_it_wrote);
  g_test_add_func ("/instrument/another-survey", test_another_survey_loads);
  g_test_add_func ("/instrument/not-there", test_what_is_not_there_is_said_without_a_path);
  return g_test_run ();
}
