/* test-switchboard.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-switchboard.h"

#include <sodium.h>
#include <string.h>

#include "base/edge-base64.h"
#include "base/edge-json.h"
#include "scripted.h"
#include "signaling/edge-envelope.h"
#include "signaling/edge-switchboard-peer.h"

#define NETWORK "9g4wIlYwnWH9xfXGa1wr1GR7LSbWVReK3polGaOFxws"

/* A member of the room that does as the test says. */
typedef struct
{
  EdgeIdentity *identity;
  guint8        session[EDGE_ENVELOPE_SESSION_SIZE];
  guint8        box_public[32];
  guint8        box_secret[32];
  gint64        time;
  guint64       sequence;
} Member;

typedef struct
{
  EdgeIdentity          *identity;
  EdgeRoom              *room;
  EdgeSwitchboard       *switchboard;
  EdgeScriptedSignaling *first;
  EdgeScriptedSignaling *second;
  Member                 member;
  guint8                 box_public[32];
  GString               *log;
} Fixture;

static void
found_cb (EdgeSwitchboard *switchboard,
          const char      *peer_id,
          const char      *backend,
          Fixture         *f)
{
  g_string_append_printf (f->log, "found:%s ", backend);
}

static void
left_cb (EdgeSwitchboard *switchboard,
         const char      *peer_id,
         Fixture         *f)
{
  g_string_append (f->log, "left ");
}

static void
hello_cb (EdgeSwitchboard *switchboard,
          const char      *peer_id,
          gboolean         fresh,
          gboolean         wanted,
          Fixture         *f)
{
  g_assert_cmpstr (peer_id, ==, edge_identity_get_id (f->member.identity));
  g_string_append_printf (f->log, "hello%s%s ", fresh ? ":fresh" : "", wanted ? ":wanted" : "");
}

static void
signal_cb (EdgeSwitchboard *switchboard,
           const char      *peer_id,
           int              kind,
           GBytes          *body,
           Fixture         *f)
{
  g_string_append_printf (f->log, "%d:%.*s ", kind, (int) g_bytes_get_size (body),
                          (const char *) g_bytes_get_data (body, NULL));
}

static void
member_renew (Member *member)
{
  randombytes_buf (member->session, sizeof member->session);
  crypto_box_keypair (member->box_public, member->box_secret);
  member->sequence = 0;
}

static char *
member_seal (Fixture        *f,
             EdgeSignalKind  kind,
             guint64         sequence,
             const char     *text)
{
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr(GError) error = NULL;
  EdgeEnvelope envelope = { .kind = kind, .has_recipient = TRUE, .sequence = sequence,
                            .time = f->member.time, .body = body };
  char *blob;

  memcpy (envelope.session, f->member.session, sizeof envelope.session);
  memcpy (envelope.recipient, edge_identity_get_public_key (f->identity), 32);
  blob = edge_envelope_seal (&envelope, f->room, f->member.identity,
                             kind == EDGE_SIGNAL_HELLO ? NULL : f->box_public, &error);
  g_assert_no_error (error);
  return blob;
}

static char *
member_hello (Fixture  *f,
              gboolean  wanted)
{
  g_autofree char *box = edge_base64url_encode (f->member.box_public, 32);
  g_autofree char *text = g_strdup_printf ("{\"box\":\"%s\",\"wanted\":%s}", box, wanted ? "true" : "false");

  return member_seal (f, EDGE_SIGNAL_HELLO, ++f->member.sequence, text);
}

static void
deliver (EdgeScriptedSignaling *backend,
         const char            *blob)
{
  edge_signaling_emit_received (EDGE_SIGNALING (backend), NULL, blob);
}

