/* edge-cli-commands.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/edge-cli-options.h"

G_BEGIN_DECLS

int edge_cli_commands_ask      (EdgeCliOptions *options);
int edge_cli_commands_identity (EdgeCliOptions *options);
int edge_cli_commands_no_node  (EdgeCliOptions *options,
                                const GError   *error);

int edge_cli_commands_no_node  (EdgeCliOptions *options,
                                const GError   *error);

G_END_DECLS
