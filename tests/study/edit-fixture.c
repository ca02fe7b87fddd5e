/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "edit-fixture.h"

DhkInstrument *
edit_fixture_new (void)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *instrument = dhk_instrument_new_builtin ("partnerschap-2023", &error);

  g_assert_no_error (error);
  return instrument;
}

void
edit_fixture_take (DhkInstrument **instrument, DhkInstrument *next, GError **error)
{
  g_assert_no_error (*error);
  g_assert_nonnull (next);
  dhk_instrument_unref (*instrument);
  *instrument = next;
}