#define assert_log(f, text) \
  G_STMT_START { \
    g_assert_cmpstr ((f)->log->str, ==, text); \
    g_string_truncate ((f)->log, 0); \
  } G_STMT_END

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  const guint8 secret[EDGE_ROOM_SECRET_SIZE] = { 1, 2, 3 };

  f->identity = edge_identity_generate ();
  f->room = edge_room_new (NETWORK, secret);
  f->switchboard = edge_switchboard_new (f->identity, f->room);
  f->first = edge_scripted_signaling_new (NULL, NULL, "first");
  f->second = edge_scripted_signaling_new (NULL, NULL, "second");
  f->log = g_string_new (NULL);
  f->member.identity = edge_identity_generate ();
  f->member.time = 1700000000000;
  member_renew (&f->member);
  edge_switchboard_add_backend (f->switchboard, EDGE_SIGNALING (f->first));
  edge_switchboard_add_backend (f->switchboard, EDGE_SIGNALING (f->second));
  g_signal_connect (f->switchboard, "peer-found", G_CALLBACK (found_cb), f);
  g_signal_connect (f->switchboard, "peer-left", G_CALLBACK (left_cb), f);
  g_signal_connect (f->switchboard, "hello", G_CALLBACK (hello_cb), f);
  g_signal_connect (f->switchboard, "signal", G_CALLBACK (signal_cb), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  if (f->switchboard != NULL)
    {
      g_signal_handlers_disconnect_by_data (f->switchboard, f);
      g_assert_finalize_object (f->switchboard);
    }
  g_assert_finalize_object (f->first);
  g_assert_finalize_object (f->second);
  edge_room_unref (f->room);
  g_object_unref (f->identity);
  g_object_unref (f->member.identity);
  g_string_free (f->log, TRUE);
}

/* Reads an envelope of the switchboard as the member would. */
static EdgeEnvelope *
read_sent (Fixture               *f,
           EdgeScriptedSignaling *backend)
{
  GPtrArray *list = edge_scripted_signaling_get_sent (backend);
  ScriptedSent *sent;
  g_autoptr(GError) error = NULL;
  EdgeEnvelope *envelope;

  g_assert_cmpuint (list->len, ==, 1);
  sent = list->pdata[0];
  g_assert_cmpstr (sent->to, ==, edge_identity_get_id (f->member.identity));
  envelope = edge_envelope_open (sent->blob, f->room, edge_identity_get_public_key (f->member.identity),
                                 f->member.box_public, f->member.box_secret, &error);
  g_assert_no_error (error);
  g_assert_cmpint (envelope->kind, ==, sent->kind);
  g_assert_cmpmem (envelope->session, 16, edge_switchboard_get_session (f->switchboard), 16);
  g_ptr_array_set_size (list, 0);
  return envelope;
}

/* The member is found, and learns our session key from our hello. */
static void
meet (Fixture *f)
{
  const char *id = edge_identity_get_id (f->member.identity);
  g_autoptr(EdgeEnvelope) hello = NULL;
  g_autoptr(JsonObject) body = NULL;
  gsize size;
  const char *text;

  edge_signaling_emit_peer_found (EDGE_SIGNALING (f->first), id);
  g_assert_true (edge_switchboard_say_hello (f->switchboard, id, TRUE));
  hello = read_sent (f, f->first);
  text = g_bytes_get_data (hello->body, &size);
  body = edge_json_parse (text, size, size, NULL);
  g_assert_true (json_object_get_boolean_member (body, "wanted"));
  g_assert_true (edge_base64url_decode_fixed (json_object_get_string_member (body, "box"), -1,
                                              f->box_public, 32));
}

static void
meet_with_session (Fixture *f)
{
  g_autofree char *hello = NULL;

  meet (f);
  hello = member_hello (f, FALSE);
  deliver (f->first, hello);
  assert_log (f, "found:first hello:fresh ");
}

static void
test_hello (Fixture       *f,
            gconstpointer  data)
{
  const char *id = edge_identity_get_id (f->member.identity);
  g_autoptr(GBytes) body = g_bytes_new_static ("x", 1);
  g_autofree char *hello = NULL;
  g_autoptr(EdgeEnvelope) sent = NULL;

  meet (f);
  g_assert_false (edge_switchboard_knows_session (f->switchboard, id));
  g_assert_false (edge_switchboard_send (f->switchboard, id, EDGE_SIGNAL_OFFER, body));
  hello = member_hello (f, TRUE);
  deliver (f->first, hello);
  assert_log (f, "found:first hello:fresh:wanted ");
  g_assert_true (edge_switchboard_knows_session (f->switchboard, id));
  g_assert_true (edge_switchboard_send (f->switchboard, id, EDGE_SIGNAL_OFFER, body));
  sent = read_sent (f, f->first);
  g_assert_cmpint (sent->kind, ==, EDGE_SIGNAL_OFFER);
  g_assert_true (g_bytes_equal (sent->body, body));
  g_assert_cmpuint (sent->sequence, >, 1);
}

