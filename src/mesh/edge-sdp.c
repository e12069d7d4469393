/* edge-sdp.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-sdp.h"

#include <string.h>

/*
 * What a stranger's description must be before webrtcbin sees it: text of
 * bounded size with one data-channel section and one SHA-256 fingerprint
 * (RFC 8122, RFC 8841).
 */

#define FINGERPRINT "a=fingerprint:"
#define PEM_BEGIN   "-----BEGIN CERTIFICATE-----"
#define PEM_END     "-----END CERTIFICATE-----"

G_DEFINE_QUARK (edge-sdp-error, edge_sdp_error)

static gboolean
fail (GError       **error,
      EdgeSdpError   code,
      const char    *message)
{
  g_set_error_literal (error, EDGE_SDP_ERROR, code, message);
  return FALSE;
}

static gboolean
read_fingerprint (const char *text,
                  guint8     *out)
{
  if (g_ascii_strncasecmp (text, "sha-256 ", 8) != 0)
    return FALSE;
  text += 8;

  for (guint i = 0; i < EDGE_SDP_FINGERPRINT_SIZE; i++)
    {
      int high = g_ascii_xdigit_value (text[0]);
      int low = high < 0 ? -1 : g_ascii_xdigit_value (text[1]);

      if (low < 0 || text[2] != (i + 1 < EDGE_SDP_FINGERPRINT_SIZE ? ':' : '\0'))
        return FALSE;
      out[i] = (guint8) (high << 4 | low);
      text += 3;
    }
  return TRUE;
}

/**
 * edge_sdp_check:
 * @sdp: a description of a stranger
 * @fingerprint: (out caller-allocates) (array fixed-size=32): the SHA-256 of
 *   the certificate its DTLS will show
 * @error: return location for an error in the `EDGE_SDP_ERROR` domain
 *
 * Returns: whether @sdp may be given to webrtcbin
 */
gboolean
edge_sdp_check (const char  *sdp,
                guint8      *fingerprint,
                GError     **error)
{
  g_auto(GStrv) lines = NULL;
  guint sections = 0;
  gboolean found = FALSE;
  gsize size = strnlen (sdp, EDGE_SDP_MAX_SIZE + 1);

  if (size > EDGE_SDP_MAX_SIZE)
    return fail (error, EDGE_SDP_ERROR_MALFORMED, "The description is too long");
  if (!g_str_has_prefix (sdp, "v=0\r\n") && !g_str_has_prefix (sdp, "v=0\n"))
    return fail (error, EDGE_SDP_ERROR_MALFORMED, "The description does not start as SDP does");
  for (gsize i = 0; i < size; i++)
    {
      if ((guchar) sdp[i] < 0x20 && sdp[i] != '\n' && !(sdp[i] == '\r' && sdp[i + 1] == '\n'))
        return fail (error, EDGE_SDP_ERROR_MALFORMED, "The description has control characters");
    }

  lines = g_strsplit (sdp, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strchomp (lines[i]);

      /* GStreamer skips spaces before a line and ends one at a lone carriage
       * return; what it would read and we would not is refused. */
      if (*line != '\0' && (!g_ascii_islower (line[0]) || line[1] != '='))
        return fail (error, EDGE_SDP_ERROR_MALFORMED, "The description has a line that is not SDP");

      if (g_str_has_prefix (line, "m="))
        {
          if (++sections > 1 || !g_str_has_prefix (line, "m=application "))
            return fail (error, EDGE_SDP_ERROR_MALFORMED,
                         "The description asks for more than data channels");
        }
      else if (g_str_has_prefix (line, FINGERPRINT))
        {
          guint8 read[EDGE_SDP_FINGERPRINT_SIZE];

          if (!read_fingerprint (line + strlen (FINGERPRINT), read))
            return fail (error, EDGE_SDP_ERROR_FINGERPRINT, "The fingerprint is not SHA-256");
          if (found && memcmp (read, fingerprint, sizeof read) != 0)
            return fail (error, EDGE_SDP_ERROR_FINGERPRINT, "There are two fingerprints");
          memcpy (fingerprint, read, sizeof read);
          found = TRUE;
        }
    }

  if (sections != 1)
    return fail (error, EDGE_SDP_ERROR_MALFORMED, "The description has no data channels");
  if (!found)
    return fail (error, EDGE_SDP_ERROR_FINGERPRINT, "There is no fingerprint");
  return TRUE;
}

/**
 * edge_sdp_check_candidate:
 * @candidate: a candidate of a stranger
 *
 * Returns: whether @candidate may be given to webrtcbin
 */
gboolean
edge_sdp_check_candidate (const char *candidate)
{
  gsize size = strnlen (candidate, EDGE_SDP_MAX_CANDIDATE + 1);

  if (size > EDGE_SDP_MAX_CANDIDATE || !g_str_has_prefix (candidate, "candidate:"))
    return FALSE;
  for (gsize i = 0; i < size; i++)
    {
      if ((guchar) candidate[i] < 0x20 || (guchar) candidate[i] > 0x7e)
        return FALSE;
    }
  return TRUE;
}

/**
 * edge_sdp_hash_certificate:
 * @pem: a certificate in PEM form (RFC 7468)
 * @fingerprint: (out caller-allocates) (array fixed-size=32): SHA-256 of its DER form
 *
 * Returns: whether @pem holds a certificate
 */
gboolean
edge_sdp_hash_certificate (const char *pem,
                           guint8     *fingerprint)
{
  const char *begin = strstr (pem, PEM_BEGIN);
  const char *end = NULL;
  g_autofree char *base64 = NULL;
  g_autofree guchar *der = NULL;
  g_autoptr(GChecksum) sum = NULL;
  gsize size = 0;
  gsize digest_size = EDGE_SDP_FINGERPRINT_SIZE;

  /* Behind the whole first mark: the dashes of the two may overlap in a stranger's text. */
  if (begin != NULL)
    {
      begin += strlen (PEM_BEGIN);
      end = strstr (begin, PEM_END);
    }
  if (end == NULL)
    return FALSE;

  base64 = g_strndup (begin, end - begin);
  der = g_base64_decode (base64, &size);
  if (size == 0)
    return FALSE;

  sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (sum, der, size);
  g_checksum_get_digest (sum, fingerprint, &digest_size);
  return TRUE;
}
