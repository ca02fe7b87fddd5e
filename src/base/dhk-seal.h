/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Bytes sealed with a password: what a study, a key file or a response file is on
 * the disk when somebody chose a password for it.
 *
 * The key comes from the password by Argon2id, the bytes are encrypted and
 * authenticated in chunks by XChaCha20-Poly1305 (libsodium's crypto_pwhash and
 * crypto_secretstream). A sealed file that opens is what was sealed, whole and in
 * order; it shows its length, its kind and nothing else. Without the password nobody opens it,
 * also we do not.
 *
 *   g_autoptr (GBytes) sealed = dhk_seal_bytes (plain, DHK_SEAL_RESPONSE, password, &error);
 *   g_autoptr (GBytes) plain = dhk_unseal_bytes (sealed, DHK_SEAL_RESPONSE, password, &error);
 *
 * Deriving a key is slow by intention (about a second and 256 MB). What is sealed often
 * keeps a DhkSealKey. Keys live in memory that is not swapped out and is wiped; the bytes
 * that the unseal functions answer are wiped when their last reference goes. All
 * functions may be called from any thread.
 *
 * Layout: a head of 64 bytes (magic "DHKSEAL", version, kind, limits of the derivation, salt, head of
 * the stream), then an empty chunk that tells a wrong password from damage, then chunks of
 * 64 KiB, the last of which is marked. The head is additional data of every chunk. Limits that
 * a file asks for are bounded before anything is derived.
 *
 * Errors: domain DHK_SEAL_ERROR; messages are translated whole sentences that
 * name no file. A caller that knows its file makes a sentence of its own by the code.
 */

#include "base/dhk-secret.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_SEAL_ERROR_PASSWORD,   /* the wrong one, or none; or the first bytes are damaged: nobody can
                                tell these apart */
  DHK_SEAL_ERROR_DAMAGED,    /* changed, cut off or lengthened after it was sealed */
  DHK_SEAL_ERROR_NEWER,      /* sealed by a newer version, in a way that is not known here */
  DHK_SEAL_ERROR_OTHER_KIND, /* not sealed at all, or sealed but another kind of file */
  DHK_SEAL_ERROR_MEMORY,     /* not enough memory to derive the key */
} DhkSealError;

#define DHK_SEAL_ERROR (dhk_seal_error_quark ())
GQuark dhk_seal_error_quark (void);

/* What was sealed; part of the file, numbers never change. */
typedef enum
{
  DHK_SEAL_STUDY = 1,
  DHK_SEAL_KEY_FILE = 2,
  DHK_SEAL_RESPONSE = 3,
} DhkSealKind;

/* How many bytes at the start are enough for dhk_is_sealed(). */
#define DHK_SEAL_HEAD_SIZE 64

/* Of libsodium. */
const char *dhk_seal_get_library_version (void);

/* Whole bytes ---------------------------------------------------------------------- */

/* TRUE when `data` starts as something sealed; `kind` (or NULL) gets what it says it is. */
gboolean dhk_is_sealed (const void *data, gsize size, DhkSealKind *kind);

/* Derives a key from the password, with a fresh salt. A password of no character is refused. */
GBytes *dhk_seal_bytes (GBytes *plain, DhkSealKind kind, const char *password, GError **error);

/* Derives the key from the password. */
GBytes *dhk_unseal_bytes (GBytes *sealed, DhkSealKind kind, const char *password, GError **error);

/* With a key that was derived before -------------------------------------------------- */

/* A derived key with the salt and limits it was derived with; immutable, reference-counted. */
typedef struct _DhkSealKey DhkSealKey;

/* For sealing something new: a fresh salt. */
DhkSealKey *dhk_seal_key_new (const char *password, GError **error);

/* For opening `sealed` (its first DHK_SEAL_HEAD_SIZE bytes are enough) and sealing it again. Does
 * not yet say whether the password is right. */
DhkSealKey *
dhk_seal_key_new_for (const void *sealed, gsize size, const char *password, GError **error);

DhkSealKey *dhk_seal_key_ref (DhkSealKey *self);
void dhk_seal_key_unref (DhkSealKey *self);

/* TRUE when `password` is the one the key was derived from. As slow as deriving. */
gboolean dhk_seal_key_matches (DhkSealKey *self, const char *password);

/* Cannot fail. */
GBytes *dhk_seal_key_seal (DhkSealKey *self, DhkSealKind kind, const void *plain, gsize size);

/* A file that was sealed with another salt is PASSWORD. */
GBytes *dhk_seal_key_unseal (DhkSealKey *self, DhkSealKind kind, GBytes *sealed, GError **error);

/*
 * What can be trusted of a damaged file: the chunks before the first one that fails, all of
 * it when none does (`whole` TRUE). NULL with an error when not even the first opens.
 */
GBytes *dhk_seal_key_unseal_start (
    DhkSealKey *self, DhkSealKind kind, GBytes *sealed, gboolean *whole, GError **error);

/* For tests ------------------------------------------------------------------------------- */

/*
 * Makes keys that are derived from now on cheap. Only tests call this: the program has
 * no option, variable or setting that leads here. 0, 0 sets the ordinary limits again.
 */
void dhk_seal_set_limits_of_tests (guint64 operations, gsize memory);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkSealKey, dhk_seal_key_unref)

G_END_DECLS
