/* edge-history-table.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-history.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_HISTORY_TABLE (edge_history_table_get_type ())

G_DECLARE_FINAL_TYPE (EdgeHistoryTable, edge_history_table, EDGE, HISTORY_TABLE, AdwBin)

G_END_DECLS
