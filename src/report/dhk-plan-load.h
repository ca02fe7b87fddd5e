/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Reading a report plan (inside this room only). The schema has been checked;
 * what is read here are references, which the schema cannot check. A function that
 * returns FALSE has set an error that names the line.
 */

#include <libxml/tree.h>

#include "report/dhk-plan.h"

G_BEGIN_DECLS

typedef struct
{
  DhkInstrument *instrument;
  const char *name;    /* of the file, for messages */
  GHashTable *numbers; /* of the tables so far */
  GError **error;
} DhkPlanLoader;

/* The texts of the child `child` of `node`; `text` stays empty without it. */
void dhk_plan_read_texts (const xmlNode *node, const char *child, DhkText *text);

/* Refuses the plan at `node` with a part of a sentence; always FALSE. */
gboolean dhk_plan_refuse (DhkPlanLoader *self, const xmlNode *node, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* One group of the request: role, target and conditions of `node`. */
gboolean dhk_plan_read_group (DhkPlanLoader *self, const xmlNode *node, DhkGroup *group);

/* All groups of a table, splits spread out. */
gboolean dhk_plan_read_groups (DhkPlanLoader *self, const xmlNode *table, DhkAnalysis *analysis);

/* A table: its request. Title, note and section are read by the caller. */
DhkAnalysis *dhk_plan_read_analysis (DhkPlanLoader *self, const xmlNode *table);

G_END_DECLS
