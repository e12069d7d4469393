/* edge-format.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-format.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Every figure on the screen is written here. What is not known is a dash. */

#define SECOND       G_GINT64_CONSTANT (1000)
#define MINUTE       (60 * SECOND)
#define HOUR         (60 * MINUTE)
#define DAY          (24 * HOUR)
#define SHORT_ID     8

/* SI prefixes: a rate is not a memory size. */
static const char * const rate_units[] = { N_("B/s"), N_("KB/s"), N_("MB/s"), N_("GB/s") };

/**
 * edge_format_number:
 * @value: any figure, NaN if not known
 *
 * Returns: (transfer full): at most three significant digits below a thousand,
 *   whole with grouping from there
 */
char *
edge_format_number (double value)
{
  if (!isfinite (value))
    return g_strdup (EDGE_FORMAT_UNKNOWN);
  if (fabs (value) < 9.95 && value != round (value))
    return g_strdup_printf ("%.1f", value);

  return g_strdup_printf ("%'.0f", value);
}

/**
 * edge_format_ms_figure:
 * @milliseconds: a time, NaN if not known
 *
 * Returns: (transfer full): the figure alone; below 1 ms it says so
 */
char *
edge_format_ms_figure (double milliseconds)
{
  if (!isfinite (milliseconds) || milliseconds < 0)
    return g_strdup (EDGE_FORMAT_UNKNOWN);
  if (milliseconds < .95)
    return g_strdup ("<\u200a1");

  return g_strdup_printf ("%'.0f", milliseconds);
}

char *
edge_format_ms (double milliseconds)
{
  g_autofree char *figure = edge_format_ms_figure (milliseconds);

  if (!isfinite (milliseconds) || milliseconds < 0)
    return g_steal_pointer (&figure);

  /* Translators: milliseconds */
  return g_strdup_printf (_("%s ms"), figure);
}

static guint
scale_rate (double *rate)
{
  guint unit = 0;

  /* 999.5 would be written as 1000. */
  while (*rate >= 999.5 && unit + 1 < G_N_ELEMENTS (rate_units))
    {
      *rate /= 1000;
      unit++;
    }

  return unit;
}

char *
edge_format_rate_figure (double bytes_per_second)
{
  if (!isfinite (bytes_per_second) || bytes_per_second < 0)
    return g_strdup (EDGE_FORMAT_UNKNOWN);
  if (scale_rate (&bytes_per_second) == 0)
    return g_strdup_printf ("%.0f", bytes_per_second);

  return edge_format_number (bytes_per_second);
}

char *
edge_format_rate_unit (double bytes_per_second)
{
  if (!isfinite (bytes_per_second) || bytes_per_second < 0)
    return g_strdup ("");

  return g_strdup (_(rate_units[scale_rate (&bytes_per_second)]));
}

/**
 * edge_format_rate:
 * @bytes_per_second: a rate, NaN if not known
 *
 * Returns: (transfer full): figure and unit
 */
char *
edge_format_rate (double bytes_per_second)
{
  g_autofree char *figure = edge_format_rate_figure (bytes_per_second);
  g_autofree char *unit = edge_format_rate_unit (bytes_per_second);

  if (*unit == '\0')
    return g_steal_pointer (&figure);

  return g_strdup_printf ("%s\u00a0%s", figure, unit);
}

/**
 * edge_format_kilo_rate:
 * @bytes_per_second: a rate, NaN if not known
 *
 * Returns: (transfer full): the figure in KB/s, for a column whose head says so
 */
char *
edge_format_kilo_rate (double bytes_per_second)
{
  if (!isfinite (bytes_per_second) || bytes_per_second < 0)
    return g_strdup (EDGE_FORMAT_UNKNOWN);
  if (bytes_per_second > 0 && bytes_per_second < 50)
    return g_strdup ("<\u200a0.1");

  return edge_format_number (bytes_per_second / 1000);
}

/**
 * edge_format_share:
 * @share: 0…1, NaN if not known
 *
 * Returns: (transfer full): per cent
 */
char *
edge_format_share (double share)
{
  if (!isfinite (share))
    return g_strdup (EDGE_FORMAT_UNKNOWN);

  /* Translators: per cent; the space before the sign does not break */
  return g_strdup_printf (_("%.0f\u00a0%%"), share * 100);
}

/**
 * edge_format_duration:
 * @milliseconds: how long, negative if not known
 *
 * Returns: (transfer full): its two largest units
 */
