/* feed-events.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/edge-base64.h"
#include "ledger/edge-event-builder.h"
#include "mesh/edge-sync.h"
#include "signaling/edge-relay-client.h"

/* A peer whose sixty people pay each other all the time.
 *
 *   feed-events NETWORK_FILE                     makes a network and writes its file
 *   feed-events NETWORK_FILE RELAY RATE SECONDS  waits for a linked peer in step, then
 *                                                signs RATE events a second and pushes them
 *
 * The keys are the same each time. */

#define AUTHORS   60
#define BATCH_MS  50
#define LIMIT_US  (120 * G_USEC_PER_SEC)
/* A link that pushes: nothing of it was asked for. */
#define PUSHED    (G_GUINT64_CONSTANT (1) << 40)

typedef struct
{
  EdgeIdentity  *identity;
  EdgeId         key;
  EdgeId         head;
  guint64        seq;
  gboolean       joined;
} Author;

typedef struct
{
  Author      authors[AUTHORS];
  EdgeLedger *ledger;
  EdgeId      net;
  EdgeId      last;
  guint64     height;
  guint64     time;
  guint       next;
  guint       n_new;
  guint       n_under_way;
  gboolean    open;
} Feed;

static void
fail (const char *what)
{
  fprintf (stderr, "feed-events: %s\n", what);
  exit (1);
}

static void
make_authors (Feed *feed)
{
  for (guint i = 0; i < AUTHORS; i++)
    {
      guint8 seed[EDGE_IDENTITY_SEED_SIZE] = { 7, (guint8) i };

      feed->authors[i].identity = edge_identity_new_from_seed (seed);
      memcpy (feed->authors[i].key.bytes, edge_identity_get_public_key (feed->authors[i].identity),
              EDGE_ID_SIZE);
    }
}

static int
compare_grants (gconstpointer a,
                gconstpointer b)
{
  return edge_id_compare (&((const EdgeGrant *) a)->key, &((const EdgeGrant *) b)->key);
}

static char *
make_genesis (Feed *feed)
{
  EdgeGenesis genesis;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];

  edge_genesis_init (&genesis, "live");
  genesis.params[EDGE_GENESIS_JOIN_BITS] = 0;
  genesis.n_validators = 1;
  genesis.validators[0] = feed->authors[0].key;
  genesis.n_grants = AUTHORS;
  for (guint i = 0; i < AUTHORS; i++)
    genesis.grants[i] = (EdgeGrant) { feed->authors[i].key, 10000 * EDGE_CREDIT };
  qsort (genesis.grants, AUTHORS, sizeof (EdgeGrant), compare_grants);
  edge_identity_copy_seed (feed->authors[0].identity, seed);
  return edge_genesis_sign (&genesis, (guint64) (g_get_real_time () / 1000) - 60000, seed);
}

static void
write_network (Feed       *feed,
               const char *path)
{
  g_autofree char *genesis = make_genesis (feed);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  guint8 secret[EDGE_ROOM_SECRET_SIZE] = { 1 };
  g_autofree char *room = edge_base64url_encode (secret, sizeof secret);

  text = g_strdup_printf ("{\"edge_net\":1,\"genesis\":\"%s\",\"room_secret\":\"%s\",\"relays\":[]}",
                          genesis, room);
  if (!g_file_set_contents (path, text, -1, &error))
    fail (error->message);
}

static char *
read_genesis (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    fail ("the network file can't be read");
  root = json_from_string (text, NULL);
  return g_strdup (json_object_get_string_member (json_node_get_object (root), "genesis"));
}

static char *
sign_next (Feed *feed)
{
  Author *author = &feed->authors[feed->next % AUTHORS];
  EdgeEventPlace place = { .net = feed->net, .n_parents = 1, .has_prev = author->joined };
  g_autofree char *body = NULL;
  char *text;

  body = author->joined
         ? edge_event_build_transfer (&feed->authors[(feed->next + 1) % AUTHORS].key, 1000, NULL)
         : edge_event_build_join (0, NULL);
  feed->time = MAX (feed->time + 1, (guint64) (g_get_real_time () / 1000));
  place.parents[0] = feed->last;
  place.prev = author->head;
  place.seq = author->seq;
  place.height = ++feed->height;
  place.time = feed->time;
  text = edge_event_build (author->identity, author->joined ? EDGE_EVENT_TRANSFER : EDGE_EVENT_JOIN,
                           &place, body);
  edge_id_of_data (&author->head, text, (gsize) (strrchr (text, '.') - text));
  feed->last = author->head;
  author->joined = TRUE;
  author->seq++;
  feed->next++;
  return text;
}

