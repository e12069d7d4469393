/* edge-relay-frame.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_RELAY_FRAME_HEADER_SIZE: Bytes in front of a payload at most, mask included. */
#define EDGE_RELAY_FRAME_HEADER_SIZE 14

/**
 * EdgeRelayOpcode:
 *
 * What a WebSocket frame is (RFC 6455, section 5.2).
 */
typedef enum
{
  EDGE_RELAY_OPCODE_CONTINUATION = 0,
  EDGE_RELAY_OPCODE_TEXT = 1,
  EDGE_RELAY_OPCODE_BINARY = 2,
  EDGE_RELAY_OPCODE_CLOSE = 8,
  EDGE_RELAY_OPCODE_PING = 9,
  EDGE_RELAY_OPCODE_PONG = 10,
} EdgeRelayOpcode;

/**
 * EdgeRelayFrameResult:
 * @EDGE_RELAY_FRAME_PARTIAL: more bytes are needed
 * @EDGE_RELAY_FRAME_WHOLE: a frame is there
 * @EDGE_RELAY_FRAME_BROKEN: the client breaks the protocol
 * @EDGE_RELAY_FRAME_TOO_LARGE: the payload is larger than allowed
 */
typedef enum
{
  EDGE_RELAY_FRAME_PARTIAL,
  EDGE_RELAY_FRAME_WHOLE,
  EDGE_RELAY_FRAME_BROKEN,
  EDGE_RELAY_FRAME_TOO_LARGE,
} EdgeRelayFrameResult;

/**
 * EdgeRelayFrame:
 *
 * A client's frame; the payload lies unmasked in the buffer it was read from.
 */
typedef struct
{
  EdgeRelayOpcode  opcode;
  gboolean         fin;
  guint8          *payload;
  gsize            length;
} EdgeRelayFrame;

EdgeRelayFrameResult edge_relay_frame_decode        (guint8          *data,
                                                     gsize            size,
                                                     gsize            max_payload,
                                                     EdgeRelayFrame  *frame,
                                                     gsize           *consumed);
gsize                edge_relay_frame_encode_header (guint8          *header,
                                                     EdgeRelayOpcode  opcode,
                                                     gsize            length);

G_END_DECLS
