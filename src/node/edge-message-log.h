/* edge-message-log.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "node/edge-message.h"

G_BEGIN_DECLS

#define EDGE_TYPE_MESSAGE_LOG (edge_message_log_get_type ())

/** EDGE_MESSAGE_MAX_TEXT: Bytes of a text at most. */
#define EDGE_MESSAGE_MAX_TEXT 4096

/** EDGE_MESSAGE_LOG_MAX: Messages kept; older ones are forgotten. */
#define EDGE_MESSAGE_LOG_MAX 500

G_DECLARE_FINAL_TYPE (EdgeMessageLog, edge_message_log, EDGE, MESSAGE_LOG, GObject)

EdgeMessageLog *edge_message_log_new         (void) G_GNUC_WARN_UNUSED_RESULT;

EdgeMessage    *edge_message_log_take        (EdgeMessageLog  *self,
                                              const char      *peer_id,
                                              JsonObject      *frame,
                                              gint64           now,
                                              gint64           wall_clock,
                                              GError         **error);
void            edge_message_log_add         (EdgeMessageLog  *self,
                                              EdgeMessage     *message);

JsonObject     *edge_message_log_make_frame  (const char      *text,
                                              GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
