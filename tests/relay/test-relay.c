/* test-relay.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "harness.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/edge-base64.h"
#include "relay/edge-relay-ice.h"

/* The real server and real WebSocket clients, over loopback. */

static void
assert_contains (const char *text,
                 const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}

static void
test_pass_on (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(EdgeIdentity) ann = edge_identity_generate ();
  g_autoptr(EdgeIdentity) bob = edge_identity_generate ();
  g_autoptr(Raw) a = raw_connect (edge_relay_get_url (relay));
  g_autoptr(Raw) b = raw_connect (edge_relay_get_url (relay));
  const struct { const char *type, *member; } kinds[] = {
    { "webrtc_offer", "offer" },
    { "webrtc_answer", "answer" },
    { "webrtc_ice", "candidate" },
    { "webrtc_disconnect", "payload" },
    { "peer_message", "payload" },
  };
  g_autofree char *joined = NULL, *joined_id = NULL, *total = NULL, *left = NULL;

  raw_prove (a, ann, "room");
  raw_prove (b, bob, "room");
  joined = raw_next (a, "node_joined");
  joined_id = member (joined, "nodeId");
  total = member (joined, "totalNodes");
  g_assert_cmpstr (joined_id, ==, edge_identity_get_id (bob));
  g_assert_cmpstr (total, ==, "2");
  g_assert_null (strstr (joined, "unproven"));

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const char *payload = "{\"sdp\":\"a\\u00e4\\n\", \"list\":[1,2.5e3,null,true]}";
      g_autofree char *sent = NULL, *got = NULL, *expected = NULL;

      sent = g_strdup_printf ("{ \"type\" : \"%s\", \"%s\":%s, \"extra\":[{}], \"targetId\":\"%s\"}",
                              kinds[i].type, kinds[i].member, payload,
                              edge_identity_get_id (bob));
      expected = g_strdup_printf ("{\"type\":\"%s\",\"from\":\"%s\",\"%s\":%s}", kinds[i].type,
                                  edge_identity_get_id (ann), kinds[i].member, payload);
      raw_send (a, sent);
      got = raw_next (b, kinds[i].type);
      g_assert_cmpstr (got, ==, expected);
    }

  {
    g_autofree char *got = NULL, *from = NULL;

    raw_send (b, "{\"type\":\"broadcast\",\"payload\":\"to all\"}");
    got = raw_next (a, "broadcast");
    from = member (got, "from");
    g_assert_cmpstr (from, ==, edge_identity_get_id (bob));
    raw_settle (b);
    g_assert_cmpuint (b->frames.length, ==, 0);
  }

  soup_websocket_connection_close (b->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  left = raw_next (a, "node_left");
  assert_contains (left, edge_identity_get_id (bob));
  assert_contains (left, "\"totalNodes\":1");
  g_assert_cmpuint (raw_wait_closed (b), ==, 1000);
}

static void
test_rooms (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(Raw) a = raw_connect (edge_relay_get_url (relay));
  g_autoptr(Raw) b = raw_connect (edge_relay_get_url (relay));
  g_autoptr(Raw) c = raw_connect (edge_relay_get_url (relay));
  g_autofree char *wa = raw_register (a, "ann", "one");
  g_autofree char *wb = raw_register (b, "bob", "two");
  g_autofree char *wc = raw_register (c, "cyd", NULL);
  g_autofree char *error = NULL;

  assert_contains (wa, "\"peers\":[]");
  assert_contains (wb, "\"peers\":[]");
  assert_contains (wc, "\"peers\":[]");

  /* Who is in another room is not there. */
  raw_send (a, "{\"type\":\"peer_message\",\"targetId\":\"bob\",\"payload\":1}");
  error = raw_next (a, "error");
  assert_contains (error, "\"code\":\"target\"");
  assert_contains (error, "\"message\":\"Target peer not available\"");
  assert_contains (error, "\"targetId\":\"bob\"");

  raw_send (a, "{\"type\":\"broadcast\",\"payload\":1}");
  raw_settle (a);
  raw_settle (b);
  raw_settle (c);
  g_assert_cmpuint (b->frames.length, ==, 0);
  g_assert_cmpuint (c->frames.length, ==, 0);
}

