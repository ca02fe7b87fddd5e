/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Report plans: any bytes are one for a known instrument, whose tables can be found, or an error. */

#include "fuzz-input.h"

#include "report/dhk-plan.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static DhkInstrument *instrument;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (DhkPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  if (instrument == NULL)
    instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  plan = dhk_plan_new_from_bytes (bytes, "fuzz.xml", instrument, &error);
  fuzz_check_error (plan != NULL, error);
  for (guint i = 0; plan != NULL && i < dhk_plan_get_n_tables (plan); i++)
    {
      const DhkPlanTable *table = dhk_plan_get_table (plan, i);

      g_assert_cmpint (dhk_plan_find_table (plan, table->id), ==, (int) i);
      g_assert_nonnull (table->analysis);
      g_assert_true (g_utf8_validate (dhk_text_get (&table->title, DHK_LANGUAGE_NL), -1, NULL));
    }
  return 0;
}
