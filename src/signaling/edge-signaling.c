/* edge-signaling.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-signaling.h"

/**
 * EdgeSignaling:
 *
 * One way to find peers and to pass them sealed envelopes: a relay, the local
 * network, a tracker. A backend moves opaque text and never sees what is in it.
 *
 * Properties every implementation has: `name` (what the person reads under
 * "found by"), `url` (where it is, may be %NULL), `state`, `detail` (plain words on
 * a state that is not up, with a remedy) and `ice-servers`
 * (a list of stun: and turn: URIs with credentials in them, percent-escaped).
 */

enum
{
  PEER_FOUND,
  PEER_LEFT,
  RECEIVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (EdgeSignaling, edge_signaling, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (EdgeSignalingState, edge_signaling_state,
                    G_DEFINE_ENUM_VALUE (EDGE_SIGNALING_STATE_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (EDGE_SIGNALING_STATE_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (EDGE_SIGNALING_STATE_UP, "up"),
                    G_DEFINE_ENUM_VALUE (EDGE_SIGNALING_STATE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (EDGE_SIGNALING_STATE_REFUSED, "refused"))

static void
edge_signaling_default_init (EdgeSignalingInterface *iface)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  g_object_interface_install_property (iface,
    g_param_spec_string ("name", NULL, NULL, NULL, flags));
  g_object_interface_install_property (iface,
    g_param_spec_string ("url", NULL, NULL, NULL, flags));
  g_object_interface_install_property (iface,
    g_param_spec_enum ("state", NULL, NULL, EDGE_TYPE_SIGNALING_STATE,
                       EDGE_SIGNALING_STATE_STOPPED, flags));
  g_object_interface_install_property (iface,
    g_param_spec_string ("detail", NULL, NULL, NULL, flags));
  g_object_interface_install_property (iface,
    g_param_spec_boxed ("ice-servers", NULL, NULL, G_TYPE_STRV, flags));

  /**
   * EdgeSignaling::peer-found:
   * @self: a backend
   * @peer_id: what the backend calls the peer; not proven
   */
  signals[PEER_FOUND] = g_signal_new ("peer-found", EDGE_TYPE_SIGNALING, G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * EdgeSignaling::peer-left:
   * @self: a backend
   * @peer_id: what the backend calls the peer
   *
   * A hint, never a proof: the backend no longer reaches the peer.
   */
  signals[PEER_LEFT] = g_signal_new ("peer-left", EDGE_TYPE_SIGNALING, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * EdgeSignaling::received:
   * @self: a backend
   * @peer_id: (nullable): who sent it, by the backend's word; not proven
   * @blob: opaque text of at most %EDGE_SIGNALING_MAX_BLOB characters
   */
  signals[RECEIVED] = g_signal_new ("received", EDGE_TYPE_SIGNALING, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                    G_TYPE_STRING, G_TYPE_STRING);
}

void
edge_signaling_start (EdgeSignaling *self)
{
  g_return_if_fail (EDGE_IS_SIGNALING (self));

  EDGE_SIGNALING_GET_IFACE (self)->start (self);
}

void
edge_signaling_stop (EdgeSignaling *self)
{
  g_return_if_fail (EDGE_IS_SIGNALING (self));

  EDGE_SIGNALING_GET_IFACE (self)->stop (self);
}

/**
 * edge_signaling_send:
 * @self: a backend
 * @peer_id: (nullable): a member as the backend calls it, %NULL for all of the room
 * @kind: what it is about
 * @blob: a sealed envelope of at most %EDGE_SIGNALING_MAX_BLOB characters
 *
 * Returns: whether the backend took it; nothing is promised beyond that
 */
gboolean
edge_signaling_send (EdgeSignaling  *self,
                     const char     *peer_id,
                     EdgeSignalKind  kind,
                     const char     *blob)
{
  g_return_val_if_fail (EDGE_IS_SIGNALING (self), FALSE);
  g_return_val_if_fail (blob != NULL, FALSE);

  return EDGE_SIGNALING_GET_IFACE (self)->send (self, peer_id, kind, blob);
}

gboolean
edge_signaling_carries_data (EdgeSignaling *self)
{
  g_return_val_if_fail (EDGE_IS_SIGNALING (self), FALSE);

  return EDGE_SIGNALING_GET_IFACE (self)->carries_data (self);
}

static char *
dup_text (EdgeSignaling *self,
          const char    *property)
{
  char *text = NULL;

  g_object_get (self, property, &text, NULL);
  return text;
}

/**
 * edge_signaling_get_name:
 * @self: a backend
 *
 * Returns: (transfer none): a stable word: "relay", "lan", "tracker", "gun", "invitation"
 */
const char *
edge_signaling_get_name (EdgeSignaling *self)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (EDGE_IS_SIGNALING (self), NULL);

  name = dup_text (self, "name");
  return g_intern_string (name);
}

/**
 * edge_signaling_get_url:
 * @self: a backend
 *
 * Returns: (transfer none) (nullable): where the backend is
 */
const char *
edge_signaling_get_url (EdgeSignaling *self)
{
  g_autofree char *url = NULL;

  g_return_val_if_fail (EDGE_IS_SIGNALING (self), NULL);

  url = dup_text (self, "url");
  return g_intern_string (url);
}

EdgeSignalingState
edge_signaling_get_state (EdgeSignaling *self)
{
  EdgeSignalingState state;

  g_return_val_if_fail (EDGE_IS_SIGNALING (self), EDGE_SIGNALING_STATE_STOPPED);

  g_object_get (self, "state", &state, NULL);
  return state;
}

/**
 * edge_signaling_dup_detail:
 * @self: a backend
 *
 * Returns: (transfer full) (nullable): plain words on why it is not up
 */
char *
edge_signaling_dup_detail (EdgeSignaling *self)
{
  g_return_val_if_fail (EDGE_IS_SIGNALING (self), NULL);

  return dup_text (self, "detail");
}

/**
 * edge_signaling_dup_ice_servers:
 * @self: a backend
 *
 * Returns: (transfer full) (nullable): stun: and turn: URIs the backend handed out
 */
GStrv
edge_signaling_dup_ice_servers (EdgeSignaling *self)
{
  GStrv uris = NULL;

  g_return_val_if_fail (EDGE_IS_SIGNALING (self), NULL);

  g_object_get (self, "ice-servers", &uris, NULL);
  return uris;
}

void
edge_signaling_emit_peer_found (EdgeSignaling *self,
                                const char    *peer_id)
{
  g_signal_emit (self, signals[PEER_FOUND], 0, peer_id);
}

void
edge_signaling_emit_peer_left (EdgeSignaling *self,
                               const char    *peer_id)
{
  g_signal_emit (self, signals[PEER_LEFT], 0, peer_id);
}

void
edge_signaling_emit_received (EdgeSignaling *self,
                              const char    *peer_id,
                              const char    *blob)
{
  g_signal_emit (self, signals[RECEIVED], 0, peer_id, blob);
}

/**
 * edge_signaling_state_to_string:
 * @state: a state
 *
 * Returns: the word for it in JSON and on D-Bus
 */
const char *
edge_signaling_state_to_string (EdgeSignalingState state)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (EDGE_TYPE_SIGNALING_STATE);
  GEnumValue *value = g_enum_get_value (klass, state);

  return value != NULL ? value->value_nick : "unknown";
}
