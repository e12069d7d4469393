/* edge-state-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-state.h"

G_BEGIN_DECLS

typedef enum
{
  EDGE_SLOT_ACCOUNT,
  EDGE_SLOT_ESCROW,
  EDGE_SLOT_TOTALS,
} EdgeSlotKind;

/* Where one entry lives. Its value is only changed in place when it was copied
 * since the last mark; before that the mark keeps the old value. */
typedef struct
{
  EdgeId   key;
  gpointer value;
  guint64  stamp;
  guint64  queued;
  guint8   kind;
  guint8   dirty;
} EdgeSlot;

typedef struct
{
  EdgeSlot *slot;
  gpointer  old;
} EdgeChange;

typedef struct
{
  guint64   end;
  EdgeSlot *slot;
} EdgeDue;

struct _EdgeState
{
  GHashTable    *accounts;
  GHashTable    *escrows;
  EdgeSlot       totals;
  GPtrArray     *marks;
  guint64        stamp;
  GArray        *due;
  GPtrArray     *dirty;
  EdgeStateTree *tree;
};

void _edge_state_prepare (EdgeState *self,
                          EdgeSlot  *slot);
void _edge_state_expect  (EdgeState *self,
                          EdgeSlot  *slot);

G_END_DECLS
