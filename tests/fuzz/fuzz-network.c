/* fuzz-network.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "base/edge-base64.h"
#include "node/edge-network.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

/* A network file, whose members also come over a link. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeNetwork) network = edge_network_parse ((const char *) data, size, &error);
  g_autoptr(EdgeNetwork) again = NULL;
  g_autoptr(EdgeRoom) room = NULL;
  g_autofree char *text = NULL;

  g_assert_true ((network == NULL) == (error != NULL));
  if (network == NULL)
    return 0;

  g_assert_true (edge_base64url_is_key (network->id));
  g_assert_true (g_utf8_validate (network->name, -1, NULL));
  g_assert_cmpuint (g_strv_length (network->relays), <=, EDGE_NETWORK_MAX_RELAYS);
  room = edge_network_make_room (network);
  g_assert_cmpstr (edge_room_get_network_id (room), ==, network->id);

  text = edge_network_to_text (network);
  again = edge_network_parse (text, strlen (text), NULL);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->id, ==, network->id);
  return 0;
}
