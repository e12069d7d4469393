/* edge-qr-render.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "invite/edge-qr-matrix.h"

G_BEGIN_DECLS

char   *edge_qr_render_svg      (EdgeQrMatrix *matrix,
                                 guint         module_size) G_GNUC_WARN_UNUSED_RESULT;
GBytes *edge_qr_render_png      (EdgeQrMatrix *matrix,
                                 guint         module_size) G_GNUC_WARN_UNUSED_RESULT;
char   *edge_qr_render_terminal (EdgeQrMatrix *matrix,
                                 gboolean      colors) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
