/* edge-found-dialog.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "node/edge-node.h"

G_BEGIN_DECLS

#define EDGE_TYPE_FOUND_DIALOG (edge_found_dialog_get_type ())

G_DECLARE_FINAL_TYPE (EdgeFoundDialog, edge_found_dialog, EDGE, FOUND_DIALOG, AdwDialog)

AdwDialog *edge_found_dialog_new (EdgeNode *node);

G_END_DECLS
