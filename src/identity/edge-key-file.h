/* edge-key-file.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"

G_BEGIN_DECLS

EdgeIdentity *edge_key_file_load         (const char  *path,
                                          GError     **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeIdentity *edge_key_file_load_or_make (const char  *path,
                                          GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      edge_key_file_save         (EdgeIdentity *identity,
                                          const char  *path,
                                          GError     **error);

G_END_DECLS
