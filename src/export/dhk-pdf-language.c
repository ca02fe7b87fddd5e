/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/dhk-pdf-language.h"

#include <string.h>

/* What follows the last stream: a catalogue, the table of objects and the trailer. */
static char *
dup_tail (const GByteArray *pdf)
{
  static const char mark[] = "endstream";
  const gsize length = strlen (mark);

  for (gsize i = pdf->len; i-- > length;)
    if (memcmp (pdf->data + i - length, mark, length) == 0)
      return g_strndup ((const char *) pdf->data + i, pdf->len - i);
  return NULL;
}

/* The first group of the last match of `pattern`, or NULL. */
static char *
dup_match (const char *text, const char *pattern)
{
  g_autoptr (GRegex) regex
      = g_regex_new (pattern, G_REGEX_DOTALL | G_REGEX_RAW, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  char *found = NULL;

  for (g_regex_match (regex, text, G_REGEX_MATCH_DEFAULT, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_free (found);
      found = g_match_info_fetch (match, 1);
    }
  return found;
}

/*
 * An incremental update (ISO 32000-1, 7.5.6): a new catalogue that is the old
 * one plus /Lang, a table of that one object, and a trailer that names both.
 */
gboolean
dhk_pdf_add_language (GByteArray *pdf, const char *code)
{
  g_autofree char *tail = dup_tail (pdf);
  g_autofree char *root = NULL, *info = NULL, *size = NULL, *start = NULL;
  g_autofree char *pattern = NULL, *catalogue = NULL, *object = NULL, *trailer = NULL;

  if (tail == NULL)
    return FALSE;

  root = dup_match (tail, "/Root (\\d+) 0 R");
  info = dup_match (tail, "/Info (\\d+) 0 R");
  size = dup_match (tail, "/Size (\\d+)");
  start = dup_match (tail, "\nstartxref\\s+(\\d+)\\s+%%EOF");
  if (root == NULL || info == NULL || size == NULL || start == NULL
      || strstr (tail, "\nxref\n") == NULL)
    return FALSE;

  pattern = g_strdup_printf ("\n%s 0 obj\\s+<<\\s*/Type /Catalog\\s(.*?)>>\\s+endobj", root);
  catalogue = dup_match (tail, pattern);
  if (catalogue == NULL)
    return FALSE;

  object = g_strdup_printf ("%s 0 obj\n<< /Type /Catalog\n   /Lang (%s)\n%s>>\nendobj\n", root,
                            code, catalogue);
  trailer = g_strdup_printf ("xref\n%s 1\n%010u 00000 n \n"
                             "trailer\n<< /Size %s\n   /Root %s 0 R\n   /Info %s 0 R\n"
                             "   /Prev %s\n>>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                             root, pdf->len, size, root, info, start, pdf->len + strlen (object));
  g_byte_array_append (pdf, (const guint8 *) object, (guint) strlen (object));
  g_byte_array_append (pdf, (const guint8 *) trailer, (guint) strlen (trailer));
  return TRUE;
}
