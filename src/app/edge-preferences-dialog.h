/* edge-preferences-dialog.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-background.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_PREFERENCES_DIALOG (edge_preferences_dialog_get_type ())

G_DECLARE_FINAL_TYPE (EdgePreferencesDialog, edge_preferences_dialog, EDGE, PREFERENCES_DIALOG,
                      AdwPreferencesDialog)

AdwDialog *edge_preferences_dialog_new (EdgeNode       *node,
                                        GSettings      *settings,
                                        EdgeBackground *background,
                                        const char     *page) G_GNUC_WARN_UNUSED_RESULT;
void       edge_preferences_dialog_say (GtkWidget      *inside,
                                        const char     *text);

G_END_DECLS
