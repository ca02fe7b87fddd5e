/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-number.h"

#include <math.h>
#include <string.h>

typedef struct
{
  DhkNumberKind kind;
  double value;
  const char *dutch;
  const char *english;
} Case;

/* clang-format off */
static const Case cases[] = {
  { DHK_NUMBER_MEAN, 3.9812, "3,98", "3.98" },
  { DHK_NUMBER_MEAN, 4, "4,00", "4.00" },
  { DHK_NUMBER_SD, 0.4, "0,40", "0.40" },
  { DHK_NUMBER_SD, 0, "0,00", "0.00" },
  { DHK_NUMBER_MEAN, 9.995, "10,00", "10.00" },
  { DHK_NUMBER_MEAN, 3.125, "3,13", "3.13" },
  { DHK_NUMBER_MEAN, -3.125, "−3,13", "−3.13" },
  { DHK_NUMBER_MEAN, 1.005, "1,01", "1.01" },
  { DHK_NUMBER_MEAN, -0.001, "0,00", "0.00" },
  { DHK_NUMBER_MEAN, 1e-300, "0,00", "0.00" },
  { DHK_NUMBER_MEAN, 123456789.125, "123456789,13", "123456789.13" },
  { DHK_NUMBER_COUNT, 1234, "1234", "1234" },
  { DHK_NUMBER_COUNT, 0, "0", "0" },
  { DHK_NUMBER_R, 0.493, ",49", ".49" },
  { DHK_NUMBER_R, -0.216, "−,22", "−.22" },
  { DHK_NUMBER_R, 1, "1,00", "1.00" },
  { DHK_NUMBER_R, 0.997, "1,00", "1.00" },
  { DHK_NUMBER_R, 0, ",00", ".00" },
  { DHK_NUMBER_ALPHA, 0.8988, ",90", ".90" },
  { DHK_NUMBER_ALPHA, -1.5, "−1,50", "−1.50" },
  { DHK_NUMBER_P, 0.0004, "< ,001", "< .001" },
  { DHK_NUMBER_P, 0, "< ,001", "< .001" },
  { DHK_NUMBER_P, 0.001, ",001", ".001" },
  { DHK_NUMBER_P, 0.0496, ",050", ".050" },
  { DHK_NUMBER_P, 0.5, ",500", ".500" },
  { DHK_NUMBER_P, 1, "> ,999", "> .999" },
  { DHK_NUMBER_STATISTIC, 9.7243, "9,72", "9.72" },
  { DHK_NUMBER_DF, 171, "171", "171" },
  { DHK_NUMBER_DF, 96.4321, "96,43", "96.43" },
  { DHK_NUMBER_PERCENT, 36.36, "36,4", "36.4" },
  { DHK_NUMBER_MEAN, NAN, "–", "–" },
  { DHK_NUMBER_MEAN, INFINITY, "–", "–" },
};
/* clang-format on */

static void
numbers_follow_apa_in_both_styles (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *dutch
          = dhk_number_format (cases[i].kind, cases[i].value, DHK_NUMBER_STYLE_DUTCH);
      g_autofree char *english
          = dhk_number_format (cases[i].kind, cases[i].value, DHK_NUMBER_STYLE_ENGLISH);

      g_assert_cmpstr (dutch, ==, cases[i].dutch);
      g_assert_cmpstr (english, ==, cases[i].english);
    }
}

static void
an_equation_has_its_relation (void)
{
  g_autofree char *below
      = dhk_number_format_equation ("p", DHK_NUMBER_P, 0.0002, DHK_NUMBER_STYLE_DUTCH);
  g_autofree char *equal
      = dhk_number_format_equation ("r", DHK_NUMBER_R, 0.49, DHK_NUMBER_STYLE_DUTCH);

  g_assert_cmpstr (below, ==, "p < ,001");
  g_assert_cmpstr (equal, ==, "r = ,49");
}

static void
a_written_number_reads_back_to_the_bit (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20231101);

  for (guint i = 0; i < 20000; i++)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];
      double value = ldexp (g_rand_double (rand) - 0.5, g_rand_int_range (rand, -300, 300));
      double back = 0;

      g_assert_true (dhk_number_from_file (dhk_number_to_file (value, buffer), &back));
      g_assert_true (memcmp (&back, &value, sizeof value) == 0);
      g_assert_null (strchr (buffer, ','));
    }
}

static void
a_file_number_is_plain_and_finite (void)
{
  static const char *const refused[]
      = { "", " ", "1,5", "nan", "inf", "0x10", "1e999", "1 2", "1.2.3", "e5", "-", "1e", "٣" };
  static const char *const read[] = { "1.5", "-2", "1e3", ".5", "+4" };
  double value = 42;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_false (dhk_number_from_file (refused[i], &value));
  g_assert_true (value > 41.9 && value < 42.1);
  for (guint i = 0; i < G_N_ELEMENTS (read); i++)
    g_assert_true (dhk_number_from_file (read[i], &value));

  {
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    g_assert_cmpstr (dhk_number_to_file (0.1, buffer), ==, "0.1");
    g_assert_cmpstr (dhk_number_to_file (NAN, buffer), ==, "");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/apa", numbers_follow_apa_in_both_styles);
  g_test_add_func ("/number/equation", an_equation_has_its_relation);
  g_test_add_func ("/number/round-trip", a_written_number_reads_back_to_the_bit);
  g_test_add_func ("/number/from-file", a_file_number_is_plain_and_finite);
  return g_test_run ();
}
