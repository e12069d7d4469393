/* edge-mesh-links.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-mesh"

#include "mesh/edge-mesh-private.h"

#include <string.h>

#include "base/edge-base64.h"
#include "base/edge-json.h"
#include "mesh/edge-local-addresses.h"

#define PING_WATCHED      (G_USEC_PER_SEC)
#define PING_UNWATCHED    (2 * G_USEC_PER_SEC)
#define SAMPLE_INTERVAL   (30 * G_USEC_PER_SEC)
#define ADDRESSES_INTERVAL (2 * G_USEC_PER_SEC)
#define RETRY_AFTER       (5 * G_USEC_PER_SEC)
#define FORGET_AFTER      (60 * G_USEC_PER_SEC)
/* A peer that ends each link and asks for the next gets one a second. */
#define RELINK_AFTER      (G_USEC_PER_SEC)
#define MAX_ENTRIES       2048
#define MAX_SAMPLE        EDGE_MESH_MAX_LINKS
/* What names a peer makes us learn; one that is passed over is said again in 10 s. */
#define SAMPLES_BURST      30
#define SAMPLES_PER_MINUTE 60

void
_edge_mesh_entry_free (EdgeMeshEntry *entry)
{
  if (entry->link != NULL)
    g_signal_handlers_disconnect_matched (entry->link, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, entry);
  g_clear_object (&entry->link);
  g_object_unref (entry->peer);
  g_free (entry);
}

static guint64
rank_of (const char *a,
         const char *b)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;
  guint64 rank;

  g_checksum_update (sum, (const guchar *) (strcmp (a, b) < 0 ? a : b), -1);
  g_checksum_update (sum, (const guchar *) (strcmp (a, b) < 0 ? b : a), -1);
  g_checksum_get_digest (sum, digest, &size);
  memcpy (&rank, digest, sizeof rank);
  return rank;
}

static EdgeMeshEntry *
ensure_entry (EdgeMesh   *self,
              const char *peer_id)
{
  EdgeMeshEntry *entry = g_hash_table_lookup (self->by_id, peer_id);

  if (entry == NULL)
    {
      entry = g_new0 (EdgeMeshEntry, 1);
      entry->peer = edge_peer_new (peer_id);
      entry->rank = rank_of (self->own_id, peer_id);
      entry->blocked = g_hash_table_contains (self->blocked, peer_id);
      edge_token_bucket_init (&entry->samples, SAMPLES_BURST, SAMPLES_PER_MINUTE,
                              g_get_monotonic_time ());
      g_hash_table_insert (self->by_id, (char *) edge_peer_get_id (entry->peer), entry);
      g_ptr_array_add (self->entries, entry);
      g_list_model_items_changed (G_LIST_MODEL (self), self->entries->len - 1, 0, 1);
    }
  entry->seen_at = g_get_monotonic_time ();
  return entry;
}

static void
forget_entry (EdgeMesh *self,
              guint     position)
{
  EdgeMeshEntry *entry = self->entries->pdata[position];

  g_hash_table_remove (self->by_id, edge_peer_get_id (entry->peer));
  g_ptr_array_remove_index (self->entries, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static guint
count_links (EdgeMesh *self)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n += ((EdgeMeshEntry *) self->entries->pdata[i])->link != NULL;
  return n;
}

static EdgeMesh *
mesh_of (EdgeLink *link)
{
  return g_object_get_data (G_OBJECT (link), "edge-mesh");
}

static void
take_sample (EdgeMesh      *self,
             EdgeMeshEntry *entry,
             JsonObject    *frame)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) ids = NULL;
  JsonArray *array = NULL;

  if (!edge_json_require (frame, "peers", &error) ||
      !edge_json_read_array (frame, "peers", MAX_SAMPLE, &array, &error))
    {
      edge_link_report_fault (entry->link, error->message);
      return;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
          !edge_base64url_is_key (json_node_get_string (node)))
        {
          edge_link_report_fault (entry->link, "who is no key can't be linked to");
          return;
        }
      g_strv_builder_add (builder, json_node_get_string (node));
    }
  if (!edge_token_bucket_take (&entry->samples, 1, g_get_monotonic_time ()))
    return;

  ids = g_strv_builder_end (builder);
  edge_peer_set_neighbours (entry->peer, (const char * const *) ids);
  edge_introducer_heard (self->introducer, entry->peer, (const char * const *) ids);
}

