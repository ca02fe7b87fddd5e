/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-sha256.h"

#include <string.h>

#if defined(__x86_64__)
#  include <cpuid.h>
#  include <immintrin.h>
#endif

/* The first 32 bits of the fractions of the cube roots of the first 64 primes. */
static const guint32 constants[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

typedef void (*Compress) (guint32 *state, const guint8 *data, gsize n_blocks);

static guint32
rotate (guint32 x, guint n)
{
  return x >> n | x << (32 - n);
}

static void
compress_plain (guint32 *state, const guint8 *data, gsize n_blocks)
{
  for (; n_blocks > 0; n_blocks--, data += 64)
    {
      guint32 w[64];
      guint32 s[8];

      for (guint i = 0; i < 16; i++)
        {
          guint32 word;

          memcpy (&word, data + 4 * i, 4);
          w[i] = GUINT32_FROM_BE (word);
        }
      for (guint i = 16; i < 64; i++)
        {
          guint32 a = rotate (w[i - 15], 7) ^ rotate (w[i - 15], 18) ^ w[i - 15] >> 3;
          guint32 b = rotate (w[i - 2], 17) ^ rotate (w[i - 2], 19) ^ w[i - 2] >> 10;

          w[i] = w[i - 16] + a + w[i - 7] + b;
        }
      memcpy (s, state, sizeof s);
      for (guint i = 0; i < 64; i++)
        {
          guint32 sum1 = rotate (s[4], 6) ^ rotate (s[4], 11) ^ rotate (s[4], 25);
          guint32 choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
          guint32 one = s[7] + sum1 + choice + constants[i] + w[i];
          guint32 sum0 = rotate (s[0], 2) ^ rotate (s[0], 13) ^ rotate (s[0], 22);
          guint32 majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);

          memmove (s + 1, s, 7 * sizeof s[0]);
          s[4] += one;
          s[0] = one + sum0 + majority;
        }
      for (guint i = 0; i < 8; i++)
        state[i] += s[i];
    }
}

#if defined(__x86_64__)

/* Four rounds: two with each half of the sums. */
#  define FOUR_ROUNDS(words, at)                                                                   \
    sum = _mm_add_epi32 (words, _mm_loadu_si128 ((const __m128i *) (constants + (at))));           \
    cdgh = _mm_sha256rnds2_epu32 (cdgh, abef, sum);                                                \
    abef = _mm_sha256rnds2_epu32 (abef, cdgh, _mm_shuffle_epi32 (sum, 0x0E))

__attribute__ ((target ("sha,sse4.1"))) static void
compress_by_processor (guint32 *state, const guint8 *data, gsize n_blocks)
{
  const __m128i order = _mm_set_epi64x (0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i low = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) state), 0xB1);
  __m128i high = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) (state + 4)), 0x1B);
  __m128i abef = _mm_alignr_epi8 (low, high, 8);
  __m128i cdgh = _mm_blend_epi16 (high, low, 0xF0);

  for (; n_blocks > 0; n_blocks--, data += 64)
    {
      const __m128i abef_before = abef, cdgh_before = cdgh;
      __m128i w[4], sum;

      for (guint i = 0; i < 4; i++)
        {
          w[i] = _mm_shuffle_epi8 (_mm_loadu_si128 ((const __m128i *) (data + 16 * i)), order);
          FOUR_ROUNDS (w[i], 4 * i);
        }
      for (guint i = 4; i < 16; i++)
        {
          __m128i next = _mm_sha256msg1_epu32 (w[i % 4], w[(i + 1) % 4]);

          next = _mm_add_epi32 (next, _mm_alignr_epi8 (w[(i + 3) % 4], w[(i + 2) % 4], 4));
          w[i % 4] = _mm_sha256msg2_epu32 (next, w[(i + 3) % 4]);
          FOUR_ROUNDS (w[i % 4], 4 * i);
        }
      abef = _mm_add_epi32 (abef, abef_before);
      cdgh = _mm_add_epi32 (cdgh, cdgh_before);
    }
  low = _mm_shuffle_epi32 (abef, 0x1B);
  high = _mm_shuffle_epi32 (cdgh, 0xB1);
  _mm_storeu_si128 ((__m128i *) state, _mm_blend_epi16 (low, high, 0xF0));
  _mm_storeu_si128 ((__m128i *) (state + 4), _mm_alignr_epi8 (high, low, 8));
}