static void
test_malformed_hello (Fixture       *f,
                      gconstpointer  data)
{
  const char *bodies[] = {
    "", "{}", "[]", "{\"box\":1}", "{\"box\":\"AAAA\"}", "{\"box\":null}",
    "{\"box\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"wanted\":\"yes\"}",
  };

  meet (f);
  assert_log (f, "found:first ");
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *blob = member_seal (f, EDGE_SIGNAL_HELLO, ++f->member.sequence, bodies[i]);

      deliver (f->first, blob);
    }
  assert_log (f, "");
  g_assert_false (edge_switchboard_knows_session (f->switchboard, edge_identity_get_id (f->member.identity)));
}

static void
test_replays (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *far = NULL;
  g_autofree char *edge = NULL;
  g_autofree char *old = NULL;

  meet_with_session (f);
  a = member_seal (f, EDGE_SIGNAL_OFFER, 10, "a");
  b = member_seal (f, EDGE_SIGNAL_ANSWER, 12, "b");
  far = member_seal (f, EDGE_SIGNAL_CANDIDATES, 100, "c");
  edge = member_seal (f, EDGE_SIGNAL_CANDIDATES, 100 - EDGE_SWITCHBOARD_REPLAY_WINDOW + 1, "edge");
  old = member_seal (f, EDGE_SIGNAL_CANDIDATES, 100 - EDGE_SWITCHBOARD_REPLAY_WINDOW, "old");

  /* Out of order is well; twice is not. */
  deliver (f->first, b);
  deliver (f->first, a);
  assert_log (f, "2:b 1:a ");
  deliver (f->first, b);
  deliver (f->first, a);
  assert_log (f, "");
  deliver (f->first, far);
  deliver (f->first, edge);
  assert_log (f, "3:c 3:edge ");
  deliver (f->first, edge);
  deliver (f->first, old);
  deliver (f->first, a);
  assert_log (f, "");
}

/* What comes by two ways is heard once. */
static void
test_copies (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *offer = NULL;
  g_autofree char *hello = NULL;

  meet_with_session (f);
  edge_signaling_emit_peer_found (EDGE_SIGNALING (f->second), edge_identity_get_id (f->member.identity));
  assert_log (f, "found:second ");
  hello = member_hello (f, TRUE);
  offer = member_seal (f, EDGE_SIGNAL_OFFER, ++f->member.sequence, "o");
  deliver (f->first, hello);
  deliver (f->second, hello);
  deliver (f->second, offer);
  deliver (f->first, offer);
  assert_log (f, "hello:wanted 1:o ");
}

