/* edge-ledger-error.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-error.h"

G_DEFINE_QUARK (edge-ledger-error, edge_ledger_error)
