/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-frame.h"

#include "base/dhk-number.h"

static int
find (char **heads, const char *name)
{
  for (int i = 0; heads[i] != NULL; i++)
    if (g_strcmp0 (heads[i], name) == 0)
      return i;
  return -1;
}

/* A category by its Dutch label or its id: what the table of answers holds. */
static int
find_category (const DhkVariable *variable, const char *text)
{
  for (guint i = 0; i < variable->n_categories; i++)
    if (g_strcmp0 (dhk_text_get (&variable->categories[i].label, DHK_LANGUAGE_NL), text) == 0)
      return (int) i;
  return dhk_variable_find_category (variable, text);
}

static void
add_answers (
    DhkFrameBuilder *builder, DhkInstrument *instrument, guint row, char **heads, char **cells)
{
  int n_targets = (int) dhk_instrument_get_n_targets (instrument);

  for (guint item = 0; item < dhk_instrument_get_n_items (instrument); item++)
    for (int target = DHK_NO_TARGET; target < n_targets; target++)
      {
        g_autofree char *name = dhk_instrument_dup_column_name (instrument, item, target);
        int column = find (heads, name);

        if (column >= 0 && *cells[column] != '\0')
          dhk_frame_builder_set_answer (builder, row, item, target, cells[column][0] - '0');
      }
}

static void
add_row (
    DhkFrameBuilder *builder, DhkInstrument *instrument, gint64 number, char **heads, char **cells)
{
  int type = dhk_instrument_find_role (instrument, cells[find (heads, "type")]);
  int sector = dhk_instrument_find_variable (instrument, "sector");
  int sex = dhk_instrument_find_variable (instrument, "sex");
  int age = dhk_instrument_find_variable (instrument, "age");
  guint row;
  double value;

  g_assert_cmpint (type, >=, 0);
  row = dhk_frame_builder_add_row (builder, number, (guint) type);
  if (*cells[find (heads, "sector")] != '\0')
    dhk_frame_builder_set_category (
        builder, row, (guint) sector,
        find_category (dhk_instrument_get_variable (instrument, (guint) sector),
                       cells[find (heads, "sector")]));
  dhk_frame_builder_set_category (
      builder, row, (guint) sex,
      find_category (dhk_instrument_get_variable (instrument, (guint) sex),
                     cells[find (heads, "gender")]));
  if (dhk_number_from_file (cells[find (heads, "age")], &value))
    dhk_frame_builder_set_number (builder, row, (guint) age, value);
  add_answers (builder, instrument, row, heads, cells);
}

DhkFrame *
sample_frame_new (DhkInstrument *instrument)
{
  const char *reference = g_getenv ("DHK_REFERENCE_DIR");
  g_autofree char *path = g_build_filename (reference != NULL ? reference : "", "data",
                                            "partnerschap2023", "partnerschap2023.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) heads = NULL;
  DhkFrameBuilder *builder;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  heads = g_strsplit (g_strchomp (lines[0]), ",", -1);
  builder = dhk_frame_builder_new (instrument, g_strv_length (lines));
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (g_strchomp (lines[i]), ",", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, g_strv_length (heads));
      add_row (builder, instrument, i, heads, cells);
    }
  return dhk_frame_builder_finish (builder);
}
