/* edge-rtc-setup.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-rtc-setup.h"

#include <nice/agent.h>
#include <string.h>
#include <sys/socket.h>

#define GST_USE_UNSTABLE_API
#include <gst/webrtc/webrtc.h>

#include "mesh/edge-local-addresses.h"
#include "mesh/edge-mesh-error.h"

/* The properties of webrtcbin and libnice that links need, each for a reason
 * that was measured. */

#define RECEIVE_BUFFER (1024 * 1024)

/* Two SCTP associations of one process must not share an id, and
 * GStreamer 1.26 draws it at random: with equal ids neither ever opens. */
static void
deep_element_added_cb (GstBin     *bin,
                       GstBin     *sub_bin,
                       GstElement *element,
                       gpointer    association)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  const char *name = factory != NULL ? GST_OBJECT_NAME (factory) : "";

  if (g_str_equal (name, "sctpenc") || g_str_equal (name, "sctpdec"))
    g_object_set (element, "sctp-association-id", GPOINTER_TO_UINT (association), NULL);
}

static guint
next_association (void)
{
  static guint last;

  last = last % 65535 + 1;
  return last;
}

/* An agent that is given addresses makes use of no others. */
static void
use_others (GObject    *ice,
            const char *left)
{
  g_auto(GStrv) addresses = edge_local_addresses_dup ();

  for (guint i = 0; addresses[i] != NULL; i++)
    {
      gboolean added;

      if (!g_str_equal (addresses[i], left))
        g_signal_emit_by_name (ice, "add-local-ip-address", addresses[i], &added);
    }
}

static void
tune_ice (GstElement *webrtc,
          const char *left)
{
  g_autoptr(GObject) ice = NULL;
  g_autoptr(GObject) agent = NULL;

  g_object_get (webrtc, "ice-agent", &ice, NULL);
  g_object_get (ice, "agent", &agent, NULL);

  /* UPnP costs a thread, eleven descriptors and 200 ms a link; ICE-TCP five
   * descriptors. Retransmissions: regular nomination waits until dead pairs
   * have timed out, 2.2 s with the default of 3, 0.95 s with 2. */
  g_object_set (agent,
                "upnp", FALSE,
                "stun-max-retransmissions", 2,
                "stun-pacing-timer", 5,
                NULL);
  g_object_set (ice, "ice-tcp", FALSE, NULL);

  if (left != NULL)
    use_others (ice, left);

  /* Where there is nothing but loopback libnice finds no candidate by itself. */
  if (g_strcmp0 (g_getenv ("EDGE_NET_LOOPBACK"), "1") == 0)
    {
      gboolean added;

      g_signal_emit_by_name (ice, "add-local-ip-address", "127.0.0.1", &added);
    }
}

/* "turn:" as of RFC 7065 to "turn://" as webrtcbin reads it. */
static char *
with_slashes (const char *uri)
{
  const char *colon = strchr (uri, ':');

  if (colon == NULL || g_str_has_prefix (colon, "://"))
    return g_strdup (uri);
  return g_strdup_printf ("%.*s://%s", (int) (colon - uri), uri, colon + 1);
}

static void
add_ice_servers (GstElement         *webrtc,
                 const char * const *uris)
{
  gboolean has_stun = FALSE;

  for (guint i = 0; uris != NULL && uris[i] != NULL; i++)
    {
      g_autofree char *uri = with_slashes (uris[i]);

      if (g_str_has_prefix (uri, "stun://") && !has_stun)
        {
          g_object_set (webrtc, "stun-server", uri, NULL);
          has_stun = TRUE;
        }
      else if (g_str_has_prefix (uri, "turn://"))
        {
          gboolean added = FALSE;

          g_signal_emit_by_name (webrtc, "add-turn-server", uri, &added);
          if (!added)
            g_message ("A TURN server was left out: its address is not understood");
        }
    }
}

/**
 * edge_rtc_make_webrtcbin:
 * @ice_servers: (nullable): stun: and turn: URIs, user and password in them percent-escaped
 * @left: (nullable): an address of this computer that is not to be used, if there are others
 *
 * Returns: (transfer floating): a webrtcbin for data channels alone
 */
GstElement *
edge_rtc_make_webrtcbin (const char * const *ice_servers,
                         const char         *left)
{
  GstElement *webrtc = gst_element_factory_make ("webrtcbin", NULL);

  g_object_set (webrtc, "bundle-policy", GST_WEBRTC_BUNDLE_POLICY_MAX_BUNDLE, NULL);
  g_signal_connect (webrtc, "deep-element-added", G_CALLBACK (deep_element_added_cb),
                    GUINT_TO_POINTER (next_association ()));
  tune_ice (webrtc, left);
  add_ice_servers (webrtc, ice_servers);
  return webrtc;
}

/**
 * edge_rtc_widen_buffers:
 * @webrtc: a connected webrtcbin
 *
 * Gives its sockets room for a whole credit window: the system's default holds
 * 90 packets, and what does not fit is lost and waits for SCTP's timer.
 */
