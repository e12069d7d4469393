/* fuzz-link-frames.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-link-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

#define PEER "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"

/* A transport that takes all and gives nothing. */
#define SINK_TYPE (sink_get_type ())
G_DECLARE_FINAL_TYPE (Sink, sink, EDGE, SINK, GObject)

struct _Sink
{
  GObject parent_instance;
};

static gboolean
sink_send (EdgeTransport *transport,
           EdgeChannel    channel,
           GBytes        *message)
{
  return TRUE;
}

static void
sink_close (EdgeTransport *transport,
            gboolean       gracefully)
{
}

static void
sink_iface_init (EdgeTransportInterface *iface)
{
  iface->send = sink_send;
  iface->close = sink_close;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (Sink, sink, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EDGE_TYPE_TRANSPORT, sink_iface_init))

static void
sink_class_init (SinkClass *klass)
{
}

static void
sink_init (Sink *self)
{
}

/* Frames of a verified peer on an open link: one byte says of what sort, two
 * the length. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static EdgeIdentity *identity;
  static EdgeRoom *room;
  static EdgeSwitchboard *switchboard;
  static const guint8 secret[EDGE_ROOM_SECRET_SIZE];
  g_autoptr(EdgePeer) peer = edge_peer_new (PEER);
  g_autoptr(Sink) sink = g_object_new (SINK_TYPE, NULL);
  g_autoptr(EdgeLink) link = NULL;
  guint faults = 0;

  if (switchboard == NULL)
    {
      identity = edge_identity_generate ();
      room = edge_room_new (PEER, secret);
      switchboard = edge_switchboard_new (identity, room);
    }
  link = edge_link_new (peer, switchboard);
  link->live = edge_lane_new (EDGE_TRANSPORT (sink), identity, PEER);
  /* What a peer can make us begin is real, and another test's. */
  edge_token_bucket_init (&link->tries, 0, 0, 0);

  for (size_t at = 0; size - at > 3;)
    {
      gsize length = MIN ((gsize) data[at + 1] << 8 | data[at + 2], size - at - 3);
      g_autoptr(GBytes) bytes = g_bytes_new (data + at + 3, length);
      gint64 before = link->faulted_at[EDGE_LINK_FAULTS - 2];

      if (data[at] % 4 == 0)
        _edge_link_mux_funcs.loose (bytes, link);
      else if (data[at] % 4 == 3)
        _edge_link_take_spare (link, EDGE_CHANNEL_CONTROL, bytes);
      else
        _edge_link_mux_funcs.frame (data[at] % 4 == 1 ? EDGE_CHANNEL_CONTROL : EDGE_CHANNEL_BULK, bytes, link);
      faults += link->faulted_at[EDGE_LINK_FAULTS - 2] != before;
      at += 3 + length;
    }
  g_assert_cmpuint (faults, <=, EDGE_LINK_FAULTS);
  return 0;
}
