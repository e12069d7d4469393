/* edge-relay-wire.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EdgeRelayWire EdgeRelayWire;

/**
 * EdgeRelayWireFuncs:
 * @opened: the connection stands
 * @text: a text frame came
 * @ended: it is lost or was never made; @detail says why, in plain words
 *
 * Each may close the wire; whoever frees it in one of them must not before it returns.
 */
typedef struct
{
  void (*opened) (gpointer    user_data);
  void (*text)   (gpointer    user_data,
                  const char *text,
                  gsize       length);
  void (*ended)  (gpointer    user_data,
                  const char *detail);
} EdgeRelayWireFuncs;

EdgeRelayWire *edge_relay_wire_new     (const EdgeRelayWireFuncs *funcs,
                                        gpointer                  user_data) G_GNUC_WARN_UNUSED_RESULT;
void           edge_relay_wire_free    (EdgeRelayWire            *self);

gboolean       edge_relay_wire_open    (EdgeRelayWire            *self,
                                        const char               *url);
gboolean       edge_relay_wire_is_open (EdgeRelayWire            *self);
void           edge_relay_wire_greeted (EdgeRelayWire            *self);
void           edge_relay_wire_send    (EdgeRelayWire            *self,
                                        const char               *text);
void           edge_relay_wire_close   (EdgeRelayWire            *self);

G_END_DECLS
