/* edge-peer-sorter.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-peer-sorter.h"

#include "app/edge-format.h"
#include "mesh/edge-peer.h"

#include <math.h>
#include <string.h>

/* How peers are ordered and found in a list. */

static int
compare_numbers (double a,
                 double b)
{
  /* What is not known comes last. */
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);

  return (a > b) - (a < b);
}

static int
compare_names (EdgePeer *a,
               EdgePeer *b)
{
  const char *x = edge_peer_get_name (a);
  const char *y = edge_peer_get_name (b);
  int order;

  if (x == NULL || y == NULL)
    return (x == NULL) - (y == NULL);

  order = g_utf8_collate (x, y);
  return (order > 0) - (order < 0);
}

static int
compare_peers (gconstpointer first,
               gconstpointer second,
               gpointer      user_data)
{
  EdgePeer *a = EDGE_PEER ((gpointer) first);
  EdgePeer *b = EDGE_PEER ((gpointer) second);
  gboolean linked_a = edge_peer_get_state (a) == EDGE_PEER_STATE_CONNECTED;
  gboolean linked_b = edge_peer_get_state (b) == EDGE_PEER_STATE_CONNECTED;
  int order = 0;

  if (linked_a != linked_b)
    return linked_b - linked_a;

  switch ((EdgePeerOrder) GPOINTER_TO_INT (user_data))
    {
    case EDGE_PEER_ORDER_PATH:
      order = (int) edge_peer_get_path (a) - (int) edge_peer_get_path (b);
      break;
    case EDGE_PEER_ORDER_TRAFFIC:
      order = compare_numbers (edge_peer_get_in_rate (a) + edge_peer_get_out_rate (a),
                               edge_peer_get_in_rate (b) + edge_peer_get_out_rate (b));
      break;
    case EDGE_PEER_ORDER_LATENCY:
      order = compare_numbers (edge_peer_get_latency (a), edge_peer_get_latency (b));
      break;
    case EDGE_PEER_ORDER_NAME:
    default:
      break;
    }
  if (order == 0)
    order = compare_names (a, b);
  if (order == 0)
    order = g_strcmp0 (edge_peer_get_id (a), edge_peer_get_id (b));

  return order;
}

GtkSorter *
edge_peer_sorter_new (EdgePeerOrder order)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_peers, GINT_TO_POINTER (order), NULL));
}

/**
 * edge_peer_fold_search:
 * @text: (nullable): what the person typed
 *
 * Returns: (transfer full) (nullable): the same for edge_peer_matches(), %NULL if nothing
 */
char *
edge_peer_fold_search (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  return *stripped != '\0' ? g_utf8_casefold (stripped, -1) : NULL;
}

/**
 * edge_peer_matches:
 * @peer: an [class@EdgePeer]
 * @folded_text: (nullable): from edge_peer_fold_search()
 *
 * Returns: whether the name, the way it was found or its path has the text in it, or its key
 *   begins with it
 */
gboolean
edge_peer_matches (gpointer    peer,
                   const char *folded_text)
{
  EdgePeer *self = EDGE_PEER (peer);
  g_autofree char *found = NULL;
  g_autofree char *path = NULL;
  g_autofree char *all = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *id = NULL;

  if (folded_text == NULL)
    return TRUE;

  found = edge_format_found (edge_peer_get_found (self));
  path = edge_format_path (edge_peer_get_path (self), edge_peer_get_state (self));
  all = g_strjoin ("\n", edge_peer_get_name (self) != NULL ? edge_peer_get_name (self) : "",
                   found, path, NULL);
  folded = g_utf8_casefold (all, -1);
  id = g_utf8_casefold (edge_peer_get_id (self) != NULL ? edge_peer_get_id (self) : "", -1);

  return strstr (folded, folded_text) != NULL || g_str_has_prefix (id, folded_text);
}
