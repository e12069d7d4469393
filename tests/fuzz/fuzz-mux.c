/* fuzz-mux.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-mux-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

typedef struct
{
  gsize frames;
  gsize bytes;
} Taken;

static gboolean
transmit (EdgeChannel  channel,
          GBytes      *message,
          gpointer     user_data)
{
  g_assert_cmpuint (g_bytes_get_size (message), <=, EDGE_TRANSPORT_MAX_MESSAGE);
  return TRUE;
}

static void
frame (EdgeChannel  stream,
       GBytes      *bytes,
       gpointer     user_data)
{
  Taken *taken = user_data;

  g_assert_cmpuint (g_bytes_get_size (bytes), >, 0);
  g_assert_cmpuint (g_bytes_get_size (bytes), <=, EDGE_MUX_MAX_FRAME);
  taken->bytes += g_bytes_get_size (bytes);
}

static void
loose (GBytes   *bytes,
       gpointer  user_data)
{
  frame (EDGE_CHANNEL_CONTROL, bytes, user_data);
}

static const EdgeMuxFuncs funcs = { transmit, frame, loose };

/* Messages of a peer: two bytes of length and channel, then the message. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static const guint32 from_start[EDGE_N_CHANNELS];
  Taken taken = { 0 };
  g_autoptr(EdgeMux) mux = edge_mux_new (&funcs, &taken);
  g_autoptr(GBytes) own = g_bytes_new_static ("something of ours", 17);
  gboolean right = TRUE;
  size_t at = 0;

  edge_mux_resume (mux, EDGE_TRANSPORT_MAX_MESSAGE, from_start, NULL);
  for (guint i = 0; i < 8; i++)
    edge_mux_send (mux, i % EDGE_N_CHANNELS, own, NULL);
  edge_mux_flush (mux, 1);

  while (right && size - at > 2)
    {
      EdgeChannel channel = data[at] & 1;
      gsize length = MIN ((gsize) (data[at] >> 1) << 8 | data[at + 1], size - at - 2);
      g_autoptr(GBytes) message = g_bytes_new (data + at + 2, length);
      g_autoptr(GError) error = NULL;

      right = edge_mux_receive (mux, channel, message, 2 + (gint64) at, &error);
      g_assert_true (right == (error == NULL));
      at += 2 + length;
    }
  g_assert_cmpuint (taken.bytes, <=, size);
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      g_assert_cmpuint (mux->streams[i].assembly->len, <=, EDGE_MUX_MAX_FRAME);
      g_assert_cmpuint (mux->streams[i].under_way, <=, EDGE_MUX_MAX_WINDOW);
    }
  edge_mux_suspend (mux);
  edge_mux_reset (mux);
  return 0;
}
