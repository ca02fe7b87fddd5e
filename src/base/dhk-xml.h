/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Hardened loading of small XML files (instruments, report plans).
 *
 * A file is refused when it is larger than 4 MiB, has a document type
 * declaration (so no entities, internal or external, can exist), is nested
 * deeper than 64 elements, is not well formed, or does not fit its schema.
 * Nothing is ever fetched: no network, no file named in a file.
 *
 * Every message names the line, the element and, where libxml2 knows it, the
 * column: "Line 12, element <item>: …". dhk_xml_fail() makes the same kind of
 * message for checks of our own.
 */

#include <gio/gio.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

typedef enum
{
  DHK_XML_ERROR_NOT_WELL_FORMED, /* not XML, too large, nested too deep */
  DHK_XML_ERROR_FORBIDDEN,       /* a DOCTYPE or an entity */
  DHK_XML_ERROR_SCHEMA,          /* does not fit the schema */
  DHK_XML_ERROR_REFERENCE,       /* names something that is not there, or twice */
} DhkXmlError;

#define DHK_XML_ERROR (dhk_xml_error_quark ())
GQuark dhk_xml_error_quark (void);

/*
 * Parses `bytes` and validates it by the RELAX NG schema `schema` (a name for
 * dhk_data_load()). `name` is what messages call the file: its display name,
 * not its path. Free with xmlFreeDoc().
 */
xmlDoc *dhk_xml_parse (GBytes *bytes, const char *name, const char *schema, GError **error);

/*
 * The same without a schema, with the file's comments and layout: to change it and write it
 * again, or to read a file of another program's.
 */
xmlDoc *dhk_xml_parse_whole (GBytes *bytes, const char *name, GError **error);

/* The document as a file, in UTF-8. */
GBytes *dhk_xml_to_bytes (xmlDoc *document);

/*
 * The bytes of a file for dhk_xml_parse(), and the name to call it in messages; at most
 * as many bytes as show that it is too large (a pipe without an end is no reason to
 * hang). NULL with a sentence and the code of G_IO_ERROR when it cannot be read.
 */
GBytes *
dhk_xml_load_file (GFile *file, char **display_name, GCancellable *cancellable, GError **error);

/* Sets an error of the given code at `node`; always returns FALSE. */
gboolean dhk_xml_fail (GError **error,
                       DhkXmlError code,
                       const char *name,
                       const xmlNode *node,
                       const char *format,
                       ...) G_GNUC_PRINTF (5, 6);

/* The first child element called `name` (NULL: any), or NULL; and the next such sibling. */
xmlNode *dhk_xml_first (const xmlNode *parent, const char *name);
xmlNode *dhk_xml_next (const xmlNode *node, const char *name);

/* An attribute's value, or NULL. Free with g_free(). */
char *dhk_xml_dup_attribute (const xmlNode *node, const char *name);

/* The element's text, white space collapsed. Free with g_free(). */
char *dhk_xml_dup_text (const xmlNode *node);

/* A whole number attribute, or `fallback`. */
int dhk_xml_get_int (const xmlNode *node, const char *name, int fallback);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

G_END_DECLS
