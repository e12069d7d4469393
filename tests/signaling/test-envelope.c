/* test-envelope.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-envelope-private.h"

#include <sodium.h>
#include <string.h>

#include "base/edge-base64.h"
#include "vectors.h"

#define NETWORK "9g4wIlYwnWH9xfXGa1wr1GR7LSbWVReK3polGaOFxws"

typedef struct
{
  EdgeRoom     *room;
  EdgeIdentity *sender;
  EdgeIdentity *recipient;
  guint8        box_public[32];
  guint8        box_secret[32];
} Fixture;

static const EdgeSignalKind kinds[] = {
  EDGE_SIGNAL_HELLO, EDGE_SIGNAL_OFFER, EDGE_SIGNAL_ANSWER,
  EDGE_SIGNAL_CANDIDATES, EDGE_SIGNAL_BYE, EDGE_SIGNAL_DATA,
};

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  const guint8 secret[EDGE_ROOM_SECRET_SIZE] = { 1, 2, 3 };

  f->room = edge_room_new (NETWORK, secret);
  f->sender = edge_identity_generate ();
  f->recipient = edge_identity_generate ();
  crypto_box_keypair (f->box_public, f->box_secret);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  edge_room_unref (f->room);
  g_assert_finalize_object (f->sender);
  g_assert_finalize_object (f->recipient);
}

static char *
seal (Fixture        *f,
      EdgeSignalKind  kind,
      gboolean        boxed,
      gsize           size,
      GError        **error)
{
  g_autofree guint8 *data = g_malloc (size + 1);
  EdgeEnvelope envelope = { .kind = kind, .has_recipient = TRUE, .sequence = G_MAXUINT64 - 1,
                            .time = 1700000000000 };
  char *blob;

  memset (data, 'b', size);
  memset (envelope.session, 7, sizeof envelope.session);
  memcpy (envelope.recipient, edge_identity_get_public_key (f->recipient), 32);
  envelope.body = g_bytes_new (data, size);
  blob = edge_envelope_seal (&envelope, f->room, f->sender, boxed ? f->box_public : NULL, error);
  g_bytes_unref (envelope.body);
  return blob;
}

static EdgeEnvelope *
open_blob (Fixture     *f,
           const char  *blob,
           GError     **error)
{
  return edge_envelope_open (blob, f->room, edge_identity_get_public_key (f->recipient),
                             f->box_public, f->box_secret, error);
}

#define assert_refused(f, blob, code) \
  G_STMT_START { \
    g_autoptr(GError) error_ = NULL; \
    g_assert_null (open_blob (f, blob, &error_)); \
    g_assert_error (error_, EDGE_ENVELOPE_ERROR, code); \
  } G_STMT_END

static void
test_round_trip (Fixture       *f,
                 gconstpointer  data)
{
  const gsize sizes[] = { 0, 1, 26, 27, 28, 43, 44, 91, 92, 4091, EDGE_ENVELOPE_MAX_BODY };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
        {
          g_autoptr(GError) error = NULL;
          gboolean boxed = kinds[i] != EDGE_SIGNAL_HELLO;
          g_autofree char *blob = seal (f, kinds[i], boxed, sizes[j], &error);
          g_autofree guint8 *sealed = NULL;
          g_autoptr(EdgeEnvelope) back = NULL;
          gsize size;

          g_assert_no_error (error);
          g_assert_cmpuint (strlen (blob), <=, EDGE_SIGNALING_MAX_BLOB);
          sealed = edge_base64url_decode (blob, -1, &size);
          /* 24 of nonce, 16 of tag. */
          g_assert_cmpuint ((size - 40) % EDGE_ENVELOPE_PAD, ==, 0);

          back = open_blob (f, blob, &error);
          g_assert_no_error (error);
          g_assert_cmpint (back->kind, ==, kinds[i]);
          g_assert_true (back->has_recipient);
          g_assert_cmpuint (back->sequence, ==, G_MAXUINT64 - 1);
          g_assert_cmpint (back->time, ==, 1700000000000);
          g_assert_cmpmem (back->sender, 32, edge_identity_get_public_key (f->sender), 32);
          g_assert_cmpuint (back->session[0], ==, 7);
          g_assert_cmpuint (g_bytes_get_size (back->body), ==, sizes[j]);
          for (gsize k = 0; k < sizes[j]; k++)
            g_assert_cmpuint (((guint8 *) g_bytes_get_data (back->body, NULL))[k], ==, 'b');
        }
    }
}

