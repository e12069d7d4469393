/* edge-background-page.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-background.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_BACKGROUND_PAGE (edge_background_page_get_type ())

G_DECLARE_FINAL_TYPE (EdgeBackgroundPage, edge_background_page, EDGE, BACKGROUND_PAGE,
                      AdwPreferencesPage)

G_END_DECLS
