/* sync-world.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-world.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_VALIDATORS 8
#define FEED_BATCH   1000

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return edge_id_compare (a, b);
}

void
sync_key_of (SyncNode   *node,
        EdgeId *key)
{
  memcpy (key->bytes, edge_identity_get_public_key (node->identity), EDGE_ID_SIZE);
}

/* Some are validators, so they have an account from the start; all have a grant. */
static void
make_genesis (SyncWorld *world)
{
  EdgeGenesis genesis;
  EdgeId keys[SYNC_MAX_NODES];
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];
  EdgeId id;

  edge_genesis_init (&genesis, "test");
  genesis.params[EDGE_GENESIS_JOIN_BITS] = 0;
  for (guint i = 0; i < SYNC_MAX_NODES; i++)
    {
      world->nodes[i].identity = edge_identity_generate ();
      sync_key_of (&world->nodes[i], &keys[i]);
      if (i < N_VALIDATORS)
        genesis.validators[i] = keys[i];
    }
  genesis.n_validators = N_VALIDATORS;
  genesis.n_grants = SYNC_MAX_NODES;
  qsort (genesis.validators, N_VALIDATORS, sizeof (EdgeId), compare_ids);
  qsort (keys, SYNC_MAX_NODES, sizeof (EdgeId), compare_ids);
  for (guint i = 0; i < SYNC_MAX_NODES; i++)
    genesis.grants[i] = (EdgeGrant) { keys[i], 1000 * EDGE_CREDIT };
  g_assert_true (edge_genesis_check (&genesis, NULL));

  edge_identity_copy_seed (world->nodes[0].identity, seed);
  world->genesis = edge_genesis_sign (&genesis, (guint64) (g_get_real_time () / 1000) - 60000, seed);
  edge_id_of_data (&id, world->genesis, (gsize) (strrchr (world->genesis, '.') - world->genesis));
  world->network_id = edge_id_to_text (&id);
}

