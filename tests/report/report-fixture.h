/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The survey of a library with its report plan, and rows of one's own. */

#include "../analysis/library-frame.h"
#include "report/dhk-plan.h"

G_BEGIN_DECLS

typedef struct
{
  DhkInstrument *instrument;
  DhkFrame *frame;
  DhkPlan *plan;
} ReportFixture;

void report_fixture_fill (ReportFixture *self, const LibraryRow *rows, guint n_rows);
void report_fixture_clear (ReportFixture *self, gconstpointer data);

/* The result of a table of the plan. Owned. */
DhkResult *report_fixture_run (ReportFixture *self, const char *id);

G_END_DECLS
