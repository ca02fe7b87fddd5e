/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * queXML nests section, question, subQuestion and response (https://quexml.acspri.org.au); a text that is
 * there in several languages says which it is in (xml:lang).
 */

#include <string.h>

#include "base/dhk-xml.h"
#include "import/dhk-outline-read.h"

#define LONGEST_NUMBER 6
#define MOST_LANGUAGES 50
#define DEEPEST                                                                                    \
  8 /* a label stands in a category, in a fixed response, in a question, in a section */

/* xml:lang, which is in a namespace, or NULL. */
static char *
dup_language (const xmlNode *node)
{
  const xmlAttr *attribute = xmlHasProp ((xmlNode *) node, (const xmlChar *) "lang");
  xmlChar *value
      = attribute != NULL ? xmlNodeListGetString (node->doc, attribute->children, 1) : NULL;
  char *code = value != NULL ? g_strdup ((const char *) value) : NULL;

  xmlFree (value);
  return code;
}

/* A node that is of no language, or of this one. */
static gboolean
is_in_language (const xmlNode *node, const char *code)
{
  g_autofree char *own = dup_language (node);

  return own == NULL || g_ascii_strcasecmp (own, code) == 0;
}

/* The text of the first child of this name in the language; else that of the first at all. */
static char *
dup_child (const xmlNode *node, const char *name, const char *code)
{
  xmlNode *first = dhk_xml_first (node, name);

  for (xmlNode *child = first; child != NULL; child = dhk_xml_next (child, name))
    if (is_in_language (child, code))
      return dhk_xml_dup_text (child);
  return first != NULL ? dhk_xml_dup_text (first) : g_strdup ("");
}

/* All texts of a question, one after the other. */
static char *
dup_texts (const xmlNode *node, const char *code)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (xmlNode *text = dhk_xml_first (node, "text"); text != NULL;
       text = dhk_xml_next (text, "text"))
    {
      g_autofree char *part = is_in_language (text, code) ? dhk_xml_dup_text (text) : NULL;

      if (part == NULL)
        continue;
      if (all->len > 0)
        g_string_append_c (all, ' ');
      g_string_append (all, part);
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
add_que_answers (DhkOutlineQuestion *question, const xmlNode *fixed, const char *language)
{
  for (xmlNode *node = dhk_xml_first (fixed, "category"); node != NULL;
       node = dhk_xml_next (node, "category"))
    {
      g_autofree char *label = dup_child (node, "label", language);
      g_autofree char *value = dup_child (node, "value", language);
      guint64 code;

      if (!g_ascii_string_to_unsigned (value, 10, 0, 100, &code, NULL))
        code = G_MAXUINT64;
      dhk_outline_add_answer (question, code <= 100 ? (int) code : -1, label);
    }
}

/* One of several answers, or a whole number; anything else is left out. */
static gboolean
add_que_response (DhkOutlineQuestion *question, const xmlNode *response, const char *language)
{
  xmlNode *fixed = dhk_xml_first (response, "fixed");
  xmlNode *open = dhk_xml_first (response, "free");

  if (fixed != NULL)
    {
      add_que_answers (question, fixed, language);
      return question->answers->len >= 2;
    }
  if (open != NULL)
    {
      g_autofree char *format = dup_child (open, "format", language);
      g_autofree char *length = dup_child (open, "length", language);
      gint64 digits = CLAMP (g_ascii_strtoll (length, NULL, 10), 1, LONGEST_NUMBER);

      question->maximum = 9;
      while (--digits > 0)
        question->maximum = question->maximum * 10 + 9;
      return strcmp (format, "integer") == 0 || strcmp (format, "numeric") == 0;
    }
  return FALSE;
}

static void
add_que (DhkOutline *outline,
         const char *language,
         const char *code,
         const char *stem,
         const char *text,
         const xmlNode *response)
{
  DhkOutlineQuestion *question = dhk_outline_add (outline, code, stem, text);

  if (question == NULL)
    return;
  question->in_grid = stem != NULL;
  if (!add_que_response (question, response, language))
    dhk_outline_drop_last (outline);
}

/* Several responses with one answer each are several choices; anything else is left out. */
static void
add_que_choices (DhkOutline *outline, const char *language, const char *text, const xmlNode *first)
{
  g_autofree char *code = dhk_xml_dup_attribute (first, "varName");
  DhkOutlineQuestion *question = dhk_outline_add (outline, code, NULL, text);

  if (question == NULL)
    return;
  for (const xmlNode *node = first; node != NULL; node = dhk_xml_next (node, "response"))
    {
      g_autofree char *name = dhk_xml_dup_attribute (node, "varName");
      xmlNode *fixed = dhk_xml_first (node, "fixed");
      xmlNode *category = fixed != NULL ? dhk_xml_first (fixed, "category") : NULL;
      g_autofree char *label = NULL;

      if (category == NULL || dhk_xml_next (category, "category") != NULL)
        {
          dhk_outline_drop_last (outline);
          return;
        }
      label = dup_child (category, "label", language);
      dhk_outline_add_choice (question, name, label);
    }
  if (question->answers->len == 0)
    dhk_outline_drop_last (outline);
}

static void
add_que_question (DhkOutline *outline, const char *language, const xmlNode *node)
{
  g_autofree char *text = dup_texts (node, language);
  xmlNode *response = dhk_xml_first (node, "response");
  xmlNode *sub = dhk_xml_first (node, "subQuestion");

  if (response == NULL)
    return;
  if (sub == NULL)
    {
      g_autofree char *code = dhk_xml_dup_attribute (response, "varName");

      if (dhk_xml_next (response, "response") == NULL)
        add_que (outline, language, code, NULL, text, response);
      else
        add_que_choices (outline, language, text, response);
      return;
    }
  for (; sub != NULL; sub = dhk_xml_next (sub, "subQuestion"))
    {
      g_autofree char *code = dhk_xml_dup_attribute (sub, "varName");
      g_autofree char *part = dup_texts (sub, language);

      add_que (outline, language, code, text, part, response);
    }
}

static DhkOutline *
read_que (const xmlNode *root, const char *name, const char *code, DhkLanguage language)
{
  g_autofree char *title = dup_child (root, "title", code);
  DhkOutline *outline = dhk_outline_new (*title != '\0' ? title : name, language);

  for (xmlNode *section = dhk_xml_first (root, "section"); section != NULL;
       section = dhk_xml_next (section, "section"))
    for (xmlNode *node = dhk_xml_first (section, "question"); node != NULL;
         node = dhk_xml_next (node, "question"))
      add_que_question (outline, code, node);
  return outline;
}

/* Every language that a text of the file has, in order; the depth of queXML is known. */
static void
list_languages (const xmlNode *node, guint depth, GPtrArray *codes)
{
  g_autofree char *code = dup_language (node);

  if (code != NULL && *code != '\0' && codes->len < MOST_LANGUAGES
      && !g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL))
    g_ptr_array_add (codes, g_steal_pointer (&code));
  for (xmlNode *child = depth > 0 ? dhk_xml_first (node, NULL) : NULL; child != NULL;
       child = dhk_xml_next (child, NULL))
    list_languages (child, depth - 1, codes);
}

DhkOutline *
dhk_outline_read_quexml (const xmlNode *root, const char *name)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);

  list_languages (root, DEEPEST, codes);
  return dhk_outline_read_languages (root, name, codes, read_que);
}
