/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-seal.h"

#include <string.h>

#define CHUNK (64 * 1024)
#define TAG 17

static GBytes *
make_plain (gsize size)
{
  guint8 *data = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 31 + i / 251);
  return g_bytes_new_take (data, size);
}

/* A copy with one byte changed; `at` from the end when negative. */
static GBytes *
with_byte (GBytes *bytes, gssize at, guint8 value)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  guint8 *copy = g_memdup2 (data, size);

  copy[at >= 0 ? (gsize) at : size - (gsize) -at] = value;
  return g_bytes_new_take (copy, size);
}

static void
what_was_sealed_comes_back (void)
{
  static const gsize sizes[] = { 0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) plain = make_plain (sizes[i]);
      g_autoptr (GBytes) sealed = dhk_seal_bytes (plain, DHK_SEAL_STUDY, "een wachtwoord", &error);
      g_autoptr (GBytes) back = NULL;
      DhkSealKind kind;
      gsize size;
      const char *data;

      g_assert_no_error (error);
      data = g_bytes_get_data (sealed, &size);
      g_assert_true (dhk_is_sealed (data, size, &kind));
      g_assert_cmpint (kind, ==, DHK_SEAL_STUDY);
      g_assert_cmpuint (size, >, sizes[i] + DHK_SEAL_HEAD_SIZE);
      /* Nothing of it can be read. */
      if (sizes[i] > 16)
        g_assert_null (memmem (data, size, g_bytes_get_data (plain, NULL), 16));
      back = dhk_unseal_bytes (sealed, DHK_SEAL_STUDY, "een wachtwoord", &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (plain, back));
    }
}

static void
the_same_bytes_never_look_the_same (void)
{
  g_autoptr (GBytes) plain = make_plain (100);
  g_autoptr (DhkSealKey) key = dhk_seal_key_new ("geheim", NULL);
  g_autoptr (GBytes) a
      = dhk_seal_key_seal (key, DHK_SEAL_STUDY, g_bytes_get_data (plain, NULL), 100);
  g_autoptr (GBytes) b
      = dhk_seal_key_seal (key, DHK_SEAL_STUDY, g_bytes_get_data (plain, NULL), 100);
  g_autoptr (GBytes) back = NULL;

  g_assert_false (g_bytes_equal (a, b));
  back = dhk_seal_key_unseal (key, DHK_SEAL_STUDY, b, NULL);
  g_assert_true (g_bytes_equal (plain, back));
}

static void
another_password_does_not_open (void)
{
  static const char *const wrong[] = { "Geheim", "geheim ", "gehei", "", "geheim\n" };
  g_autoptr (GBytes) plain = make_plain (1000);
  g_autoptr (GBytes) sealed = dhk_seal_bytes (plain, DHK_SEAL_STUDY, "geheim", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (dhk_unseal_bytes (sealed, DHK_SEAL_STUDY, wrong[i], &error));
      g_assert_error (error, DHK_SEAL_ERROR, DHK_SEAL_ERROR_PASSWORD);
      g_clear_error (&error);
    }
  g_assert_null (dhk_seal_bytes (plain, DHK_SEAL_STUDY, "", &error));
  g_assert_error (error, DHK_SEAL_ERROR, DHK_SEAL_ERROR_PASSWORD);
}

/* é typed as one character or as e and an accent is one password. */
static void
the_same_word_from_another_keyboard_opens (void)
{
  g_autoptr (GBytes) plain = make_plain (10);
  g_autoptr (GBytes) sealed = dhk_seal_bytes (plain, DHK_SEAL_STUDY, "caf\xc3\xa9", NULL);
  g_autoptr (GBytes) back = dhk_unseal_bytes (sealed, DHK_SEAL_STUDY, "cafe\xcc\x81", NULL);

  g_assert_nonnull (back);
}

static void
another_kind_does_not_open (void)
{
  g_autoptr (GBytes) plain = make_plain (10);
  g_autoptr (GBytes) sealed = dhk_seal_bytes (plain, DHK_SEAL_KEY_FILE, "geheim", NULL);
  g_autoptr (GBytes) renamed = with_byte (sealed, 10, DHK_SEAL_STUDY);
  g_autoptr (GError) error = NULL;

  g_assert_null (dhk_unseal_bytes (sealed, DHK_SEAL_STUDY, "geheim", &error));
  g_assert_error (error, DHK_SEAL_ERROR, DHK_SEAL_ERROR_OTHER_KIND);
  g_clear_error (&error);
  /* The kind is part of what is authenticated. */
  g_assert_null (dhk_unseal_bytes (renamed, DHK_SEAL_STUDY, "geheim", &error));
  g_assert_error (error, DHK_SEAL_ERROR, DHK_SEAL_ERROR_PASSWORD);
  g_clear_error (&error);
  g_assert_null (dhk_unseal_bytes (plain, DHK_SEAL_STUDY, "geheim", &error));
  g_assert_error (error, DHK_SEAL_ERROR, DHK_SEAL_ERROR_OTHER_KIND);
}