static void
test_max_rooms (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = NULL;
  g_autoptr(Raw) a = NULL;
  g_autoptr(Raw) b = NULL;
  g_autoptr(Raw) c = NULL;
  g_autofree char *welcome = NULL, *again = NULL, *error = NULL;

  config->max_rooms = 1;
  relay = start_relay (config);
  a = raw_connect (edge_relay_get_url (relay));
  b = raw_connect (edge_relay_get_url (relay));
  welcome = raw_register (a, "ann", "one");
  raw_send (b, "{\"type\":\"register\",\"nodeId\":\"bob\",\"room\":\"two\"}");
  error = raw_next (b, "error");
  assert_contains (error, "\"code\":\"full\"");
  assert_contains (error, "\"retryAfterMs\":");
  g_assert_cmpuint (raw_wait_closed (b), ==, 1008);

  /* A room that all have left makes way for another. */
  soup_websocket_connection_close (a->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  raw_wait_closed (a);
  c = raw_connect (edge_relay_get_url (relay));
  again = raw_register (c, "cyd", "two");
}

static void
test_proof (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(EdgeIdentity) ann = edge_identity_generate ();
  g_autoptr(Raw) watcher = raw_connect (edge_relay_get_url (relay));
  g_autoptr(Raw) owner = raw_connect (edge_relay_get_url (relay));
  g_autoptr(Raw) thief = raw_connect (edge_relay_get_url (relay));
  g_autoptr(Raw) again = raw_connect (edge_relay_get_url (relay));
  g_autofree char *w1 = raw_register (watcher, "watcher", "r");
  g_autofree char *joined = NULL, *w2 = NULL, *error = NULL, *text = NULL, *got = NULL;
  g_autofree char *replaced = NULL, *flagged = NULL;

  raw_prove (owner, ann, "r");
  joined = raw_next (watcher, "node_joined");

  /* Someone else names the same id without proof: hears nothing, is not heard. */
  w2 = raw_register (thief, edge_identity_get_id (ann), "r");
  raw_send (thief, "{\"type\":\"peer_message\",\"targetId\":\"watcher\",\"payload\":\"false\"}");
  error = raw_next (thief, "error");
  assert_contains (error, "\"code\":\"unproven\"");
  text = g_strdup_printf ("{\"type\":\"peer_message\",\"targetId\":\"%s\",\"payload\":\"hi\"}",
                          edge_identity_get_id (ann));
  raw_send (watcher, text);
  got = raw_next (owner, "peer_message");
  assert_contains (got, "\"payload\":\"hi\"");
  /* The watcher has not proven its own id, and whoever hears it is told so. */
  assert_contains (got, "\"unproven\":true");
  raw_settle (watcher);
  g_assert_cmpuint (watcher->frames.length, ==, 0);
  g_assert_cmpuint (thief->frames.length, ==, 0);

  /* The owner itself comes back on a new connection. */
  raw_prove (again, ann, "r");
  replaced = raw_next (owner, "error");
  assert_contains (replaced, "\"message\":\"replaced\"");
  g_assert_cmpuint (raw_wait_closed (owner), ==, 4000);
  flagged = raw_next (watcher, "node_joined");
  assert_contains (flagged, edge_identity_get_id (ann));
  raw_settle (watcher);
  g_assert_cmpuint (watcher->frames.length, ==, 0);
  g_assert_cmpuint (edge_relay_get_n_members (relay), ==, 2);
}

static void
test_wrong_signature (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(EdgeIdentity) ann = edge_identity_generate ();
  const char *wrong[] = {
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "AAAA",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(Raw) a = raw_connect (edge_relay_get_url (relay));
      g_autofree char *welcome = raw_register (a, edge_identity_get_id (ann), "r");
      g_autofree char *text = NULL, *error = NULL;

      text = g_strdup_printf ("{\"type\":\"auth\",\"signature\":\"%s\"}", wrong[i]);
      raw_send (a, text);
      error = raw_next (a, "error");
      assert_contains (error, "\"code\":\"signature\"");
      g_assert_cmpuint (raw_wait_closed (a), ==, 1008);
    }
  g_assert_cmpuint (edge_relay_get_n_members (relay), ==, 0);
}

/* A signature made for one connection is worth nothing on another. */
static void
test_challenge_is_fresh (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(EdgeIdentity) ann = edge_identity_generate ();
  g_autoptr(Raw) a = raw_connect (edge_relay_get_url (relay));
  g_autoptr(Raw) b = raw_connect (edge_relay_get_url (relay));
  g_autofree char *wa = raw_register (a, edge_identity_get_id (ann), "r");
  g_autofree char *wb = raw_register (b, edge_identity_get_id (ann), "r");
  g_autofree char *ca = member (wa, "challenge");
  g_autofree char *cb = member (wb, "challenge");

  g_assert_true (edge_base64url_is_key (ca));
  g_assert_true (edge_base64url_is_key (cb));
  g_assert_cmpstr (ca, !=, cb);
}

/* Peers that know no challenge still meet; whoever hears of them is told. */
static void
test_legacy (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(EdgeIdentity) ann = edge_identity_generate ();
  g_autoptr(Raw) a = raw_connect (edge_relay_get_url (relay));
  g_autoptr(Raw) b = raw_connect (edge_relay_get_url (relay));
  g_autoptr(Raw) c = raw_connect (edge_relay_get_url (relay));
  g_autofree char *wa = raw_register (a, "old-node", NULL);
  g_autofree char *wb = raw_register (b, edge_identity_get_id (ann), NULL);
  g_autofree char *joined = NULL, *wc = NULL, *unproven = NULL;

  g_assert_null (strstr (wa, "challenge"));
  assert_contains (wb, "\"unprovenPeers\":[\"old-node\"]");

  /* b does not answer its challenge but goes on: then it is a member, unproven. */
  raw_settle (a);
  g_assert_cmpuint (a->frames.length, ==, 0);
  raw_settle (b);
  joined = raw_next (a, "node_joined");
  assert_contains (joined, "\"unproven\":true");

  wc = raw_register (c, "old-node-2", NULL);
  unproven = member (wc, "unprovenPeers");
  assert_contains (unproven, "old-node");
  assert_contains (unproven, edge_identity_get_id (ann));
}

/* Two that prove themselves at the same time: neither is in the other's welcome. */
static void
test_at_once (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  EdgeIdentity *people[2] = { edge_identity_generate (), edge_identity_generate () };
  Raw *raws[2];
  char *welcomes[2];

  for (guint i = 0; i < 2; i++)
    {
      raws[i] = raw_connect (edge_relay_get_url (relay));
      welcomes[i] = raw_register (raws[i], edge_identity_get_id (people[i]), "r");
      assert_contains (welcomes[i], "\"peers\":[]");
    }
  for (guint i = 0; i < 2; i++)
    raw_answer (raws[i], people[i], welcomes[i]);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *joined = raw_next (raws[i], "node_joined");

      assert_contains (joined, edge_identity_get_id (people[1 - i]));
      assert_contains (joined, "\"totalNodes\":2");
      raw_settle (raws[i]);
      g_assert_cmpuint (raws[i]->frames.length, ==, 0);
    }
  for (guint i = 0; i < 2; i++)
    {
      raw_free (raws[i]);
      g_free (welcomes[i]);
      g_object_unref (people[i]);
    }
}

