/* edge-link.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "mesh/edge-peer.h"
#include "signaling/edge-switchboard.h"

G_BEGIN_DECLS

#define EDGE_TYPE_LINK (edge_link_get_type ())

G_DECLARE_FINAL_TYPE (EdgeLink, edge_link, EDGE, LINK, GObject)

EdgeLink *edge_link_new             (EdgePeer            *peer,
                                     EdgeSwitchboard     *switchboard) G_GNUC_WARN_UNUSED_RESULT;

EdgePeer *edge_link_get_peer        (EdgeLink            *self);
gint64    edge_link_get_clock_ahead (EdgeLink            *self);
void      edge_link_set_name        (EdgeLink            *self,
                                     const char          *name);
void      edge_link_set_ice_servers (EdgeLink            *self,
                                     const char * const  *uris);

void      edge_link_start           (EdgeLink            *self,
                                     gint64               now);
void      edge_link_tick            (EdgeLink            *self,
                                     gint64               ping_interval,
                                     gint64               now);
void      edge_link_probe           (EdgeLink            *self,
                                     gint64               now);
void      edge_link_renew           (EdgeLink            *self,
                                     gint64               now);
void      edge_link_close           (EdgeLink            *self,
                                     const char          *reason);

void      edge_link_take_hello      (EdgeLink            *self,
                                     gboolean             fresh,
                                     gboolean             wanted,
                                     gint64               now);
void      edge_link_take_signal     (EdgeLink            *self,
                                     EdgeSignalKind       kind,
                                     GBytes              *body,
                                     gint64               now);

void      edge_link_report_fault    (EdgeLink            *self,
                                     const char          *what);
gboolean  edge_link_is_up           (EdgeLink            *self);
gboolean  edge_link_send            (EdgeLink            *self,
                                     JsonObject          *frame,
                                     GError             **error);
gboolean  edge_link_send_bulk       (EdgeLink            *self,
                                     GBytes              *payload,
                                     GError             **error);
gsize     edge_link_get_waiting     (EdgeLink            *self);
void      edge_link_hold_bulk       (EdgeLink            *self,
                                     gboolean             held);

G_END_DECLS
