/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A report plan is read as it stands, and refused with line, element and a
 * sentence where it names what is not there. Each case is the good plan of
 * another survey with one edit.
 */
#include <string.h>

#include "base/dhk-xml.h"
#include "../analysis/library-frame.h"
#include "report/dhk-plan.h"

typedef struct
{
  const char *name;
  const char *find;    /* replaced where it first stands */
  const char *replace; /* by this */
  DhkXmlError code;
  const char *element; /* named in the message */
  const char *says;    /* a part of the sentence */
} Case;

#define SCHEMA DHK_XML_ERROR_SCHEMA
#define REFERENCE DHK_XML_ERROR_REFERENCE

static const Case cases[] = {
  { "other-instrument", "instrument=\"library-2024\"", "instrument=\"zoo\"", REFERENCE,
    "report-plan", "zoo" },
  { "table-twice", "id=\"desk\"", "id=\"who\"", REFERENCE, "table", "“who”" },
  { "number-twice", "number=\"2\"", "number=\"1\"", REFERENCE, "table", "“1”" },
  { "unknown-rows", "rows=\"branch\"", "rows=\"shelf\"", REFERENCE, "table", "“shelf”" },
  { "unknown-scale", "<scales>welcome</scales>", "<scales>welcome noise</scales>", REFERENCE,
    "scales", "“noise”" },
  { "scale-twice", "<scales>welcome</scales>", "<scales>welcome welcome</scales>", REFERENCE,
    "scales", "twice" },
  { "scale-not-asked", "<scales>welcome</scales>", "<scales>collection</scales>", REFERENCE,
    "scales", "“collection”" },
  { "unknown-role", "<group role=\"volunteer\"/>", "<group role=\"mayor\"/>", REFERENCE, "group",
    "“mayor”" },
  { "unknown-target", "over=\"staff\"/>", "over=\"books\"/>", REFERENCE, "group", "“books”" },
  { "group-twice", "<group role=\"volunteer\"/>", "<group role=\"visitor\"/>", REFERENCE, "group",
    "twice" },
  { "unknown-split", "variable=\"branch\" role=\"everybody\"",
    "variable=\"floor\" role=\"everybody\"", REFERENCE, "split", "“floor”" },
  { "unknown-order", "order=\"harbour north central\"", "order=\"harbour south\"", REFERENCE,
    "split", "“south”" },
  { "order-twice", "order=\"harbour north central\"", "order=\"harbour harbour\"", REFERENCE,
    "split", "twice" },
  { "unknown-where", "<where variable=\"branch\"", "<where variable=\"floor\"", REFERENCE, "where",
    "“floor”" },
  { "unknown-category", "category=\"north\"/>", "category=\"south\"/>", REFERENCE, "where",
    "“south”" },
  { "where-twice", "<where variable=\"branch\" category=\"north\"/>",
    "<where variable=\"branch\" category=\"north\"/><where variable=\"branch\" "
    "category=\"central\"/>",
    REFERENCE, "where", "second" },
  { "pair-outside", "<pair a=\"1\" b=\"2\"/>", "<pair a=\"1\" b=\"3\"/>", REFERENCE, "pair",
    "1–3" },
  { "pair-with-itself", "<pair a=\"1\" b=\"2\"/>", "<pair a=\"2\" b=\"2\"/>", REFERENCE, "pair",
    "2–2" },
  { "pair-twice", "<pair a=\"1\" b=\"2\"/>", "<pair a=\"1\" b=\"2\"/><pair a=\"2\" b=\"1\"/>",
    REFERENCE, "pair", "twice" },
  { "t-of-three", "design=\"anova\"", "design=\"t\"", REFERENCE, "test", "two groups" },
  { "shared-respondents", "<group role=\"volunteer\" over=\"staff\"/>",
    "<group role=\"everybody\" over=\"staff\"/>", REFERENCE, "test", "share" },
  { "no-number", "<title><text lang=\"en\">Correlations</text></title>",
    "<title><text lang=\"en\">Correlations</text></title><variables>branch</variables>", REFERENCE,
    "variables", "“branch”" },
  { "unknown-number", "<title><text lang=\"en\">Correlations</text></title>",
    "<title><text lang=\"en\">Correlations</text></title><variables>size</variables>", REFERENCE,
    "variables", "“size”" },
  { "unknown-correlate", "<test design=\"t\"",
    "<correlation x=\"welcome\" y=\"noise\" role=\"visitor\" over=\"staff\"/><test design=\"t\"",
    REFERENCE, "correlation", "“noise”" },
  { "correlate-not-asked", "<test design=\"t\"",
    "<correlation x=\"welcome\" y=\"collection\" role=\"visitor\" over=\"staff\"/><test "
    "design=\"t\"",
    REFERENCE, "correlation", "“collection”" },
  { "unknown-kind", "kind=\"counts\"", "kind=\"guesses\"", SCHEMA, "table", NULL },
  { "pairs-without-pair", "<pair a=\"1\" b=\"2\"/>", "", SCHEMA, "group", NULL },
  { "empty-section", "<section>", "<section></section>\n<section>", SCHEMA, "section",
    "an element is missing" },
  { "doctype", "<report-plan ", "<!DOCTYPE p [<!ENTITY a \"b\">]>\n<report-plan ",
    DHK_XML_ERROR_FORBIDDEN, "!DOCTYPE", NULL },
};

