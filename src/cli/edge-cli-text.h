/* edge-cli-text.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean edge_cli_text_read_time (const char *text,
                                  gint64     *milliseconds);
char    *edge_cli_text_duration  (gint64      milliseconds) G_GNUC_WARN_UNUSED_RESULT;
char    *edge_cli_text_clean     (const char *foreign) G_GNUC_WARN_UNUSED_RESULT;
char    *edge_cli_text_latency   (JsonObject *peer) G_GNUC_WARN_UNUSED_RESULT;
char    *edge_cli_text_status    (JsonObject *status) G_GNUC_WARN_UNUSED_RESULT;
char    *edge_cli_text_peers     (JsonArray  *peers) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
