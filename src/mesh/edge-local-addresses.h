/* edge-local-addresses.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GStrv    edge_local_addresses_dup    (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean edge_local_addresses_gained (const char * const *before,
                                      const char * const *now);

G_END_DECLS
