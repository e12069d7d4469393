/* edge-qr-reader.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_TYPE_QR_READER  (edge_qr_reader_get_type ())
#define EDGE_QR_READER_ERROR (edge_qr_reader_error_quark ())

/**
 * EdgeQrReaderError:
 * @EDGE_QR_READER_ERROR_NO_CODE: no QR code was found in the picture
 * @EDGE_QR_READER_ERROR_NO_PICTURE: the file is no picture that can be read
 * @EDGE_QR_READER_ERROR_TOO_LARGE: the picture is too large
 * @EDGE_QR_READER_ERROR_NO_CAMERA: there is no camera, or it can't be used now
 * @EDGE_QR_READER_ERROR_UNAVAILABLE: a part of GStreamer is missing
 */
typedef enum
{
  EDGE_QR_READER_ERROR_NO_CODE,
  EDGE_QR_READER_ERROR_NO_PICTURE,
  EDGE_QR_READER_ERROR_TOO_LARGE,
  EDGE_QR_READER_ERROR_NO_CAMERA,
  EDGE_QR_READER_ERROR_UNAVAILABLE,
} EdgeQrReaderError;

G_DECLARE_FINAL_TYPE (EdgeQrReader, edge_qr_reader, EDGE, QR_READER, GObject)

/*
 * Signals, on the main context that made the reader:
 *
 *   found (text)                          a code stands before the camera; once for each text in a row
 *   frame (GBytes *pixels, width, height) a picture for the preview, R8G8B8A8, rows packed
 *   failed (GError *)                     the camera stopped; the reader is stopped
 */

GQuark        edge_qr_reader_error_quark     (void) G_GNUC_CONST;

EdgeQrReader *edge_qr_reader_new             (void) G_GNUC_WARN_UNUSED_RESULT;

gboolean      edge_qr_reader_get_running     (EdgeQrReader  *self);

gboolean      edge_qr_reader_start_camera    (EdgeQrReader  *self,
                                              GError       **error);
gboolean      edge_qr_reader_start_pipewire  (EdgeQrReader  *self,
                                              int            fd,
                                              GError       **error);
gboolean      edge_qr_reader_start_source    (EdgeQrReader  *self,
                                              const char    *description,
                                              GError       **error);
void          edge_qr_reader_stop            (EdgeQrReader  *self);

G_END_DECLS
