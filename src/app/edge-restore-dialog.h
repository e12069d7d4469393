/* edge-restore-dialog.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-identity-loader.h"
#include "node/edge-node.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_RESTORE_DIALOG (edge_restore_dialog_get_type ())

G_DECLARE_FINAL_TYPE (EdgeRestoreDialog, edge_restore_dialog, EDGE, RESTORE_DIALOG, AdwDialog)

AdwDialog *edge_restore_dialog_new  (EdgeNode           *node,
                                     EdgeIdentityLoader *loader,
                                     GBytes             *vault) G_GNUC_WARN_UNUSED_RESULT;

void       edge_restore_dialog_scan (EdgeNode           *node,
                                     EdgeIdentityLoader *loader,
                                     GtkWidget          *parent);

G_END_DECLS
