/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-help.h"

#include <string.h>

#include "base/dhk-data.h"
#include "base/dhk-xml.h"

#define FILE_NAME "help/help.xml"
#define SCHEMA "schemas/help.rng"

static void
free_part (gpointer data)
{
  DhkHelpPart *part = data;

  g_free (part->keys);
  g_free (part->text);
  g_free (part);
}

static void
free_topic (gpointer data)
{
  DhkHelpTopic *topic = data;

  g_free (topic->id);
  g_free (topic->title);
  g_ptr_array_unref (topic->parts);
  g_free (topic);
}

/* The schema asks for a text in every language. */
static char *
dup_text (const xmlNode *node, DhkLanguage language)
{
  for (xmlNode *text = dhk_xml_first (node, "text"); text != NULL;
       text = dhk_xml_next (text, "text"))
    {
      g_autofree char *code = dhk_xml_dup_attribute (text, "lang");

      if (g_strcmp0 (code, dhk_language_get_code (language)) == 0)
        return dhk_xml_dup_text (text);
    }
  return g_strdup ("");
}

static DhkHelpKind
get_kind (const xmlNode *node)
{
  static const char *const names[] = { "p", "heading", "step", "key" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp ((const char *) node->name, names[i]) == 0)
      return (DhkHelpKind) i;
  return DHK_HELP_PARAGRAPH;
}

static DhkHelpTopic *
read_topic (const xmlNode *node, DhkLanguage language)
{
  DhkHelpTopic *topic = g_new0 (DhkHelpTopic, 1);
  const xmlNode *title = dhk_xml_first (node, "title");
  guint step = 0;

  topic->id = dhk_xml_dup_attribute (node, "id");
  topic->title = dup_text (title, language);
  topic->parts = g_ptr_array_new_with_free_func (free_part);
  for (const xmlNode *child = dhk_xml_next (title, NULL); child != NULL;
       child = dhk_xml_next (child, NULL))
    {
      DhkHelpPart *part = g_new0 (DhkHelpPart, 1);

      part->kind = get_kind (child);
      part->keys = dhk_xml_dup_attribute (child, "keys");
      part->text = dup_text (child, language);
      step = part->kind == DHK_HELP_STEP ? step + 1 : 0;
      part->number = step;
      g_ptr_array_add (topic->parts, part);
    }
  return topic;
}

GPtrArray *
dhk_help_load (DhkLanguage language)
{
  GPtrArray *topics = g_ptr_array_new_with_free_func (free_topic);
  g_autoptr (GBytes) bytes = dhk_data_load (FILE_NAME);
  g_autoptr (GError) error = NULL;
  g_autoptr (xmlDoc) document = dhk_xml_parse (bytes, FILE_NAME, SCHEMA, &error);

  /* It is built in, and a test reads all of it. */
  if (document == NULL)
    g_error ("%s", error->message);
  for (const xmlNode *node = dhk_xml_first (xmlDocGetRootElement (document), "topic"); node != NULL;
       node = dhk_xml_next (node, "topic"))
    g_ptr_array_add (topics, read_topic (node, language));
  return topics;
}

const DhkHelpTopic *
dhk_help_find (GPtrArray *topics, const char *id)
{
  g_return_val_if_fail (topics != NULL && id != NULL, NULL);

  for (guint i = 0; i < topics->len; i++)
    {
      const DhkHelpTopic *topic = g_ptr_array_index (topics, i);

      if (strcmp (topic->id, id) == 0)
        return topic;
    }
  return NULL;
}
