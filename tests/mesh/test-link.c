/* test-link.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "mesh/edge-link-private.h"
#include "mesh/edge-rtc-setup.h"
#include "scripted.h"

/* Two links with real connections; what signals them is a net of the test,
 * which can withhold what it likes. */

#define NETWORK       "9g4wIlYwnWH9xfXGa1wr1GR7LSbWVReK3polGaOFxws"
#define LIMIT_SECONDS 60
#define PING          G_USEC_PER_SEC

typedef struct _Pair Pair;

typedef struct
{
  Pair                  *pair;
  EdgeIdentity          *identity;
  EdgeScriptedSignaling *backend;
  EdgeSwitchboard       *switchboard;
  EdgePeer              *peer;
  EdgeLink              *link;
  GString               *heard;
  guint                  ups;
  guint                  downs;
  guint                  sent;
  gboolean               over;
  gboolean               left;
} Node;

struct _Pair
{
  EdgeRoom    *room;
  ScriptedNet *net;
  Node         a;               /* the side that offers */
  Node         b;
  guint        tick_source;
  guint        offers;
  guint        wrong_offers;
  guint        data;
  gboolean     withhold_offers;
  gboolean     withhold_data;
};

#define wait_for(condition) \
  G_STMT_START { \
    gint64 limit_ = g_get_monotonic_time () + LIMIT_SECONDS * G_USEC_PER_SEC; \
    while (!(condition)) \
      { \
        g_assert_cmpint (g_get_monotonic_time (), <, limit_); \
        g_main_context_iteration (NULL, TRUE); \
      } \
  } G_STMT_END

static gboolean
tap (ScriptedNet    *net,
     const char     *from,
     const char     *to,
     EdgeSignalKind  kind,
     const char     *blob,
     gpointer        user_data)
{
  Pair *pair = user_data;

  if (kind == EDGE_SIGNAL_OFFER)
    {
      pair->offers++;
      pair->wrong_offers += strcmp (from, to) > 0;
    }
  pair->data += kind == EDGE_SIGNAL_DATA;
  return !(kind == EDGE_SIGNAL_OFFER && pair->withhold_offers) &&
         !(kind == EDGE_SIGNAL_DATA && pair->withhold_data);
}

static void
hello_cb (EdgeSwitchboard *switchboard,
          const char      *peer_id,
          gboolean         fresh,
          gboolean         wanted,
          Node            *node)
{
  if (wanted)
    edge_switchboard_say_hello (switchboard, peer_id, FALSE);
  edge_link_take_hello (node->link, fresh, wanted, g_get_monotonic_time ());
}

static void
signal_cb (EdgeSwitchboard *switchboard,
           const char      *peer_id,
           int              kind,
           GBytes          *body,
           Node            *node)
{
  edge_link_take_signal (node->link, kind, body, g_get_monotonic_time ());
}

static void
frame_cb (EdgeLink   *link,
          const char *type,
          JsonObject *frame,
          Node       *node)
{
  g_string_append_printf (node->heard, "%s ", type);
}

static void
up_cb (EdgeLink *link,
       Node     *node)
{
  node->ups++;
}

static void
down_cb (EdgeLink *link,
         Node     *node)
{
  node->downs++;
}

static void
over_cb (EdgeLink   *link,
         gboolean    left,
         const char *reason,
         Node       *node)
{
  node->over = TRUE;
  node->left = left;
}

static void
node_start (Node *node,
            Node *other)
{
  Pair *pair = node->pair;

  node->heard = g_string_new (NULL);
  node->switchboard = edge_switchboard_new (node->identity, pair->room);
  node->backend = edge_scripted_signaling_new (pair->net, edge_identity_get_id (node->identity), "net");
  node->peer = edge_peer_new (edge_identity_get_id (other->identity));
  node->link = edge_link_new (node->peer, node->switchboard);
  edge_link_set_name (node->link, node == &pair->a ? "a" : "b");
  g_signal_connect (node->switchboard, "hello", G_CALLBACK (hello_cb), node);
  g_signal_connect (node->switchboard, "signal", G_CALLBACK (signal_cb), node);
  g_signal_connect (node->link, "frame", G_CALLBACK (frame_cb), node);
  g_signal_connect (node->link, "up", G_CALLBACK (up_cb), node);
  g_signal_connect (node->link, "down", G_CALLBACK (down_cb), node);
  g_signal_connect (node->link, "over", G_CALLBACK (over_cb), node);
  edge_switchboard_add_backend (node->switchboard, EDGE_SIGNALING (node->backend));
  edge_signaling_start (EDGE_SIGNALING (node->backend));
}

