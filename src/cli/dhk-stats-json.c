/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/dhk-stats-json.h"

#include <math.h>
#include <string.h>

#include "base/dhk-json-writer.h"

static const char *const role_names[DHK_N_ROLES]
    = { "value", "group", "predictor", "weight", "cluster" };

/* Options */

static void
add_option_value (DhkJsonWriter *json, const DhkMethodOption *option, const char *key, double value)
{
  if (option->kind == DHK_OPTION_CHOICE && !isnan (value))
    dhk_json_add_string (json, key, option->choices[(guint) value]);
  else
    dhk_json_add_number (json, key, value);
}

/* Results */

typedef struct
{
  DhkJsonWriter json;
  const DhkStatsRequest *request;
  const DhkStatsData *data;
  guint depth;
  gboolean in_list; /* what is open is a list: its entries have no key */
  gboolean stack[32];
} Writer;

static const char *
get_name (const Writer *self, DhkPer per, gsize index)
{
  switch (per)
    {
    case DHK_PER_GROUP:
      return dhk_stats_data_get_level (self->data, DHK_ROLE_GROUP, index);
    case DHK_PER_CLUSTER:
      return dhk_stats_data_get_level (self->data, DHK_ROLE_CLUSTER, index);
    case DHK_PER_VALUE:
      if (index < self->request->columns[DHK_ROLE_VALUE]->len)
        return g_ptr_array_index (self->request->columns[DHK_ROLE_VALUE], index);
      return NULL;
    case DHK_PER_PREDICTOR:
      if (index < self->request->columns[DHK_ROLE_PREDICTOR]->len)
        return g_ptr_array_index (self->request->columns[DHK_ROLE_PREDICTOR], index);
      return NULL;
    case DHK_PER_OTHER:
    case DHK_PER_PAIR:
    case DHK_PER_ROW:
    default:
      return NULL;
    }
}

/* Long lists of results stand one entry a line; what is deeper goes on. */
static void
begin (Writer *self, const DhkRecordItem *item, const char *bracket, gboolean is_list)
{
  const char *separator = ", ";

  if (self->depth <= 1 && !self->in_list)
    separator = ",\n    ";
  else if (self->in_list && self->depth <= 3 && !is_list)
    separator = ",\n      ";
  if (self->in_list && self->depth <= 3 && !is_list && self->json.first)
    g_string_append (self->json.text, "\n      ");
  dhk_json_separate (&self->json, separator);
  if (item->name != NULL)
    {
      dhk_json_write_string (&self->json, item->name);
      g_string_append (self->json.text, ": ");
    }
  dhk_json_open (&self->json, bracket);
  g_assert (self->depth < G_N_ELEMENTS (self->stack));
  self->stack[self->depth++] = self->in_list;
  self->in_list = is_list;
}

static void
end (Writer *self, const char *bracket)
{
  self->in_list = self->stack[--self->depth];
  dhk_json_close (&self->json, bracket);
}

static void
begin_value (Writer *self, const DhkRecordItem *item)
{
  if (item->name != NULL)
    dhk_json_write_key (&self->json, item->name);
  else
    dhk_json_separate (&self->json, ", ");
}

static void
add_status (Writer *self, const DhkRecordItem *item)
{
  DhkStatsStatus status = (DhkStatsStatus) item->count;
  gsize length = strlen (item->name) - strlen ("status");
  g_autofree char *reason = g_strdup_printf ("%.*sreason", (int) length, item->name);

  dhk_json_add_string (&self->json, item->name, dhk_stats_status_name (status));
  if (status != DHK_STATS_OK)
    dhk_json_add_string (&self->json, reason, dhk_stats_status_reason (status));
}

static void
add_index (Writer *self, const DhkRecordItem *item)
{
  const char *name = get_name (self, item->per, item->count);

  begin_value (self, item);
  if (name != NULL)
    dhk_json_write_string (&self->json, name);
  else
    g_string_append_printf (self->json.text, "%" G_GSIZE_FORMAT, item->count + 1);
}

static void
add_item (Writer *self, const DhkRecordItem *item)
{
  switch (item->kind)
    {
    case DHK_RECORD_BEGIN_OBJECT:
      begin (self, item, "{", FALSE);
      break;
    case DHK_RECORD_END_OBJECT:
      end (self, "}");
      break;
    case DHK_RECORD_BEGIN_LIST:
      begin (self, item, "[", TRUE);
      break;
    case DHK_RECORD_END_LIST:
      end (self, "]");
      break;
    case DHK_RECORD_NUMBER:
      begin_value (self, item);
      dhk_json_write_number (&self->json, item->number);
      break;
    case DHK_RECORD_COUNT:
      begin_value (self, item);
      g_string_append_printf (self->json.text, "%" G_GSIZE_FORMAT, item->count);
      break;
    case DHK_RECORD_FLAG:
      begin_value (self, item);
      g_string_append (self->json.text, item->count != 0 ? "true" : "false");
      break;
    case DHK_RECORD_STATUS:
      add_status (self, item);
      break;
    case DHK_RECORD_TEXT:
      begin_value (self, item);
      dhk_json_write_string (&self->json, item->text);
      break;
    case DHK_RECORD_INDEX:
      add_index (self, item);
      break;
    }
}

static void
begin_line (DhkJsonWriter *json, const char *key)
{
  dhk_json_separate (json, ",");
  g_string_append (json->text, "\n  ");
  dhk_json_write_string (json, key);
  g_string_append (json->text, ": ");
}

static void
add_line (DhkJsonWriter *json, const char *key, const char *value)
{
  begin_line (json, key);
  dhk_json_write_string (json, value);
}

