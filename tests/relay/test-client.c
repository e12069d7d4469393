/* test-relay-client.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "harness.h"

#include <string.h>

#include "signaling/edge-relay-client.h"
#include "signaling/edge-relay-trouble.h"

/* The client against the real relay. */

typedef struct
{
  EdgeIdentity    *identity;
  EdgeRelayClient *client;
  GPtrArray       *found;
  GPtrArray       *left;
  GPtrArray       *senders;
  GPtrArray       *blobs;
  guint            n_waiting;
} Party;

static void
found_cb (EdgeSignaling *signaling,
          const char    *id,
          Party         *self)
{
  g_ptr_array_add (self->found, g_strdup (id));
}

static void
left_cb (EdgeSignaling *signaling,
         const char    *id,
         Party         *self)
{
  g_ptr_array_add (self->left, g_strdup (id));
}

static void
received_cb (EdgeSignaling *signaling,
             const char    *id,
             const char    *blob,
             Party         *self)
{
  g_ptr_array_add (self->senders, g_strdup (id));
  g_ptr_array_add (self->blobs, g_strdup (blob));
}

static void
state_cb (EdgeSignaling *signaling,
          GParamSpec    *pspec,
          Party         *self)
{
  self->n_waiting += edge_signaling_get_state (signaling) == EDGE_SIGNALING_STATE_WAITING;
}

static Party *
party_new (const char   *url,
           EdgeIdentity *identity,
           const char   *room,
           const char   *token)
{
  Party *self = g_new0 (Party, 1);

  self->identity = identity != NULL ? g_object_ref (identity) : edge_identity_generate ();
  self->client = edge_relay_client_new (url, self->identity, room, token);
  self->found = g_ptr_array_new_with_free_func (g_free);
  self->left = g_ptr_array_new_with_free_func (g_free);
  self->senders = g_ptr_array_new_with_free_func (g_free);
  self->blobs = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (self->client, "peer-found", G_CALLBACK (found_cb), self);
  g_signal_connect (self->client, "peer-left", G_CALLBACK (left_cb), self);
  g_signal_connect (self->client, "received", G_CALLBACK (received_cb), self);
  g_signal_connect (self->client, "notify::state", G_CALLBACK (state_cb), self);
  edge_signaling_start (EDGE_SIGNALING (self->client));
  return self;
}

static void
party_free (Party *self)
{
  edge_signaling_stop (EDGE_SIGNALING (self->client));
  g_assert_finalize_object (self->client);
  g_object_unref (self->identity);
  g_ptr_array_unref (self->found);
  g_ptr_array_unref (self->left);
  g_ptr_array_unref (self->senders);
  g_ptr_array_unref (self->blobs);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Party, party_free)

static EdgeSignalingState
state_of (Party *self)
{
  return edge_signaling_get_state (EDGE_SIGNALING (self->client));
}

static const char *
id_of (Party *self)
{
  return edge_identity_get_id (self->identity);
}

static gboolean
has (GPtrArray  *list,
     const char *text)
{
  return g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL);
}

static gboolean
send (Party          *self,
      const char     *to,
      EdgeSignalKind  kind,
      const char     *blob)
{
  return edge_signaling_send (EDGE_SIGNALING (self->client), to, kind, blob);
}

