/* test-invitation.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-invitation.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/edge-base64.h"

#define NETWORK "p9gmMoPZ0FV1nX7ahMHGq0YGw3sA5OSBV9fEWYw7D14"
#define NOW     G_GINT64_CONSTANT (1800000000000)

#define SDP_HEAD \
  "v=0\r\no=- 1 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n" \
  "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n" \
  "a=setup:actpass\r\na=ice-ufrag:+PUBuMz9GjLdMjCGieM12aFg+/R/E04d\r\n" \
  "a=ice-pwd:4RTWw0Qajw7Jb+IHvOm4ifBmxtl1CdFT\r\na=mid:application0\r\na=sctp-port:5000\r\n" \
  "a=fingerprint:sha-256 AF:AE:FD:11:1E:12:98:5C:62:A8:C3:E8:25:12:94:74:" \
  "CE:24:1D:48:50:34:5A:98:40:DB:E5:BC:3D:85:5F:39\r\n"

static JsonNode *
read_vectors (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "invite", "vectors", "invitation.json", NULL);
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static const char *
member (JsonObject *object,
        const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static guint8 *
bytes_of (JsonObject *object,
          const char *name,
          gsize       expected)
{
  gsize size = 0;
  guint8 *data = member (object, name) != NULL
                 ? edge_base64url_decode (member (object, name), -1, &size) : NULL;

  g_assert_true (data == NULL || size == expected);
  return data;
}

static char **
addresses_of (JsonObject *object)
{
  JsonArray *array = json_object_get_array_member (object, "addresses");
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

static void
check_sdp (const char *text,
           JsonObject *sdp)
{
  JsonArray *candidates = json_object_get_array_member (sdp, "candidates");
  static const char *const lines[][2] =
  {
    { "a=setup:", "setup" }, { "a=ice-ufrag:", "ufrag" }, { "a=ice-pwd:", "password" }, { "a=mid:", "mid" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = g_strconcat (lines[i][0], member (sdp, lines[i][1]), "\r\n", NULL);

      g_assert_nonnull (strstr (text, line));
    }

  for (guint i = 0; i < json_array_get_length (candidates); i++)
    {
      JsonObject *candidate = json_array_get_object_element (candidates, i);
      g_autofree char *part =
        g_strdup_printf (" %s %d typ %s", member (candidate, "address"),
                         (int) json_object_get_int_member (candidate, "port"), member (candidate, "type"));

      g_assert_nonnull (strstr (text, part));
    }
}

static void
check_network (EdgeInvitation *invitation,
               JsonObject     *vector)
{
  g_autofree guint8 *ticket = bytes_of (vector, "ticket", 16);
  g_autofree guint8 *secret = bytes_of (vector, "room_secret", 16);
  g_autofree guint8 *seed = bytes_of (vector, "seed", 32);
  g_auto(GStrv) addresses = addresses_of (vector);
  g_autoptr(EdgeIdentity) identity = edge_identity_new_from_seed (seed);
  g_autoptr(EdgeInvitation) made = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *link = NULL;

  g_assert_cmpint (edge_invitation_get_kind (invitation), ==, EDGE_INVITATION_KIND_NETWORK);
  g_assert_cmpstr (edge_invitation_get_network_name (invitation), ==, member (vector, "network_name"));
  g_assert_cmpstr (edge_invitation_get_inviter_name (invitation), ==, member (vector, "inviter_name"));
  g_assert_cmpstr (edge_invitation_get_relay_token (invitation), ==, member (vector, "relay_token"));
  g_assert_cmpmem (edge_invitation_get_ticket (invitation), 16, ticket, 16);
  g_assert_true ((edge_invitation_get_room_secret (invitation) == NULL) == (secret == NULL));
  if (secret != NULL)
    g_assert_cmpmem (edge_invitation_get_room_secret (invitation), 16, secret, 16);
  g_assert_cmpstrv (edge_invitation_get_addresses (invitation), addresses);
  g_assert_null (edge_invitation_get_session (invitation));
  g_assert_null (edge_invitation_get_sdp (invitation));

  /* Ed25519 is deterministic, so we make the very same link. */
  made = edge_invitation_new_network (identity, member (vector, "network_id"),
                                      json_object_get_int_member (vector, "expires"),
                                      member (vector, "network_name"), member (vector, "inviter_name"),
                                      secret, member (vector, "relay_token"), ticket,
                                      (const char * const *) addresses, &error);
  g_assert_no_error (error);
  link = edge_invitation_to_link (made);
  g_assert_cmpstr (link, ==, member (vector, "link"));
}

