/* edge-keyring.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"

G_BEGIN_DECLS

/* Both unlock the keyring if it is locked, which may ask the person. */

void          edge_keyring_load_async  (const char           *profile,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
EdgeIdentity *edge_keyring_load_finish (GAsyncResult         *result,
                                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void          edge_keyring_save_async  (EdgeIdentity         *identity,
                                        const char           *profile,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean      edge_keyring_save_finish (GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
