/* edge-ice-candidate.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-ice-candidate.h"

#include <arpa/inet.h>
#include <string.h>

/* RFC 8839, section 5.1, and RFC 6544 for TCP. */

#define MAX_LINE    256
#define MIN_FIELDS  8
#define COMPONENT   1

/* RFC 8445, section 5.1.2.2, and RFC 6544, section 4.2, for TCP. */
#define LOCAL_PREFERENCE 65535
#define TCP_HANDICAP     36

static const char *const type_names[] = { "host", "srflx", "prflx", "relay" };
static const guint type_preferences[] = { 126, 100, 110, 0 };
static const char *const tcp_names[] = { NULL, "active", "passive", "so" };

static gboolean
find_name (const char *const *names,
           guint              n_names,
           const char        *name,
           guint             *found)
{
  for (guint i = 0; i < n_names; i++)
    {
      if (names[i] != NULL && g_ascii_strcasecmp (names[i], name) == 0)
        {
          *found = i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
parse_transport (EdgeIceCandidate *self,
                 char            **fields,
                 guint             n_fields)
{
  guint found;

  if (g_ascii_strcasecmp (fields[2], "udp") == 0)
    {
      self->transport = EDGE_ICE_UDP;
      return TRUE;
    }

  if (g_ascii_strcasecmp (fields[2], "tcp") != 0)
    return FALSE;

  for (guint i = MIN_FIELDS; i + 1 < n_fields; i += 2)
    {
      if (strcmp (fields[i], "tcptype") == 0 &&
          find_name (tcp_names, G_N_ELEMENTS (tcp_names), fields[i + 1], &found))
        {
          self->transport = (EdgeIceTransport) found;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * edge_ice_candidate_parse:
 * @self: what is filled in
 * @line: "candidate:…", with or without "a=" before it
 *
 * Reads a candidate of the first component. Names instead of addresses
 * (multicast DNS) are not read: they mean nothing outside one local network.
 *
 * Returns: whether @line is a candidate that an invitation can carry
 */
gboolean
edge_ice_candidate_parse (EdgeIceCandidate *self,
                          const char       *line)
{
  g_auto(GStrv) fields = NULL;
  guint n_fields;
  guint64 component, priority, port;
  guint type;

  memset (self, 0, sizeof *self);
  if (g_str_has_prefix (line, "a="))
    line += 2;
  if (!g_str_has_prefix (line, "candidate:") || strnlen (line, MAX_LINE) == MAX_LINE)
    return FALSE;

  fields = g_strsplit (line, " ", -1);
  n_fields = g_strv_length (fields);
  if (n_fields < MIN_FIELDS || strcmp (fields[6], "typ") != 0 ||
      !find_name (type_names, G_N_ELEMENTS (type_names), fields[7], &type) ||
      !parse_transport (self, fields, n_fields) ||
      !g_ascii_string_to_unsigned (fields[1], 10, COMPONENT, COMPONENT, &component, NULL) ||
      !g_ascii_string_to_unsigned (fields[3], 10, 0, G_MAXUINT32, &priority, NULL) ||
      !g_ascii_string_to_unsigned (fields[5], 10, 1, G_MAXUINT16, &port, NULL))
    return FALSE;

  self->v6 = inet_pton (AF_INET6, fields[4], self->address) == 1;
  if (!self->v6 && inet_pton (AF_INET, fields[4], self->address) != 1)
    return FALSE;

  self->type = (EdgeIceType) type;
  self->priority = (guint32) priority;
  self->port = (guint16) port;
  return edge_ice_candidate_is_usable (self);
}

static gboolean
is_zero (const guint8 *bytes,
         gsize         size)
{
  for (gsize i = 0; i < size; i++)
    {
      if (bytes[i] != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_mapped (const guint8 *address)
{
  return is_zero (address, 10) && address[10] == 0xff && address[11] == 0xff;
}

/**
 * edge_ice_candidate_is_usable:
 * @self: a candidate
 *
 * Returns: whether packets can be sent to it from elsewhere: not unspecified,
 *   multicast, broadcast, or an IPv6 address that needs a scope
 */
gboolean
edge_ice_candidate_is_usable (const EdgeIceCandidate *self)
{
  const guint8 *a = self->address;

  if (self->port == 0)
    return FALSE;
  if (self->v6)
    return !is_zero (a, 16) && a[0] != 0xff && !is_mapped (a) &&
           !(a[0] == 0xfe && (a[1] & 0xc0) == 0x80);
  return a[0] != 0 && a[0] < 224;
}

static guint
priority_at (const EdgeIceCandidate *self,
             guint                   index)
{
  guint preference = type_preferences[self->type];

  if (self->transport != EDGE_ICE_UDP)
    preference -= MIN (preference, TCP_HANDICAP);

  return preference << 24 | (LOCAL_PREFERENCE - index) << 8 | (256 - COMPONENT);
}

/**
 * edge_ice_candidate_to_line:
 * @self: a candidate
 * @index: its place in the list, from 0; it sets the priority within its kind
 *
 * Returns: (transfer full): "candidate:…"; the related address is concealed as
 *   RFC 8839 section 5.1 allows
 */
char *
edge_ice_candidate_to_line (const EdgeIceCandidate *self,
                            guint                   index)
{
  char address[INET6_ADDRSTRLEN];
  GString *line = g_string_new (NULL);

  inet_ntop (self->v6 ? AF_INET6 : AF_INET, self->address, address, sizeof address);
  g_string_printf (line, "candidate:%u %d %s %u %s %u typ %s", index + 1, COMPONENT,
                   self->transport == EDGE_ICE_UDP ? "UDP" : "TCP",
                   priority_at (self, index), address, self->port, type_names[self->type]);
  if (self->type != EDGE_ICE_HOST)
    g_string_append_printf (line, " raddr %s rport 9", self->v6 ? "::" : "0.0.0.0");
  if (self->transport != EDGE_ICE_UDP)
    g_string_append_printf (line, " tcptype %s", tcp_names[self->transport]);

  return g_string_free_and_steal (line);
}

static guint
burden (const EdgeIceCandidate *self)
{
  const guint8 *a = self->address;
  gboolean loopback = self->v6 ? is_zero (a, 15) && a[15] == 1 : a[0] == 127;
  gboolean link_local = !self->v6 && a[0] == 169 && a[1] == 254;

  return (loopback ? 4 : 0) + (link_local ? 2 : 0) + (self->transport != EDGE_ICE_UDP ? 1 : 0);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const EdgeIceCandidate *one = a;
  const EdgeIceCandidate *two = b;
  guint burden_one = burden (one);
  guint burden_two = burden (two);

  if (burden_one != burden_two)
    return burden_one < burden_two ? -1 : 1;
  if (one->priority != two->priority)
    return one->priority > two->priority ? -1 : 1;
  return 0;
}

static gboolean
same_place (const EdgeIceCandidate *one,
            const EdgeIceCandidate *two)
{
  return one->v6 == two->v6 && one->port == two->port && one->transport == two->transport &&
         memcmp (one->address, two->address, sizeof one->address) == 0;
}

/**
 * edge_ice_candidates_rank:
 * @candidates: (element-type EdgeIceCandidate): candidates in any order
 *
 * Puts first what is most likely to connect when the list has to be cut: the
 * best of each kind and address family, then the rest by priority; TCP,
 * link-local and loopback addresses last. Drops repetitions.
 */
void
edge_ice_candidates_rank (GArray *candidates)
{
  g_autoptr(GArray) rest = g_array_new (FALSE, FALSE, sizeof (EdgeIceCandidate));
  guint seen = 0;
  guint kept = 0;

  g_array_sort (candidates, compare);

  for (guint i = 0; i < candidates->len; i++)
    {
      EdgeIceCandidate candidate = g_array_index (candidates, EdgeIceCandidate, i);
      guint kind = 1u << (candidate.type * 2 + (candidate.v6 ? 1 : 0));
      gboolean again = FALSE;

      for (guint j = 0; j < kept && !again; j++)
        again = same_place (&candidate, &g_array_index (candidates, EdgeIceCandidate, j));
      for (guint j = 0; j < rest->len && !again; j++)
        again = same_place (&candidate, &g_array_index (rest, EdgeIceCandidate, j));
      if (again)
        continue;

      if (burden (&candidate) == 0 && (seen & kind) == 0)
        {
          seen |= kind;
          g_array_index (candidates, EdgeIceCandidate, kept++) = candidate;
        }
      else
        {
          g_array_append_val (rest, candidate);
        }
    }

  g_array_set_size (candidates, kept);
  g_array_append_vals (candidates, rest->data, rest->len);
}
