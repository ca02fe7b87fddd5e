/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-xml.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>
#include <stdlib.h>
#include <string.h>

#include "base/dhk-data.h"
#include "base/dhk-file.h"
#include "base/dhk-xml-words.h"

#define MAX_BYTES (4 * 1024 * 1024)
#define MAX_DEPTH 64
#define MAX_QUOTED 300 /* characters */

G_DEFINE_QUARK (dhk - xml - error - quark, dhk_xml_error)

/* What the parser's handlers find out, kept in ctxt->_private. */
typedef struct
{
  guint depth;
  gboolean too_deep;
  gboolean forbidden;
  int line;
  int column;
  char *message;
  char *element;
} ParseState;

static void
parse_state_clear (ParseState *state)
{
  g_free (state->message);
  g_free (state->element);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ParseState, parse_state_clear)

static void
internal_subset_cb (void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
  xmlParserCtxt *context = data;
  ParseState *state = context->_private;

  /* Stopping here means that no entity is ever declared, let alone expanded. */
  state->forbidden = TRUE;
  state->line = context->input != NULL ? context->input->line : 0;
  state->column = context->input != NULL ? context->input->col : 0;
  xmlStopParser (context);
}

static void
start_element_cb (void *data,
                  const xmlChar *name,
                  const xmlChar *prefix,
                  const xmlChar *uri,
                  int n_namespaces,
                  const xmlChar **namespaces,
                  int n_attributes,
                  int n_defaulted,
                  const xmlChar **attributes)
{
  xmlParserCtxt *context = data;
  ParseState *state = context->_private;

  if (++state->depth > MAX_DEPTH)
    {
      state->too_deep = TRUE;
      state->line = context->input != NULL ? context->input->line : 0;
      xmlStopParser (context);
      return;
    }
  xmlSAX2StartElementNs (data, name, prefix, uri, n_namespaces, namespaces, n_attributes,
                         n_defaulted, attributes);
}

static void
end_element_cb (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  xmlParserCtxt *context = data;
  ParseState *state = context->_private;

  state->depth--;
  xmlSAX2EndElementNs (data, name, prefix, uri);
}

static void
keep_message (ParseState *state, const xmlError *problem)
{
  if (state->message != NULL || problem == NULL || problem->message == NULL)
    return;
  state->message = dhk_xml_dup_problem (problem);
  state->line = problem->line;
  state->column = problem->int2;
  if (problem->node != NULL && ((xmlNode *) problem->node)->type == XML_ELEMENT_NODE)
    state->element = g_strdup ((const char *) ((xmlNode *) problem->node)->name);
}

static void
structured_error_cb (void *data, xmlError *problem)
{
  keep_message (data, problem);
}

static void
parser_error_cb (void *data, xmlError *problem)
{
  xmlParserCtxt *context = data;

  keep_message (context->_private, problem);
}

/* What a message quotes of a file: text, whatever the bytes, and not all of it when it is long. */
static char *
dup_quotable (const char *text)
{
  char *quotable = g_utf8_make_valid (text, -1);

  if (g_utf8_strlen (quotable, -1) > MAX_QUOTED)
    {
      g_autofree char *whole = g_steal_pointer (&quotable);
      g_autofree char *start = g_utf8_substring (whole, 0, MAX_QUOTED);

      quotable = g_strconcat (start, "….", NULL);
    }
  return quotable;
}

static gboolean
fail_at (GError **error,
         DhkXmlError code,
         const char *name,
         int line,
         int column,
         const char *tag,
         const char *message)
{
  g_autofree char *place = NULL;
  g_autofree char *element = tag != NULL ? dup_quotable (tag) : NULL;
  g_autofree char *words = dup_quotable (message);

  if (element != NULL && column > 0)
    /* TRANSLATORS: a place in a file */
    place = g_strdup_printf (_ ("line %d, column %d, element <%s>"), line, column, element);
  else if (element != NULL)
    place = g_strdup_printf (_ ("line %d, element <%s>"), line, element);
  else if (column > 0)
    place = g_strdup_printf (_ ("line %d, column %d"), line, column);
  else
    place = g_strdup_printf (_ ("line %d"), line);

  /* TRANSLATORS: file name, place in the file, what is wrong */
  g_set_error (error, DHK_XML_ERROR, code, _ ("“%s”, %s: %s Nothing was changed."), name, place,
               words);
  return FALSE;
}

