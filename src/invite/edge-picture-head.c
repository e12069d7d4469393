/* edge-picture-head.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-picture-head.h"

#include <string.h>

static guint
be16 (const guint8 *at)
{
  return (guint) at[0] << 8 | at[1];
}

static guint
be32 (const guint8 *at)
{
  return be16 (at) << 16 | be16 (at + 2);
}

static guint
le16 (const guint8 *at)
{
  return (guint) at[1] << 8 | at[0];
}

static guint
le24 (const guint8 *at)
{
  return (guint) at[2] << 16 | le16 (at);
}

/* PNG (ISO/IEC 15948): the signature, then IHDR. A palette may have clear entries. */
static gboolean
read_png (EdgePictureHead *self,
          const guint8    *data,
          gsize            size)
{
  static const guint8 start[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R' };

  if (size < 29 || memcmp (data, start, sizeof start) != 0)
    return FALSE;

  self->format = EDGE_PICTURE_PNG;
  self->width = be32 (data + 16);
  self->height = be32 (data + 20);
  self->may_be_clear = data[25] != 0 && data[25] != 2;
  return TRUE;
}

/* JPEG (ITU-T T.81, annex B): markers up to the frame header. */
static gboolean
read_jpeg (EdgePictureHead *self,
           const guint8    *data,
           gsize            size)
{
  gsize at = 2;

  if (size < 4 || data[0] != 0xff || data[1] != 0xd8)
    return FALSE;

  while (at + 4 <= size && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];
      gboolean is_frame = marker >= 0xc0 && marker <= 0xcf &&
                          marker != 0xc4 && marker != 0xc8 && marker != 0xcc;

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (is_frame)
        {
          if (at + 9 > size)
            return FALSE;
          self->format = EDGE_PICTURE_JPEG;
          self->height = be16 (data + at + 5);
          self->width = be16 (data + at + 7);
          self->may_be_clear = FALSE;
          return TRUE;
        }
      if (marker == 0xda || marker == 0xd9 || be16 (data + at + 2) < 2)
        return FALSE;
      at += 2 + be16 (data + at + 2);
    }
  return FALSE;
}

/* WebP (RFC 9649): RIFF with one of three first chunks. */
static gboolean
read_webp (EdgePictureHead *self,
           const guint8    *data,
           gsize            size)
{
  const guint8 *chunk = data + 12;

  if (size < 30 || memcmp (data, "RIFF", 4) != 0 || memcmp (data + 8, "WEBP", 4) != 0)
    return FALSE;

  self->format = EDGE_PICTURE_WEBP;
  self->may_be_clear = TRUE;
  if (memcmp (chunk, "VP8X", 4) == 0)
    {
      self->width = le24 (chunk + 12) + 1;
      self->height = le24 (chunk + 15) + 1;
      return TRUE;
    }
  if (memcmp (chunk, "VP8L", 4) == 0 && chunk[8] == 0x2f)
    {
      self->width = (le16 (chunk + 9) & 0x3fff) + 1;
      self->height = (le24 (chunk + 10) >> 6 & 0x3fff) + 1;
      return TRUE;
    }
  if (memcmp (chunk, "VP8 ", 4) == 0)
    {
      self->width = le16 (chunk + 14) & 0x3fff;
      self->height = le16 (chunk + 16) & 0x3fff;
      self->may_be_clear = FALSE;
      return TRUE;
    }
  return FALSE;
}

/**
 * edge_picture_head_read:
 * @self: what is filled in
 * @data: (array length=size): the start of a file, not trusted
 * @size: its length
 *
 * Returns: whether it is a PNG, JPEG or WebP picture that says its size
 */
gboolean
edge_picture_head_read (EdgePictureHead *self,
                        const guint8    *data,
                        gsize            size)
{
  memset (self, 0, sizeof *self);
  return (read_png (self, data, size) || read_jpeg (self, data, size) || read_webp (self, data, size)) &&
         self->width > 0 && self->height > 0;
}
