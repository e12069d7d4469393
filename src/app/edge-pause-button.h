/* edge-pause-button.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-node.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_PAUSE_BUTTON (edge_pause_button_get_type ())

G_DECLARE_FINAL_TYPE (EdgePauseButton, edge_pause_button, EDGE, PAUSE_BUTTON, AdwBin)

G_END_DECLS
