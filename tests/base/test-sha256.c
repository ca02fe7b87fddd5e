/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-sha256.h"

/* Every length around the blocks, in pieces of every size, beside GLib's. */
static void
test_lengths (void)
{
  guint8 data[400];

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8) (i * 37 + 11);
  for (guint use = 0; use < 2; use++)
    {
      dhk_sha256_use_instructions (use == 1);
      for (guint length = 0; length <= 300; length++)
        for (guint piece = 1; piece < 150; piece += piece < 4 ? 1 : 21)
          {
            g_autofree char *expected
                = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);
            g_autofree char *found = NULL;
            DhkSha256 hash;

            dhk_sha256_init (&hash);
            for (guint at = 0; at < length; at += piece)
              dhk_sha256_update (&hash, data + at, MIN (piece, length - at));
            found = dhk_sha256_end (&hash);
            g_assert_cmpstr (found, ==, expected);
          }
    }
}

/* FIPS 180-4: a million times the letter a. */
static void
test_long (void)
{
  g_autofree char *text = g_strnfill (1000000, 'a');

  for (guint use = 0; use < 2; use++)
    {
      g_autofree char *found = NULL;
      DhkSha256 hash;

      dhk_sha256_use_instructions (use == 1);
      dhk_sha256_init (&hash);
      dhk_sha256_update (&hash, text, 1000000);
      found = dhk_sha256_end (&hash);
      g_assert_cmpstr (found, ==,
                       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/sha256/lengths", test_lengths);
  g_test_add_func ("/base/sha256/long", test_long);
  return g_test_run ();
}