static void
test_register_rules (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(Raw) a = raw_connect (edge_relay_get_url (relay));
  g_autofree char *first = NULL, *welcome = NULL, *second = NULL, *third = NULL;

  raw_send (a, "{\"type\":\"broadcast\",\"payload\":1}");
  first = raw_next (a, "error");
  assert_contains (first, "\"code\":\"register\"");
  welcome = raw_register (a, "ann", NULL);
  raw_send (a, "{\"type\":\"register\",\"nodeId\":\"bob\"}");
  second = raw_next (a, "error");
  assert_contains (second, "\"code\":\"registered\"");
  raw_send (a, "{\"type\":\"auth\",\"signature\":\"AAAA\"}");
  third = raw_next (a, "error");
  assert_contains (third, "\"code\":\"auth\"");
}

static void
test_token (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = NULL;
  const char *wrong[] = { "", ",\"token\":\"other\"", ",\"token\":\"secre\"", ",\"token\":null" };
  g_autoptr(Raw) right = NULL;
  g_autofree char *welcome = NULL, *refused = NULL, *served = NULL;
  guint status;

  g_set_str (&config->room_token, "secret");
  relay = start_relay (config);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(Raw) a = raw_connect (edge_relay_get_url (relay));
      g_autofree char *text = NULL, *error = NULL;

      text = g_strdup_printf ("{\"type\":\"register\",\"nodeId\":\"ann\"%s}", wrong[i]);
      raw_send (a, text);
      error = raw_next (a, "error");
      assert_contains (error, "\"code\":\"token\"");
      g_assert_cmpuint (raw_wait_closed (a), ==, 4003);
    }

  right = raw_connect (edge_relay_get_url (relay));
  raw_send (right, "{\"type\":\"register\",\"nodeId\":\"ann\",\"token\":\"secret\"}");
  welcome = raw_next (right, "welcome");

  /* TURN credentials are for those who may come in, too. */
  refused = http_get (edge_relay_get_url (relay), "/api/ice-servers", NULL, NULL, &status);
  g_assert_cmpuint (status, ==, 401);
  served = http_get (edge_relay_get_url (relay), "/api/ice-servers", "Authorization",
                     "Bearer secret", &status);
  g_assert_cmpuint (status, ==, 200);
}

