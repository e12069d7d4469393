/* edge-ice-servers.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_ICE_SERVERS_MAX: URIs taken over from a relay at most. */
#define EDGE_ICE_SERVERS_MAX 16

GStrv edge_ice_servers_from_json (const char  *text,
                                  gsize        length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
