/* edge-preset-button.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_PRESET_BUTTON (edge_preset_button_get_type ())

G_DECLARE_FINAL_TYPE (EdgePresetButton, edge_preset_button, EDGE, PRESET_BUTTON, GtkToggleButton)

G_END_DECLS
