/* edge-ledger-page.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_LEDGER_PAGE (edge_ledger_page_get_type ())

G_DECLARE_FINAL_TYPE (EdgeLedgerPage, edge_ledger_page, EDGE, LEDGER_PAGE, AdwNavigationPage)

void edge_ledger_page_show_event (EdgeLedgerPage *self,
                                  const char     *id);

G_END_DECLS
