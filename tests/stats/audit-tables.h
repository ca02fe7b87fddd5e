/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Cells and relations of reference/audit, as the audit takes them. */

#include <glib.h>

#include "stats/dhk-audit.h"

typedef struct
{
  GPtrArray *names;  /* of the cells */
  GArray *cells;     /* DhkAuditCell */
  GArray *relations; /* DhkAuditRelation */
  GPtrArray *owned;
} AuditTables;

/* `cells` is a file of reference/audit: cells.csv or repaired.csv. */
void audit_tables_load (AuditTables *self, const char *cells);
void audit_tables_clear (AuditTables *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AuditTables, audit_tables_clear)

/* The lines of a file of reference/audit. */
GStrv audit_tables_read_lines (const char *file);

gsize audit_tables_find (const AuditTables *self, const char *name);

#define audit_tables_cell(self, i) (&g_array_index ((self)->cells, DhkAuditCell, i))
#define audit_tables_relation(self, i) (&g_array_index ((self)->relations, DhkAuditRelation, i))

static inline DhkAudit
audit_tables_run (const AuditTables *self)
{
  return dhk_audit_run ((const DhkAuditCell *) self->cells->data, self->cells->len,
                        (const DhkAuditRelation *) self->relations->data, self->relations->len);
}

static inline DhkEnclosure
audit_tables_allowed (const AuditTables *self, gsize cell, DhkAuditQuantity quantity)
{
  return dhk_audit_allowed ((const DhkAuditCell *) self->cells->data, self->cells->len,
                            (const DhkAuditRelation *) self->relations->data, self->relations->len,
                            cell, quantity);
}