/* What is short and what is not look alike. */
static void
test_padding (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *bye = seal (f, EDGE_SIGNAL_BYE, TRUE, 0, NULL);
  g_autofree char *candidate = seal (f, EDGE_SIGNAL_CANDIDATES, TRUE, 40, NULL);

  g_assert_cmpuint (strlen (bye), ==, strlen (candidate));
}

static void
test_bit_flips (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *blob = seal (f, EDGE_SIGNAL_OFFER, TRUE, 300, NULL);
  gsize size;
  g_autofree guint8 *sealed = edge_base64url_decode (blob, -1, &size);

  for (gsize i = 0; i < size; i++)
    {
      for (guint bit = 0; bit < 8; bit += 3)
        {
          g_autofree char *flipped = NULL;

          sealed[i] ^= 1 << bit;
          flipped = edge_base64url_encode (sealed, size);
          assert_refused (f, flipped, EDGE_ENVELOPE_ERROR_SEAL);
          sealed[i] ^= 1 << bit;
        }
    }
  for (gsize cut = 0; cut < strlen (blob); cut += 7)
    {
      g_autofree char *part = g_strndup (blob, cut);

      assert_refused (f, part, EDGE_ENVELOPE_ERROR_SEAL);
    }
}

/* A member of the room can take off its seal and put it on again; the
 * signature is what holds then. */
static void
test_bit_flips_inside (Fixture       *f,
                       gconstpointer  data)
{
  g_autofree char *blob = seal (f, EDGE_SIGNAL_OFFER, TRUE, 300, NULL);
  gsize size;
  g_autofree guint8 *sealed = edge_base64url_decode (blob, -1, &size);
  g_autofree guint8 *plain = g_malloc (size);
  const guint8 *key = edge_identity_get_public_key (f->recipient);
  const gsize used = EDGE_ENVELOPE_HEADER + 300 + crypto_box_SEALBYTES + EDGE_IDENTITY_SIGNATURE_SIZE;
  unsigned long long plain_size;

  g_assert_cmpint (crypto_aead_xchacha20poly1305_ietf_decrypt (plain, &plain_size, NULL, sealed + 24,
                     size - 24, NULL, 0, sealed, edge_room_get_seal_key (f->room)), ==, 0);
  for (gsize i = 0; i < used; i++)
    {
      for (guint bit = 0; bit < 8; bit++)
        {
          g_autoptr(GError) error = NULL;
          g_autoptr(EdgeEnvelope) read = NULL;

          plain[i] ^= 1 << bit;
          read = _edge_envelope_read_plain (plain, plain_size, f->room, key, f->box_public,
                                            f->box_secret, &error);
          g_assert_null (read);
          g_assert_true (error->domain == EDGE_ENVELOPE_ERROR);
          plain[i] ^= 1 << bit;
        }
    }
  for (gsize cut = 0; cut < used; cut++)
    {
      g_autofree guint8 *exact = g_memdup2 (plain, cut);
      g_autoptr(GError) error = NULL;

      g_assert_null (_edge_envelope_read_plain (exact, cut, f->room, key, f->box_public,
                                                f->box_secret, &error));
      g_assert_error (error, EDGE_ENVELOPE_ERROR, EDGE_ENVELOPE_ERROR_MALFORMED);
    }
}

static void
test_wrong_room (Fixture       *f,
                 gconstpointer  data)
{
  g_autofree char *blob = seal (f, EDGE_SIGNAL_HELLO, FALSE, 10, NULL);
  const guint8 other_secret[EDGE_ROOM_SECRET_SIZE] = { 9 };

  edge_room_unref (f->room);
  f->room = edge_room_new (NETWORK, other_secret);
  assert_refused (f, blob, EDGE_ENVELOPE_ERROR_SEAL);
  edge_room_unref (f->room);
  f->room = edge_room_new ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                           (const guint8[EDGE_ROOM_SECRET_SIZE]) { 1, 2, 3 });
  assert_refused (f, blob, EDGE_ENVELOPE_ERROR_SEAL);
}

