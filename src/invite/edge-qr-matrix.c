/* edge-qr-matrix.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-qr-matrix.h"

#include <qrencode.h>

/**
 * EdgeQrMatrix:
 *
 * The modules of a QR code (ISO/IEC 18004), without the quiet zone around it.
 * Whoever draws it leaves %EDGE_QR_QUIET_ZONE light modules on each side, and
 * draws dark on light also where the rest of the window is dark: not every
 * reader takes an inverted code.
 */
struct _EdgeQrMatrix
{
  QRcode          *code;
  QRecLevel        level;
  gatomicrefcount  refs;
};

G_DEFINE_BOXED_TYPE (EdgeQrMatrix, edge_qr_matrix, edge_qr_matrix_ref, edge_qr_matrix_unref)

G_DEFINE_QUARK (edge-qr-matrix-error, edge_qr_matrix_error)

/**
 * edge_qr_matrix_new:
 * @text: what the code says
 * @error: return location for an error in the `EDGE_QR_MATRIX_ERROR` domain
 *
 * Makes the smallest code that holds @text, and then takes the strongest error
 * correction that the same size has room for: larger modules are read from
 * farther away than stronger correction makes up for.
 *
 * Returns: (transfer full) (nullable): the code
 */
EdgeQrMatrix *
edge_qr_matrix_new (const char  *text,
                    GError     **error)
{
  EdgeQrMatrix *self;
  QRcode *code;
  QRecLevel level = QR_ECLEVEL_L;

  g_return_val_if_fail (text != NULL, NULL);

  code = QRcode_encodeString8bit (text, 0, level);
  if (code == NULL)
    {
      g_set_error_literal (error, EDGE_QR_MATRIX_ERROR, EDGE_QR_MATRIX_ERROR_TOO_LONG,
                           *text == '\0' ? "A QR code can't be empty"
                                         : "This is too long for a QR code; send it as a link");
      return NULL;
    }

  while (level < QR_ECLEVEL_H)
    {
      QRcode *stronger = QRcode_encodeString8bit (text, code->version, level + 1);

      if (stronger == NULL || stronger->version > code->version)
        {
          g_clear_pointer (&stronger, QRcode_free);
          break;
        }
      QRcode_free (code);
      code = stronger;
      level++;
    }

  self = g_new0 (EdgeQrMatrix, 1);
  g_atomic_ref_count_init (&self->refs);
  self->code = code;
  self->level = level;
  return self;
}

/**
 * edge_qr_matrix_ref:
 * @self: a code
 *
 * Returns: (transfer full): @self
 */
EdgeQrMatrix *
edge_qr_matrix_ref (EdgeQrMatrix *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * edge_qr_matrix_unref:
 * @self: (transfer full): a code
 *
 * Gives a reference back.
 */
void
edge_qr_matrix_unref (EdgeQrMatrix *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  QRcode_free (self->code);
  g_free (self);
}

/**
 * edge_qr_matrix_get_size:
 * @self: a code
 *
 * Returns: modules on a side, 21 to 177
 */
guint
edge_qr_matrix_get_size (EdgeQrMatrix *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint) self->code->width;
}

/**
 * edge_qr_matrix_get_version:
 * @self: a code
 *
 * Returns: the version, 1 to 40
 */
guint
edge_qr_matrix_get_version (EdgeQrMatrix *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint) self->code->version;
}

/**
 * edge_qr_matrix_get_level:
 * @self: a code
 *
 * Returns: the level of error correction, one of "LMQH"
 */
char
edge_qr_matrix_get_level (EdgeQrMatrix *self)
{
  g_return_val_if_fail (self != NULL, 'L');

  return "LMQH"[self->level];
}

/**
 * edge_qr_matrix_is_dark:
 * @self: a code
 * @x: column, from 0 at the left
 * @y: row, from 0 at the top
 *
 * Returns: whether that module is dark; outside of the code none is
 */
gboolean
edge_qr_matrix_is_dark (EdgeQrMatrix *self,
                        int           x,
                        int           y)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (x < 0 || y < 0 || x >= self->code->width || y >= self->code->width)
    return FALSE;
  return (self->code->data[y * self->code->width + x] & 1) != 0;
}
