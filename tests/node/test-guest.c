/* test-guest.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "base/edge-base64.h"
#include "mesh/edge-direct.h"
#include "node/edge-network-found.h"
#include "node/edge-node-given.h"
#include "node/edge-node-invite.h"

/* A node and a peer that only speaks the wire, and is no friend: what is handed over a direct
 * link into a founded network, and to whom. */

#define LIMIT_SECONDS 60

#define wait_for(condition)                                                     \
  G_STMT_START {                                                                \
    gint64 limit = g_get_monotonic_time () + LIMIT_SECONDS * G_USEC_PER_SEC;    \
    while (!(condition))                                                        \
      {                                                                         \
        g_assert_cmpint (g_get_monotonic_time (), <, limit);                    \
        if (!g_main_context_iteration (NULL, FALSE))                            \
          g_usleep (1000);                                                      \
      }                                                                         \
  } G_STMT_END

/* The node, and the peer's mesh. */
typedef struct
{
  EdgeNode     *node;
  EdgeNetwork  *network;        /* founded; whose it is depends on the test */
  EdgeIdentity *identity;       /* of the peer */
  EdgeMesh     *mesh;
  EdgePeer     *linked;
  JsonObject   *genesis;        /* what came last */
  char         *answer_with;    /* a network file, to whoever asks */
  char         *problem;
  char         *words;
  guint         n_asked;
  guint         n_taken;
} World;

static EdgeNetwork *
found (EdgeIdentity *founder)
{
  static const char wish[] = "{\"name\": \"Grove\"}";
  g_autoptr(GError) error = NULL;
  EdgeNetwork *network = edge_network_found (founder, wish, strlen (wish), &error);

  g_assert_no_error (error);
  return network;
}

static void
link_up_cb (EdgeMesh *mesh,
            EdgePeer *peer,
            World    *world)
{
  g_set_object (&world->linked, peer);
}

static void
link_down_cb (EdgeMesh *mesh,
              EdgePeer *peer,
              World    *world)
{
  g_clear_object (&world->linked);
}

static void
genesis_cb (EdgeMesh   *mesh,
            EdgePeer   *peer,
            const char *type,
            JsonObject *frame,
            World      *world)
{
  g_clear_pointer (&world->genesis, json_object_unref);
  world->genesis = json_object_ref (frame);
}

static void
request_cb (EdgeMesh   *mesh,
            EdgePeer   *peer,
            const char *type,
            JsonObject *frame,
            World      *world)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;

  world->n_asked++;
  if (world->answer_with == NULL)
    return;
  node = json_from_string (world->answer_with, &error);
  g_assert_no_error (error);
  json_object_set_string_member (json_node_get_object (node), "type", "genesis");
  g_assert_true (edge_mesh_send (mesh, peer, json_node_get_object (node), NULL));
}

static void
taken_cb (EdgeMesh   *mesh,
          EdgePeer   *peer,
          const char *type,
          JsonObject *frame,
          World      *world)
{
  /* What it was invited by is told before anything is asked for. */
  g_assert_cmpuint (world->n_asked, ==, 0);
  world->n_taken++;
}

static void
problem_cb (EdgeNode   *node,
            const char *code,
            const char *message,
            const char *remedy,
            World      *world)
{
  /* That the relay of a test does not answer is known. */
  if (g_str_has_prefix (code, "relay") || g_str_equal (code, "no_peers"))
    return;
  g_assert_cmpstr (remedy, !=, "");
  g_set_str (&world->problem, code);
  g_set_str (&world->words, message);
}

static void
begin (World         *world,
       const guint8  *secret)
{
  static const char * const no_relay[] = { "ws://127.0.0.1:9/", NULL };
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(EdgeRoom) room = NULL;

  memset (world, 0, sizeof *world);
  world->identity = edge_identity_generate ();
  world->network = found (secret != NULL ? world->identity : identity);
  world->node = edge_node_new (NULL);
  g_object_set (world->node, "relays", no_relay, NULL);
  edge_node_start (world->node, identity);
  g_signal_connect (world->node, "problem", G_CALLBACK (problem_cb), world);

  room = edge_room_new (world->network->id, secret != NULL ? secret : world->network->room_secret);
  world->mesh = edge_mesh_new (world->identity, room, "Peer");
  g_signal_connect (world->mesh, "link-up", G_CALLBACK (link_up_cb), world);
  g_signal_connect (world->mesh, "link-down", G_CALLBACK (link_down_cb), world);
  g_signal_connect (world->mesh, "frame::genesis", G_CALLBACK (genesis_cb), world);
  g_signal_connect (world->mesh, "frame::genesis_request", G_CALLBACK (request_cb), world);
  g_signal_connect (world->mesh, "frame::invite_taken", G_CALLBACK (taken_cb), world);
  edge_mesh_start (world->mesh);
}

