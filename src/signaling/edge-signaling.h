/* edge-signaling.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_TYPE_SIGNALING (edge_signaling_get_type ())

/**
 * EdgeSignalingState:
 * @EDGE_SIGNALING_STATE_STOPPED: not started
 * @EDGE_SIGNALING_STATE_CONNECTING: on the way up
 * @EDGE_SIGNALING_STATE_UP: messages pass
 * @EDGE_SIGNALING_STATE_WAITING: failed; tries again by itself, `detail` says why
 * @EDGE_SIGNALING_STATE_REFUSED: the other side will not have us; `detail` says why
 */
typedef enum
{
  EDGE_SIGNALING_STATE_STOPPED,
  EDGE_SIGNALING_STATE_CONNECTING,
  EDGE_SIGNALING_STATE_UP,
  EDGE_SIGNALING_STATE_WAITING,
  EDGE_SIGNALING_STATE_REFUSED,
} EdgeSignalingState;

/**
 * EdgeSignalKind:
 * @EDGE_SIGNAL_HELLO: a presence notice
 * @EDGE_SIGNAL_OFFER: an SDP offer
 * @EDGE_SIGNAL_ANSWER: an SDP answer
 * @EDGE_SIGNAL_CANDIDATES: ICE candidates
 * @EDGE_SIGNAL_BYE: the sender leaves
 * @EDGE_SIGNAL_DATA: a piece of a link that runs through the backend
 *
 * What a blob is about, for backends that name their frames. The blob itself
 * is opaque to them: a sealed envelope.
 */
typedef enum
{
  EDGE_SIGNAL_HELLO,
  EDGE_SIGNAL_OFFER,
  EDGE_SIGNAL_ANSWER,
  EDGE_SIGNAL_CANDIDATES,
  EDGE_SIGNAL_BYE,
  EDGE_SIGNAL_DATA,
} EdgeSignalKind;

/** EDGE_SIGNALING_MAX_BLOB: Characters of a blob at most. */
#define EDGE_SIGNALING_MAX_BLOB 8192

G_DECLARE_INTERFACE (EdgeSignaling, edge_signaling, EDGE, SIGNALING, GObject)

/**
 * EdgeSignalingInterface:
 * @start: begins to connect; the property `state` tells what comes of it
 * @stop: takes leave and closes; no signal is emitted afterwards
 * @send: passes @blob to one member, or to all of the room when @peer_id is %NULL;
 *   returns %FALSE when it can't be taken now
 * @carries_data: whether %EDGE_SIGNAL_DATA may be sent
 *
 * One way to find peers and to pass them opaque text. All of it runs in the
 * main context that started it.
 */
struct _EdgeSignalingInterface
{
  GTypeInterface parent_iface;

  void     (*start)        (EdgeSignaling  *self);
  void     (*stop)         (EdgeSignaling  *self);
  gboolean (*send)         (EdgeSignaling  *self,
                            const char     *peer_id,
                            EdgeSignalKind  kind,
                            const char     *blob);
  gboolean (*carries_data) (EdgeSignaling  *self);
};

void                edge_signaling_start           (EdgeSignaling  *self);
void                edge_signaling_stop            (EdgeSignaling  *self);
gboolean            edge_signaling_send            (EdgeSignaling  *self,
                                                    const char     *peer_id,
                                                    EdgeSignalKind  kind,
                                                    const char     *blob);
gboolean            edge_signaling_carries_data    (EdgeSignaling  *self);

const char         *edge_signaling_get_name        (EdgeSignaling  *self);
const char         *edge_signaling_get_url         (EdgeSignaling  *self);
EdgeSignalingState  edge_signaling_get_state       (EdgeSignaling  *self);
char               *edge_signaling_dup_detail      (EdgeSignaling  *self);
GStrv               edge_signaling_dup_ice_servers (EdgeSignaling  *self);

/* For implementations. */
void                edge_signaling_emit_peer_found (EdgeSignaling  *self,
                                                    const char     *peer_id);
void                edge_signaling_emit_peer_left  (EdgeSignaling  *self,
                                                    const char     *peer_id);
void                edge_signaling_emit_received   (EdgeSignaling  *self,
                                                    const char     *peer_id,
                                                    const char     *blob);

const char         *edge_signaling_state_to_string (EdgeSignalingState state);

#define EDGE_TYPE_SIGNALING_STATE (edge_signaling_state_get_type ())
GType               edge_signaling_state_get_type  (void) G_GNUC_CONST;

G_END_DECLS