static void
test_routes (Fixture       *f,
             gconstpointer  data)
{
  const char *id = edge_identity_get_id (f->member.identity);
  g_autoptr(GBytes) body = g_bytes_new_static ("x", 1);
  g_autofree char *offer = NULL;

  meet_with_session (f);
  edge_signaling_emit_peer_found (EDGE_SIGNALING (f->second), id);
  offer = member_seal (f, EDGE_SIGNAL_OFFER, ++f->member.sequence, "o");
  deliver (f->second, offer);

  /* Where it was last heard, else where it can be taken. */
  edge_switchboard_send (f->switchboard, id, EDGE_SIGNAL_ANSWER, body);
  edge_envelope_free (read_sent (f, f->second));
  edge_scripted_signaling_set_state (f->second, EDGE_SIGNALING_STATE_WAITING);
  g_assert_true (edge_switchboard_is_present (f->switchboard, id));
  g_assert_true (edge_switchboard_send (f->switchboard, id, EDGE_SIGNAL_ANSWER, body));
  edge_envelope_free (read_sent (f, f->first));
  edge_scripted_signaling_set_state (f->first, EDGE_SIGNALING_STATE_WAITING);
  g_assert_false (edge_switchboard_is_present (f->switchboard, id));
  g_assert_false (edge_switchboard_send (f->switchboard, id, EDGE_SIGNAL_ANSWER, body));

  /* A copy of what came already says nothing of the route. */
  edge_scripted_signaling_set_state (f->first, EDGE_SIGNALING_STATE_UP);
  edge_scripted_signaling_set_state (f->second, EDGE_SIGNALING_STATE_UP);
  deliver (f->first, offer);
  g_assert_true (edge_switchboard_send (f->switchboard, id, EDGE_SIGNAL_ANSWER, body));
  edge_envelope_free (read_sent (f, f->second));

  /* Data goes only where it may. */
  edge_scripted_signaling_set_carries_data (f->second, FALSE);
  g_assert_true (edge_switchboard_carries_data (f->switchboard, id));
  g_assert_true (edge_switchboard_send (f->switchboard, id, EDGE_SIGNAL_DATA, body));
  edge_envelope_free (read_sent (f, f->first));
  edge_scripted_signaling_set_carries_data (f->first, FALSE);
  g_assert_false (edge_switchboard_carries_data (f->switchboard, id));
  g_assert_false (edge_switchboard_send (f->switchboard, id, EDGE_SIGNAL_DATA, body));
}

static void
test_presence (Fixture       *f,
               gconstpointer  data)
{
  const char *id = edge_identity_get_id (f->member.identity);

  edge_signaling_emit_peer_found (EDGE_SIGNALING (f->first), id);
  edge_signaling_emit_peer_found (EDGE_SIGNALING (f->second), id);
  edge_signaling_emit_peer_left (EDGE_SIGNALING (f->first), id);
  assert_log (f, "found:first found:second ");
  edge_signaling_emit_peer_left (EDGE_SIGNALING (f->second), id);
  edge_signaling_emit_peer_left (EDGE_SIGNALING (f->second), id);
  assert_log (f, "left ");
  edge_signaling_emit_peer_found (EDGE_SIGNALING (f->first), id);
  edge_switchboard_remove_backend (f->switchboard, EDGE_SIGNALING (f->first));
  assert_log (f, "found:first left ");
  edge_signaling_emit_peer_found (EDGE_SIGNALING (f->first), id);
  edge_switchboard_remove_backend (f->switchboard, EDGE_SIGNALING (f->first));

  /* Neither ourselves nor what is no key. */
  edge_signaling_emit_peer_found (EDGE_SIGNALING (f->second), edge_identity_get_id (f->identity));
  edge_signaling_emit_peer_found (EDGE_SIGNALING (f->second), "mallory");
  assert_log (f, "");
}

static void
test_session_change (Fixture       *f,
                     gconstpointer  data)
{
  Member before;
  g_autofree char *offer = NULL;
  g_autofree char *hello = NULL;
  g_autofree char *later_offer = NULL;
  g_autoptr(EdgeEnvelope) asked = NULL;

  meet_with_session (f);
  before = f->member;
  offer = member_seal (f, EDGE_SIGNAL_OFFER, 50, "old");

  member_renew (&f->member);
  f->member.time += 1000;
  later_offer = member_seal (f, EDGE_SIGNAL_OFFER, 2, "new");
  /* Before its hello the session is not known: it is asked. */
  deliver (f->first, later_offer);
  assert_log (f, "");
  asked = read_sent (f, f->first);
  g_assert_cmpint (asked->kind, ==, EDGE_SIGNAL_HELLO);

  hello = member_hello (f, FALSE);
  deliver (f->first, hello);
  deliver (f->first, later_offer);
  assert_log (f, "hello:fresh 1:new ");

  /* The former session says nothing any more. */
  deliver (f->first, offer);
  assert_log (f, "");
  memcpy (f->member.session, before.session, sizeof before.session);
}

