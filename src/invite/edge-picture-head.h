/* edge-picture-head.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  EDGE_PICTURE_PNG,
  EDGE_PICTURE_JPEG,
  EDGE_PICTURE_WEBP,
} EdgePictureFormat;

/**
 * EdgePictureHead:
 * @format: the file's format
 * @width: pixels of a row
 * @height: rows
 * @may_be_clear: whether pixels can be transparent
 *
 * What the first bytes of a picture say, before a decoder sees them.
 */
typedef struct
{
  EdgePictureFormat format;
  guint             width;
  guint             height;
  gboolean          may_be_clear;
} EdgePictureHead;

gboolean edge_picture_head_read (EdgePictureHead *self,
                                 const guint8    *data,
                                 gsize            size);

G_END_DECLS