static void
test_meet (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  const char *stun[] = { "stun:stun.example:3478", NULL };
  const char *turn[] = { "turn:turn.example:3478?transport=udp", NULL };
  g_autoptr(EdgeRelay) relay = NULL;
  g_autoptr(Party) a = NULL;
  g_autoptr(Party) b = NULL;
  g_auto(GStrv) servers = NULL;
  g_autofree char *most = g_strnfill (EDGE_SIGNALING_MAX_BLOB, 'x');
  g_autofree char *more = g_strnfill (EDGE_SIGNALING_MAX_BLOB + 1, 'x');
  const EdgeSignalKind kinds[] = { EDGE_SIGNAL_HELLO, EDGE_SIGNAL_OFFER, EDGE_SIGNAL_ANSWER,
                                   EDGE_SIGNAL_CANDIDATES, EDGE_SIGNAL_DATA, EDGE_SIGNAL_BYE };

  config->stun_urls = g_strdupv ((GStrv) stun);
  config->turn_urls = g_strdupv ((GStrv) turn);
  config->turn_secret = g_strdup ("north");
  relay = start_relay (config);
  a = party_new (edge_relay_get_url (relay), NULL, "room", NULL);
  wait_until (state_of (a) == EDGE_SIGNALING_STATE_UP);
  b = party_new (edge_relay_get_url (relay), NULL, "room", NULL);

  /* The first hears of the second as it joins, the second from its welcome. */
  wait_until (a->found->len == 1 && b->found->len == 1);
  g_assert_true (has (a->found, id_of (b)));
  g_assert_true (has (b->found, id_of (a)));
  g_assert_cmpstr (edge_signaling_get_name (EDGE_SIGNALING (a->client)), ==, "relay");
  g_assert_true (edge_signaling_carries_data (EDGE_SIGNALING (a->client)));

  servers = edge_signaling_dup_ice_servers (EDGE_SIGNALING (a->client));
  g_assert_cmpuint (g_strv_length (servers), ==, 2);
  g_assert_cmpstr (servers[0], ==, "stun://stun.example:3478");
  g_assert_true (g_str_has_prefix (servers[1], "turn://"));
  g_assert_true (g_str_has_suffix (servers[1], "@turn.example:3478?transport=udp"));
  g_assert_nonnull (strstr (servers[1], "%3A"));

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *blob = g_strdup_printf ("blob-%u \" \\ \n \303\244", i);

      g_assert_true (send (a, id_of (b), kinds[i], blob));
      wait_until (b->blobs->len == i + 1);
      g_assert_cmpstr (g_ptr_array_index (b->blobs, i), ==, blob);
      g_assert_cmpstr (g_ptr_array_index (b->senders, i), ==, id_of (a));
    }

  g_assert_true (send (b, NULL, EDGE_SIGNAL_HELLO, most));
  wait_until (a->blobs->len == 1);
  g_assert_cmpstr (g_ptr_array_index (a->blobs, 0), ==, most);
  g_assert_false (send (b, NULL, EDGE_SIGNAL_HELLO, more));
  g_assert_false (send (b, "a b", EDGE_SIGNAL_HELLO, "x"));

  edge_signaling_stop (EDGE_SIGNALING (b->client));
  g_assert_cmpint (state_of (b), ==, EDGE_SIGNALING_STATE_STOPPED);
  g_assert_false (send (b, id_of (a), EDGE_SIGNAL_DATA, "x"));
  wait_until (a->left->len == 1);
  g_assert_true (has (a->left, id_of (b)));
}

/* What raw peers of the room send that is no blob. */
static void
test_wrong_frames (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(Party) a = party_new (edge_relay_get_url (relay), NULL, NULL, NULL);
  g_autoptr(Raw) raw = raw_connect (edge_relay_get_url (relay));
  g_autofree char *filling = g_strnfill (60000, 'x');
  g_autofree char *large = g_strdup_printf ("\"%s\"", filling);
  const char *payloads[] = { "1", "null", "{\"sdp\":\"x\"}", "[\"x\"]", "\"a\\u0000b\"", large,
                             "\"right\"" };
  g_autofree char *welcome = NULL;

  wait_until (state_of (a) == EDGE_SIGNALING_STATE_UP);
  welcome = raw_register (raw, "raw", NULL);
  wait_until (has (a->found, "raw"));

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autofree char *text = NULL;

      text = g_strdup_printf ("{\"type\":\"peer_message\",\"targetId\":\"%s\",\"payload\":%s}",
                              id_of (a), payloads[i]);
      raw_send (raw, text);
    }

  wait_until (a->blobs->len > 0);
  g_assert_cmpuint (a->blobs->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (a->blobs, 0), ==, "right");
  g_assert_cmpint (state_of (a), ==, EDGE_SIGNALING_STATE_UP);
}

