/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * libFuzzer target for questionnaires of other programs (.lss, queXML), through the door that the
 * window and the command line use. Whatever the bytes, it is an instrument that has passed
 * every check, or an error.
 */

#include "import/dhk-starting-point.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
int LLVMFuzzerInitialize (int *argc, char ***argv);

static DhkInstrument *known;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  known = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  g_assert (known != NULL);
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) made
      = dhk_starting_point_read_bytes (bytes, "a.lss", known, &notes, &error);

  if ((made == NULL) == (error == NULL))
    g_error ("There is neither an instrument nor an error.");
  return 0;
}
