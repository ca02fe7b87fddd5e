/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "study/dhk-group-profile.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dhk-file.h"
#include "base/dhk-number.h"
#include "base/dhk-xml.h"

#define SCHEMA "schemas/group-profile.rng"

/* As many as a mean is printed with: nothing finer is told about anybody. */
#define DECIMALS 2

G_DEFINE_QUARK (dhk - group - profile - error - quark, dhk_group_profile_error)

/* Life ------------------------------------------------------------------------------ */

static void
cell_clear (gpointer data)
{
  g_free (((DhkProfileCell *) data)->item);
}

static void
group_free (gpointer data)
{
  DhkProfileGroup *self = data;

  g_free (self->type);
  g_free (self->variable);
  g_free (self->category);
  g_array_unref (self->cells);
  g_free (self);
}

static DhkGroupProfile *
new_empty (void)
{
  DhkGroupProfile *self = g_new0 (DhkGroupProfile, 1);

  g_atomic_ref_count_init (&self->refs);
  self->groups = g_ptr_array_new_with_free_func (group_free);
  return self;
}

DhkGroupProfile *
dhk_group_profile_new (const DhkInstrument *instrument, guint minimum, gboolean is_sample)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  DhkGroupProfile *self;

  g_return_val_if_fail (instrument != NULL, NULL);
  g_return_val_if_fail (minimum >= DHK_GROUP_PROFILE_MINIMUM, NULL);

  self = new_empty ();
  self->instrument = g_strdup (dhk_instrument_get_id (instrument));
  self->version = g_strdup (dhk_instrument_get_version (instrument));
  self->made = g_date_time_format (now, "%Y-%m-%d");
  self->minimum = minimum;
  self->is_sample = is_sample;
  return self;
}

