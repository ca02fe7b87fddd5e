/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A file that is not as it should be is refused with its line, its element
 * and a sentence. Each case is the good file of another survey with one edit.
 */

#include <string.h>

#include "base/dhk-data.h"
#include "base/dhk-xml.h"
#include "study/dhk-instrument.h"

typedef struct
{
  const char *name;
  const char *find;    /* replaced where it first stands */
  const char *replace; /* by this */
  DhkXmlError code;
  const char *element; /* named in the message */
  const char *marker;  /* the message names the line of this text in the edited file */
} Case;

#define BROKEN DHK_XML_ERROR_NOT_WELL_FORMED
#define FORBIDDEN DHK_XML_ERROR_FORBIDDEN
#define SCHEMA DHK_XML_ERROR_SCHEMA
#define REFERENCE DHK_XML_ERROR_REFERENCE

static const Case cases[] = {
  /* Not XML, or more than an instrument needs. */
  { "not-closed", "</instrument>", "", BROKEN, NULL, NULL },
  { "tag-mismatch", "</licences>", "</licenses>", BROKEN, "instrument", "</licenses>" },
  { "doctype", "<instrument ", "<!DOCTYPE instrument>\n<instrument ", FORBIDDEN, "!DOCTYPE",
    "<!DOCTYPE" },
  { "entity", "<instrument ",
    "<!DOCTYPE i [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\"><!ENTITY c \"&b;&b;\">]>\n<instrument ",
    FORBIDDEN, "!DOCTYPE", "<!DOCTYPE" },
  { "external-entity", "<instrument ",
    "<!DOCTYPE i [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>\n<instrument ", FORBIDDEN, "!DOCTYPE",
    "<!DOCTYPE" },
  { "undeclared-entity", "Made for tests.", "Made &for; tests.", BROKEN, "licence", "&for;" },

  /* What the schema sees. */
  { "unknown-element", "<items>", "<items><thing/>", SCHEMA, "thing", "<thing/>" },
  { "unknown-attribute", "<item id=\"wel2\"", "<item weight=\"2\" id=\"wel2\"", SCHEMA, "item",
    "weight=" },
  { "no-id", "<target id=\"staff\"", "<target", SCHEMA, "target", "<target suffix" },
  { "bad-id", "<item id=\"wel2\"", "<item id=\"Wel 2\"", SCHEMA, "item", "Wel 2" },
  { "empty-text", "They greeted me", " ", SCHEMA, "text", "item=\"wel1\"" },
  { "unknown-language", "lang=\"en\">Branch<", "lang=\"fr\">Branch<", SCHEMA, "text",
    "lang=\"fr\"" },
  { "negative-code", "code=\"1\"", "code=\"-1\"", REFERENCE, "answer", "code=\"-1\"" },
  { "large-code", "code=\"7\"", "code=\"101\"", REFERENCE, "answer", "code=\"101\"" },
  { "huge-code", "code=\"7\"", "code=\"99999999999999999999\"", REFERENCE, "answer",
    "code=\"9999" },
  { "bad-colour", "#D55E00", "red", SCHEMA, "respondent-type", "\"red\"" },
  { "no-items", "<item ref=\"col1\" reversed=\"no\"/>\n      <item ref=\"col2\" reversed=\"no\"/>",
    "", SCHEMA, "scale", "id=\"collection\"" },
  { "min-answered-zero", "min-answered=\"1\"", "min-answered=\"0\"", SCHEMA, "scale",
    "min-answered=\"0\"" },
  { "reversed-maybe", "reversed=\"yes\"", "reversed=\"maybe\"", SCHEMA, "item", "maybe" },
  { "source-unknown", "source=\"own-wording\"", "source=\"found\"", SCHEMA, "question", "found" },
  { "order-of-parts", "<targets>", "<targets/><targets>", SCHEMA, "targets", "<targets/>" },

  /* What only the program sees. */
  { "answer-scale-twice", "</answer-scale>",
    "</answer-scale><answer-scale id=\"agreement\"><label><text lang=\"en\">x</text></label>"
    "<answer code=\"1\"><text lang=\"en\">a</text></answer><answer code=\"2\"><text "
    "lang=\"en\">b</text></answer></answer-scale>",
    REFERENCE, "answer-scale", "</answer-scale><answer-scale" },
  { "codes-not-rising", "code=\"5\"", "code=\"3\"", REFERENCE, "answer", ">rather<" },
  { "code-twice", "code=\"2\"", "code=\"1\"", REFERENCE, "answer", ">hardly<" },
  { "answer-label-twice", "rather", "  HARDLY ", REFERENCE, "answer", "HARDLY" },
  { "category-twice", "<category id=\"north\"", "<category id=\"central\"", REFERENCE, "category",
    "<category id=\"central\">\n        <label><text lang=\"en\">North" },
  { "category-label-twice", ">North<", ">main LIBRARY<", REFERENCE, "category", NULL },
  { "variable-twice", "</variables>",
    "<category-variable id=\"branch\"><label><text lang=\"en\">B</text></label><category "
    "id=\"a\"><label>"
    "<text lang=\"en\">A</text></label></category></category-variable></variables>",
    REFERENCE, "category-variable", "id=\"a\"" },
  { "head-of-two-variables", "</variables>",
    "<number-variable id=\"n\" minimum=\"0\" maximum=\"9\"><label><text "
    "lang=\"en\">B</text></label>"
    "<head>branch</head></number-variable></variables>",
    REFERENCE, "number-variable", "id=\"n\"" },
  { "minimum-over-maximum", "</variables>",
    "<number-variable id=\"n\" minimum=\"9\" maximum=\"9\"><label><text "
    "lang=\"en\">B</text></label>"
    "</number-variable></variables>",
    REFERENCE, "number-variable", "id=\"n\"" },
  { "ranges-overlap", "</variables>",
    "<number-variable id=\"n\" minimum=\"0\" maximum=\"9\"><label><text "
    "lang=\"en\">B</text></label>"
    "<range id=\"a\" from=\"0\" below=\"5\"><text lang=\"en\">a</text></range>\n"
    "<range id=\"b\" from=\"4.5\" below=\"9\"><text "
    "lang=\"en\">b</text></range></number-variable></variables>",
    REFERENCE, "range", "id=\"b\"" },
  { "type-twice", "<respondent-type id=\"volunteer\"", "<respondent-type id=\"visitor\"", REFERENCE,
    "respondent-type", "#56B4E9" },
  { "role-as-type", "<role id=\"everybody\"", "<role id=\"visitor\"", REFERENCE, "role", "<role" },
  { "role-of-nobody", "<member type=\"visitor\"", "<member type=\"reader\"", REFERENCE, "member",
    "\"reader\"" },
  { "role-of-roles", "<member type=\"visitor\"", "<member type=\"staff\"", REFERENCE, "member",
    "type=\"staff\"" },
  { "member-twice", "<member type=\"volunteer\"", "<member type=\"visitor\" ", REFERENCE, "member",
    "type=\"visitor\" />" },
  { "perspective-of-nobody", "<perspective role=\"visitor\"", "<perspective role=\"reader\"",
    REFERENCE, "perspective", "\"reader\"" },
  { "perspective-over-nobody", "<perspective role=\"visitor\" over=\"staff\"",
    "<perspective role=\"visitor\" over=\"dog\"", REFERENCE, "perspective", "\"dog\"" },
  { "perspective-twice", "<perspective role=\"volunteer\"", "<perspective role=\"visitor\"",
    REFERENCE, "perspective", ">Volunteer about" },
  { "item-twice", "<item id=\"wel2\"", "<item id=\"wel1\" ", REFERENCE, "item", "id=\"wel1\"  " },
  { "item-answers-unknown", "<item id=\"wel2\" answers=\"agreement\"",
    "<item id=\"wel2\" answers=\"stars\"", REFERENCE, "item", "stars" },
  { "scale-twice", "<scale id=\"collection\"", "<scale id=\"welcome\"", REFERENCE, "scale",
    "min-answered=\"1\"" },
  { "scale-item-unknown", "ref=\"wel2\"", "ref=\"wel9\"", REFERENCE, "item", "wel9" },
  { "scale-item-twice", "ref=\"wel2\"", "ref=\"wel1\" ", REFERENCE, "item", "ref=\"wel1\"  " },
  { "min-answered-over-items", "min-answered=\"2\"", "min-answered=\"4\"", REFERENCE, "scale",
    "min-answered=\"4\"" },
  { "questionnaire-twice", "<questionnaire id=\"volunteers\"", "<questionnaire id=\"visitors\"",
    REFERENCE, "questionnaire", "type=\"volunteer\">" },
  { "questionnaire-of-nobody", "type=\"volunteer\">", "type=\"reader\">", REFERENCE,
    "questionnaire", "\"reader\"" },
  { "questionnaire-of-a-role", "type=\"volunteer\">", "type=\"everybody\">", REFERENCE,
    "questionnaire", "type=\"everybody\"" },
  { "question-item-unknown", "question item=\"col2\"", "question item=\"col3\"", REFERENCE,
    "question", "col3" },
  { "question-twice", "question item=\"col2\"", "question item=\"col1\" ", REFERENCE, "question",
    "item=\"col1\"  " },
  { "question-variable-unknown", "question variable=\"branch\"", "question variable=\"twig\"",
    REFERENCE, "question", "twig" },
  { "question-licence-unknown", "licence=\"free\"", "licence=\"none\"", REFERENCE, "question",
    "\"none\"" },
  { "grid-over-nobody", "<grid over=\"staff\">", "<grid over=\"dog\">", REFERENCE, "grid",
    "\"dog\"" },
  { "licence-twice", "</licences>", "<licence id=\"free\">x</licence></licences>", REFERENCE,
    "licence", ">x<" },
  { "variant-replaces-twice", "</instrument>",
    "<variants><variant id=\"v\"><label><text lang=\"en\">V</text></label><replace from=\"a\" "
    "to=\"b\"/>\n"
    "<replace from=\"a\" to=\"c\"/></variant></variants></instrument>",
    REFERENCE, "replace", "to=\"c\"" },
};

