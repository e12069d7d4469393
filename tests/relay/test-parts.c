/* test-parts.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "relay/edge-relay-addresses.h"
#include "relay/edge-relay-config.h"
#include "relay/edge-relay-frame.h"

/* The parts of the relay that need no socket. */

static void
test_config (void)
{
  g_autoptr(EdgeRelayConfig) config = edge_relay_config_new ();
  g_autoptr(EdgeRelayConfig) copy = NULL;
  g_autoptr(GError) error = NULL;
  const char *text =
    "[relay]\nlisten=[::1]:9000\nroom-token=secret\norigins=https://a.example;https://b.example\n"
    "trust-proxy=true\n[ice]\nstun-urls=stun:s.example\nturn-urls=turn:t.example\n"
    "turn-secret=north\nturn-ttl=600\n[limits]\nframe-bytes=2048\nframes-per-minute=50\nrooms=3\n"
    "connections-per-address=2\nidle-ms=1000\n";

  g_assert_cmpuint (config->max_frame, ==, 65536);
  g_assert_cmpuint (config->frames_before_auth, ==, 100);
  g_assert_cmpuint (config->frames_after_auth, ==, 6000);
  g_assert_cmpuint (config->per_address, ==, 64);
  g_assert_cmpuint (config->max_rooms, ==, 10000);
  g_assert_cmpuint (config->idle_ms, ==, 30000);
  g_assert_true (edge_relay_config_check (config, &error));
  g_assert_no_error (error);

  g_assert_true (edge_relay_config_load_data (config, text, strlen (text), &error));
  g_assert_no_error (error);
  copy = edge_relay_config_copy (config);
  g_assert_cmpstr (copy->listen, ==, "[::1]:9000");
  g_assert_cmpstr (copy->room_token, ==, "secret");
  g_assert_cmpstr (copy->origins[1], ==, "https://b.example");
  g_assert_cmpstr (copy->turn_urls[0], ==, "turn:t.example");
  g_assert_true (copy->trust_proxy);
  g_assert_cmpuint (copy->turn_ttl, ==, 600);
  g_assert_cmpuint (copy->max_frame, ==, 2048);
  g_assert_cmpuint (copy->frames_after_auth, ==, 50);
  g_assert_cmpuint (copy->frames_before_auth, ==, 100);
  g_assert_true (edge_relay_config_check (copy, &error));
}

/* The commented example that is installed holds the defaults. */
static void
test_example (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "data",
                                            "edge-net-relay.conf", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GString) active = g_string_new (NULL);
  g_autoptr(EdgeRelayConfig) config = edge_relay_config_new ();
  g_autoptr(EdgeRelayConfig) defaults = edge_relay_config_new ();
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) lines = NULL;
  guint settings = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (edge_relay_config_load_data (config, text, strlen (text), &error));
  g_assert_no_error (error);

  /* With every "#name=value" brought to life it is right still. */
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean setting = lines[i][0] == '#' && g_ascii_islower (lines[i][1]);

      settings += setting;
      g_string_append (active, lines[i] + setting);
      g_string_append_c (active, '\n');
    }
  g_assert_cmpuint (settings, ==, 20);
  g_assert_true (edge_relay_config_load_data (config, active->str, active->len, &error));
  g_assert_no_error (error);
  g_assert_true (edge_relay_config_check (config, &error));
  g_assert_cmpuint (config->max_queue, ==, defaults->max_queue);
  g_assert_cmpuint (config->frames_after_auth, ==, defaults->frames_after_auth);
  g_assert_cmpuint (config->drain_ms, ==, defaults->drain_ms);
  g_assert_cmpuint (config->turn_ttl, ==, defaults->turn_ttl);
}