static char *
read_plan (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "data", "library-2024-plan.xml", NULL);
  char *text;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static DhkPlan *
load (const char *text, DhkInstrument *instrument, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return dhk_plan_new_from_bytes (bytes, "plan.xml", instrument, error);
}

static void
refused (gconstpointer data)
{
  const Case *it = data;
  g_autoptr (DhkInstrument) instrument = library_instrument_new ();
  g_autofree char *good = read_plan ();
  const char *place = strstr (good, it->find);
  g_autofree char *before = NULL;
  g_autofree char *text = NULL;
  g_autofree char *element = g_strdup_printf ("<%s>", it->element);
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  guint n_lines = 1;

  g_assert_nonnull (place);
  before = g_strndup (good, (gsize) (place - good));
  text = g_strconcat (before, it->replace, place + strlen (it->find), NULL);
  for (const char *p = before; *p != '\0'; p++)
    n_lines += *p == '\n';

  g_assert_null (load (text, instrument, &error));
  g_assert_error (error, DHK_XML_ERROR, (int) it->code);
  g_assert_nonnull (strstr (error->message, "plan.xml"));
  g_assert_nonnull (strstr (error->message, element));
  if (it->says != NULL)
    g_assert_nonnull (strstr (error->message, it->says));
  /* A test or a split is refused where it stands, which is not always where the edit was. */
  line = g_strdup_printf ("line %u,", n_lines);
  if (strstr (it->find, it->element) != NULL && it->code == REFERENCE
      && it->find[strspn (it->find, "<")] == it->element[0])
    g_assert_nonnull (strstr (error->message, line));
  g_assert_nonnull (strstr (error->message, "line "));
}

static void
plan_is_read_as_it_stands (void)
{
  g_autoptr (DhkInstrument) instrument = library_instrument_new ();
  g_autofree char *text = read_plan ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkPlan) plan = load (text, instrument, &error);
  const DhkPlanTable *branches;
  const DhkGroup *group;

  g_assert_no_error (error);
  g_assert_cmpstr (dhk_plan_get_id (plan), ==, "library-2024");
  g_assert_cmpuint (dhk_plan_get_n_tables (plan), ==, 7);
  g_assert_cmpint (dhk_plan_find_table (plan, "nothing"), ==, -1);
  g_assert_true (dhk_plan_get_table (plan, 0)->has_chart);

  branches = dhk_plan_get_table (plan, (guint) dhk_plan_find_table (plan, "branches"));
  g_assert_cmpstr (branches->number, ==, "3");
  g_assert_cmpstr (dhk_text_get (&branches->section, DHK_LANGUAGE_EN), ==, "The desk");
  g_assert_cmpstr (dhk_text_get (&branches->note, DHK_LANGUAGE_NL), ==, "Everybody together.");
  g_assert_false (branches->has_chart);
  g_assert_cmpint (branches->analysis->design, ==, DHK_DESIGN_ANOVA);
  g_assert_cmpuint (branches->analysis->groups->len, ==, 4);
  group = &g_array_index (branches->analysis->groups, DhkGroup, 0);
  g_assert_cmpint (group->categories[0], ==, 2); /* the harbour comes first */
  group = &g_array_index (branches->analysis->groups, DhkGroup, 3);
  g_assert_true (group->is_total);
  g_assert_cmpint (group->categories[0], ==, -1);
}

static void
builtin_plan_belongs_to_its_instrument (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", &error);
  g_autoptr (DhkInstrument) library = library_instrument_new ();
  g_autoptr (DhkPlan) plan = NULL;

  g_assert_no_error (error);
  plan = dhk_plan_new_builtin (instrument, &error);
  g_assert_no_error (error);
  g_assert_true (dhk_plan_get_instrument (plan) == instrument);
  for (guint i = 1; i <= 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      g_assert_cmpint (dhk_plan_find_table (plan, id), ==, (int) i - 1);
    }
  g_assert_cmpint (dhk_plan_find_table (plan, "reliability"), >, 0);
  g_assert_cmpint (dhk_plan_find_table (plan, "correlations"), >, 0);

  g_assert_null (dhk_plan_new_builtin (library, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
a_missing_file_is_said_without_its_path (void)
{
  g_autoptr (DhkInstrument) library = library_instrument_new ();
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/at-all/plan.xml");
  g_autoptr (GError) error = NULL;

  g_assert_null (dhk_plan_new_from_file (file, library, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "plan.xml"));
  g_assert_null (strstr (error->message, "nowhere"));
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report/plan/is-read-as-it-stands", plan_is_read_as_it_stands);
  g_test_add_func ("/report/plan/builtin", builtin_plan_belongs_to_its_instrument);
  g_test_add_func ("/report/plan/missing-file", a_missing_file_is_said_without_its_path);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/report/plan/refused/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], refused);
    }
  return g_test_run ();
}
