/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-column-guess.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#define GUESS_NUMBERS(...)                                                                         \
  dhk_column_numbers_guess ((const char *const[]){ __VA_ARGS__ },                                  \
                            G_N_ELEMENTS (((const char *const[]){ __VA_ARGS__ })))
#define GUESS_DATES(...)                                                                           \
  dhk_column_dates_guess ((const char *const[]){ __VA_ARGS__ },                                    \
                          G_N_ELEMENTS (((const char *const[]){ __VA_ARGS__ })))

static void
test_number_styles (void)
{
  g_assert_cmpint (GUESS_NUMBERS ("1,5", "2", "1.234,5").style, ==, DHK_NUMBERS_DECIMAL_COMMA);
  g_assert_cmpint (GUESS_NUMBERS ("0,435").style, ==, DHK_NUMBERS_DECIMAL_COMMA);
  g_assert_cmpint (GUESS_NUMBERS ("0.435", "12").style, ==, DHK_NUMBERS_DECIMAL_POINT);
  g_assert_cmpint (GUESS_NUMBERS ("1,234.5").style, ==, DHK_NUMBERS_DECIMAL_POINT);
  g_assert_cmpint (GUESS_NUMBERS ("1,234,567").style, ==, DHK_NUMBERS_DECIMAL_POINT);
  g_assert_cmpint (GUESS_NUMBERS ("1.234.567").style, ==, DHK_NUMBERS_DECIMAL_COMMA);
  g_assert_cmpint (GUESS_NUMBERS ("1 234,567").style, ==, DHK_NUMBERS_DECIMAL_COMMA);
  g_assert_cmpint (GUESS_NUMBERS ("1", "2", "", " ", NULL).style, ==, DHK_NUMBERS_WHOLE);
  g_assert_cmpint (GUESS_NUMBERS ("1.234", "2").style, ==, DHK_NUMBERS_OPEN);
  g_assert_cmpint (GUESS_NUMBERS ("1,234").style, ==, DHK_NUMBERS_OPEN);
  g_assert_cmpint (GUESS_NUMBERS ("1.234", "0,5").style, ==, DHK_NUMBERS_OPEN);
  g_assert_cmpint (GUESS_NUMBERS ("1,234", "0.5").style, ==, DHK_NUMBERS_OPEN);
  g_assert_cmpint (GUESS_NUMBERS ("1.234", "0,5", "1.234,5").style, ==, DHK_NUMBERS_DECIMAL_COMMA);
  g_assert_cmpint (GUESS_NUMBERS ("1,5", "1.5").style, ==, DHK_NUMBERS_CONTRADICTORY);
  g_assert_cmpint (GUESS_NUMBERS ("1.234,5", "1,234.5", "3").style, ==, DHK_NUMBERS_CONTRADICTORY);
  g_assert_cmpint (GUESS_NUMBERS ("ja", "nee", "3").style, ==, DHK_NUMBERS_NONE);
  g_assert_cmpint (GUESS_NUMBERS ("3", "ja").style, ==, DHK_NUMBERS_NONE);
  g_assert_cmpint (GUESS_NUMBERS ("3", "4", "n.v.t.").style, ==, DHK_NUMBERS_WHOLE);
  g_assert_cmpint (GUESS_NUMBERS (NULL, "").style, ==, DHK_NUMBERS_NONE);
}

static void
test_number_counts (void)
{
  DhkNumberGuess guess = GUESS_NUMBERS ("1,5", "2", "1.234", "x", "", "1.5");

  g_assert_cmpuint (guess.n_texts, ==, 5);
  g_assert_cmpuint (guess.n_numbers, ==, 4);
  g_assert_cmpuint (guess.n_comma, ==, 1);
  g_assert_cmpuint (guess.n_point, ==, 1);
  g_assert_cmpuint (guess.n_open, ==, 1);
}

