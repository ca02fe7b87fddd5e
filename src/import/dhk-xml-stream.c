/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-xml-stream.h"

#include "import/dhk-import-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAMES 24
#define MAX_DEPTH 64
#define MAX_ATTRIBUTES 64
/* libxml2 checks attributes for doubles in quadratic time and only hands a
 * start tag over when it is whole, so the bytes that wait are bounded too. */
#define MAX_WAITING (64 * 1024)

struct _DhkXmlStream
{
  const DhkXmlHandler *handler;
  gpointer data;
  xmlParserCtxt *parser;
  const xmlChar *names[MAX_NAMES];
  guint n_names;
  guint depth;
  const xmlChar **attributes;
  int n_attributes;
  GError *error;
};

static int
stream_tag (DhkXmlStream *self, const xmlChar *local_name)
{
  for (guint i = 0; i < self->n_names; i++)
    if (self->names[i] == local_name) /* both are in the parser's dictionary */
      return (int) i;

  return DHK_XML_OTHER;
}

static void
fail_hostile (DhkXmlStream *self, const char *sentence)
{
  dhk_xml_stream_fail (self,
                       g_error_new_literal (DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_HOSTILE, sentence));
}

static void
start_element_cb (void *data,
                  const xmlChar *local_name,
                  const xmlChar *prefix,
                  const xmlChar *uri,
                  int n_namespaces,
                  const xmlChar **namespaces,
                  int n_attributes,
                  int n_defaulted,
                  const xmlChar **attributes)
{
  DhkXmlStream *self = data;

  if (self->error != NULL)
    return;

  self->depth++;
  if (self->depth > MAX_DEPTH)
    {
      fail_hostile (
          self,
          _ ("The workbook is nested more deeply than any spreadsheet program writes it. It was "
             "not opened. Save it anew in a spreadsheet program and import that file."));
      return;
    }
  if (n_attributes > MAX_ATTRIBUTES || n_namespaces > MAX_ATTRIBUTES)
    {
      fail_hostile (
          self, _ ("A part of the workbook carries more attributes than any spreadsheet program "
                   "writes. It "
                   "was not opened. Save it anew in a spreadsheet program and import that file."));
      return;
    }

  self->attributes = attributes;
  self->n_attributes = n_attributes;
  self->handler->start (self, stream_tag (self, local_name), self->depth, self->data);
  self->attributes = NULL;
  self->n_attributes = 0;
}

static void
end_element_cb (void *data, const xmlChar *local_name, const xmlChar *prefix, const xmlChar *uri)
{
  DhkXmlStream *self = data;

  if (self->error != NULL)
    return;

  self->handler->end (self, stream_tag (self, local_name), self->depth, self->data);
  self->depth--;
}

static void
characters_cb (void *data, const xmlChar *text, int length)
{
  DhkXmlStream *self = data;

  if (self->error == NULL && self->handler->text != NULL)
    self->handler->text (self, (const char *) text, (gsize) length, self->data);
}

static void
internal_subset_cb (void *data,
                    const xmlChar *name,
                    const xmlChar *external_id,
                    const xmlChar *system_id)
{
  fail_hostile (data, _ ("The workbook declares a document type, which no spreadsheet program does "
                         "and which can be "
                         "used to harm. It was not opened."));
}

static void
entity_cb (void *data,
           const xmlChar *name,
           int type,
           const xmlChar *public_id,
           const xmlChar *system_id,
           xmlChar *content)
{
  fail_hostile (data, _ ("The workbook declares entities, which no spreadsheet program does and "
                         "which can be used to "
                         "harm. It was not opened."));
}

/* Without a function of ours libxml2 writes to the standard error. */
static void
silent_cb (void *data, xmlError *error)
{
}

static void
set_damaged (GError **error)
{
  g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_DAMAGED,
                       _ ("A part of the workbook is damaged or cut off, so it cannot be read "
                          "whole. Nothing was taken "
                          "over. Download or save the file again."));
}