static void
test_older_hello (Fixture       *f,
                  gconstpointer  data)
{
  g_autofree char *older = NULL;
  g_autofree char *recorded = NULL;
  g_autofree char *newer = NULL;
  g_autofree char *set_back = NULL;

  meet (f);
  older = member_hello (f, FALSE);
  member_renew (&f->member);
  f->member.time += 1000;
  newer = member_hello (f, FALSE);
  deliver (f->first, newer);
  assert_log (f, "found:first hello:fresh ");
  deliver (f->first, older);
  deliver (f->first, newer);
  assert_log (f, "");

  /* A clock that was set back by more than an hour does not lock its owner out… */
  recorded = member_hello (f, TRUE);
  member_renew (&f->member);
  f->member.time -= 2 * EDGE_SWITCHBOARD_CLOCK_SKEW_MS;
  set_back = member_hello (f, FALSE);
  deliver (f->first, set_back);
  assert_log (f, "hello:fresh ");
  /* …but a session that was followed by another is over, whatever its clock. */
  deliver (f->first, recorded);
  assert_log (f, "");
}

static void
test_foreign (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr(EdgeRoom) other_room = NULL;
  g_autoptr(EdgeSwitchboard) other = NULL;
  const guint8 secret[EDGE_ROOM_SECRET_SIZE] = { 9 };
  GPtrArray *sent;

  /* A member of another room, and our own envelope thrown back at us. */
  other_room = edge_room_new (NETWORK, secret);
  other = edge_switchboard_new (f->member.identity, other_room);
  edge_switchboard_add_backend (other, EDGE_SIGNALING (f->second));
  edge_switchboard_remove_backend (f->switchboard, EDGE_SIGNALING (f->second));
  edge_signaling_emit_peer_found (EDGE_SIGNALING (f->second), edge_identity_get_id (f->identity));
  g_assert_true (edge_switchboard_say_hello (other, edge_identity_get_id (f->identity), TRUE));
  sent = edge_scripted_signaling_get_sent (f->second);
  deliver (f->first, ((ScriptedSent *) sent->pdata[0])->blob);
  assert_log (f, "");

  meet (f);
  g_assert_true (edge_switchboard_say_hello (f->switchboard, edge_identity_get_id (f->member.identity), TRUE));
  sent = edge_scripted_signaling_get_sent (f->first);
  deliver (f->first, ((ScriptedSent *) sent->pdata[0])->blob);
  assert_log (f, "found:first ");
  edge_switchboard_remove_backend (other, EDGE_SIGNALING (f->second));
}

/* Envelopes of strangers cost signatures and replies: there is a limit. */
static void
test_flood (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) blobs = g_ptr_array_new_with_free_func (g_free);
  guint taken = 0;
  gint64 began;
  double seconds;

  meet_with_session (f);
  g_string_truncate (f->log, 0);
  for (guint i = 0; i < 1500; i++)
    g_ptr_array_add (blobs, member_seal (f, EDGE_SIGNAL_BYE, i + 10, "x"));
  began = g_get_monotonic_time ();
  for (guint i = 0; i < blobs->len; i++)
    deliver (f->first, blobs->pdata[i]);
  seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  for (const char *at = f->log->str; (at = strstr (at, "4:x")) != NULL; at++)
    taken++;
  /* 800 at once, 400 a second; what the meeting took is missing from them. */
  g_assert_cmpuint (taken, >=, 700);
  g_assert_cmpfloat (taken, <=, 801 + 400 * seconds);
}

static void
test_asks_are_bounded (Fixture       *f,
                       gconstpointer  data)
{
  GPtrArray *sent = edge_scripted_signaling_get_sent (f->first);

  meet_with_session (f);
  member_renew (&f->member);
  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *blob = member_seal (f, EDGE_SIGNAL_BYE, i + 1, "x");

      deliver (f->first, blob);
    }
  g_assert_cmpuint (sent->len, >=, 200);
  g_assert_cmpuint (sent->len, <, 400);
}

static char *
made_up_id (guint n)
{
  guint8 key[32] = { 0 };

  memcpy (key, &n, sizeof n);
  return edge_base64url_encode (key, sizeof key);
}

