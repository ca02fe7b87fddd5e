/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "study/dhk-instrument-load.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-data.h"

#define SCHEMA "schemas/instrument.rng"

/* Small things ------------------------------------------------------------------ */

char *
dhk_loader_dup_attribute (const xmlNode *node, const char *name)
{
  char *value = dhk_xml_dup_attribute (node, name);

  /* The schema's tokens may have white space at their ends. */
  return value != NULL ? g_strstrip (value) : NULL;
}

gboolean
dhk_loader_get_int (DhkLoader *self, const xmlNode *node, const char *name, int *value)
{
  g_autofree char *text = dhk_loader_dup_attribute (node, name);
  gint64 number;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT, G_MAXINT, &number, NULL))
    return dhk_loader_fail (self, node, _ ("“%s” must be a whole number."), name);
  *value = (int) number;
  return TRUE;
}

void
dhk_loader_read_texts (const xmlNode *node, DhkText *text)
{
  for (xmlNode *child = dhk_xml_first (node, "text"); child != NULL;
       child = dhk_xml_next (child, "text"))
    {
      g_autofree char *code = dhk_loader_dup_attribute (child, "lang");
      DhkLanguage language;

      if (code == NULL || !dhk_language_parse (code, &language))
        continue;
      g_free (text->in[language]);
      text->in[language] = dhk_xml_dup_text (child);
    }
}

void
dhk_loader_read_label (const xmlNode *node, const char *element, DhkText *text)
{
  xmlNode *label = dhk_xml_first (node, element);

  if (label != NULL)
    dhk_loader_read_texts (label, text);
}

char **
dhk_loader_dup_strings (const xmlNode *node, const char *element)
{
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);

  for (xmlNode *child = dhk_xml_first (node, element); child != NULL;
       child = dhk_xml_next (child, element))
    g_ptr_array_add (strings, dhk_xml_dup_text (child));
  g_ptr_array_add (strings, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&strings), FALSE);
}

xmlNode *
dhk_loader_part (const xmlNode *parent, const char *element)
{
  xmlNode *part = dhk_xml_first (parent, element);

  g_assert (part != NULL);
  return part;
}

char *
dhk_loader_dup_new_id (DhkLoader *self, const xmlNode *node, const GArray *array, guint limit)
{
  g_autofree char *id = dhk_loader_dup_attribute (node, "id");

  g_assert (id != NULL);
  if (dhk_instrument_find_in (array, id) >= 0)
    {
      dhk_loader_fail (self, node, _ ("the id “%s” is used twice."), id);
      return NULL;
    }
  if (array->len >= limit)
    {
      dhk_loader_fail (self, node, _ ("there are more of these than the program can hold (%u)."),
                       limit);
      return NULL;
    }
  return g_steal_pointer (&id);
}

gboolean
dhk_loader_find (
    DhkLoader *self, const xmlNode *node, const char *attribute, const GArray *array, guint *index)
{
  g_autofree char *id = dhk_loader_dup_attribute (node, attribute);
  int found = dhk_instrument_find_in (array, id);

  if (found < 0)
    /* TRANSLATORS: an attribute of an XML file and its value */
    return dhk_loader_fail (self, node, _ ("%s=\"%s\" names something that is not in this file."),
                            attribute, id);
  *index = (guint) found;
  return TRUE;
}

gboolean
dhk_loader_find_target (DhkLoader *self, const xmlNode *node, int *target)
{
  g_autofree char *id = dhk_loader_dup_attribute (node, "over");
  guint index;

  *target = DHK_NO_TARGET;
  if (id == NULL)
    return TRUE;
  if (!dhk_loader_find (self, node, "over", self->instrument->targets, &index))
    return FALSE;
  *target = (int) index;
  return TRUE;
}

/* The whole ----------------------------------------------------------------------- */

static gboolean
read_licences (DhkLoader *self, const xmlNode *root)
{
  const xmlNode *part = dhk_loader_part (root, "licences");

  for (xmlNode *node = dhk_xml_first (part, "licence"); node != NULL;
       node = dhk_xml_next (node, "licence"))
    {
      g_autofree char *id = dhk_loader_dup_attribute (node, "id");

      if (g_hash_table_contains (self->licences, id))
        return dhk_loader_fail (self, node, _ ("the id “%s” is used twice."), id);
      g_hash_table_insert (self->licences, g_steal_pointer (&id), dhk_xml_dup_text (node));
    }
  return TRUE;
}

static gboolean
read_instrument (DhkLoader *self, const xmlNode *root)
{
  self->instrument->id = dhk_loader_dup_attribute (root, "id");
  self->instrument->version = dhk_loader_dup_attribute (root, "version");
  self->instrument->plan_id = dhk_loader_dup_attribute (root, "plan");
  self->instrument->based_on = dhk_loader_dup_attribute (root, "based-on");
  dhk_loader_read_label (root, "title", &self->instrument->title);

  return read_licences (self, root) && dhk_loader_read_answer_scales (self, root)
         && dhk_loader_read_variables (self, root) && dhk_loader_read_roles (self, root)
         && dhk_loader_read_targets (self, root) && dhk_loader_read_perspectives (self, root)
         && dhk_loader_read_items (self, root) && dhk_loader_read_scales (self, root)
         && dhk_loader_read_questionnaires (self, root) && dhk_loader_read_self_rating (self, root)
         && dhk_loader_read_variants (self, root);
}

DhkInstrument *
dhk_instrument_new_from_bytes (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (xmlDoc) document = NULL;
  g_autoptr (DhkInstrument) instrument = NULL;
  DhkLoader self = { 0 };
  gboolean read;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  document = dhk_xml_parse (bytes, name, SCHEMA, error);
  if (document == NULL)
    return NULL;

  instrument = dhk_instrument_new_empty ();
  instrument->xml = g_bytes_ref (bytes);
  self.instrument = instrument;
  self.name = name;
  self.licences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.error = error;
  read = read_instrument (&self, xmlDocGetRootElement (document));
  g_hash_table_unref (self.licences);
  return read ? g_steal_pointer (&instrument) : NULL;
}

/* Where it comes from --------------------------------------------------------------- */

DhkInstrument *
dhk_instrument_new_from_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  bytes = dhk_xml_load_file (file, &name, cancellable, error);
  return bytes != NULL ? dhk_instrument_new_from_bytes (bytes, name, error) : NULL;
}

DhkInstrument *
dhk_instrument_new_builtin (const char *id, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  name = g_strconcat (id, ".xml", NULL);
  path = g_strconcat ("instruments/", name, NULL);
  if (*id != '\0' && id[strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0')
    bytes = dhk_data_load (path);
  if (bytes == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("This program has no instrument “%s” of its own."), id);
      return NULL;
    }
  return dhk_instrument_new_from_bytes (bytes, name, error);
}
