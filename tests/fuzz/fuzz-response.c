/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Response files: any bytes are a response that can be written again, or an error. */

#include "fuzz-input.h"

#include "study/dhk-response.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static DhkInstrument *instrument;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (DhkResponse) response = NULL;
  g_autoptr (DhkResponse) again = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GError) error = NULL;
  char *contents[2];

  if (instrument == NULL)
    instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  (void) dhk_response_is_one (data, size);
  response = dhk_response_new_from_bytes (bytes, "fuzz", &error);
  g_assert ((response == NULL) == (error != NULL));
  if (response == NULL)
    return 0;
  (void) dhk_response_fits (response, instrument, "fuzz", NULL);
  written = dhk_response_to_bytes (response, NULL);
  again = dhk_response_new_from_bytes (written, "fuzz", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dhk_response_get_n_answers (again), ==, dhk_response_get_n_answers (response));
  g_assert_cmpint (dhk_response_get_started (again), ==, dhk_response_get_started (response));
  contents[0] = dhk_response_dup_content (response);
  contents[1] = dhk_response_dup_content (again);
  g_assert_cmpstr (contents[0], ==, contents[1]);
  g_free (contents[0]);
  g_free (contents[1]);
  return 0;
}
