/* edge-key-vault.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"

G_BEGIN_DECLS

GBytes       *edge_key_vault_seal   (EdgeIdentity  *identity,
                                     const char    *passphrase,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeIdentity *edge_key_vault_open   (GBytes        *vault,
                                     const char    *passphrase,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean      edge_key_vault_exists (const char    *path);
gboolean      edge_key_vault_save   (EdgeIdentity  *identity,
                                     const char    *path,
                                     const char    *passphrase,
                                     GError       **error);
EdgeIdentity *edge_key_vault_load   (const char    *path,
                                     const char    *passphrase,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
