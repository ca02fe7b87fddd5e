/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-seal.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

G_DEFINE_QUARK (dhk - seal - error - quark, dhk_seal_error)

/*
 * The head, numbers with the lowest byte first:
 *
 *   0   8  magic
 *   8   1  version of the layout
 *   9   1  how the key is derived (1: Argon2id 1.3)
 *  10   1  kind
 *  11   1  0
 *  12   4  operations
 *  16   4  memory, in KiB
 *  20   4  size of a chunk
 *  24  16  salt
 *  40  24  head of the stream
 */
#define VERSION 1
#define DERIVATION 1
#define KIND_AT 10
#define OPERATIONS_AT 12
#define MEMORY_AT 16
#define CHUNK_AT 20
#define SALT_AT 24
#define STREAM_AT 40

#define CHUNK (64 * 1024)
#define CHECK_SIZE crypto_secretstream_xchacha20poly1305_ABYTES

/* What a file may ask for: a hostile one must not take the machine's memory or an hour. */
#define MOST_OPERATIONS 8
#define MOST_MEMORY ((gsize) 1024 * 1024 * 1024)

static const guint8 magic[8] = { 'D', 'H', 'K', 'S', 'E', 'A', 'L', '\n' };

G_STATIC_ASSERT (SALT_AT + crypto_pwhash_SALTBYTES == STREAM_AT);
G_STATIC_ASSERT (STREAM_AT + crypto_secretstream_xchacha20poly1305_HEADERBYTES
                 == DHK_SEAL_HEAD_SIZE);

struct _DhkSealKey
{
  gatomicrefcount references;
  guint8 *key; /* sodium_malloc() */
  guint8 salt[crypto_pwhash_SALTBYTES];
  guint32 operations;
  guint32 memory; /* KiB */
};

static guint64 test_operations = 0;
static gsize test_memory = 0;

static void
ensure_sodium (void)
{
  /* May be called again, from any thread. */
  if (sodium_init () < 0)
    g_error ("No source of random numbers");
}

static guint32
read_32 (const guint8 *bytes)
{
  return (guint32) bytes[0] | (guint32) bytes[1] << 8 | (guint32) bytes[2] << 16
         | (guint32) bytes[3] << 24;
}

static void
write_32 (guint8 *bytes, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    bytes[i] = (guint8) (value >> (8 * i));
}

static gboolean
fail (GError **error, DhkSealError code)
{
  const char *message = NULL;

  switch (code)
    {
    case DHK_SEAL_ERROR_PASSWORD:
      message = _ ("The password is not right, or the file is damaged at its start. Nothing was "
                   "changed; try the password again.");
      break;
    case DHK_SEAL_ERROR_DAMAGED:
      message = _ ("The file was changed or cut off after it was sealed, so it cannot be trusted. "
                   "Nothing was changed; go back to a copy.");
      break;
    case DHK_SEAL_ERROR_NEWER:
      message = _ ("The file was sealed by a newer version of Driehoek. Nothing was changed; open "
                   "it with that version.");
      break;
    case DHK_SEAL_ERROR_OTHER_KIND:
      message = _ ("This is another kind of file. Nothing was changed; choose the right one.");
      break;
    case DHK_SEAL_ERROR_MEMORY:
      message
          = _ ("There is not enough memory free to open or seal this file. Nothing was changed; "
               "close other programs and try again.");
      break;
    default:
      g_assert_not_reached ();
    }
  g_set_error_literal (error, DHK_SEAL_ERROR, (gint) code, message);
  return FALSE;
}

void
dhk_seal_set_limits_of_tests (guint64 operations, gsize memory)
{
  test_operations = operations;
  test_memory = memory;
}

/* Keys ---------------------------------------------------------------------------------- */

