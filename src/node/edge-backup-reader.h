/* edge-backup-reader.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void    edge_backup_reader_read_async  (GFile                *file,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
GBytes *edge_backup_reader_read_finish (GAsyncResult         *result,
                                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *edge_backup_reader_read_text   (const char           *text,
                                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;

char   *edge_backup_reader_words       (const GError         *error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
