/* edge-node-words.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-node.h"

G_BEGIN_DECLS

char *edge_node_words_headline (EdgeNodeState  state,
                                const char    *network_name,
                                gboolean       alone,
                                EdgePolicy    *policy) G_GNUC_WARN_UNUSED_RESULT;
char *edge_node_words_detail   (EdgeNodeState  state,
                                guint          n_connected,
                                gboolean       alone,
                                const char    *own_relay,
                                EdgePolicy    *policy) G_GNUC_WARN_UNUSED_RESULT;
char *edge_node_words_remedy   (const char    *own_relay) G_GNUC_WARN_UNUSED_RESULT;
char *edge_node_words_name     (const char    *node_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
