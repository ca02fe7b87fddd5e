/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* libxml2's SAX2 push parser made safe for parts of a workbook.
 *
 * The caller feeds pieces and gets start, text and end of elements, known by
 * their local name whatever the prefix. A document type declaration, an
 * entity, deep nesting, a host of attributes or a tag without end is refused.
 * Private to the import room.
 */

#include <glib.h>
#include <libxml/parser.h>

G_BEGIN_DECLS

/* What a tag number is for an element that the handler does not name. */
#define DHK_XML_OTHER (-1)

typedef struct _DhkXmlStream DhkXmlStream;

/**
 * DhkXmlHandler:
 * @names: local names, ended by %NULL; a tag is an index into them
 * @start: @depth is 1 for the root
 * @text: may come in pieces
 * @feed: (nullable): gets what was to be fed, and feeds what it does not take itself
 */
typedef struct
{
  const char *const *names;
  void (*start) (DhkXmlStream *stream, int tag, guint depth, gpointer data);
  void (*text) (DhkXmlStream *stream, const char *text, gsize length, gpointer data);
  void (*end) (DhkXmlStream *stream, int tag, guint depth, gpointer data);
  gboolean (*feed) (
      DhkXmlStream *stream, const char *piece, gsize length, gpointer data, GError **error);
} DhkXmlHandler;

DhkXmlStream *dhk_xml_stream_new (const DhkXmlHandler *handler, gpointer data);
void dhk_xml_stream_free (DhkXmlStream *self);

/**
 * dhk_xml_stream_feed:
 * @length: at most 64 KiB; 0 says that the document is over
 */
gboolean dhk_xml_stream_feed (DhkXmlStream *self, const char *piece, gsize length, GError **error);

/**
 * dhk_xml_stream_is_between:
 *
 * Returns: whether all that was fed has been handed over, the document is UTF-8, and what
 *   comes next is inside @depth elements: whole elements may then be left out of what is fed
 */
gboolean dhk_xml_stream_is_between (DhkXmlStream *self, guint depth);

/**
 * dhk_xml_stream_go_on:
 *
 * Returns: %FALSE with @error after dhk_xml_stream_fail()
 */
gboolean dhk_xml_stream_go_on (DhkXmlStream *self, GError **error);

/**
 * dhk_xml_stream_get_attribute:
 *
 * In @start only.
 *
 * Returns: (nullable): the start of the value, *not* ended by a NUL byte
 */
const char *dhk_xml_stream_get_attribute (DhkXmlStream *self, const char *name, gsize *length);

/**
 * dhk_xml_stream_get_attributes:
 *
 * In @start only; for elements that come by the million. Five pointers an
 * attribute: local name, prefix, URI, start and end of the value.
 */
const xmlChar **dhk_xml_stream_get_attributes (DhkXmlStream *self, int *n_attributes);

/**
 * dhk_xml_stream_dup_attribute:
 *
 * In @start only.
 */
char *dhk_xml_stream_dup_attribute (DhkXmlStream *self, const char *name);

/**
 * dhk_xml_stream_fail:
 * @error: (transfer full): what feeding will return
 *
 * Stops parsing; no callback comes after it.
 */
void dhk_xml_stream_fail (DhkXmlStream *self, GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkXmlStream, dhk_xml_stream_free)

G_END_DECLS
