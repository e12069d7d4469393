/* edge-share-slider.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_SHARE_SLIDER (edge_share_slider_get_type ())

G_DECLARE_FINAL_TYPE (EdgeShareSlider, edge_share_slider, EDGE, SHARE_SLIDER, GtkWidget)

G_END_DECLS