char *
edge_format_duration (gint64 milliseconds)
{
  gint64 t = milliseconds;

  if (t < 0)
    return g_strdup (EDGE_FORMAT_UNKNOWN);
  if (t < MINUTE)
    return g_strdup_printf (_("%d s"), (int) (t / SECOND));
  if (t < HOUR)
    return g_strdup_printf (_("%d min"), (int) (t / MINUTE));
  if (t < DAY)
    return g_strdup_printf (_("%d h %d min"), (int) (t / HOUR), (int) (t % HOUR / MINUTE));

  return g_strdup_printf (_("%d d %d h"), (int) MIN (t / DAY, 99999), (int) (t % DAY / HOUR));
}

/**
 * edge_format_ago:
 * @then: wall clock in ms, 0 if it never was
 * @now: wall clock in ms
 *
 * Returns: (transfer full): how long ago, in words
 */
char *
edge_format_ago (gint64 then,
                 gint64 now)
{
  g_autofree char *duration = NULL;

  if (then <= 0)
    return g_strdup (EDGE_FORMAT_UNKNOWN);
  if (now - then < SECOND)
    return g_strdup (_("now"));

  duration = edge_format_duration (now - then);
  /* Translators: %s is a duration such as "3 min" */
  return g_strdup_printf (_("%s ago"), duration);
}

/**
 * edge_format_exact_time:
 * @then: wall clock in ms, 0 if it never was
 *
 * Returns: (transfer full): date and time, for a tooltip
 */
char *
edge_format_exact_time (gint64 then)
{
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) local = NULL;

  if (then <= 0 || (utc = g_date_time_new_from_unix_utc (then / SECOND)) == NULL)
    return g_strdup ("");

  local = g_date_time_to_local (utc);
  return g_date_time_format (local, "%x %X");
}

/** edge_format_linked: How many peers are linked. */
char *
edge_format_linked (guint n)
{
  return g_strdup_printf (ngettext ("%u linked", "%u linked", n), n);
}

/** edge_format_events: How many events there are. */
char *
edge_format_events (guint64 n)
{
  return g_strdup_printf (ngettext ("%'" PRIu64 " event", "%'" PRIu64 " events", (gulong) n), n);
}

char *
edge_format_peers_line (guint  n_connected,
                        double median_latency)
{
  g_autofree char *linked = edge_format_linked (n_connected);
  g_autofree char *median = NULL;

  if (!isfinite (median_latency))
    return g_steal_pointer (&linked);

  median = edge_format_ms (median_latency);
  /* Translators: subtitle: "12 linked · median 34 ms" */
  return g_strdup_printf (_("%s · median %s"), linked, median);
}

/**
 * edge_format_found:
 * @found: (nullable): the backend that first heard of a peer
 *
 * Returns: (transfer full): in words
 */
char *
edge_format_found (const char *found)
{
  if (g_strcmp0 (found, "relay") == 0)
    return g_strdup (_("found by relay"));
  if (g_strcmp0 (found, "lan") == 0)
    return g_strdup (_("found on the local network"));
  if (g_strcmp0 (found, "tracker") == 0)
    return g_strdup (_("found by tracker"));
  if (g_strcmp0 (found, "gun") == 0)
    return g_strdup (_("found by GUN"));
  if (g_strcmp0 (found, "invitation") == 0)
    return g_strdup (_("found by invitation"));
  if (g_strcmp0 (found, "peers") == 0)
    return g_strdup (_("found through peers"));

  return g_strdup (EDGE_FORMAT_UNKNOWN);
}

/**
 * edge_format_path:
 * @path: what the link runs over
 * @state: how far the link is
 *
 * Returns: (transfer full): the path of a link that is up, else what is under way
 */
char *
edge_format_path (EdgePeerPath  path,
                  EdgePeerState state)
{
  switch (state)
    {
    case EDGE_PEER_STATE_NEW:
      return g_strdup (C_("peer", "Known"));
    case EDGE_PEER_STATE_CONNECTING:
      return g_strdup (C_("peer", "Connecting"));
    case EDGE_PEER_STATE_VERIFYING:
      return g_strdup (C_("peer", "Verifying"));
    case EDGE_PEER_STATE_STALE:
      return g_strdup (C_("peer", "Reconnecting"));
    case EDGE_PEER_STATE_CLOSED:
      return g_strdup (C_("peer", "Gone"));
    case EDGE_PEER_STATE_CONNECTED:
    default:
      break;
    }

  switch (path)
    {
    case EDGE_PEER_PATH_DIRECT:
      return g_strdup (C_("path", "Direct"));
    case EDGE_PEER_PATH_TURN:
      return g_strdup (C_("path", "TURN"));
    case EDGE_PEER_PATH_RELAYED:
      return g_strdup (C_("path", "Relayed"));
    case EDGE_PEER_PATH_NONE:
    default:
      return g_strdup (EDGE_FORMAT_UNKNOWN);
    }
}

