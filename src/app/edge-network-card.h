/* edge-network-card.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_NETWORK_CARD (edge_network_card_get_type ())

G_DECLARE_FINAL_TYPE (EdgeNetworkCard, edge_network_card, EDGE, NETWORK_CARD, AdwPreferencesGroup)

G_END_DECLS
