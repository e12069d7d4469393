/* edge-identity-store.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"

G_BEGIN_DECLS

void          edge_identity_obtain_async  (const char           *profile,
                                           const char           *key_file,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
EdgeIdentity *edge_identity_obtain_finish (GAsyncResult         *result,
                                           gboolean             *made,
                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void          edge_identity_find_async    (const char           *profile,
                                           const char           *key_file,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
EdgeIdentity *edge_identity_find_finish   (GAsyncResult         *result,
                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
