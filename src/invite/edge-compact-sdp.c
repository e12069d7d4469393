/* edge-compact-sdp.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-compact-sdp.h"

#include <string.h>

#include "invite/edge-ice-candidate.h"

/* An SDP for data channels alone (RFC 8841) in the fewest bytes:
 *
 *   1  bits 0–1 setup (0 actpass, 1 active, 2 passive); bits 2–3 the section's
 *      mid (0 "0", 1 "application0", 2 "data", 3 spelt out); bits 4–7 how many candidates
 *   1  characters of the ICE user fragment, then six bits each
 *   1  characters of the ICE password, then six bits each
 *  32  SHA-256 of the DTLS certificate
 *  [1  characters of the mid, then those]
 *   then each candidate:
 *   1  bits 0–1 type (host, srflx, prflx, relay); bits 2–3 transport (UDP, TCP
 *      active, passive, so); bits 4–5 address (0 IPv4, 1 IPv6, 2 IPv6 with the
 *      first eight bytes of the last one); bits 6–7 zero
 *   4, 16 or 8  address
 *   2  port
 */
#define MAX_SDP          (16 * 1024)
#define MAX_LINES        256
#define FINGERPRINT_SIZE 32
#define MIN_UFRAG        4
#define MIN_PASSWORD     22
#define MAX_CREDENTIAL   64
#define MAX_MID          16
#define SCTP_PORT        "5000"
#define PREFIX_SIZE      8

enum { FAMILY_V4, FAMILY_V6, FAMILY_V6_PREFIX };

#define MID_SPELT 3

