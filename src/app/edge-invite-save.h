/* edge-invite-save.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     edge_invite_save_async  (GtkWidget            *widget,
                                  const char           *link,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean edge_invite_save_finish (GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
