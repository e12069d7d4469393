/* edge-reason.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-reason.h"

#include <glib/gi18n.h>

/**
 * edge_reason_describe:
 * @reason: why the policy decided as it did
 *
 * Returns: a few translated words for it, for places where the headline is too long
 */
const char *
edge_reason_describe (EdgePolicyReason reason)
{
  switch (reason)
    {
    case EDGE_POLICY_REASON_HERE:
      return _("you are here");
    case EDGE_POLICY_REASON_AWAY:
      return _("you are away");
    case EDGE_POLICY_REASON_UNSEEN:
      return _("as if you were here");
    case EDGE_POLICY_REASON_MORE:
      return _("this hour allows more");
    case EDGE_POLICY_REASON_ASKED:
      return _("as you asked");
    case EDGE_POLICY_REASON_PAUSED:
      return _("paused by you");
    case EDGE_POLICY_REASON_HEAT:
      return _("too hot");
    case EDGE_POLICY_REASON_BATTERY:
      return _("on battery");
    case EDGE_POLICY_REASON_POWER_SAVER:
      return _("power saver");
    case EDGE_POLICY_REASON_METERED:
      return _("metered network");
    case EDGE_POLICY_REASON_SCHEDULE:
      return _("not in this hour");
    case EDGE_POLICY_REASON_NOTHING_SET:
      return _("share set to nothing");
    default:
      return "";
    }
}

/**
 * edge_reason_icon_name:
 * @reason: why the policy decided as it did
 *
 * Returns: the symbolic icon for it
 */
const char *
edge_reason_icon_name (EdgePolicyReason reason)
{
  switch (reason)
    {
    case EDGE_POLICY_REASON_HERE:
    case EDGE_POLICY_REASON_UNSEEN:
      return "edge-here-symbolic";
    case EDGE_POLICY_REASON_AWAY:
      return "edge-away-symbolic";
    case EDGE_POLICY_REASON_MORE:
    case EDGE_POLICY_REASON_SCHEDULE:
      return "x-office-calendar-symbolic";
    case EDGE_POLICY_REASON_PAUSED:
      return "media-playback-pause-symbolic";
    case EDGE_POLICY_REASON_HEAT:
      return "edge-heat-symbolic";
    case EDGE_POLICY_REASON_BATTERY:
      return "battery-symbolic";
    case EDGE_POLICY_REASON_POWER_SAVER:
      return "edge-leaf-symbolic";
    case EDGE_POLICY_REASON_METERED:
      return "edge-unmetered-symbolic";
    case EDGE_POLICY_REASON_ASKED:
    case EDGE_POLICY_REASON_NOTHING_SET:
    default:
      return "edge-overview-symbolic";
    }
}
