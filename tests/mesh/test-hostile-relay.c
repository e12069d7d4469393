/* test-hostile-relay.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "mesh/edge-mesh.h"
#include "mesh/edge-rtc.h"
#include "scripted.h"

/* A relay that swaps, tampers with, repeats, delays and redirects what passes,
 * announces members that are not there and names false senders. */

#define NETWORK       "9g4wIlYwnWH9xfXGa1wr1GR7LSbWVReK3polGaOFxws"
#define N             4
#define KEEP          64
#define LIMIT_SECONDS 90

typedef struct
{
  EdgeIdentity          *identity;
  EdgeScriptedSignaling *backend;
  EdgeMesh              *mesh;
  gboolean               stopped;
} Node;

typedef struct
{
  ScriptedNet *net;
  Node         nodes[N];
  GRand       *rand;
  char        *kept[KEEP];
  guint        n_kept;
  guint        n_sent;
  guint        frames;
  guint        n_late;
} Relay;

typedef struct
{
  Relay *relay;
  char  *from;
  char  *to;
  char  *blob;
} Late;

static void
late_free (Late *late)
{
  late->relay->n_late--;
  g_free (late->from);
  g_free (late->to);
  g_free (late->blob);
  g_free (late);
}

static gboolean
late_cb (gpointer user_data)
{
  Late *late = user_data;

  if (late->relay->net != NULL)
    scripted_net_post (late->relay->net, late->from, late->to, late->blob);
  return G_SOURCE_REMOVE;
}

static const char *
any_member (Relay *relay)
{
  return edge_identity_get_id (relay->nodes[g_rand_int_range (relay->rand, 0, N)].identity);
}

static char *
tamper (Relay      *relay,
        const char *blob)
{
  char *copy = g_strdup (blob);
  gsize size = strlen (copy);

  switch (g_rand_int_range (relay->rand, 0, 4))
    {
    case 0:
      copy[g_rand_int_range (relay->rand, 0, (gint32) size)] = 'A';
      break;
    case 1:
      copy[g_rand_int_range (relay->rand, 0, (gint32) size)] = '\0';
      break;
    case 2:
      copy[g_rand_int_range (relay->rand, 0, (gint32) size)] = (char) g_rand_int_range (relay->rand, 1, 128);
      break;
    default:
      memmove (copy, copy + size / 2, size - size / 2 + 1);
      break;
    }
  return copy;
}

static gboolean
tap (ScriptedNet    *net,
     const char     *from,
     const char     *to,
     EdgeSignalKind  kind,
     const char     *blob,
     gpointer        user_data)
{
  Relay *relay = user_data;
  g_autofree char *tampered = tamper (relay, blob);
  Late *late = g_new (Late, 1);

  relay->n_sent++;
  relay->n_late++;
  g_free (relay->kept[relay->n_kept % KEEP]);
  relay->kept[relay->n_kept++ % KEEP] = g_strdup (blob);

  /* First a tampered one, one of somebody else, an old one, and this one to another. */
  scripted_net_post (net, from, to, tampered);
  scripted_net_post (net, from, to, relay->kept[g_rand_int_range (relay->rand, 0, (gint32) MIN (relay->n_kept, KEEP))]);
  scripted_net_post (net, any_member (relay), any_member (relay), blob);

  /* Then the right one, under a false name, now or late, and again. */
  *late = (Late) { relay, g_strdup (any_member (relay)), g_strdup (to), g_strdup (blob) };
  g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) g_rand_int_range (relay->rand, 0, 60), late_cb, late,
                      (GDestroyNotify) late_free);
  return g_rand_boolean (relay->rand);
}

static void
frame_cb (EdgeMesh   *mesh,
          EdgePeer   *peer,
          const char *type,
          JsonObject *frame,
          Relay      *relay)
{
  g_assert_cmpstr (json_object_get_string_member (frame, "by"), ==, edge_peer_get_id (peer));
  relay->frames++;
}

static EdgePeer *
peer_of (Node *node,
         Node *other)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (node->mesh)); i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (node->mesh), i);

      if (g_str_equal (edge_peer_get_id (peer), edge_identity_get_id (other->identity)))
        return peer;
    }
  return NULL;
}

static gboolean
all_linked (Relay *relay)
{
  for (guint i = 0; i < N; i++)
    {
      for (guint j = 0; j < N; j++)
        {
          EdgePeer *peer = i != j ? peer_of (&relay->nodes[i], &relay->nodes[j]) : NULL;

          if (i != j && (peer == NULL || edge_peer_get_state (peer) != EDGE_PEER_STATE_CONNECTED))
            return FALSE;
        }
    }
  return TRUE;
}

