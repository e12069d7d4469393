/* edge-range-index.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-id.h"

G_BEGIN_DECLS

/** EDGE_RANGE_KEY_SIZE: Bytes of a key: time, most significant first, and id. */
#define EDGE_RANGE_KEY_SIZE (8 + EDGE_ID_SIZE)

/** EDGE_RANGE_KEY_NIBBLES: Half bytes of a key, which is how deep the tree can be. */
#define EDGE_RANGE_KEY_NIBBLES (2 * EDGE_RANGE_KEY_SIZE)

/** EDGE_RANGE_LEAF: The most keys that stand in one list. */
#define EDGE_RANGE_LEAF 16

/**
 * EdgeRangePrefix:
 *
 * All keys that start with the same half bytes.
 */
typedef struct
{
  guint  length;
  guint8 nibbles[EDGE_RANGE_KEY_NIBBLES];
} EdgeRangePrefix;

/**
 * EdgeRangeFunc:
 * @id: an event
 * @time: its time, in milliseconds
 * @user_data: what was given with the function
 *
 * Returns: whether to go on
 */
typedef gboolean (*EdgeRangeFunc) (const EdgeId *id,
                                   guint64       time,
                                   gpointer      user_data);

/**
 * EdgeRangeIndex:
 *
 * A radix tree over time and id with a fingerprint of each part, by which two
 * peers find out where their sets of events differ. The shape of the tree and
 * its fingerprints follow from the set alone.
 */
typedef struct _EdgeRangeIndex EdgeRangeIndex;

void            edge_range_prefix_init_key   (EdgeRangePrefix       *prefix,
                                              guint64                time,
                                              const EdgeId          *id);

EdgeRangeIndex *edge_range_index_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void            edge_range_index_free        (EdgeRangeIndex        *self);

gboolean        edge_range_index_add         (EdgeRangeIndex        *self,
                                              guint64                time,
                                              const EdgeId          *id);
gboolean        edge_range_index_remove      (EdgeRangeIndex        *self,
                                              guint64                time,
                                              const EdgeId          *id);
guint64         edge_range_index_get_size    (EdgeRangeIndex        *self);
guint64         edge_range_index_fingerprint (EdgeRangeIndex        *self,
                                              const EdgeRangePrefix *prefix,
                                              EdgeId                *fingerprint);
void            edge_range_index_foreach     (EdgeRangeIndex        *self,
                                              const EdgeRangePrefix *prefix,
                                              EdgeRangeFunc          func,
                                              gpointer               user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeRangeIndex, edge_range_index_free)

G_END_DECLS