/* One end of "host 192.0.2.1:4000 ↔ srflx 203.0.113.9:5000". */
static char *
route_part (const char *route,
            gboolean    theirs)
{
  g_auto(GStrv) ends = g_strsplit (route != NULL ? route : "", " ↔ ", 2);

  if (g_strv_length (ends) != 2)
    return NULL;

  return g_strdup (ends[theirs ? 1 : 0]);
}

/**
 * edge_format_route_end:
 * @route: (nullable): the pair of candidates as [property@EdgePeer:route] has it
 * @theirs: the far end instead of ours
 *
 * Returns: (transfer full): the address of an end
 */
char *
edge_format_route_end (const char *route,
                       gboolean    theirs)
{
  g_autofree char *part = route_part (route, theirs);
  const char *address = part != NULL ? strrchr (part, ' ') : NULL;

  return g_strdup (address != NULL ? address + 1 : EDGE_FORMAT_UNKNOWN);
}

/**
 * edge_format_route_kind:
 * @route: (nullable): the pair of candidates as [property@EdgePeer:route] has it
 * @theirs: the far end instead of ours
 *
 * Returns: (transfer full): in words what kind of address an end is
 */
char *
edge_format_route_kind (const char *route,
                        gboolean    theirs)
{
  g_autofree char *part = route_part (route, theirs);

  if (part == NULL)
    return g_strdup ("");
  if (g_str_has_prefix (part, "host "))
    return g_strdup (_("address of the computer itself"));
  if (g_str_has_prefix (part, "srflx "))
    return g_strdup (_("address as a STUN server sees it"));
  if (g_str_has_prefix (part, "prflx "))
    return g_strdup (_("address as the other end sees it"));
  if (g_str_has_prefix (part, "relay "))
    return g_strdup (_("address at a TURN server"));

  return g_strdup ("");
}

/**
 * edge_format_peer_name:
 * @name: (nullable): the name it gave itself
 * @id: (nullable): its node id
 *
 * Returns: (transfer full): the name, or the start of the id before its hello
 */
char *
edge_format_peer_name (const char *name,
                       const char *id)
{
  if (name != NULL && *name != '\0')
    return g_strdup (name);
  if (id == NULL)
    return g_strdup (EDGE_FORMAT_UNKNOWN);

  return g_strdup_printf ("%.*s…", SHORT_ID, id);
}

/**
 * edge_format_series_summary:
 * @series: (nullable): round trips in ms
 *
 * Returns: (transfer full): the series in one sentence, spoken for the chart
 */
char *
edge_format_series_summary (EdgeTimeSeries *series)
{
  guint n = series != NULL ? edge_time_series_get_length (series) : 0;
  g_autofree char *median = NULL;
  g_autofree char *worst = NULL;
  double most = NAN;
  guint lost = 0;

  for (guint i = 0; i < n; i++)
    {
      double v = edge_time_series_get_value (series, i);

      if (isnan (v))
        lost++;
      else if (isnan (most) || v > most)
        most = v;
    }
  if (n == 0)
    return g_strdup (_("no round trip measured yet"));

  median = edge_format_ms (edge_time_series_get_median (series));
  worst = edge_format_ms (most);
  /* Translators: round trips: median, worst, how many of how many got no answer */
  return g_strdup_printf (ngettext ("median %s · worst %s · %u of %u lost",
                                    "median %s · worst %s · %u of %u lost", lost),
                          median, worst, lost, n);
}

/**
 * edge_format_signaling_state:
 * @state: of one way to find peers
 * @n_known: how many peers are known, by whichever way
 *
 * Returns: (transfer full): what it answers, in words
 */
char *
edge_format_signaling_state (EdgeSignalingState state,
                             guint              n_known)
{
  switch (state)
    {
    case EDGE_SIGNALING_STATE_CONNECTING:
      return g_strdup (C_("signaling", "Connecting…"));
    case EDGE_SIGNALING_STATE_UP:
      return g_strdup (n_known > 0 ? C_("signaling", "Answers")
                                   : C_("signaling", "Answers; nobody else in this room yet"));
    case EDGE_SIGNALING_STATE_WAITING:
      return g_strdup (C_("signaling", "Did not answer; tries again by itself"));
    case EDGE_SIGNALING_STATE_REFUSED:
      return g_strdup (C_("signaling", "Refused us"));
    case EDGE_SIGNALING_STATE_STOPPED:
    default:
      return g_strdup (C_("signaling", "Not in use"));
    }
}
