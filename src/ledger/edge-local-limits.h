/* edge-local-limits.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-event.h"

G_BEGIN_DECLS

/** EDGE_LIMIT_SIGNATURES: Signatures of an author in a minute, those inside events counted. */
#define EDGE_LIMIT_SIGNATURES 1200

/** EDGE_LIMIT_OPEN: Events of an author that are open. */
#define EDGE_LIMIT_OPEN 4096

/** EDGE_LIMIT_POOR: The same of one who is no member and can't pay the fee. */
#define EDGE_LIMIT_POOR 32

/** EDGE_LIMIT_LOST: Open events of an author that are rivals of others, or follow a lost one. */
#define EDGE_LIMIT_LOST 16

/** EDGE_LIMIT_AUTHORS: Authors that are told apart. */
#define EDGE_LIMIT_AUTHORS 65536

/**
 * EdgeLocalLimits:
 *
 * How much of each author is taken in when peers push it. What others need, and what a
 * reconciliation brings, is never asked of it, so it delays and changes no verdict.
 */
typedef struct _EdgeLocalLimits EdgeLocalLimits;

EdgeLocalLimits *edge_local_limits_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void             edge_local_limits_free      (EdgeLocalLimits *self);

gboolean         edge_local_limits_may_check (EdgeLocalLimits *self,
                                              const EdgeEvent *event,
                                              gint64           now);
void             edge_local_limits_checked   (EdgeLocalLimits *self,
                                              const EdgeEvent *event,
                                              gint64           now);

void             edge_local_limits_forget    (EdgeLocalLimits *self);
gboolean         edge_local_limits_has_room  (EdgeLocalLimits *self,
                                              const EdgeId    *author,
                                              gboolean         poor,
                                              gboolean         astray);
void             edge_local_limits_add       (EdgeLocalLimits *self,
                                              const EdgeId    *author,
                                              gboolean         astray);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeLocalLimits, edge_local_limits_free)

G_END_DECLS
