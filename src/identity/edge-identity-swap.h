/* edge-identity-swap.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"

G_BEGIN_DECLS

/**
 * EdgeIdentitySwap:
 *
 * One identity put in the place of another, where identities are kept: the
 * operator's key file, the file under a passphrase that the person chose, or
 * the keyring. The one that was there is sealed into a file first.
 */
typedef struct _EdgeIdentitySwap EdgeIdentitySwap;

EdgeIdentitySwap *edge_identity_swap_new         (EdgeIdentity         *identity,
                                                  const char           *passphrase) G_GNUC_WARN_UNUSED_RESULT;
void              edge_identity_swap_free        (EdgeIdentitySwap     *self);

void              edge_identity_swap_set_profile (EdgeIdentitySwap     *self,
                                                  const char           *profile);
void              edge_identity_swap_set_key_file (EdgeIdentitySwap    *self,
                                                  const char           *key_file);
void              edge_identity_swap_set_vault   (EdgeIdentitySwap     *self,
                                                  const char           *vault);
void              edge_identity_swap_set_old     (EdgeIdentitySwap     *self,
                                                  EdgeIdentity         *old,
                                                  const char           *folder);

void              edge_identity_swap_run_async   (EdgeIdentitySwap     *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean          edge_identity_swap_run_finish  (GAsyncResult         *result,
                                                  char                **kept,
                                                  GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeIdentitySwap, edge_identity_swap_free)

G_END_DECLS
