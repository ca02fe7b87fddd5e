/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "report-fixture.h"

void
report_fixture_fill (ReportFixture *self, const LibraryRow *rows, guint n_rows)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "data", "library-2024-plan.xml", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  self->instrument = library_instrument_new ();
  self->frame = library_frame_new (self->instrument, rows, n_rows);
  self->plan = dhk_plan_new_from_file (file, self->instrument, NULL, &error);
  g_assert_no_error (error);
}

void
report_fixture_clear (ReportFixture *self, gconstpointer data)
{
  dhk_plan_unref (self->plan);
  dhk_frame_unref (self->frame);
  dhk_instrument_unref (self->instrument);
}

DhkResult *
report_fixture_run (ReportFixture *self, const char *id)
{
  return dhk_analysis_run (
      dhk_plan_get_table (self->plan, (guint) dhk_plan_find_table (self->plan, id))->analysis,
      self->frame, NULL, NULL);
}
