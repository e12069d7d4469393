/* fuzz-handshake-hello.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "base/edge-json.h"
#include "mesh/edge-handshake.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

#define ID "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(JsonObject) frame = edge_json_parse ((const char *) data, size, 4080, NULL);
  g_autoptr(EdgeHello) hello = NULL;
  g_autoptr(GError) error = NULL;
  EdgeHello own = { .network = (char *) ID, .challenge = (char *) ID };
  EdgeHandshakeSide us = { ID, &own, "here" };
  EdgeHandshakeSide peer = { ID, NULL, "there" };

  if (frame == NULL)
    return 0;
  hello = edge_hello_parse (frame, ID, &error);
  g_assert_true ((hello == NULL) == (error != NULL));
  if (hello != NULL)
    {
      g_assert_cmpuint (strlen (hello->name), <=, EDGE_HANDSHAKE_MAX_NAME);
      g_assert_true (g_utf8_validate (hello->name, -1, NULL));
      g_assert_null (strpbrk (hello->name, "\n\r\t\033"));
      peer.hello = hello;
      g_assert_false (edge_handshake_verify (frame, &us, &peer, NULL));
    }
  return 0;
}
