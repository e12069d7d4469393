/* edge-dial.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"

G_BEGIN_DECLS

#define EDGE_TYPE_DIAL (edge_dial_get_type ())

G_DECLARE_FINAL_TYPE (EdgeDial, edge_dial, EDGE, DIAL, EdgeDrawing)

GtkWidget *edge_dial_new           (int       size) G_GNUC_WARN_UNUSED_RESULT;

double     edge_dial_get_share     (EdgeDial *self);
void       edge_dial_set_share     (EdgeDial *self,
                                    double    share);
double     edge_dial_get_waiting   (EdgeDial *self);
void       edge_dial_set_waiting   (EdgeDial *self,
                                    double    waiting);
int        edge_dial_get_size      (EdgeDial *self);
void       edge_dial_set_size      (EdgeDial *self,
                                    int       size);
gboolean   edge_dial_get_show_text (EdgeDial *self);
void       edge_dial_set_show_text (EdgeDial *self,
                                    gboolean  show_text);

G_END_DECLS
