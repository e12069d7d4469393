/* edge-welcome-page.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-node.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_WELCOME_PAGE (edge_welcome_page_get_type ())

G_DECLARE_FINAL_TYPE (EdgeWelcomePage, edge_welcome_page, EDGE, WELCOME_PAGE, AdwBin)

G_END_DECLS