static void
check_direct (EdgeInvitation *invitation,
              JsonObject     *vector)
{
  g_autofree guint8 *session = bytes_of (vector, "session", 16);
  gboolean answer = g_str_equal (member (vector, "kind"), "answer");

  g_assert_cmpint (edge_invitation_get_kind (invitation), ==,
                   answer ? EDGE_INVITATION_KIND_ANSWER : EDGE_INVITATION_KIND_OFFER);
  g_assert_cmpmem (edge_invitation_get_session (invitation), 16, session, 16);
  g_assert_cmpmem (edge_invitation_get_ticket (invitation), 16, session, 16);
  g_assert_null (edge_invitation_get_network_name (invitation));
  g_assert_null (edge_invitation_get_addresses (invitation));
  check_sdp (edge_invitation_get_sdp (invitation), json_object_get_object_member (vector, "sdp"));
}

static void
test_good_vectors (void)
{
  g_autoptr(JsonNode) root = read_vectors ();
  JsonArray *good = json_object_get_array_member (json_node_get_object (root), "good");

  g_assert_cmpuint (json_array_get_length (good), >=, 4);
  for (guint i = 0; i < json_array_get_length (good); i++)
    {
      JsonObject *vector = json_array_get_object_element (good, i);
      g_autoptr(EdgeInvitation) invitation = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *link = NULL;

      g_test_message ("%s", member (vector, "name"));
      invitation = edge_invitation_new_from_text (member (vector, "link"), &error);
      g_assert_no_error (error);
      g_assert_cmpstr (edge_invitation_get_network_id (invitation), ==, member (vector, "network_id"));
      g_assert_cmpstr (edge_invitation_get_inviter (invitation), ==, member (vector, "inviter"));
      g_assert_cmpint (edge_invitation_get_expires (invitation), ==,
                       json_object_get_int_member (vector, "expires"));
      g_assert_cmpuint (g_bytes_get_size (edge_invitation_get_bytes (invitation)), ==,
                        json_object_get_int_member (vector, "size"));
      link = edge_invitation_to_link (invitation);
      g_assert_cmpstr (link, ==, member (vector, "link"));

      if (g_str_equal (member (vector, "kind"), "network"))
        check_network (invitation, vector);
      else
        check_direct (invitation, vector);
      g_assert_finalize_object (g_steal_pointer (&invitation));
    }
}

static void
test_bad_vectors (void)
{
  g_autoptr(JsonNode) root = read_vectors ();
  JsonArray *bad = json_object_get_array_member (json_node_get_object (root), "bad");

  g_assert_cmpuint (json_array_get_length (bad), >=, 26);
  for (guint i = 0; i < json_array_get_length (bad); i++)
    {
      JsonObject *vector = json_array_get_object_element (bad, i);
      const char *expected = member (vector, "error");
      EdgeInvitationError code = EDGE_INVITATION_ERROR_MALFORMED;
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", member (vector, "name"));
      if (g_str_equal (expected, "tampered"))
        code = EDGE_INVITATION_ERROR_TAMPERED;
      else if (g_str_equal (expected, "newer"))
        code = EDGE_INVITATION_ERROR_NEWER;
      g_assert_null (edge_invitation_new_from_text (member (vector, "link"), &error));
      g_assert_error (error, EDGE_INVITATION_ERROR, (int) code);
    }
}

