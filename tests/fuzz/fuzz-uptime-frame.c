/* fuzz-uptime-frame.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-json.h"
#include "mesh/edge-mux.h"
#include "mesh/edge-uptime-frame.h"
#include "mesh/edge-uptime-log.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

/* The frames about uptime, and the file of what was measured. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(EdgeUptimeLog) log = edge_uptime_log_new ();
  g_autoptr(JsonObject) frame = edge_json_parse ((const char *) data, size, EDGE_MUX_MAX_FRAME, NULL);
  EdgeMark mark;
  guint64 day;

  if (frame != NULL && edge_uptime_frame_read_mark (frame, &day, &mark, NULL))
    {
      g_autoptr(JsonObject) printed = edge_uptime_frame_mark (day, &mark);
      EdgeMark again;
      guint64 same;

      g_assert_true (edge_uptime_frame_read_mark (printed, &same, &again, NULL));
      g_assert_cmpuint (same, ==, day);
      g_assert_cmpuint (again.mask, ==, mark.mask);
      g_assert_cmpmem (again.signature, sizeof again.signature, mark.signature, sizeof mark.signature);
      g_assert_cmpuint (mark.mask, <, 1 << 24);
    }
  if (edge_uptime_log_parse (log, (const char *) data, size, NULL))
    {
      g_autofree char *text = edge_uptime_log_print (log);

      g_assert_nonnull (text);
    }
  return 0;
}