void
sync_set_up (SyncWorld         *world,
        gconstpointer  data)
{
  static const guint8 secret[EDGE_ROOM_SECRET_SIZE] = { 1, 2, 3 };
  g_autoptr(EdgeRelayConfig) config = edge_relay_config_new ();
  g_autoptr(GError) error = NULL;

  world->folder = g_dir_make_tmp ("edge-sync-XXXXXX", NULL);
  make_genesis (world);
  world->room = edge_room_new (world->network_id, secret);
  g_set_str (&config->listen, "127.0.0.1:0");
  world->relay = edge_relay_new (config);
  edge_relay_start (world->relay, &error);
  g_assert_no_error (error);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  edge_ledger_open_finish (EDGE_LEDGER (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

void
sync_open_ledger (SyncWorld *world,
             guint  number)
{
  SyncNode *node = &world->nodes[number];
  g_autofree char *name = g_strdup_printf ("%u.sqlite", number);
  gboolean open = FALSE;

  node->path = g_build_filename (world->folder, name, NULL);
  node->ledger = edge_ledger_new (node->path);
  edge_ledger_open_async (node->ledger, world->genesis, NULL, opened_cb, &open);
  wait_for (open);
}

void
sync_start_mesh (SyncWorld *world,
            guint  number)
{
  SyncNode *node = &world->nodes[number];

  node->mesh = edge_mesh_new (node->identity, world->room, NULL);
  edge_mesh_set_watched (node->mesh, TRUE);
  if (world->degree > 0)
    edge_mesh_set_degree (node->mesh, world->degree);
  node->sync = edge_sync_new (node->mesh, node->ledger, world->network_id);
  edge_mesh_start (node->mesh);
  node->backend = EDGE_SIGNALING (edge_relay_client_new (edge_relay_get_url (world->relay), node->identity,
                                                         edge_room_get_relay_tag (world->room), NULL));
  edge_mesh_add_backend (node->mesh, node->backend);
  edge_signaling_start (node->backend);
}

/* Where events are built upon. */
typedef struct
{
  EdgeId  id;
  guint64 height;
  guint64 time;
} Spot;

static char *
sign (SyncWorld  *world,
      guint       author,
      Spot       *head,
      guint64    *seq,
      const Spot *upon,
      Spot       *made)
{
  EdgeIdentity *identity = world->nodes[author].identity;
  gboolean joins = author != 0 && *seq == 0;
  EdgeEventPlace place = { .n_parents = 1, .has_prev = !joins, .seq = *seq };
  g_autofree char *body = NULL;
  EdgeId to;
  char *text;

  sync_key_of (&world->nodes[(author + 1) % N_VALIDATORS], &to);
  body = joins ? edge_event_build_join (0, NULL) : edge_event_build_transfer (&to, 1000, NULL);
  edge_id_parse (&place.net, world->network_id, -1);
  place.parents[0] = upon->id;
  place.prev = head->id;
  place.height = 1 + MAX (upon->height, joins ? 0 : head->height);
  place.time = 1 + MAX (upon->time, joins ? 0 : head->time);
  text = edge_event_build (identity, joins ? EDGE_EVENT_JOIN : EDGE_EVENT_TRANSFER, &place, body);
  edge_id_of_data (&made->id, text, (gsize) (strrchr (text, '.') - text));
  made->height = place.height;
  made->time = place.time;
  *head = *made;
  (*seq)++;
  return text;
}

static void
add_own (SyncWorld  *world,
         guint       author,
         const Spot *spots,
         guint       n_spots,
         guint       n,
         GPtrArray  *texts)
{
  Spot head = spots[0];
  Spot made;
  guint64 seq = author == 0 ? 1 : 0;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (texts, sign (world, author, &head, &seq, &spots[(gsize) i * n_spots / n], &made));
}

/* sync_make_events: what both have is a chain of six authors; the two others each build
 * on places all along it, so that differences are spread over all of the time. */
void
sync_make_events (SyncWorld  *world,
                  guint       n_both,
                  guint       n_each,
                  SyncEvents *events)
{
  g_autoptr(EdgeEvent) genesis = edge_event_parse (world->genesis, strlen (world->genesis), NULL);
  g_autofree Spot *spots = g_new (Spot, n_both + 1);
  GPtrArray *lists[3];
  Spot heads[N_VALIDATORS] = { 0 };
  guint64 seqs[N_VALIDATORS] = { 0 };

  events->both = lists[0] = g_ptr_array_new_with_free_func (g_free);
  events->first = lists[1] = g_ptr_array_new_with_free_func (g_free);
  events->second = lists[2] = g_ptr_array_new_with_free_func (g_free);
  spots[0] = (Spot) { genesis->id, 0, genesis->time };
  for (guint i = 0; i < n_both; i++)
    {
      guint author = 2 + i % (N_VALIDATORS - 2);

      g_ptr_array_add (events->both, sign (world, author, &heads[author], &seqs[author], &spots[i],
                                           &spots[i + 1]));
    }
  add_own (world, 0, spots, n_both + 1, n_each, events->first);
  add_own (world, 1, spots, n_both + 1, n_each, events->second);
  events->bytes = 0;
  for (guint k = 0; k < G_N_ELEMENTS (lists); k++)
    {
      for (guint i = 0; i < lists[k]->len; i++)
        events->bytes += strlen (lists[k]->pdata[i]);
    }
}

void
sync_clear_events (SyncEvents *events)
{
  g_ptr_array_unref (events->both);
  g_ptr_array_unref (events->first);
  g_ptr_array_unref (events->second);
}

typedef struct
{
  guint n_new;
  guint n_done;
} Feeding;

static void
fed_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Feeding *feeding = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeIngestResult) ingested = edge_ledger_ingest_finish (EDGE_LEDGER (source), result, &error);

  g_assert_no_error (error);
  feeding->n_new += ingested->n_new;
  feeding->n_done++;
}

/* sync_feed: as if they had come over a link that is gone. */
void
sync_feed (SyncNode  *node,
           GPtrArray *texts)
{
  Feeding feeding = { 0 };
  guint n = 0;

  for (guint i = 0; i < texts->len; n++)
    {
      g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
      g_auto(GStrv) batch = NULL;
      guint end = MIN (i + FEED_BATCH, texts->len);

      for (; i < end; i++)
        g_strv_builder_add (builder, texts->pdata[i]);
      batch = g_strv_builder_end (builder);
      edge_ledger_ingest_async (node->ledger, (const char *const *) batch, G_MAXUINT32 | EDGE_LEDGER_ASKED, NULL,
                                fed_cb, &feeding);
    }
  wait_for (feeding.n_done == n);
  g_assert_cmpuint (feeding.n_new, ==, texts->len);
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  edge_mesh_stop_finish (EDGE_MESH (source), result, NULL);
  *(gboolean *) user_data = TRUE;
}

static void
begin_stop (SyncNode *node)
{
  node->stopping = TRUE;
  node->stopped = FALSE;
  if (node->sync != NULL)
    g_object_run_dispose (G_OBJECT (node->sync));
  if (node->sync != NULL)
    g_assert_finalize_object (g_steal_pointer (&node->sync));
  edge_mesh_stop_async (node->mesh, NULL, stopped_cb, &node->stopped);
}

void
sync_stop_mesh (SyncNode *node)
{
  if (node->mesh == NULL)
    return;
  if (!node->stopping)
    begin_stop (node);
  wait_for (node->stopped);
  node->stopping = FALSE;
  edge_mesh_remove_backend (node->mesh, node->backend);
  edge_signaling_stop (node->backend);
  g_clear_object (&node->backend);
  g_assert_finalize_object (g_steal_pointer (&node->mesh));
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  edge_ledger_close_finish (EDGE_LEDGER (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

void
sync_tear_down (SyncWorld         *world,
           gconstpointer  data)
{
  /* All at once: a mesh waits until no link is left in the process. */
  for (guint i = 0; i < SYNC_MAX_NODES; i++)
    {
      if (world->nodes[i].mesh != NULL)
        begin_stop (&world->nodes[i]);
    }
  for (guint i = 0; i < SYNC_MAX_NODES; i++)
    {
      SyncNode *node = &world->nodes[i];
      gboolean closed = FALSE;

      sync_stop_mesh (node);
      if (node->ledger != NULL)
        {
          edge_ledger_close_async (node->ledger, NULL, closed_cb, &closed);
          wait_for (closed);
          g_clear_object (&node->ledger);
          g_assert_cmpint (g_remove (node->path), ==, 0);
        }
      g_free (node->path);
      g_clear_object (&node->identity);
    }
  g_assert_cmpint (g_rmdir (world->folder), ==, 0);
  edge_relay_stop (world->relay);
  g_clear_object (&world->relay);
  edge_room_unref (world->room);
  g_free (world->folder);
  g_free (world->genesis);
  g_free (world->network_id);
}

static void
issued_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  char **id = user_data;

  *id = edge_ledger_issue_finish (EDGE_LEDGER (source), result, &error);
  g_assert_no_error (error);
}

static char *
issue (SyncNode          *node,
       EdgeEventType  type,
       char          *taken)
{
  g_autofree char *body = taken;
  char *id = NULL;

  edge_ledger_issue_async (node->ledger, node->identity, type, body, NULL, issued_cb, &id);
  wait_for (id != NULL);
  return id;
}

/* Joins where the key needs it, then pays another one a number of times. */
void
sync_grow (SyncNode  *node,
      SyncNode  *other,
      guint  n_transfers)
{
  g_autoptr(EdgeAccount) account = NULL;
  EdgeId key;
  EdgeId to;

  sync_key_of (node, &key);
  sync_key_of (other, &to);
  account = edge_ledger_dup_account (node->ledger, &key);
  if (account == NULL || !account->has_head)
    g_free (issue (node, EDGE_EVENT_JOIN, edge_event_build_join (0, NULL)));
  for (guint i = 0; i < n_transfers; i++)
    g_free (issue (node, EDGE_EVENT_TRANSFER, edge_event_build_transfer (&to, EDGE_CREDIT, NULL)));
}

guint
sync_count (SyncNode *node)
{
  EdgeLedgerFigures figures;

  edge_ledger_get_figures (node->ledger, &figures);
  return figures.n_behind == 0 ? figures.n_events : 0;
}

gboolean
sync_all_hold (SyncWorld *world,
          guint  n_nodes,
          guint  n_events)
{
  for (guint i = 0; i < n_nodes; i++)
    {
      if (sync_count (&world->nodes[i]) != n_events)
        return FALSE;
    }
  return TRUE;
}

gboolean
sync_all_in_step (SyncWorld *world,
             guint  n_nodes)
{
  for (guint i = 0; i < n_nodes; i++)
    {
      if (edge_sync_get_n_in_step (world->nodes[i].sync) < n_nodes - 1)
        return FALSE;
    }
  return TRUE;
}

/* The same events make the same balances. */
void
sync_assert_same (SyncWorld *world,
             guint  n_nodes)
{
  for (guint owner = 0; owner < SYNC_MAX_NODES; owner++)
    {
      g_autofree char *first = NULL;
      EdgeId key;

      sync_key_of (&world->nodes[owner], &key);
      for (guint i = 0; i < n_nodes; i++)
        {
          g_autoptr(EdgeAccount) account = edge_ledger_dup_account (world->nodes[i].ledger, &key);
          g_autofree char *text = account != NULL ? edge_account_to_text (account) : g_strdup ("none");

          if (first == NULL)
            first = g_steal_pointer (&text);
          else
            g_assert_cmpstr (first, ==, text);
        }
    }
}

EdgePeer *
sync_peer_of (SyncNode *node,
         SyncNode *other)
{
  const char *id = edge_identity_get_id (other->identity);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (node->mesh)); i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (node->mesh), i);

      if (g_str_equal (edge_peer_get_id (peer), id))
        return peer;
    }
  return NULL;
}
