/* edge-cli-text.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-text.h"

#include <glib/gi18n.h>

/* What people read on a terminal. */

#define SECOND_MS       ((gint64) 1000)
#define MINUTE_MS       (60 * SECOND_MS)
#define HOUR_MS         (60 * MINUTE_MS)
#define DAY_MS          (24 * HOUR_MS)
#define LONGEST_MS      (366 * DAY_MS)
#define MAX_NAME_WIDTH  28
#define SHORT_ID        8

/**
 * edge_cli_text_read_time:
 * @text: a number and `s`, `m`, `h` or `d`; seconds without one
 * @milliseconds: (out): how long that is
 *
 * Returns: whether it is a duration, of a year at most
 */
gboolean
edge_cli_text_read_time (const char *text,
                         gint64     *milliseconds)
{
  static const struct
  {
    const char *unit;
    gint64      ms;
  } units[] = { { "", SECOND_MS }, { "s", SECOND_MS }, { "m", MINUTE_MS }, { "h", HOUR_MS },
                { "d", DAY_MS } };
  gint64 number;
  char *end;

  if (!g_ascii_isdigit (text[0]))
    return FALSE;
  number = g_ascii_strtoll (text, &end, 10);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (end, units[i].unit))
      {
        if (number < 1 || number > LONGEST_MS / units[i].ms)
          return FALSE;
        *milliseconds = number * units[i].ms;
        return TRUE;
      }

  return FALSE;
}

/**
 * edge_cli_text_duration:
 * @milliseconds: a duration
 *
 * Returns: (transfer full): its two largest units
 */
char *
edge_cli_text_duration (gint64 milliseconds)
{
  if (milliseconds < MINUTE_MS)
    return g_strdup_printf (_("%d s"), (int) (milliseconds / SECOND_MS));
  if (milliseconds < HOUR_MS)
    return g_strdup_printf (_("%d min %d s"), (int) (milliseconds / MINUTE_MS),
                            (int) (milliseconds % MINUTE_MS / SECOND_MS));
  if (milliseconds < DAY_MS)
    return g_strdup_printf (_("%d h %d min"), (int) (milliseconds / HOUR_MS),
                            (int) (milliseconds % HOUR_MS / MINUTE_MS));
  return g_strdup_printf (_("%d d %d h"), (int) MIN (milliseconds / DAY_MS, 99999),
                          (int) (milliseconds % DAY_MS / HOUR_MS));
}

/**
 * edge_cli_text_clean:
 * @foreign: text that a peer chose
 *
 * Returns: (transfer full): the same without what would drive the terminal
 */
char *
edge_cli_text_clean (const char *foreign)
{
  GString *clean = g_string_new (NULL);

  for (const char *p = foreign; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isprint (c) && g_unichar_type (c) != G_UNICODE_FORMAT)
        g_string_append_unichar (clean, c);
      else
        g_string_append_unichar (clean, 0xfffd);
    }

  return g_string_free_and_steal (clean);
}

static const char *
string_of (JsonObject *object,
           const char *member)
{
  return json_object_get_string_member_with_default (object, member, NULL);
}

static gboolean
has_number (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node);
}

char *
edge_cli_text_latency (JsonObject *peer)
{
  if (!has_number (peer, "latency_ms"))
    return g_strdup ("–");

  return g_strdup_printf (_("%.1f ms ± %.1f"), json_object_get_double_member (peer, "latency_ms"),
                          json_object_get_double_member_with_default (peer, "jitter_ms", 0));
}

static void
add_row (GString    *text,
         const char *label,
         const char *value)
{
  int pad = MAX (0, 9 - (int) g_utf8_strlen (label, -1));

  g_string_append_printf (text, "  %s%*s%s\n", label, pad, "", value);
}

static void
add_relays (GString    *text,
            JsonObject *status)
{
  JsonArray *relays = json_object_get_array_member (status, "relays");

  for (guint i = 0; relays != NULL && i < json_array_get_length (relays); i++)
    {
      JsonObject *relay = json_array_get_object_element (relays, i);
      g_autofree char *value = g_strdup_printf ("%s (%s)", string_of (relay, "url"),
                                                string_of (relay, "state"));

      add_row (text, _("relay"), value);
    }
}

