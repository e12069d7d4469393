/* edge-relay-poller.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "relay/edge-relay-socket.h"

G_BEGIN_DECLS

EdgeRelayPoller *edge_relay_poller_new       (GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void             edge_relay_poller_free      (EdgeRelayPoller  *self);

gboolean         edge_relay_poller_add       (EdgeRelayPoller  *self,
                                              EdgeRelaySocket  *socket,
                                              int               fd,
                                              GError          **error);
void             edge_relay_poller_remove    (EdgeRelayPoller  *self,
                                              int               fd);
void             edge_relay_poller_watch     (EdgeRelayPoller  *self,
                                              EdgeRelaySocket  *socket,
                                              int               fd,
                                              gboolean          writable);
void             edge_relay_poller_mark      (EdgeRelayPoller  *self,
                                              EdgeRelaySocket  *socket);
void             edge_relay_poller_bury      (EdgeRelayPoller  *self,
                                              EdgeRelaySocket  *socket);
guint8          *edge_relay_poller_get_space (EdgeRelayPoller  *self,
                                              gsize            *size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeRelayPoller, edge_relay_poller_free)

G_END_DECLS
