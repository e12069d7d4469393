/* edge-map-model.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-map-model.h"

#include "config.h"

#include "app/edge-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * EdgeMapModel:
 *
 * Which peers are on the map, in the order of their keys, and what is drawn of each.
 *
 * Listens to the peers and emits [signal@EdgeMapModel::outdated] once when
 * something changed; edge_map_model_refresh() reads it all anew. So many
 * changes at once cost one refresh, and none while nobody looks.
 */

struct _EdgeMapModel
{
  GObject     parent_instance;

  GListModel *peers;
  GPtrArray  *watched; /* the peers listened to, by place in the list */
  GPtrArray  *shown;   /* (nullable) items of a node; NULL in an illustration */
  GPtrArray  *ids;
  GArray     *nodes;
  guint       serial;
  gboolean    outdated;
};

enum
{
  OUTDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeMapModel, edge_map_model, G_TYPE_OBJECT)

/* A picture of what a network is like, for the first start; no peer is meant. */
static const struct
{
  const char   *key;
  double        latency;
  double        traffic;
  EdgePeerPath  path;
} illustration[] = {
  { "harbour", 58, .8, EDGE_PEER_PATH_DIRECT },
  { "lantern", 95, .2, EDGE_PEER_PATH_TURN },
  { "meadow", 76, .3, EDGE_PEER_PATH_DIRECT },
  { "orchard", 190, .1, EDGE_PEER_PATH_RELAYED },
  { "river", 41, .3, EDGE_PEER_PATH_DIRECT },
  { "summit", 170, .1, EDGE_PEER_PATH_RELAYED },
  { "valley", 30, .7, EDGE_PEER_PATH_DIRECT },
  { "willow", 44, .3, EDGE_PEER_PATH_DIRECT },
  { "zephyr", 120, .2, EDGE_PEER_PATH_TURN },
};

static void
mark_outdated (EdgeMapModel *self)
{
  if (self->outdated)
    return;
  self->outdated = TRUE;
  g_signal_emit (self, signals[OUTDATED], 0);
}

static void
peer_notify_cb (EdgeMapModel *self)
{
  mark_outdated (self);
}

static void
unwatch (EdgeMapModel *self,
         EdgePeer     *peer)
{
  g_signal_handlers_disconnect_by_func (peer, peer_notify_cb, self);
  g_object_unref (peer);
}

static void
items_changed_cb (EdgeMapModel *self,
                  guint         position,
                  guint         removed,
                  guint         added,
                  GListModel   *peers)
{
  for (guint i = 0; i < removed; i++)
    unwatch (self, g_ptr_array_steal_index (self->watched, position));
  for (guint i = 0; i < added; i++)
    {
      EdgePeer *peer = g_list_model_get_item (peers, position + i);

      g_signal_connect_object (peer, "notify", G_CALLBACK (peer_notify_cb), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_insert (self->watched, position + i, peer);
    }
  mark_outdated (self);
}

static void
unwatch_all (EdgeMapModel *self)
{
  while (self->watched->len > 0)
    unwatch (self, g_ptr_array_steal_index_fast (self->watched, self->watched->len - 1));
}

static void
edge_map_model_dispose (GObject *object)
{
  EdgeMapModel *self = EDGE_MAP_MODEL (object);

  unwatch_all (self);
  g_clear_object (&self->peers);

  G_OBJECT_CLASS (edge_map_model_parent_class)->dispose (object);
}

static void
edge_map_model_finalize (GObject *object)
{
  EdgeMapModel *self = EDGE_MAP_MODEL (object);

  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->nodes, g_array_unref);

  G_OBJECT_CLASS (edge_map_model_parent_class)->finalize (object);
}