static void
test_number_values (void)
{
  static const struct
  {
    const char *text;
    double comma; /* NAN: no number in this style */
    double point;
  } cases[] = {
    { "0,435", 0.435, NAN },
    { "1.234,5", 1234.5, NAN },
    { "1,234.5", NAN, 1234.5 },
    { "1.234", 1234, 1.234 },
    { "12", 12, 12 },
    { "-3", -3, -3 },
    { "+4", 4, 4 },
    { "\xe2\x88\x92"
      "5",
      -5, -5 },
    { " 3\xc2\xa0", 3, 3 },
    { "1\xc2\xa0"
      "000,25",
      1000.25, NAN },
    { "1\xe2\x80\xaf"
      "000",
      1000, 1000 },
    { "1'000.5", NAN, 1000.5 },
    { ",5", 0.5, NAN },
    { ".5", NAN, 0.5 },
    { "5.", NAN, 5 },
    { "1e3", 1000, 1000 },
    { "1,5e-3", 0.0015, NAN },
    { "1e999", NAN, NAN },
    { "1e", NAN, NAN },
    { "e5", NAN, NAN },
    { "nan", NAN, NAN },
    { "Inf", NAN, NAN },
    { "0x1A", NAN, NAN },
    { "1_000", NAN, NAN },
    { "--1", NAN, NAN },
    { "1.2.3", NAN, NAN },
    { "1.23,4", NAN, NAN },
    { "1.2345,6", NAN, NAN },
    { "0.123,4", NAN, NAN },
    { "1 2", NAN, NAN },
    { "12 uur", NAN, NAN },
    { ".", NAN, NAN },
    { "-", NAN, NAN },
    { "", NAN, NAN },
    { "\xd9\xa1\xd9\xa2", NAN, NAN },
    { "\xff", NAN, NAN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double value = 0;
      gboolean comma = dhk_column_number_parse (cases[i].text, DHK_NUMBERS_DECIMAL_COMMA, &value);

      g_test_message ("case %u", i);
      g_assert_cmpint (comma, ==, !isnan (cases[i].comma));
      if (comma)
        g_assert_cmpfloat (value, ==, cases[i].comma);
      g_assert_cmpint (dhk_column_number_parse (cases[i].text, DHK_NUMBERS_DECIMAL_POINT, &value),
                       ==, !isnan (cases[i].point));
      if (!isnan (cases[i].point))
        g_assert_cmpfloat (value, ==, cases[i].point);
    }
}

/* The four ways to write numbers, in columns, under several locales: what is
 * read is what was meant, or nothing is decided. */
static void
test_columns_under_locales (void)
{
  static const char *const locales[] = { "C", "nl_NL.UTF-8", "en_US.UTF-8" };
  static const struct
  {
    const char *decimal;
    const char *group;
    DhkColumnNumbers style;
  } styles[] = {
    { ",", "", DHK_NUMBERS_DECIMAL_COMMA },
    { ".", "", DHK_NUMBERS_DECIMAL_POINT },
    { ",", ".", DHK_NUMBERS_DECIMAL_COMMA },
    { ".", ",", DHK_NUMBERS_DECIMAL_POINT },
  };

  for (guint l = 0; l < G_N_ELEMENTS (locales); l++)
    {
      setlocale (LC_ALL, locales[l]);
      for (guint column = 0; column < 200; column++)
        for (guint s = 0; s < G_N_ELEMENTS (styles); s++)
          {
            g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
            int thousands[20], units[20], thousandths[20];
            DhkNumberGuess guess;

            for (guint i = 0; i < 20; i++)
              {
                thousands[i] = g_test_rand_int_range (0, 3);
                units[i] = g_test_rand_int_range (0, 1000);
                thousandths[i] = g_test_rand_int_range (0, 1000);
                g_ptr_array_add (texts, thousands[i] > 0
                                            ? g_strdup_printf ("%d%s%03d%s%03d", thousands[i],
                                                               styles[s].group, units[i],
                                                               styles[s].decimal, thousandths[i])
                                            : g_strdup_printf ("%d%s%03d", units[i],
                                                               styles[s].decimal, thousandths[i]));
              }
            guess = dhk_column_numbers_guess ((const char *const *) texts->pdata, texts->len);
            g_assert_true (guess.style == styles[s].style || guess.style == DHK_NUMBERS_OPEN);
            if (guess.style == DHK_NUMBERS_OPEN)
              continue;
            for (guint i = 0; i < 20; i++)
              {
                double value;

                g_assert_true (
                    dhk_column_number_parse (g_ptr_array_index (texts, i), guess.style, &value));
                g_assert_cmpfloat (
                    fabs (value - (thousands[i] * 1000 + units[i] + thousandths[i] / 1000.0)), <,
                    1e-9);
              }
          }
    }
  setlocale (LC_ALL, "C");
}

static void
test_date_orders (void)
{
  g_assert_cmpint (GUESS_DATES ("7/2/20 11:00:22", "10/9/2024 11:02", "3/14/2023").order, ==,
                   DHK_DATES_MDY);
  g_assert_cmpint (GUESS_DATES ("14-3-2023", "1-2-2023").order, ==, DHK_DATES_DMY);
  g_assert_cmpint (GUESS_DATES ("2025-07-01 11:13:44", "").order, ==, DHK_DATES_YMD);
  g_assert_cmpint (GUESS_DATES ("14/3/2023", "3/14/2023").order, ==, DHK_DATES_CONTRADICTORY);
  g_assert_cmpint (GUESS_DATES ("vandaag", "3/14/2023").order, ==, DHK_DATES_NONE);
  g_assert_true (GUESS_DATES ("3/14/2023").certain);

  g_assert_cmpint (GUESS_DATES ("1/2/2023").order, ==, DHK_DATES_MDY);
  g_assert_false (GUESS_DATES ("1/2/2023").certain);
  g_assert_cmpint (GUESS_DATES ("1-2-2023").order, ==, DHK_DATES_DMY);
  g_assert_false (GUESS_DATES ("1-2-2023").certain);
}

static void
test_date_values (void)
{
  static const struct
  {
    const char *text;
    DhkDateOrder order;
    double seconds; /* NAN: no date in this order */
  } cases[] = {
    { "1970-01-01", DHK_DATES_YMD, 0 },
    { "1970-01-02T00:00:01", DHK_DATES_YMD, 86401 },
    { "1969-12-31 23:59:59.5", DHK_DATES_YMD, -0.5 },
    { "2023-03-14T09:12:33Z", DHK_DATES_YMD, 1678785153 },
    { "2023-03-14T09:12:33+02:00", DHK_DATES_YMD, 1678785153 },
    { "2023-03-14", DHK_DATES_DMY, 1678752000 },
    { "14-3-2023 9:12", DHK_DATES_DMY, 1678785120 },
    { "14.3.23", DHK_DATES_DMY, 1678752000 },
    { "3/14/23 9:12:33", DHK_DATES_MDY, 1678785153 },
    { "3/14/2023, 9:12:33 PM", DHK_DATES_MDY, 1678828353 },
    { "3/14/2023 12:00:00 AM", DHK_DATES_MDY, 1678752000 },
    { "1/1/69", DHK_DATES_MDY, -31536000 },
    { "1/1/68", DHK_DATES_MDY, 3092601600 },
    { "29-2-2024", DHK_DATES_DMY, 1709164800 },
    { "29-2-2023", DHK_DATES_DMY, NAN },
    { "3/14/2023", DHK_DATES_DMY, NAN },
    { "14-3-2023", DHK_DATES_YMD, NAN },
    { "2021-02-30", DHK_DATES_YMD, NAN },
    { "14-3/2023", DHK_DATES_DMY, NAN },
    { "14-3-2023 25:00", DHK_DATES_DMY, NAN },
    { "14-3-2023 13:00 PM", DHK_DATES_DMY, NAN },
    { "14-3-2023 x", DHK_DATES_DMY, NAN },
    { "14-3-20233", DHK_DATES_DMY, NAN },
    { "9999999-01-01", DHK_DATES_YMD, NAN },
    { "1-1-0000", DHK_DATES_DMY, NAN },
    { "3,14", DHK_DATES_DMY, NAN },
    { "1.2", DHK_DATES_DMY, NAN },
    { "", DHK_DATES_DMY, NAN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double seconds = 0;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (dhk_column_date_parse (cases[i].text, cases[i].order, &seconds), ==,
                       !isnan (cases[i].seconds));
      if (!isnan (cases[i].seconds))
        g_assert_cmpfloat (seconds, ==, cases[i].seconds);
    }
}

/* Calendar days against GLib's. */
static void
test_days (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 200000; i++)
    {
      int year = g_rand_int_range (rand, 1, 10000);
      int month = g_rand_int_range (rand, 0, 14);
      int day = g_rand_int_range (rand, 0, 34);
      g_autofree char *text = g_strdup_printf ("%04d-%d-%d", year, month, day);
      gboolean valid
          = month <= 12 && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
      double seconds = 0;

      g_assert_cmpint (dhk_column_date_parse (text, DHK_DATES_YMD, &seconds), ==, valid);
      if (valid)
        {
          g_autoptr (GDate) date
              = g_date_new_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);

          g_assert_cmpfloat (seconds, ==, (g_date_get_julian (date) - 719163.0) * 86400.0);
        }
    }
}

