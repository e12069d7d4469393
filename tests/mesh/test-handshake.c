/* test-handshake.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-handshake.h"

#include <string.h>

#include "base/edge-json.h"
#include "vectors.h"

#define NETWORK "9g4wIlYwnWH9xfXGa1wr1GR7LSbWVReK3polGaOFxws"
#define SESSION "AAAAAAAAAAAAAAAAAAAAAA"

typedef struct
{
  EdgeIdentity *a;
  EdgeIdentity *b;
  EdgeHello    *hello_a;
  EdgeHello    *hello_b;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->a = edge_identity_generate ();
  f->b = edge_identity_generate ();
  f->hello_a = edge_hello_new ("Ada", NETWORK, SESSION);
  f->hello_b = edge_hello_new ("Béla", NETWORK, SESSION);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_assert_finalize_object (f->a);
  g_assert_finalize_object (f->b);
  edge_hello_free (f->hello_a);
  edge_hello_free (f->hello_b);
}

static void
test_hello (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(JsonObject) frame = NULL;
  g_autoptr(EdgeHello) read = NULL;
  g_autoptr(GError) error = NULL;

  f->hello_a->resumes = g_strdup (SESSION);
  f->hello_a->received[0] = G_MAXUINT32;
  f->hello_a->received[1] = 7;
  frame = edge_hello_to_json (f->hello_a, f->a);
  read = edge_hello_parse (frame, edge_identity_get_id (f->a), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->name, ==, "Ada");
  g_assert_cmpstr (read->network, ==, NETWORK);
  g_assert_cmpstr (read->session, ==, SESSION);
  g_assert_cmpstr (read->challenge, ==, f->hello_a->challenge);
  g_assert_cmpstr (read->resumes, ==, SESSION);
  g_assert_cmpuint (read->received[0], ==, G_MAXUINT32);
  g_assert_cmpuint (read->received[1], ==, 7);
  g_assert_cmpint (read->time, ==, f->hello_a->time);
  /* Fresh each time. */
  g_assert_cmpstr (f->hello_a->challenge, !=, f->hello_b->challenge);
}

typedef struct
{
  const char *member;
  const char *value;
  GQuark    (*domain) (void);
  int         code;
} Wrong;

static const Wrong wrong[] = {
  { "nodeId", "\"" NETWORK "\"", edge_handshake_error_quark, EDGE_HANDSHAKE_ERROR_IDENTITY },
  { "nodeId", NULL, edge_handshake_error_quark, EDGE_HANDSHAKE_ERROR_IDENTITY },
  { "versions", "[2, 3]", edge_handshake_error_quark, EDGE_HANDSHAKE_ERROR_VERSION },
  { "versions", "[\"1\", 1.0, null, [1]]", edge_handshake_error_quark, EDGE_HANDSHAKE_ERROR_VERSION },
  { "versions", NULL, edge_handshake_error_quark, EDGE_HANDSHAKE_ERROR_VERSION },
  { "versions", "[2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,1]", edge_json_error_quark, EDGE_JSON_ERROR_MEMBER },
  { "versions", "1", edge_json_error_quark, EDGE_JSON_ERROR_MEMBER },
  { "net", "\"edge-net\"", edge_handshake_error_quark, EDGE_HANDSHAKE_ERROR_MALFORMED },
  { "challenge", "\"AAAA\"", edge_handshake_error_quark, EDGE_HANDSHAKE_ERROR_MALFORMED },
  { "challenge", NULL, edge_handshake_error_quark, EDGE_HANDSHAKE_ERROR_MALFORMED },
  { "session", "\"AAAA\"", edge_handshake_error_quark, EDGE_HANDSHAKE_ERROR_MALFORMED },
  { "session", "17", edge_json_error_quark, EDGE_JSON_ERROR_MEMBER },
  { "received", "[1]", edge_handshake_error_quark, EDGE_HANDSHAKE_ERROR_MALFORMED },
  { "received", "[1, -1]", edge_handshake_error_quark, EDGE_HANDSHAKE_ERROR_MALFORMED },
  { "received", "[1, 4294967296]", edge_handshake_error_quark, EDGE_HANDSHAKE_ERROR_MALFORMED },
  { "received", "[1, 1.5]", edge_handshake_error_quark, EDGE_HANDSHAKE_ERROR_MALFORMED },
  { "received", "[1, 2, 3]", edge_json_error_quark, EDGE_JSON_ERROR_MEMBER },
  { "time", "-1", edge_json_error_quark, EDGE_JSON_ERROR_MEMBER },
  { "name", "\"12345678901234567890123456789012345678901234567890123456789012345\"",
    edge_json_error_quark, EDGE_JSON_ERROR_MEMBER },
};

