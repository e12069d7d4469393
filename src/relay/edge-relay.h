/* edge-relay.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "relay/edge-relay-config.h"

G_BEGIN_DECLS

#define EDGE_TYPE_RELAY (edge_relay_get_type ())

G_DECLARE_FINAL_TYPE (EdgeRelay, edge_relay, EDGE, RELAY, GObject)

EdgeRelay  *edge_relay_new              (const EdgeRelayConfig  *config) G_GNUC_WARN_UNUSED_RESULT;

const char *edge_relay_get_url          (EdgeRelay              *self);
guint       edge_relay_get_n_members    (EdgeRelay              *self);

gboolean    edge_relay_start            (EdgeRelay              *self,
                                         GError                **error);
void        edge_relay_stop             (EdgeRelay              *self);

void        edge_relay_drain_async      (EdgeRelay              *self,
                                         GCancellable           *cancellable,
                                         GAsyncReadyCallback     callback,
                                         gpointer                user_data);
gboolean    edge_relay_drain_finish     (EdgeRelay              *self,
                                         GAsyncResult           *result,
                                         GError                **error);

G_END_DECLS
