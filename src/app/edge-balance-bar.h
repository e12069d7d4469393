/* edge-balance-bar.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"

G_BEGIN_DECLS

#define EDGE_TYPE_BALANCE_BAR (edge_balance_bar_get_type ())

/**
 * EdgeBalancePart:
 * @EDGE_BALANCE_AVAILABLE: to be spent now
 * @EDGE_BALANCE_LOCKED: earned, free later
 * @EDGE_BALANCE_ESCROWED: set aside for work that was ordered
 * @EDGE_BALANCE_STAKED: what one stands for one's word with
 */
typedef enum
{
  EDGE_BALANCE_AVAILABLE,
  EDGE_BALANCE_LOCKED,
  EDGE_BALANCE_ESCROWED,
  EDGE_BALANCE_STAKED,
} EdgeBalancePart;

#define EDGE_BALANCE_N_PARTS (EDGE_BALANCE_STAKED + 1)

G_DECLARE_FINAL_TYPE (EdgeBalanceBar, edge_balance_bar, EDGE, BALANCE_BAR, EdgeDrawing)

GtkWidget *edge_balance_bar_new         (void) G_GNUC_WARN_UNUSED_RESULT;

void       edge_balance_bar_set_amounts (EdgeBalanceBar *self,
                                         const guint64  *amounts);
void       edge_balance_bar_layout      (const guint64  *amounts,
                                         double          width,
                                         double         *starts,
                                         double         *widths);

G_END_DECLS
