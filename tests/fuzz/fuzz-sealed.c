/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Sealed files. Bytes that begin as one, and a sealed file that was changed
 * (fuzz_patch()), are opened with the right password: what opens is what was sealed. Other bytes are
 * sealed as the inside of a key file, which is theirs who know its password, and opened.
 */

#include "fuzz-input.h"

#include "base/dhk-seal.h"
#include "store/dhk-key-file.h"

#include <string.h>

#define PASSWORD "een goed wachtwoord"
#define CHANGED "\xfepatch"

/* Where a sealed file says how much memory its key takes, in KiB. What is allowed and costs a second or
 * more is not tried: the same follows, and the time is better spent. */
#define MEMORY_AT 16
#define DEAR (16 * 1024)
#define TOO_MUCH (1024 * 1024)

/* Three chunks, the last one not full. */
#define PLAIN_SIZE (2 * 64 * 1024 + 100)

static DhkSealKey *key;
static GBytes *plain;
static GBytes *sealed;

static void
set_up (void)
{
  guint8 *bytes = g_malloc (PLAIN_SIZE);

  for (gsize i = 0; i < PLAIN_SIZE; i++)
    bytes[i] = (guint8) (i * 7 + i / 256);
  plain = g_bytes_new_take (bytes, PLAIN_SIZE);
  key = dhk_seal_key_new (PASSWORD, NULL);
  sealed = dhk_seal_key_seal (key, DHK_SEAL_STUDY, bytes, PLAIN_SIZE);
}

static gboolean
is_dear (const guint8 *data, gsize size)
{
  guint32 memory = 0;

  if (size >= MEMORY_AT + sizeof memory)
    memcpy (&memory, data + MEMORY_AT, sizeof memory);
  memory = GUINT32_FROM_LE (memory);
  return memory > DEAR && memory <= TOO_MUCH;
}

static void
open_sealed (GBytes *bytes, DhkSealKind kind)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) start_error = NULL;
  g_autoptr (GBytes) opened = NULL;
  g_autoptr (GBytes) start = NULL;
  g_autoptr (DhkSealKey) derived = NULL;
  gboolean whole = FALSE;

  (void) dhk_is_sealed (data, size, NULL);
  if (is_dear (data, size))
    return;
  derived = dhk_seal_key_new_for (data, size, PASSWORD, &error);
  fuzz_check_error (derived != NULL, error);
  if (derived == NULL)
    return;
  opened = dhk_seal_key_unseal (derived, kind, bytes, &error);
  fuzz_check_error (opened != NULL, error);
  start = dhk_seal_key_unseal_start (derived, kind, bytes, &whole, &start_error);
  fuzz_check_error (start != NULL, start_error);
  if (opened != NULL
      && (!whole || !g_bytes_equal (opened, start) || !g_bytes_equal (opened, plain)))
    g_error ("Something opens that nobody sealed.");
  if (start != NULL
      && memcmp (g_bytes_get_data (start, NULL), g_bytes_get_data (plain, NULL),
                 g_bytes_get_size (start))
             != 0)
    g_error ("A start is trusted that nobody sealed.");
}

static void
open_key_file (const void *data, gsize size)
{
  g_autoptr (GBytes) bytes = dhk_seal_key_seal (key, DHK_SEAL_KEY_FILE, data, size);
  g_autoptr (GFile) file = fuzz_file_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkKeyFile) opened = dhk_key_file_open (file, PASSWORD, &error);

  fuzz_check_error (opened != NULL, error);
  if (opened == NULL)
    return;
  for (guint i = 0; i < dhk_key_file_get_n (opened); i++)
    {
      const DhkKeyEntry *entry = dhk_key_file_get (opened, i);

      g_assert_true (g_strv_length (entry->heads) == g_strv_length (entry->texts));
      g_assert_nonnull (dhk_key_file_find (opened, entry->pseudonym));
      (void) dhk_key_entry_matches (entry, "a");
    }
  dhk_secret_free (dhk_key_file_dup_csv (opened));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const gsize n = strlen (CHANGED);

  if (plain == NULL)
    set_up ();
  if (size >= n && memcmp (data, CHANGED, n) == 0)
    {
      g_autoptr (GBytes) changed = fuzz_patch (sealed, data + n, size - n);

      open_sealed (changed, DHK_SEAL_STUDY);
    }
  else if (dhk_is_sealed (data, size, NULL))
    {
      g_autoptr (GBytes) bytes = g_bytes_new (data, size);

      for (int kind = DHK_SEAL_STUDY; kind <= DHK_SEAL_RESPONSE; kind++)
        open_sealed (bytes, (DhkSealKind) kind);
    }
  else
    open_key_file (data, size);
  return 0;
}
