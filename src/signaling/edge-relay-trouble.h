/* edge-relay-trouble.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a person reads when a relay is not up: what is wrong, and what to do. */
#define EDGE_RELAY_TROUBLE_ADDRESS \
  "This is no relay address. Give one that begins with ws:// or wss://."
#define EDGE_RELAY_TROUBLE_TIMEOUT \
  "The relay does not answer. Check its address and your connection; it is tried again by itself."
#define EDGE_RELAY_TROUBLE_SILENT \
  "The relay has gone silent. It is tried again by itself."
#define EDGE_RELAY_TROUBLE_LOST \
  "The connection to the relay was lost. It is tried again by itself."
#define EDGE_RELAY_TROUBLE_FOREIGN \
  "What answers at this address is no Edge-Net relay. Check the address with whoever hosts it."

/**
 * EdgeRelayTrouble:
 * @code: the relay's word for it
 * @detail: plain words, with a remedy
 * @final: whether trying again by itself would do no good
 */
typedef struct
{
  const char *code;
  const char *detail;
  gboolean    final;
} EdgeRelayTrouble;

const EdgeRelayTrouble *edge_relay_trouble_find     (const char   *code,
                                                     const char   *message);
gboolean                edge_relay_trouble_is_twin  (const char   *detail);
char                   *edge_relay_trouble_describe (const GError *error,
                                                     guint         status) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
