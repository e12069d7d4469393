/* edge-backup-dialog.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-node.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_BACKUP_DIALOG (edge_backup_dialog_get_type ())

G_DECLARE_FINAL_TYPE (EdgeBackupDialog, edge_backup_dialog, EDGE, BACKUP_DIALOG, AdwDialog)

AdwDialog *edge_backup_dialog_new (EdgeNode *node) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
