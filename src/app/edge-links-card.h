/* edge-links-card.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-history.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_LINKS_CARD (edge_links_card_get_type ())

G_DECLARE_FINAL_TYPE (EdgeLinksCard, edge_links_card, EDGE, LINKS_CARD, AdwBin)

G_END_DECLS