DhkGroupProfile *
dhk_group_profile_ref (DhkGroupProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_group_profile_unref (DhkGroupProfile *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->instrument);
  g_free (self->version);
  g_free (self->made);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

DhkProfileGroup *
dhk_group_profile_add_group (DhkGroupProfile *self,
                             const char *type,
                             const char *variable,
                             const char *category)
{
  DhkProfileGroup *group;

  g_return_val_if_fail (self != NULL && type != NULL, NULL);
  g_return_val_if_fail ((variable == NULL) == (category == NULL), NULL);

  group = g_new0 (DhkProfileGroup, 1);
  group->type = g_strdup (type);
  group->variable = g_strdup (variable);
  group->category = g_strdup (category);
  group->cells = g_array_new (FALSE, TRUE, sizeof (DhkProfileCell));
  g_array_set_clear_func (group->cells, cell_clear);
  g_ptr_array_add (self->groups, group);
  return group;
}

void
dhk_profile_group_add_cell (
    DhkProfileGroup *self, const char *item, guint n, double mean, double sd)
{
  DhkProfileCell cell = { g_strdup (item), n, mean, sd };

  g_return_if_fail (self != NULL && item != NULL);
  g_return_if_fail (n >= DHK_GROUP_PROFILE_MINIMUM && isfinite (mean) && isfinite (sd));

  g_array_append_val (self->cells, cell);
}

const DhkProfileGroup *
dhk_group_profile_find (const DhkGroupProfile *self,
                        const char *type,
                        const char *variable,
                        const char *category)
{
  g_return_val_if_fail (self != NULL && type != NULL, NULL);

  for (guint i = 0; i < self->groups->len; i++)
    {
      const DhkProfileGroup *group = g_ptr_array_index (self->groups, i);

      if (strcmp (group->type, type) == 0 && g_strcmp0 (group->variable, variable) == 0
          && g_strcmp0 (group->category, category) == 0)
        return group;
    }
  return NULL;
}

const DhkProfileCell *
dhk_profile_group_find (const DhkProfileGroup *self, const char *item)
{
  g_return_val_if_fail (self != NULL && item != NULL, NULL);

  for (guint i = 0; i < self->cells->len; i++)
    {
      const DhkProfileCell *cell = &g_array_index (self->cells, DhkProfileCell, i);

      if (strcmp (cell->item, item) == 0)
        return cell;
    }
  return NULL;
}

/* Reading ---------------------------------------------------------------------------- */

static char *
dup_token (const xmlNode *node, const char *name)
{
  char *value = dhk_xml_dup_attribute (node, name);

  return value != NULL ? g_strstrip (value) : NULL;
}

static double
read_number (const xmlNode *node, const char *name)
{
  g_autofree char *text = dup_token (node, name);

  /* The schema has seen that it is a decimal number. */
  return g_ascii_strtod (text, NULL);
}

static gboolean
read_groups (DhkGroupProfile *self, const xmlNode *root, const char *name, GError **error)
{
  for (xmlNode *node = dhk_xml_first (root, "group"); node != NULL;
       node = dhk_xml_next (node, "group"))
    {
      g_autofree char *type = dup_token (node, "type");
      g_autofree char *variable = dup_token (node, "variable");
      g_autofree char *category = dup_token (node, "category");
      DhkProfileGroup *group;

      if (dhk_group_profile_find (self, type, variable, category) != NULL)
        return dhk_xml_fail (error, DHK_XML_ERROR_REFERENCE, name, node,
                             _ ("the same group is here twice."));
      group = dhk_group_profile_add_group (self, type, variable, category);
      for (xmlNode *cell = dhk_xml_first (node, "cell"); cell != NULL;
           cell = dhk_xml_next (cell, "cell"))
        {
          g_autofree char *item = dup_token (cell, "item");
          const int n = dhk_xml_get_int (cell, "n", 0);
          const double mean = read_number (cell, "mean");
          const double sd = read_number (cell, "sd");

          /* The schema lets numbers be of any length. */
          if (n < DHK_GROUP_PROFILE_MINIMUM || !isfinite (mean) || !isfinite (sd))
            return dhk_xml_fail (error, DHK_XML_ERROR_SCHEMA, name, cell,
                                 _ ("a number is too large."));
          if (dhk_profile_group_find (group, item) != NULL)
            return dhk_xml_fail (error, DHK_XML_ERROR_REFERENCE, name, cell,
                                 _ ("the same item is in this group twice."));
          dhk_profile_group_add_cell (group, item, (guint) n, mean, sd);
        }
    }
  return TRUE;
}

DhkGroupProfile *
dhk_group_profile_load (GFile *file,
                        const DhkInstrument *instrument,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *sample = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (xmlDoc) document = NULL;
  g_autoptr (DhkGroupProfile) self = NULL;
  const xmlNode *root;

  g_return_val_if_fail (G_IS_FILE (file) && instrument != NULL, NULL);

  bytes = dhk_xml_load_file (file, &name, cancellable, error);
  if (bytes != NULL)
    document = dhk_xml_parse (bytes, name, SCHEMA, error);
  if (document == NULL)
    return NULL;

  root = xmlDocGetRootElement (document);
  self = new_empty ();
  self->instrument = dup_token (root, "instrument");
  self->version = dup_token (root, "version");
  self->made = dup_token (root, "made");
  self->minimum = (guint) dhk_xml_get_int (root, "minimum", DHK_GROUP_PROFILE_MINIMUM);
  sample = dup_token (root, "sample");
  self->is_sample = g_strcmp0 (sample, "yes") == 0;
  if (strcmp (self->instrument, dhk_instrument_get_id (instrument)) != 0)
    {
      g_set_error (error, DHK_GROUP_PROFILE_ERROR, DHK_GROUP_PROFILE_ERROR_OTHER_INSTRUMENT,
                   _ ("“%s” is the group profile of another survey. Nothing was changed; choose "
                      "another file."),
                   name);
      return NULL;
    }
  return read_groups (self, root, name, error) ? g_steal_pointer (&self) : NULL;
}

/* Writing ---------------------------------------------------------------------------- */

static void
append_group (GString *text, const DhkProfileGroup *group)
{
  if (group->cells->len == 0)
    return;

  g_string_append_printf (text, "  <group type=\"%s\"", group->type);
  if (group->variable != NULL)
    g_string_append_printf (text, " variable=\"%s\" category=\"%s\"", group->variable,
                            group->category);
  g_string_append (text, ">\n");
  for (guint i = 0; i < group->cells->len; i++)
    {
      const DhkProfileCell *cell = &g_array_index (group->cells, DhkProfileCell, i);
      g_autofree char *mean
          = dhk_number_format_fixed (cell->mean, DECIMALS, DHK_NUMBER_STYLE_ENGLISH);
      g_autofree char *sd = dhk_number_format_fixed (cell->sd, DECIMALS, DHK_NUMBER_STYLE_ENGLISH);

      g_string_append_printf (text, "    <cell item=\"%s\" n=\"%u\" mean=\"%s\" sd=\"%s\"/>\n",
                              cell->item, cell->n, mean, sd);
    }
  g_string_append (text, "  </group>\n");
}

GBytes *
dhk_group_profile_to_bytes (const DhkGroupProfile *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  g_string_append_printf (
      text,
      "<group-profile format=\"1\" instrument=\"%s\" version=\"%s\" made=\"%s\" "
      "minimum=\"%u\" sample=\"%s\">\n",
      self->instrument, self->version, self->made, self->minimum, self->is_sample ? "yes" : "no");
  for (guint i = 0; i < self->groups->len; i++)
    append_group (text, g_ptr_array_index (self->groups, i));
  g_string_append (text, "</group-profile>\n");
  return g_string_free_to_bytes (text);
}

gboolean
dhk_group_profile_save (const DhkGroupProfile *self,
                        GFile *file,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  gsize size;
  const char *data;

  g_return_val_if_fail (self != NULL && G_IS_FILE (file), FALSE);

  if (!dhk_file_may_replace (file, &problem))
    {
      g_set_error_literal (error, DHK_GROUP_PROFILE_ERROR, DHK_GROUP_PROFILE_ERROR_WRITE,
                           problem->message);
      return FALSE;
    }
  bytes = dhk_group_profile_to_bytes (self);
  data = g_bytes_get_data (bytes, &size);
  if (g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable,
                               &problem))
    return TRUE;

  base = g_file_get_basename (file);
  name = g_filename_display_name (base != NULL ? base : "");
  g_set_error (error, DHK_GROUP_PROFILE_ERROR, DHK_GROUP_PROFILE_ERROR_WRITE,
               _ ("“%s” could not be written. What was there before is unchanged; choose another "
                  "folder."),
               name);
  return FALSE;
}
