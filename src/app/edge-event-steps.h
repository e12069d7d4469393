/* edge-event-steps.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_EVENT_STEPS (edge_event_steps_get_type ())

G_DECLARE_FINAL_TYPE (EdgeEventSteps, edge_event_steps, EDGE, EVENT_STEPS, AdwPreferencesRow)

GtkWidget *edge_event_steps_new (GObject *entry,
                                 GObject *books) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