static void
frame_cb (EdgeLink   *link,
          const char *type,
          JsonObject *frame,
          EdgeMeshEntry      *entry)
{
  if (g_str_equal (type, "peers"))
    take_sample (mesh_of (link), entry, frame);
  else
    g_signal_emit (mesh_of (link), edge_mesh_signals[EDGE_MESH_SIGNAL_FRAME], g_quark_try_string (type), entry->peer, type, frame);
}

static void
bulk_cb (EdgeLink *link,
         GBytes   *payload,
         EdgeMeshEntry    *entry)
{
  g_signal_emit (mesh_of (link), edge_mesh_signals[EDGE_MESH_SIGNAL_BULK], 0, entry->peer, payload);
}

static void
up_cb (EdgeLink *link,
       EdgeMeshEntry    *entry)
{
  EdgeMesh *self = mesh_of (link);

  self->sample_due = TRUE;
  g_signal_emit (self, edge_mesh_signals[EDGE_MESH_SIGNAL_LINK_UP], 0, entry->peer);
}

static void
down_cb (EdgeLink *link,
         EdgeMeshEntry    *entry)
{
  EdgeMesh *self = mesh_of (link);

  self->sample_due = TRUE;
  edge_peer_set_neighbours (entry->peer, NULL);
  g_signal_emit (self, edge_mesh_signals[EDGE_MESH_SIGNAL_LINK_DOWN], 0, entry->peer);
}

static void
over_cb (EdgeLink   *link,
         gboolean    left,
         const char *reason,
         EdgeMeshEntry      *entry)
{
  EdgeMesh *self = mesh_of (link);
  gint64 now = g_get_monotonic_time ();

  g_signal_handlers_disconnect_matched (link, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, entry);
  g_clear_object (&entry->link);
  entry->retry_at = left ? G_MAXINT64 : now + RETRY_AFTER;
  entry->seen_at = now;
  _edge_mesh_ensure_balance (self);
}

static gboolean
may_link (EdgeMeshEntry *entry)
{
  return entry->link == NULL && !entry->blocked &&
         (entry->linked_at == 0 || g_get_monotonic_time () - entry->linked_at >= RELINK_AFTER);
}

static void
make_link (EdgeMesh *self,
           EdgeMeshEntry    *entry)
{
  entry->linked_at = g_get_monotonic_time ();
  entry->link = edge_link_new (entry->peer, self->switchboard);
  g_object_set_data (G_OBJECT (entry->link), "edge-mesh", self);
  edge_link_set_name (entry->link, self->name);
  edge_link_set_ice_servers (entry->link, (const char * const *) self->ice_servers);
  g_signal_connect (entry->link, "frame", G_CALLBACK (frame_cb), entry);
  g_signal_connect (entry->link, "bulk", G_CALLBACK (bulk_cb), entry);
  g_signal_connect (entry->link, "up", G_CALLBACK (up_cb), entry);
  g_signal_connect (entry->link, "down", G_CALLBACK (down_cb), entry);
  g_signal_connect (entry->link, "over", G_CALLBACK (over_cb), entry);
}

static int
compare_ranks (gconstpointer a,
               gconstpointer b)
{
  const EdgeMeshEntry *x = *(EdgeMeshEntry * const *) a;
  const EdgeMeshEntry *y = *(EdgeMeshEntry * const *) b;

  return (x->rank > y->rank) - (x->rank < y->rank);
}