/* A link that is verified is to a member, and to no made-up one. */
static void
assert_no_stranger (Relay *relay)
{
  for (guint i = 0; i < N; i++)
    {
      GListModel *model = G_LIST_MODEL (relay->nodes[i].mesh);

      for (guint j = 0; j < g_list_model_get_n_items (model); j++)
        {
          g_autoptr(EdgePeer) peer = g_list_model_get_item (model, j);
          gboolean known = FALSE;

          for (guint k = 0; k < N; k++)
            known |= k != i && g_str_equal (edge_peer_get_id (peer), edge_identity_get_id (relay->nodes[k].identity));
          g_assert_true (known || !edge_peer_get_verified (peer));
        }
    }
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  edge_mesh_stop_finish (EDGE_MESH (source), result, NULL);
  *(gboolean *) user_data = TRUE;
}

#define wait_for(condition) \
  G_STMT_START { \
    gint64 limit_ = g_get_monotonic_time () + LIMIT_SECONDS * G_USEC_PER_SEC; \
    while (!(condition)) \
      { \
        g_assert_cmpint (g_get_monotonic_time (), <, limit_); \
        g_main_context_iteration (NULL, TRUE); \
      } \
  } G_STMT_END

static void
test_hostile_relay (void)
{
  const guint8 secret[EDGE_ROOM_SECRET_SIZE] = { 1 };
  g_autoptr(EdgeRoom) room = edge_room_new (NETWORK, secret);
  Relay relay = { .net = scripted_net_new (), .rand = g_rand_new_with_seed (11) };
  ScriptedNet *net = relay.net;

  scripted_net_set_tap (relay.net, tap, &relay);
  for (guint i = 0; i < N; i++)
    relay.nodes[i].identity = edge_identity_generate ();
  for (guint i = 0; i < N; i++)
    {
      Node *node = &relay.nodes[i];

      node->backend = edge_scripted_signaling_new (relay.net, edge_identity_get_id (node->identity), "relay");
      node->mesh = edge_mesh_new (node->identity, room, "member");
      g_signal_connect (node->mesh, "frame", G_CALLBACK (frame_cb), &relay);
      edge_mesh_add_backend (node->mesh, EDGE_SIGNALING (node->backend));
      edge_mesh_start (node->mesh);
      edge_signaling_start (EDGE_SIGNALING (node->backend));
    }
  for (guint i = 0; i < N; i++)
    {
      g_autoptr(EdgeIdentity) nobody = edge_identity_generate ();

      edge_signaling_emit_peer_found (EDGE_SIGNALING (relay.nodes[i].backend), edge_identity_get_id (nobody));
      edge_signaling_emit_peer_found (EDGE_SIGNALING (relay.nodes[i].backend), "nobody");
    }

  wait_for (all_linked (&relay));
  assert_no_stranger (&relay);
  for (guint i = 0; i < N; i++)
    {
      for (guint j = 0; j < N; j++)
        {
          g_autoptr(JsonObject) frame = json_object_new ();

          if (i == j)
            continue;
          json_object_set_string_member (frame, "type", "who");
          json_object_set_string_member (frame, "by", edge_identity_get_id (relay.nodes[i].identity));
          edge_mesh_send (relay.nodes[i].mesh, peer_of (&relay.nodes[i], &relay.nodes[j]), frame, NULL);
        }
    }
  wait_for (relay.frames == N * (N - 1));
  g_assert_cmpuint (relay.n_sent, >, N * (N - 1));

  for (guint i = 0; i < N; i++)
    edge_mesh_stop_async (relay.nodes[i].mesh, NULL, stopped_cb, &relay.nodes[i].stopped);
  for (guint i = 0; i < N; i++)
    {
      Node *node = &relay.nodes[i];

      wait_for (node->stopped);
      edge_mesh_remove_backend (node->mesh, EDGE_SIGNALING (node->backend));
      edge_signaling_stop (EDGE_SIGNALING (node->backend));
      g_assert_finalize_object (node->mesh);
      g_assert_finalize_object (node->backend);
    }
  relay.net = NULL;
  wait_for (edge_rtc_count () == 0);
  /* What is late still comes, to nobody. */
  for (guint i = 0; i < KEEP; i++)
    g_free (relay.kept[i]);
  wait_for (relay.n_late == 0);
  scripted_net_free (net);
  g_rand_free (relay.rand);
  for (guint i = 0; i < N; i++)
    g_object_unref (relay.nodes[i].identity);
}

static gboolean
keep_turning (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  edge_mesh_check_system (&error);
  g_assert_no_error (error);
  g_timeout_add (20, keep_turning, GINT_TO_POINTER (1));
  g_test_add_func ("/mesh/hostile-relay", test_hostile_relay);
  return g_test_run ();
}
