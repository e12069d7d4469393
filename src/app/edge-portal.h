/* edge-portal.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void      edge_portal_find_async       (const char           *interface,
                                        const char           *property,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
GVariant *edge_portal_find_finish      (GAsyncResult         *result,
                                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void      edge_portal_open_camera_async (GtkWidget           *widget,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
int       edge_portal_open_camera_finish (GAsyncResult       *result,
                                        GError              **error);

void      edge_portal_send_mail_async  (GtkWidget            *widget,
                                        const char           *subject,
                                        const char           *body,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean  edge_portal_send_mail_finish (GAsyncResult         *result,
                                        GError              **error);

void      edge_portal_request_background_async (GtkWidget    *widget,
                                        const char           *reason,
                                        gboolean              at_login,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean  edge_portal_request_background_finish (GAsyncResult *result,
                                        GError              **error);

void      edge_portal_set_status_async (const char           *status,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean  edge_portal_set_status_finish (GAsyncResult        *result,
                                        GError              **error);

G_END_DECLS
