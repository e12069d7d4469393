/* edge-event-row.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_EVENT_ROW (edge_event_row_get_type ())

G_DECLARE_FINAL_TYPE (EdgeEventRow, edge_event_row, EDGE, EVENT_ROW, GtkWidget)

GtkWidget *edge_event_row_new        (void) G_GNUC_WARN_UNUSED_RESULT;

void       edge_event_row_set_entry  (EdgeEventRow *self,
                                      GObject      *entry);
void       edge_event_row_set_people (EdgeEventRow *self,
                                      GListModel   *peers,
                                      const char   *own_id);

G_END_DECLS