DhkXmlStream *
dhk_xml_stream_new (const DhkXmlHandler *handler, gpointer data)
{
  DhkXmlStream *self = g_new0 (DhkXmlStream, 1);
  xmlSAXHandler sax = { 0 };

  self->handler = handler;
  self->data = data;

  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = start_element_cb;
  sax.endElementNs = end_element_cb;
  sax.characters = characters_cb;
  sax.ignorableWhitespace = characters_cb;
  sax.cdataBlock = characters_cb;
  sax.internalSubset = internal_subset_cb;
  sax.entityDecl = entity_cb;
  sax.serror = silent_cb;

  xmlInitParser (); /* readers run in threads of their own */
  self->parser = xmlCreatePushParserCtxt (&sax, self, NULL, 0, NULL);
  if (self->parser == NULL)
    g_error ("No memory for an XML parser");
  xmlCtxtUseOptions (self->parser, XML_PARSE_NONET);

  while (handler->names[self->n_names] != NULL)
    {
      g_assert (self->n_names < MAX_NAMES);
      self->names[self->n_names]
          = xmlDictLookup (self->parser->dict, (const xmlChar *) handler->names[self->n_names], -1);
      self->n_names++;
    }

  return self;
}

void
dhk_xml_stream_free (DhkXmlStream *self)
{
  if (self->parser->myDoc != NULL)
    xmlFreeDoc (self->parser->myDoc);
  xmlFreeParserCtxt (self->parser);
  g_clear_error (&self->error);
  g_free (self);
}

gboolean
dhk_xml_stream_go_on (DhkXmlStream *self, GError **error)
{
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

gboolean
dhk_xml_stream_is_between (DhkXmlStream *self, guint depth)
{
  const xmlParserInput *input = self->parser->input;

  return self->depth == depth && self->parser->instate == XML_PARSER_CONTENT && input != NULL
         && input->cur == input->end && self->parser->inputNr == 1
         && self->parser->charset == XML_CHAR_ENCODING_UTF8 && input->buf != NULL
         && input->buf->encoder == NULL;
}

gboolean
dhk_xml_stream_feed (DhkXmlStream *self, const char *piece, gsize length, GError **error)
{
  int status;

  g_assert (length <= MAX_WAITING);
  status = xmlParseChunk (self->parser, piece, (int) length, length == 0);

  if (!dhk_xml_stream_go_on (self, error))
    return FALSE;
  /* Namespace faults are no reason to refuse: names count without prefix. */
  if (!self->parser->wellFormed || (status != XML_ERR_OK && self->parser->disableSAX))
    {
      set_damaged (error);
      return FALSE;
    }
  if (self->parser->input != NULL
      && self->parser->input->end - self->parser->input->cur > MAX_WAITING)
    {
      g_set_error_literal (
          error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_HOSTILE,
          _ ("A part of the workbook holds a tag or remark longer than any spreadsheet program "
             "writes. "
             "It was not opened. Save it anew in a spreadsheet program and import that file."));
      return FALSE;
    }

  return TRUE;
}

const char *
dhk_xml_stream_get_attribute (DhkXmlStream *self, const char *name, gsize *length)
{
  for (int i = 0; i < self->n_attributes; i++)
    {
      const xmlChar **attribute = self->attributes + 5 * i;

      if (strcmp ((const char *) attribute[0], name) == 0)
        {
          *length = (gsize) (attribute[4] - attribute[3]);
          return (const char *) attribute[3];
        }
    }

  *length = 0;
  return NULL;
}

const xmlChar **
dhk_xml_stream_get_attributes (DhkXmlStream *self, int *n_attributes)
{
  *n_attributes = self->n_attributes;
  return self->attributes;
}

char *
dhk_xml_stream_dup_attribute (DhkXmlStream *self, const char *name)
{
  /* Where it does not replace entities libxml2 writes every ampersand of an
   * attribute so, those of "&#38;" itself included. */
  static const char ampersand[] = "&#38;";
  const gsize n = sizeof ampersand - 1;
  gsize length;
  const char *value = dhk_xml_stream_get_attribute (self, name, &length);
  char *text, *out;

  if (value == NULL)
    return NULL;

  out = text = g_malloc (length + 1);
  for (gsize i = 0; i < length; i++)
    {
      *out++ = value[i];
      if (length - i >= n && memcmp (value + i, ampersand, n) == 0)
        i += n - 1;
    }
  *out = '\0';

  return text;
}

void
dhk_xml_stream_fail (DhkXmlStream *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
  xmlStopParser (self->parser);
}