/* Without a word to anyone, as after kill -9. */
static void
node_vanish (Node *node)
{
  g_signal_handlers_disconnect_by_data (node->switchboard, node);
  g_signal_handlers_disconnect_by_data (node->link, node);
  edge_signaling_stop (EDGE_SIGNALING (node->backend));
  g_assert_finalize_object (g_steal_pointer (&node->link));
  g_assert_finalize_object (g_steal_pointer (&node->peer));
  g_assert_finalize_object (g_steal_pointer (&node->switchboard));
  g_assert_finalize_object (g_steal_pointer (&node->backend));
  g_string_free (g_steal_pointer (&node->heard), TRUE);
  node->ups = node->downs = 0;
  node->over = node->left = FALSE;
}

static gboolean
tick_cb (gpointer user_data)
{
  Pair *pair = user_data;
  gint64 now = g_get_monotonic_time ();

  if (pair->a.link != NULL)
    edge_link_tick (pair->a.link, PING, now);
  if (pair->b.link != NULL)
    edge_link_tick (pair->b.link, PING, now);
  return G_SOURCE_CONTINUE;
}

static void
set_up (Pair          *pair,
        gconstpointer  data)
{
  const guint8 secret[EDGE_ROOM_SECRET_SIZE] = { 1 };
  gint64 now = g_get_monotonic_time ();

  pair->room = edge_room_new (NETWORK, secret);
  pair->net = scripted_net_new ();
  scripted_net_set_tap (pair->net, tap, pair);
  pair->a.pair = pair->b.pair = pair;
  pair->a.identity = edge_identity_generate ();
  pair->b.identity = edge_identity_generate ();
  if (strcmp (edge_identity_get_id (pair->a.identity), edge_identity_get_id (pair->b.identity)) > 0)
    {
      EdgeIdentity *swapped = pair->a.identity;

      pair->a.identity = pair->b.identity;
      pair->b.identity = swapped;
    }
  node_start (&pair->a, &pair->b);
  node_start (&pair->b, &pair->a);
  pair->tick_source = g_timeout_add (50, tick_cb, pair);
  pair->withhold_offers = GPOINTER_TO_INT (data);
  edge_link_start (pair->a.link, now);
  edge_link_start (pair->b.link, now);
}

static void
tear_down (Pair          *pair,
           gconstpointer  data)
{
  g_source_remove (pair->tick_source);
  node_vanish (&pair->a);
  node_vanish (&pair->b);
  scripted_net_free (pair->net);
  edge_room_unref (pair->room);
  g_object_unref (pair->a.identity);
  g_object_unref (pair->b.identity);
  wait_for (edge_rtc_count () == 0);
  g_assert_cmpuint (pair->wrong_offers, ==, 0);
}

static gboolean
both_on (Pair         *pair,
         EdgePeerPath  path)
{
  return edge_peer_get_path (pair->a.peer) == path && edge_peer_get_path (pair->b.peer) == path &&
         edge_peer_get_state (pair->a.peer) == EDGE_PEER_STATE_CONNECTED &&
         edge_peer_get_state (pair->b.peer) == EDGE_PEER_STATE_CONNECTED;
}

static void
say (Node *node)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  g_autofree char *type = g_strdup_printf ("%u", node->sent++);
  g_autofree char *padding = g_strnfill (node->sent * 97 % 9000, '.');
  g_autoptr(GError) error = NULL;

  json_object_set_string_member (frame, "type", type);
  json_object_set_string_member (frame, "padding", padding);
  edge_link_send (node->link, frame, &error);
  g_assert_no_error (error);
}

