/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-data.h"
#include "base/dhk-xml.h"

#include <string.h>

#define SCHEMA "schemas/instrument.rng"

typedef struct
{
  const char *xml;
  DhkXmlError code;
  const char *part; /* of the message */
} Case;

/* clang-format off */
static const Case refused[] = {
  { "", DHK_XML_ERROR_NOT_WELL_FORMED, "line 1" },
  { "no xml", DHK_XML_ERROR_NOT_WELL_FORMED, "line 1" },
  { "<instrument>\n<a>\n</instrument>", DHK_XML_ERROR_NOT_WELL_FORMED, "line 3" },
  { "<instrument", DHK_XML_ERROR_NOT_WELL_FORMED, "line 1" },
  { "<!DOCTYPE instrument>\n<instrument/>", DHK_XML_ERROR_FORBIDDEN, "line 1" },
  { "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;'>]>\n<a>&d;</a>",
    DHK_XML_ERROR_FORBIDDEN, "line 2" },
  { "<!DOCTYPE a SYSTEM 'file:///etc/hostname'><a/>", DHK_XML_ERROR_FORBIDDEN, "line 1" },
  { "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>", DHK_XML_ERROR_FORBIDDEN, "line 1" },
  { "<instrument>&nbsp;</instrument>", DHK_XML_ERROR_NOT_WELL_FORMED, "line 1" },
  { "<a>\n<b/>\n</a>", DHK_XML_ERROR_SCHEMA, "line 1" },
  { "<a>\xff\xfe</a>", DHK_XML_ERROR_NOT_WELL_FORMED, "line 1" },
};
/* clang-format on */

static void
assert_refused (const char *xml, gsize length, int code, const char *part)
{
  g_autoptr (GBytes) bytes = g_bytes_new (xml, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (xmlDoc) document = dhk_xml_parse (bytes, "vragen.xml", SCHEMA, &error);

  g_assert_null (document);
  g_assert_error (error, DHK_XML_ERROR, code);
  g_assert_nonnull (strstr (error->message, part));
  g_assert_nonnull (strstr (error->message, "vragen.xml"));
}

static void
broken_and_hostile_files_are_refused_with_their_line (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i].xml, strlen (refused[i].xml), refused[i].code, refused[i].part);
}

/* libxml2 quotes what it found; the message is shown in a window. */
static void
messages_are_text_of_some_length (void)
{
  g_autofree char *long_name = g_strnfill (50000, 'a');
  g_autofree char *mismatch = g_strdup_printf ("<b><%s></b>", long_name);
  g_autofree char *unknown = g_strdup_printf ("<%s/>", long_name);
  const char *const texts[] = { "<instrument id='\xe9'/>",
                                "<\xe9/>",
                                "<a \xff='1'/>",
                                "<a>\x80</a>",
                                "<a></\xc3>",
                                mismatch,
                                unknown };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (dhk_xml_parse (bytes, "vragen.xml", SCHEMA, &error));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpuint (strlen (error->message), <, 2000);
    }
}

static void
deep_nesting_is_refused (void)
{
  GString *xml = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append (xml, "<a>\n");
  assert_refused (xml->str, xml->len, DHK_XML_ERROR_NOT_WELL_FORMED, "nested");
  g_string_free (xml, TRUE);
}

static void
a_huge_file_is_refused (void)
{
  g_autofree char *xml = g_strnfill (5 * 1024 * 1024, ' ');

  assert_refused (xml, strlen (xml), DHK_XML_ERROR_NOT_WELL_FORMED, "too large");
}

/* The loader trusts what is built in; here it is validated. A comment more
 * makes it a file like any other. */
static void
assert_fits (const char *folder, const char *schema)
{
  g_auto (GStrv) names = dhk_data_list (folder);

  g_assert_cmpuint (g_strv_length (names), >, 0);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_path ("/", folder, names[i], NULL);
      g_autoptr (GBytes) known = dhk_data_load (path);
      g_autofree char *xml = g_strdup_printf ("%.*s<!-- as a file of one's own -->\n",
                                              (int) g_bytes_get_size (known),
                                              (const char *) g_bytes_get_data (known, NULL));
      g_autoptr (GBytes) changed = g_bytes_new (xml, strlen (xml));
      g_autoptr (GError) error = NULL;
      g_autoptr (xmlDoc) document = NULL;

      g_assert_true (dhk_data_holds (folder, known));
      g_assert_false (dhk_data_holds (folder, changed));
      document = dhk_xml_parse (changed, names[i], schema, &error);
      g_assert_no_error (error);
      g_assert_nonnull (document);
    }
}

static void
what_is_built_in_fits_its_schema (void)
{
  assert_fits ("instruments", "schemas/instrument.rng");
  assert_fits ("reports", "schemas/report-plan.rng");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/refused", broken_and_hostile_files_are_refused_with_their_line);
  g_test_add_func ("/xml/messages", messages_are_text_of_some_length);
  g_test_add_func ("/xml/deep", deep_nesting_is_refused);
  g_test_add_func ("/xml/huge", a_huge_file_is_refused);
  g_test_add_func ("/xml/built-in", what_is_built_in_fits_its_schema);
  return g_test_run ();
}
