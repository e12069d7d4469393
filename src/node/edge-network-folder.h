/* edge-network-folder.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-network.h"

G_BEGIN_DECLS

/** EDGE_NETWORK_FOLDER: Where a node keeps its networks and their ledgers, in its folder. */
#define EDGE_NETWORK_FOLDER "networks"

/** EDGE_NETWORK_FOLDER_MAX: Networks that are listed. */
#define EDGE_NETWORK_FOLDER_MAX 1000

gboolean     edge_network_folder_make       (const char         *state,
                                             GError            **error);
GPtrArray   *edge_network_folder_list       (const char         *state) G_GNUC_WARN_UNUSED_RESULT;
EdgeNetwork *edge_network_folder_find       (const char         *state,
                                             const char         *wanted,
                                             GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     edge_network_folder_save       (const char         *state,
                                             const EdgeNetwork  *network,
                                             GError            **error);
char        *edge_network_folder_ledger     (const char         *state,
                                             const char         *id) G_GNUC_WARN_UNUSED_RESULT;
char        *edge_network_folder_file       (const char         *state,
                                             const char         *id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
