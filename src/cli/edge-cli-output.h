/* edge-cli-output.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void edge_cli_output_line   (const char   *text);
void edge_cli_output_node   (JsonNode     *node);
void edge_cli_output_id     (gboolean      json,
                             const char   *id);
void edge_cli_output_note   (const char   *text);
void edge_cli_output_error  (gboolean      json,
                             const char   *code,
                             const char   *message,
                             const char   *remedy);
int  edge_cli_output_gerror (gboolean      json,
                             const GError *error);

G_END_DECLS
