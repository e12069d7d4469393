/* edge-base64.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_KEY_TEXT_LENGTH: Characters of 32 bytes (a key, id or hash) in base64url. */
#define EDGE_KEY_TEXT_LENGTH 43

char     *edge_base64url_encode       (const guint8 *data,
                                       gsize         size) G_GNUC_WARN_UNUSED_RESULT;
guint8   *edge_base64url_decode       (const char   *text,
                                       gssize        length,
                                       gsize        *size) G_GNUC_WARN_UNUSED_RESULT;
gboolean  edge_base64url_decode_fixed (const char   *text,
                                       gssize        length,
                                       guint8       *out,
                                       gsize         size);
gboolean  edge_base64url_is_key       (const char   *text);

G_END_DECLS
