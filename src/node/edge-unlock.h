/* edge-unlock.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define EDGE_TYPE_UNLOCK (edge_unlock_get_type ())

G_DECLARE_FINAL_TYPE (EdgeUnlock, edge_unlock, EDGE, UNLOCK, GObject)

/*
 * An amount that becomes free at a time. It never changes. Properties:
 *
 *   time     uint64   when it becomes free, ms of the ledger's time
 *   amount   uint64   nano-credits
 *   leaving  boolean  it comes out of the stake; otherwise it was earned
 */

EdgeUnlock *edge_unlock_new   (guint64     time,
                               guint64     amount,
                               gboolean    leaving) G_GNUC_WARN_UNUSED_RESULT;
gboolean    edge_unlock_equal (EdgeUnlock *self,
                               EdgeUnlock *other);

G_END_DECLS
