/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-frame.h"

DhkInstrument *
library_instrument_new (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "library-2024.xml", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  DhkInstrument *instrument = dhk_instrument_new_from_file (file, NULL, &error);

  g_assert_no_error (error);
  return instrument;
}

/* The same answer to every item of the scale, turned where the item is reversed. */
static void
answer (DhkFrameBuilder *builder,
        DhkInstrument *instrument,
        guint row,
        const char *id,
        int target,
        int code)
{
  const DhkScale *scale
      = dhk_instrument_get_scale (instrument, (guint) dhk_instrument_find_scale (instrument, id));
  int lowest, highest;

  if (code == 0)
    return;
  dhk_answer_scale_get_range (dhk_instrument_get_answer_scale (instrument, scale->answer_scale),
                              &lowest, &highest);
  for (guint i = 0; i < scale->n_items; i++)
    dhk_frame_builder_set_answer (builder, row, scale->items[i], target,
                                  scale->reversed[i] ? lowest + highest - code : code);
}

DhkFrame *
library_frame_new (DhkInstrument *instrument, const LibraryRow *rows, guint n_rows)
{
  DhkFrameBuilder *builder = dhk_frame_builder_new (instrument, n_rows);
  guint branch = (guint) dhk_instrument_find_variable (instrument, "branch");

  for (guint i = 0; i < n_rows; i++)
    {
      guint row = dhk_frame_builder_add_row (
          builder, i + 1, (guint) dhk_instrument_find_role (instrument, rows[i].type));

      if (rows[i].branch != NULL)
        dhk_frame_builder_set_category (
            builder, row, branch,
            dhk_variable_find_category (dhk_instrument_get_variable (instrument, branch),
                                        rows[i].branch));
      answer (builder, instrument, row, "welcome", 0, rows[i].welcome);
      answer (builder, instrument, row, "collection", DHK_NO_TARGET, rows[i].collection);
    }
  return dhk_frame_builder_finish (builder);
}