static void
mesh_stopped_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  *(gboolean *) user_data = edge_mesh_stop_finish (EDGE_MESH (source), result, NULL);
}

static void
node_stopped_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  *(gboolean *) user_data = edge_node_stop_finish (EDGE_NODE (source), result, NULL);
}

static void
end (World *world)
{
  gboolean mesh_stopped = FALSE;
  gboolean node_stopped = world->node == NULL;

  if (world->node != NULL)
    edge_node_stop_async (world->node, NULL, node_stopped_cb, &node_stopped);
  edge_mesh_stop_async (world->mesh, NULL, mesh_stopped_cb, &mesh_stopped);
  wait_for (mesh_stopped && node_stopped);
  wait_for (world->node == NULL || G_OBJECT (world->node)->ref_count == 1);
  wait_for (G_OBJECT (world->mesh)->ref_count == 1);
  if (world->node != NULL)
    g_assert_finalize_object (world->node);
  g_assert_finalize_object (world->mesh);
  g_clear_object (&world->identity);
  g_clear_object (&world->linked);
  g_clear_pointer (&world->network, edge_network_free);
  g_clear_pointer (&world->genesis, json_object_unref);
  g_clear_pointer (&world->answer_with, g_free);
  g_clear_pointer (&world->problem, g_free);
  g_clear_pointer (&world->words, g_free);
}

static void
ready_cb (EdgeDirect *direct,
          gboolean   *ready)
{
  *ready = TRUE;
}

/* The peer's half, as an invitation. */
static EdgeInvitation *
describe (World              *world,
          EdgeDirect         *direct,
          EdgeInvitationKind  kind,
          const guint8       *session)
{
  g_auto(GStrv) candidates = NULL;
  g_autoptr(GError) error = NULL;
  EdgeInvitation *made;
  gboolean ready = FALSE;

  g_signal_connect (direct, "ready", G_CALLBACK (ready_cb), &ready);
  wait_for (ready);
  g_signal_handlers_disconnect_by_data (direct, &ready);
  candidates = edge_direct_dup_candidates (direct);
  made = edge_invitation_new_direct (world->identity, kind, world->network->id,
                                     g_get_real_time () / 1000 + EDGE_INVITATION_DIRECT_LIFETIME,
                                     session, edge_direct_get_sdp (direct),
                                     (const char * const *) candidates, 4, &error);
  g_assert_no_error (error);
  return made;
}

typedef struct
{
  EdgeInvitation *answer;
  gboolean        done;
} Acceptance;

static void
accepted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Acceptance *acceptance = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_true (edge_node_accept_finish (EDGE_NODE (source), result, &acceptance->answer, &error));
  g_assert_no_error (error);
  acceptance->done = TRUE;
}

/* The node takes the peer's offer; its answer is not yet given back. */
static EdgeDirect *
offer_to_node (World           *world,
               EdgeInvitation **answer)
{
  Acceptance acceptance = { NULL, FALSE };
  g_autoptr(GError) error = NULL;
  EdgeDirect *direct = edge_mesh_begin_direct (world->mesh, &error);
  g_autoptr(EdgeInvitation) offer = NULL;

  g_assert_no_error (error);
  offer = describe (world, direct, EDGE_INVITATION_KIND_OFFER, NULL);
  g_assert_true (edge_node_check_invitation (world->node, offer, &error));
  edge_node_accept_async (world->node, offer, NULL, accepted_cb, &acceptance);
  wait_for (acceptance.done);
  *answer = acceptance.answer;
  return direct;
}

static void
link_by_offer (World *world)
{
  g_autoptr(EdgeInvitation) answer = NULL;
  g_autoptr(EdgeDirect) direct = offer_to_node (world, &answer);
  g_autoptr(GError) error = NULL;

  g_assert_true (edge_direct_take_answer (direct, edge_invitation_get_inviter (answer),
                                          edge_invitation_get_sdp (answer), &error));
  g_assert_no_error (error);
  wait_for (world->linked != NULL);
  edge_direct_cancel (direct);
}