static void
test_come_back (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autofree char *url = g_strdup (edge_relay_get_url (relay));
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autoptr(EdgeRelay) second = NULL;
  g_autoptr(Party) a = party_new (url, NULL, "room", NULL);
  g_autoptr(Party) b = party_new (url, NULL, "room", NULL);
  g_autofree char *detail = NULL, *after = NULL;
  guint found_before;

  wait_until (a->found->len >= 1 && b->found->len >= 1);
  found_before = a->found->len;
  edge_relay_stop (relay);
  wait_until (a->n_waiting >= 2 && b->n_waiting >= 2);
  wait_until (state_of (a) == EDGE_SIGNALING_STATE_WAITING);
  detail = edge_signaling_dup_detail (EDGE_SIGNALING (a->client));
  g_assert_nonnull (detail);
  g_assert_nonnull (strstr (detail, "again by itself"));
  g_assert_false (send (a, id_of (b), EDGE_SIGNAL_DATA, "x"));

  g_free (config->listen);
  config->listen = g_strdup_printf ("127.0.0.1:%d", g_uri_get_port (uri));
  second = start_relay (config);
  wait_until (state_of (a) == EDGE_SIGNALING_STATE_UP && state_of (b) == EDGE_SIGNALING_STATE_UP);
  wait_until (a->found->len > found_before);
  after = edge_signaling_dup_detail (EDGE_SIGNALING (a->client));
  g_assert_null (after);
  g_assert_true (send (a, id_of (b), EDGE_SIGNAL_DATA, "again"));
  wait_until (b->blobs->len == 1);
}

static void
drained_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  *(gboolean *) user_data = edge_relay_drain_finish (EDGE_RELAY (source), result, NULL);
}

static void
test_drain (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(Party) a = party_new (edge_relay_get_url (relay), NULL, NULL, NULL);
  g_autofree char *detail = NULL;
  gboolean drained = FALSE;

  wait_until (state_of (a) == EDGE_SIGNALING_STATE_UP);
  edge_relay_drain_async (relay, NULL, drained_cb, &drained);
  wait_until (state_of (a) == EDGE_SIGNALING_STATE_WAITING);
  detail = edge_signaling_dup_detail (EDGE_SIGNALING (a->client));
  g_assert_nonnull (strstr (detail, "restarted"));
  wait_until (drained);
}

static void
test_replaced (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(Party) a = party_new (edge_relay_get_url (relay), identity, "r", NULL);
  g_autoptr(Party) b = NULL;
  g_autofree char *detail = NULL;

  wait_until (state_of (a) == EDGE_SIGNALING_STATE_UP);
  b = party_new (edge_relay_get_url (relay), identity, "r", NULL);
  wait_until (state_of (b) == EDGE_SIGNALING_STATE_UP);
  wait_until (state_of (a) == EDGE_SIGNALING_STATE_REFUSED);
  detail = edge_signaling_dup_detail (EDGE_SIGNALING (a->client));
  g_assert_nonnull (strstr (detail, "your identity"));

  /* It does not take the place back by itself, but at the person's word. */
  edge_relay_client_retry_now (a->client);
  wait_until (state_of (a) == EDGE_SIGNALING_STATE_UP);
  wait_until (state_of (b) == EDGE_SIGNALING_STATE_REFUSED);
}

static void
test_token (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = NULL;
  g_autoptr(Party) without = NULL;
  g_autoptr(Party) with = NULL;
  g_autofree char *detail = NULL;

  config->room_token = g_strdup ("a \"quoted\" secret");
  relay = start_relay (config);
  without = party_new (edge_relay_get_url (relay), NULL, NULL, NULL);
  wait_until (state_of (without) == EDGE_SIGNALING_STATE_REFUSED);
  detail = edge_signaling_dup_detail (EDGE_SIGNALING (without->client));
  g_assert_nonnull (strstr (detail, "token"));
  with = party_new (edge_relay_get_url (relay), NULL, NULL, "plain");
  wait_until (state_of (with) == EDGE_SIGNALING_STATE_REFUSED);
}

/* More than the relay takes in a burst: all arrives, and the relay never had to complain. */
static void
test_pace (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = NULL;
  g_autoptr(Party) a = NULL;
  g_autoptr(Party) b = NULL;
  g_autofree char *metrics = NULL;
  guint sent = 0;

  config->frames_after_auth = 2400;
  relay = start_relay (config);
  a = party_new (edge_relay_get_url (relay), NULL, NULL, NULL);
  b = party_new (edge_relay_get_url (relay), NULL, NULL, NULL);
  wait_until (a->found->len == 1 && b->found->len == 1);

  while (sent < 1300 && send (a, id_of (b), EDGE_SIGNAL_DATA, "x"))
    sent++;
  /* The queue has an end; whoever sends is told. */
  g_assert_cmpuint (sent, <, 1400);
  g_assert_cmpuint (sent, >, 1080);
  wait_until (b->blobs->len == sent);
  metrics = http_get (edge_relay_get_url (relay), "/metrics", NULL, NULL, NULL);
  g_assert_nonnull (strstr (metrics, "refused_total{reason=\"rate\"} 0\n"));
}

