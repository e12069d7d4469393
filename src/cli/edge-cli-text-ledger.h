/* edge-cli-text-ledger.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char *edge_cli_text_ledger   (JsonNode *status) G_GNUC_WARN_UNUSED_RESULT;
char *edge_cli_text_entries  (JsonNode *entries) G_GNUC_WARN_UNUSED_RESULT;
char *edge_cli_text_entry    (JsonNode *entry) G_GNUC_WARN_UNUSED_RESULT;
char *edge_cli_text_import   (JsonNode *result) G_GNUC_WARN_UNUSED_RESULT;
char *edge_cli_text_balance  (JsonNode *balance) G_GNUC_WARN_UNUSED_RESULT;
char *edge_cli_text_members  (JsonNode *members) G_GNUC_WARN_UNUSED_RESULT;
char *edge_cli_text_network  (JsonNode *network) G_GNUC_WARN_UNUSED_RESULT;
char *edge_cli_text_networks (JsonNode *networks) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