static void
test_origin (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  const char *origins[] = { "https://edge.example", NULL };
  g_autoptr(EdgeRelay) relay = NULL;
  g_autoptr(Raw) stranger = NULL;
  g_autoptr(Raw) friend = NULL;
  g_autoptr(Raw) program = NULL;
  g_autofree char *body = NULL;
  guint status;

  config->origins = g_strdupv ((GStrv) origins);
  relay = start_relay (config);
  stranger = raw_new (edge_relay_get_url (relay), "https://evil.example");
  g_assert_null (stranger->connection);
  g_assert_cmpuint (soup_message_get_status (stranger->request), ==, 403);
  friend = raw_new (edge_relay_get_url (relay), "https://edge.example");
  g_assert_no_error (friend->error);
  program = raw_new (edge_relay_get_url (relay), NULL);
  g_assert_no_error (program->error);

  body = http_get (edge_relay_get_url (relay), "/stats", "Origin", "https://evil.example", &status);
  g_assert_cmpuint (status, ==, 403);
}

static void
test_per_address (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = NULL;
  g_autoptr(Raw) a = NULL;
  g_autoptr(Raw) b = NULL;
  g_autoptr(Raw) c = NULL;
  g_autoptr(Raw) d = NULL;

  config->per_address = 2;
  relay = start_relay (config);
  a = raw_connect (edge_relay_get_url (relay));
  b = raw_connect (edge_relay_get_url (relay));
  c = raw_new (edge_relay_get_url (relay), NULL);
  g_assert_null (c->connection);
  g_assert_cmpuint (soup_message_get_status (c->request), ==, 429);

  soup_websocket_connection_close (b->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  raw_wait_closed (b);
  d = raw_connect (edge_relay_get_url (relay));
}

/* Whoever opens sockets and says nothing does not get more of them. */
static void
test_silent_sockets (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = NULL;
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GPtrArray) silent = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GUri) uri = NULL;
  GSocketConnection *last = NULL;
  g_autoptr(Raw) refused = NULL;
  g_autoptr(Raw) taken = NULL;

  config->per_address = 2;
  relay = start_relay (config);
  uri = g_uri_parse (edge_relay_get_url (relay), G_URI_FLAGS_NONE, NULL);
  for (guint i = 0; i < 5; i++)
    {
      last = g_socket_client_connect_to_host (client, g_uri_get_host (uri), g_uri_get_port (uri),
                                              NULL, NULL);
      g_assert_nonnull (last);
      g_ptr_array_add (silent, last);
    }

  /* The fifth is closed at once, and so is whoever comes now. */
  wait_until (g_socket_condition_check (g_socket_connection_get_socket (last), G_IO_IN));
  refused = raw_new (edge_relay_get_url (relay), NULL);
  g_assert_null (refused->connection);

  g_ptr_array_set_size (silent, 0);
  while (taken == NULL || taken->connection == NULL)
    {
      g_clear_pointer (&taken, raw_free);
      taken = raw_new (edge_relay_get_url (relay), NULL);
    }
}

static void
test_request_rate (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = NULL;
  guint status = 0, served = 0;

  config->requests_per_minute = 10;
  relay = start_relay (config);
  for (guint i = 0; i < 40 && status != 429; i++)
    {
      g_autofree char *body = http_get (edge_relay_get_url (relay), "/health", NULL, NULL, &status);

      served += status == 200;
    }
  g_assert_cmpuint (status, ==, 429);
  g_assert_cmpuint (served, >=, 10);
}

