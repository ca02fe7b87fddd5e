/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-xml-words.h"

#include <glib/gi18n-lib.h>
#include <libxml/relaxng.h>
#include <string.h>

#include "base/dhk-text.h"

typedef struct
{
  int domain;
  int code;
  const char *words; /* with as many %s as libxml2 gives names, in its order */
  guint n_names;
} Words;

/* clang-format off */
static const Words all_words[] = {
  { XML_FROM_PARSER, XML_ERR_DOCUMENT_EMPTY, N_("there is nothing in it."), 0 },
  { XML_FROM_PARSER, XML_ERR_DOCUMENT_END, N_("it is not one whole XML document."), 0 },
  { XML_FROM_PARSER, XML_ERR_TAG_NAME_MISMATCH, N_("the element <%s> is not closed before something else is."), 1 },
  { XML_FROM_PARSER, XML_ERR_TAG_NOT_FINISHED, N_("the file ends before the element <%s> is closed."), 1 },
  { XML_FROM_PARSER, XML_ERR_GT_REQUIRED, N_("a “>” is missing here."), 0 },
  { XML_FROM_PARSER, XML_ERR_NAME_REQUIRED, N_("a “<” or “&” stands here without a name after it. As a character of a text write “&lt;” or “&amp;”."), 0 },
  { XML_FROM_PARSER, XML_ERR_UNDECLARED_ENTITY, N_("“&%s;” is not known here."), 1 },
  { XML_FROM_PARSER, XML_WAR_UNDECLARED_ENTITY, N_("“&%s;” is not known here."), 1 },
  { XML_FROM_PARSER, XML_ERR_ENTITYREF_SEMICOL_MISSING, N_("a “;” is missing after a “&”. As a character of a text write “&amp;”."), 0 },
  { XML_FROM_PARSER, XML_ERR_ATTRIBUTE_WITHOUT_VALUE, N_("the attribute “%s” has no value."), 1 },
  { XML_FROM_PARSER, XML_ERR_ATTRIBUTE_NOT_STARTED, N_("the value of an attribute has to stand between quotation marks."), 0 },
  { XML_FROM_PARSER, XML_ERR_ATTRIBUTE_NOT_FINISHED, N_("the value of an attribute has no quotation mark at its end."), 0 },
  { XML_FROM_PARSER, XML_ERR_LT_IN_ATTRIBUTE, N_("a “<” may not stand in the value of an attribute; write “&lt;”."), 0 },
  { XML_FROM_PARSER, XML_ERR_ATTRIBUTE_REDEFINED, N_("the attribute “%s” stands there twice."), 1 },
  { XML_FROM_PARSER, XML_ERR_INVALID_CHAR, N_("there is a character here that cannot be in such a file."), 0 },
  { XML_FROM_PARSER, XML_ERR_INVALID_ENCODING, N_("there are bytes here that are no text in the encoding of the file."), 0 },
  { XML_FROM_PARSER, XML_ERR_UNSUPPORTED_ENCODING, N_("the encoding that the file says it has is not known."), 0 },
  { XML_FROM_RELAXNGV, XML_RELAXNG_ERR_ELEMNAME, N_("an element <%s> belongs here, not <%s>."), 2 },
  { XML_FROM_RELAXNGV, XML_RELAXNG_ERR_ELEMWRONG, N_("an element <%s> does not belong here."), 1 },
  { XML_FROM_RELAXNGV, XML_RELAXNG_ERR_EXTRACONTENT, N_("there is more in the element <%s> than belongs there."), 1 },
  { XML_FROM_RELAXNGV, XML_RELAXNG_ERR_NOELEM, N_("an element <%s> is missing in it."), 1 },
  { XML_FROM_RELAXNGV, XML_RELAXNG_ERR_INVALIDATTR, N_("the attribute “%s” does not belong to the element <%s>."), 2 },
  { XML_FROM_RELAXNGV, XML_RELAXNG_ERR_ATTRVALID, N_("an attribute of the element <%s> is missing or has a value that it cannot have."), 1 },
  { XML_FROM_RELAXNGV, XML_RELAXNG_ERR_CONTENTVALID, N_("what stands in the element <%s> does not belong there."), 1 },
  { XML_FROM_RELAXNGV, XML_RELAXNG_ERR_TEXTWRONG, N_("in the element <%s> no text may stand."), 1 },
  { XML_FROM_RELAXNGV, XML_RELAXNG_ERR_TYPEVAL, N_("“%2$s” cannot stand here."), 2 },
  { XML_FROM_RELAXNGV, XML_RELAXNG_ERR_VALUE, N_("“%s” cannot stand here."), 1 },
};
/* clang-format on */

static char *
put_names (const Words *words, const char *first, const char *second)
{
  const char *format = _ (words->words);
  GString *text = g_string_new (NULL);
  guint n = 0;

  /* By hand: a translation may have them in another order, and the format is no literal. */
  for (const char *p = format; *p != '\0'; p++)
    {
      gboolean is_numbered = p[0] == '%' && (p[1] == '1' || p[1] == '2') && p[2] == '$';

      if (p[0] != '%' || (p[1] != 's' && !is_numbered))
        {
          g_string_append_c (text, *p);
          continue;
        }
      g_string_append (text, (is_numbered ? p[1] == '1' : n == 0) ? first : second);
      n++;
      p += is_numbered ? 3 : 1;
    }
  return g_string_free (text, FALSE);
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

char *
dhk_xml_dup_problem (const xmlError *problem)
{
  g_autofree char *valid = NULL;
  g_autofree char *plain = NULL;

  g_return_val_if_fail (problem != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (all_words); i++)
    if (all_words[i].domain == problem->domain && all_words[i].code == problem->code
        && (all_words[i].n_names < 1 || has_text (problem->str1))
        && (all_words[i].n_names < 2 || has_text (problem->str2)))
      return put_names (&all_words[i], problem->str1, problem->str2);
  /* Where any of several elements would do, it names none: "Expecting an element , got nothing". */
  if (problem->domain == XML_FROM_RELAXNGV && problem->code == XML_RELAXNG_ERR_NOELEM)
    return g_strdup (_ ("an element is missing in it."));
  valid = g_utf8_make_valid (problem->message != NULL ? problem->message : "", -1);
  plain = dhk_text_clean (valid);
  if (*plain == '\0')
    return g_strdup (_ ("this is not a complete XML file."));
  return problem->domain == XML_FROM_RELAXNGV
             ? g_strdup_printf (_ ("this does not fit the rules of such a file (“%s”)."), plain)
             : g_strdup_printf (_ ("this is not well-formed XML (“%s”)."), plain);
}
