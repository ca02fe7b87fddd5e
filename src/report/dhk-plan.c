/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/dhk-plan.h"

#include <glib/gi18n-lib.h>

#include "base/dhk-data.h"
#include "base/dhk-xml.h"
#include "report/dhk-plan-load.h"

#define SCHEMA "schemas/report-plan.rng"

struct _DhkPlan
{
  gatomicrefcount refs;
  char *id;
  DhkInstrument *instrument;
  DhkText title;
  DhkText subtitle;
  GPtrArray *tables; /* DhkPlanTable */
};

static void
plan_table_free (gpointer data)
{
  DhkPlanTable *table = data;

  g_free (table->id);
  g_free (table->number);
  dhk_text_clear (&table->title);
  dhk_text_clear (&table->note);
  dhk_text_clear (&table->section);
  g_clear_pointer (&table->analysis, dhk_analysis_unref);
  g_free (table);
}

static DhkPlan *
dhk_plan_new_empty (DhkInstrument *instrument)
{
  DhkPlan *self = g_new0 (DhkPlan, 1);

  g_atomic_ref_count_init (&self->refs);
  self->instrument = dhk_instrument_ref (instrument);
  self->tables = g_ptr_array_new_with_free_func (plan_table_free);
  return self;
}

/* Reading ----------------------------------------------------------------- */

static gboolean
read_table (DhkPlan *self, DhkPlanLoader *loader, const xmlNode *section, const xmlNode *node)
{
  DhkPlanTable *table = g_new0 (DhkPlanTable, 1);
  g_autofree char *id = dhk_xml_dup_attribute (node, "id");

  g_ptr_array_add (self->tables, table);
  if (dhk_plan_find_table (self, id) >= 0)
    return dhk_plan_refuse (loader, node, _ ("there is a table “%s” before this one."), id);
  table->id = g_steal_pointer (&id);
  table->number = dhk_xml_dup_attribute (node, "number");
  if (table->number != NULL && !g_hash_table_add (loader->numbers, g_strdup (table->number)))
    return dhk_plan_refuse (loader, node, _ ("number “%s” is given twice."), table->number);
  dhk_plan_read_texts (node, "title", &table->title);
  dhk_plan_read_texts (node, "note", &table->note);
  dhk_plan_read_texts (section, "title", &table->section);
  table->has_chart = dhk_xml_first (node, "chart") != NULL;
  table->analysis = dhk_plan_read_analysis (loader, node);
  return table->analysis != NULL;
}

static gboolean
read_plan (DhkPlan *self, DhkPlanLoader *loader, const xmlNode *root)
{
  g_autofree char *instrument = dhk_xml_dup_attribute (root, "instrument");

  if (g_strcmp0 (instrument, dhk_instrument_get_id (self->instrument)) != 0)
    return dhk_plan_refuse (loader, root, _ ("this plan belongs to another instrument, “%s”."),
                            instrument);
  self->id = dhk_xml_dup_attribute (root, "id");
  dhk_plan_read_texts (root, "title", &self->title);
  dhk_plan_read_texts (root, "subtitle", &self->subtitle);
  for (const xmlNode *section = dhk_xml_first (root, "section"); section != NULL;
       section = dhk_xml_next (section, "section"))
    for (const xmlNode *table = dhk_xml_first (section, "table"); table != NULL;
         table = dhk_xml_next (table, "table"))
      if (!read_table (self, loader, section, table))
        return FALSE;
  return TRUE;
}

DhkPlan *
dhk_plan_new_from_bytes (GBytes *bytes, const char *name, DhkInstrument *instrument, GError **error)
{
  g_autoptr (xmlDoc) document = NULL;
  g_autoptr (DhkPlan) self = NULL;
  g_autoptr (GHashTable) numbers = NULL;
  DhkPlanLoader loader = { .instrument = instrument, .name = name, .error = error };

  g_return_val_if_fail (bytes != NULL && name != NULL && instrument != NULL, NULL);

  document = dhk_xml_parse (bytes, name, SCHEMA, error);
  if (document == NULL)
    return NULL;

  self = dhk_plan_new_empty (instrument);
  numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  loader.numbers = numbers;
  if (!read_plan (self, &loader, xmlDocGetRootElement (document)))
    return NULL;
  return g_steal_pointer (&self);
}

DhkPlan *
dhk_plan_new_from_file (GFile *file,
                        DhkInstrument *instrument,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (G_IS_FILE (file) && instrument != NULL, NULL);

  bytes = dhk_xml_load_file (file, &name, cancellable, error);
  return bytes != NULL ? dhk_plan_new_from_bytes (bytes, name, instrument, error) : NULL;
}

DhkPlan *
dhk_plan_new_builtin (DhkInstrument *instrument, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *id;

  g_return_val_if_fail (instrument != NULL, NULL);

  id = dhk_instrument_get_plan_id (instrument);
  name = g_strconcat (id != NULL ? id : "", ".xml", NULL);
  path = g_strconcat ("reports/", name, NULL);
  if (id != NULL && id[strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0')
    bytes = dhk_data_load (path);
  if (bytes == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("This program has no report plan for the instrument “%s”. Everything else "
                      "of the study works."),
                   dhk_instrument_get_id (instrument));
      return NULL;
    }
  return dhk_plan_new_from_bytes (bytes, name, instrument, error);
}

/* Life and parts ---------------------------------------------------------- */

DhkPlan *
dhk_plan_new_for_study (const char *xml, DhkInstrument *instrument, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (instrument != NULL, NULL);

  if (xml == NULL)
    return dhk_plan_new_builtin (instrument, error);
  bytes = g_bytes_new (xml, strlen (xml));
  return dhk_plan_new_from_bytes (bytes, _ ("the study’s report plan"), instrument, error);
}

DhkPlan *
dhk_plan_ref (DhkPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_plan_unref (DhkPlan *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->id);
  dhk_text_clear (&self->title);
  dhk_text_clear (&self->subtitle);
  g_ptr_array_unref (self->tables);
  dhk_instrument_unref (self->instrument);
  g_free (self);
}

const char *
dhk_plan_get_id (const DhkPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

const DhkText *
dhk_plan_get_title (const DhkPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->title;
}

const DhkText *
dhk_plan_get_subtitle (const DhkPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->subtitle;
}

DhkInstrument *
dhk_plan_get_instrument (const DhkPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->instrument;
}

guint
dhk_plan_get_n_tables (const DhkPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->tables->len;
}

const DhkPlanTable *
dhk_plan_get_table (const DhkPlan *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->tables->len, NULL);

  return g_ptr_array_index (self->tables, i);
}

int
dhk_plan_find_table (const DhkPlan *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, -1);

  for (guint i = 0; i < self->tables->len; i++)
    if (g_strcmp0 (((const DhkPlanTable *) g_ptr_array_index (self->tables, i))->id, id) == 0)
      return (int) i;
  return -1;
}
