/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/dhk-cli-audit.h"

#include <glib/gi18n-lib.h>

#include "base/dhk-json-writer.h"
#include "cli/dhk-audit-data.h"
#include "cli/dhk-cli-private.h"

/* JSON */

static void
add_enclosure (DhkJsonWriter *writer, const char *key, DhkEnclosure enclosure)
{
  dhk_json_write_key (writer, key);
  dhk_json_open (writer, "{");
  dhk_json_add_string (writer, "status", dhk_stats_status_name (enclosure.status));
  dhk_json_add_number (writer, "low", enclosure.low);
  dhk_json_add_number (writer, "high", enclosure.high);
  dhk_json_close (writer, "}");
}

static const char *
get_name (const DhkAuditData *tables, gsize cell)
{
  return g_ptr_array_index (tables->names, cell);
}

/* What the table prints. */
static double
get_printed (const DhkAuditCell *cell, DhkAuditQuantity quantity)
{
  switch (quantity)
    {
    case DHK_AUDIT_N:
      return (double) cell->n;
    case DHK_AUDIT_MEAN:
      return cell->mean;
    case DHK_AUDIT_SD:
      return cell->sd;
    case DHK_AUDIT_LOWEST_ALPHA:
      return cell->alpha_low;
    case DHK_AUDIT_HIGHEST_ALPHA:
      return cell->alpha_high;
    default:
      g_return_val_if_reached (0);
    }
}

static void
add_need (DhkJsonWriter *writer, const DhkAuditData *tables, const DhkAuditNeed *need)
{
  const DhkAuditCell *cell = &g_array_index (tables->cells, DhkAuditCell, need->cell);

  dhk_json_separate (writer, ",");
  dhk_json_open (writer, "\n    {");
  dhk_json_add_string (writer, "cell", get_name (tables, need->cell));
  dhk_json_add_string (writer, "quantity", dhk_audit_quantity_names[need->quantity]);
  dhk_json_add_number (writer, "printed", get_printed (cell, need->quantity));
  add_enclosure (writer, "allowed", need->need);
  add_enclosure (writer, "allowed_in_print", need->printed);
  dhk_json_close (writer, "}");
}

static void
add_conflict (DhkJsonWriter *writer, const DhkAuditData *tables, const DhkAuditConflict *conflict)
{
  dhk_json_separate (writer, ",");
  dhk_json_open (writer, "\n  {");
  dhk_json_add_string (writer, "quantity", dhk_audit_quantity_names[conflict->quantity]);
  dhk_json_write_key (writer, "relations");
  dhk_json_open (writer, "[");
  for (gsize i = 0; i < conflict->n_relations; i++)
    {
      /* counted as in the file: the first row below the names is 1 */
      dhk_json_separate (writer, ", ");
      dhk_json_write_number (writer, (double) conflict->relations[i] + 1);
    }
  dhk_json_close (writer, "]");
  dhk_json_write_key (writer, "cells");
  dhk_json_open (writer, "[");
  for (gsize i = 0; i < conflict->n_needs; i++)
    add_need (writer, tables, &conflict->needs[i]);
  dhk_json_close (writer, "]");
  dhk_json_close (writer, "}");
}

static void
add_missing (DhkJsonWriter *writer, const DhkAuditData *tables, const DhkAuditMissing *missing)
{
  const DhkAuditRelation *relation
      = &g_array_index (tables->relations, DhkAuditRelation, missing->relation);

  dhk_json_separate (writer, ",");
  dhk_json_open (writer, "\n  {");
  dhk_json_add_string (writer, "total", get_name (tables, relation->whole));
  dhk_json_add_count (writer, "n", missing->part.n);
  dhk_json_add_number (writer, "mean_point", missing->part.mean_point);
  add_enclosure (writer, "mean_range", missing->part.mean_range);
  dhk_json_add_number (writer, "sd_point", missing->part.sd_point);
  dhk_json_add_string (writer, "sd_status", dhk_stats_status_name (missing->part.sd_status));
  add_enclosure (writer, "sd_range", missing->part.sd_range);
  dhk_json_close (writer, "}");
}

static void
print_audit (const DhkAuditData *tables, const DhkAudit *audit)
{
  DhkJsonWriter writer = { .text = g_string_new (NULL), .first = TRUE };

  dhk_json_open (&writer, "{\n ");
  dhk_json_add_string (&writer, "method", "audit");
  dhk_json_add_string (&writer, "status", dhk_stats_status_name (audit->status));
  dhk_json_write_key (&writer, "conflicts");
  dhk_json_open (&writer, "[");
  for (gsize i = 0; i < audit->n_conflicts; i++)
    add_conflict (&writer, tables, &audit->conflicts[i]);
  dhk_json_close (&writer, "]");
  dhk_json_write_key (&writer, "missing");
  dhk_json_open (&writer, "[");
  for (gsize i = 0; i < audit->n_missing; i++)
    add_missing (&writer, tables, &audit->missing[i]);
  dhk_json_close (&writer, "]");
  dhk_json_write_key (&writer, "complete");
  g_string_append (writer.text, audit->complete ? "true" : "false");
  dhk_json_close (&writer, "\n}\n");
  g_print ("%s", writer.text->str);
  g_string_free (writer.text, TRUE);
}

DhkExit
dhk_cli_audit (const char *cells, const char *relations)
{
  g_auto (DhkAuditData) tables = { 0 };
  g_autoptr (GError) error = NULL;
  DhkAudit audit;
  DhkStatsStatus status;

  if (cells == NULL || relations == NULL)
    return dhk_cli_usage ("stats", "%s", _ ("Give the cells with --data and --relations FILE."));
  if (!dhk_audit_data_load (&tables, cells, relations, &error))
    return dhk_cli_refuse (error);
  audit = dhk_audit_run ((const DhkAuditCell *) tables.cells->data, tables.cells->len,
                         (const DhkAuditRelation *) tables.relations->data, tables.relations->len);
  status = audit.status;
  if (status == DHK_STATS_OK)
    print_audit (&tables, &audit);
  dhk_audit_clear (&audit);
  if (status == DHK_STATS_OK)
    return DHK_EXIT_DONE;
  return dhk_cli_usage ("stats", _ ("“%s” cannot be computed: %s."), "audit",
                        _ (dhk_stats_status_reason (status)));
}