static void
test_wrong_hellos (Fixture       *f,
                   gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(JsonObject) frame = edge_hello_to_json (f->hello_a, f->a);
      g_autoptr(EdgeHello) read = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("%s: %s", wrong[i].member, wrong[i].value);
      if (wrong[i].value != NULL)
        json_object_set_member (frame, wrong[i].member, json_from_string (wrong[i].value, NULL));
      else
        json_object_remove_member (frame, wrong[i].member);
      read = edge_hello_parse (frame, edge_identity_get_id (f->a), &error);
      g_assert_null (read);
      g_assert_error (error, wrong[i].domain (), wrong[i].code);
    }
}

static void
assert_name (Fixture    *f,
             const char *said,
             const char *shown)
{
  g_autoptr(JsonObject) frame = edge_hello_to_json (f->hello_a, f->a);
  g_autoptr(EdgeHello) read = NULL;

  json_object_set_string_member (frame, "name", said);
  read = edge_hello_parse (frame, edge_identity_get_id (f->a), NULL);
  g_assert_nonnull (read);
  g_assert_cmpstr (read->name, ==, shown);
}

static void
test_names (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *long_name = g_strnfill (300, 'x');
  g_autoptr(EdgeHello) cut = edge_hello_new (long_name, NETWORK, SESSION);
  g_autoptr(EdgeHello) wide = edge_hello_new ("xééééééééééééééééééééééééééééééééé", NETWORK, SESSION);
  g_autoptr(EdgeHello) none = edge_hello_new (NULL, NETWORK, SESSION);

  assert_name (f, "Zoë 🦊", "Zoë 🦊");
  assert_name (f, "  a b  ", "a b");
  assert_name (f, "evil\u202Egnp.exe", "evilgnp.exe");
  assert_name (f, "a\nb\tc\u2028d\u2029e\u200Bf", "abcdef");
  assert_name (f, "\a\u200F", "");
  assert_name (f, "", "");

  /* What we send is never refused for its length, and cut between characters. */
  g_assert_cmpuint (strlen (cut->name), ==, EDGE_HANDSHAKE_MAX_NAME);
  g_assert_cmpuint (strlen (wide->name), ==, EDGE_HANDSHAKE_MAX_NAME - 1);
  g_assert_true (g_utf8_validate (wide->name, -1, NULL));
  g_assert_cmpstr (none->name, ==, "");
}

static gboolean
verify (Fixture    *f,
        JsonObject *ack,
        const char *here,
        const char *there)
{
  /* As b sees it: a has signed. */
  EdgeHandshakeSide own = { edge_identity_get_id (f->b), f->hello_b, here };
  EdgeHandshakeSide peer = { edge_identity_get_id (f->a), f->hello_a, there };
  g_autoptr(GError) error = NULL;
  gboolean right = edge_handshake_verify (ack, &own, &peer, &error);

  if (!right)
    g_assert_error (error, EDGE_HANDSHAKE_ERROR, EDGE_HANDSHAKE_ERROR_IDENTITY);
  return right;
}