/* Zeros for digits: a date, a time and what is around them, of lengths and signs that also make none. */
static char *
make_zeros (GRand *rand)
{
  static const char *const signs[] = { "-", "-", "/", ".", ":", "" };
  static const char *const gaps[] = { " ", " ", "T", "  ", ", ", "" };
  static const char *const ends[] = { "", "", "", " PM", "AM", " pm", "Z", ".000", "+00:00", " x" };
  GString *text = g_string_new (g_rand_int_range (rand, 0, 9) == 0 ? " " : "");
  const char *sign = signs[g_rand_int_range (rand, 0, G_N_ELEMENTS (signs))];
  int n_time = g_rand_int_range (rand, 0, 5);

  for (int i = 0; i < 3; i++)
    {
      static const int usual[] = { 1, 2, 2, 4, 4, 3, 5 };
      int n = usual[g_rand_int_range (rand, 0, i == 1 ? 3 : (int) G_N_ELEMENTS (usual))];

      g_string_append_printf (text, "%s%.*s", i > 0 ? sign : "", n, "00000");
    }
  if (n_time > 0)
    g_string_append (text, gaps[g_rand_int_range (rand, 0, G_N_ELEMENTS (gaps))]);
  for (int i = 0; i < n_time; i++)
    g_string_append_printf (text, "%s%.*s", i > 0 ? ":" : "",
                            g_rand_int_range (rand, 0, 9) > 0 ? 2 : 1, "00");
  g_string_append (text, ends[g_rand_int_range (rand, 0, n_time > 0 ? G_N_ELEMENTS (ends) : 3)]);
  return g_string_free (text, FALSE);
}