gboolean
dhk_xml_fail (GError **error,
              DhkXmlError code,
              const char *name,
              const xmlNode *node,
              const char *format,
              ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  return fail_at (error, code, name, node != NULL ? (int) xmlGetLineNo (node) : 1, 0,
                  node != NULL ? (const char *) node->name : NULL, message);
}

static gboolean
check_parse (const ParseState *state, xmlParserCtxt *context, const char *name, GError **error)
{
  const char *element;

  if (state->forbidden)
    return fail_at (error, DHK_XML_ERROR_FORBIDDEN, name, state->line, state->column, "!DOCTYPE",
                    _ ("a document type declaration or entity is not allowed here."));
  if (state->too_deep)
    return fail_at (error, DHK_XML_ERROR_NOT_WELL_FORMED, name, state->line, 0, NULL,
                    _ ("elements are nested too deep."));
  if (context->wellFormed && context->myDoc != NULL && state->message == NULL)
    return TRUE;

  element = context->name != NULL ? (const char *) context->name : NULL;
  return fail_at (error, DHK_XML_ERROR_NOT_WELL_FORMED, name, MAX (state->line, 1), state->column,
                  element,
                  state->message != NULL ? state->message : _ ("this is not a complete XML file."));
}

static xmlDoc *
parse (GBytes *bytes, const char *name, gboolean with_layout, GError **error)
{
  g_auto (ParseState) state = { 0 };
  xmlSAXHandler handler = { 0 };
  xmlParserCtxt *context;
  xmlDoc *document;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size == 0 || size > MAX_BYTES)
    {
      fail_at (error, DHK_XML_ERROR_NOT_WELL_FORMED, name, 1, 0, NULL,
               size == 0 ? _ ("the file is empty.") : _ ("the file is too large."));
      return NULL;
    }

  xmlSAXVersion (&handler, 2);
  handler.internalSubset = internal_subset_cb;
  handler.externalSubset = NULL;
  handler.startElementNs = start_element_cb;
  handler.endElementNs = end_element_cb;
  handler.serror = parser_error_cb;

  if (!with_layout)
    handler.comment = NULL;

  context = xmlCreatePushParserCtxt (&handler, NULL, NULL, 0, NULL);
  xmlCtxtUseOptions (context, XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES
                                  | XML_PARSE_COMPACT | (with_layout ? 0 : XML_PARSE_NOBLANKS));
  context->userData = context;
  context->_private = &state;
  /* xmlCtxtUseOptions() may put its own handlers back. */
  context->sax->serror = parser_error_cb;
  xmlParseChunk (context, data, (int) size, 1);

  if (!check_parse (&state, context, name, error))
    {
      if (context->myDoc != NULL)
        xmlFreeDoc (context->myDoc);
      context->myDoc = NULL;
    }
  document = context->myDoc;
  context->myDoc = NULL;
  xmlFreeParserCtxt (context);
  return document;
}

static gboolean
validate (xmlDoc *document, const char *name, const char *schema, GError **error)
{
  g_auto (ParseState) state = { 0 };
  g_autoptr (GBytes) bytes = dhk_data_load (schema);
  xmlRelaxNGParserCtxt *parser;
  xmlRelaxNG *grammar;
  xmlRelaxNGValidCtxt *context;
  gboolean valid;

  g_return_val_if_fail (bytes != NULL, FALSE);

  parser
      = xmlRelaxNGNewMemParserCtxt (g_bytes_get_data (bytes, NULL), (int) g_bytes_get_size (bytes));
  grammar = xmlRelaxNGParse (parser);
  xmlRelaxNGFreeParserCtxt (parser);
  g_return_val_if_fail (grammar != NULL, FALSE);

  context = xmlRelaxNGNewValidCtxt (grammar);
  xmlRelaxNGSetValidStructuredErrors (context, structured_error_cb, &state);
  valid = xmlRelaxNGValidateDoc (context, document) == 0;
  xmlRelaxNGFreeValidCtxt (context);
  xmlRelaxNGFree (grammar);
  if (valid)
    return TRUE;

  return fail_at (error, DHK_XML_ERROR_SCHEMA, name, MAX (state.line, 1), 0, state.element,
                  state.message != NULL ? state.message
                                        : _ ("this does not fit the rules of such a file."));
}