static void
test_wrong_recipient (Fixture       *f,
                      gconstpointer  data)
{
  g_autofree char *blob = seal (f, EDGE_SIGNAL_HELLO, FALSE, 10, NULL);

  g_object_unref (f->recipient);
  f->recipient = edge_identity_generate ();
  assert_refused (f, blob, EDGE_ENVELOPE_ERROR_RECIPIENT);
}

static void
test_stale_box_key (Fixture       *f,
                    gconstpointer  data)
{
  g_autofree char *blob = seal (f, EDGE_SIGNAL_OFFER, TRUE, 10, NULL);

  crypto_box_keypair (f->box_public, f->box_secret);
  assert_refused (f, blob, EDGE_ENVELOPE_ERROR_RECIPIENT);
}

static void
test_bad_box_key (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *blob = NULL;

  /* The point of order 2 would give a shared secret that all know. */
  memset (f->box_public, 0, sizeof f->box_public);
  blob = seal (f, EDGE_SIGNAL_OFFER, TRUE, 10, &error);
  g_assert_null (blob);
  g_assert_error (error, EDGE_ENVELOPE_ERROR, EDGE_ENVELOPE_ERROR_RECIPIENT);
}

static void
test_too_large (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *blob = seal (f, EDGE_SIGNAL_HELLO, FALSE, EDGE_ENVELOPE_MAX_BODY + 1, &error);
  g_autofree char *huge = g_strnfill (EDGE_SIGNALING_MAX_BLOB + 1, 'A');

  g_assert_null (blob);
  g_assert_error (error, EDGE_ENVELOPE_ERROR, EDGE_ENVELOPE_ERROR_TOO_LARGE);
  assert_refused (f, huge, EDGE_ENVELOPE_ERROR_TOO_LARGE);
  assert_refused (f, "", EDGE_ENVELOPE_ERROR_SEAL);
  assert_refused (f, "no base64url!", EDGE_ENVELOPE_ERROR_SEAL);
}

/* Signs and seals by hand what edge_envelope_seal() would not. */
static char *
forge (Fixture *f,
       guint8   version,
       guint8   kind,
       guint8   flags)
{
  guint8 plain[512] = { version, kind, flags };
  guint8 sealed[24 + sizeof plain + 16] = { 0 };
  g_autoptr(GByteArray) text = g_byte_array_new ();

  memcpy (plain + 3, edge_identity_get_public_key (f->sender), 32);
  memcpy (plain + 35, edge_identity_get_public_key (f->recipient), 32);
  plain[100] = 4;
  memcpy (plain + 101, "body", 4);
  g_byte_array_append (text, (const guint8 *) "edge-net envelope 1\n", 20);
  g_byte_array_append (text, edge_room_get_network (f->room), 32);
  g_byte_array_append (text, plain, 99);
  g_byte_array_append (text, plain + 101, 4);
  edge_identity_sign (f->sender, text->data, text->len, plain + 105);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + 24, NULL, plain, sizeof plain, NULL, 0, NULL,
                                              sealed, edge_room_get_seal_key (f->room));
  return edge_base64url_encode (sealed, sizeof sealed);
}

static void
test_forms (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *right = forge (f, 1, EDGE_SIGNAL_HELLO, 1);
  g_autofree char *newer = forge (f, 2, EDGE_SIGNAL_HELLO, 1);
  g_autofree char *unknown = forge (f, 1, EDGE_SIGNAL_DATA + 1, 1);
  g_autofree char *flags = forge (f, 1, EDGE_SIGNAL_HELLO, 4);
  g_autofree char *short_box = forge (f, 1, EDGE_SIGNAL_HELLO, 3);
  g_autoptr(EdgeEnvelope) read = open_blob (f, right, &error);

  g_assert_no_error (error);
  assert_refused (f, newer, EDGE_ENVELOPE_ERROR_VERSION);
  assert_refused (f, unknown, EDGE_ENVELOPE_ERROR_MALFORMED);
  assert_refused (f, flags, EDGE_ENVELOPE_ERROR_MALFORMED);
  assert_refused (f, short_box, EDGE_ENVELOPE_ERROR_MALFORMED);
}

