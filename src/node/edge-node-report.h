/* edge-node-report.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "node/edge-node.h"

G_BEGIN_DECLS

JsonNode *edge_node_report_status (EdgeNode *node) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *edge_node_report_peers  (EdgeNode *node) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *edge_node_report_peer   (EdgeNode *node,
                                   EdgePeer *peer) G_GNUC_WARN_UNUSED_RESULT;
GStrv     edge_node_report_relays (EdgeNode *node) G_GNUC_WARN_UNUSED_RESULT;

void      edge_node_report_ms     (JsonObject *object,
                                   const char *member,
                                   double      milliseconds);
void      edge_node_report_string (JsonObject *object,
                                   const char *member,
                                   const char *value);

char     *edge_node_report_print  (JsonNode   *node) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
