/* edge-relay-frame.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "relay/edge-relay-frame.h"

#include <string.h>

/* The WebSocket framing of the server's side (RFC 6455, section 5). libsoup's own
 * would queue without a bound for a client that does not read, and writes each
 * frame by itself; see edge-relay-socket.c. */

#define MAX_CONTROL_PAYLOAD 125

static void
unmask (guint8       *data,
        gsize         length,
        const guint8 *mask)
{
  guint64 wide;
  gsize i = 0;

  memcpy (&wide, mask, 4);
  memcpy ((guint8 *) &wide + 4, mask, 4);
  for (; i + 8 <= length; i += 8)
    {
      guint64 v;

      memcpy (&v, data + i, 8);
      v ^= wide;
      memcpy (data + i, &v, 8);
    }
  for (; i < length; i++)
    data[i] ^= mask[i & 3];
}

static gboolean
opcode_is_known (guint opcode)
{
  return opcode <= EDGE_RELAY_OPCODE_BINARY ||
         (opcode >= EDGE_RELAY_OPCODE_CLOSE && opcode <= EDGE_RELAY_OPCODE_PONG);
}

/**
 * edge_relay_frame_decode:
 * @data: what a client sent; the payload is unmasked in place
 * @size: how many bytes
 * @max_payload: bytes of payload allowed
 * @frame: (out caller-allocates): the frame, when it is whole
 * @consumed: (out): how many bytes it took, when it is whole
 *
 * The length is judged as soon as it is there, so a frame that is too large is
 * refused before it is received.
 *
 * Returns: what @data begins with
 */
EdgeRelayFrameResult
edge_relay_frame_decode (guint8         *data,
                         gsize           size,
                         gsize           max_payload,
                         EdgeRelayFrame *frame,
                         gsize          *consumed)
{
  guint64 length;
  gsize at = 2;

  if (size < 2)
    return EDGE_RELAY_FRAME_PARTIAL;

  /* No extension is agreed on, so the reserved bits are 0; a client masks. */
  if ((data[0] & 0x70) != 0 || (data[1] & 0x80) == 0 || !opcode_is_known (data[0] & 15))
    return EDGE_RELAY_FRAME_BROKEN;

  frame->fin = (data[0] & 0x80) != 0;
  frame->opcode = data[0] & 15;

  length = data[1] & 0x7f;
  if (frame->opcode >= EDGE_RELAY_OPCODE_CLOSE && (!frame->fin || length > MAX_CONTROL_PAYLOAD))
    return EDGE_RELAY_FRAME_BROKEN;

  if (length >= 126)
    {
      guint n = length == 126 ? 2 : 8;

      if (size < 2 + n)
        return EDGE_RELAY_FRAME_PARTIAL;
      length = 0;
      for (guint i = 0; i < n; i++)
        length = length << 8 | data[at++];
      if (length < (n == 2 ? 126u : 65536u))
        return EDGE_RELAY_FRAME_BROKEN;
    }

  if (length > max_payload)
    return EDGE_RELAY_FRAME_TOO_LARGE;
  if (size < at + 4 + length)
    return EDGE_RELAY_FRAME_PARTIAL;

  unmask (data + at + 4, length, data + at);
  frame->payload = data + at + 4;
  frame->length = length;
  *consumed = at + 4 + length;
  return EDGE_RELAY_FRAME_WHOLE;
}

/**
 * edge_relay_frame_encode_header:
 * @header: (out caller-allocates): room for %EDGE_RELAY_FRAME_HEADER_SIZE bytes
 * @opcode: what the frame is
 * @length: bytes of its payload
 *
 * Writes the header of an unmasked frame in one piece.
 *
 * Returns: bytes written
 */
gsize
edge_relay_frame_encode_header (guint8          *header,
                                EdgeRelayOpcode  opcode,
                                gsize            length)
{
  guint n = length < 126 ? 0 : length < 65536 ? 2 : 8;

  header[0] = 0x80 | opcode;
  header[1] = n == 0 ? length : n == 2 ? 126 : 127;
  for (guint i = 0; i < n; i++)
    header[2 + i] = (guint64) length >> 8 * (n - 1 - i) & 255;

  return 2 + n;
}
