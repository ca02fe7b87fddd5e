/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file of an instrument as a tree that can be changed. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-text.h"
#include "study/dhk-instrument-edit-private.h"

#define MOST_ID 40 /* characters of an id that is made of a text */

G_DEFINE_QUARK (dhk - instrument - edit - error - quark, dhk_instrument_edit_error)

/* The whole ------------------------------------------------------------------ */

gboolean
dhk_edit_open (DhkEdit *self, DhkInstrument *instrument, GError **error)
{
  const char *name = dhk_text_get (dhk_instrument_get_title (instrument), DHK_LANGUAGE_NL);

  *self = (DhkEdit){ .instrument = instrument, .error = error };
  self->document = dhk_xml_parse_whole (dhk_instrument_get_xml (instrument), name, error);
  if (self->document == NULL)
    return FALSE;
  self->root = xmlDocGetRootElement (self->document);
  return TRUE;
}

void
dhk_edit_clear (DhkEdit *self)
{
  g_clear_pointer (&self->document, xmlFreeDoc);
}

/* The loader speaks of lines and elements of a file; a person changed something on a page. */
static void
fail_unfit (DhkEdit *self, const GError *problem)
{
  const char *reason = strstr (problem->message, ">: ");

  dhk_edit_fail (self, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                 /* TRANSLATORS: then a reason, which ends with "Nothing was changed." */
                 _ ("This does not go together with the rest: %s"),
                 reason != NULL ? reason + strlen (">: ") : problem->message);
}

DhkInstrument *
dhk_edit_finish (DhkEdit *self, gboolean ok)
{
  g_autoptr (GError) problem = NULL;
  const char *name = dhk_text_get (dhk_instrument_get_title (self->instrument), DHK_LANGUAGE_NL);
  g_autoptr (GBytes) bytes = NULL;
  DhkInstrument *result = NULL;

  if (ok)
    {
      bytes = dhk_xml_to_bytes (self->document);
      result = dhk_instrument_new_from_bytes (bytes, name, &problem);
      if (result == NULL)
        fail_unfit (self, problem);
    }
  dhk_edit_clear (self);
  return result;
}

gboolean
dhk_edit_fail (DhkEdit *self, DhkInstrumentEditError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (self->error, DHK_INSTRUMENT_EDIT_ERROR, (int) code, message);
  return FALSE;
}

/* XML 1.0 has no place for other control characters. */
static gboolean
holds_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((c < 0x20 && !g_ascii_isspace ((char) c)) || c == 0xfffe || c == 0xffff)
        return TRUE;
    }
  return FALSE;
}

char *
dhk_edit_dup_checked (DhkEdit *self, const char *text, gboolean may_be_empty)
{
  g_autofree char *plain = NULL;

  if (!g_utf8_validate (text, -1, NULL) || holds_control (text))
    {
      dhk_edit_fail (self, DHK_INSTRUMENT_EDIT_ERROR_TEXT,
                     _ ("This text holds characters that cannot be kept. Type it again."));
      return NULL;
    }
  plain = g_strstrip (g_strdelimit (g_strdup (text), "\t\n\r\v\f", ' '));
  if (*plain == '\0' && !may_be_empty)
    {
      dhk_edit_fail (self, DHK_INSTRUMENT_EDIT_ERROR_TEXT,
                     _ ("This text cannot be empty. The old text stays."));
      return NULL;
    }
  if (g_utf8_strlen (plain, -1) > DHK_EDIT_MAX_TEXT)
    {
      dhk_edit_fail (self, DHK_INSTRUMENT_EDIT_ERROR_TEXT,
                     _ ("A text has at most %d characters. The old text stays."),
                     DHK_EDIT_MAX_TEXT);
      return NULL;
    }
  return g_steal_pointer (&plain);
}

/* Finding -------------------------------------------------------------------- */

xmlNode *
dhk_edit_part (DhkEdit *self, const char *name)
{
  xmlNode *part = dhk_xml_first (self->root, name);

  g_assert (part != NULL);
  return part;
}

xmlNode *
dhk_edit_nth (const xmlNode *parent, const char *name, guint n)
{
  xmlNode *node = dhk_xml_first (parent, name);

  while (node != NULL && n-- > 0)
    node = dhk_xml_next (node, name);
  return node;
}