/* The categories in their order, as far as results name one by its place in it: from 0. */
static void
add_groups (DhkJsonWriter *json, const DhkStatsRequest *request, const DhkStatsData *data)
{
  if (data->group_levels == NULL || data->group_levels->len == 0)
    return;
  begin_line (json, "groups");
  dhk_json_open (json, "[");
  for (guint i = 0; i < data->group_levels->len; i++)
    {
      const GPtrArray *levels = g_ptr_array_index (data->group_levels, i);

      dhk_json_separate (json, ", ");
      dhk_json_open (json, "{");
      dhk_json_add_string (json, "column", g_ptr_array_index (request->columns[DHK_ROLE_GROUP], i));
      dhk_json_write_key (json, "levels");
      dhk_json_open (json, "[");
      for (guint j = 0; j < levels->len; j++)
        {
          dhk_json_separate (json, ", ");
          dhk_json_write_string (json, g_ptr_array_index (levels, j));
        }
      dhk_json_close (json, "]");
      dhk_json_close (json, "}");
    }
  dhk_json_close (json, "]");
}

char *
dhk_stats_to_json (const DhkMethod *method,
                   const DhkStatsRequest *request,
                   const DhkStatsData *data,
                   const DhkRecord *record)
{
  Writer self = { .json = { g_string_new (NULL), TRUE }, .request = request, .data = data };
  gsize n_items;
  const DhkRecordItem *items = dhk_record_get_items (record, &n_items);

  dhk_json_open (&self.json, "{");
  add_line (&self.json, "method", method->name);
  add_line (&self.json, "title", method->title);
  add_line (&self.json, "source", method->source);
  add_line (&self.json, "missing", method->missing);
  begin_line (&self.json, "options");
  dhk_json_open (&self.json, "{");
  for (gsize i = 0; i < method->n_options; i++)
    add_option_value (&self.json, &method->options[i], method->options[i].name,
                      data->input.options[i]);
  dhk_json_close (&self.json, "}");
  add_groups (&self.json, request, data);
  begin_line (&self.json, "result");
  dhk_json_open (&self.json, "{");
  for (gsize i = 0; i < n_items; i++)
    add_item (&self, &items[i]);
  dhk_json_close (&self.json, "}");
  dhk_json_close (&self.json, "\n}\n");
  return g_string_free (self.json.text, FALSE);
}

/* The list */

static void
add_option (DhkJsonWriter *json, const DhkMethodOption *option)
{
  static const char *const kinds[] = { "number", "integer", "choice" };

  dhk_json_separate (json, ", ");
  dhk_json_open (json, "{");
  dhk_json_add_string (json, "name", option->name);
  dhk_json_add_string (json, "description", option->description);
  dhk_json_add_string (json, "kind", kinds[option->kind]);
  add_option_value (json, option, "default", option->fallback);
  if (option->kind == DHK_OPTION_CHOICE)
    {
      dhk_json_write_key (json, "choices");
      dhk_json_open (json, "[");
      for (guint i = 0; option->choices[i] != NULL; i++)
        {
          dhk_json_separate (json, ", ");
          dhk_json_write_string (json, option->choices[i]);
        }
      dhk_json_close (json, "]");
    }
  else
    {
      dhk_json_add_number (json, "min", option->min);
      dhk_json_add_number (json, "max", option->max);
    }
  dhk_json_close (json, "}");
}

static void
add_needs (DhkJsonWriter *json, const DhkMethod *method)
{
  dhk_json_write_key (json, "columns");
  dhk_json_open (json, "{");
  for (guint role = 0; role < DHK_N_ROLES; role++)
    if (method->needs[role].most > 0)
      {
        dhk_json_write_key (json, role_names[role]);
        dhk_json_open (json, "{");
        dhk_json_add_count (json, "least", method->needs[role].least);
        if (method->needs[role].most != DHK_ANY_NUMBER)
          dhk_json_add_count (json, "most", method->needs[role].most);
        dhk_json_close (json, "}");
      }
  dhk_json_close (json, "}");
  dhk_json_add_string (json, "summary", method->summary_columns);
}

static void
add_method (DhkJsonWriter *json, const DhkMethod *method)
{
  dhk_json_separate (json, ",");
  dhk_json_open (json, "\n  {");
  dhk_json_add_string (json, "name", method->name);
  dhk_json_add_string (json, "family", method->family);
  dhk_json_add_string (json, "title", method->title);
  dhk_json_add_string (json, "source", method->source);
  dhk_json_add_string (json, "missing", method->missing);
  add_needs (json, method);
  dhk_json_write_key (json, "options");
  dhk_json_open (json, "[");
  for (gsize i = 0; i < method->n_options; i++)
    add_option (json, &method->options[i]);
  dhk_json_close (json, "]");
  dhk_json_write_key (json, "undefined");
  dhk_json_open (json, "[");
  for (guint status = 1; status < DHK_N_STATS_STATUSES; status++)
    if ((method->reasons & DHK_REASON (status)) != 0)
      {
        dhk_json_separate (json, ", ");
        dhk_json_write_string (json, dhk_stats_status_name ((DhkStatsStatus) status));
      }
  dhk_json_close (json, "]");
  dhk_json_close (json, "}");
}

char *
dhk_stats_list_to_json (void)
{
  DhkJsonWriter json = { g_string_new (NULL), TRUE };
  gsize n;
  const DhkMethod *const *methods = dhk_method_list (&n);

  dhk_json_open (&json, "[");
  for (gsize i = 0; i < n; i++)
    add_method (&json, methods[i]);
  dhk_json_close (&json, "\n]\n");
  return g_string_free (json.text, FALSE);
}
