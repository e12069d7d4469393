/* edge-earnings-page.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_EARNINGS_PAGE (edge_earnings_page_get_type ())

G_DECLARE_FINAL_TYPE (EdgeEarningsPage, edge_earnings_page, EDGE, EARNINGS_PAGE, AdwNavigationPage)

G_END_DECLS
