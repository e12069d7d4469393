/* edge-multiplier-card.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-book-figures.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_MULTIPLIER_CARD (edge_multiplier_card_get_type ())

G_DECLARE_FINAL_TYPE (EdgeMultiplierCard, edge_multiplier_card, EDGE, MULTIPLIER_CARD, AdwBin)

void edge_multiplier_card_set_figures (EdgeMultiplierCard    *self,
                                       const EdgeBookFigures *figures);

G_END_DECLS