static void
invited_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  EdgeInvitation **made = user_data;
  g_autoptr(GError) error = NULL;

  *made = edge_node_invite_direct_finish (EDGE_NODE (source), result, &error);
  g_assert_no_error (error);
}

/* The peer answers an offer of the node. */
static EdgeInvitation *
link_by_answer (World *world)
{
  Acceptance acceptance = { NULL, FALSE };
  g_autoptr(EdgeInvitation) offer = NULL;
  g_autoptr(EdgeInvitation) answer = NULL;
  g_autoptr(EdgeDirect) direct = NULL;
  g_autoptr(GError) error = NULL;

  edge_node_invite_direct_async (world->node, NULL, invited_cb, &offer);
  wait_for (offer != NULL);
  direct = edge_mesh_answer_direct (world->mesh, edge_invitation_get_inviter (offer),
                                    edge_invitation_get_sdp (offer), &error);
  g_assert_no_error (error);
  answer = describe (world, direct, EDGE_INVITATION_KIND_ANSWER, edge_invitation_get_session (offer));
  edge_node_accept_async (world->node, answer, NULL, accepted_cb, &acceptance);
  wait_for (acceptance.done && world->linked != NULL);
  edge_direct_cancel (direct);
  return g_steal_pointer (&offer);
}

static void
ask (World *world)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  g_autoptr(GError) error = NULL;

  json_object_set_string_member (frame, "type", "genesis_request");
  g_assert_true (edge_mesh_send (world->mesh, world->linked, frame, &error));
  g_assert_no_error (error);
}

