/* edge-ledger-serve.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-ledger-base.h"
#include "ledger/edge-ledger.h"

G_BEGIN_DECLS

/**
 * EdgeLedgerPart:
 * @EDGE_LEDGER_PART_STEPS: steps of a proof, to the last checkpoint
 * @EDGE_LEDGER_PART_CHECKPOINTS: all checkpoints
 * @EDGE_LEDGER_PART_ENTRIES: name and text of each entry of the state
 * @EDGE_LEDGER_PART_EVENTS: all final events, in short
 *
 * What a newcomer is told, in this order.
 */
typedef enum
{
  EDGE_LEDGER_PART_STEPS,
  EDGE_LEDGER_PART_CHECKPOINTS,
  EDGE_LEDGER_PART_ENTRIES,
  EDGE_LEDGER_PART_EVENTS,
  EDGE_LEDGER_N_PARTS,
} EdgeLedgerPart;

guint64     edge_ledger_pin_state      (EdgeLedger      *self,
                                        guint64          n);
GPtrArray  *edge_ledger_dup_part       (EdgeLedger      *self,
                                        guint64          n,
                                        EdgeLedgerPart   part,
                                        const char      *from,
                                        gsize            most,
                                        char           **next) G_GNUC_WARN_UNUSED_RESULT;
gboolean    edge_ledger_base_take_part (EdgeLedgerBase  *base,
                                        EdgeLedgerPart   part,
                                        GPtrArray       *items,
                                        gboolean         last,
                                        GError         **error);

const char *edge_ledger_part_to_string   (EdgeLedgerPart  part);
gboolean    edge_ledger_part_from_string (const char     *text,
                                          EdgeLedgerPart *part);

void        edge_ledger_adopt_async    (EdgeLedger          *self,
                                        EdgeLedgerBase      *base,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean    edge_ledger_adopt_finish   (EdgeLedger          *self,
                                        GAsyncResult        *result,
                                        GError             **error);
EdgeLedgerBase *edge_ledger_begin_base (EdgeLedger          *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
