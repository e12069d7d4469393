/* edge-key-text.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** EDGE_KEY_TEXT_PREFIX: How a backup begins as a text, on paper and in a QR code. */
#define EDGE_KEY_TEXT_PREFIX "edge-net:k/"

gboolean  edge_key_text_is_one (const char  *text);
char     *edge_key_text_write  (GBytes      *vault) G_GNUC_WARN_UNUSED_RESULT;
GBytes   *edge_key_text_read   (const char  *text,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
