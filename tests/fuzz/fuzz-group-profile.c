/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Group profiles: any file is one that is written again as it was read, or an error. */

#include "fuzz-input.h"

#include "study/dhk-group-profile.h"

static void
check_same (const DhkGroupProfile *first, const DhkGroupProfile *second)
{
  g_assert_cmpuint (first->groups->len, ==, second->groups->len);
  g_assert_cmpuint (first->minimum, ==, second->minimum);
  g_assert_cmpstr (first->made, ==, second->made);
  for (guint i = 0; i < first->groups->len; i++)
    {
      const DhkProfileGroup *one = g_ptr_array_index (first->groups, i);
      const DhkProfileGroup *other = g_ptr_array_index (second->groups, i);

      g_assert_cmpuint (one->cells->len, ==, other->cells->len);
      for (guint k = 0; k < one->cells->len; k++)
        {
          const DhkProfileCell *cell = &g_array_index (one->cells, DhkProfileCell, k);

          g_assert_cmpuint (cell->n, >=, DHK_GROUP_PROFILE_MINIMUM);
          g_assert_cmpuint (cell->n, ==, g_array_index (other->cells, DhkProfileCell, k).n);
          g_assert_nonnull (dhk_profile_group_find (one, cell->item));
        }
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static DhkInstrument *instrument;
  g_autoptr (GFile) file = fuzz_file_new (data, size);
  g_autoptr (GFile) copy = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (DhkGroupProfile) profile = NULL;
  g_autoptr (DhkGroupProfile) again = NULL;
  g_autoptr (GError) error = NULL;

  if (instrument == NULL)
    instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  profile = dhk_group_profile_load (file, instrument, NULL, &error);
  fuzz_check_error (profile != NULL, error);
  if (profile == NULL)
    return 0;
  written = dhk_group_profile_to_bytes (profile);
  copy = fuzz_file_new (g_bytes_get_data (written, NULL), g_bytes_get_size (written));
  again = dhk_group_profile_load (copy, instrument, NULL, &error);
  g_assert_no_error (error);
  check_same (profile, again);
  return 0;
}
