/* edge-qr-matrix.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_TYPE_QR_MATRIX  (edge_qr_matrix_get_type ())
#define EDGE_QR_MATRIX_ERROR (edge_qr_matrix_error_quark ())

/** EDGE_QR_QUIET_ZONE: Light modules around a code (ISO/IEC 18004). */
#define EDGE_QR_QUIET_ZONE 4

/**
 * EdgeQrMatrixError:
 * @EDGE_QR_MATRIX_ERROR_TOO_LONG: more than a QR code can hold
 */
typedef enum
{
  EDGE_QR_MATRIX_ERROR_TOO_LONG,
} EdgeQrMatrixError;

typedef struct _EdgeQrMatrix EdgeQrMatrix;

GType         edge_qr_matrix_get_type    (void) G_GNUC_CONST;
GQuark        edge_qr_matrix_error_quark (void) G_GNUC_CONST;

EdgeQrMatrix *edge_qr_matrix_new         (const char    *text,
                                          GError       **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeQrMatrix *edge_qr_matrix_ref         (EdgeQrMatrix  *self);
void          edge_qr_matrix_unref       (EdgeQrMatrix  *self);

guint         edge_qr_matrix_get_size    (EdgeQrMatrix  *self);
guint         edge_qr_matrix_get_version (EdgeQrMatrix  *self);
char          edge_qr_matrix_get_level   (EdgeQrMatrix  *self);
gboolean      edge_qr_matrix_is_dark     (EdgeQrMatrix  *self,
                                          int            x,
                                          int            y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeQrMatrix, edge_qr_matrix_unref)

G_END_DECLS
