/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-text.h"

static void
texts_that_look_alike_fold_alike (void)
{
  static const char *const alike[] = {
    "Één lijn trekken",
    "één  lijn trekken ",
    "\xc2\xa0één lijn\ntrekken",
    "één lijn_x000D_trekken",
    "e\xcc\x81\x65\xcc\x81n lijn trekken",
    "EEN LIJN TREKKEN",
    "één lijn\xe2\x80\x8b trekken",
  };
  g_autofree char *first = dhk_text_fold (alike[0]);

  for (guint i = 1; i < G_N_ELEMENTS (alike); i++)
    {
      g_autofree char *other = dhk_text_fold (alike[i]);

      g_assert_cmpstr (other, ==, first);
    }
}

static void
quotes_and_dashes_become_plain (void)
{
  g_autofree char *text = dhk_text_clean ("collega’s – “ja”");

  g_assert_cmpstr (text, ==, "collega's - \"ja\"");
}

static void
different_texts_stay_different (void)
{
  g_autofree char *me = dhk_text_fold ("voel ik me op mijn gemak");
  g_autofree char *mij = dhk_text_fold ("voel ik mij op mijn gemak");

  g_assert_cmpstr (me, !=, mij);
}

static void
broken_utf8_is_survived (void)
{
  g_autofree char *text = dhk_text_clean ("caf\xe9 \xff\xfe");

  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
addresses_are_masked_wherever_they_stand (void)
{
  static const struct
  {
    const char *text;
    const char *masked;
  } cases[] = {
    { "bel me via jan.jansen@school.nl graag", "bel me via [e-mail] graag" },
    { "a@b.nl;c.d@e-f.co.uk", "[e-mail];[e-mail]" },
    { "jan (at) school.nl", "[e-mail]" },
    { "jan[at]school.nl", "[e-mail]" },
    { "JAN@SCHOOL.NL.", "[e-mail]." },
    { "zoë@crèche.nl", "[e-mail]" },
    { "mail jan@school even", "mail [e-mail] even" },
    { "jan [at] school punt nl", "[e-mail]" },
    { "jan(at)school(dot)nl", "[e-mail]" },
    { "jan @ school.nl", "[e-mail]" },
  };
  static const char *const untouched[] = { "", "gewoon een zin", "3 @ 2", "@naam", "dat is wat" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = dhk_text_mask_emails (cases[i].text);

      g_assert_cmpstr (masked, ==, cases[i].masked);
    }
  for (guint i = 0; i < G_N_ELEMENTS (untouched); i++)
    g_assert_null (dhk_text_mask_emails (untouched[i]));
}

static void
fields_are_quoted_only_where_they_have_to_be (void)
{
  static const struct
  {
    const char *text;
    const char *as_is;
    const char *for_spreadsheet;
  } cases[] = {
    { "", "", "" },
    { "soms", "soms", "soms" },
    { "a,b", "\"a,b\"", "\"a,b\"" },
    { "zei \"ja\"", "\"zei \"\"ja\"\"\"", "\"zei \"\"ja\"\"\"" },
    { "een\ntwee", "\"een\ntwee\"", "\"een\ntwee\"" },
    { "=1+1", "=1+1", "'=1+1" },
    { "@SUM(A1)", "@SUM(A1)", "'@SUM(A1)" },
    { "\r=1", "\"\r=1\"", "\"'\r=1\"" },
    { "-", "-", "'-" },
    { "-1+A2", "-1+A2", "'-1+A2" },
    { "-0.35", "-0.35", "-0.35" },
    { "-0,35", "\"-0,35\"", "\"-0,35\"" },
    { "+31", "+31", "+31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) as_is = g_string_new (NULL);
      g_autoptr (GString) for_spreadsheet = g_string_new (NULL);

      dhk_text_append_csv (as_is, cases[i].text, DHK_CSV_AS_IS);
      dhk_text_append_csv (for_spreadsheet, cases[i].text, DHK_CSV_FOR_SPREADSHEET);
      g_assert_cmpstr (as_is->str, ==, cases[i].as_is);
      g_assert_cmpstr (for_spreadsheet->str, ==, cases[i].for_spreadsheet);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/fold", texts_that_look_alike_fold_alike);
  g_test_add_func ("/text/clean", quotes_and_dashes_become_plain);
  g_test_add_func ("/text/different", different_texts_stay_different);
  g_test_add_func ("/text/broken", broken_utf8_is_survived);
  g_test_add_func ("/text/mask", addresses_are_masked_wherever_they_stand);
  g_test_add_func ("/text/csv", fields_are_quoted_only_where_they_have_to_be);
  return g_test_run ();
}
