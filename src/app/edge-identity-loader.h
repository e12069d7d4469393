/* edge-identity-loader.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_IDENTITY_LOADER (edge_identity_loader_get_type ())

G_DECLARE_FINAL_TYPE (EdgeIdentityLoader, edge_identity_loader, EDGE, IDENTITY_LOADER, GObject)

EdgeIdentityLoader *edge_identity_loader_new         (const char           *profile,
                                                      const char           *key_file,
                                                      const char           *vault_path,
                                                      GSettings            *settings) G_GNUC_WARN_UNUSED_RESULT;

void                edge_identity_loader_load_async  (EdgeIdentityLoader   *self,
                                                      GtkWidget            *parent,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
EdgeIdentity       *edge_identity_loader_load_finish (EdgeIdentityLoader   *self,
                                                      GAsyncResult         *result,
                                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void                edge_identity_loader_swap_async  (EdgeIdentityLoader   *self,
                                                      EdgeIdentity         *identity,
                                                      EdgeIdentity         *old,
                                                      const char           *passphrase,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean            edge_identity_loader_swap_finish (EdgeIdentityLoader   *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
char               *edge_identity_loader_dup_folder  (EdgeIdentityLoader   *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