static char *
load_good (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "library-2024.xml", NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static char *
edit (const char *text, const char *find, const char *replace)
{
  const char *at = strstr (text, find);

  g_assert_nonnull (at);
  return g_strdup_printf ("%.*s%s%s", (int) (at - text), text, replace, at + strlen (find));
}

static guint
line_of (const char *text, const char *marker)
{
  const char *at = strstr (text, marker);
  guint line = 1;

  g_assert_nonnull (at);
  for (const char *p = text; p < at; p++)
    line += *p == '\n';
  return line;
}

static void
assert_says (const GError *error, const char *what)
{
  if (strstr (error->message, what) == NULL)
    g_test_fail_printf ("“%s” is not said in: %s", what, error->message);
}

static void
test_refused (gconstpointer data)
{
  const Case *expected = data;
  g_autofree char *good = load_good ();
  g_autofree char *bad = edit (good, expected->find, expected->replace);
  g_autoptr (GBytes) bytes = g_bytes_new (bad, strlen (bad));
  g_autoptr (GError) error = NULL;

  g_assert_null (dhk_instrument_new_from_bytes (bytes, "survey.xml", &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, DHK_XML_ERROR, (int) expected->code);
  assert_says (error, "“survey.xml”");
  assert_says (error, "line ");
  if (expected->element != NULL)
    {
      g_autofree char *element = g_strdup_printf ("<%s>", expected->element);

      assert_says (error, element);
    }
  if (expected->marker != NULL)
    {
      guint line = line_of (bad, expected->marker);
      g_autofree char *place = g_strdup_printf ("line %u,", line);

      assert_says (error, place);
    }
}

/* Answers that cannot be averaged with the others of their scale. */
static void
test_scale_of_unlike_items_is_refused (void)
{
  g_autofree char *good = load_good ();
  g_autofree char *two = edit (
      good, "</answer-scales>",
      "<answer-scale id=\"yes-no\"><label><text lang=\"en\">x</text></label><answer code=\"0\">"
      "<text lang=\"en\">no</text></answer><answer code=\"1\"><text lang=\"en\">yes</text></answer>"
      "</answer-scale></answer-scales>");
  g_autofree char *bad = edit (two, "<item id=\"col2\" answers=\"agreement\"",
                               "<item id=\"col2\" answers=\"yes-no\"");
  g_autoptr (GBytes) bytes = g_bytes_new (bad, strlen (bad));
  g_autoptr (GError) error = NULL;

  g_assert_null (dhk_instrument_new_from_bytes (bytes, "survey.xml", &error));
  g_assert_error (error, DHK_XML_ERROR, DHK_XML_ERROR_REFERENCE);
  assert_says (error, "col2");
}

/* `n` copies of a pattern with a number in it, in place of `find`. */
static GBytes *
repeat (const char *find, const char *before, const char *pattern, guint n, const char *after)
{
  g_autofree char *good = load_good ();
  g_autoptr (GString) many = g_string_new (before);
  g_autofree char *bad = NULL;
  g_auto (GStrv) parts = g_strsplit (pattern, "#", -1);
  gsize length;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autofree char *one = g_strjoinv (number, parts);

      g_string_append (many, one);
    }
  g_string_append (many, after);
  bad = edit (good, find, many->str);
  length = strlen (bad);
  return g_bytes_new_take (g_steal_pointer (&bad), length);
}

typedef struct
{
  const char *name;
  const char *find;
  const char *before;
  const char *pattern;
  const char *after;
  guint allowed; /* copies that still load */
} Limit;

static const Limit limits[] = {
  { "variables", "</variables>", "",
    "<category-variable id=\"v#\"><label><text lang=\"en\">V</text></label><category "
    "id=\"a\"><label>"
    "<text lang=\"en\">A</text></label></category></category-variable>",
    "</variables>", 127 },
  { "categories", "</category-variable>", "",
    "<category id=\"c#\"><label><text lang=\"en\">C #</text></label></category>",
    "</category-variable>", 97 },
  { "types", "<respondent-type id=\"volunteer\"", "",
    "<respondent-type id=\"t#\" colour=\"#\"><label><text lang=\"en\">T</text></label><plural>"
    "<text lang=\"en\">T</text></plural></respondent-type>",
    "<respondent-type id=\"volunteer\"", 30 },
  { "targets", "</targets>", "",
    "<target id=\"t#\" suffix=\"@\"><label><text lang=\"en\">T</text></label><plural><text "
    "lang=\"en\">T</text>"
    "</plural></target>",
    "</targets>", 15 },
  { "items", "</items>", "", "<item id=\"x#\" answers=\"agreement\"/>", "</items>", 1995 },
};

/* Colours and suffixes are not numbers: made from the number where the pattern says so. */
static GBytes *
make_many (const Limit *limit, guint n)
{
  g_autoptr (GString) pattern = g_string_new (limit->pattern);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  GString *fixed;
  gsize size;

  g_string_replace (pattern, "colour=\"#\"", "colour=\"%123456\"", 0);
  bytes = repeat (limit->find, limit->before, pattern->str, n, limit->after);
  text = g_strndup (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  fixed = g_string_new (text);
  g_string_replace (fixed, "\"%123456\"", "\"#123456\"", 0);
  for (char letter = 'a'; letter <= 'z'; letter++)
    {
      const char suffix[] = { '"', letter, 'x', '"', '\0' };

      if (g_string_replace (fixed, "\"@\"", suffix, 1) == 0)
        break;
    }
  size = fixed->len;
  return g_bytes_new_take (g_string_free (fixed, FALSE), size);
}

static void
test_limit (gconstpointer data)
{
  const Limit *limit = data;
  g_autoptr (GBytes) enough = make_many (limit, limit->allowed);
  g_autoptr (GBytes) too_many = make_many (limit, limit->allowed + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) instrument
      = dhk_instrument_new_from_bytes (enough, "survey.xml", &error);

  g_assert_no_error (error);
  g_assert_nonnull (instrument);
  g_assert_null (dhk_instrument_new_from_bytes (too_many, "survey.xml", &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, DHK_XML_ERROR, DHK_XML_ERROR_REFERENCE);
}

static void
test_too_deep_is_refused (void)
{
  g_autoptr (GBytes) bytes = repeat ("<items>", "<items>", "<x>", 100000, "");
  g_autoptr (GError) error = NULL;

  g_assert_null (dhk_instrument_new_from_bytes (bytes, "survey.xml", &error));
  g_assert_error (error, DHK_XML_ERROR, DHK_XML_ERROR_NOT_WELL_FORMED);
  assert_says (error, "line ");
}

static void
test_too_large_is_refused (void)
{
  g_autoptr (GBytes) bytes = repeat ("<items>", "<!--", "0123456789abcdef", 300000, "--><items>");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_bytes_get_size (bytes), >, 4 * 1024 * 1024);
  g_assert_null (dhk_instrument_new_from_bytes (bytes, "survey.xml", &error));
  g_assert_error (error, DHK_XML_ERROR, DHK_XML_ERROR_NOT_WELL_FORMED);
}

/* Every beginning of the good file is refused, and none is a crash. */
static void
test_every_cut_is_refused (void)
{
  g_autofree char *good = load_good ();
  const gsize length = (gsize) (strstr (good, "</instrument>") - good);

  for (gsize cut = 0; cut < length; cut += 37)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (good, cut);
      g_autoptr (GError) error = NULL;

      g_assert_null (dhk_instrument_new_from_bytes (bytes, "survey.xml", &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/instrument/refused/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_refused);
    }
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *path = g_strconcat ("/instrument/limit/", limits[i].name, NULL);

      g_test_add_data_func (path, &limits[i], test_limit);
    }
  g_test_add_func ("/instrument/refused/unlike-items", test_scale_of_unlike_items_is_refused);
  g_test_add_func ("/instrument/refused/too-deep", test_too_deep_is_refused);
  g_test_add_func ("/instrument/refused/too-large", test_too_large_is_refused);
  g_test_add_func ("/instrument/refused/every-cut", test_every_cut_is_refused);
  return g_test_run ();
}