/* Every byte of the head and the first chunks, then some of each chunk. */
static void
no_byte_can_be_changed (void)
{
  g_autoptr (GBytes) plain = make_plain (3 * CHUNK + 500);
  g_autoptr (DhkSealKey) key = dhk_seal_key_new ("geheim", NULL);
  gsize size = g_bytes_get_size (plain);
  g_autoptr (GBytes) sealed
      = dhk_seal_key_seal (key, DHK_SEAL_STUDY, g_bytes_get_data (plain, NULL), size);

  size = g_bytes_get_size (sealed);
  for (gsize i = 0; i < size; i += i < 300 ? 1 : 1999)
    {
      const guint8 *data = g_bytes_get_data (sealed, NULL);
      g_autoptr (GBytes) changed = with_byte (sealed, (gssize) i, data[i] ^ 1);
      g_autoptr (GError) error = NULL;

      g_assert_null (dhk_seal_key_unseal (key, DHK_SEAL_STUDY, changed, &error));
      g_assert_nonnull (error);
      if (i >= DHK_SEAL_HEAD_SIZE + TAG)
        g_assert_error (error, DHK_SEAL_ERROR, DHK_SEAL_ERROR_DAMAGED);
    }
}

static void
chunks_cannot_be_cut_off_added_or_swapped (void)
{
  g_autoptr (GBytes) plain = make_plain (3 * CHUNK);
  g_autoptr (DhkSealKey) key = dhk_seal_key_new ("geheim", NULL);
  g_autoptr (GBytes) sealed = dhk_seal_key_seal (
      key, DHK_SEAL_STUDY, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
  const gsize first = DHK_SEAL_HEAD_SIZE + TAG;
  const gsize chunk = CHUNK + TAG;
  gsize size;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  g_autoptr (GByteArray) more = g_byte_array_new ();
  g_autoptr (GBytes) longer = NULL;
  g_autoptr (GBytes) swapped = NULL;
  g_autoptr (GError) error = NULL;
  guint8 *copy = g_memdup2 (data, size);

  for (gsize cut = 0; cut < size; cut += cut < 200 ? 1 : 4999)
    {
      g_autoptr (GBytes) shorter = g_bytes_new_from_bytes (sealed, 0, cut);

      g_assert_null (dhk_seal_key_unseal (key, DHK_SEAL_STUDY, shorter, NULL));
    }
  for (gsize n = 0; n < 3; n++)
    {
      g_autoptr (GBytes) shorter = g_bytes_new_from_bytes (sealed, 0, first + n * chunk);

      g_assert_null (dhk_seal_key_unseal (key, DHK_SEAL_STUDY, shorter, &error));
      g_assert_error (error, DHK_SEAL_ERROR, DHK_SEAL_ERROR_DAMAGED);
      g_clear_error (&error);
    }
  g_byte_array_append (more, data, (guint) size);
  g_byte_array_append (more, data + size - chunk, (guint) chunk);
  longer = g_bytes_new (more->data, more->len);
  g_assert_null (dhk_seal_key_unseal (key, DHK_SEAL_STUDY, longer, &error));
  g_assert_error (error, DHK_SEAL_ERROR, DHK_SEAL_ERROR_DAMAGED);
  g_clear_error (&error);

  memcpy (copy + first, data + first + chunk, chunk);
  memcpy (copy + first + chunk, data + first, chunk);
  swapped = g_bytes_new_take (copy, size);
  g_assert_null (dhk_seal_key_unseal (key, DHK_SEAL_STUDY, swapped, &error));
  g_assert_error (error, DHK_SEAL_ERROR, DHK_SEAL_ERROR_DAMAGED);
}

static void
what_stands_before_the_damage_can_be_had (void)
{
  g_autoptr (GBytes) plain = make_plain (3 * CHUNK);
  g_autoptr (DhkSealKey) key = dhk_seal_key_new ("geheim", NULL);
  g_autoptr (GBytes) sealed = dhk_seal_key_seal (
      key, DHK_SEAL_STUDY, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
  g_autoptr (GBytes) damaged = with_byte (sealed, DHK_SEAL_HEAD_SIZE + TAG + CHUNK + TAG + 5000, 0);
  g_autoptr (GBytes) expected = g_bytes_new_from_bytes (plain, 0, CHUNK);
  g_autoptr (GBytes) start = NULL;
  gboolean whole = TRUE;

  start = dhk_seal_key_unseal_start (key, DHK_SEAL_STUDY, damaged, &whole, NULL);
  g_assert_false (whole);
  g_assert_true (g_bytes_equal (start, expected));
  g_clear_pointer (&start, g_bytes_unref);
  start = dhk_seal_key_unseal_start (key, DHK_SEAL_STUDY, sealed, &whole, NULL);
  g_assert_true (whole);
  g_assert_true (g_bytes_equal (start, plain));
}

/* Nothing is derived: each of these would take hours or all memory. */
static void
a_hostile_head_is_refused_at_once (void)
{
  static const struct
  {
    guint at;
    guint8 value;
    DhkSealError code;
  } heads[] = {
    { 8, 2, DHK_SEAL_ERROR_NEWER },      { 8, 0, DHK_SEAL_ERROR_DAMAGED },
    { 9, 2, DHK_SEAL_ERROR_NEWER },      { 9, 0, DHK_SEAL_ERROR_DAMAGED },
    { 12, 0, DHK_SEAL_ERROR_DAMAGED },   { 12, 9, DHK_SEAL_ERROR_DAMAGED },
    { 15, 255, DHK_SEAL_ERROR_DAMAGED }, { 19, 6, DHK_SEAL_ERROR_DAMAGED },
    { 18, 17, DHK_SEAL_ERROR_DAMAGED },  { 20, 1, DHK_SEAL_ERROR_DAMAGED },
    { 23, 255, DHK_SEAL_ERROR_DAMAGED },
  };
  g_autoptr (GBytes) plain = make_plain (10);
  g_autoptr (GBytes) sealed = dhk_seal_bytes (plain, DHK_SEAL_STUDY, "geheim", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GBytes) changed = with_byte (sealed, (gssize) heads[i].at, heads[i].value);
      g_autoptr (GError) error = NULL;

      g_assert_null (dhk_unseal_bytes (changed, DHK_SEAL_STUDY, "geheim", &error));
      g_assert_error (error, DHK_SEAL_ERROR, (gint) heads[i].code);
    }
  for (gsize size = 0; size < DHK_SEAL_HEAD_SIZE; size++)
    {
      g_autoptr (GBytes) head = g_bytes_new_from_bytes (sealed, 0, size);
      g_autoptr (GError) error = NULL;

      g_assert_null (dhk_unseal_bytes (head, DHK_SEAL_STUDY, "geheim", &error));
      g_assert_true (g_error_matches (
          error, DHK_SEAL_ERROR, size < 8 ? DHK_SEAL_ERROR_OTHER_KIND : DHK_SEAL_ERROR_DAMAGED));
    }
}

static void
a_key_knows_its_password (void)
{
  g_autoptr (DhkSealKey) key = dhk_seal_key_new ("geheim", NULL);
  g_autoptr (DhkSealKey) other = dhk_seal_key_new ("geheim", NULL);
  g_autoptr (GBytes) sealed = dhk_seal_key_seal (key, DHK_SEAL_STUDY, "x", 1);
  g_autoptr (DhkSealKey) again = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dhk_seal_key_matches (key, "geheim"));
  g_assert_false (dhk_seal_key_matches (key, "geheimer"));
  /* Another salt is another key. */
  g_assert_null (dhk_seal_key_unseal (other, DHK_SEAL_STUDY, sealed, &error));
  g_assert_error (error, DHK_SEAL_ERROR, DHK_SEAL_ERROR_PASSWORD);
  again
      = dhk_seal_key_new_for (g_bytes_get_data (sealed, NULL), DHK_SEAL_HEAD_SIZE, "geheim", NULL);
  plain = dhk_seal_key_unseal (again, DHK_SEAL_STUDY, sealed, NULL);
  g_assert_cmpuint (g_bytes_get_size (plain), ==, 1);
}