static EdgeInvitation *
make_network (EdgeIdentity *identity,
              gint64        expires)
{
  g_autoptr(GError) error = NULL;
  EdgeInvitation *invitation =
    edge_invitation_new_network (identity, NETWORK, expires, "name", "Mara", NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return invitation;
}

/* Every bit of the payload is under the signature. */
static void
test_every_bit (void)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(EdgeInvitation) invitation = make_network (identity, NOW);
  gsize size;
  const guint8 *data = g_bytes_get_data (edge_invitation_get_bytes (invitation), &size);

  for (gsize bit = 0; bit < size * 8; bit++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(EdgeInvitation) read = NULL;
      g_autoptr(GError) error = NULL;

      copy[bit / 8] ^= (guint8) (1 << bit % 8);
      bytes = g_bytes_new (copy, size);
      read = edge_invitation_new_from_bytes (bytes, &error);
      g_assert_null (read);
      g_assert_true (error->domain == EDGE_INVITATION_ERROR);
    }
}

static void
check_text (const char *format,
            const char *payload,
            gboolean    good)
{
  g_autoptr(GString) text = g_string_new (format);
  g_autoptr(EdgeInvitation) invitation = NULL;
  g_autoptr(GError) error = NULL;

  g_string_replace (text, "@", payload, 0);
  invitation = edge_invitation_new_from_text (text->str, &error);
  g_assert_true ((invitation != NULL) == good);
  g_assert_true ((error != NULL) == !good);
}

static void
test_links (void)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(EdgeInvitation) invitation = make_network (identity, NOW);
  g_autofree char *link = edge_invitation_to_link (invitation);
  g_autofree char *web = edge_invitation_to_web_link (invitation, "https://join.example/");
  g_autofree char *huge = g_strnfill (20000, 'A');
  const char *payload = link + strlen ("edge-net:i/");

  g_assert_true (g_str_has_prefix (web, "https://join.example/#i/"));
  g_assert_cmpstr (web + strlen ("https://join.example/#i/"), ==, payload);

  check_text ("edge-net:i/@", payload, TRUE);
  check_text ("edge-net://i/@", payload, TRUE);
  check_text ("EDGE-NET:I/@", payload, TRUE);
  check_text ("https://join.example/a/b?c#i/@", payload, TRUE);
  check_text ("  edge-net:i/@\n", payload, TRUE);
  check_text ("Join us: <edge-net:i/@>.", payload, TRUE);
  check_text ("See https://example.org and https://join.example/#i/@ !", payload, TRUE);

  check_text ("http://join.example/#i/@", payload, FALSE);
  check_text ("edge-net:j/@", payload, FALSE);
  check_text ("@", payload, FALSE);
  check_text ("https://example.org #i/@", payload, FALSE);
  check_text ("edge-net:i/ @", payload, FALSE);
  check_text ("edge-net:i/@A", payload, FALSE);
  check_text ("edge-net:i/@", huge, FALSE);
}

static void
test_check (void)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(EdgeInvitation) invitation = make_network (identity, NOW);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDateTime) end = g_date_time_new_from_unix_local (NOW / 1000);
  g_autofree char *when = g_date_time_format (end, "%F %R");

  g_assert_true (edge_invitation_check (invitation, NOW - 1, NULL, &error));
  g_assert_true (edge_invitation_check (invitation, NOW - 1, NETWORK, &error));
  g_assert_no_error (error);

  g_assert_false (edge_invitation_check (invitation, NOW - 1, edge_identity_get_id (identity), &error));
  g_assert_error (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_OTHER_NETWORK);
  g_clear_error (&error);

  g_assert_false (edge_invitation_check (invitation, NOW + 60000, NULL, &error));
  g_assert_error (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_EXPIRED);
  g_assert_nonnull (strstr (error->message, when));
}

