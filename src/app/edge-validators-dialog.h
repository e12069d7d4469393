/* edge-validators-dialog.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-node.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_VALIDATORS_DIALOG (edge_validators_dialog_get_type ())

G_DECLARE_FINAL_TYPE (EdgeValidatorsDialog, edge_validators_dialog, EDGE, VALIDATORS_DIALOG, AdwDialog)

AdwDialog *edge_validators_dialog_new (EdgeNode *node) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