static void
test_rate (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = NULL;
  g_autoptr(EdgeIdentity) ann = edge_identity_generate ();
  g_autoptr(Raw) a = NULL;
  g_autoptr(Raw) b = NULL;
  g_autofree char *error = NULL, *retry = NULL, *last = NULL, *welcome = NULL;
  guint acks = 0;

  config->frames_before_auth = 20;
  config->frames_after_auth = 60;
  relay = start_relay (config);

  /* Unproven: 20 in a burst, of which the registration is one. */
  a = raw_connect (edge_relay_get_url (relay));
  welcome = raw_register (a, "ann", NULL);
  for (guint i = 0; i < 25; i++)
    raw_send (a, "{\"type\":\"heartbeat\"}");
  error = raw_next (a, "error");
  assert_contains (error, "\"code\":\"rate\"");
  assert_contains (error, "\"message\":\"Rate limit exceeded\"");
  retry = member (error, "retryAfterMs");
  g_assert_cmpint (g_ascii_strtoll (retry, NULL, 10), >, 0);
  g_assert_cmpint (g_ascii_strtoll (retry, NULL, 10), <=, 3000);
  g_assert_cmpuint (a->frames.length, >=, 19);

  /* Proven: the larger bucket. */
  b = raw_connect (edge_relay_get_url (relay));
  raw_prove (b, ann, NULL);
  for (guint i = 0; i < 60; i++)
    raw_send (b, "{\"type\":\"heartbeat\"}");
  for (; acks < 60; acks++)
    g_free (raw_next (b, "heartbeat_ack"));
  g_assert_cmpuint (b->frames.length, ==, 0);

  /* Whoever does not stop is cut off. */
  for (guint i = 0; i < 400 && !b->closed; i++)
    {
      raw_send (b, "{\"type\":\"heartbeat\"}");
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (raw_wait_closed (b), ==, 1008);
  last = raw_next (b, "error");
  assert_contains (last, "\"code\":\"rate\"");
}

static void
test_frame_size (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(Raw) a = raw_connect (edge_relay_get_url (relay));
  g_autoptr(Raw) b = raw_connect (edge_relay_get_url (relay));
  g_autofree char *wa = raw_register (a, "ann", NULL);
  g_autofree char *wb = raw_register (b, "bob", NULL);
  const char *start = "{\"type\":\"peer_message\",\"targetId\":\"bob\",\"payload\":\"";
  gsize fits = 65536 - strlen (start) - 2;
  g_autofree char *filling = g_strnfill (fits, 'x');
  g_autofree char *most = g_strconcat (start, filling, "\"}", NULL);
  g_autofree char *more = g_strconcat (start, filling, "x\"}", NULL);
  g_autofree char *got = NULL, *payload = NULL;

  raw_send (a, most);
  got = raw_next (b, "peer_message");
  payload = member (got, "payload");
  g_assert_cmpuint (strlen (payload), ==, fits);

  raw_send (a, more);
  g_assert_cmpuint (raw_wait_closed (a), ==, 1009);
  raw_settle (b);
}

static void
test_malformed (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  const char *bad[] = {
    "", "{", "[]", "null", "{}", "{\"type\":5}", "{\"type\":\"register\"}",
    "{\"type\":\"register\",\"nodeId\":5}", "{\"type\":\"register\",\"nodeId\":\"\"}",
    "{\"type\":\"register\",\"nodeId\":\"a b\"}", "{\"type\":\"register\",\"nodeId\":\"a\\u0041\"}",
    "{\"type\":\"register\",\"nodeId\":\"a\",\"nodeId\":\"b\"}",
    "{\"type\":\"heartbeat\",\"type\":\"heartbeat\"}", "{\"type\":\"heartbeat\"} {}",
    "{\"type\":\"heartbeat\",}", "{\"type\":\"peer_message\",\"payload\":1}",
    "{\"type\":\"peer_message\",\"targetId\":\"x\"}",
    "{\"type\":\"peer_message\",\"targetId\":\"x\",\"payload\":{\"a\":[1,}}",
    "{\"type\":\"peer_message\",\"targetId\":\"x\",\"payload\":01}",
    "{\"type\":\"peer_message\",\"targetId\":\"x\",\"payload\":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}",
  };
  g_autoptr(Raw) a = NULL;
  g_autoptr(Raw) b = NULL;
  guint8 invalid[] = { '{', '"', 0xff, '"', '}' };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(Raw) c = raw_connect (edge_relay_get_url (relay));
      g_autofree char *error = NULL, *welcome = NULL;

      raw_send (c, bad[i]);
      error = raw_next (c, "error");
      assert_contains (error, "\"code\":\"malformed\"");
      /* One slip is forgiven. */
      welcome = raw_register (c, "slip", NULL);
    }

  /* Three in a minute are not. */
  a = raw_connect (edge_relay_get_url (relay));
  for (guint i = 0; i < 3; i++)
    raw_send (a, "nonsense");
  g_assert_cmpuint (raw_wait_closed (a), ==, 1008);

  b = raw_connect (edge_relay_get_url (relay));
  soup_websocket_connection_send_binary (b->connection, invalid, sizeof invalid);
  g_assert_cmpuint (raw_wait_closed (b), ==, 1003);

  /* What is well-formed but not known is ignored. */
  {
    g_autoptr(Raw) c = raw_connect (edge_relay_get_url (relay));

    raw_send (c, "{\"type\":\"task_submit\",\"task\":{\"a\":1},\"targetId\":5}");
    raw_settle (c);
    g_assert_cmpuint (c->frames.length, ==, 0);
  }
}