static void
edge_map_model_class_init (EdgeMapModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = edge_map_model_dispose;
  object_class->finalize = edge_map_model_finalize;

  /**
   * EdgeMapModel::outdated:
   * @self: a model
   *
   * Something changed since the last refresh. Comes once until the next one.
   */
  signals[OUTDATED] = g_signal_new ("outdated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
edge_map_model_init (EdgeMapModel *self)
{
  self->watched = g_ptr_array_new ();
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->nodes = g_array_new (FALSE, TRUE, sizeof (EdgeMapNode));
  g_array_set_clear_func (self->nodes, (GDestroyNotify) edge_map_node_clear);
}

EdgeMapModel *
edge_map_model_new (void)
{
  return g_object_new (EDGE_TYPE_MAP_MODEL, NULL);
}

GListModel *
edge_map_model_get_peers (EdgeMapModel *self)
{
  g_return_val_if_fail (EDGE_IS_MAP_MODEL (self), NULL);

  return self->peers;
}

/**
 * edge_map_model_set_peers:
 * @self: a model
 * @peers: (nullable): a list of [class@EdgePeer]
 */
void
edge_map_model_set_peers (EdgeMapModel *self,
                          GListModel   *peers)
{
  g_return_if_fail (EDGE_IS_MAP_MODEL (self));

  if (self->peers == peers)
    return;

  if (self->peers != NULL)
    g_signal_handlers_disconnect_by_func (self->peers, items_changed_cb, self);
  unwatch_all (self);
  g_set_object (&self->peers, peers);
  if (peers != NULL)
    {
      g_signal_connect_object (peers, "items-changed", G_CALLBACK (items_changed_cb), self,
                               G_CONNECT_SWAPPED);
      items_changed_cb (self, 0, 0, g_list_model_get_n_items (peers), peers);
    }
  mark_outdated (self);
}

/**
 * edge_map_model_set_illustration:
 * @self: a model without peers
 *
 * Fills it with nodes that stand for no peer and have no name or figure.
 */
void
edge_map_model_set_illustration (EdgeMapModel *self)
{
  g_return_if_fail (EDGE_IS_MAP_MODEL (self));

  g_array_set_size (self->nodes, 0);
  g_ptr_array_set_size (self->ids, 0);
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < G_N_ELEMENTS (illustration); i++)
    {
      EdgeMapNode node = {
        .latency = illustration[i].latency,
        .traffic = illustration[i].traffic,
        .traffic_out = illustration[i].traffic,
        .path = illustration[i].path,
        .linked = TRUE,
        .angle = edge_map_angle (i, G_N_ELEMENTS (illustration)),
      };

      edge_seal_bits_from_key (&node.bits, illustration[i].key);
      g_array_append_val (self->nodes, node);
      g_ptr_array_add (self->ids, g_strdup (illustration[i].key));
    }
  self->outdated = FALSE;
  self->serial++;
}

/**
 * edge_map_model_get_serial:
 * @self: a model
 *
 * Returns: another number after each time the nodes were read anew
 */
guint
edge_map_model_get_serial (EdgeMapModel *self)
{
  return self->serial;
}

guint
edge_map_model_get_length (EdgeMapModel *self)
{
  return self->nodes->len;
}

EdgeMapNode *
edge_map_model_get_nodes (EdgeMapModel *self)
{
  return (EdgeMapNode *) (gpointer) self->nodes->data;
}

const char *
edge_map_model_get_id (EdgeMapModel *self,
                       guint         index)
{
  return g_ptr_array_index (self->ids, index);
}

/**
 * edge_map_model_get_peer:
 * @self: a model
 * @index: of a node
 *
 * Returns: (transfer none) (nullable): the peer, %NULL in an illustration
 */
EdgePeer *
edge_map_model_get_peer (EdgeMapModel *self,
                         guint         index)
{
  return index < self->shown->len ? g_ptr_array_index (self->shown, index) : NULL;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (edge_peer_get_id (*(EdgePeer **) a), edge_peer_get_id (*(EdgePeer **) b));
}

/**
 * edge_map_model_find:
 * @self: a model
 * @peer_id: (nullable): an id
 *
 * Returns: the index of its node, -1 if it has none
 */
int
edge_map_model_find (EdgeMapModel *self,
                     const char   *peer_id)
{
  int low = 0, high = (int) self->ids->len - 1;

  /* Ids are in order. */
  while (peer_id != NULL && low <= high)
    {
      int middle = (low + high) / 2;
      int order = strcmp (g_ptr_array_index (self->ids, middle), peer_id);

      if (order == 0)
        return middle;
      if (order < 0)
        low = middle + 1;
      else
        high = middle - 1;
    }

  return -1;
}

static gboolean
is_shown (EdgePeer *peer)
{
  switch (edge_peer_get_state (peer))
    {
    case EDGE_PEER_STATE_CONNECTING:
    case EDGE_PEER_STATE_VERIFYING:
    case EDGE_PEER_STATE_CONNECTED:
    case EDGE_PEER_STATE_STALE:
      return edge_peer_get_id (peer) != NULL;
    case EDGE_PEER_STATE_NEW:
    case EDGE_PEER_STATE_CLOSED:
    default:
      return FALSE;
    }
}

static void
add_node (EdgeMapModel *self,
          EdgePeer     *peer,
          guint         slot)
{
  double in = edge_peer_get_in_rate (peer);
  double out = edge_peer_get_out_rate (peer);
  EdgeMapNode node = {
    .name = edge_format_peer_name (edge_peer_get_name (peer), edge_peer_get_id (peer)),
    .latency = edge_peer_get_latency (peer),
    .traffic_in = edge_map_traffic (in),
    .traffic_out = edge_map_traffic (out),
    .traffic = edge_map_traffic (in + out),
    .path = edge_peer_get_path (peer),
    .linked = edge_peer_get_state (peer) == EDGE_PEER_STATE_CONNECTED,
    .angle = edge_map_angle (slot, self->shown->len),
  };

  if (node.linked)
    node.latency_text = edge_format_ms (node.latency);
  else
    node.latency_text = edge_format_path (node.path, edge_peer_get_state (peer));
  edge_seal_bits_from_key (&node.bits, edge_peer_get_id (peer));
  g_array_append_val (self->nodes, node);
}

/* Each link among peers once, at the one with the lower index, whoever named it. */
static void
add_neighbours (EdgeMapModel *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < self->shown->len; i++)
    g_ptr_array_add (lists, g_array_new (FALSE, FALSE, sizeof (guint)));

  for (guint i = 0; i < self->shown->len; i++)
    {
      g_auto(GStrv) ids = edge_peer_dup_neighbours (g_ptr_array_index (self->shown, i));

      for (guint k = 0; ids != NULL && ids[k] != NULL; k++)
        {
          int other = edge_map_model_find (self, ids[k]);
          guint low = MIN (i, (guint) other), high = MAX (i, (guint) other);

          if (other < 0 || low == high)
            continue;
          if (g_hash_table_add (seen, GUINT_TO_POINTER (low * EDGE_MAP_MAX_NODES + high + 1)))
            g_array_append_val ((GArray *) g_ptr_array_index (lists, low), high);
        }
    }

  for (guint i = 0; i < self->nodes->len; i++)
    {
      EdgeMapNode *node = &g_array_index (self->nodes, EdgeMapNode, i);
      GArray *list = g_ptr_array_index (lists, i);

      node->n_neighbours = list->len;
      node->neighbours = g_memdup2 (list->data, list->len * sizeof (guint));
    }
}

