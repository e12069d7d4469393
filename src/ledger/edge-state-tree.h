/* edge-state-tree.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-id.h"

G_BEGIN_DECLS

/**
 * EdgeStateTree:
 *
 * The Merkle tree over named texts whose root stands for a whole state.
 * Changing an entry costs the path to it, and only when the root is asked for.
 */
typedef struct _EdgeStateTree EdgeStateTree;

EdgeStateTree *edge_state_tree_new      (void) G_GNUC_WARN_UNUSED_RESULT;
void           edge_state_tree_free     (EdgeStateTree *self);

void           edge_state_tree_set      (EdgeStateTree *self,
                                         const char    *name,
                                         const char    *text,
                                         gsize          length);
void           edge_state_tree_remove   (EdgeStateTree *self,
                                         const char    *name);
gsize          edge_state_tree_get_size (EdgeStateTree *self);
void           edge_state_tree_get_root (EdgeStateTree *self,
                                         EdgeId        *root);
GArray        *edge_state_tree_get_path (EdgeStateTree *self,
                                         const char    *name) G_GNUC_WARN_UNUSED_RESULT;
GArray        *edge_state_tree_get_gap  (EdgeStateTree *self,
                                         const char    *name,
                                         EdgeId        *beside,
                                         gboolean      *has_beside) G_GNUC_WARN_UNUSED_RESULT;
gboolean       edge_state_tree_climb    (const char    *name,
                                         const char    *text,
                                         gsize          length,
                                         const EdgeId  *path,
                                         guint          n_path,
                                         EdgeId        *root);
gboolean       edge_state_tree_climb_gap (const char   *name,
                                         const EdgeId  *beside,
                                         const EdgeId  *text,
                                         const EdgeId  *path,
                                         guint          n_path,
                                         EdgeId        *root);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeStateTree, edge_state_tree_free)

G_END_DECLS