/* Each of what was said, once, in order. */
static void
assert_heard_all (Node *listener,
                  Node *speaker)
{
  g_autoptr(GString) expected = g_string_new (NULL);

  for (guint i = 0; i < speaker->sent; i++)
    g_string_append_printf (expected, "%u ", i);
  wait_for (listener->heard->len >= expected->len);
  g_assert_cmpstr (listener->heard->str, ==, expected->str);
}

static void
say_both (Pair  *pair,
          guint  n)
{
  for (guint i = 0; i < n; i++)
    {
      say (&pair->a);
      say (&pair->b);
    }
}

static void
assert_all_heard (Pair *pair)
{
  assert_heard_all (&pair->a, &pair->b);
  assert_heard_all (&pair->b, &pair->a);
}

static void
test_direct (Pair          *pair,
             gconstpointer  data)
{
  wait_for (both_on (pair, EDGE_PEER_PATH_DIRECT));
  say_both (pair, 40);
  assert_all_heard (pair);
  g_assert_cmpstr (edge_peer_get_name (pair->a.peer), ==, "b");
  g_assert_true (edge_peer_get_verified (pair->a.peer));
  g_assert_cmpuint (pair->a.ups, ==, 1);
  g_assert_cmpuint (pair->offers, ==, 1);
}

/* Only the smaller key offers; an offer of the other is a fault and begins nothing. */
static void
test_glare (Pair          *pair,
            gconstpointer  data)
{
  EdgeSignalBody offer = { 1, (char *) "v=0\r\n", NULL };
  g_autoptr(GBytes) body = edge_signal_body_print (&offer);
  guint lanes;

  wait_for (both_on (pair, EDGE_PEER_PATH_DIRECT));
  lanes = edge_rtc_count ();
  edge_link_take_signal (pair->a.link, EDGE_SIGNAL_OFFER, body, g_get_monotonic_time ());
  g_assert_cmpint (pair->a.link->faulted_at[EDGE_LINK_FAULTS - 2], >, 0);
  g_assert_null (pair->a.link->direct);
  g_assert_cmpuint (edge_rtc_count (), ==, lanes);
  g_assert_true (edge_link_is_up (pair->a.link));
}

static void
expire_direct (Pair *pair)
{
  gint64 later = g_get_monotonic_time () + EDGE_LINK_DIRECT_LIMIT + G_USEC_PER_SEC;

  edge_link_tick (pair->a.link, PING, later);
}

/* Offers do not get through: the relay takes over. They do again: the direct
 * lane does, and nothing that was said meanwhile is lost, doubled or moved. */
static void
test_relayed_and_back (Pair          *pair,
                       gconstpointer  data)
{
  wait_for (pair->offers > 0);
  expire_direct (pair);
  wait_for (both_on (pair, EDGE_PEER_PATH_RELAYED));
  g_assert_true (edge_peer_get_verified (pair->b.peer));
  say_both (pair, 20);
  assert_all_heard (pair);

  pair->withhold_offers = FALSE;
  pair->a.link->timing.next_direct_at = 0;
  while (!both_on (pair, EDGE_PEER_PATH_DIRECT))
    {
      if (pair->a.sent < 400)
        say_both (pair, 1);
      g_main_context_iteration (NULL, TRUE);
    }
  say_both (pair, 20);
  assert_all_heard (pair);
  g_assert_cmpuint (pair->a.downs, ==, 0);
  g_assert_cmpuint (pair->b.downs, ==, 0);
  g_assert_cmpuint (pair->a.ups, ==, 1);
}

/* One side lost the relayed lane the other still has: it begins another at once. */
static void
test_relayed_renewed (Pair          *pair,
                      gconstpointer  data)
{
  wait_for (pair->offers > 0);
  expire_direct (pair);
  wait_for (both_on (pair, EDGE_PEER_PATH_RELAYED));
  say_both (pair, 5);
  assert_all_heard (pair);

  _edge_link_lane_lost (pair->b.link, "as the test likes", g_get_monotonic_time ());
  g_assert_cmpuint (pair->b.downs, ==, 1);
  say_both (pair, 5);
  pair->b.link->timing.next_relayed_at = 0;
  wait_for (both_on (pair, EDGE_PEER_PATH_RELAYED) && pair->b.ups == 2);
  assert_all_heard (pair);
  g_assert_cmpuint (pair->a.ups, ==, 2);
}

