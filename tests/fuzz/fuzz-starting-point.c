/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * libFuzzer target for questionnaires of other programs (.lss, queXML) and the heads of a table, through the door that the
 * window and the command line use. Whatever the bytes, it is an instrument that has passed
 * every check, or an error.
 */

#include "fuzz-input.h"

#include "import/dhk-starting-point.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static DhkInstrument *known;
  g_autoptr (GBytes) bytes = fuzz_dup_input (data, size);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) made = NULL;

  if (known == NULL)
    known = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  made = dhk_starting_point_read_bytes (bytes, "a.lss", known, &notes, &error);
  fuzz_check_error (made != NULL, error);
  return 0;
}
