/* edge-format-closures.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void edge_format_bind        (GtkWidgetClass *widget_class);
void edge_format_set_network (const char     *id);

G_END_DECLS