static void
test_signatures (Fixture       *f,
                 gconstpointer  data)
{
  EdgeHandshakeSide own = { edge_identity_get_id (f->a), f->hello_a, "end-a" };
  EdgeHandshakeSide peer = { edge_identity_get_id (f->b), f->hello_b, "end-b" };
  g_autoptr(JsonObject) ack = edge_handshake_sign (f->a, &own, &peer);
  g_autoptr(JsonObject) by_other = edge_handshake_sign (f->b, &own, &peer);
  g_autoptr(JsonObject) reflected = edge_handshake_sign (f->b, &peer, &own);
  g_autoptr(EdgeHello) other = edge_hello_new ("Ada", NETWORK, SESSION);
  EdgeHello *kept;

  g_assert_true (verify (f, ack, "end-b", "end-a"));
  g_assert_false (verify (f, by_other, "end-b", "end-a"));
  g_assert_false (verify (f, reflected, "end-b", "end-a"));

  /* Another channel: one of its ends, or both the wrong way round. */
  g_assert_false (verify (f, ack, "end-c", "end-a"));
  g_assert_false (verify (f, ack, "end-b", "end-c"));
  g_assert_false (verify (f, ack, "end-a", "end-b"));

  /* A recording: another challenge of either side, or the two swapped. */
  kept = f->hello_b;
  f->hello_b = other;
  g_assert_false (verify (f, ack, "end-b", "end-a"));
  f->hello_b = kept;
  kept = f->hello_a;
  f->hello_a = other;
  g_assert_false (verify (f, ack, "end-b", "end-a"));
  f->hello_a = f->hello_b;
  f->hello_b = kept;
  g_assert_false (verify (f, ack, "end-b", "end-a"));
  f->hello_b = f->hello_a;
  f->hello_a = kept;
  g_assert_true (verify (f, ack, "end-b", "end-a"));

  /* Another network. */
  f->hello_a->network[0] = 'A';
  g_assert_false (verify (f, ack, "end-b", "end-a"));
}

static void
test_no_signature (Fixture       *f,
                   gconstpointer  data)
{
  EdgeHandshakeSide own = { edge_identity_get_id (f->b), f->hello_b, "x" };
  EdgeHandshakeSide peer = { edge_identity_get_id (f->a), f->hello_a, "y" };
  const char *acks[] = { "{}", "{\"signature\":\"\"}", "{\"signature\":\"AAAA\"}", "{\"signature\":null}" };

  for (guint i = 0; i < G_N_ELEMENTS (acks); i++)
    {
      g_autoptr(JsonObject) ack = edge_json_parse (acks[i], strlen (acks[i]), 1000, NULL);
      g_autoptr(GError) error = NULL;

      g_assert_false (edge_handshake_verify (ack, &own, &peer, &error));
      g_assert_nonnull (error);
    }
}

static void
test_vectors (void)
{
  g_autoptr(JsonNode) node = vectors_load ("handshake.json");
  JsonObject *v = json_node_get_object (node);
  g_autoptr(GBytes) seed_a = vectors_hex (v, "signer_seed");
  g_autoptr(GBytes) seed_b = vectors_hex (v, "other_seed");
  g_autoptr(EdgeIdentity) a = edge_identity_new_from_seed (g_bytes_get_data (seed_a, NULL));
  g_autoptr(EdgeIdentity) b = edge_identity_new_from_seed (g_bytes_get_data (seed_b, NULL));
  EdgeHello hello_a = { .network = (char *) vectors_text (v, "network"),
                        .challenge = (char *) vectors_text (v, "signer_challenge") };
  EdgeHello hello_b = { .network = (char *) vectors_text (v, "network"),
                        .challenge = (char *) vectors_text (v, "other_challenge") };
  EdgeHandshakeSide own = { edge_identity_get_id (a), &hello_a, vectors_text (v, "signer_binding") };
  EdgeHandshakeSide peer = { edge_identity_get_id (b), &hello_b, vectors_text (v, "other_binding") };
  g_autoptr(JsonObject) ack = edge_handshake_sign (a, &own, &peer);

  g_assert_cmpstr (json_object_get_string_member (ack, "type"), ==, "hello_ack");
  g_assert_cmpstr (json_object_get_string_member (ack, "signature"), ==, vectors_text (v, "signature"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(name, func) g_test_add ("/mesh/handshake/" name, Fixture, NULL, set_up, func, tear_down)
  add ("hello", test_hello);
  add ("wrong-hellos", test_wrong_hellos);
  add ("names", test_names);
  add ("signatures", test_signatures);
  add ("no-signature", test_no_signature);
  g_test_add_func ("/mesh/handshake/vectors", test_vectors);
  return g_test_run ();
}
