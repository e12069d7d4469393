/* edge-message.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define EDGE_TYPE_MESSAGE (edge_message_get_type ())

G_DECLARE_FINAL_TYPE (EdgeMessage, edge_message, EDGE, MESSAGE, GObject)

EdgeMessage *edge_message_new          (const char  *peer_id,
                                        const char  *text,
                                        gboolean     outgoing,
                                        gint64       time) G_GNUC_WARN_UNUSED_RESULT;

const char  *edge_message_get_peer_id  (EdgeMessage *self);
const char  *edge_message_get_text     (EdgeMessage *self);
gboolean     edge_message_get_outgoing (EdgeMessage *self);
gint64       edge_message_get_time     (EdgeMessage *self);

G_END_DECLS
