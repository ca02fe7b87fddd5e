/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-random.h"

#include "stats/dhk-distribution.h"

#include <math.h>

static uint64_t
split_mix (uint64_t *state)
{
  uint64_t z = *state += UINT64_C (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * UINT64_C (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

void
dhk_random_init (DhkRandom *self, uint64_t seed)
{
  for (int i = 0; i < 4; i++)
    self->state[i] = split_mix (&seed);
}

static uint64_t
rotate_left (uint64_t x, int bits)
{
  return (x << bits) | (x >> (64 - bits));
}

static uint64_t
next_bits (DhkRandom *self)
{
  uint64_t *s = self->state;
  uint64_t result = rotate_left (s[1] * 5, 7) * 9, t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);
  return result;
}

double
dhk_random_uniform (DhkRandom *self)
{
  /* 52 bits, so that the half added is exact and neither end is reached */
  return ((double) (next_bits (self) >> 12) + 0.5) * 0x1p-52;
}

double
dhk_random_normal (DhkRandom *self)
{
  return dhk_normal_quantile (dhk_random_uniform (self));
}

double
dhk_random_chi_squared (DhkRandom *self, double df)
{
  double d = df / 2 - 1.0 / 3, c = 1 / sqrt (9 * d);

  if (df < 2)
    {
      double z = dhk_random_normal (self);

      return z * z;
    }
  for (;;)
    {
      double z = dhk_random_normal (self), v = 1 + c * z;

      if (!(v > 0))
        continue;
      v = v * v * v;
      if (log (dhk_random_uniform (self)) < z * z / 2 + d - d * v + d * log (v))
        return 2 * d * v;
    }
}
