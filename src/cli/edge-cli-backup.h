/* edge-cli-backup.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/edge-cli-options.h"

G_BEGIN_DECLS

int edge_cli_backup_write   (EdgeCliOptions *options);
int edge_cli_backup_restore (EdgeCliOptions *options);
int edge_cli_backup_claim   (EdgeCliOptions *options);

G_END_DECLS
