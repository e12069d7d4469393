/* edge-fork.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-dag.h"

G_BEGIN_DECLS

guint32 edge_fork_decide (EdgeDag       *dag,
                          const guint32 *order,
                          guint          n_order,
                          guint32        set,
                          gboolean       members_only);

G_END_DECLS
