/* fuzz-envelope-plain.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "signaling/edge-envelope-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

/* What a member of the room may put under its seal. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static const guint8 secret[EDGE_ROOM_SECRET_SIZE];
  static const guint8 key[32] = { 3 };
  g_autoptr(EdgeRoom) room = edge_room_new ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", secret);
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeEnvelope) envelope = _edge_envelope_read_plain (data, size, room, key, key, key, &error);

  g_assert_true ((envelope == NULL) == (error != NULL));
  /* Of what bytes can't be guessed, the signature is one. */
  g_assert_null (envelope);
  return 0;
}