static gboolean
has_instructions (void)
{
  unsigned int a, b, c, d;

  return __get_cpuid (1, &a, &b, &c, &d) != 0 && (c & bit_SSE4_1) != 0
         && __get_cpuid_count (7, 0, &a, &b, &c, &d) != 0 && (b & bit_SHA) != 0;
}

#endif

static int instructions_refused;

void
dhk_sha256_use_instructions (gboolean use)
{
  g_atomic_int_set (&instructions_refused, !use);
}

static Compress
choose (void)
{
#if defined(__x86_64__)
  static gsize chosen = 0;

  if (g_once_init_enter (&chosen))
    g_once_init_leave (&chosen, has_instructions () ? 2 : 1);
  if (chosen == 2 && !g_atomic_int_get (&instructions_refused))
    return compress_by_processor;
#endif
  return compress_plain;
}

void
dhk_sha256_init (DhkSha256 *self)
{
  static const guint32 start[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

  memcpy (self->state, start, sizeof start);
  self->n_bytes = 0;
}

void
dhk_sha256_update (DhkSha256 *self, gconstpointer data, gsize size)
{
  const guint8 *bytes = data;
  gsize held = (gsize) (self->n_bytes % sizeof self->block);
  Compress compress;

  if (size == 0)
    return;
  self->n_bytes += size;
  if (held + size < sizeof self->block)
    {
      memcpy (self->block + held, bytes, size);
      return;
    }
  compress = choose ();
  if (held > 0)
    {
      gsize part = sizeof self->block - held;

      memcpy (self->block + held, bytes, part);
      compress (self->state, self->block, 1);
      bytes += part;
      size -= part;
    }
  compress (self->state, bytes, size / sizeof self->block);
  memcpy (self->block, bytes + size / sizeof self->block * sizeof self->block,
          size % sizeof self->block);
}

void
dhk_sha256_end_bytes (DhkSha256 *self, guint8 *bytes)
{
  const guint64 n_bits = GUINT64_TO_BE (self->n_bytes * 8);
  gsize held = (gsize) (self->n_bytes % sizeof self->block);
  Compress compress = choose ();

  self->block[held++] = 0x80;
  if (held > sizeof self->block - sizeof n_bits)
    {
      memset (self->block + held, 0, sizeof self->block - held);
      compress (self->state, self->block, 1);
      held = 0;
    }
  memset (self->block + held, 0, sizeof self->block - sizeof n_bits - held);
  memcpy (self->block + sizeof self->block - sizeof n_bits, &n_bits, sizeof n_bits);
  compress (self->state, self->block, 1);
  for (guint i = 0; i < 8; i++)
    {
      guint32 word = GUINT32_TO_BE (self->state[i]);

      memcpy (bytes + i * sizeof word, &word, sizeof word);
    }
}

char *
dhk_sha256_end (DhkSha256 *self)
{
  guint8 bytes[DHK_SHA256_SIZE];

  dhk_sha256_end_bytes (self, bytes);
  return dhk_sha256_dup_text (bytes);
}

char *
dhk_sha256_dup_text (const guint8 *bytes)
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (2 * DHK_SHA256_SIZE + 1);

  for (guint i = 0; i < DHK_SHA256_SIZE; i++)
    {
      text[2 * i] = digits[bytes[i] >> 4];
      text[2 * i + 1] = digits[bytes[i] & 15];
    }
  text[2 * DHK_SHA256_SIZE] = '\0';
  return text;
}