static void
test_config_wrong (void)
{
  const struct { const char *text; const char *part; } wrong[] = {
    { "[limits]\nrooms=0\n", "from 1 to" },
    { "[limits]\nrooms=many\n", "must be a number" },
    { "[limits]\nroom=5\n", "is not known" },
    { "[limit]\nrooms=5\n", "is not known" },
    { "[relay]\ntrust-proxy=perhaps\n", "true or false" },
    { "rooms=5\n", "can't be read" },
    { "[ice]\nstun-urls=a;b;c;d;e;f;g;h;i\n", "more than 8" },
  };
  const struct { const char *text; const char *part; } at_odds[] = {
    { "[relay]\nlisten=nowhere\n", "no address to listen on" },
    { "[relay]\nlisten=1.2.3.4:99999\n", "no address to listen on" },
    { "[relay]\nlisten=\n", "no address to listen on" },
    { "[relay]\ntls-cert=/a\n", "both" },
    { "[ice]\nturn-urls=turn:a\n", "without the secret" },
    { "[ice]\nturn-secret=a\n", "without the URL" },
    { "[ice]\nstun-urls=http://a\n", "must begin with stun:" },
    { "[ice]\nstun-urls=stun:a\"b\n", "must begin with stun:" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong) + G_N_ELEMENTS (at_odds); i++)
    {
      gboolean in_file = i < G_N_ELEMENTS (wrong);
      const char *text = in_file ? wrong[i].text : at_odds[i - G_N_ELEMENTS (wrong)].text;
      const char *part = in_file ? wrong[i].part : at_odds[i - G_N_ELEMENTS (wrong)].part;
      g_autoptr(EdgeRelayConfig) config = edge_relay_config_new ();
      g_autoptr(GError) error = NULL;

      g_assert_cmpint (edge_relay_config_load_data (config, text, strlen (text), &error), ==,
                       !in_file);
      if (!in_file)
        g_assert_false (edge_relay_config_check (config, &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == EDGE_RELAY_CONFIG_ERROR);
      if (strstr (error->message, part) == NULL)
        g_error ("“%s” is not in “%s”", part, error->message);
    }
}

static void
test_address_keys (void)
{
  const char *cases[][2] = {
    { "192.0.2.1", "192.0.2.1" },
    { "::ffff:192.0.2.1", "192.0.2.1" },
    { "2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002::/64" },
    { "2001:db8:1:2:ffff::1", "2001:0db8:0001:0002::/64" },
    { "2001:db8:1:3::1", "2001:0db8:0001:0003::/64" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GInetAddress) address = g_inet_address_new_from_string (cases[i][0]);
      g_autofree char *key = edge_relay_addresses_key (address);

      g_assert_cmpstr (key, ==, cases[i][1]);
    }
}

static void
test_addresses (void)
{
  g_autoptr(EdgeRelayAddresses) addresses = edge_relay_addresses_new (2, 60);
  EdgeRelayAddress *one = edge_relay_addresses_lookup (addresses, "a", 0);
  gint64 minute = 60 * G_USEC_PER_SEC;

  g_assert_true (edge_relay_addresses_enter (addresses, one));
  g_assert_true (edge_relay_addresses_enter (addresses, one));
  g_assert_false (edge_relay_addresses_enter (addresses, one));
  edge_relay_addresses_leave (addresses, one, 0);
  g_assert_true (edge_relay_addresses_enter (addresses, one));
  g_assert_true (edge_relay_addresses_lookup (addresses, "a", 1) == one);

  for (guint i = 0; i < 60; i++)
    g_assert_true (edge_token_bucket_take (&one->requests, 1, 0));
  g_assert_false (edge_token_bucket_take (&one->requests, 1, 0));
  g_assert_cmpuint (edge_token_bucket_wait (&one->requests, 1), ==, 1000);
  g_assert_true (edge_token_bucket_take (&one->requests, 1, G_USEC_PER_SEC));

  /* An address that is in use is kept, another is not for ever. */
  edge_relay_addresses_lookup (addresses, "b", 0);
  edge_relay_addresses_forget (addresses, minute - 1);
  g_assert_cmpuint (edge_relay_addresses_count (addresses), ==, 2);
  edge_relay_addresses_forget (addresses, 2 * minute);
  g_assert_cmpuint (edge_relay_addresses_count (addresses), ==, 1);
  edge_relay_addresses_leave (addresses, one, 2 * minute);
  edge_relay_addresses_leave (addresses, one, 2 * minute);
  edge_relay_addresses_forget (addresses, 3 * minute);
  g_assert_cmpuint (edge_relay_addresses_count (addresses), ==, 0);
}

static gsize
make_frame (guint8     *out,
            guint8      first,
            const char *payload,
            gsize       length)
{
  static const guint8 mask[4] = { 0x37, 0xfa, 0x21, 0x3d };
  gsize at = edge_relay_frame_encode_header (out, EDGE_RELAY_OPCODE_TEXT, length);

  out[0] = first;
  out[1] |= 0x80;
  memcpy (out + at, mask, 4);
  at += 4;
  for (gsize i = 0; i < length; i++)
    out[at + i] = (guint8) payload[i] ^ mask[i & 3];
  return at + length;
}

/* RFC 6455, section 5.7: a masked "Hello". */
static void
test_frame_example (void)
{
  guint8 data[] = { 0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58 };
  EdgeRelayFrame frame;
  gsize consumed;

  g_assert_cmpint (edge_relay_frame_decode (data, sizeof data, 5, &frame, &consumed), ==,
                   EDGE_RELAY_FRAME_WHOLE);
  g_assert_cmpuint (consumed, ==, sizeof data);
  g_assert_true (frame.fin);
  g_assert_cmpint (frame.opcode, ==, EDGE_RELAY_OPCODE_TEXT);
  g_assert_cmpmem (frame.payload, frame.length, "Hello", 5);
}

static void
test_frame_lengths (void)
{
  const gsize lengths[] = { 0, 1, 7, 8, 9, 125, 126, 127, 65535, 65536, 65537 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      gsize n = lengths[i], consumed, size, cut;
      g_autofree char *payload = g_strnfill (n, 'x');
      g_autofree guint8 *data = g_malloc0 (n + EDGE_RELAY_FRAME_HEADER_SIZE);
      EdgeRelayFrame frame;

      if (n > 2)
        payload[n / 2] = 'y';
      size = make_frame (data, 0x81, payload, n);

      /* However much is missing, nothing is taken and nothing is unmasked. */
      for (cut = 0; cut < size; cut += cut < 16 ? 1 : size / 7)
        g_assert_cmpint (edge_relay_frame_decode (data, cut, 70000, &frame, &consumed), ==,
                         EDGE_RELAY_FRAME_PARTIAL);
      if (n > 0)
        g_assert_cmpint (edge_relay_frame_decode (data, 14, n - 1, &frame, &consumed), ==,
                         EDGE_RELAY_FRAME_TOO_LARGE);
      g_assert_cmpint (edge_relay_frame_decode (data, size, n, &frame, &consumed), ==,
                       EDGE_RELAY_FRAME_WHOLE);
      g_assert_cmpuint (consumed, ==, size);
      g_assert_cmpmem (frame.payload, frame.length, payload, n);
    }
}

static void
test_frame_broken (void)
{
  const guint8 broken[][10] = {
    { 0x81, 0x05, 'h', 'e', 'l', 'l', 'o' }, /* not masked */
    { 0xc1, 0x80 },                          /* reserved bit */
    { 0x83, 0x80 },                          /* opcode that does not exist */
    { 0x8b, 0x80 },
    { 0x09, 0x80 },                          /* ping in fragments */
    { 0x89, 0xfe, 0x00, 0x7e },              /* ping of 126 bytes */
    { 0x81, 0xfe, 0x00, 0x7d },              /* length not in its shortest form */
    { 0x81, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff },
  };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      guint8 data[10];
      EdgeRelayFrame frame;
      gsize consumed;

      memcpy (data, broken[i], sizeof data);
      g_assert_cmpint (edge_relay_frame_decode (data, sizeof data, 100000, &frame, &consumed), ==,
                       EDGE_RELAY_FRAME_BROKEN);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/relay-parts/config", test_config);
  g_test_add_func ("/relay-parts/example", test_example);
  g_test_add_func ("/relay-parts/config-wrong", test_config_wrong);
  g_test_add_func ("/relay-parts/address-keys", test_address_keys);
  g_test_add_func ("/relay-parts/addresses", test_addresses);
  g_test_add_func ("/relay-parts/frame-example", test_frame_example);
  g_test_add_func ("/relay-parts/frame-lengths", test_frame_lengths);
  g_test_add_func ("/relay-parts/frame-broken", test_frame_broken);

  return g_test_run ();
}
