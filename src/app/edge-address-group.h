/* edge-address-group.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-node-group.h"

G_BEGIN_DECLS

#define EDGE_TYPE_ADDRESS_GROUP (edge_address_group_get_type ())

/** EDGE_ADDRESS_GROUP_MAX: Addresses one list may hold. */
#define EDGE_ADDRESS_GROUP_MAX 16

/** EDGE_ADDRESS_GROUP_MAX_LENGTH: Bytes of one address at most. */
#define EDGE_ADDRESS_GROUP_MAX_LENGTH 512

G_DECLARE_FINAL_TYPE (EdgeAddressGroup, edge_address_group, EDGE, ADDRESS_GROUP, EdgeNodeGroup)

gboolean edge_address_is_relay (const char *text);
gboolean edge_address_is_ice   (const char *text);

G_END_DECLS
