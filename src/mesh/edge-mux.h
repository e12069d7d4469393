/* edge-mux.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "mesh/edge-transport.h"

G_BEGIN_DECLS

#define EDGE_TYPE_MUX  (edge_mux_get_type ())
#define EDGE_MUX_ERROR (edge_mux_error_quark ())

/** EDGE_MUX_MAX_FRAME: Bytes of a frame at most. */
#define EDGE_MUX_MAX_FRAME   65536
/** EDGE_MUX_HEADER_SIZE: Bytes before the payload of each record. */
#define EDGE_MUX_HEADER_SIZE 10
/** EDGE_MUX_MAX_PAYLOAD: Bytes of a record's payload at most; four records fill a message. */
#define EDGE_MUX_MAX_PAYLOAD 4080
/** EDGE_MUX_MAX_QUEUE: Bytes that may wait to be sent on one stream. */
#define EDGE_MUX_MAX_QUEUE   (4 * 1024 * 1024)

#define EDGE_MUX_MIN_WINDOW  (128 * 1024)
#define EDGE_MUX_MAX_WINDOW  (768 * 1024)
/** EDGE_MUX_ACK_BYTES: A receiver acknowledges at the latest after so many bytes. */
#define EDGE_MUX_ACK_BYTES   (32 * 1024)

/**
 * EdgeMuxError:
 * @EDGE_MUX_ERROR_MALFORMED: the bytes are no records
 * @EDGE_MUX_ERROR_SEQUENCE: a record is missing, which a reliable channel excludes
 * @EDGE_MUX_ERROR_TOO_LARGE: a frame is over its limit, or a window was overrun
 * @EDGE_MUX_ERROR_BUSY: too much waits to be sent
 */
typedef enum
{
  EDGE_MUX_ERROR_MALFORMED,
  EDGE_MUX_ERROR_SEQUENCE,
  EDGE_MUX_ERROR_TOO_LARGE,
  EDGE_MUX_ERROR_BUSY,
} EdgeMuxError;

/**
 * EdgeMuxFuncs:
 * @transmit: passes one message to the transport; %FALSE when it can't take it now
 * @frame: takes one whole frame of a stream
 * @loose: takes one frame outside the streams
 */
typedef struct
{
  gboolean (*transmit) (EdgeChannel channel, GBytes *message, gpointer user_data);
  void     (*frame)    (EdgeChannel stream, GBytes *frame, gpointer user_data);
  void     (*loose)    (GBytes *frame, gpointer user_data);
} EdgeMuxFuncs;

G_DECLARE_FINAL_TYPE (EdgeMux, edge_mux, EDGE, MUX, GObject)

GQuark    edge_mux_error_quark    (void) G_GNUC_CONST;

EdgeMux  *edge_mux_new            (const EdgeMuxFuncs *funcs,
                                   gpointer            user_data) G_GNUC_WARN_UNUSED_RESULT;

gboolean  edge_mux_send           (EdgeMux            *self,
                                   EdgeChannel         stream,
                                   GBytes             *frame,
                                   GError            **error);
gboolean  edge_mux_flush          (EdgeMux            *self,
                                   gint64              now);
void      edge_mux_acknowledge    (EdgeMux            *self);
void      edge_mux_hold           (EdgeMux            *self,
                                   EdgeChannel         stream,
                                   gboolean            held);

gboolean  edge_mux_receive        (EdgeMux            *self,
                                   EdgeChannel         channel,
                                   GBytes             *message,
                                   gint64              now,
                                   GError            **error);

void      edge_mux_suspend        (EdgeMux            *self);
gboolean  edge_mux_resume         (EdgeMux            *self,
                                   gsize               max_message,
                                   const guint32      *received,
                                   GError            **error);
void      edge_mux_reset          (EdgeMux            *self);

guint32   edge_mux_get_received   (EdgeMux            *self,
                                   EdgeChannel         stream);
gsize     edge_mux_get_waiting    (EdgeMux            *self,
                                   EdgeChannel         stream);
gsize     edge_mux_get_window     (EdgeMux            *self,
                                   EdgeChannel         stream);

GBytes   *edge_mux_wrap_loose     (GBytes             *frame) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
