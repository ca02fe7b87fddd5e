/* SPDX-License-Identifier: GPL-3.0-or-later */

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/refused", broken_and_hostile_files_are_refused_with_their_line);
  g_test_add_func ("/xml/deep", deep_nesting_is_refused);
  g_test_add_func ("/xml/huge", a_huge_file_is_refused);
  return g_test_run ();
}