/* The same word typed on another keyboard may be other bytes: é is one character or two. */
static gboolean
derive (guint8 *key,
        const guint8 *salt,
        guint32 operations,
        guint32 memory,
        const char *password,
        GError **error)
{
  char *normal;
  int failed;

  if (password == NULL || password[0] == '\0')
    return fail (error, DHK_SEAL_ERROR_PASSWORD);
  normal = g_utf8_normalize (password, -1, G_NORMALIZE_NFC);
  if (normal == NULL)
    normal = g_strdup (password);
  failed
      = crypto_pwhash (key, crypto_secretstream_xchacha20poly1305_KEYBYTES, normal, strlen (normal),
                       salt, operations, (gsize) memory * 1024, crypto_pwhash_ALG_ARGON2ID13);
  dhk_secret_free (normal);
  return failed == 0 || fail (error, DHK_SEAL_ERROR_MEMORY);
}

static DhkSealKey *
key_new (
    const guint8 *salt, guint32 operations, guint32 memory, const char *password, GError **error)
{
  g_autoptr (DhkSealKey) self = g_new0 (DhkSealKey, 1);

  g_atomic_ref_count_init (&self->references);
  self->key = sodium_malloc (crypto_secretstream_xchacha20poly1305_KEYBYTES);
  if (self->key == NULL)
    {
      fail (error, DHK_SEAL_ERROR_MEMORY);
      return NULL;
    }
  memcpy (self->salt, salt, sizeof self->salt);
  self->operations = operations;
  self->memory = memory;
  if (!derive (self->key, salt, operations, memory, password, error))
    return NULL;
  sodium_mprotect_readonly (self->key);
  return g_steal_pointer (&self);
}

DhkSealKey *
dhk_seal_key_new (const char *password, GError **error)
{
  guint8 salt[crypto_pwhash_SALTBYTES];
  guint64 operations = crypto_pwhash_OPSLIMIT_MODERATE;
  gsize memory = crypto_pwhash_MEMLIMIT_MODERATE;

  ensure_sodium ();
  if (test_operations > 0)
    {
      operations = test_operations;
      memory = test_memory;
    }
  randombytes_buf (salt, sizeof salt);
  return key_new (salt, (guint32) operations, (guint32) (memory / 1024), password, error);
}

/* What the head says may be asked of this machine. */
static gboolean
check_head (const guint8 *head, gsize size, GError **error)
{
  guint64 memory;

  if (size < sizeof magic || memcmp (head, magic, sizeof magic) != 0)
    return fail (error, DHK_SEAL_ERROR_OTHER_KIND);
  if (size < DHK_SEAL_HEAD_SIZE)
    return fail (error, DHK_SEAL_ERROR_DAMAGED);
  if (head[8] > VERSION || head[9] > DERIVATION)
    return fail (error, DHK_SEAL_ERROR_NEWER);
  memory = (guint64) read_32 (head + MEMORY_AT) * 1024;
  if (head[8] != VERSION || head[9] != DERIVATION || head[KIND_AT + 1] != 0
      || read_32 (head + CHUNK_AT) != CHUNK || read_32 (head + OPERATIONS_AT) > MOST_OPERATIONS
      || read_32 (head + OPERATIONS_AT) < crypto_pwhash_OPSLIMIT_MIN || memory > MOST_MEMORY
      || memory < crypto_pwhash_MEMLIMIT_MIN)
    return fail (error, DHK_SEAL_ERROR_DAMAGED);
  return TRUE;
}

DhkSealKey *
dhk_seal_key_new_for (const void *sealed, gsize size, const char *password, GError **error)
{
  const guint8 *head = sealed;

  g_return_val_if_fail (sealed != NULL || size == 0, NULL);
  ensure_sodium ();
  if (!check_head (head, size, error))
    return NULL;
  return key_new (head + SALT_AT, read_32 (head + OPERATIONS_AT), read_32 (head + MEMORY_AT),
                  password, error);
}

