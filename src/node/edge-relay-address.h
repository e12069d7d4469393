/* edge-relay-address.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_RELAY_ADDRESS_MAX: Characters of an address at most. */
#define EDGE_RELAY_ADDRESS_MAX 2048

gboolean edge_relay_address_read (const char  *typed,
                                  char       **url,
                                  char       **token,
                                  GError     **error);

G_END_DECLS
