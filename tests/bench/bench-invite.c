/* bench-invite.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What an invitation costs, and how bad a picture of one may be: prints lines of
 * "name<TAB>value", for invite.py. */

#include "invite/edge-invitation.h"
#include "invite/edge-qr-matrix.h"
#include "invite/edge-qr-scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/edge-base64.h"

#define ROUNDS 200

/* Grey levels up and down by which a pixel of a camera in a dim room is off. */
#define NOISE  8

static const char *candidates[] = {
  "candidate:1 1 UDP 2015363327 192.0.2.2 38158 typ host",
  "candidate:2 1 UDP 2015363583 2001:db8:1:2::5 37254 typ host",
  "candidate:3 1 UDP 1679819263 198.51.100.7 50001 typ srflx raddr 192.0.2.2 rport 38158",
  "candidate:4 1 UDP 2015363839 2001:db8:1:2:aaaa:bbbb:cccc:dddd 37255 typ host",
  "candidate:5 1 UDP 2015364095 203.0.113.9 40000 typ host",
  "candidate:6 1 UDP 2015364351 2001:db8:7:8:1:2:3:4 40001 typ host",
  "candidate:7 1 UDP 1679819519 198.51.100.8 50002 typ srflx raddr 203.0.113.9 rport 40000",
  "candidate:8 1 UDP 2015364607 10.11.12.13 40002 typ host",
};

#define SDP_HEAD \
  "v=0\r\no=- 1 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n" \
  "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n" \
  "a=setup:actpass\r\na=ice-ufrag:+PUBuMz9GjLdMjCGieM12aFg+/R/E04d\r\n" \
  "a=ice-pwd:4RTWw0Qajw7Jb+IHvOm4ifBmxtl1CdFT\r\na=mid:application0\r\na=sctp-port:5000\r\n" \
  "a=fingerprint:sha-256 AF:AE:FD:11:1E:12:98:5C:62:A8:C3:E8:25:12:94:74:" \
  "CE:24:1D:48:50:34:5A:98:40:DB:E5:BC:3D:85:5F:39\r\n"

static char *
make_network_id (void)
{
  guint8 bytes[32];

  memset (bytes, 7, sizeof bytes);
  return edge_base64url_encode (bytes, sizeof bytes);
}

static EdgeInvitation *
make_offer (EdgeIdentity *identity,
            const char   *network_id,
            guint         n)
{
  g_autoptr(GString) sdp = g_string_new (SDP_HEAD);
  g_autoptr(GError) error = NULL;
  guint8 session[EDGE_INVITATION_TICKET_SIZE] = { 1, 2, 3 };
  EdgeInvitation *offer;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (sdp, "a=%s\r\n", candidates[i]);
  offer = edge_invitation_new_direct (identity, EDGE_INVITATION_KIND_OFFER, network_id,
                                      g_get_real_time () / 1000 + EDGE_INVITATION_DIRECT_LIFETIME,
                                      session, sdp->str, NULL, n, &error);
  if (offer == NULL)
    g_error ("%s", error->message);
  return offer;
}

static void
measure_making (EdgeIdentity *identity,
                const char   *network_id)
{
  const char *addresses[] = { "wss://relay.example.org/", NULL };
  gint64 before = g_get_monotonic_time ();

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr(EdgeInvitation) invitation = NULL;
      g_autoptr(EdgeQrMatrix) matrix = NULL;
      g_autofree char *link = NULL;

      invitation = edge_invitation_new_network (identity, network_id,
                                                g_get_real_time () / 1000 +
                                                EDGE_INVITATION_NETWORK_LIFETIME,
                                                "Garden", "Juniper", NULL, NULL, NULL, addresses, NULL);
      link = edge_invitation_to_link (invitation);
      matrix = edge_qr_matrix_new (link, NULL);
    }
  printf ("made_ms\t%.3f\n", (double) (g_get_monotonic_time () - before) / 1000 / ROUNDS);
}

static void
measure_offer (EdgeIdentity *identity,
               const char   *network_id,
               guint         n)
{
  g_autoptr(EdgeInvitation) offer = make_offer (identity, network_id, n);
  g_autofree char *link = edge_invitation_to_link (offer);
  g_autoptr(EdgeQrMatrix) matrix = edge_qr_matrix_new (link, NULL);

  printf ("offer_%u_bytes\t%" G_GSIZE_FORMAT "\n", n, g_bytes_get_size (edge_invitation_get_bytes (offer)));
  printf ("offer_%u_link\t%" G_GSIZE_FORMAT "\n", n, strlen (link));
  printf ("offer_%u_version\t%u\n", n, edge_qr_matrix_get_version (matrix));
  printf ("offer_%u_modules\t%u\n", n, edge_qr_matrix_get_size (matrix));
}

/* A picture of a code in grey, @side pixels wide with its quiet zone, dark and light @contrast
 * grey levels apart, each pixel the mean of what it covers and noise of up to @noise levels, as a
 * camera's. */
static gboolean
is_read (EdgeQrMatrix *matrix,
         guint         side,
         guint         contrast,
         int           noise,
         const char   *text)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  guint modules = edge_qr_matrix_get_size (matrix) + 2 * EDGE_QR_QUIET_ZONE;
  g_autofree guint8 *pixels = g_malloc ((gsize) side * side);
  g_autofree char *read = NULL;

  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++)
      {
        guint dark = 0;

        for (guint i = 0; i < 16; i++)
          {
            int column = (int) ((x * 4 + i % 4) * modules / (side * 4)) - EDGE_QR_QUIET_ZONE;
            int row = (int) ((y * 4 + i / 4) * modules / (side * 4)) - EDGE_QR_QUIET_ZONE;

            dark += edge_qr_matrix_is_dark (matrix, column, row);
          }
        pixels[y * side + x] = (guint8) (128 + contrast / 2 - contrast * dark / 16);
        pixels[y * side + x] += (guint8) g_rand_int_range (rand, -noise, noise + 1);
      }
  read = edge_qr_scan (pixels, side, side, side, EDGE_QR_EFFORT_PICTURE, 0);
  return g_strcmp0 (read, text) == 0;
}

static void
measure_reading (EdgeIdentity *identity,
                 const char   *network_id)
{
  g_autoptr(EdgeInvitation) offer = make_offer (identity, network_id, 4);
  g_autofree char *link = edge_invitation_to_link (offer);
  g_autoptr(EdgeQrMatrix) matrix = edge_qr_matrix_new (link, NULL);
  guint modules = edge_qr_matrix_get_size (matrix) + 2 * EDGE_QR_QUIET_ZONE;
  guint side, contrast;
  gint64 before;

  for (side = modules * 4; side > modules && is_read (matrix, side - 1, 200, 0, link); side--)
    ;
  printf ("smallest_side\t%u\n", side);
  printf ("smallest_pixels_a_module\t%.2f\n", (double) side / modules);
  for (contrast = 200; contrast > 1 && is_read (matrix, modules * 4, contrast - 1, NOISE, link); contrast--)
    ;
  printf ("least_contrast\t%u\n", contrast);

  before = g_get_monotonic_time ();
  for (guint i = 0; i < 20; i++)
    if (!is_read (matrix, modules * 4, 200, NOISE, link))
      g_error ("A good picture is not read");
  printf ("read_ms\t%.2f\n", (double) (g_get_monotonic_time () - before) / 1000 / 20);
}

int
main (void)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autofree char *network_id = make_network_id ();
  static const guint counts[] = { 1, 4, 8 };

  measure_making (identity, network_id);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    measure_offer (identity, network_id, counts[i]);
  measure_reading (identity, network_id);
  return 0;
}
