/* edge-overview-page.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-history.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_OVERVIEW_PAGE (edge_overview_page_get_type ())

G_DECLARE_FINAL_TYPE (EdgeOverviewPage, edge_overview_page, EDGE, OVERVIEW_PAGE, AdwNavigationPage)

G_END_DECLS