static gboolean
balance_cb (gpointer user_data)
{
  EdgeMesh *self = user_data;
  g_autoptr(GPtrArray) free_entries = g_ptr_array_new ();
  gint64 now = g_get_monotonic_time ();
  guint n = count_links (self);

  self->balance_source = 0;
  for (guint i = 0; i < self->entries->len; i++)
    {
      EdgeMeshEntry *entry = self->entries->pdata[i];

      if (may_link (entry) && now >= entry->retry_at &&
          edge_switchboard_is_present (self->switchboard, edge_peer_get_id (entry->peer)))
        g_ptr_array_add (free_entries, entry);
    }

  g_ptr_array_sort (free_entries, compare_ranks);
  for (guint i = 0; n < self->degree && i < free_entries->len; i++, n++)
    {
      EdgeMeshEntry *entry = free_entries->pdata[i];

      make_link (self, entry);
      edge_link_start (entry->link, now);
    }
  return G_SOURCE_REMOVE;
}

void
_edge_mesh_ensure_balance (EdgeMesh *self)
{
  if (self->running && self->balance_source == 0)
    self->balance_source = g_idle_add_full (G_PRIORITY_DEFAULT, balance_cb, self, NULL);
}

static void
send_samples (EdgeMesh *self,
              gint64    now)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      EdgeMeshEntry *entry = self->entries->pdata[i];

      if (entry->link != NULL && edge_link_is_up (entry->link))
        json_array_add_string_element (ids, edge_peer_get_id (entry->peer));
    }
  json_object_set_string_member (frame, "type", "peers");
  json_object_set_array_member (frame, "peers", ids);

  for (guint i = 0; i < self->entries->len; i++)
    {
      EdgeMeshEntry *entry = self->entries->pdata[i];

      if (entry->link != NULL && edge_link_is_up (entry->link))
        edge_link_send (entry->link, frame, NULL);
    }
  self->sampled_at = now;
  self->sample_due = FALSE;
}

/* Looked at and not told of: no system tells the same everywhere, from within a sandbox too. */
static void
look_at_addresses (EdgeMesh *self,
                   gint64    now)
{
  g_auto(GStrv) before = NULL;

  if (self->addresses != NULL && now - self->addresses_at < ADDRESSES_INTERVAL)
    return;

  before = g_steal_pointer (&self->addresses);
  self->addresses = edge_local_addresses_dup ();
  self->addresses_at = now;
  if (before == NULL || !edge_local_addresses_gained ((const char * const *) before,
                                                      (const char * const *) self->addresses))
    return;

  g_debug ("This computer has a new address");
  for (guint i = 0; i < self->entries->len; i++)
    {
      EdgeMeshEntry *entry = self->entries->pdata[i];

      if (entry->link != NULL)
        edge_link_renew (entry->link, now);
    }
}

gboolean
_edge_mesh_tick_cb (gpointer user_data)
{
  EdgeMesh *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 interval = self->watched ? PING_WATCHED : PING_UNWATCHED;

  look_at_addresses (self, now);
  for (guint i = 0; i < self->entries->len; i++)
    {
      EdgeMeshEntry *entry = self->entries->pdata[i];

      if (entry->link != NULL)
        edge_link_tick (entry->link, interval, now);
    }

  for (guint i = self->entries->len; i-- > 0;)
    {
      EdgeMeshEntry *entry = self->entries->pdata[i];

      if (entry->link == NULL && now - entry->seen_at > FORGET_AFTER &&
          !edge_switchboard_is_present (self->switchboard, edge_peer_get_id (entry->peer)))
        forget_entry (self, i);
    }

  if (self->sample_due || now - self->sampled_at > SAMPLE_INTERVAL)
    send_samples (self, now);
  _edge_mesh_ensure_balance (self);
  return G_SOURCE_CONTINUE;
}

