/* edge-unlock-row.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *edge_unlock_row_new    (gpointer   unlock,
                                   guint64    now,
                                   guint64    payout_lock,
                                   guint64    unstake_delay) G_GNUC_WARN_UNUSED_RESULT;
void       edge_unlock_row_update (GtkWidget *row,
                                   guint64    now);

G_END_DECLS
