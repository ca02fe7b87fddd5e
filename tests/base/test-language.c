/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-language.h"

static void
codes_are_parsed_strictly (void)
{
  DhkLanguage language = DHK_LANGUAGE_EN;

  g_assert_true (dhk_language_parse ("nl_NL.UTF-8", &language));
  g_assert_cmpint (language, ==, DHK_LANGUAGE_NL);
  g_assert_true (dhk_language_parse ("en", &language));
  g_assert_cmpint (language, ==, DHK_LANGUAGE_EN);
  g_assert_false (dhk_language_parse ("nlx", &language));
  g_assert_false (dhk_language_parse ("", &language));
  g_assert_false (dhk_language_parse (NULL, &language));
  g_assert_cmpint (language, ==, DHK_LANGUAGE_EN);
}

static void
a_text_falls_back_to_what_there_is (void)
{
  char english[] = "only English";
  DhkText text = { { NULL, english } };
  DhkText none = { { NULL, NULL } };

  g_assert_cmpstr (dhk_text_get (&text, DHK_LANGUAGE_NL), ==, "only English");
  g_assert_cmpstr (dhk_text_get (&none, DHK_LANGUAGE_NL), ==, "");
}

static void
output_words_do_not_depend_on_the_locale (void)
{
  /* The test runs under C.UTF-8 and still speaks Dutch when asked. */
  g_assert_cmpstr (dhk_translate (DHK_LANGUAGE_NL, "Table"), ==, "Tabel");
  g_assert_cmpstr (dhk_translate (DHK_LANGUAGE_EN, "Table"), ==, "Table");
  g_assert_cmpstr (dhk_translate (DHK_LANGUAGE_NL, "no such text"), ==, "no such text");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/parse", codes_are_parsed_strictly);
  g_test_add_func ("/language/text", a_text_falls_back_to_what_there_is);
  g_test_add_func ("/language/translate", output_words_do_not_depend_on_the_locale);
  return g_test_run ();
}
