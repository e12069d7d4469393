/* edge-seal-bits.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_SEAL_MAX_FOLD: Petals at most. */
#define EDGE_SEAL_MAX_FOLD 6
#define EDGE_SEAL_N_HUES   10

typedef enum
{
  EDGE_SEAL_CORE_DOT,
  EDGE_SEAL_CORE_RING,
  EDGE_SEAL_CORE_TILE,
  EDGE_SEAL_CORE_STAR,
} EdgeSealCore;

typedef enum
{
  EDGE_SEAL_PETAL_DOT,
  EDGE_SEAL_PETAL_BAR,
  EDGE_SEAL_PETAL_ARC,
  EDGE_SEAL_PETAL_KITE,
  EDGE_SEAL_PETAL_RING,
} EdgeSealPetal;

/**
 * EdgeSealBits:
 * @hue: index of the colour, below %EDGE_SEAL_N_HUES
 * @fold: how many petals, 3 to %EDGE_SEAL_MAX_FOLD
 * @core: what is in the middle
 * @petal: what is around it
 * @half_turn: whether it is turned by half a petal
 * @spokes: whether spokes lead to the petals
 * @notches: the 32 notches of the edge, the last one in bit 31
 *
 * What the picture of a key is made of.
 */
typedef struct
{
  guint         hue;
  guint         fold;
  EdgeSealCore  core;
  EdgeSealPetal petal;
  gboolean      half_turn;
  gboolean      spokes;
  guint32       notches;
} EdgeSealBits;

void  edge_seal_bits_from_key    (EdgeSealBits       *bits,
                                  const char         *key);
char *edge_seal_bits_to_words    (const EdgeSealBits *bits) G_GNUC_WARN_UNUSED_RESULT;
void  edge_seal_bits_get_rgb     (const EdgeSealBits *bits,
                                  double             *rgb);

G_END_DECLS
