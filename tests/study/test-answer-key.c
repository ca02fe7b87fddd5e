/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Typing an answer: digits, places and numbers. */

#include "study/dhk-answer-key.h"

static GPtrArray *
make_choices (const char *const *keys)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      DhkAnswerChoice *choice = g_new0 (DhkAnswerChoice, 1);

      choice->code = (int) i + 100;
      choice->key = (char *) keys[i];
      g_ptr_array_add (choices, choice);
    }
  return choices;
}

static void
test_match (void)
{
  static const char *const keys[] = { "0", "1", "9", "10", "25", NULL };
  static const struct
  {
    const char *digits;
    DhkAnswerKey expected;
    int code;
  } cases[] = {
    { "0", DHK_ANSWER_KEY_WHOLE, 100 },  { "1", DHK_ANSWER_KEY_MORE, 101 },
    { "10", DHK_ANSWER_KEY_WHOLE, 103 }, { "2", DHK_ANSWER_KEY_BEGIN, -1 },
    { "25", DHK_ANSWER_KEY_WHOLE, 104 }, { "3", DHK_ANSWER_KEY_NONE, -1 },
    { "11", DHK_ANSWER_KEY_NONE, -1 },   { "01", DHK_ANSWER_KEY_NONE, -1 },
  };
  g_autoptr (GPtrArray) choices = make_choices (keys);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int code = -1;

      g_assert_cmpint (dhk_answer_key_match (choices, cases[i].digits, &code), ==,
                       cases[i].expected);
      g_assert_cmpint (code, ==, cases[i].code);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    double expected; /* < 0: refused */
  } cases[] = {
    { "14", 14 },    { "14,5", 14.5 }, { " 14.5 ", 14.5 }, { "0,25", 0.25 }, { "1.234,5", -1 },
    { "1,2,3", -1 }, { "", -1 },       { "vier", -1 },     { "1e3x", -1 },   { "0x10", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double number = -1;

      g_assert_cmpint (dhk_answer_key_parse_number (cases[i].text, &number), ==,
                       cases[i].expected >= 0);
      g_assert_cmpfloat (number, ==, cases[i].expected >= 0 ? cases[i].expected : -1);
    }
}

static void
test_choices (void)
{
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  const DhkQuestionnaire *form = dhk_instrument_get_questionnaire (instrument, 0);

  for (guint q = 0; q < form->n_questions; q++)
    {
      const DhkQuestion *question = &form->questions[q];
      g_autoptr (GPtrArray) choices
          = dhk_question_list_choices (instrument, question, DHK_LANGUAGE_NL);

      g_assert_cmpint (choices == NULL, ==, dhk_question_is_number (instrument, question));
      for (guint i = 0; choices != NULL && i < choices->len; i++)
        {
          const DhkAnswerChoice *choice = g_ptr_array_index (choices, i);
          int code = -1;

          g_assert_cmpint (dhk_answer_key_match (choices, choice->key, &code), ==,
                           DHK_ANSWER_KEY_WHOLE);
          g_assert_cmpint (code, ==, choice->code);
          g_assert_cmpint (choice->code, ==, (int) i + (question->item >= 0 ? 1 : 0));
          g_assert_cmpstr (choice->label, !=, "");
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/study/answer_key/match", test_match);
  g_test_add_func ("/study/answer_key/numbers", test_numbers);
  g_test_add_func ("/study/answer_key/choices", test_choices);
  return g_test_run ();
}
