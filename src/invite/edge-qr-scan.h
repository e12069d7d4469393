/* edge-qr-scan.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_QR_MAX_SIDE: Pixels of a picture's side at most. */
#define EDGE_QR_MAX_SIDE 8192
/** EDGE_QR_MAX_PIXELS: Pixels of a picture at most. */
#define EDGE_QR_MAX_PIXELS (48 * 1024 * 1024)

/**
 * EdgeQrEffort:
 * @EDGE_QR_EFFORT_FRAME: one of the ways, another at each frame of a camera
 * @EDGE_QR_EFFORT_PICTURE: all ways one after the other
 */
typedef enum
{
  EDGE_QR_EFFORT_FRAME,
  EDGE_QR_EFFORT_PICTURE,
} EdgeQrEffort;

char *edge_qr_scan (const guint8 *pixels,
                    guint         width,
                    guint         height,
                    gsize         stride,
                    EdgeQrEffort  effort,
                    guint         turn) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