static void
ingested_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Feed *feed = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeIngestResult) taken = edge_ledger_ingest_finish (EDGE_LEDGER (source), result, &error);

  if (taken == NULL || taken->n_bad + taken->n_held + taken->n_put_off > 0)
    fail (taken == NULL ? error->message : "the ledger did not take an event");
  feed->n_new += taken->n_new;
  feed->n_under_way--;
}

static void
feed_some (Feed  *feed,
           guint  n)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) texts = NULL;

  for (guint i = 0; i < n; i++)
    g_strv_builder_take (builder, sign_next (feed));
  texts = g_strv_builder_end (builder);
  feed->n_under_way++;
  edge_ledger_ingest_async (feed->ledger, (const char *const *) texts, PUSHED, NULL, ingested_cb, feed);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!edge_ledger_open_finish (EDGE_LEDGER (source), result, &error))
    fail (error->message);
  ((Feed *) user_data)->open = TRUE;
}

static gboolean
keep_turning (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
run (Feed       *feed,
     EdgeSync   *sync,
     guint       rate,
     guint       seconds)
{
  gint64 began = g_get_monotonic_time ();
  guint fed = 0;

  while (edge_sync_get_n_in_step (sync) == 0)
    {
      if (g_get_monotonic_time () - began > LIMIT_US)
        fail ("no peer is in step");
      g_main_context_iteration (NULL, TRUE);
    }
  feed_some (feed, AUTHORS - 1);
  began = g_get_monotonic_time ();
  printf ("{\"began\":true}\n");
  fflush (stdout);
  while (fed < rate * seconds)
    {
      guint due = (guint) MIN ((gint64) rate * seconds,
                               (g_get_monotonic_time () - began) * rate / G_USEC_PER_SEC);

      if (due > fed)
        feed_some (feed, due - fed);
      fed = MAX (fed, due);
      g_main_context_iteration (NULL, TRUE);
    }
  while (feed->n_under_way > 0)
    g_main_context_iteration (NULL, TRUE);
  printf ("{\"fed\":%u,\"seconds\":%.2f,\"events\":%u}\n", fed,
          (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC, 1 + feed->n_new);
  fflush (stdout);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  static Feed feed;
  g_autofree char *genesis = NULL;
  g_autofree char *network_id = NULL;
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(EdgeRoom) room = NULL;
  g_autoptr(EdgeMesh) mesh = NULL;
  g_autoptr(EdgeSync) sync = NULL;
  g_autoptr(EdgeSignaling) backend = NULL;
  guint8 secret[EDGE_ROOM_SECRET_SIZE] = { 1 };

  if (argc != 2 && argc != 5)
    fail ("Usage: feed-events NETWORK_FILE [RELAY RATE SECONDS]");
  make_authors (&feed);
  if (argc == 2)
    {
      write_network (&feed, argv[1]);
      return 0;
    }
  if (!edge_mesh_check_system (NULL))
    fail ("GStreamer lacks an element");

  genesis = read_genesis (argv[1]);
  edge_id_of_data (&feed.net, genesis, (gsize) (strrchr (genesis, '.') - genesis));
  network_id = edge_id_to_text (&feed.net);
  feed.last = feed.net;
  feed.authors[0].head = feed.net;
  feed.authors[0].seq = 1;
  feed.authors[0].joined = TRUE;
  feed.next = 1;
  feed.ledger = edge_ledger_new (NULL);
  edge_ledger_open_async (feed.ledger, genesis, NULL, opened_cb, &feed);
  while (!feed.open)
    g_main_context_iteration (NULL, TRUE);

  identity = edge_identity_generate ();
  room = edge_room_new (network_id, secret);
  mesh = edge_mesh_new (identity, room, "Feeder");
  sync = edge_sync_new (mesh, feed.ledger, network_id);
  edge_mesh_start (mesh);
  backend = EDGE_SIGNALING (edge_relay_client_new (argv[2], identity, edge_room_get_relay_tag (room), NULL));
  edge_mesh_add_backend (mesh, backend);
  edge_signaling_start (backend);
  g_timeout_add (BATCH_MS, keep_turning, NULL);
  run (&feed, sync, (guint) atoi (argv[3]), (guint) atoi (argv[4]));
  return 0;
}
