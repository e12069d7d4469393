/* edge-checkpoint.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-canon.h"

G_BEGIN_DECLS

#define EDGE_CHECKPOINT_MAX_TIPS 64

/**
 * EdgeCheckpoint:
 *
 * A page of the closed book: the tips and all their ancestors that are in no
 * earlier one, @count of them, and the state root after them. @prev is the hash
 * of the one before, or the genesis id for the first.
 */
typedef struct
{
  guint64 n;
  guint64 count;
  EdgeId  prev;
  EdgeId  state;
  guint   n_tips;
  EdgeId  tips[EDGE_CHECKPOINT_MAX_TIPS];
} EdgeCheckpoint;

gboolean  edge_checkpoint_read    (EdgeCheckpoint        *self,
                                   const EdgeCanonNode   *node,
                                   GError               **error);
void      edge_checkpoint_write   (const EdgeCheckpoint  *self,
                                   GString               *out);
char     *edge_checkpoint_to_text (const EdgeCheckpoint  *self) G_GNUC_WARN_UNUSED_RESULT;
void      edge_checkpoint_hash    (const EdgeCheckpoint  *self,
                                   EdgeId                *hash);

G_END_DECLS
