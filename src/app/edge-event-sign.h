/* edge-event-sign.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"
#include "node/edge-book-entry.h"

G_BEGIN_DECLS

#define EDGE_TYPE_EVENT_SIGN (edge_event_sign_get_type ())

G_DECLARE_FINAL_TYPE (EdgeEventSign, edge_event_sign, EDGE, EVENT_SIGN, EdgeDrawing)

GtkWidget *edge_event_sign_new       (EdgeBookState   state,
                                      gboolean        mine) G_GNUC_WARN_UNUSED_RESULT;
void       edge_event_sign_set_state (EdgeEventSign  *self,
                                      EdgeBookState   state,
                                      gboolean        mine);

void       edge_event_sign_paint     (EdgeDrawing    *drawing,
                                      GtkSnapshot    *snapshot,
                                      EdgeBookState   state,
                                      gboolean        mine,
                                      gboolean        tip,
                                      double          x,
                                      double          y,
                                      double          radius);

G_END_DECLS