/* A relay that makes up members fills no memory and shuts nobody out. */
static void
test_made_up_members (Fixture       *f,
                      gconstpointer  data)
{
  const char *id = edge_identity_get_id (f->member.identity);
  g_autoptr(EdgeIdentity) late = edge_identity_generate ();
  g_autofree char *last = made_up_id (3 * EDGE_SWITCHBOARD_MAX_PEERS - 1);
  g_autofree char *first = made_up_id (0);
  guint n_found = 0;

  meet_with_session (f);
  g_signal_handlers_block_by_func (f->switchboard, found_cb, f);
  for (guint i = 0; i < 3 * EDGE_SWITCHBOARD_MAX_PEERS; i++)
    {
      g_autofree char *made_up = made_up_id (i);

      edge_signaling_emit_peer_found (EDGE_SIGNALING (f->first), made_up);
    }
  g_assert_true (edge_switchboard_is_present (f->switchboard, last));
  g_assert_false (edge_switchboard_is_present (f->switchboard, first));
  /* Who proved its key stays. */
  g_assert_true (edge_switchboard_knows_session (f->switchboard, id));
  edge_signaling_emit_peer_found (EDGE_SIGNALING (f->second), edge_identity_get_id (late));
  g_assert_true (edge_switchboard_is_present (f->switchboard, edge_identity_get_id (late)));

  /* Who names ever more is not heard out. */
  for (guint i = 3 * EDGE_SWITCHBOARD_MAX_PEERS; i < 8 * EDGE_SWITCHBOARD_MAX_PEERS; i++)
    {
      g_autofree char *made_up = made_up_id (i);

      edge_signaling_emit_peer_found (EDGE_SIGNALING (f->first), made_up);
      n_found += edge_switchboard_is_present (f->switchboard, made_up);
    }
  g_assert_cmpuint (n_found, >, 0);
  g_assert_cmpuint (n_found, <, 3 * EDGE_SWITCHBOARD_MAX_PEERS);
}

static void
test_window (void)
{
  g_autoptr(EdgeSwitchboardPeer) peer = edge_switchboard_peer_new ();
  const guint8 session[EDGE_ENVELOPE_SESSION_SIZE] = { 1 };
  const guint8 other[EDGE_ENVELOPE_SESSION_SIZE] = { 2 };
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  gboolean seen[400] = { FALSE };
  guint64 highest = 0;

  g_assert_true (edge_switchboard_peer_renew (peer, session, 5));
  for (guint i = 0; i < 20000; i++)
    {
      guint64 n = (guint64) g_rand_int_range (rand, 0, 400);
      gboolean expected = seen[n] || (highest >= EDGE_SWITCHBOARD_REPLAY_WINDOW &&
                                      n <= highest - EDGE_SWITCHBOARD_REPLAY_WINDOW);

      g_assert_cmpint (edge_switchboard_peer_is_replay (peer, n), ==, expected);
      seen[n] = TRUE;
      highest = MAX (highest, n);
    }
  g_assert_false (edge_switchboard_peer_is_replay (peer, G_MAXUINT64));
  g_assert_true (edge_switchboard_peer_is_replay (peer, G_MAXUINT64));
  g_assert_true (edge_switchboard_peer_is_replay (peer, 400));

  g_assert_true (edge_switchboard_peer_renew (peer, other, 5));
  g_assert_false (edge_switchboard_peer_is_replay (peer, 1));
  g_assert_false (edge_switchboard_peer_renew (peer, session, 6));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(name, func) g_test_add ("/signaling/switchboard/" name, Fixture, NULL, set_up, func, tear_down)
  add ("hello", test_hello);
  add ("malformed-hello", test_malformed_hello);
  add ("replays", test_replays);
  add ("copies", test_copies);
  add ("routes", test_routes);
  add ("presence", test_presence);
  add ("session-change", test_session_change);
  add ("older-hello", test_older_hello);
  add ("foreign", test_foreign);
  add ("flood", test_flood);
  add ("asks-are-bounded", test_asks_are_bounded);
  add ("made-up-members", test_made_up_members);
  g_test_add_func ("/signaling/switchboard/window", test_window);
  return g_test_run ();
}