/* What the program does itself: no file may be cheaper to try passwords on. */
static void
ordinary_limits_are_costly (void)
{
  g_autoptr (DhkSealKey) key = NULL;
  g_autoptr (GBytes) sealed = NULL;
  const guint8 *head;

  dhk_seal_set_limits_of_tests (0, 0);
  key = dhk_seal_key_new ("geheim", NULL);
  dhk_seal_set_limits_of_tests (1, 8192);
  g_assert_nonnull (key);
  sealed = dhk_seal_key_seal (key, DHK_SEAL_STUDY, "x", 1);
  head = g_bytes_get_data (sealed, NULL);
  g_assert_cmpint (head[12], >=, 3);
  /* 256 MiB, in KiB: 0x00040000 */
  g_assert_cmpint (head[18], >=, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dhk_seal_set_limits_of_tests (1, 8192);
  g_test_add_func ("/base/seal/what_was_sealed_comes_back", what_was_sealed_comes_back);
  g_test_add_func ("/base/seal/the_same_bytes_never_look_the_same",
                   the_same_bytes_never_look_the_same);
  g_test_add_func ("/base/seal/another_password_does_not_open", another_password_does_not_open);
  g_test_add_func ("/base/seal/the_same_word_from_another_keyboard_opens",
                   the_same_word_from_another_keyboard_opens);
  g_test_add_func ("/base/seal/another_kind_does_not_open", another_kind_does_not_open);
  g_test_add_func ("/base/seal/no_byte_can_be_changed", no_byte_can_be_changed);
  g_test_add_func ("/base/seal/chunks_cannot_be_cut_off_added_or_swapped",
                   chunks_cannot_be_cut_off_added_or_swapped);
  g_test_add_func ("/base/seal/what_stands_before_the_damage_can_be_had",
                   what_stands_before_the_damage_can_be_had);
  g_test_add_func ("/base/seal/a_hostile_head_is_refused_at_once",
                   a_hostile_head_is_refused_at_once);
  g_test_add_func ("/base/seal/a_key_knows_its_password", a_key_knows_its_password);
  g_test_add_func ("/base/seal/ordinary_limits_are_costly", ordinary_limits_are_costly);
  return g_test_run ();
}
