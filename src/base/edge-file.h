/* edge-file.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *edge_file_load (const char  *path,
                        GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
