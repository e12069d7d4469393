/* edge-ledger-banner.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void edge_ledger_banner_follow (AdwBanner *banner,
                                GObject   *node);

G_END_DECLS