/* Only hello and bye may be read by the whole room. */
static void
test_unboxed (Fixture       *f,
              gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *blob = forge (f, 1, kinds[i], 1);
      g_autoptr(GError) error = NULL;
      g_autoptr(EdgeEnvelope) read = open_blob (f, blob, &error);

      if (kinds[i] == EDGE_SIGNAL_HELLO || kinds[i] == EDGE_SIGNAL_BYE)
        g_assert_no_error (error);
      else
        g_assert_error (error, EDGE_ENVELOPE_ERROR, EDGE_ENVELOPE_ERROR_MALFORMED);
    }
}

static void
test_vectors (void)
{
  g_autoptr(JsonNode) node = vectors_load ("envelope.json");
  JsonObject *file = json_node_get_object (node);
  JsonArray *cases = json_object_get_array_member (file, "cases");
  g_autoptr(GBytes) secret = vectors_hex (file, "room_secret");
  g_autoptr(GBytes) sender_seed = vectors_hex (file, "sender_seed");
  g_autoptr(GBytes) recipient_seed = vectors_hex (file, "recipient_seed");
  g_autoptr(GBytes) box_secret = vectors_hex (file, "box_secret");
  g_autoptr(GBytes) session = vectors_hex (file, "session");
  g_autoptr(EdgeRoom) room = edge_room_new (vectors_text (file, "network"), g_bytes_get_data (secret, NULL));
  g_autoptr(EdgeIdentity) sender = edge_identity_new_from_seed (g_bytes_get_data (sender_seed, NULL));
  g_autoptr(EdgeIdentity) recipient = edge_identity_new_from_seed (g_bytes_get_data (recipient_seed, NULL));
  guint8 box_public[32];

  crypto_scalarmult_base (box_public, g_bytes_get_data (box_secret, NULL));
  g_assert_cmpuint (json_array_get_length (cases), ==, 4);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *vector = json_array_get_object_element (cases, i);
      g_autoptr(GBytes) body = vectors_hex (vector, "body");
      g_autoptr(GError) error = NULL;
      g_autoptr(EdgeEnvelope) read =
        edge_envelope_open (vectors_text (vector, "blob"), room, edge_identity_get_public_key (recipient),
                            box_public, g_bytes_get_data (box_secret, NULL), &error);

      g_assert_no_error (error);
      g_assert_cmpint (read->kind, ==, json_object_get_int_member (vector, "kind"));
      g_assert_cmpint (read->sequence, ==, json_object_get_int_member (vector, "sequence"));
      g_assert_cmpint (read->time, ==, json_object_get_int_member (vector, "time"));
      g_assert_cmpint (read->has_recipient, ==, json_object_get_boolean_member (vector, "to"));
      g_assert_cmpmem (read->sender, 32, edge_identity_get_public_key (sender), 32);
      g_assert_cmpmem (read->session, 16, g_bytes_get_data (session, NULL), 16);
      g_assert_true (g_bytes_equal (read->body, body));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(name, func) g_test_add ("/signaling/envelope/" name, Fixture, NULL, set_up, func, tear_down)
  add ("round-trip", test_round_trip);
  add ("padding", test_padding);
  add ("bit-flips", test_bit_flips);
  add ("bit-flips-inside", test_bit_flips_inside);
  add ("wrong-room", test_wrong_room);
  add ("wrong-recipient", test_wrong_recipient);
  add ("stale-box-key", test_stale_box_key);
  add ("bad-box-key", test_bad_box_key);
  add ("too-large", test_too_large);
  add ("forms", test_forms);
  add ("unboxed", test_unboxed);
  g_test_add_func ("/signaling/envelope/vectors", test_vectors);
  return g_test_run ();
}
