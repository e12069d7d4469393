/* fuzz-event.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "base/edge-base64.h"
#include "ledger/edge-event-builder.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* The payload of an event is fuzzed, so that the reader gets past the signature's form. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static EdgeIdentity *identity;
  g_autofree char *text = NULL;
  g_autoptr(EdgeEvent) event = NULL;
  g_autoptr(EdgeEvent) raw = NULL;
  EdgeGenesis genesis;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE] = { 1 };

  if (identity == NULL)
    identity = edge_identity_new_from_seed (seed);

  raw = edge_event_parse ((const char *) data, size, NULL);
  text = edge_jws_sign (identity, (const char *) data, size);
  event = edge_event_parse (text, strlen (text), NULL);
  if (event == NULL)
    return 0;

  g_assert_cmpuint (event->length, ==, strlen (text));
  if (event->type == EDGE_EVENT_GENESIS)
    {
      g_assert_true (edge_event_check (event, event->body->genesis, EDGE_EVENT_CHECK_NONE, NULL));
      return 0;
    }

  edge_genesis_init (&genesis, "fuzz");
  genesis.id = event->net;
  genesis.params[EDGE_GENESIS_JOIN_KIB] = 8;
  genesis.params[EDGE_GENESIS_JOIN_BITS] = 0;
  if (!edge_event_check (event, &genesis, EDGE_EVENT_CHECK_NONE, NULL))
    g_assert_true (event->type != EDGE_EVENT_TRANSFER);
  return 0;
}
