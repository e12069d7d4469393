/* edge-relay-ice.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "relay/edge-relay-config.h"

G_BEGIN_DECLS

char *edge_relay_ice_credential   (const char            *secret,
                                   const char            *username) G_GNUC_WARN_UNUSED_RESULT;
void  edge_relay_ice_append_array (GString               *out,
                                   const EdgeRelayConfig *config,
                                   const char            *user,
                                   gint64                 unix_time);

G_END_DECLS
