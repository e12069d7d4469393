/* test-sdp.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-sdp.h"

#include <string.h>

#include "mesh/edge-signal-body.h"

#define BYTES_31 "00:11:22:33:44:55:66:77:88:99:AA:bb:CC:DD:EE:FF:" \
                 "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE"
#define PRINT    "a=fingerprint:sha-256 " BYTES_31 ":FF\r\n"
#define OTHER    "a=fingerprint:sha-256 " BYTES_31 ":FE\r\n"
#define HEAD     "v=0\r\no=- 1 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
#define MEDIA    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
#define RIGHT    0

typedef struct
{
  const char *what;
  const char *sdp;
  int         code;             /* of EdgeSdpError plus 1, or RIGHT */
} Row;

#define MALFORMED (EDGE_SDP_ERROR_MALFORMED + 1)
#define NO_PRINT  (EDGE_SDP_ERROR_FINGERPRINT + 1)

static const Row rows[] = {
  { "right", HEAD MEDIA PRINT, RIGHT },
  { "print of the session", HEAD PRINT MEDIA, RIGHT },
  { "the same print twice", HEAD PRINT MEDIA PRINT, RIGHT },
  { "bare line feeds", "v=0\nm=application 9 x y\na=fingerprint:SHA-256 " BYTES_31 ":FF\n", RIGHT },
  { "empty", "", MALFORMED },
  { "no SDP", "hello", MALFORMED },
  { "does not start right", "\r\nv=0\r\n" MEDIA PRINT, MALFORMED },
  { "two m-lines", HEAD MEDIA MEDIA PRINT, MALFORMED },
  { "video", HEAD "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n" PRINT, MALFORMED },
  { "video besides", HEAD MEDIA PRINT "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n", MALFORMED },
  { "video behind a space", HEAD MEDIA PRINT " m=video 9 UDP/TLS/RTP/SAVPF 96\r\n", MALFORMED },
  { "video behind a lone return", HEAD MEDIA PRINT "s=-\rm=video 9 UDP/TLS/RTP/SAVPF 96\r\n", MALFORMED },
  { "returns doubled", HEAD MEDIA PRINT "s=-\r\r\n", MALFORMED },
  { "no media", HEAD PRINT, MALFORMED },
  { "no print", HEAD MEDIA, NO_PRINT },
  { "two prints", HEAD PRINT MEDIA OTHER, NO_PRINT },
  { "sha-1", HEAD MEDIA "a=fingerprint:sha-1 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33\r\n", NO_PRINT },
  { "sha-1 besides", HEAD MEDIA PRINT "a=fingerprint:sha-1 00:11\r\n", NO_PRINT },
  { "print too short", HEAD MEDIA "a=fingerprint:sha-256 " BYTES_31 "\r\n", NO_PRINT },
  { "print too long", HEAD MEDIA "a=fingerprint:sha-256 " BYTES_31 ":FF:FF\r\n", NO_PRINT },
  { "print without colons", HEAD MEDIA "a=fingerprint:sha-256 " BYTES_31 "FFF\r\n", NO_PRINT },
  { "print of no digits", HEAD MEDIA "a=fingerprint:sha-256 " BYTES_31 ":GG\r\n", NO_PRINT },
  { "empty print", HEAD MEDIA "a=fingerprint:sha-256 \r\n", NO_PRINT },
  { "tab", HEAD MEDIA PRINT "a=x\ty\r\n", MALFORMED },
  { "escape", HEAD MEDIA PRINT "a=\x1b[2J\r\n", MALFORMED },
  { "line of no SDP", HEAD MEDIA PRINT "hello\r\n", MALFORMED },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      guint8 print[EDGE_SDP_FINGERPRINT_SIZE] = { 0 };

      g_test_message ("%s", rows[i].what);
      if (rows[i].code == RIGHT)
        {
          g_assert_true (edge_sdp_check (rows[i].sdp, print, &error));
          g_assert_no_error (error);
          g_assert_cmphex (print[1], ==, 0x11);
          g_assert_cmphex (print[11], ==, 0xbb);
          g_assert_cmphex (print[31], ==, 0xff);
        }
      else
        {
          g_assert_false (edge_sdp_check (rows[i].sdp, print, &error));
          g_assert_error (error, EDGE_SDP_ERROR, rows[i].code - 1);
        }
    }
}

static void
test_size (void)
{
  g_autoptr(GString) sdp = g_string_new (HEAD MEDIA PRINT);
  g_autoptr(GError) error = NULL;
  guint8 print[EDGE_SDP_FINGERPRINT_SIZE];

  g_string_append (sdp, "a=");
  while (sdp->len < EDGE_SDP_MAX_SIZE)
    g_string_append_c (sdp, 'x');
  g_assert_true (edge_sdp_check (sdp->str, print, NULL));
  g_string_append_c (sdp, 'x');
  g_assert_false (edge_sdp_check (sdp->str, print, &error));
  g_assert_error (error, EDGE_SDP_ERROR, EDGE_SDP_ERROR_MALFORMED);
}

