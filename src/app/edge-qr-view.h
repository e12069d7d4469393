/* edge-qr-view.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "invite/edge-qr-matrix.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_QR_VIEW (edge_qr_view_get_type ())

G_DECLARE_FINAL_TYPE (EdgeQrView, edge_qr_view, EDGE, QR_VIEW, GtkWidget)

const char *edge_qr_view_get_text (EdgeQrView  *self);
void        edge_qr_view_set_text (EdgeQrView  *self,
                                   const char  *text);

G_END_DECLS
