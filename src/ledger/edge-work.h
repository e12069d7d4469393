/* edge-work.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "ledger/edge-genesis.h"

G_BEGIN_DECLS

void     edge_work_hash   (const EdgeId       *key,
                           const EdgeId       *net,
                           guint64             work,
                           guint               kib,
                           guint8             *hash);
gboolean edge_work_check  (const EdgeGenesis  *genesis,
                           const EdgeId       *key,
                           guint64             work);
gboolean edge_work_search (const EdgeGenesis  *genesis,
                           const EdgeId       *key,
                           guint64            *next,
                           guint               tries,
                           GCancellable       *cancellable);

G_END_DECLS