xmlNode *
dhk_edit_find (const xmlNode *parent, const char *name, const char *attribute, const char *value)
{
  for (xmlNode *node = dhk_xml_first (parent, name); node != NULL; node = dhk_xml_next (node, name))
    {
      g_autofree char *found = dhk_xml_dup_attribute (node, attribute);

      if (found != NULL && strcmp (g_strstrip (found), value) == 0)
        return node;
    }
  return NULL;
}

xmlNode *
dhk_edit_questionnaire (DhkEdit *self, guint questionnaire)
{
  xmlNode *node
      = dhk_edit_nth (dhk_edit_part (self, "questionnaires"), "questionnaire", questionnaire);

  g_assert (node != NULL);
  return node;
}

/* How many questions of the instrument an element outside a grid is. */
static guint
count_questions (DhkEdit *self, const xmlNode *node)
{
  g_autofree char *id = dhk_xml_dup_attribute (node, "variable");
  int choices = id != NULL ? dhk_instrument_find_choices (self->instrument, g_strstrip (id)) : -1;

  return choices < 0 ? 1
                     : dhk_instrument_get_choices (self->instrument, (guint) choices)->n_choices;
}

xmlNode *
dhk_edit_question (DhkEdit *self, guint questionnaire, guint question)
{
  guint at = 0;

  for (xmlNode *child = dhk_xml_first (dhk_edit_questionnaire (self, questionnaire), NULL);
       child != NULL; child = dhk_xml_next (child, NULL))
    {
      if (strcmp ((const char *) child->name, "question") == 0)
        {
          at += count_questions (self, child);
          if (question < at)
            return child;
        }
      if (strcmp ((const char *) child->name, "grid") != 0)
        continue;
      for (xmlNode *row = dhk_xml_first (child, "question"); row != NULL;
           row = dhk_xml_next (row, "question"))
        if (at++ == question)
          return row;
    }
  g_assert_not_reached ();
}

/* Changing ------------------------------------------------------------------- */

void
dhk_edit_set_attribute (xmlNode *node, const char *name, const char *value)
{
  xmlSetProp (node, (const xmlChar *) name, (const xmlChar *) value);
}

static gboolean
is_blank (const xmlNode *node)
{
  return node != NULL && node->type == XML_TEXT_NODE && xmlIsBlankNode (node);
}

/* What stands between the start of a line and `node`, to begin another line alike. */
static void
copy_layout_before (xmlNode *like, xmlNode *before)
{
  if (is_blank (like->prev))
    xmlAddPrevSibling (before, xmlNewText (like->prev->content));
}

xmlNode *
dhk_edit_insert_after (xmlNode *sibling, const char *name)
{
  xmlNode *node = xmlNewNode (NULL, (const xmlChar *) name);

  xmlAddNextSibling (sibling, node);
  copy_layout_before (sibling, node);
  return node;
}

xmlNode *
dhk_edit_append (xmlNode *parent, const char *name)
{
  xmlNode *last = dhk_xml_first (parent, NULL);
  xmlNode *next;

  if (last == NULL)
    return xmlNewChild (parent, NULL, (const xmlChar *) name, NULL);
  while ((next = dhk_xml_next (last, NULL)) != NULL)
    last = next;
  return dhk_edit_insert_after (last, name);
}

xmlNode *
dhk_edit_append_of_kind (xmlNode *parent, const char *name)
{
  xmlNode *last = dhk_xml_first (parent, name);
  xmlNode *next;

  if (last == NULL)
    return dhk_edit_append (parent, name);
  while ((next = dhk_xml_next (last, name)) != NULL)
    last = next;
  return dhk_edit_insert_after (last, name);
}

/* With the layout before it. */
static void
unlink_node (xmlNode *node)
{
  xmlNode *before = node->prev;

  if (is_blank (before))
    {
      xmlUnlinkNode (before);
      xmlFreeNode (before);
    }
  xmlUnlinkNode (node);
}

void
dhk_edit_move_before (xmlNode *node, xmlNode *sibling)
{
  unlink_node (node);
  xmlAddPrevSibling (sibling, node);
  if (is_blank (node->prev))
    xmlAddNextSibling (node, xmlNewText (node->prev->content));
}