static gboolean
is_builtin (GBytes *bytes)
{
  return dhk_data_holds ("instruments", bytes) || dhk_data_holds ("reports", bytes);
}

GBytes *
dhk_xml_load_file (GFile *file, char **display_name, GCancellable *cancellable, GError **error)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (G_IS_FILE (file) && display_name != NULL, NULL);

  base = g_file_get_basename (file);
  *display_name = g_filename_display_name (base != NULL ? base : "");
  return dhk_file_load (file, MAX_BYTES, cancellable, error);
}

xmlDoc *
dhk_xml_parse (GBytes *bytes, const char *name, const char *schema, GError **error)
{
  g_autoptr (xmlDoc) document = NULL;
  gboolean known;

  g_return_val_if_fail (bytes != NULL && name != NULL && schema != NULL, NULL);

  /* Validating is most of the work of opening a study; what is built in was
   * validated by the tests. Only the validator needs the layout between elements, to
   * say the right line; it is half of the nodes. */
  known = is_builtin (bytes);
  document = parse (bytes, name, !known, error);
  if (document == NULL)
    return NULL;
  if (!known && !validate (document, name, schema, error))
    return NULL;
  return g_steal_pointer (&document);
}

xmlDoc *
dhk_xml_parse_whole (GBytes *bytes, const char *name, GError **error)
{
  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  return parse (bytes, name, TRUE, error);
}

GBytes *
dhk_xml_to_bytes (xmlDoc *document)
{
  xmlChar *text = NULL;
  int size = 0;

  g_return_val_if_fail (document != NULL, NULL);

  xmlDocDumpMemoryEnc (document, &text, &size, "UTF-8");
  if (text == NULL)
    g_error ("Out of memory");
  return g_bytes_new_with_free_func (text, (gsize) size, (GDestroyNotify) xmlFree, text);
}

static xmlNode *
first_of (xmlNode *node, const char *name)
{
  for (; node != NULL; node = node->next)
    if (node->type == XML_ELEMENT_NODE
        && (name == NULL || strcmp ((const char *) node->name, name) == 0))
      return node;
  return NULL;
}

xmlNode *
dhk_xml_first (const xmlNode *parent, const char *name)
{
  g_return_val_if_fail (parent != NULL, NULL);

  return first_of (parent->children, name);
}

xmlNode *
dhk_xml_next (const xmlNode *node, const char *name)
{
  g_return_val_if_fail (node != NULL, NULL);

  return first_of (node->next, name);
}

/* The text of a node or attribute when it lies in one piece, as nearly always; else NULL. */
static const char *
get_only_text (const xmlNode *children)
{
  if (children != NULL && children->next == NULL && children->type == XML_TEXT_NODE)
    return (const char *) children->content;
  return NULL;
}

char *
dhk_xml_dup_attribute (const xmlNode *node, const char *name)
{
  const xmlAttr *attribute;
  xmlChar *value;
  char *result;

  g_return_val_if_fail (node != NULL && name != NULL, NULL);

  attribute = xmlHasNsProp (node, (const xmlChar *) name, NULL);
  if (attribute == NULL)
    return NULL;
  if (get_only_text (attribute->children) != NULL)
    return g_strdup (get_only_text (attribute->children));
  value = xmlGetNoNsProp (node, (const xmlChar *) name);
  result = g_strdup ((const char *) value);
  xmlFree (value);
  return result;
}

/* Only the white space of the file's layout goes; quotes stay as written. */
static char *
dup_without_layout (const char *text)
{
  char *result = g_malloc (strlen (text) + 1);
  char *end = result;

  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      *end++ = *p;
    else if (end > result && end[-1] != ' ')
      *end++ = ' ';
  if (end > result && end[-1] == ' ')
    end--;
  *end = '\0';
  return result;
}

char *
dhk_xml_dup_text (const xmlNode *node)
{
  xmlChar *content;
  char *result;

  g_return_val_if_fail (node != NULL, NULL);

  if (get_only_text (node->children) != NULL)
    return dup_without_layout (get_only_text (node->children));
  content = xmlNodeGetContent (node);
  result = dup_without_layout ((const char *) content);
  xmlFree (content);
  return result;
}

int
dhk_xml_get_int (const xmlNode *node, const char *name, int fallback)
{
  g_autofree char *text = dhk_xml_dup_attribute (node, name);
  gint64 value;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT, G_MAXINT, &value, NULL))
    return fallback;
  return (int) value;
}
