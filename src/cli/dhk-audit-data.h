/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Printed cells and their relations, as the audit of the statistics room takes
 * them, from two files.
 *
 * The file of cells has a row per printed row of a table, with the columns cell
 * (its name), n, mean, sd, items, min, max, alpha_low, alpha_high; what is not
 * printed is empty, and a column that is empty everywhere may be left out.
 * Means, SDs and alphas are written with the decimals that they were printed
 * with. The file of relations has the columns kind, whole, parts, among; names
 * of cells are separated by ";".
 */

#include <gio/gio.h>

#include "stats/dhk-audit.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *names;  /* of the cells */
  GHashTable *index; /* name → its index + 1 */
  GArray *cells;     /* DhkAuditCell */
  GArray *relations; /* DhkAuditRelation */
  GPtrArray *owned;
} DhkAuditData;

/* To be cleared in any case. */
gboolean
dhk_audit_data_load (DhkAuditData *self, const char *cells, const char *relations, GError **error);
void dhk_audit_data_clear (DhkAuditData *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhkAuditData, dhk_audit_data_clear)

G_END_DECLS
