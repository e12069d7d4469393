/* edge-node-store.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_NODE_STORE_FILE: What a node remembers, in its folder. */
#define EDGE_NODE_STORE_FILE "node.json"

/** EDGE_NODE_STORE_MAX_BLOCKED: Peers blocked at once. */
#define EDGE_NODE_STORE_MAX_BLOCKED 1000

/** EDGE_NODE_STORE_MAX_SETTLED: Networks remembered in which the key may sign. */
#define EDGE_NODE_STORE_MAX_SETTLED 256

/** EDGE_NODE_STORE_MAX_DECLINED: Keys that shall not be members, over all networks. */
#define EDGE_NODE_STORE_MAX_DECLINED 500

/**
 * EdgeNodeStore:
 * @name: (nullable): the name that the person chose
 * @network: (nullable): name of the network joined last
 * @chosen: (nullable): its id
 * @archive: whether the text of all events is kept
 * @blocked: (element-type utf8): ids of peers that are not linked to
 * @key: (nullable): the key that was used here last
 * @place: (nullable): where that was, by edge_state_dir_dup_place()
 * @made: whether the key was made here, and not restored or copied from elsewhere
 * @settled: (element-type utf8): ids of the networks in which all that the key signed is known
 *   here
 * @declined: (element-type utf8): who shall not be vouched for: a network's id, “/” and a key
 *
 * What a node remembers from one start to the next.
 */
typedef struct
{
  char       *name;
  char       *network;
  char       *chosen;
  gboolean    archive;
  GHashTable *blocked;
  char       *key;
  char       *place;
  gboolean    made;
  GHashTable *settled;
  GHashTable *declined;
} EdgeNodeStore;

EdgeNodeStore *edge_node_store_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void           edge_node_store_free  (EdgeNodeStore  *self);

gboolean       edge_node_store_parse (EdgeNodeStore  *self,
                                      const char     *text,
                                      gsize           length,
                                      GError        **error);
gboolean       edge_node_store_load  (EdgeNodeStore  *self,
                                      const char     *dir,
                                      GError        **error);
gboolean       edge_node_store_save  (EdgeNodeStore  *self,
                                      const char     *dir,
                                      GError        **error);

gboolean       edge_node_store_note_key    (EdgeNodeStore  *self,
                                            const char     *key,
                                            const char     *place,
                                            gboolean        is_new);
gboolean       edge_node_store_set_settled (EdgeNodeStore  *self,
                                            const char     *network_id,
                                            gboolean        settled);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeNodeStore, edge_node_store_free)

G_END_DECLS