static void
test_handed_over (void)
{
  World world;
  g_autoptr(EdgeInvitation) offer = NULL;
  g_autoptr(EdgeNetwork) given = NULL;
  g_autoptr(GError) error = NULL;

  begin (&world, NULL);
  edge_node_join (world.node, world.network);
  offer = link_by_answer (&world);
  ask (&world);
  wait_for (world.genesis != NULL);
  given = edge_network_read (world.genesis, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (given->id, ==, world.network->id);
  g_assert_cmpmem (given->room_secret, sizeof given->room_secret,
                   world.network->room_secret, sizeof world.network->room_secret);

  /* Once a link. */
  g_clear_pointer (&world.genesis, json_object_unref);
  ask (&world);
  ask (&world);
  ask (&world);
  wait_for (world.linked == NULL);
  g_assert_null (world.genesis);
  end (&world);
}

static void
test_withdrawn (void)
{
  World world;
  g_autoptr(EdgeInvitation) offer = NULL;
  g_autofree char *ticket = NULL;
  g_autoptr(GError) error = NULL;

  begin (&world, NULL);
  edge_node_join (world.node, world.network);
  offer = link_by_answer (&world);
  ticket = edge_base64url_encode (edge_invitation_get_ticket (offer), EDGE_INVITATION_TICKET_SIZE);
  g_assert_true (edge_node_withdraw_invitation (world.node, ticket, &error));
  g_assert_no_error (error);
  ask (&world);
  wait_for (world.genesis != NULL);
  g_assert_false (json_object_has_member (world.genesis, "room_secret"));
  g_assert_false (json_object_has_member (world.genesis, "addresses"));
  end (&world);
}

/* Linked to it, but by an offer of the peer's own: what it is told is no more than before. */
static void
test_no_answer_no_secret (void)
{
  World world;

  begin (&world, NULL);
  edge_node_join (world.node, world.network);
  link_by_offer (&world);
  ask (&world);
  wait_for (world.genesis != NULL);
  g_assert_true (json_object_has_member (world.genesis, "genesis"));
  g_assert_false (json_object_has_member (world.genesis, "room_secret"));
  end (&world);
}

static const guint8 any_secret[EDGE_ROOM_SECRET_SIZE] = { 7 };

/* The node is a guest of a peer that answers with @file, and stays where it was. */
static void
refuse (const char *file,
        const char *code,
        const char *words)
{
  World world;
  g_autofree char *name = NULL;

  begin (&world, any_secret);
  edge_node_join_open (world.node, "cellar");
  world.answer_with = g_strdup (file);
  link_by_offer (&world);
  wait_for (world.problem != NULL);
  g_assert_cmpstr (world.problem, ==, code);
  g_assert_nonnull (strstr (world.words, words));
  g_assert_cmpuint (world.n_taken, ==, 1);
  g_assert_cmpuint (world.n_asked, ==, 1);
  wait_for (world.linked == NULL);
  g_object_get (world.node, "network-name", &name, NULL);
  g_assert_cmpstr (name, ==, "cellar");
  end (&world);
}

static void
test_refusals (void)
{
  g_autoptr(EdgeIdentity) somebody = edge_identity_generate ();
  g_autoptr(EdgeNetwork) other = found (somebody);
  g_autofree char *file = edge_network_to_text (other);

  refuse (file, "direct_other_network", "another network");
  refuse ("{\"open\": \"attic\"}", "direct_other_network", "another network");
  refuse ("{\"genesis\": \"x\"}", "direct_refused", "taken back");
  refuse ("{\"genesis\": \"x.y.z\", \"room_secret\": \"AAAAAAAAAAAAAAAAAAAAAA\"}",
          "direct_malformed", "no network");
  refuse ("{\"room_secret\": 7}", "direct_malformed", "no network");
}

/* Lost, while it waits to be let in. */
static void
test_lost (void)
{
  World world;

  begin (&world, any_secret);
  link_by_offer (&world);
  wait_for (world.n_asked == 1);
  edge_mesh_disconnect (world.mesh, world.linked);
  wait_for (world.problem != NULL);
  g_assert_cmpstr (world.problem, ==, "direct_lost");
  end (&world);
}

/* The inviter says nothing to who asks it for the network. */
static void
test_unanswered (void)
{
  World world;

  g_setenv ("EDGE_NET_DIRECT_SCALE", "20", TRUE);
  begin (&world, any_secret);
  link_by_offer (&world);
  wait_for (world.problem != NULL);
  g_assert_cmpuint (world.n_asked, ==, 1);
  g_assert_cmpstr (world.problem, ==, "direct_unanswered");
  g_assert_nonnull (strstr (world.words, "was not handed over"));
  end (&world);
  g_unsetenv ("EDGE_NET_DIRECT_SCALE");
}

/* Nobody brings the reply back to who made the offer. */
static void
test_no_link (void)
{
  World world;
  g_autoptr(EdgeInvitation) answer = NULL;
  g_autoptr(EdgeDirect) direct = NULL;

  g_setenv ("EDGE_NET_DIRECT_SCALE", "300", TRUE);
  begin (&world, any_secret);
  direct = offer_to_node (&world, &answer);
  wait_for (world.problem != NULL);
  g_assert_cmpstr (world.problem, ==, "direct_no_link");
  g_assert_nonnull (strstr (world.words, "led to no link"));
  edge_direct_cancel (direct);
  g_clear_object (&direct);
  end (&world);
  g_unsetenv ("EDGE_NET_DIRECT_SCALE");
}

/* Whatever is on its way when the node ends, or another offer is taken, is given up. */
static void
test_given_up (void)
{
  World world;
  g_autoptr(EdgeInvitation) first_answer = NULL;
  g_autoptr(EdgeInvitation) answer = NULL;
  g_autoptr(EdgeDirect) first = NULL;
  g_autoptr(EdgeDirect) second = NULL;

  begin (&world, any_secret);
  first = offer_to_node (&world, &first_answer);
  second = offer_to_node (&world, &answer);
  g_assert_cmpstr (edge_invitation_get_network_id (answer), ==, world.network->id);
  edge_direct_cancel (first);
  edge_direct_cancel (second);
  g_clear_object (&first);
  g_clear_object (&second);
  g_assert_null (world.problem);
  end (&world);
}

/* Nobody stops the node. */
static void
test_abandoned (void)
{
  World world;
  g_autoptr(EdgeInvitation) answer = NULL;
  g_autoptr(EdgeDirect) direct = NULL;

  begin (&world, any_secret);
  direct = offer_to_node (&world, &answer);
  edge_direct_cancel (direct);
  wait_for (G_OBJECT (world.node)->ref_count == 1);
  g_assert_finalize_object (world.node);
  world.node = NULL;
  g_clear_object (&direct);
  end (&world);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/node/guest/handed-over", test_handed_over);
  g_test_add_func ("/node/guest/withdrawn", test_withdrawn);
  g_test_add_func ("/node/guest/no-answer-no-secret", test_no_answer_no_secret);
  g_test_add_func ("/node/guest/refusals", test_refusals);
  g_test_add_func ("/node/guest/lost", test_lost);
  g_test_add_func ("/node/guest/unanswered", test_unanswered);
  g_test_add_func ("/node/guest/no-link", test_no_link);
  g_test_add_func ("/node/guest/given-up", test_given_up);
  g_test_add_func ("/node/guest/abandoned", test_abandoned);

  return g_test_run ();
}