/* Both began again while the other slept: what waited for them belongs to lanes that are
 * given up. They come to one lane, and do not answer each other for ever. */
static void
test_relayed_crossed (Pair          *pair,
                      gconstpointer  data)
{
  gint64 now = g_get_monotonic_time ();

  wait_for (pair->offers > 0);
  for (guint i = 0; i < 4; i++)
    {
      _edge_link_begin_relayed (pair->a.link, now);
      if (i % 2 == 0)
        _edge_link_begin_relayed (pair->b.link, now);
    }
  wait_for (both_on (pair, EDGE_PEER_PATH_RELAYED));
  g_assert_cmpuint (pair->data, <, 40);
  say_both (pair, 5);
  assert_all_heard (pair);
  g_assert_cmpuint (pair->a.ups, ==, 1);
  g_assert_cmpuint (pair->b.ups, ==, 1);
}

static void
post_data (Node       *to,
           const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr(GBytes) message = edge_mux_wrap_loose (bytes);
  g_autoptr(GByteArray) body = g_byte_array_new ();
  g_autoptr(GBytes) whole = NULL;
  guint8 channel = EDGE_CHANNEL_CONTROL;

  g_byte_array_append (body, &channel, 1);
  g_byte_array_append (body, g_bytes_get_data (message, NULL), (guint) g_bytes_get_size (message));
  whole = g_bytes_new (body->data, body->len);
  edge_link_take_signal (to->link, EDGE_SIGNAL_DATA, whole, g_get_monotonic_time ());
}

/* What ends a lane, over and over, costs a bounded number of lanes. */
static void
test_relayed_flood (Pair          *pair,
                    gconstpointer  data)
{
  guint sent;

  wait_for (pair->offers > 0);
  pair->withhold_data = TRUE;
  sent = pair->data;
  for (guint i = 0; i < 200; i++)
    post_data (&pair->a, "{\"type\":\"hello\"}");
  g_assert_cmpuint (pair->data - sent, <, 10);
  g_assert_false (pair->a.over);
}

/* Nothing comes any more, nobody says why: found within four seconds, and built anew. */
static void
test_dead_lane (Pair          *pair,
                gconstpointer  data)
{
  EdgeLane *dead;

  wait_for (both_on (pair, EDGE_PEER_PATH_DIRECT));
  say_both (pair, 10);
  assert_all_heard (pair);

  dead = pair->b.link->live;
  g_signal_handlers_block_matched (edge_lane_get_transport (dead), G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, dead);
  edge_transport_close (edge_lane_get_transport (dead), FALSE);
  say_both (pair, 10);
  wait_for (pair->a.downs == 1 && pair->b.downs == 1);
  say_both (pair, 10);
  wait_for (both_on (pair, EDGE_PEER_PATH_DIRECT));
  assert_all_heard (pair);
  g_assert_cmpuint (pair->a.ups, ==, 2);
  g_assert_false (pair->a.over);
}

/* Neither knows any way to the other but the link: the scripted net is off. */
static void
cut_signaling (Pair *pair)
{
  edge_signaling_stop (EDGE_SIGNALING (pair->a.backend));
  edge_signaling_stop (EDGE_SIGNALING (pair->b.backend));
}