DhkSealKey *
dhk_seal_key_ref (DhkSealKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
dhk_seal_key_unref (DhkSealKey *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  sodium_free (self->key);
  sodium_memzero (self, sizeof *self);
  g_free (self);
}

gboolean
dhk_seal_key_matches (DhkSealKey *self, const char *password)
{
  g_autoptr (DhkSealKey) other = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  other = key_new (self->salt, self->operations, self->memory, password, NULL);
  return other != NULL
         && sodium_memcmp (self->key, other->key, crypto_secretstream_xchacha20poly1305_KEYBYTES)
                == 0;
}

/* Sealing ---------------------------------------------------------------------------------- */

static gsize
sealed_size (gsize size)
{
  gsize n_chunks = size == 0 ? 1 : (size - 1) / CHUNK + 1;

  return DHK_SEAL_HEAD_SIZE + CHECK_SIZE + size
         + n_chunks * crypto_secretstream_xchacha20poly1305_ABYTES;
}

GBytes *
dhk_seal_key_seal (DhkSealKey *self, DhkSealKind kind, const void *plain, gsize size)
{
  crypto_secretstream_xchacha20poly1305_state state;
  const guint8 *from = plain;
  guint8 *head;
  guint8 *to;
  gsize total = sealed_size (size);
  gsize left = size;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (plain != NULL || size == 0, NULL);

  head = g_malloc (total);
  to = head + DHK_SEAL_HEAD_SIZE;
  memcpy (head, magic, sizeof magic);
  head[8] = VERSION;
  head[9] = DERIVATION;
  head[KIND_AT] = (guint8) kind;
  head[KIND_AT + 1] = 0;
  write_32 (head + OPERATIONS_AT, self->operations);
  write_32 (head + MEMORY_AT, self->memory);
  write_32 (head + CHUNK_AT, CHUNK);
  memcpy (head + SALT_AT, self->salt, sizeof self->salt);
  crypto_secretstream_xchacha20poly1305_init_push (&state, head + STREAM_AT, self->key);

  crypto_secretstream_xchacha20poly1305_push (&state, to, NULL, (const guint8 *) "", 0, head,
                                              DHK_SEAL_HEAD_SIZE,
                                              crypto_secretstream_xchacha20poly1305_TAG_PUSH);
  to += CHECK_SIZE;
  do
    {
      gsize part = MIN (left, CHUNK);

      crypto_secretstream_xchacha20poly1305_push (
          &state, to, NULL, from != NULL ? from : (const guint8 *) "", part, head,
          DHK_SEAL_HEAD_SIZE,
          part == left ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                       : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
      to += part + crypto_secretstream_xchacha20poly1305_ABYTES;
      from = from != NULL ? from + part : NULL;
      left -= part;
    }
  while (left > 0);
  sodium_memzero (&state, sizeof state);
  g_assert (to == head + total);
  return g_bytes_new_take (head, total);
}

/* Opening ------------------------------------------------------------------------------------ */

typedef struct
{
  crypto_secretstream_xchacha20poly1305_state state;
  const guint8 *head;
  const guint8 *from;
  gsize left;
  guint8 *plain;
  gsize size;
  gboolean whole;
} Opening;

/* The empty chunk: with the wrong key it does not open. */
static gboolean
open_check (Opening *self, DhkSealKey *key, GError **error)
{
  guint8 tag = 0;
  guint8 nothing[1];

  if (memcmp (self->head + SALT_AT, key->salt, sizeof key->salt) != 0
      || read_32 (self->head + OPERATIONS_AT) != key->operations
      || read_32 (self->head + MEMORY_AT) != key->memory)
    return fail (error, DHK_SEAL_ERROR_PASSWORD);
  if (self->left < CHECK_SIZE)
    return fail (error, DHK_SEAL_ERROR_DAMAGED);
  if (crypto_secretstream_xchacha20poly1305_init_pull (&self->state, self->head + STREAM_AT,
                                                       key->key)
          != 0
      || crypto_secretstream_xchacha20poly1305_pull (&self->state, nothing, NULL, &tag, self->from,
                                                     CHECK_SIZE, self->head, DHK_SEAL_HEAD_SIZE)
             != 0
      || tag != crypto_secretstream_xchacha20poly1305_TAG_PUSH)
    return fail (error, DHK_SEAL_ERROR_PASSWORD);
  self->from += CHECK_SIZE;
  self->left -= CHECK_SIZE;
  return TRUE;
}

/* Opens chunks until the last or one that fails; nothing may follow the last. */
static void
open_chunks (Opening *self)
{
  while (self->left >= crypto_secretstream_xchacha20poly1305_ABYTES)
    {
      gsize part = MIN (self->left, CHUNK + crypto_secretstream_xchacha20poly1305_ABYTES);
      unsigned long long length = 0;
      guint8 tag = 0;

      if (crypto_secretstream_xchacha20poly1305_pull (&self->state, self->plain + self->size,
                                                      &length, &tag, self->from, part, self->head,
                                                      DHK_SEAL_HEAD_SIZE)
          != 0)
        return;
      self->from += part;
      self->left -= part;
      self->size += (gsize) length;
      if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL)
        {
          self->whole = self->left == 0;
          return;
        }
    }
}

GBytes *
dhk_seal_key_unseal_start (
    DhkSealKey *self, DhkSealKind kind, GBytes *sealed, gboolean *whole, GError **error)
{
  Opening opening = { 0 };
  gsize size;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (sealed != NULL, NULL);

  opening.head = g_bytes_get_data (sealed, &size);
  if (!check_head (opening.head, size, error))
    return NULL;
  if (opening.head[KIND_AT] != (guint8) kind)
    {
      fail (error, DHK_SEAL_ERROR_OTHER_KIND);
      return NULL;
    }
  opening.from = opening.head + DHK_SEAL_HEAD_SIZE;
  opening.left = size - DHK_SEAL_HEAD_SIZE;
  if (!open_check (&opening, self, error))
    {
      sodium_memzero (&opening.state, sizeof opening.state);
      return NULL;
    }
  opening.plain = g_try_malloc (opening.left + 1);
  if (opening.plain != NULL)
    open_chunks (&opening);
  sodium_memzero (&opening.state, sizeof opening.state);
  if (opening.plain == NULL)
    {
      fail (error, DHK_SEAL_ERROR_MEMORY);
      return NULL;
    }
  if (whole != NULL)
    *whole = opening.whole;
  return dhk_secret_bytes_new_take (opening.plain, opening.size);
}

GBytes *
dhk_seal_key_unseal (DhkSealKey *self, DhkSealKind kind, GBytes *sealed, GError **error)
{
  gboolean whole = FALSE;
  g_autoptr (GBytes) plain = dhk_seal_key_unseal_start (self, kind, sealed, &whole, error);

  if (plain == NULL)
    return NULL;
  if (!whole)
    {
      fail (error, DHK_SEAL_ERROR_DAMAGED);
      return NULL;
    }
  return g_steal_pointer (&plain);
}

/* Whole bytes ------------------------------------------------------------------------------------ */

gboolean
dhk_is_sealed (const void *data, gsize size, DhkSealKind *kind)
{
  const guint8 *head = data;

  if (size < sizeof magic || memcmp (head, magic, sizeof magic) != 0)
    return FALSE;
  if (kind != NULL)
    *kind = size > KIND_AT ? (DhkSealKind) head[KIND_AT] : 0;
  return TRUE;
}

GBytes *
dhk_seal_bytes (GBytes *plain, DhkSealKind kind, const char *password, GError **error)
{
  g_autoptr (DhkSealKey) key = NULL;
  gsize size;
  const void *data;

  g_return_val_if_fail (plain != NULL, NULL);
  key = dhk_seal_key_new (password, error);
  if (key == NULL)
    return NULL;
  data = g_bytes_get_data (plain, &size);
  return dhk_seal_key_seal (key, kind, data, size);
}

GBytes *
dhk_unseal_bytes (GBytes *sealed, DhkSealKind kind, const char *password, GError **error)
{
  g_autoptr (DhkSealKey) key = NULL;
  DhkSealKind found = kind;
  gsize size;
  const void *data;

  g_return_val_if_fail (sealed != NULL, NULL);
  data = g_bytes_get_data (sealed, &size);
  /* Before a second of work. */
  if (dhk_is_sealed (data, size, &found) && size >= DHK_SEAL_HEAD_SIZE && found != kind
      && check_head (data, size, NULL))
    {
      fail (error, DHK_SEAL_ERROR_OTHER_KIND);
      return NULL;
    }
  key = dhk_seal_key_new_for (data, size, password, error);
  return key != NULL ? dhk_seal_key_unseal (key, kind, sealed, error) : NULL;
}

const char *
dhk_seal_get_library_version (void)
{
  return sodium_version_string ();
}