static EdgeInvitation *
make_direct (EdgeIdentity       *identity,
             EdgeInvitationKind  kind,
             const guint8       *session,
             const char         *candidates,
             guint               max_candidates)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *sdp = g_strconcat (SDP_HEAD, candidates, NULL);
  EdgeInvitation *invitation =
    edge_invitation_new_direct (identity, kind, NETWORK, NOW, session, sdp, NULL, max_candidates, &error);

  g_assert_no_error (error);
  return invitation;
}

static void
test_answer (void)
{
  g_autoptr(EdgeIdentity) a = edge_identity_generate ();
  g_autoptr(EdgeIdentity) b = edge_identity_generate ();
  g_autoptr(EdgeInvitation) offer = make_direct (a, EDGE_INVITATION_KIND_OFFER, NULL, "", 4);
  g_autoptr(EdgeInvitation) other = make_direct (a, EDGE_INVITATION_KIND_OFFER, NULL, "", 4);
  g_autoptr(EdgeInvitation) answer =
    make_direct (b, EDGE_INVITATION_KIND_ANSWER, edge_invitation_get_session (offer), "", 4);
  g_autoptr(EdgeInvitation) own =
    make_direct (a, EDGE_INVITATION_KIND_ANSWER, edge_invitation_get_session (offer), "", 4);
  g_autoptr(GError) error = NULL;

  g_assert_true (edge_invitation_check_answer (answer, offer, NOW, &error));
  g_assert_no_error (error);

  g_assert_false (edge_invitation_check_answer (answer, other, NOW, &error));
  g_assert_error (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_OTHER_SESSION);
  g_clear_error (&error);
  g_assert_false (edge_invitation_check_answer (own, offer, NOW, &error));
  g_assert_error (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_OTHER_SESSION);
  g_clear_error (&error);
  g_assert_false (edge_invitation_check_answer (offer, offer, NOW, &error));
  g_assert_error (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_OTHER_SESSION);
  g_clear_error (&error);
  g_assert_false (edge_invitation_check_answer (answer, offer, NOW + 60000, &error));
  g_assert_error (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_EXPIRED);
}

/* The offer of four candidates stays small enough, whatever the candidates are. */
static void
test_offer_size (void)
{
  static const struct { const char *candidates; guint expected; } cases[] =
  {
    { "a=candidate:1 1 UDP 9 192.0.2.1 1 typ host\r\na=candidate:2 1 UDP 8 192.0.2.2 1 typ host\r\n"
      "a=candidate:3 1 UDP 7 192.0.2.3 1 typ host\r\na=candidate:4 1 UDP 6 192.0.2.4 1 typ host\r\n", 4 },
    { "a=candidate:1 1 UDP 9 192.0.2.1 1 typ host\r\na=candidate:2 1 UDP 8 2001:db8::2 1 typ host\r\n"
      "a=candidate:3 1 UDP 7 192.0.2.3 1 typ srflx raddr 0.0.0.0 rport 9\r\n"
      "a=candidate:4 1 UDP 6 2001:db8:4::4 1 typ relay raddr :: rport 9\r\n", 4 },
    { "a=candidate:1 1 UDP 9 2001:db8::1 1 typ host\r\na=candidate:2 1 UDP 8 2001:db8::2 1 typ host\r\n"
      "a=candidate:3 1 UDP 7 2001:db8::3 1 typ host\r\na=candidate:4 1 UDP 6 2001:db8::4 1 typ host\r\n", 4 },
    { "a=candidate:1 1 UDP 9 2001:db8:1::1 1 typ host\r\na=candidate:2 1 UDP 8 2001:db8:2::2 1 typ host\r\n"
      "a=candidate:3 1 UDP 7 2001:db8:3::3 1 typ host\r\na=candidate:4 1 UDP 6 2001:db8:4::4 1 typ host\r\n", 3 },
  };
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(EdgeInvitation) offer =
        make_direct (identity, EDGE_INVITATION_KIND_OFFER, NULL, cases[i].candidates, 4);
      gsize size = g_bytes_get_size (edge_invitation_get_bytes (offer));
      g_auto(GStrv) parts = g_strsplit (edge_invitation_get_sdp (offer), "a=candidate:", -1);

      g_test_message ("%" G_GSIZE_FORMAT " bytes", size);
      g_assert_cmpuint (size, <=, EDGE_INVITATION_SCAN_SIZE);
      g_assert_cmpuint (g_strv_length (parts) - 1, ==, cases[i].expected);
    }
}