void
dhk_edit_move_after (xmlNode *node, xmlNode *sibling)
{
  unlink_node (node);
  xmlAddNextSibling (sibling, node);
  copy_layout_before (sibling, node);
}

void
dhk_edit_remove (xmlNode *node)
{
  unlink_node (node);
  xmlFreeNode (node);
}

void
dhk_edit_set_content (xmlNode *node, const char *text)
{
  /* xmlNodeSetContent() reads entities; a text node's content is taken as it is. */
  xmlNodeSetContent (node, NULL);
  xmlAddChild (node, xmlNewText ((const xmlChar *) text));
}

static xmlNode *
add_text_element (xmlNode *parent, DhkLanguage language)
{
  xmlNode *other = dhk_xml_first (parent, "text");
  xmlNode *node;

  if (other == NULL)
    node = dhk_edit_append (parent, "text");
  else if (language == DHK_LANGUAGE_EN)
    node = dhk_edit_insert_after (other, "text");
  else
    {
      /* Dutch stands first. */
      node = xmlNewNode (NULL, (const xmlChar *) "text");
      xmlAddPrevSibling (other, node);
      if (is_blank (node->prev))
        xmlAddNextSibling (node, xmlNewText (node->prev->content));
    }
  dhk_edit_set_attribute (node, "lang", dhk_language_get_code (language));
  return node;
}

gboolean
dhk_edit_set_text (DhkEdit *self, xmlNode *parent, DhkLanguage language, const char *text)
{
  g_autofree char *plain = dhk_edit_dup_checked (self, text, TRUE);
  xmlNode *node = dhk_edit_find (parent, "text", "lang", dhk_language_get_code (language));

  if (plain == NULL)
    return FALSE;
  if (*plain == '\0' && node == NULL)
    return TRUE;
  if (*plain == '\0' && dhk_edit_nth (parent, "text", 1) == NULL)
    return dhk_edit_fail (self, DHK_INSTRUMENT_EDIT_ERROR_TEXT,
                          _ ("This text cannot be empty. The old text stays."));
  if (*plain == '\0')
    dhk_edit_remove (node);
  else
    dhk_edit_set_content (node != NULL ? node : add_text_element (parent, language), plain);
  return TRUE;
}

gboolean
dhk_edit_append_text (
    DhkEdit *self, xmlNode *parent, const char *name, DhkLanguage language, const char *text)
{
  g_autofree char *plain = dhk_edit_dup_checked (self, text, FALSE);

  return plain != NULL && dhk_edit_set_text (self, dhk_edit_append (parent, name), language, plain);
}

/* Names ---------------------------------------------------------------------- */

char *
dhk_edit_dup_new_id (const xmlNode *part, const char *text, const char *fallback)
{
  g_autofree char *slug = dhk_text_dup_slug (text, MOST_ID);
  const char *id = *slug != '\0' ? slug : fallback;

  for (guint i = 1;; i++)
    {
      g_autofree char *candidate = i == 1 ? g_strdup (id) : g_strdup_printf ("%s-%u", id, i);

      if (dhk_edit_find (part, NULL, "id", candidate) == NULL)
        return g_steal_pointer (&candidate);
    }
}

char *
dhk_edit_dup_licence (DhkEdit *self, const char *text)
{
  g_autofree char *plain = dhk_edit_dup_checked (self, text, FALSE);
  xmlNode *part = dhk_edit_part (self, "licences");
  g_autofree char *id = NULL;
  xmlNode *node;

  if (plain == NULL)
    return NULL;
  for (node = dhk_xml_first (part, "licence"); node != NULL; node = dhk_xml_next (node, "licence"))
    {
      g_autofree char *known = dhk_xml_dup_text (node);

      if (strcmp (known, plain) == 0)
        return dhk_xml_dup_attribute (node, "id");
    }
  id = dhk_edit_dup_new_id (part, "study", "study");
  node = dhk_edit_append (part, "licence");
  dhk_edit_set_attribute (node, "id", id);
  dhk_edit_set_content (node, plain);
  return g_steal_pointer (&id);
}
