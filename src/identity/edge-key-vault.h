/* edge-key-vault.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"

G_BEGIN_DECLS

/** EDGE_KEY_VAULT_SIZE: Bytes of a vault of version 1. */
#define EDGE_KEY_VAULT_SIZE 110

/* Sealing and opening take about a second and 256 MiB by design (Argon2id):
 * the plain calls are for programs without a main loop and for worker threads. */

GBytes       *edge_key_vault_seal         (EdgeIdentity         *identity,
                                           const char           *passphrase,
                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void          edge_key_vault_seal_async   (EdgeIdentity         *identity,
                                           const char           *passphrase,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GBytes       *edge_key_vault_seal_finish  (GAsyncResult         *result,
                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;

EdgeIdentity *edge_key_vault_open         (GBytes               *vault,
                                           const char           *passphrase,
                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void          edge_key_vault_open_async   (GBytes               *vault,
                                           const char           *passphrase,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
EdgeIdentity *edge_key_vault_open_finish  (GAsyncResult         *result,
                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean      edge_key_vault_check        (GBytes               *vault,
                                           GError              **error);
gboolean      edge_key_vault_exists       (const char           *path);

gboolean      edge_key_vault_save         (EdgeIdentity         *identity,
                                           const char           *path,
                                           const char           *passphrase,
                                           GError              **error);
void          edge_key_vault_save_async   (EdgeIdentity         *identity,
                                           const char           *path,
                                           const char           *passphrase,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean      edge_key_vault_save_finish  (GAsyncResult         *result,
                                           GError              **error);

EdgeIdentity *edge_key_vault_load         (const char           *path,
                                           const char           *passphrase,
                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void          edge_key_vault_load_async   (const char           *path,
                                           const char           *passphrase,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
EdgeIdentity *edge_key_vault_load_finish  (GAsyncResult         *result,
                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
