/* edge-identity-dialog.h
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

#define EDGE_TYPE_IDENTITY_DIALOG (edge_identity_dialog_get_type ())

G_DECLARE_FINAL_TYPE (EdgeIdentityDialog, edge_identity_dialog, EDGE, IDENTITY_DIALOG, AdwDialog)

AdwDialog *edge_identity_dialog_new (EdgeNode           *node,
                                     EdgeIdentityLoader *loader) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
