/* edge-qr-picture.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "invite/edge-qr-reader.h"

G_BEGIN_DECLS

/** EDGE_QR_PICTURE_MAX_BYTES: Bytes of a picture file at most. */
#define EDGE_QR_PICTURE_MAX_BYTES (32 * 1024 * 1024)

void  edge_qr_picture_read_async  (GFile                *file,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
char *edge_qr_picture_read_finish (GAsyncResult         *result,
                                   GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void  edge_qr_picture_scan_async  (GBytes               *picture,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
char *edge_qr_picture_scan_finish (GAsyncResult         *result,
                                   GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
