/* edge-multiplier.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-multiplier.h"

/* 2^62 / 2^(2^-i) to the nearest integer, for i from 1. */
static const guint64 constants[EDGE_MULTIPLIER_N_CONSTANTS] = {
  0x2d413cccfe779921, 0x35d13f32b5a75abd, 0x3ab031b9f7490e4c, 0x3d495f454921b30b,
  0x3ea0ecb6dc8a80cf, 0x3f4f83033d21b05d, 0x3fa784571ee3e213, 0x3fd3b2d65447b229,
  0x3fe9d59487236bb4, 0x3ff4e9d4703df843, 0x3ffa74acbdf6c9d5, 0x3ffd3a46ffc6e30f,
  0x3ffe9d1fa8010199, 0x3fff4e8ede053ad5, 0x3fffa747318376ac, 0x3fffd3a38961e6ff,
  0x3fffe9d1c0d8fd14, 0x3ffff4e8df7680c5, 0x3ffffa746f7dc0ec, 0x3ffffd3a37af8098,
  0x3ffffe9d1bd3e854, 0x3fffff4e8de8fe2c, 0x3fffffa746f44197, 0x3fffffd3a37a116b,
  0x3fffffe9d1bd04de, 0x3ffffff4e8de8179, 0x3ffffffa746f407f, 0x3ffffffd3a37a030,
  0x3ffffffe9d1bd014, 0x3fffffff4e8de809, 0x3fffffffa746f404, 0x3fffffffd3a37a02,
};

/* log2 (e) in units of 2^-32. */
#define LOG2_E G_GUINT64_CONSTANT (6196328019)

#define MS_AN_HOUR G_GUINT64_CONSTANT (3600000)

/**
 * edge_multiplier_constant:
 * @index: from 1 to 32
 *
 * Returns: C_i of the rules
 */
guint64
edge_multiplier_constant (guint index)
{
  g_return_val_if_fail (index >= 1 && index <= EDGE_MULTIPLIER_N_CONSTANTS, 0);

  return constants[index - 1];
}

/**
 * edge_multiplier:
 * @cpu_ms: computing time of the network, at most 9·10^18 ms
 * @decay_cpu_hours: hours in which the bonus falls to 1/e, 1 to 10^9
 * @max_bonus: the multiplier at the start, 1 to 100
 *
 * Computes 1 + (max_bonus - 1) · e^(-cpu / decay) in integers alone, so that
 * all computers find the same.
 *
 * Returns: the multiplier, in micro
 */
guint64
edge_multiplier (guint64 cpu_ms,
                 guint64 decay_cpu_hours,
                 guint64 max_bonus)
{
  unsigned __int128 decay = (unsigned __int128) decay_cpu_hours * MS_AN_HOUR;
  unsigned __int128 z = ((unsigned __int128) cpu_ms << 32) / decay;
  unsigned __int128 y;
  unsigned __int128 p = (unsigned __int128) 1 << 62;
  guint32 f;
  guint k;

  if (z >= (unsigned __int128) 1 << 37)
    return EDGE_MULTIPLIER_ONE;

  y = z * LOG2_E >> 32;
  k = (guint) (y >> 32);
  f = (guint32) y;

  for (guint i = 1; i <= EDGE_MULTIPLIER_N_CONSTANTS; i++)
    {
      if (f >> (32 - i) & 1)
        p = p * constants[i - 1] >> 62;
    }

  return EDGE_MULTIPLIER_ONE +
         (guint64) (((max_bonus - 1) * EDGE_MULTIPLIER_ONE * p +
                     ((unsigned __int128) 1 << (61 + k))) >> (62 + k));
}
