/* edge-shortcuts-dialog.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_SHORTCUTS_DIALOG (edge_shortcuts_dialog_get_type ())

G_DECLARE_FINAL_TYPE (EdgeShortcutsDialog, edge_shortcuts_dialog, EDGE, SHORTCUTS_DIALOG, AdwDialog)

AdwDialog *edge_shortcuts_dialog_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
