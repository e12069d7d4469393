/* edge-reconcile.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-range-index.h"

G_BEGIN_DECLS

/** EDGE_RECONCILE_MAX_MESSAGE: Bytes of a message; it fits a frame of 64 KiB with what is around it. */
#define EDGE_RECONCILE_MAX_MESSAGE (56 * 1024)

/** EDGE_RECONCILE_MAX_IDS: Events that one message can make a peer send or ask for. */
#define EDGE_RECONCILE_MAX_IDS 4096

/**
 * EdgeReconcileResult:
 * @reply: (nullable): what to answer, or %NULL when nothing is left to say
 * @give: (element-type EdgeId): events the other asked for, and those it lacks, oldest first
 * @want: (element-type EdgeId): events we lack
 * @lacks: whether the peer may hold what we lack: the reply asks for it, if it may
 */
typedef struct
{
  char    *reply;
  GArray  *give;
  GArray  *want;
  gboolean lacks;
} EdgeReconcileResult;

char     *edge_reconcile_begin        (EdgeRangeIndex       *index) G_GNUC_WARN_UNUSED_RESULT;
GArray   *edge_reconcile_later_new    (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean  edge_reconcile_answer       (EdgeRangeIndex       *index,
                                       const char           *message,
                                       gsize                 length,
                                       GArray               *later,
                                       gboolean              may_ask,
                                       EdgeReconcileResult  *result,
                                       GError              **error);
void      edge_reconcile_result_clear (EdgeReconcileResult  *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EdgeReconcileResult, edge_reconcile_result_clear)

G_END_DECLS
