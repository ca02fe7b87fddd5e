/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-starting-point.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-file.h"
#include "base/dhk-xml.h"
#include "import/dhk-import-error.h"
#include "import/dhk-outline-read.h"

#define LOOK_AT 512

/* The file's name without its ending: a title for what has none. */
static char *
dup_title (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && dot > name ? g_strndup (name, (gsize) (dot - name)) : g_strdup (name);
}

static gboolean
is_xml (const char *data, gsize size)
{
  gsize at = size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (at < size && g_ascii_isspace (data[at]))
    at++;
  /* A web page is for the reader of tables, which says so. */
  return at < size && data[at] == '<'
         && (g_strstr_len (data + at, (gssize) (size - at), "<?xml") == data + at
             || g_strstr_len (data + at, (gssize) (size - at), "<document") != NULL
             || g_strstr_len (data + at, (gssize) (size - at), "<questionnaire") != NULL
             || g_strstr_len (data + at, (gssize) (size - at), "<instrument") != NULL);
}

static DhkInstrument *
finish (DhkOutline *outline, GPtrArray **notes, GError **error)
{
  DhkInstrument *instrument = dhk_outline_to_instrument (outline, error);

  if (instrument != NULL && notes != NULL)
    *notes = g_ptr_array_ref (outline->notes);
  return instrument;
}

static DhkInstrument *
read_xml (GBytes *bytes, const char *name, GPtrArray **notes, GError **error)
{
  g_autoptr (xmlDoc) document = dhk_xml_parse_whole (bytes, name, error);
  g_autoptr (DhkOutline) outline = NULL;
  g_autofree char *title = dup_title (name);
  const xmlNode *root;
  const char *kind;

  if (document == NULL)
    return NULL;
  root = xmlDocGetRootElement (document);
  kind = (const char *) root->name;
  if (strcmp (kind, "instrument") == 0)
    return dhk_instrument_new_from_bytes (bytes, name, error);
  if (strcmp (kind, "document") == 0 && dhk_xml_first (root, "LimeSurveyDocType") != NULL)
    outline = dhk_outline_read_lss (root, title);
  else if (strcmp (kind, "questionnaire") == 0 && dhk_xml_first (root, "section") != NULL)
    outline = dhk_outline_read_quexml (root, title);
  else
    {
      g_set_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_RECOGNISED,
                   _ ("“%s” is no questionnaire that is known here: choose an instrument, a survey "
                      "of LimeSurvey (.lss), queXML, or a table of answers."),
                   name);
      return NULL;
    }
  return finish (outline, notes, error);
}

static DhkInstrument *
read_table (DhkReader *reader,
            const char *name,
            DhkInstrument *known,
            GPtrArray **notes,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *title = dup_title (name);
  g_autoptr (DhkOutline) outline
      = dhk_outline_read_table (reader, title, known, cancellable, error);

  return outline != NULL ? finish (outline, notes, error) : NULL;
}

/* TRUE with the first bytes when they can be read; what cannot is for the readers to say. */
static gboolean
begins_as_xml (GFile *file, GCancellable *cancellable)
{
  g_autoptr (GInputStream) stream = dhk_file_read (file, cancellable, NULL);
  char data[LOOK_AT];
  gsize size = 0;

  return stream != NULL
         && g_input_stream_read_all (stream, data, sizeof data, &size, cancellable, NULL)
         && is_xml (data, size);
}

DhkInstrument *
dhk_starting_point_read (
    GFile *file, DhkInstrument *known, GPtrArray **notes, GCancellable *cancellable, GError **error)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autoptr (DhkReader) reader = NULL;

  g_return_val_if_fail (G_IS_FILE (file) && known != NULL, NULL);

  if (notes != NULL)
    *notes = NULL;
  if (begins_as_xml (file, cancellable))
    {
      g_autoptr (GBytes) bytes = dhk_xml_load_file (file, &name, cancellable, error);

      return bytes != NULL ? read_xml (bytes, name, notes, error) : NULL;
    }
  base = g_file_get_basename (file);
  name = g_filename_display_name (base != NULL ? base : "");
  reader = dhk_reader_open (file, cancellable, error);
  return reader != NULL ? read_table (reader, name, known, notes, cancellable, error) : NULL;
}

DhkInstrument *
dhk_starting_point_read_bytes (
    GBytes *bytes, const char *name, DhkInstrument *known, GPtrArray **notes, GError **error)
{
  g_autoptr (DhkReader) reader = NULL;
  const char *data;
  gsize size;

  g_return_val_if_fail (bytes != NULL && name != NULL && known != NULL, NULL);

  if (notes != NULL)
    *notes = NULL;
  data = g_bytes_get_data (bytes, &size);
  if (size > 0 && is_xml (data, MIN (size, LOOK_AT)))
    return read_xml (bytes, name, notes, error);
  reader = dhk_reader_open_bytes (bytes, name, error);
  return reader != NULL ? read_table (reader, name, known, notes, NULL, error) : NULL;
}
