/* edge-preset.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-preset.h"

#include <math.h>

G_DEFINE_ENUM_TYPE (EdgePreset, edge_preset,
                    G_DEFINE_ENUM_VALUE (EDGE_PRESET_QUIET, "quiet"),
                    G_DEFINE_ENUM_VALUE (EDGE_PRESET_BALANCED, "balanced"),
                    G_DEFINE_ENUM_VALUE (EDGE_PRESET_FULL, "full"),
                    G_DEFINE_ENUM_VALUE (EDGE_PRESET_CUSTOM, "custom"))

static const struct
{
  double away;
  double here;
} shares[EDGE_PRESET_CUSTOM] = {
  [EDGE_PRESET_QUIET] = { 0.10, 0.00 },
  [EDGE_PRESET_BALANCED] = { 0.30, 0.10 },
  [EDGE_PRESET_FULL] = { 0.50, 0.50 },
};

/**
 * edge_preset_of:
 * @settings: the settings of the app
 *
 * Returns: the preset whose shares are set
 */
EdgePreset
edge_preset_of (GSettings *settings)
{
  double away = g_settings_get_double (settings, "share-away");
  double here = g_settings_get_double (settings, "share-here");

  for (guint preset = 0; preset < EDGE_PRESET_CUSTOM; preset++)
    {
      if (fabs (shares[preset].away - away) < 0.005 && fabs (shares[preset].here - here) < 0.005)
        return preset;
    }

  return EDGE_PRESET_CUSTOM;
}

/**
 * edge_preset_apply:
 * @preset: a preset; with %EDGE_PRESET_CUSTOM nothing changes
 * @settings: the settings of the app
 */
void
edge_preset_apply (EdgePreset  preset,
                   GSettings  *settings)
{
  if (preset == EDGE_PRESET_CUSTOM || preset == edge_preset_of (settings))
    return;

  g_settings_set_double (settings, "share-away", shares[preset].away);
  g_settings_set_double (settings, "share-here", shares[preset].here);
}
