/* edge-cli-identity.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/edge-cli-options.h"
#include "identity/edge-identity.h"

G_BEGIN_DECLS

EdgeIdentity *edge_cli_identity_obtain (EdgeCliOptions  *options,
                                        GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