static void
test_idle (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = NULL;
  g_autoptr(Raw) quiet = NULL;
  g_autofree char *error = NULL;

  config->idle_ms = 300;
  relay = start_relay (config);
  quiet = raw_connect (edge_relay_get_url (relay));
  error = raw_next (quiet, "error");
  assert_contains (error, "\"code\":\"idle\"");
  g_assert_cmpuint (raw_wait_closed (quiet), ==, 4008);
}

static void
test_slow_reader (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = NULL;
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) slow = NULL;
  g_autoptr(Raw) a = NULL;
  g_autofree char *filling = g_strnfill (60000, 'x');
  g_autofree char *welcome = NULL, *text = NULL, *error = NULL, *metrics = NULL;
  g_autoptr(GUri) uri = NULL;
  const char *hello = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
                      "\r\n";
  const char *frame = "{\"type\":\"register\",\"nodeId\":\"slow\"}";
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint8 header[] = { 0x81, 0x80 | (guint8) strlen (frame), 0, 0, 0, 0 };

  config->max_queue = 65536;
  config->per_address = 4;
  relay = start_relay (config);
  a = raw_connect (edge_relay_get_url (relay));
  welcome = raw_register (a, "ann", NULL);

  /* Says who it is together with the handshake, then reads no more. */
  uri = g_uri_parse (edge_relay_get_url (relay), G_URI_FLAGS_NONE, NULL);
  slow = g_socket_client_connect_to_host (client, g_uri_get_host (uri), g_uri_get_port (uri),
                                          NULL, NULL);
  g_assert_nonnull (slow);
  g_byte_array_append (bytes, (const guint8 *) hello, strlen (hello));
  g_byte_array_append (bytes, header, sizeof header);
  g_byte_array_append (bytes, (const guint8 *) frame, strlen (frame));
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (slow)), bytes->data,
                             bytes->len, NULL, NULL, NULL);
  g_free (raw_next (a, "node_joined"));

  /* Beyond what the system buffers the queue stays bounded, and the sender is told. */
  text = g_strdup_printf ("{\"type\":\"peer_message\",\"targetId\":\"slow\",\"payload\":\"%s\"}",
                          filling);
  for (guint i = 0; i < 95 && error == NULL; i++)
    {
      raw_send (a, text);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      if (a->frames.length > 0)
        error = raw_next (a, "error");
    }
  if (error == NULL)
    error = raw_next (a, "error");
  assert_contains (error, "\"code\":\"busy\"");
  assert_contains (error, "\"retryAfterMs\":");
  metrics = http_get (edge_relay_get_url (relay), "/metrics", NULL, NULL, NULL);
  g_assert_null (strstr (metrics, "refused_total{reason=\"busy\"} 0"));
}

