/* edge-state-dir.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EdgeStateDir EdgeStateDir;

EdgeStateDir *edge_state_dir_open        (const char    *path,
                                          GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void          edge_state_dir_close       (EdgeStateDir  *self);
const char   *edge_state_dir_get_address (EdgeStateDir  *self);
void          edge_state_dir_clear_bus   (EdgeStateDir  *self);

char         *edge_state_dir_dup_default (void) G_GNUC_WARN_UNUSED_RESULT;
char         *edge_state_dir_dup_place   (const char    *path) G_GNUC_WARN_UNUSED_RESULT;
char         *edge_state_dir_dup_address (const char    *path,
                                          int           *dir_fd) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeStateDir, edge_state_dir_close)

G_END_DECLS
