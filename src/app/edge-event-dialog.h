/* edge-event-dialog.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_EVENT_DIALOG (edge_event_dialog_get_type ())

G_DECLARE_FINAL_TYPE (EdgeEventDialog, edge_event_dialog, EDGE, EVENT_DIALOG, AdwDialog)

GtkWidget *edge_event_dialog_new        (GObject         *books,
                                         GListModel      *peers,
                                         const char      *own_id) G_GNUC_WARN_UNUSED_RESULT;

void       edge_event_dialog_show_entry (EdgeEventDialog *self,
                                         GObject         *entry);

G_END_DECLS
