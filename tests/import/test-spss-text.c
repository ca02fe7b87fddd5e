/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts of data files of SPSS: what is no text is shown as such, and nothing after it is lost. */

#include "import/dhk-spss.h"

static void
assert_text (const char *bytes, gsize length, const char *expected, gboolean broken)
{
  DhkSpssText text;
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_true (dhk_spss_text_init (&text, "UTF-8"));
  dhk_spss_text_append (&text, out, bytes, length);
  g_assert_cmpstr (out->str, ==, expected);
  g_assert_cmpint (text.broken, ==, broken);
  dhk_spss_text_clear (&text);
}

#define ASSERT_TEXT(bytes, expected, broken)                                                       \
  assert_text (bytes, sizeof (bytes) - 1, expected, broken)

static void
test_broken_letters (void)
{
  ASSERT_TEXT ("caf\xc3\xa9", "café", FALSE);
  ASSERT_TEXT ("caf\xc3", "caf", FALSE);
  ASSERT_TEXT ("a\xe2\x82", "a", FALSE);
  ASSERT_TEXT ("a\xe9z", "a�z", TRUE);
  ASSERT_TEXT ("a\xe2\x82z", "a��z", TRUE);
}

static void
test_zero_bytes (void)
{
  ASSERT_TEXT ("\xc3\0rest", "��rest", TRUE);
  ASSERT_TEXT ("\xe2\x82\0rest\xc3", "���rest", TRUE);
  ASSERT_TEXT ("\xc3\xa9\0rest", "é�rest", TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/spss-text/broken-letters", test_broken_letters);
  g_test_add_func ("/import/spss-text/zero-bytes", test_zero_bytes);
  return g_test_run ();
}
