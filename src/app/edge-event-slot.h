/* edge-event-slot.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_TYPE_EVENT_SLOT (edge_event_slot_get_type ())

G_DECLARE_FINAL_TYPE (EdgeEventSlot, edge_event_slot, EDGE, EVENT_SLOT, GObject)

EdgeEventSlot *edge_event_slot_new       (void) G_GNUC_WARN_UNUSED_RESULT;

void           edge_event_slot_set_entry (EdgeEventSlot *self,
                                          GObject       *entry);

G_END_DECLS