static const char *const setups[] = { "actpass", "active", "passive" };
static const char *const mids[] = { "0", "application0", "data" };
static const char ice_chars[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* RFC 4566 "token", without what could end a line or start another attribute. */
#define MID_CHARS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.+!$&~"

typedef struct
{
  char   *ufrag;
  char   *password;
  char   *mid;
  guint   setup;
  guint8  fingerprint[FINGERPRINT_SIZE];
  GArray *candidates;
} Description;

G_DEFINE_QUARK (edge-compact-sdp-error, edge_compact_sdp_error)

static void
description_clear (Description *self)
{
  g_clear_pointer (&self->ufrag, g_free);
  g_clear_pointer (&self->password, g_free);
  g_clear_pointer (&self->mid, g_free);
  g_clear_pointer (&self->candidates, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Description, description_clear)

static void
description_init (Description *self)
{
  memset (self, 0, sizeof *self);
  self->candidates = g_array_new (FALSE, FALSE, sizeof (EdgeIceCandidate));
}

static gboolean
unsupported (GError     **error,
             const char  *message)
{
  g_set_error_literal (error, EDGE_COMPACT_SDP_ERROR, EDGE_COMPACT_SDP_ERROR_UNSUPPORTED, message);
  return FALSE;
}

static gboolean
malformed (GError     **error,
           const char  *message)
{
  g_set_error_literal (error, EDGE_COMPACT_SDP_ERROR, EDGE_COMPACT_SDP_ERROR_MALFORMED, message);
  return FALSE;
}

static gboolean
is_credential (const char *text,
               gsize       min)
{
  gsize length = strlen (text);

  return length >= min && length <= MAX_CREDENTIAL && strspn (text, ice_chars) == length;
}

static gboolean
is_mid (const char *text)
{
  gsize length = strlen (text);

  return length >= 1 && length <= MAX_MID && strspn (text, MID_CHARS) == length;
}

static gboolean
parse_fingerprint (const char *text,
                   guint8     *out)
{
  if (g_ascii_strncasecmp (text, "sha-256 ", strlen ("sha-256 ")) != 0)
    return FALSE;
  text += strlen ("sha-256 ");

  for (guint i = 0; i < FINGERPRINT_SIZE; i++, text += 3)
    {
      int high = g_ascii_xdigit_value (text[0]);
      int low = high < 0 ? -1 : g_ascii_xdigit_value (text[1]);

      if (low < 0 || text[2] != (i + 1 < FINGERPRINT_SIZE ? ':' : '\0'))
        return FALSE;
      out[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

static void
add_candidate (Description *self,
               const char  *line)
{
  EdgeIceCandidate candidate;

  if (edge_ice_candidate_parse (&candidate, line))
    g_array_append_val (self->candidates, candidate);
}

static gboolean
parse_attribute (Description  *self,
                 const char   *line,
                 gboolean     *has_fingerprint,
                 GError      **error)
{
  const char *value = strchr (line, ':');

  value = value != NULL ? value + 1 : "";
  if (g_str_has_prefix (line, "a=ice-ufrag:"))
    g_set_str (&self->ufrag, value);
  else if (g_str_has_prefix (line, "a=ice-pwd:"))
    g_set_str (&self->password, value);
  else if (g_str_has_prefix (line, "a=mid:"))
    g_set_str (&self->mid, value);
  else if (g_str_has_prefix (line, "a=candidate:"))
    add_candidate (self, line);
  else if (g_str_has_prefix (line, "a=sctp-port:") && strcmp (value, SCTP_PORT) != 0)
    return unsupported (error, "The description uses another SCTP port");
  else if (g_str_has_prefix (line, "a=fingerprint:"))
    {
      guint8 read[FINGERPRINT_SIZE];

      if (!parse_fingerprint (value, read))
        return unsupported (error, "The fingerprint is not SHA-256");
      if (*has_fingerprint && memcmp (read, self->fingerprint, sizeof read) != 0)
        return unsupported (error, "There are two fingerprints");
      memcpy (self->fingerprint, read, sizeof read);
      *has_fingerprint = TRUE;
    }
  else if (g_str_has_prefix (line, "a=setup:"))
    {
      for (self->setup = 0; self->setup < G_N_ELEMENTS (setups); self->setup++)
        {
          if (strcmp (value, setups[self->setup]) == 0)
            return TRUE;
        }
      return unsupported (error, "The setup role is unknown");
    }
  return TRUE;
}

static gboolean
parse_sdp (Description  *self,
           const char   *sdp,
           GError      **error)
{
  g_auto(GStrv) lines = NULL;
  gboolean has_fingerprint = FALSE;
  guint sections = 0;

  if (strnlen (sdp, MAX_SDP + 1) > MAX_SDP)
    return unsupported (error, "The description is too long");

  lines = g_strsplit (sdp, "\n", MAX_LINES);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strchomp (lines[i]);

      if (g_str_has_prefix (line, "m="))
        {
          if (++sections > 1 || !g_str_has_prefix (line, "m=application "))
            return unsupported (error, "The description asks for more than data channels");
        }
      else if (!parse_attribute (self, line, &has_fingerprint, error))
        {
          return FALSE;
        }
    }

  if (sections != 1 || !has_fingerprint)
    return unsupported (error, "The description has no data channels or no fingerprint");
  if (self->ufrag == NULL || !is_credential (self->ufrag, MIN_UFRAG) ||
      self->password == NULL || !is_credential (self->password, MIN_PASSWORD))
    return unsupported (error, "The ICE credentials do not fit");
  if (self->mid == NULL || !is_mid (self->mid))
    return unsupported (error, "The section has no name");
  return TRUE;
}

static void
put_credential (GByteArray *out,
                const char *text)
{
  guint8 length = (guint8) strlen (text);
  guint32 bits = 0;
  guint n_bits = 0;

  g_byte_array_append (out, &length, 1);
  for (; *text != '\0'; text++)
    {
      bits = bits << 6 | (guint32) (strchr (ice_chars, *text) - ice_chars);
      n_bits += 6;
      while (n_bits >= 8)
        {
          guint8 byte = (guint8) (bits >> (n_bits - 8));

          g_byte_array_append (out, &byte, 1);
          n_bits -= 8;
        }
    }
  if (n_bits > 0)
    {
      guint8 byte = (guint8) (bits << (8 - n_bits));

      g_byte_array_append (out, &byte, 1);
    }
}

static void
put_head (GByteArray        *out,
          const Description *self)
{
  guint8 flags;
  guint mid = 0;

  while (mid < MID_SPELT && strcmp (self->mid, mids[mid]) != 0)
    mid++;

  flags = (guint8) (self->setup | mid << 2);
  g_byte_array_append (out, &flags, 1);
  put_credential (out, self->ufrag);
  put_credential (out, self->password);
  g_byte_array_append (out, self->fingerprint, FINGERPRINT_SIZE);
  if (mid == MID_SPELT)
    {
      guint8 length = (guint8) strlen (self->mid);

      g_byte_array_append (out, &length, 1);
      g_byte_array_append (out, (const guint8 *) self->mid, length);
    }
}

static gboolean
put_candidate (GByteArray             *out,
               const EdgeIceCandidate *candidate,
               const guint8          **prefix,
               gsize                   max_size)
{
  const guint8 *address = candidate->address;
  gsize size = candidate->v6 ? EDGE_ICE_ADDRESS_SIZE : 4;
  guint family = candidate->v6 ? FAMILY_V6 : FAMILY_V4;
  guint8 head;
  guint8 port[2] = { candidate->port >> 8, candidate->port & 0xff };

  if (candidate->v6 && *prefix != NULL && memcmp (*prefix, address, PREFIX_SIZE) == 0)
    {
      family = FAMILY_V6_PREFIX;
      address += PREFIX_SIZE;
      size -= PREFIX_SIZE;
    }
  if (out->len + 1 + size + sizeof port > max_size)
    return FALSE;

  head = (guint8) (candidate->type | candidate->transport << 2 | family << 4);
  g_byte_array_append (out, &head, 1);
  g_byte_array_append (out, address, (guint) size);
  g_byte_array_append (out, port, sizeof port);
  if (candidate->v6)
    *prefix = candidate->address;
  return TRUE;
}

/**
 * edge_compact_sdp_pack:
 * @sdp: an offer or answer for data channels
 * @candidates: (nullable) (array zero-terminated=1): candidates besides those in @sdp
 * @max_candidates: how many candidates to keep at most
 * @max_size: bytes that the result may have at most; candidates that do not fit are left out
 * @error: return location for an error in the `EDGE_COMPACT_SDP_ERROR` domain
 *
 * Packs what the other side needs of an SDP. Of the candidates those most
 * likely to connect are kept; see edge_ice_candidates_rank().
 *
 * Returns: (transfer full) (nullable): the compact form
 */
GBytes *
edge_compact_sdp_pack (const char          *sdp,
                       const char * const  *candidates,
                       guint                max_candidates,
                       gsize                max_size,
                       GError             **error)
{
  g_auto(Description) self = { 0 };
  g_autoptr(GByteArray) out = g_byte_array_new ();
  const guint8 *prefix = NULL;
  guint kept = 0;

  g_return_val_if_fail (sdp != NULL, NULL);

  description_init (&self);
  if (!parse_sdp (&self, sdp, error))
    return NULL;
  for (guint i = 0; candidates != NULL && candidates[i] != NULL && i < MAX_LINES; i++)
    add_candidate (&self, candidates[i]);

  edge_ice_candidates_rank (self.candidates);
  max_candidates = MIN (max_candidates, EDGE_COMPACT_SDP_MAX_CANDIDATES);

  put_head (out, &self);
  for (guint i = 0; i < self.candidates->len && kept < max_candidates; i++)
    {
      if (put_candidate (out, &g_array_index (self.candidates, EdgeIceCandidate, i),
                         &prefix, max_size))
        kept++;
    }
  out->data[0] |= (guint8) (kept << 4);

  if (out->len > max_size)
    {
      unsupported (error, "The description does not fit");
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

typedef struct
{
  const guint8 *data;
  gsize         left;
} Cursor;

static const guint8 *
take (Cursor *cursor,
      gsize   size)
{
  const guint8 *at = cursor->data;

  if (size > cursor->left)
    return NULL;
  cursor->data += size;
  cursor->left -= size;
  return at;
}

static char *
take_credential (Cursor *cursor,
                 gsize   min)
{
  g_autofree char *text = NULL;
  const guint8 *length = take (cursor, 1);
  const guint8 *packed;
  guint32 bits = 0;
  guint n_bits = 0;

  if (length == NULL || *length < min || *length > MAX_CREDENTIAL)
    return NULL;
  packed = take (cursor, (*length * 6 + 7) / 8);
  if (packed == NULL)
    return NULL;

  text = g_malloc0 (*length + 1);
  for (guint i = 0; i < *length; i++)
    {
      if (n_bits < 6)
        {
          bits = bits << 8 | *packed++;
          n_bits += 8;
        }
      n_bits -= 6;
      text[i] = ice_chars[bits >> n_bits & 63];
      bits &= (1u << n_bits) - 1;
    }

  /* One spelling for each value: spare bits are zero. */
  return bits == 0 ? g_steal_pointer (&text) : NULL;
}

static char *
take_mid (Cursor *cursor,
          guint   code)
{
  g_autofree char *text = NULL;
  const guint8 *length;
  const guint8 *bytes;

  if (code != MID_SPELT)
    return g_strdup (mids[code]);

  length = take (cursor, 1);
  bytes = length != NULL ? take (cursor, *length) : NULL;
  if (bytes == NULL || memchr (bytes, '\0', *length) != NULL)
    return NULL;

  text = g_strndup ((const char *) bytes, *length);
  if (!is_mid (text) || g_strv_contains ((const char *[]) { mids[0], mids[1], mids[2], NULL }, text))
    return NULL;
  return g_steal_pointer (&text);
}

static gboolean
take_candidate (Cursor           *cursor,
                EdgeIceCandidate *candidate,
                guint8           *prefix,
                gboolean         *has_prefix)
{
  const guint8 *head = take (cursor, 1);
  const guint8 *address;
  const guint8 *port;
  guint family;
  gsize skip;
  gsize size;

  memset (candidate, 0, sizeof *candidate);
  if (head == NULL || (*head & 0xc0) != 0)
    return FALSE;

  candidate->type = (EdgeIceType) (*head & 3);
  candidate->transport = (EdgeIceTransport) (*head >> 2 & 3);
  family = *head >> 4;
  if (family > FAMILY_V6_PREFIX || (family == FAMILY_V6_PREFIX && !*has_prefix))
    return FALSE;

  candidate->v6 = family != FAMILY_V4;
  skip = family == FAMILY_V6_PREFIX ? PREFIX_SIZE : 0;
  size = (candidate->v6 ? EDGE_ICE_ADDRESS_SIZE : 4) - skip;
  address = take (cursor, size);
  port = take (cursor, 2);
  if (address == NULL || port == NULL)
    return FALSE;

  memcpy (candidate->address, prefix, skip);
  memcpy (candidate->address + skip, address, size);
  candidate->port = (guint16) (port[0] << 8 | port[1]);
  if (candidate->v6)
    {
      memcpy (prefix, candidate->address, PREFIX_SIZE);
      *has_prefix = TRUE;
    }
  return edge_ice_candidate_is_usable (candidate);
}

static gboolean
unpack (Description  *self,
        Cursor       *cursor,
        GError      **error)
{
  const guint8 *flags = take (cursor, 1);
  const guint8 *fingerprint;
  guint8 prefix[PREFIX_SIZE] = { 0 };
  gboolean has_prefix = FALSE;

  if (flags == NULL || (*flags & 3) >= G_N_ELEMENTS (setups))
    return malformed (error, "The setup role is unknown");
  self->setup = *flags & 3;

  self->ufrag = take_credential (cursor, MIN_UFRAG);
  self->password = self->ufrag != NULL ? take_credential (cursor, MIN_PASSWORD) : NULL;
  if (self->password == NULL)
    return malformed (error, "The ICE credentials are malformed");

  fingerprint = take (cursor, FINGERPRINT_SIZE);
  if (fingerprint == NULL)
    return malformed (error, "The fingerprint is cut off");
  memcpy (self->fingerprint, fingerprint, FINGERPRINT_SIZE);

  self->mid = take_mid (cursor, *flags >> 2 & 3);
  if (self->mid == NULL)
    return malformed (error, "The section's name is malformed");

  for (guint i = 0; i < *flags >> 4; i++)
    {
      EdgeIceCandidate candidate;

      if (!take_candidate (cursor, &candidate, prefix, &has_prefix))
        return malformed (error, "A candidate is malformed");
      g_array_append_val (self->candidates, candidate);
    }

  if (cursor->left != 0)
    return malformed (error, "Bytes follow the last candidate");
  return TRUE;
}

static char *
print_sdp (const Description *self)
{
  GString *sdp = g_string_sized_new (1024);

  g_string_append_printf (sdp,
                          "v=0\r\n"
                          "o=- 1 0 IN IP4 0.0.0.0\r\n"
                          "s=-\r\n"
                          "t=0 0\r\n"
                          "a=ice-options:trickle\r\n"
                          "a=group:BUNDLE %s\r\n"
                          "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
                          "c=IN IP4 0.0.0.0\r\n"
                          "a=setup:%s\r\n"
                          "a=ice-ufrag:%s\r\n"
                          "a=ice-pwd:%s\r\n"
                          "a=mid:%s\r\n"
                          "a=sctp-port:" SCTP_PORT "\r\n"
                          "a=fingerprint:sha-256 ",
                          self->mid, setups[self->setup], self->ufrag, self->password, self->mid);
  for (guint i = 0; i < FINGERPRINT_SIZE; i++)
    g_string_append_printf (sdp, i == 0 ? "%02X" : ":%02X", self->fingerprint[i]);
  g_string_append (sdp, "\r\n");

  for (guint i = 0; i < self->candidates->len; i++)
    {
      g_autofree char *line =
        edge_ice_candidate_to_line (&g_array_index (self->candidates, EdgeIceCandidate, i), i);

      g_string_append_printf (sdp, "a=%s\r\n", line);
    }
  g_string_append (sdp, "a=end-of-candidates\r\n");

  return g_string_free_and_steal (sdp);
}

/**
 * edge_compact_sdp_unpack:
 * @data: (array length=size): what edge_compact_sdp_pack() made, not trusted
 * @size: its length
 * @error: return location for an error in the `EDGE_COMPACT_SDP_ERROR` domain
 *
 * Writes the SDP that @data stands for, candidates and all. Foundations and
 * priorities are made anew: in the order given, by kind.
 *
 * Returns: (transfer full) (nullable): the SDP
 */
char *
edge_compact_sdp_unpack (const guint8  *data,
                         gsize          size,
                         GError       **error)
{
  g_auto(Description) self = { 0 };
  Cursor cursor = { data, size };

  description_init (&self);
  return unpack (&self, &cursor, error) ? print_sdp (&self) : NULL;
}