static void
test_ice_servers (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  const char *stun[] = { "stun:stun.example:3478", NULL };
  const char *turn[] = { "turn:turn.example:3478?transport=udp", "turns:turn.example:5349", NULL };
  g_autoptr(EdgeRelay) relay = NULL;
  g_autoptr(Raw) a = NULL;
  g_autofree char *welcome = NULL, *servers = NULL, *body = NULL, *http_servers = NULL;

  config->stun_urls = g_strdupv ((GStrv) stun);
  config->turn_urls = g_strdupv ((GStrv) turn);
  config->turn_secret = g_strdup ("north");
  relay = start_relay (config);
  a = raw_connect (edge_relay_get_url (relay));
  welcome = raw_register (a, "ann", NULL);
  servers = member (welcome, "iceServers");
  body = http_get (edge_relay_get_url (relay), "/api/ice-servers", NULL, NULL, NULL);
  http_servers = member (body, "iceServers");

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(JsonNode) root = json_from_string (i == 0 ? servers : http_servers, NULL);
      JsonArray *list = json_node_get_array (root);
      JsonObject *first = json_array_get_object_element (list, 0);
      JsonObject *second = json_array_get_object_element (list, 1);
      const char *username = json_object_get_string_member (second, "username");
      const char *credential = json_object_get_string_member (second, "credential");
      g_auto(GStrv) parts = g_strsplit (username, ":", 2);
      g_autofree guchar *digest = NULL;
      g_autofree char *hex = NULL, *expected = NULL;
      gsize size;
      gint64 ends = g_ascii_strtoll (parts[0], NULL, 10);

      g_assert_cmpuint (json_array_get_length (list), ==, 2);
      g_assert_cmpstr (json_array_get_string_element (
                         json_object_get_array_member (first, "urls"), 0), ==, stun[0]);
      g_assert_cmpuint (json_array_get_length (
                          json_object_get_array_member (second, "urls")), ==, 2);
      g_assert_cmpstr (parts[1], ==, i == 0 ? "ann" : "edge-net");
      g_assert_cmpint (ends, >, g_get_real_time () / G_USEC_PER_SEC + 43200 - 600);
      g_assert_cmpint (ends, <=, g_get_real_time () / G_USEC_PER_SEC + 43200);

      /* Against GLib's other way to make an HMAC. */
      expected = g_compute_hmac_for_string (G_CHECKSUM_SHA1, (const guchar *) "north", 5,
                                            username, -1);
      digest = g_base64_decode (credential, &size);
      g_assert_cmpuint (size, ==, 20);
      hex = g_malloc0 (41);
      for (gsize j = 0; j < size; j++)
        g_snprintf (hex + 2 * j, 3, "%02x", digest[j]);
      g_assert_cmpstr (hex, ==, expected);
    }
}

/* A known answer, computed with `openssl dgst -sha1 -hmac north -binary | base64`. */
static void
test_ice_credential (void)
{
  g_autofree char *credential = edge_relay_ice_credential ("north", "1433895918:ann");

  g_assert_cmpstr (credential, ==, "zAlhH20kpuDJR8ZKdq5vyQV+Ung=");
}

static void
test_http (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(EdgeIdentity) ann = edge_identity_generate ();
  g_autoptr(Raw) a = raw_connect (edge_relay_get_url (relay));
  g_autoptr(Raw) b = raw_connect (edge_relay_get_url (relay));
  g_autofree char *welcome = raw_register (b, "bob", "secret-tag");
  g_autofree char *health = NULL, *state = NULL, *stats = NULL, *metrics = NULL, *missing = NULL;
  g_autofree char *nodes = NULL, *proven = NULL, *rooms = NULL, *largest = NULL;
  guint status;

  raw_prove (a, ann, "secret-tag");
  health = http_get (edge_relay_get_url (relay), "/health", NULL, NULL, &status);
  g_assert_cmpuint (status, ==, 200);
  state = member (health, "status");
  g_assert_cmpstr (state, ==, "healthy");

  stats = http_get (edge_relay_get_url (relay), "/stats", NULL, NULL, &status);
  g_assert_cmpuint (status, ==, 200);
  nodes = member (stats, "totalNodes");
  proven = member (stats, "provenNodes");
  rooms = member (stats, "rooms");
  largest = member (stats, "largestRoom");
  g_assert_cmpstr (nodes, ==, "2");
  g_assert_cmpstr (proven, ==, "1");
  g_assert_cmpstr (rooms, ==, "1");
  g_assert_cmpstr (largest, ==, "2");

  metrics = http_get (edge_relay_get_url (relay), "/metrics", NULL, NULL, &status);
  g_assert_cmpuint (status, ==, 200);
  assert_contains (metrics, "\nedge_relay_nodes 2\n");
  assert_contains (metrics, "\nedge_relay_proven_nodes 1\n");
  assert_contains (metrics, "\nedge_relay_handshakes_total 2\n");
  assert_contains (metrics, "# TYPE edge_relay_refused_total counter\n");

  /* Neither ids nor tags are for strangers. */
  g_assert_null (strstr (stats, "secret-tag"));
  g_assert_null (strstr (stats, "bob"));
  g_assert_null (strstr (metrics, "secret-tag"));

  missing = http_get (edge_relay_get_url (relay), "/nothing", NULL, NULL, &status);
  g_assert_cmpuint (status, ==, 404);
}