static void
renew (Pair *pair,
       Node *moved)
{
  EdgeLane *before_a = pair->a.link->live;
  EdgeLane *before_b = pair->b.link->live;

  edge_link_renew (moved->link, g_get_monotonic_time ());
  while (pair->a.link->live == before_a || pair->b.link->live == before_b)
    {
      if (pair->a.sent < 400)
        say_both (pair, 1);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_true (pair->a.link->spare == before_a);
  g_assert_true (pair->b.link->spare == before_b);
  g_assert_true (both_on (pair, EDGE_PEER_PATH_DIRECT));
}

/* Another lane is signaled over the one in use, whichever side has come to a new address, and
 * nothing that is said meanwhile is lost, doubled or moved. */
static void
test_renewed (Pair          *pair,
              gconstpointer  data)
{
  wait_for (both_on (pair, EDGE_PEER_PATH_DIRECT));
  cut_signaling (pair);
  renew (pair, &pair->a);
  renew (pair, &pair->b);
  say_both (pair, 20);
  assert_all_heard (pair);
  g_assert_cmpuint (pair->offers, ==, 1);
  g_assert_cmpuint (pair->a.ups, ==, 1);
  g_assert_cmpuint (pair->a.downs, ==, 0);
  g_assert_cmpuint (pair->b.downs, ==, 0);
}

/* What became of the new address, both stand by what they had before. */
static void
test_spare (Pair          *pair,
            gconstpointer  data)
{
  EdgeLane *spare;

  wait_for (both_on (pair, EDGE_PEER_PATH_DIRECT));
  cut_signaling (pair);
  renew (pair, &pair->b);
  spare = pair->a.link->spare;
  say_both (pair, 10);
  _edge_link_lane_lost (pair->a.link, "as the test likes", g_get_monotonic_time ());
  say_both (pair, 10);
  wait_for (pair->a.ups == 2 && both_on (pair, EDGE_PEER_PATH_DIRECT));
  say_both (pair, 10);
  assert_all_heard (pair);
  g_assert_true (pair->a.link->spare == spare);

  /* And again, begun by the side that can't offer. */
  _edge_link_lane_lost (pair->b.link, "as the test likes", g_get_monotonic_time ());
  say_both (pair, 10);
  wait_for (pair->b.ups == 2 && both_on (pair, EDGE_PEER_PATH_DIRECT));
  say_both (pair, 10);
  assert_all_heard (pair);
  g_assert_cmpuint (pair->offers, ==, 1);
  g_assert_true (pair->a.link->spare == spare);
}

/* Wishes cost a bounded number of connections, then the link. */
static void
test_wish_flood (Pair          *pair,
                 gconstpointer  data)
{
  g_autoptr(JsonObject) wish = json_object_new ();
  EdgeLane *before = NULL;
  guint begun = 0;

  json_object_set_string_member (wish, "type", "relink");
  json_object_set_string_member (wish, "kind", "wish");
  wait_for (both_on (pair, EDGE_PEER_PATH_DIRECT));
  for (guint i = 0; i < 200 && !pair->a.over; i++)
    {
      _edge_link_take_relink (pair->a.link, wish, FALSE, g_get_monotonic_time ());
      begun += pair->a.link->direct != NULL && pair->a.link->direct != before;
      before = pair->a.link->direct;
    }
  g_assert_cmpuint (begun, >, 0);
  g_assert_cmpuint (begun, <=, 7);
  g_assert_true (pair->a.over);
}

static void
send_raw (Node       *node,
          const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  g_assert_true (edge_mux_send (node->link->mux, EDGE_CHANNEL_CONTROL, bytes, NULL));
  edge_mux_flush (node->link->mux, g_get_monotonic_time ());
}

static void
test_bad_frames (Pair          *pair,
                 gconstpointer  data)
{
  wait_for (both_on (pair, EDGE_PEER_PATH_DIRECT));
  send_raw (&pair->a, "no JSON");
  send_raw (&pair->a, "{\"type\":7}");
  say (&pair->a);
  assert_heard_all (&pair->b, &pair->a);
  g_assert_false (pair->b.over);

  send_raw (&pair->a, "{\"no\":\"type\"}");
  say (&pair->a);
  wait_for (pair->b.over);
  g_assert_false (pair->b.left);
  /* What was behind the third is not heard any more. */
  g_assert_cmpstr (pair->b.heard->str, ==, "0 ");
  wait_for (pair->a.over);
  g_assert_true (pair->a.left);
}

/* Two faults an hour ago do not add to the one of now. */
static void
test_old_faults (Pair          *pair,
                 gconstpointer  data)
{
  gint64 now = g_get_monotonic_time ();

  wait_for (both_on (pair, EDGE_PEER_PATH_DIRECT));
  pair->b.link->faulted_at[0] = now - 61 * G_USEC_PER_SEC;
  pair->b.link->faulted_at[1] = now - 60 * G_USEC_PER_SEC;
  send_raw (&pair->a, "no JSON");
  say (&pair->a);
  assert_heard_all (&pair->b, &pair->a);
  g_assert_false (pair->b.over);
}

/* Broken records leave no state in common: the link is over at once. */
static void
test_bad_record (Pair          *pair,
                 gconstpointer  data)
{
  const guint8 gap[] = { 1, 1, 1, 0, 0, 0, 0, 9, 0, 1, 'x' };
  g_autoptr(GBytes) message = g_bytes_new_static (gap, sizeof gap);

  wait_for (both_on (pair, EDGE_PEER_PATH_DIRECT));
  g_assert_true (edge_transport_send (edge_lane_get_transport (pair->a.link->live), EDGE_CHANNEL_BULK, message));
  wait_for (pair->b.over && pair->a.over);
}

static void
test_bye (Pair          *pair,
          gconstpointer  data)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  g_autoptr(GError) error = NULL;

  wait_for (both_on (pair, EDGE_PEER_PATH_DIRECT));
  edge_link_close (pair->a.link, "leaving");
  g_assert_true (pair->a.over);
  g_assert_false (pair->a.left);
  wait_for (pair->b.over);
  g_assert_true (pair->b.left);
  g_assert_cmpint (edge_peer_get_state (pair->b.peer), ==, EDGE_PEER_STATE_CLOSED);
  g_assert_cmpint (edge_peer_get_path (pair->b.peer), ==, EDGE_PEER_PATH_NONE);
  g_assert_false (edge_peer_get_verified (pair->b.peer));
  json_object_set_string_member (frame, "type", "x");
  g_assert_false (edge_link_send (pair->a.link, frame, &error));
  g_assert_nonnull (error);
}

