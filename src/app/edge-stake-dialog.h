/* edge-stake-dialog.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_STAKE_DIALOG (edge_stake_dialog_get_type ())

G_DECLARE_FINAL_TYPE (EdgeStakeDialog, edge_stake_dialog, EDGE, STAKE_DIALOG, AdwDialog)

GtkWidget *edge_stake_dialog_new (GObject *books,
                                  guint64  least_stake,
                                  guint64  unstake_delay) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