/**
 * edge_map_model_refresh:
 * @self: a model
 *
 * Reads the peers anew.
 */
void
edge_map_model_refresh (EdgeMapModel *self)
{
  g_return_if_fail (EDGE_IS_MAP_MODEL (self));

  self->outdated = FALSE;
  self->serial++;
  g_array_set_size (self->nodes, 0);
  g_ptr_array_set_size (self->ids, 0);
  g_ptr_array_set_size (self->shown, 0);

  for (guint i = 0; i < self->watched->len && self->shown->len < EDGE_MAP_MAX_NODES; i++)
    if (is_shown (g_ptr_array_index (self->watched, i)))
      g_ptr_array_add (self->shown, g_object_ref (g_ptr_array_index (self->watched, i)));
  g_ptr_array_sort (self->shown, compare_ids);

  for (guint i = 0; i < self->shown->len; i++)
    {
      EdgePeer *peer = g_ptr_array_index (self->shown, i);

      g_ptr_array_add (self->ids, g_strdup (edge_peer_get_id (peer)));
      add_node (self, peer, i);
    }
  add_neighbours (self);
}

/**
 * edge_map_model_dup_text:
 * @self: a model of peers
 * @index: of a node
 *
 * Returns: (transfer full): who it is and how far, for a tooltip or a screen reader
 */
char *
edge_map_model_dup_text (EdgeMapModel *self,
                         guint         index)
{
  const EdgeMapNode *node = &g_array_index (self->nodes, EdgeMapNode, index);

  return g_strdup_printf ("%s, %s", node->name, node->latency_text);
}

/**
 * edge_map_model_dup_summary:
 * @self: a model
 *
 * Returns: (transfer full): the map in a sentence or three, for a screen reader
 */
char *
edge_map_model_dup_summary (EdgeMapModel *self)
{
  const EdgeMapNode *nearest = NULL, *farthest = NULL;
  guint by_path[4] = { 0 };
  guint linked = 0, under_way = 0;
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (EDGE_IS_MAP_MODEL (self), NULL);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      const EdgeMapNode *node = &g_array_index (self->nodes, EdgeMapNode, i);

      if (!node->linked)
        {
          under_way++;
          continue;
        }
      linked++;
      by_path[node->path]++;
      if (isnan (node->latency))
        continue;
      if (nearest == NULL || node->latency < nearest->latency)
        nearest = node;
      if (farthest == NULL || node->latency > farthest->latency)
        farthest = node;
    }

  if (linked == 0)
    g_string_append (text, _("No peer is linked."));
  else
    /* Translators: summary of the map: linked peers, then how many of them by which path */
    g_string_append_printf (text, ngettext ("%u peer linked: %u direct, %u through TURN, "
                                            "%u relayed.",
                                            "%u peers linked: %u direct, %u through TURN, "
                                            "%u relayed.", linked),
                            linked, by_path[EDGE_PEER_PATH_DIRECT], by_path[EDGE_PEER_PATH_TURN],
                            by_path[EDGE_PEER_PATH_RELAYED]);
  if (nearest != NULL && nearest != farthest)
    /* Translators: two names, each with its round trip */
    g_string_append_printf (text, _(" Nearest: %s, %s. Farthest: %s, %s."),
                            nearest->name, nearest->latency_text,
                            farthest->name, farthest->latency_text);
  else if (nearest != NULL)
    g_string_append_printf (text, " %s, %s.", nearest->name, nearest->latency_text);
  if (under_way > 0)
    g_string_append_printf (text, ngettext (" %u more is being linked.",
                                            " %u more are being linked.", under_way), under_way);

  return g_string_free_and_steal (g_steal_pointer (&text));
}
