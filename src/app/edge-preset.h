/* edge-preset.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_TYPE_PRESET (edge_preset_get_type ())

/**
 * EdgePreset:
 * @EDGE_PRESET_QUIET: a tenth while the person is away, nothing while here
 * @EDGE_PRESET_BALANCED: some while away, little while here
 * @EDGE_PRESET_FULL: half of the CPU at all times
 * @EDGE_PRESET_CUSTOM: shares of the person's own
 */
typedef enum
{
  EDGE_PRESET_QUIET,
  EDGE_PRESET_BALANCED,
  EDGE_PRESET_FULL,
  EDGE_PRESET_CUSTOM,
} EdgePreset;

GType      edge_preset_get_type (void) G_GNUC_CONST;

EdgePreset edge_preset_of       (GSettings  *settings);
void       edge_preset_apply    (EdgePreset  preset,
                                 GSettings  *settings);

G_END_DECLS