static void
test_invalid (void)
{
  static const char *const five[] = { "ws://a", "ws://b", "ws://c", "ws://d", "ws://e", NULL };
  static const char *const odd[] = { "http://a", NULL };
  static const struct
  {
    const char *network, *name, *inviter, *token;
    const char *const *addresses;
    gint64 expires;
  } cases[] =
  {
    { "short", "n", "i", NULL, NULL, NOW },
    { NETWORK, "", "i", NULL, NULL, NOW },
    { NETWORK, "12345678901234567890123456789012345678901234567890123456789012345", "i", NULL, NULL, NOW },
    { NETWORK, "n", "two\nlines", NULL, NULL, NOW },
    { NETWORK, "n\xe2\x80\xae" "x", "i", NULL, NULL, NOW },
    { NETWORK, "n", "i", "", NULL, NOW },
    { NETWORK, "n", "i", "has space", NULL, NOW },
    { NETWORK, "n", "i", NULL, five, NOW },
    { NETWORK, "n", "i", NULL, odd, NOW },
    { NETWORK, "n", "i", NULL, NULL, 0 },
    { NETWORK, "n", "i", NULL, NULL, G_MAXINT64 },
  };
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (edge_invitation_new_network (identity, cases[i].network, cases[i].expires,
                                                  cases[i].name, cases[i].inviter, NULL, cases[i].token,
                                                  NULL, cases[i].addresses, &error));
      g_assert_error (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_INVALID);
    }
}

/* The largest that can be made can be read, and is within the bound. */
static void
test_largest (void)
{
  g_autofree char *name = g_strnfill (EDGE_INVITATION_MAX_NAME, 'n');
  g_autofree char *token = g_strnfill (EDGE_INVITATION_MAX_TOKEN, 't');
  g_autofree char *tail = g_strnfill (EDGE_INVITATION_MAX_ADDRESS - strlen ("wss://a/"), 'p');
  g_autofree char *address = g_strconcat ("wss://a/", tail, NULL);
  const char *addresses[] = { address, address, address, address, NULL };
  const guint8 secret[16] = { 1 };
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(EdgeInvitation) invitation = NULL;
  g_autoptr(EdgeInvitation) back = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *link = NULL;

  invitation = edge_invitation_new_network (identity, NETWORK, NOW, name, name, secret, token, NULL,
                                            addresses, &error);
  g_assert_no_error (error);
  link = edge_invitation_to_link (invitation);
  back = edge_invitation_new_from_text (link, &error);
  g_assert_no_error (error);
  g_assert_cmpstrv (edge_invitation_get_addresses (back), addresses);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/invitation/good-vectors", test_good_vectors);
  g_test_add_func ("/invitation/bad-vectors", test_bad_vectors);
  g_test_add_func ("/invitation/every-bit", test_every_bit);
  g_test_add_func ("/invitation/links", test_links);
  g_test_add_func ("/invitation/check", test_check);
  g_test_add_func ("/invitation/answer", test_answer);
  g_test_add_func ("/invitation/offer-size", test_offer_size);
  g_test_add_func ("/invitation/invalid", test_invalid);
  g_test_add_func ("/invitation/largest", test_largest);
  return g_test_run ();
}
