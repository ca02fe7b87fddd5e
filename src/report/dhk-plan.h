/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The report plan: which tables a report has, as data
 * (data/reports/<id>.xml, schema data/schemas/report-plan.rng). Each entry becomes a
 * request (DhkAnalysis), a title, a note and a chart.
 */

#include "analysis/dhk-result.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;     /* "6", "reliability", "correlations": what `driehoek table` takes */
  char *number; /* "6": printed after "Table"; NULL for an unnumbered one */
  DhkText title;
  DhkText note;    /* of this table, added to the generated note; may be empty */
  DhkText section; /* heading it stands under; may be empty: the same as before */
  gboolean has_chart;
  DhkAnalysis *analysis;
} DhkPlanTable;

typedef struct _DhkPlan DhkPlan;

DhkPlan *dhk_plan_new_from_bytes (GBytes *bytes,
                                  const char *name,
                                  DhkInstrument *instrument,
                                  GError **error);
DhkPlan *dhk_plan_new_from_file (GFile *file,
                                 DhkInstrument *instrument,
                                 GCancellable *cancellable,
                                 GError **error);

/* The setting of a study that holds a report plan of its own. */
#define DHK_PLAN_SETTING "report-plan"

/* A study's own plan when `xml` is one, else the built-in plan of the instrument. */
DhkPlan *dhk_plan_new_for_study (const char *xml, DhkInstrument *instrument, GError **error);

/* The built-in plan of the instrument, or NULL with G_IO_ERROR_NOT_FOUND. */
DhkPlan *dhk_plan_new_builtin (DhkInstrument *instrument, GError **error);

DhkPlan *dhk_plan_ref (DhkPlan *self);
void dhk_plan_unref (DhkPlan *self);

const char *dhk_plan_get_id (const DhkPlan *self);
const DhkText *dhk_plan_get_title (const DhkPlan *self);
const DhkText *dhk_plan_get_subtitle (const DhkPlan *self);
DhkInstrument *dhk_plan_get_instrument (const DhkPlan *self);
guint dhk_plan_get_n_tables (const DhkPlan *self);
const DhkPlanTable *dhk_plan_get_table (const DhkPlan *self, guint i);
int dhk_plan_find_table (const DhkPlan *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkPlan, dhk_plan_unref)

G_END_DECLS