static void
test_nobody_there (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autofree char *url = g_strdup (edge_relay_get_url (relay));
  g_autoptr(Party) a = NULL;
  g_autoptr(Party) b = NULL;
  g_autofree char *detail = NULL;

  edge_relay_stop (relay);
  a = party_new (url, NULL, NULL, NULL);
  wait_until (state_of (a) == EDGE_SIGNALING_STATE_WAITING);
  detail = edge_signaling_dup_detail (EDGE_SIGNALING (a->client));
  g_assert_nonnull (strstr (detail, "Nobody answers"));

  b = party_new ("not an address", NULL, NULL, NULL);
  wait_until (state_of (b) == EDGE_SIGNALING_STATE_REFUSED);
}

static void
found_stop_cb (EdgeSignaling *signaling,
               const char    *id,
               gpointer       user_data)
{
  edge_signaling_stop (signaling);
}

/* Whoever is told of a peer may stop the backend; nothing comes after that. */
static void
test_stop_in_signal (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(Raw) one = raw_connect (edge_relay_get_url (relay));
  g_autoptr(Raw) two = raw_connect (edge_relay_get_url (relay));
  g_autofree char *w1 = raw_register (one, "one", NULL);
  g_autofree char *w2 = raw_register (two, "two", NULL);
  g_autoptr(Party) a = party_new (edge_relay_get_url (relay), NULL, NULL, NULL);

  g_signal_connect (a->client, "peer-found", G_CALLBACK (found_stop_cb), NULL);
  wait_until (a->found->len > 0);
  g_free (raw_next (one, "node_left"));
  g_assert_cmpuint (a->found->len, ==, 1);
  g_assert_cmpint (state_of (a), ==, EDGE_SIGNALING_STATE_STOPPED);
}

static void
test_free_while_connecting (void)
{
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = start_relay (config);
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();

  for (guint turns = 0; turns < 12; turns++)
    {
      EdgeRelayClient *client = edge_relay_client_new (edge_relay_get_url (relay), identity, NULL,
                                                       NULL);

      edge_signaling_start (EDGE_SIGNALING (client));
      for (guint i = 0; i < turns; i++)
        g_main_context_iteration (NULL, FALSE);
      g_assert_finalize_object (client);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_troubles (void)
{
  const guint statuses[] = { 200, 401, 403, 404, 429, 503 };
  const struct { GQuark domain; int code; } errors[] = {
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED },
    { G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT },
    { G_IO_ERROR, G_IO_ERROR_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statuses) + G_N_ELEMENTS (errors); i++)
    {
      gboolean http = i < G_N_ELEMENTS (statuses);
      guint e = http ? G_N_ELEMENTS (errors) - 1 : i - G_N_ELEMENTS (statuses);
      g_autoptr(GError) error = g_error_new_literal (errors[e].domain, errors[e].code, "why");
      g_autofree char *words = edge_relay_trouble_describe (error, http ? statuses[i] : 0);

      /* What is wrong is one sentence, what to do another. */
      g_assert_true (g_str_has_suffix (words, "."));
      g_assert_nonnull (strstr (words, "it is tried") != NULL ? words : strpbrk (words, ".;:"));
      g_assert_true (g_utf8_validate (words, -1, NULL));
    }

  g_assert_true (edge_relay_trouble_find ("replaced", NULL)->final);
  g_assert_true (edge_relay_trouble_find ("", "replaced")->final);
  g_assert_false (edge_relay_trouble_find ("draining", NULL)->final);
  g_assert_null (edge_relay_trouble_find ("target", "Target peer not available"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/relay-client/meet", test_meet);
  g_test_add_func ("/relay-client/wrong-frames", test_wrong_frames);
  g_test_add_func ("/relay-client/come-back", test_come_back);
  g_test_add_func ("/relay-client/drain", test_drain);
  g_test_add_func ("/relay-client/replaced", test_replaced);
  g_test_add_func ("/relay-client/token", test_token);
  g_test_add_func ("/relay-client/pace", test_pace);
  g_test_add_func ("/relay-client/nobody-there", test_nobody_there);
  g_test_add_func ("/relay-client/stop-in-signal", test_stop_in_signal);
  g_test_add_func ("/relay-client/free-while-connecting", test_free_while_connecting);
  g_test_add_func ("/relay-client/troubles", test_troubles);

  return g_test_run ();
}