/**
 * edge_cli_text_status:
 * @status: the answer to `status`
 *
 * Returns: (transfer full): the same for people
 */
char *
edge_cli_text_status (JsonObject *status)
{
  GString *text = g_string_new (NULL);
  JsonObject *peers = json_object_get_object_member (status, "peers");
  g_autofree char *name = NULL;
  g_autofree char *count = NULL;
  g_autofree char *uptime = NULL;

  name = edge_cli_text_clean (string_of (status, "name") ? string_of (status, "name") : "–");
  g_string_append_printf (text, "%s\n", string_of (status, "headline"));
  add_row (text, _("name"), name);
  add_row (text, _("id"), string_of (status, "id") ? string_of (status, "id") : "–");

  if (json_object_get_null_member (status, "network"))
    add_row (text, _("network"), _("none"));
  else
    {
      JsonObject *network = json_object_get_object_member (status, "network");
      g_autofree char *value = g_strdup_printf ("%s (%s)", string_of (network, "name"),
                                                string_of (network, "kind"));

      add_row (text, _("network"), value);
    }

  count = g_strdup_printf (_("%d linked, %d known"),
                           (int) json_object_get_int_member (peers, "connected"),
                           (int) json_object_get_int_member (peers, "known"));
  add_row (text, _("peers"), count);
  add_relays (text, status);
  uptime = edge_cli_text_duration (json_object_get_int_member (status, "uptime_ms"));
  add_row (text, _("up"), uptime);
  add_row (text, _("version"), string_of (status, "version"));
  return g_string_free_and_steal (text);
}

static void
add_cell (GString    *text,
          const char *value,
          int         width)
{
  g_autofree char *cut = g_utf8_substring (value, 0, MIN (width, g_utf8_strlen (value, -1)));

  g_string_append_printf (text, "%s%*s  ", cut, width - (int) g_utf8_strlen (cut, -1), "");
}

static void
add_peer (GString    *text,
          JsonObject *peer)
{
  g_autofree char *name = NULL;
  g_autofree char *latency = edge_cli_text_latency (peer);

  name = edge_cli_text_clean (string_of (peer, "name") ? string_of (peer, "name") : "–");
  add_cell (text, name, MAX_NAME_WIDTH);
  add_cell (text, string_of (peer, "peer"), SHORT_ID);
  add_cell (text, string_of (peer, "state"), 10);
  add_cell (text, string_of (peer, "path") ? string_of (peer, "path") : "–", 7);
  add_cell (text, string_of (peer, "found") ? string_of (peer, "found") : "–", 7);
  g_string_append (text, latency);
  if (json_object_has_member (peer, "same_network") && !json_object_get_null_member (peer, "same_network") &&
      !json_object_get_boolean_member (peer, "same_network"))
    g_string_append_printf (text, "  %s", _("of another network"));
  g_string_append_c (text, '\n');
}

/**
 * edge_cli_text_peers:
 * @peers: the answer to `peers`
 *
 * Returns: (transfer full): the same for people
 */
char *
edge_cli_text_peers (JsonArray *peers)
{
  GString *text = g_string_new (NULL);

  if (json_array_get_length (peers) == 0)
    g_string_append_printf (text, "%s\n", _("No peer is known yet."));
  else
    {
      add_cell (text, _("NAME"), MAX_NAME_WIDTH);
      add_cell (text, _("ID"), SHORT_ID);
      add_cell (text, _("STATE"), 10);
      add_cell (text, _("PATH"), 7);
      add_cell (text, _("FOUND"), 7);
      g_string_append_printf (text, "%s\n", _("LATENCY"));
    }
  for (guint i = 0; i < json_array_get_length (peers); i++)
    add_peer (text, json_array_get_object_element (peers, i));

  return g_string_free_and_steal (text);
}