static void
drained_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_assert_true (edge_relay_drain_finish (EDGE_RELAY (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

static void
test_drain (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autofree char *url = g_strdup (edge_relay_get_url (relay));
  g_autoptr(Raw) a = raw_connect (url);
  g_autoptr(Raw) b = raw_connect (url);
  g_autoptr(Raw) late = NULL;
  g_autofree char *wa = raw_register (a, "ann", NULL);
  g_autofree char *wb = raw_register (b, "bob", NULL);
  g_autofree char *error = NULL;
  gboolean drained = FALSE;

  /* What was sent before is still delivered. */
  raw_send (a, "{\"type\":\"peer_message\",\"targetId\":\"bob\",\"payload\":\"last\"}");
  raw_settle (a);
  edge_relay_drain_async (relay, NULL, drained_cb, &drained);
  error = raw_next (a, "error");
  assert_contains (error, "\"code\":\"draining\"");
  assert_contains (error, "\"retryAfterMs\":");
  g_assert_cmpuint (raw_wait_closed (a), ==, 1001);
  g_assert_cmpuint (raw_wait_closed (b), ==, 1001);
  g_free (raw_next (b, "peer_message"));
  wait_until (drained);

  late = raw_new (url, NULL);
  g_assert_null (late->connection);
}

static void
test_restart (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  EdgeRelay *relay = start_relay (config);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(Raw) a = raw_connect (edge_relay_get_url (relay));
      g_autofree char *welcome = raw_register (a, "ann", NULL);

      edge_relay_stop (relay);
      g_assert_null (edge_relay_get_url (relay));
      g_assert_cmpuint (edge_relay_get_n_members (relay), ==, 0);
      g_assert_true (edge_relay_start (relay, &error));
    }

  edge_relay_stop (relay);
  wait_until (!g_main_context_pending (NULL));
  g_assert_finalize_object (relay);
}

static void
test_port_taken (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(GUri) uri = g_uri_parse (edge_relay_get_url (relay), G_URI_FLAGS_NONE, NULL);
  g_autoptr(EdgeRelay) second = NULL;
  g_autoptr(GError) error = NULL;

  g_free (config->listen);
  config->listen = g_strdup_printf ("127.0.0.1:%d", g_uri_get_port (uri));
  second = edge_relay_new (config);
  g_assert_false (edge_relay_start (second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  assert_contains (error->message, config->listen);
  g_assert_null (edge_relay_get_url (second));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/relay/pass-on", test_pass_on);
  g_test_add_func ("/relay/rooms", test_rooms);
  g_test_add_func ("/relay/max-rooms", test_max_rooms);
  g_test_add_func ("/relay/proof", test_proof);
  g_test_add_func ("/relay/wrong-signature", test_wrong_signature);
  g_test_add_func ("/relay/challenge-is-fresh", test_challenge_is_fresh);
  g_test_add_func ("/relay/legacy", test_legacy);
  g_test_add_func ("/relay/at-once", test_at_once);
  g_test_add_func ("/relay/register-rules", test_register_rules);
  g_test_add_func ("/relay/token", test_token);
  g_test_add_func ("/relay/origin", test_origin);
  g_test_add_func ("/relay/per-address", test_per_address);
  g_test_add_func ("/relay/silent-sockets", test_silent_sockets);
  g_test_add_func ("/relay/request-rate", test_request_rate);
  g_test_add_func ("/relay/rate", test_rate);
  g_test_add_func ("/relay/frame-size", test_frame_size);
  g_test_add_func ("/relay/malformed", test_malformed);
  g_test_add_func ("/relay/idle", test_idle);
  g_test_add_func ("/relay/slow-reader", test_slow_reader);
  g_test_add_func ("/relay/ice-servers", test_ice_servers);
  g_test_add_func ("/relay/ice-credential", test_ice_credential);
  g_test_add_func ("/relay/http", test_http);
  g_test_add_func ("/relay/drain", test_drain);
  g_test_add_func ("/relay/restart", test_restart);
  g_test_add_func ("/relay/port-taken", test_port_taken);

  return g_test_run ();
}
