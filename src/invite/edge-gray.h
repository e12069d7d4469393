/* edge-gray.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EdgeGray:
 * @width: pixels of a row
 * @height: rows
 * @pixels: one byte each, rows packed
 *
 * A grey picture.
 */
typedef struct
{
  guint   width;
  guint   height;
  guint8 *pixels;
} EdgeGray;

EdgeGray *edge_gray_new       (const guint8   *pixels,
                               guint           width,
                               guint           height,
                               gsize           stride) G_GNUC_WARN_UNUSED_RESULT;
void      edge_gray_free      (EdgeGray       *self);

EdgeGray *edge_gray_halve     (const EdgeGray *self) G_GNUC_WARN_UNUSED_RESULT;
EdgeGray *edge_gray_double    (const EdgeGray *self) G_GNUC_WARN_UNUSED_RESULT;
EdgeGray *edge_gray_threshold (const EdgeGray *self,
                               guint           window) G_GNUC_WARN_UNUSED_RESULT;
EdgeGray *edge_gray_sharpen   (const EdgeGray *self,
                               guint           window) G_GNUC_WARN_UNUSED_RESULT;
void      edge_gray_stretch   (EdgeGray       *self);
void      edge_gray_invert    (EdgeGray       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeGray, edge_gray_free)

G_END_DECLS
