/* edge-uptime-frame.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-uptime-frame.h"

#include "base/edge-base64.h"
#include "base/edge-json.h"

/* Days since the epoch, far beyond any calendar and far from overflow in milliseconds. */
#define MAX_DAY          1000000000
#define MAX_MASK         ((1 << 24) - 1)
#define SIGNATURE_LENGTH 86

/**
 * edge_uptime_frame_request:
 * @day: a day, counted from the epoch
 *
 * Returns: (transfer full): what asks for a mark
 */
JsonObject *
edge_uptime_frame_request (guint64 day)
{
  JsonObject *frame = json_object_new ();

  json_object_set_string_member (frame, "type", EDGE_UPTIME_REQUEST);
  json_object_set_int_member (frame, "day", (gint64) day);
  return frame;
}

/**
 * edge_uptime_frame_mark:
 * @day: a day, counted from the epoch
 * @mark: what was measured, signed unless its mask is 0
 *
 * Returns: (transfer full): the answer
 */
JsonObject *
edge_uptime_frame_mark (guint64         day,
                        const EdgeMark *mark)
{
  JsonObject *frame = json_object_new ();

  json_object_set_string_member (frame, "type", EDGE_UPTIME_MARK);
  json_object_set_int_member (frame, "day", (gint64) day);
  json_object_set_int_member (frame, "mask", mark->mask);
  if (mark->mask != 0)
    {
      g_autofree char *sig = edge_base64url_encode (mark->signature, sizeof mark->signature);

      json_object_set_string_member (frame, "sig", sig);
    }
  return frame;
}

/**
 * edge_uptime_frame_read_request:
 * @frame: a stranger's
 * @day: (out): for which day it asks
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * Returns: whether it is well-formed
 */
gboolean
edge_uptime_frame_read_request (JsonObject  *frame,
                                guint64     *day,
                                GError     **error)
{
  gint64 number = 0;

  if (!edge_json_require (frame, "day", error) ||
      !edge_json_read_int (frame, "day", 0, MAX_DAY, &number, error))
    return FALSE;
  *day = (guint64) number;
  return TRUE;
}

/**
 * edge_uptime_frame_read_mark:
 * @frame: a stranger's
 * @day: (out): which day it is about
 * @mark: (out): mask and signature, not yet checked; a mask of 0 has none
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * Returns: whether it is well-formed
 */
gboolean
edge_uptime_frame_read_mark (JsonObject  *frame,
                             guint64     *day,
                             EdgeMark    *mark,
                             GError     **error)
{
  const char *sig = NULL;
  gint64 mask = 0;

  if (!edge_uptime_frame_read_request (frame, day, error) ||
      !edge_json_require (frame, "mask", error) ||
      !edge_json_read_int (frame, "mask", 0, MAX_MASK, &mask, error) ||
      !edge_json_read_string (frame, "sig", SIGNATURE_LENGTH, &sig, error))
    return FALSE;
  *mark = (EdgeMark) { .mask = (guint32) mask };
  if (mask == 0)
    return TRUE;
  if (sig == NULL ||
      !edge_base64url_decode_fixed (sig, -1, mark->signature, sizeof mark->signature))
    {
      g_set_error_literal (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_MEMBER, "“sig” is no signature");
      return FALSE;
    }
  return TRUE;
}