/* The other side starts anew with a new session while we think it is there. */
static void
test_restart (Pair          *pair,
              gconstpointer  data)
{
  wait_for (both_on (pair, EDGE_PEER_PATH_DIRECT));
  say_both (pair, 10);
  assert_all_heard (pair);

  node_vanish (&pair->b);
  pair->b.sent = 0;
  g_string_truncate (pair->a.heard, 0);
  node_start (&pair->b, &pair->a);
  edge_link_start (pair->b.link, g_get_monotonic_time ());
  wait_for (pair->b.ups == 1 && both_on (pair, EDGE_PEER_PATH_DIRECT));
  /* Its streams begin at the start; what is said from here arrives. */
  pair->a.sent = 0;
  say_both (pair, 10);
  assert_all_heard (pair);
}

/* Asking and offering in a loop costs a bounded number of connections. */
static void
test_offer_flood (Pair          *pair,
                  gconstpointer  data)
{
  gint64 now = g_get_monotonic_time ();
  guint begun = 0;

  wait_for (both_on (pair, EDGE_PEER_PATH_DIRECT));
  for (guint i = 0; i < 200; i++)
    {
      EdgeLane *before = pair->a.link->direct;

      edge_link_take_hello (pair->a.link, TRUE, TRUE, now);
      begun += pair->a.link->direct != NULL && pair->a.link->direct != before;
    }
  g_assert_cmpuint (begun, >, 0);
  g_assert_cmpuint (begun, <=, 7);
  g_assert_true (edge_link_is_up (pair->a.link));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  edge_rtc_check_plugins (&error);
  g_assert_no_error (error);

#define add(name, withhold, func) \
  g_test_add ("/mesh/link/" name, Pair, GINT_TO_POINTER (withhold), set_up, func, tear_down)
  add ("direct", FALSE, test_direct);
  add ("glare", FALSE, test_glare);
  add ("relayed-and-back", TRUE, test_relayed_and_back);
  add ("relayed-renewed", TRUE, test_relayed_renewed);
  add ("relayed-crossed", TRUE, test_relayed_crossed);
  add ("relayed-flood", TRUE, test_relayed_flood);
  add ("dead-lane", FALSE, test_dead_lane);
  add ("renewed", FALSE, test_renewed);
  add ("spare", FALSE, test_spare);
  add ("wish-flood", FALSE, test_wish_flood);
  add ("bad-frames", FALSE, test_bad_frames);
  add ("old-faults", FALSE, test_old_faults);
  add ("bad-record", FALSE, test_bad_record);
  add ("bye", FALSE, test_bye);
  add ("restart", FALSE, test_restart);
  add ("offer-flood", FALSE, test_offer_flood);
  return g_test_run ();
}