static void
peer_found_cb (EdgeSwitchboard *switchboard,
               const char      *peer_id,
               const char      *backend,
               EdgeMesh        *self)
{
  EdgeMeshEntry *entry = ensure_entry (self, peer_id);

  if (edge_peer_get_found (entry->peer) == NULL)
    edge_peer_set_found (entry->peer, backend);
  if (entry->link == NULL)
    {
      edge_peer_set_state (entry->peer, EDGE_PEER_STATE_NEW);
      entry->retry_at = 0;
    }
  _edge_mesh_ensure_balance (self);
}

static void
peer_left_cb (EdgeSwitchboard *switchboard,
              const char      *peer_id,
              EdgeMesh        *self)
{
  EdgeMeshEntry *entry = g_hash_table_lookup (self->by_id, peer_id);
  guint position;

  if (entry == NULL)
    return;
  entry->seen_at = g_get_monotonic_time ();
  if (entry->link != NULL)
    {
      edge_link_probe (entry->link, entry->seen_at);
      return;
    }
  edge_peer_set_state (entry->peer, EDGE_PEER_STATE_CLOSED);
  if (self->entries->len > MAX_ENTRIES && g_ptr_array_find (self->entries, entry, &position))
    forget_entry (self, position);
}

static void
hello_cb (EdgeSwitchboard *switchboard,
          const char      *peer_id,
          gboolean         fresh,
          gboolean         wanted,
          EdgeMesh        *self)
{
  EdgeMeshEntry *entry = ensure_entry (self, peer_id);

  if (!self->running || entry->blocked)
    return;
  if (wanted)
    edge_switchboard_say_hello (switchboard, peer_id, FALSE);
  if (wanted && may_link (entry) && count_links (self) < EDGE_MESH_MAX_LINKS)
    {
      make_link (self, entry);
      edge_peer_set_state (entry->peer, EDGE_PEER_STATE_CONNECTING);
    }
  if (entry->link != NULL)
    edge_link_take_hello (entry->link, fresh, wanted, g_get_monotonic_time ());
}

static void
signal_cb (EdgeSwitchboard *switchboard,
           const char      *peer_id,
           int              kind,
           GBytes          *body,
           EdgeMesh        *self)
{
  EdgeMeshEntry *entry = ensure_entry (self, peer_id);

  if (!self->running || entry->blocked)
    return;
  if (entry->link == NULL)
    {
      if ((kind != EDGE_SIGNAL_OFFER && kind != EDGE_SIGNAL_DATA) || !may_link (entry) ||
          count_links (self) >= EDGE_MESH_MAX_LINKS)
        return;
      make_link (self, entry);
    }
  edge_link_take_signal (entry->link, kind, body, g_get_monotonic_time ());
}

static void
twin_cb (EdgeSwitchboard *switchboard,
         EdgeMesh        *self)
{
  if (self->running)
    g_signal_emit (self, edge_mesh_signals[EDGE_MESH_SIGNAL_TWIN], 0);
}

/* Returns: (transfer none) (nullable): the link to a peer that was found outside
 * the backends; %NULL when there may be none */
EdgeLink *
_edge_mesh_ensure_link (EdgeMesh   *self,
                        const char *peer_id,
                        const char *found)
{
  EdgeMeshEntry *entry = ensure_entry (self, peer_id);

  if (edge_peer_get_found (entry->peer) == NULL)
    edge_peer_set_found (entry->peer, found);
  if (entry->link == NULL && !entry->blocked && count_links (self) < EDGE_MESH_MAX_LINKS)
    make_link (self, entry);
  return entry->link;
}

/* Listens to the switchboard. */
void
_edge_mesh_watch (EdgeMesh *self)
{
  g_signal_connect (self->switchboard, "peer-found", G_CALLBACK (peer_found_cb), self);
  g_signal_connect (self->switchboard, "peer-left", G_CALLBACK (peer_left_cb), self);
  g_signal_connect (self->switchboard, "hello", G_CALLBACK (hello_cb), self);
  g_signal_connect (self->switchboard, "signal", G_CALLBACK (signal_cb), self);
  g_signal_connect (self->switchboard, "twin", G_CALLBACK (twin_cb), self);
}