void
edge_rtc_widen_buffers (GstElement *webrtc)
{
  g_autoptr(GObject) ice = NULL;
  g_autoptr(GObject) agent = NULL;
  g_autoptr(GPtrArray) sockets = NULL;

  g_object_get (webrtc, "ice-agent", &ice, NULL);
  g_object_get (ice, "agent", &agent, NULL);
  sockets = nice_agent_get_sockets (NICE_AGENT (agent), 1, NICE_COMPONENT_TYPE_RTP);
  /* The system cuts the figure to its own limit. */
  for (guint i = 0; sockets != NULL && i < sockets->len; i++)
    g_socket_set_option (g_ptr_array_index (sockets, i), SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER, NULL);
}

static char *
describe_candidate (NiceCandidate *candidate)
{
  char address[NICE_ADDRESS_STRING_LEN];
  const char *type = "host";

  nice_address_to_string (&candidate->addr, address);
  switch (candidate->type)
    {
    case NICE_CANDIDATE_TYPE_SERVER_REFLEXIVE:
      type = "srflx";
      break;
    case NICE_CANDIDATE_TYPE_PEER_REFLEXIVE:
      type = "prflx";
      break;
    case NICE_CANDIDATE_TYPE_RELAYED:
      type = "relay";
      break;
    case NICE_CANDIDATE_TYPE_HOST:
    default:
      break;
    }
  return g_strdup_printf ("%s %s:%u", type, address, nice_address_get_port (&candidate->addr));
}

/**
 * edge_rtc_describe_route:
 * @webrtc: a connected webrtcbin
 * @through_turn: (out): whether a TURN server carries the packets
 *
 * Returns: (transfer full) (nullable): the candidate pair in use, in the terms of RFC 8445
 */
char *
edge_rtc_describe_route (GstElement *webrtc,
                         gboolean   *through_turn)
{
  g_autoptr(GObject) ice = NULL;
  g_autoptr(GObject) agent = NULL;
  NiceCandidate *local = NULL;
  NiceCandidate *remote = NULL;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  *through_turn = FALSE;
  g_object_get (webrtc, "ice-agent", &ice, NULL);
  g_object_get (ice, "agent", &agent, NULL);
  /* One media section, one component: the first of each. */
  if (!nice_agent_get_selected_pair (NICE_AGENT (agent), 1, NICE_COMPONENT_TYPE_RTP, &local, &remote))
    return NULL;

  *through_turn = local->type == NICE_CANDIDATE_TYPE_RELAYED ||
                  remote->type == NICE_CANDIDATE_TYPE_RELAYED;
  here = describe_candidate (local);
  there = describe_candidate (remote);
  return g_strdup_printf ("%s ↔ %s", here, there);
}

/**
 * edge_rtc_dup_address:
 * @webrtc: a connected webrtcbin
 *
 * Returns: (transfer full) (nullable): the address of this computer that it uses
 */
char *
edge_rtc_dup_address (GstElement *webrtc)
{
  g_autoptr(GObject) ice = NULL;
  g_autoptr(GObject) agent = NULL;
  NiceCandidate *local = NULL;
  NiceCandidate *remote = NULL;
  char text[NICE_ADDRESS_STRING_LEN];

  g_object_get (webrtc, "ice-agent", &ice, NULL);
  g_object_get (ice, "agent", &agent, NULL);
  if (!nice_agent_get_selected_pair (NICE_AGENT (agent), 1, NICE_COMPONENT_TYPE_RTP, &local, &remote))
    return NULL;

  nice_address_to_string (&local->base_addr, text);
  return g_strdup (text);
}

/**
 * edge_rtc_check_plugins:
 * @error: return location for an error in the `EDGE_MESH_ERROR` domain
 *
 * Starts GStreamer and looks whether it has what links need.
 *
 * Returns: whether links can be made
 */
gboolean
edge_rtc_check_plugins (GError **error)
{
  static const struct { const char *element, *package; } needed[] = {
    { "webrtcbin", "gstreamer1.0-plugins-bad" },
    { "sctpdec", "gstreamer1.0-plugins-bad" },
    { "dtlsdec", "gstreamer1.0-plugins-bad" },
    { "nicesrc", "gstreamer1.0-nice" },
    { "appsrc", "gstreamer1.0-plugins-base" },
    { "rtpbin", "gstreamer1.0-plugins-good" },
  };

  if (!gst_init_check (NULL, NULL, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_autoptr(GstElementFactory) factory = gst_element_factory_find (needed[i].element);

      if (factory == NULL)
        {
          g_set_error (error, EDGE_MESH_ERROR, EDGE_MESH_ERROR_UNAVAILABLE,
                       "The GStreamer element “%s” is missing, so no peer can be reached. "
                       "Install %s (as Debian names it) and start again",
                       needed[i].element, needed[i].package);
          return FALSE;
        }
    }
  return TRUE;
}
