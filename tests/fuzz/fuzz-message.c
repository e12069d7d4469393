/* fuzz-message.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "base/edge-json.h"
#include "node/edge-message-log.h"

#define MAX_FRAME 65536

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(JsonObject) frame = edge_json_parse ((const char *) data, size, MAX_FRAME, NULL);
  g_autoptr(EdgeMessageLog) log = NULL;
  EdgeMessage *message;

  if (frame == NULL)
    return 0;

  log = edge_message_log_new ();
  message = edge_message_log_take (log, "peer", frame, 0, 0, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, message != NULL);
  if (message != NULL)
    {
      g_assert_cmpuint (strlen (edge_message_get_text (message)), <=, EDGE_MESSAGE_MAX_TEXT);
      g_assert_true (g_utf8_validate (edge_message_get_text (message), -1, NULL));
    }
  return 0;
}
