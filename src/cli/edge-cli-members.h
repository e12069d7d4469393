/* edge-cli-members.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/edge-cli-options.h"

G_BEGIN_DECLS

int edge_cli_members_list       (EdgeCliOptions *options);
int edge_cli_members_answer     (EdgeCliOptions *options);
int edge_cli_members_validators (EdgeCliOptions *options);

G_END_DECLS
