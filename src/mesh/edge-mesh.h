/* edge-mesh.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"
#include "mesh/edge-mesh-error.h"
#include "mesh/edge-peer.h"
#include "signaling/edge-room.h"
#include "signaling/edge-signaling.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define EDGE_TYPE_MESH (edge_mesh_get_type ())

#define EDGE_MESH_DEFAULT_DEGREE 8
#define EDGE_MESH_MAX_LINKS      50

G_DECLARE_FINAL_TYPE (EdgeMesh, edge_mesh, EDGE, MESH, GObject)

gboolean  edge_mesh_check_system     (GError             **error);

EdgeMesh *edge_mesh_new              (EdgeIdentity        *identity,
                                      EdgeRoom            *room,
                                      const char          *name) G_GNUC_WARN_UNUSED_RESULT;

void      edge_mesh_set_name         (EdgeMesh            *self,
                                      const char          *name);
guint     edge_mesh_get_degree       (EdgeMesh            *self);
void      edge_mesh_set_degree       (EdgeMesh            *self,
                                      guint                degree);
gboolean  edge_mesh_get_watched      (EdgeMesh            *self);
void      edge_mesh_set_watched      (EdgeMesh            *self,
                                      gboolean             watched);
void      edge_mesh_set_ice_servers  (EdgeMesh            *self,
                                      const char * const  *uris);

void      edge_mesh_add_backend      (EdgeMesh            *self,
                                      EdgeSignaling       *backend);
void      edge_mesh_remove_backend   (EdgeMesh            *self,
                                      EdgeSignaling       *backend);

void      edge_mesh_start            (EdgeMesh            *self);
void      edge_mesh_stop_async       (EdgeMesh            *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean  edge_mesh_stop_finish      (EdgeMesh            *self,
                                      GAsyncResult        *result,
                                      GError             **error);

gboolean  edge_mesh_send             (EdgeMesh            *self,
                                      EdgePeer            *peer,
                                      JsonObject          *frame,
                                      GError             **error);
gboolean  edge_mesh_send_bulk        (EdgeMesh            *self,
                                      EdgePeer            *peer,
                                      GBytes              *payload,
                                      GError             **error);
gint64    edge_mesh_get_clock_ahead  (EdgeMesh            *self,
                                      EdgePeer            *peer);
gsize     edge_mesh_get_waiting      (EdgeMesh            *self,
                                      EdgePeer            *peer);
void      edge_mesh_hold_bulk        (EdgeMesh            *self,
                                      EdgePeer            *peer,
                                      gboolean             held);
gboolean  edge_mesh_offers_to        (EdgeMesh            *self,
                                      EdgePeer            *peer);
void      edge_mesh_report_fault     (EdgeMesh            *self,
                                      EdgePeer            *peer,
                                      const char          *what);
void      edge_mesh_disconnect       (EdgeMesh            *self,
                                      EdgePeer            *peer);
void      edge_mesh_set_blocked      (EdgeMesh            *self,
                                      const char          *peer_id,
                                      gboolean             blocked);

G_END_DECLS
