/* edge-scan-dialog.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-node.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_SCAN_DIALOG (edge_scan_dialog_get_type ())

G_DECLARE_FINAL_TYPE (EdgeScanDialog, edge_scan_dialog, EDGE, SCAN_DIALOG, AdwDialog)

AdwDialog *edge_scan_dialog_new       (EdgeNode       *node,
                                       gboolean        reply) G_GNUC_WARN_UNUSED_RESULT;

AdwDialog *edge_scan_dialog_new_for_backup (EdgeNode  *node) G_GNUC_WARN_UNUSED_RESULT;

void       edge_scan_dialog_take_text (EdgeScanDialog *self,
                                       const char     *text);
void       edge_scan_dialog_take_file (EdgeScanDialog *self,
                                       GFile          *file);

G_END_DECLS
