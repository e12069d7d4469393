/* test-compact-sdp.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-compact-sdp.h"

#include <string.h>

#define FINGERPRINT \
  "AF:AE:FD:11:1E:12:98:5C:62:A8:C3:E8:25:12:94:74:CE:24:1D:48:50:34:5A:98:40:DB:E5:BC:3D:85:5F:39"

/* As webrtcbin 1.26 writes it. */
#define HEAD \
  "v=0\r\n" \
  "o=- 599264749863791846 0 IN IP4 0.0.0.0\r\n" \
  "s=-\r\n" \
  "t=0 0\r\n" \
  "a=ice-options:trickle\r\n" \
  "a=group:BUNDLE application0\r\n" \
  "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n" \
  "c=IN IP4 0.0.0.0\r\n" \
  "a=setup:actpass\r\n" \
  "a=ice-ufrag:+PUBuMz9GjLdMjCGieM12aFg+/R/E04d\r\n" \
  "a=ice-pwd:4RTWw0Qajw7Jb+IHvOm4ifBmxtl1CdFT\r\n" \
  "a=mid:application0\r\n" \
  "a=sctp-port:5000\r\n" \
  "a=fingerprint:sha-256 " FINGERPRINT "\r\n"

static char *
round_trip (const char         *sdp,
            const char * const *candidates,
            guint               max_candidates,
            gsize              *size)
{
  g_autoptr(GBytes) packed = NULL;
  g_autoptr(GBytes) again = NULL;
  g_autoptr(GError) error = NULL;
  const guint8 *data;
  char *text;

  packed = edge_compact_sdp_pack (sdp, candidates, max_candidates, 1024, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (packed, size);
  text = edge_compact_sdp_unpack (data, *size, &error);
  g_assert_no_error (error);

  /* What was unpacked packs to the same bytes. */
  again = edge_compact_sdp_pack (text, NULL, max_candidates, 1024, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (packed, again));
  return text;
}

static void
test_round_trip (void)
{
  static const char *const more[] =
  {
    "candidate:7 1 UDP 2015363839 fe80::fc:ff:fe00:1 39057 typ host",
    "candidate:9 1 udp 1677729535 198.51.100.7 50001 typ srflx raddr 192.0.2.2 rport 38158",
    "candidate:10 1 UDP 8331263 203.0.113.9 49152 typ relay raddr 198.51.100.7 rport 50001",
    "candidate:11 1 UDP 2122260223 0f3b2a1c-1111-4222-8333-444455556666.local 40000 typ host",
    NULL,
  };
  gsize size = 0;
  g_autofree char *text =
    round_trip (HEAD
                "a=candidate:1 1 UDP 2015363327 192.0.2.2 38158 typ host\r\n"
                "a=candidate:2 1 TCP 1015021823 192.0.2.2 9 typ host tcptype active\r\n"
                "a=candidate:4 1 UDP 2015363583 fd00::2 37254 typ host\r\n"
                "a=end-of-candidates\r\n", more, 15, &size);

  g_assert_nonnull (strstr (text, "a=setup:actpass\r\n"));
  g_assert_nonnull (strstr (text, "a=ice-ufrag:+PUBuMz9GjLdMjCGieM12aFg+/R/E04d\r\n"));
  g_assert_nonnull (strstr (text, "a=ice-pwd:4RTWw0Qajw7Jb+IHvOm4ifBmxtl1CdFT\r\n"));
  g_assert_nonnull (strstr (text, "a=mid:application0\r\n"));
  g_assert_nonnull (strstr (text, "a=group:BUNDLE application0\r\n"));
  g_assert_nonnull (strstr (text, "a=fingerprint:sha-256 " FINGERPRINT "\r\n"));
  g_assert_nonnull (strstr (text, " 192.0.2.2 38158 typ host\r\n"));
  g_assert_nonnull (strstr (text, " fd00::2 37254 typ host\r\n"));
  g_assert_nonnull (strstr (text, " 198.51.100.7 50001 typ srflx raddr 0.0.0.0 rport 9\r\n"));
  g_assert_nonnull (strstr (text, " 203.0.113.9 49152 typ relay raddr 0.0.0.0 rport 9\r\n"));
  g_assert_nonnull (strstr (text, " TCP "));
  g_assert_nonnull (strstr (text, " 192.0.2.2 9 typ host tcptype active\r\n"));
  g_assert_nonnull (strstr (text, "a=end-of-candidates\r\n"));

  /* Neither a scoped address nor a name that means nothing elsewhere. */
  g_assert_null (strstr (text, "fe80"));
  g_assert_null (strstr (text, "local"));
}

/* RFC 8445, section 5.1.2.1: type preference, local preference, component. */
static void
test_priorities (void)
{
  gsize size = 0;
  g_autofree char *text =
    round_trip (HEAD
                "a=candidate:1 1 UDP 2015363327 192.0.2.2 38158 typ host\r\n"
                "a=candidate:2 1 UDP 1677729535 198.51.100.7 50001 typ srflx raddr 0.0.0.0 rport 9\r\n",
                NULL, 4, &size);

  g_assert_nonnull (strstr (text, "a=candidate:1 1 UDP 2130706431 192.0.2.2"));
  g_assert_nonnull (strstr (text, "a=candidate:2 1 UDP 1694498559 198.51.100.7"));
}

/* The best of each kind stays when the list is cut. */
static void
test_selection (void)
{
  gsize size = 0;
  g_autofree char *text =
    round_trip (HEAD
                "a=candidate:1 1 UDP 2015363999 127.0.0.1 38158 typ host\r\n"
                "a=candidate:2 1 UDP 2015363500 172.17.0.1 38159 typ host\r\n"
                "a=candidate:3 1 UDP 2015363600 192.0.2.2 38160 typ host\r\n"
                "a=candidate:3 1 UDP 2015363600 192.0.2.2 38160 typ host\r\n"
                "a=candidate:4 1 UDP 2015363400 10.8.0.2 38161 typ host\r\n"
                "a=candidate:5 1 TCP 2015363999 192.0.2.2 9 typ host tcptype active\r\n"
                "a=candidate:6 1 UDP 1677729535 198.51.100.7 50001 typ srflx raddr 0.0.0.0 rport 9\r\n"
                "a=candidate:7 1 UDP 8331263 203.0.113.9 49152 typ relay raddr 0.0.0.0 rport 9\r\n"
                "a=candidate:8 1 UDP 2015363700 2001:db8::7 38162 typ host\r\n",
                NULL, 4, &size);

  g_assert_nonnull (strstr (text, " 192.0.2.2 38160 "));
  g_assert_nonnull (strstr (text, " 2001:db8::7 "));
  g_assert_nonnull (strstr (text, " 198.51.100.7 "));
  g_assert_nonnull (strstr (text, " 203.0.113.9 "));
  g_assert_null (strstr (text, "127.0.0.1"));
}

static void
test_prefix (void)
{
  gsize one = 0;
  gsize two = 0;
  g_autofree char *first =
    round_trip (HEAD "a=candidate:1 1 UDP 9 2001:db8:1:2::5 1000 typ host\r\n", NULL, 4, &one);
  g_autofree char *second =
    round_trip (HEAD "a=candidate:1 1 UDP 9 2001:db8:1:2::5 1000 typ host\r\n"
                     "a=candidate:2 1 UDP 8 2001:db8:1:2:a:b:c:d 1001 typ host\r\n", NULL, 4, &two);

  g_assert_cmpuint (two - one, ==, 11);
  g_assert_nonnull (strstr (second, " 2001:db8:1:2:a:b:c:d 1001 "));
}

/* What does not fit is left out, not the whole description. */
static void
test_limit (void)
{
  g_autoptr(GBytes) packed = NULL;
  g_autoptr(GError) error = NULL;

  packed = edge_compact_sdp_pack (HEAD
                                  "a=candidate:1 1 UDP 9 2001:db8:1:2::5 1000 typ host\r\n"
                                  "a=candidate:2 1 UDP 8 192.0.2.2 1001 typ host\r\n",
                                  NULL, 4, 83 + 7, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (packed), ==, 83 + 7);
  g_clear_pointer (&packed, g_bytes_unref);

  packed = edge_compact_sdp_pack (HEAD, NULL, 4, 82, &error);
  g_assert_error (error, EDGE_COMPACT_SDP_ERROR, EDGE_COMPACT_SDP_ERROR_UNSUPPORTED);
  g_assert_null (packed);
}

static void
replace_and_refuse (const char *from,
                    const char *to)
{
  g_autoptr(GString) sdp = g_string_new (HEAD);
  g_autoptr(GBytes) packed = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (g_string_replace (sdp, from, to, 1), ==, 1);
  packed = edge_compact_sdp_pack (sdp->str, NULL, 4, 1024, &error);
  g_assert_error (error, EDGE_COMPACT_SDP_ERROR, EDGE_COMPACT_SDP_ERROR_UNSUPPORTED);
  g_assert_null (packed);
}

static void
test_unsupported (void)
{
  replace_and_refuse ("m=application", "m=audio");
  replace_and_refuse ("a=sctp-port:5000", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel");
  replace_and_refuse ("a=sctp-port:5000", "a=sctp-port:5001");
  replace_and_refuse ("sha-256 AF", "sha-1 AF");
  replace_and_refuse ("sha-256 AF", "sha-256 A");
  replace_and_refuse ("a=setup:actpass", "a=setup:holdconn");
  replace_and_refuse ("a=mid:application0", "a=x:y");
  replace_and_refuse ("a=mid:application0", "a=mid:has space");
  replace_and_refuse ("a=ice-ufrag:+PUB", "a=ice-ufrag:*PUB");
  replace_and_refuse ("a=ice-pwd:4RTWw0Qajw7Jb+", "a=ice-pwd:");
}

static void
refuse (const guint8 *data,
        gsize         size)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (edge_compact_sdp_unpack (data, size, &error));
  g_assert_error (error, EDGE_COMPACT_SDP_ERROR, EDGE_COMPACT_SDP_ERROR_MALFORMED);
}

static void
test_malformed (void)
{
  g_autoptr(GBytes) packed = NULL;
  g_autofree guint8 *copy = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;

  packed = edge_compact_sdp_pack (HEAD
                                  "a=candidate:2 1 UDP 8 192.0.2.2 1001 typ host\r\n"
                                  "a=candidate:1 1 UDP 9 2001:db8:1:2::5 1000 typ host\r\n",
                                  NULL, 4, 1024, NULL);
  size = g_bytes_get_size (packed);
  copy = g_malloc0 (size + 1);
  memcpy (copy, g_bytes_get_data (packed, NULL), size);

  for (gsize cut = 0; cut < size; cut++)
    refuse (copy, cut);
  refuse (copy, size + 1);

  /* 83 bytes of head, then a candidate over IPv6 and one over IPv4. */
  copy[0] |= 3;
  refuse (copy, size);
  copy[0] &= ~3;
  copy[83] ^= 0x40;
  refuse (copy, size);
  copy[83] ^= 0x40;
  copy[83] ^= 0x30;
  refuse (copy, size);
  copy[83] ^= 0x30;
  copy[1] = 65;
  refuse (copy, size);
  copy[1] = 32;
  copy[26] = 21;
  refuse (copy, size);
  copy[26] = 32;
  copy[size - 1] = copy[size - 2] = 0;
  refuse (copy, size);
  copy[size - 1] = 1;
  text = edge_compact_sdp_unpack (copy, size, &error);
  g_assert_no_error (error);
  g_assert_nonnull (text);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compact-sdp/round-trip", test_round_trip);
  g_test_add_func ("/compact-sdp/priorities", test_priorities);
  g_test_add_func ("/compact-sdp/selection", test_selection);
  g_test_add_func ("/compact-sdp/prefix", test_prefix);
  g_test_add_func ("/compact-sdp/limit", test_limit);
  g_test_add_func ("/compact-sdp/unsupported", test_unsupported);
  g_test_add_func ("/compact-sdp/malformed", test_malformed);
  return g_test_run ();
}
