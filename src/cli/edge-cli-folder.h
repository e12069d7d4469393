/* edge-cli-folder.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/edge-cli-options.h"
#include "ledger/edge-ledger.h"
#include "node/edge-network-folder.h"
#include "node/edge-node-store.h"
#include "node/edge-state-dir.h"

G_BEGIN_DECLS

/**
 * EdgeCliFolder:
 * @dir: (nullable): the folder, ours; %NULL while a node runs in it
 * @store: what the node remembers
 * @network: (nullable): the network joined last
 * @ledger: (nullable): its ledger, after edge_cli_folder_open_ledger()
 *
 * A node's folder, opened by a command while no node runs in it.
 */
typedef struct
{
  EdgeStateDir  *dir;
  EdgeNodeStore *store;
  EdgeNetwork   *network;
  EdgeLedger    *ledger;
} EdgeCliFolder;

gboolean edge_cli_folder_open        (EdgeCliFolder   *self,
                                      EdgeCliOptions  *options,
                                      GError         **error);
gboolean edge_cli_folder_choose      (EdgeCliFolder      *self,
                                      EdgeCliOptions     *options,
                                      const EdgeNetwork  *network,
                                      GError            **error);
gboolean edge_cli_folder_open_ledger (EdgeCliFolder   *self,
                                      EdgeCliOptions  *options,
                                      GError         **error);
void     edge_cli_folder_clear       (EdgeCliFolder   *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EdgeCliFolder, edge_cli_folder_clear)

G_END_DECLS
