/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of an instrument is a self-rating: data, checked when it is loaded. */

#include <string.h>

#include "base/dhk-data.h"
#include "base/dhk-xml.h"
#include "study/dhk-instrument.h"

static void
test_the_built_in_has_ten_pairs_for_two_questionnaires (void)
{
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  const DhkSelfRating *rating = dhk_instrument_get_self_rating (instrument);
  const DhkScale *ideal, *actual;

  g_assert_nonnull (rating);
  ideal = dhk_instrument_get_scale (instrument, rating->ideal);
  actual = dhk_instrument_get_scale (instrument, rating->actual);
  g_assert_cmpuint (ideal->n_items, ==, 10);
  g_assert_cmpuint (actual->n_items, ==, 10);
  g_assert_cmpuint (rating->n_forms, ==, 2);
  g_assert_cmpuint (rating->n_background, ==, 1);
  for (guint i = 0; i < DHK_N_FINDINGS; i++)
    for (guint language = 0; language < DHK_N_LANGUAGES; language++)
      g_assert_nonnull (rating->findings[i].in[language]);
  g_assert_cmpstr (dhk_instrument_get_version (instrument), ==, "1");

  /* Both halves of a pair are worded alike, so one label does for both. */
  for (guint f = 0; f < rating->n_forms; f++)
    {
      const DhkQuestionnaire *form
          = dhk_instrument_get_questionnaire (instrument, rating->forms[f]);

      for (guint i = 0; i < ideal->n_items; i++)
        {
          const char *texts[2] = { NULL, NULL };

          for (guint q = 0; q < form->n_questions; q++)
            if (form->questions[q].item == (int) ideal->items[i])
              texts[0] = form->questions[q].text.in[DHK_LANGUAGE_NL];
            else if (form->questions[q].item == (int) actual->items[i])
              texts[1] = form->questions[q].text.in[DHK_LANGUAGE_NL];
          g_assert_cmpstr (texts[0], ==, texts[1]);
        }
    }
}

static void
test_an_instrument_without_one_has_none (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file
      = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "library-2024.xml", NULL));
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_from_file (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (dhk_instrument_get_self_rating (instrument));
}

typedef struct
{
  const char *name;
  const char *find;
  const char *replace;
  DhkXmlError code;
} Case;

static const Case cases[] = {
  { "scale-unknown", "<self-rating ideal=\"belangrijk\"", "<self-rating ideal=\"nothing\"",
    DHK_XML_ERROR_REFERENCE },
  { "same-scale-twice", "actual=\"lukt\">", "actual=\"belangrijk\">", DHK_XML_ERROR_REFERENCE },
  { "unlike-lengths", "actual=\"lukt\">", "actual=\"band\">", DHK_XML_ERROR_REFERENCE },
  { "form-unknown", "<form questionnaire=\"leraren\"/>", "<form questionnaire=\"x\"/>",
    DHK_XML_ERROR_REFERENCE },
  { "form-twice", "<form questionnaire=\"leraren\"/>", "<form questionnaire=\"hulpverleners\"/>",
    DHK_XML_ERROR_REFERENCE },
  { "form-without-the-items", "<form questionnaire=\"leraren\"/>",
    "<form questionnaire=\"ouders\"/>", DHK_XML_ERROR_REFERENCE },
  { "background-unknown", "<background variable=\"sector\"/>", "<background variable=\"x\"/>",
    DHK_XML_ERROR_REFERENCE },
  { "background-number", "<background variable=\"sector\"/>", "<background variable=\"age\"/>",
    DHK_XML_ERROR_REFERENCE },
  { "background-twice", "<background variable=\"sector\"/>",
    "<background variable=\"sector\"/><background variable=\"sector\"/>", DHK_XML_ERROR_REFERENCE },
  { "reversed", "<item ref=\"lukt3\" reversed=\"no\"/>", "<item ref=\"lukt3\" reversed=\"yes\"/>",
    DHK_XML_ERROR_REFERENCE },
  { "finding-missing", "<finding ideal=\"low\" actual=\"low\">",
    "<finding ideal=\"low\" actual=\"high\">", DHK_XML_ERROR_SCHEMA },
  { "no-form", "<form questionnaire=\"hulpverleners\"/>\n    <form questionnaire=\"leraren\"/>", "",
    DHK_XML_ERROR_SCHEMA },
};

static void
test_refused (gconstpointer data)
{
  const Case *expected = data;
  g_autoptr (GBytes) bytes = dhk_data_load ("instruments/partnerschap-2023.xml");
  g_autofree char *good = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *at = strstr (good, expected->find);
  g_autofree char *bad = NULL;
  g_autoptr (GBytes) edited = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (at);
  bad = g_strdup_printf ("%.*s%s%s", (int) (at - good), good, expected->replace,
                         at + strlen (expected->find));
  edited = g_bytes_new (bad, strlen (bad));
  g_assert_null (dhk_instrument_new_from_bytes (edited, "survey.xml", &error));
  g_assert_error (error, DHK_XML_ERROR, (int) expected->code);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/self-rating/built-in", test_the_built_in_has_ten_pairs_for_two_questionnaires);
  g_test_add_func ("/self-rating/none", test_an_instrument_without_one_has_none);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/self-rating/refused/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_refused);
    }
  return g_test_run ();
}