static void
test_candidates (void)
{
  g_autofree char *x = g_strnfill (EDGE_SDP_MAX_CANDIDATE, 'x');
  g_autofree char *largest = g_strdup_printf ("candidate:%.*s", EDGE_SDP_MAX_CANDIDATE - 10, x);
  g_autofree char *larger = g_strdup_printf ("candidate:%s", x);

  g_assert_true (edge_sdp_check_candidate ("candidate:1 1 UDP 2015363327 127.0.0.1 40000 typ host"));
  g_assert_true (edge_sdp_check_candidate (largest));
  g_assert_false (edge_sdp_check_candidate (larger));
  g_assert_false (edge_sdp_check_candidate (""));
  g_assert_false (edge_sdp_check_candidate ("a=candidate:1"));
  g_assert_false (edge_sdp_check_candidate ("candidate:1\r\nm=video"));
  g_assert_false (edge_sdp_check_candidate ("candidate:\xc3\xa9"));
  g_assert_false (edge_sdp_check_candidate ("candidate:\x7f"));
}

static void
test_certificate (void)
{
  const char pem[] = "rubbish\n-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----\n"
                     "-----BEGIN PRIVATE KEY-----\neA==\n-----END PRIVATE KEY-----\n";
  guint8 print[EDGE_SDP_FINGERPRINT_SIZE];
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "abc", 3);
  g_autoptr(GString) hex = g_string_new (NULL);

  /* The certificate alone, without the key behind it. */
  g_assert_true (edge_sdp_hash_certificate (pem, print));
  for (guint i = 0; i < sizeof print; i++)
    g_string_append_printf (hex, "%02x", print[i]);
  g_assert_cmpstr (hex->str, ==, expected);
  g_assert_false (edge_sdp_hash_certificate ("", print));
  g_assert_false (edge_sdp_hash_certificate ("-----BEGIN CERTIFICATE-----\nYWJj\n", print));
  g_assert_false (edge_sdp_hash_certificate ("-----BEGIN CERTIFICATE----------END CERTIFICATE-----", print));
}

static EdgeSignalBody *
parse (const char  *text,
       GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  return edge_signal_body_parse (bytes, error);
}

static void
test_body (void)
{
  char *candidates[] = { (char *) "candidate:1 x", (char *) "candidate:2 y", NULL };
  EdgeSignalBody body = { G_MAXUINT32, (char *) HEAD, candidates };
  g_autoptr(GBytes) bytes = edge_signal_body_print (&body);
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeSignalBody) back = edge_signal_body_parse (bytes, &error);
  g_autoptr(EdgeSignalBody) bare = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (back->attempt, ==, G_MAXUINT32);
  g_assert_cmpstr (back->sdp, ==, HEAD);
  g_assert_cmpstrv (back->candidates, candidates);

  bare = parse ("{\"attempt\":0,\"more\":[1]}", &error);
  g_assert_no_error (error);
  g_assert_null (bare->sdp);
  g_assert_null (bare->candidates);
}

static void
test_wrong_bodies (void)
{
  const char *bodies[] = {
    "", "[]", "{}", "null", "{\"attempt\":-1}", "{\"attempt\":4294967296}", "{\"attempt\":\"1\"}",
    "{\"attempt\":1.5}", "{\"attempt\":1,\"sdp\":7}", "{\"attempt\":1,\"candidates\":{}}",
    "{\"attempt\":1,\"candidates\":[1]}", "{\"attempt\":1,\"candidates\":[null]}",
    "{\"attempt\":1,\"candidates\":[\"x\"]}", "{\"attempt\":1,\"candidates\":[[\"candidate:1\"]]}",
    "{\"attempt\":1,\"candidates\":[\"candidate:\\n\"]}",
    "{\"attempt\":1,\"candidates\":[\"candidate:1\",\"candidate:1\",\"candidate:1\",\"candidate:1\",\"candidate:1\","
    "\"candidate:1\",\"candidate:1\",\"candidate:1\",\"candidate:1\",\"candidate:1\",\"candidate:1\",\"candidate:1\","
    "\"candidate:1\",\"candidate:1\",\"candidate:1\",\"candidate:1\",\"candidate:1\"]}",
  };
  g_autofree char *x = g_strnfill (EDGE_SDP_MAX_SIZE + 1, 'x');
  g_autofree char *huge = g_strdup_printf ("{\"attempt\":1,\"sdp\":\"%s\"}", x);
  g_autoptr(GError) huge_error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", bodies[i]);
      g_assert_null (parse (bodies[i], &error));
      g_assert_nonnull (error);
    }
  g_assert_null (parse (huge, &huge_error));
  g_assert_nonnull (huge_error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mesh/sdp/table", test_table);
  g_test_add_func ("/mesh/sdp/size", test_size);
  g_test_add_func ("/mesh/sdp/candidates", test_candidates);
  g_test_add_func ("/mesh/sdp/certificate", test_certificate);
  g_test_add_func ("/mesh/signal-body/round-trip", test_body);
  g_test_add_func ("/mesh/signal-body/wrong", test_wrong_bodies);
  return g_test_run ();
}
