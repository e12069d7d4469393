/* test-message.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "base/edge-base64.h"
#include "identity/edge-identity.h"
#include "signaling/edge-ice-servers.h"
#include "signaling/edge-json-scanner.h"
#include "signaling/edge-relay-message.h"

static gboolean
is_object (const char *text,
           gsize       length)
{
  EdgeJsonScanner scanner;
  EdgeJsonToken key, value;

  edge_json_scanner_init (&scanner, text, length);
  if (!edge_json_scanner_begin_object (&scanner))
    return FALSE;
  while (edge_json_scanner_next_member (&scanner, &key, &value))
    ;
  return edge_json_scanner_at_end (&scanner);
}

static void
test_scanner (void)
{
  const char *right[] = {
    "{}", " { } \n", "{\"\":0}", "{\"a\":-0.5e+10,\"b\":[],\"c\":{},\"d\":[{},[1,2]],\"e\":\"\"}",
    "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u12aF\"}", "{\"a\":true,\"b\":false,\"c\":null}",
    "{\"a\":[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]}",
  };
  const char *wrong[] = {
    "", " ", "{", "}", "{]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}",
    "{\"a\":1 \"b\":2}", "{\"a\":[1,]}", "{\"a\":[,1]}", "{\"a\":[1 2]}", "{\"a\":[1}", "{\"a\":{]}",
    "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":-}", "{\"a\":1e}", "{\"a\":+1}", "{\"a\":tru}",
    "{\"a\":NaN}", "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\u12\"}",
    "{\"a\":\"", "{\"a\":\"\\", "{} {}", "{}x", "/**/{}", "{\"a\":1}}",
    "{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      gsize n = strlen (right[i]);
      const char *last = strrchr (right[i], '}');

      if (!is_object (right[i], n))
        g_error ("refused: %s", right[i]);

      /* No beginning of it is a whole one, save for the space at its end. */
      for (gsize cut = 0; cut <= (gsize) (last - right[i]); cut++)
        {
          g_autofree char *part = cut > 0 ? g_memdup2 (right[i], cut) : g_malloc (1);

          if (is_object (part, cut))
            g_error ("accepted %" G_GSIZE_FORMAT " bytes of: %s", cut, right[i]);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    if (is_object (wrong[i], strlen (wrong[i])))
      g_error ("accepted: %s", wrong[i]);
}

static void
test_count (void)
{
  const struct { const char *text; gboolean right; gint64 value; } cases[] = {
    { "0", TRUE, 0 }, { "42", TRUE, 42 }, { "9007199254740991", TRUE, 9007199254740991 },
    { "9007199254740992", FALSE, 0 }, { "99999999999999999", FALSE, 0 }, { "-1", FALSE, 0 },
    { "1.0", FALSE, 0 }, { "1e3", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EdgeJsonToken token = { EDGE_JSON_TOKEN_NUMBER, FALSE, cases[i].text,
                              strlen (cases[i].text) };
      gint64 value = 0;

      g_assert_cmpint (edge_json_token_read_count (&token, &value), ==, cases[i].right);
      g_assert_cmpint (value, ==, cases[i].value);
    }
}

static gboolean
parse (EdgeRelayMessage *message,
       const char       *text)
{
  g_autoptr(GError) error = NULL;
  gboolean ok = edge_relay_message_parse (message, text, strlen (text), &error);

  g_assert_cmpint (ok, ==, error == NULL);
  return ok;
}

static void
test_parse (void)
{
  EdgeRelayMessage message;
  const char *text =
    "{\"payload\":{\"x\":[1, 2]},\"offer\":7,\"later\":[{\"type\":\"no\"}],\"targetId\":\"bob\","
    "\"type\":\"peer_message\",\"retryAfterMs\":250,\"unproven\":false,\"room\":null}";

  g_assert_true (parse (&message, text));
  g_assert_cmpint (message.type, ==, EDGE_RELAY_MESSAGE_PEER_MESSAGE);
  g_assert_true (edge_relay_span_equal (&message.target_id, "bob"));
  g_assert_true (edge_relay_span_equal (&message.payload, "{\"x\":[1, 2]}"));
  g_assert_cmpint (message.retry_after_ms, ==, 250);
  g_assert_null (message.room.text);
  g_assert_null (message.from.text);

  /* A type of the future may give a known member another meaning. */
  g_assert_true (parse (&message, "{\"type\":\"later\",\"nodeId\":[5]}"));
  g_assert_cmpint (message.type, ==, EDGE_RELAY_MESSAGE_UNKNOWN);

  g_assert_false (parse (&message, "{\"type\":\"webrtc_offer\",\"targetId\":\"b\",\"answer\":1}"));
  g_assert_false (parse (&message, "{\"type\":\"heartbeat\",\"retryAfterMs\":-1}"));
  g_assert_false (parse (&message, "{\"type\":\"heartbeat\",\"unproven\":1}"));
  g_assert_false (parse (&message, "{\"type\":\"heartbeat\",\"peers\":{}}"));
  g_assert_false (parse (&message, "{\"type\":\"error\",\"message\":5}"));
  g_assert_false (parse (&message, "{\"t\\u0079pe\":\"heartbeat\"}"));
  g_assert_false (parse (&message, "{\"type\":\"heartbeat\",\"nodeId\":\"\303\244\"}"));
  g_assert_false (parse (&message, "{\"type\":\"heart\377beat\"}"));
}

static void
test_build (void)
{
  EdgeRelayMessage message;
  g_autoptr(GString) frame = g_string_new (NULL);
  guint8 signature[64] = { 0 };
  g_autofree char *text = NULL;
  EdgeRelaySpan target = { "bob", 3 };
  EdgeRelaySpan nothing = { NULL, 0 };
  const EdgeRelayMessageType kinds[] = {
    EDGE_RELAY_MESSAGE_OFFER, EDGE_RELAY_MESSAGE_ANSWER, EDGE_RELAY_MESSAGE_ICE,
    EDGE_RELAY_MESSAGE_DISCONNECT, EDGE_RELAY_MESSAGE_PEER_MESSAGE,
  };

  edge_relay_message_append_register (frame, "id", "tag", "a\"\\\n\001b");
  g_assert_cmpstr (frame->str, ==, "{\"type\":\"register\",\"nodeId\":\"id\",\"publicKey\":\"id\","
                   "\"room\":\"tag\",\"token\":\"a\\\"\\\\\\u000a\\u0001b\"}");
  g_string_truncate (frame, 0);

  edge_relay_message_append_auth (frame, signature);
  g_assert_true (parse (&message, frame->str));
  g_assert_cmpuint (message.signature.length, ==, 86);
  g_string_truncate (frame, 0);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      edge_relay_message_append_to (frame, kinds[i], "bob", "a\"b\303\244");
      g_assert_true (parse (&message, frame->str));
      g_assert_cmpint (message.type, ==, kinds[i]);
      g_assert_true (edge_relay_span_equal (&message.target_id, "bob"));
      g_clear_pointer (&text, g_free);
      text = edge_relay_span_dup_string (&message.payload);
      g_assert_cmpstr (text, ==, "a\"b\303\244");
      g_string_truncate (frame, 0);
    }

  edge_relay_message_append_from (frame, EDGE_RELAY_MESSAGE_DISCONNECT, "ann", TRUE, &nothing);
  g_assert_cmpstr (frame->str, ==,
                   "{\"type\":\"webrtc_disconnect\",\"from\":\"ann\",\"unproven\":true}");
  g_string_truncate (frame, 0);
  edge_relay_message_append_presence (frame, EDGE_RELAY_MESSAGE_NODE_LEFT, "ann", 3, FALSE);
  g_assert_cmpstr (frame->str, ==, "{\"type\":\"node_left\",\"nodeId\":\"ann\",\"totalNodes\":3}");
  g_string_truncate (frame, 0);
  edge_relay_message_append_ack (frame, 1700000000000);
  g_assert_cmpstr (frame->str, ==, "{\"type\":\"heartbeat_ack\",\"timestamp\":1700000000000}");
  g_string_truncate (frame, 0);
  edge_relay_message_append_heartbeat (frame);
  g_assert_cmpstr (frame->str, ==, "{\"type\":\"heartbeat\"}");
  g_string_truncate (frame, 0);
  edge_relay_message_append_auth_ok (frame, "ann");
  g_assert_cmpstr (frame->str, ==, "{\"type\":\"auth_ok\",\"nodeId\":\"ann\"}");
  g_string_truncate (frame, 0);
  edge_relay_message_append_error (frame, "rate", "Too \"fast\"", &target, 20);
  g_assert_cmpstr (frame->str, ==, "{\"type\":\"error\",\"code\":\"rate\",\"message\":"
                   "\"Too \\\"fast\\\"\",\"targetId\":\"bob\",\"retryAfterMs\":20}");
}

static void
test_ids (void)
{
  g_autofree char *most = g_strnfill (EDGE_RELAY_MAX_ID, 'x');
  g_autofree char *more = g_strnfill (EDGE_RELAY_MAX_ID + 1, 'x');
  const char *text = "[\"a\",5,\"\",\"b c\",[\"d\"],\"e\\u0041\",\"f\",\"g\"]";
  EdgeRelaySpan span = { text, strlen (text) };
  g_auto(GStrv) ids = edge_relay_span_dup_ids (&span, 2);
  EdgeRelaySpan nul = { "\"a\\u0000b\"", 10 };

  g_assert_true (edge_relay_id_is_valid ("pi-1_~!", -1));
  g_assert_true (edge_relay_id_is_valid (most, -1));
  g_assert_false (edge_relay_id_is_valid (more, -1));
  g_assert_false (edge_relay_id_is_valid ("", -1));
  g_assert_false (edge_relay_id_is_valid ("a\"b", -1));
  g_assert_false (edge_relay_id_is_valid ("a\\b", -1));
  g_assert_false (edge_relay_id_is_valid ("a\0b", 3));
  g_assert_cmpuint (g_strv_length (ids), ==, 2);
  g_assert_cmpstr (ids[0], ==, "a");
  g_assert_cmpstr (ids[1], ==, "f");
  g_assert_null (edge_relay_span_dup_string (&nul));
}

/* The bytes that are signed, as docs/protocol.md has them. */
static void
test_challenge (void)
{
  const char *challenge = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  const char *id = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  g_autoptr(GBytes) document = edge_relay_challenge_document (challenge, -1, id);
  g_autofree char *expected = g_strconcat (challenge, id, NULL);
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(GString) frame = g_string_new (NULL);
  guint8 seed[EDGE_IDENTITY_SEED_SIZE], signature[EDGE_IDENTITY_SIGNATURE_SIZE];

  /* The key of RFC 8032, section 7.1, test 1. */
  g_assert_true (edge_base64url_decode_fixed ("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", -1,
                                              seed, sizeof seed));
  identity = edge_identity_new_from_seed (seed);
  g_assert_cmpstr (edge_identity_get_id (identity), ==, id);
  edge_identity_sign (identity, g_bytes_get_data (document, NULL), g_bytes_get_size (document),
                      signature);
  edge_relay_message_append_auth (frame, signature);
  g_assert_cmpstr (frame->str, ==, "{\"type\":\"auth\",\"signature\":\""
                   "QDwMHWB3SXHOlfHuBD3XFPYEn5FW6m1jSVy8G38eZs6"
                   "AO6lEgNLJP9QAAmb3KbV4kczI8FdjZfbpQu1GswDMDA\"}");

  g_assert_cmpmem (g_bytes_get_data (document, NULL), g_bytes_get_size (document), expected, 86);
  g_assert_null (edge_relay_challenge_document ("edge-net envelope", -1, id));
  g_assert_null (edge_relay_challenge_document ("", -1, id));
  g_assert_null (edge_relay_challenge_document (challenge, -1, "old-node"));
}

static void
test_ice (void)
{
  const char *text =
    "[{\"urls\":[\"stun:s.example:3478\"]},{\"urls\":\"stun:one.example\"},"
    "{\"urls\":[\"turn:t.example:3478?transport=tcp\",\"turns:[2001:db8::1]:5349\"],"
    "\"username\":\"17:a@b\",\"credential\":\"x+/=\"},"
    "{\"urls\":[\"turn:no-credentials.example\"]},{\"urls\":[\"http://x\",\"stun:\",\"stun:a b\",5]},"
    "{\"urls\":[\"turn:x\"],\"username\":5,\"credential\":\"y\"},7]";
  g_auto(GStrv) uris = edge_ice_servers_from_json (text, strlen (text));
  g_auto(GStrv) none = edge_ice_servers_from_json ("{", 1);

  g_assert_cmpuint (g_strv_length (uris), ==, 4);
  g_assert_cmpstr (uris[0], ==, "stun://s.example:3478");
  g_assert_cmpstr (uris[1], ==, "stun://one.example");
  g_assert_cmpstr (uris[2], ==, "turn://17%3Aa%40b:x%2B%2F%3D@t.example:3478?transport=tcp");
  g_assert_cmpstr (uris[3], ==, "turns://17%3Aa%40b:x%2B%2F%3D@[2001:db8::1]:5349");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/relay-message/scanner", test_scanner);
  g_test_add_func ("/relay-message/count", test_count);
  g_test_add_func ("/relay-message/parse", test_parse);
  g_test_add_func ("/relay-message/build", test_build);
  g_test_add_func ("/relay-message/ids", test_ids);
  g_test_add_func ("/relay-message/challenge", test_challenge);
  g_test_add_func ("/relay-message/ice", test_ice);

  return g_test_run ();
}