/* Mostly small digits, as dates have them. */
static guint64
fill_digits (GRand *rand, const char *zeros, char *text)
{
  guint64 digits = 0;

  strcpy (text, zeros);
  for (; *text != '\0'; text++)
    if (*text == '0')
      {
        guint digit
            = (guint) g_rand_int_range (rand, 0, g_rand_int_range (rand, 0, 5) == 0 ? 10 : 3);

        *text = (char) ('0' + digit);
        digits = digits * 10 + digit;
      }
  return digits;
}

/* The digits alone say what the text says. */
static gboolean
check_form (GRand *rand, const char *zeros)
{
  DhkDateForm forms[DHK_DATES_CONTRADICTORY + 1];
  DhkDateForm weighed;
  DhkDateEvidence by_text = { 0 }, by_digits = { 0 };

  if (!dhk_date_form_init (&weighed, zeros))
    return FALSE;
  for (guint order = 0; order < G_N_ELEMENTS (forms); order++)
    g_assert_true (dhk_date_form_init (&forms[order], zeros));
  for (guint i = 0; i < 300; i++)
    {
      char text[80];
      guint64 digits = fill_digits (rand, zeros, text);

      for (DhkDateOrder order = DHK_DATES_YMD; order <= DHK_DATES_MDY; order++)
        for (guint twice = 0; twice < 2; twice++)
          {
            double parsed = 0, read = 0;
            gboolean is_date = dhk_column_date_parse (text, order, &parsed);

            g_assert_cmpint (dhk_date_form_read (&forms[order], digits, order, &read), ==, is_date);
            if (is_date)
              g_assert_cmpmem (&read, sizeof read, &parsed, sizeof parsed);
          }
      dhk_date_evidence_add (&by_text, text, 1);
      dhk_date_evidence_add_digits (&by_digits, &weighed, digits);
      g_assert_cmpmem (&by_text, sizeof by_text, &by_digits, sizeof by_digits);
    }
  return TRUE;
}

static void
test_date_forms (void)
{
  static const char *const plain[]
      = { "0000-00-00 00:00:00", "0000-00-00T00:00:00", "0000-00-00",
          "00-00-0000 00:00",    "0/0/00 0:00:00 PM",   "00/00/0000 00:00:00",
          "00.00.0000",          "0-00-0000 0:00",      "0/00/0000 00:00:00 AM" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  guint n_plain = 0;

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    g_assert_true (check_form (rand, plain[i]));
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *zeros = make_zeros (rand);

      n_plain += check_form (rand, zeros);
    }
  g_assert_cmpuint (n_plain, >, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/column-guess/number-styles", test_number_styles);
  g_test_add_func ("/import/column-guess/number-counts", test_number_counts);
  g_test_add_func ("/import/column-guess/number-values", test_number_values);
  g_test_add_func ("/import/column-guess/columns-under-locales", test_columns_under_locales);
  g_test_add_func ("/import/column-guess/date-orders", test_date_orders);
  g_test_add_func ("/import/column-guess/date-values", test_date_values);
  g_test_add_func ("/import/column-guess/days", test_days);
  g_test_add_func ("/import/column-guess/date-forms", test_date_forms);

  return g_test_run ();
}
