/* edge-cli-identity.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/edge-cli-options.h"
#include "identity/edge-identity.h"

G_BEGIN_DECLS

/** EDGE_CLI_VAULT_FILE: The key under a passphrase, in the node's folder. */
#define EDGE_CLI_VAULT_FILE "identity.vault"
/** EDGE_CLI_MIN_PASSPHRASE: Characters of a new passphrase at least. */
#define EDGE_CLI_MIN_PASSPHRASE 8

void          edge_cli_identity_wipe_free       (char            *passphrase);
typedef char EdgeCliSecret;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeCliSecret, edge_cli_identity_wipe_free)

EdgeIdentity *edge_cli_identity_obtain          (EdgeCliOptions  *options,
                                                 GError         **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeIdentity *edge_cli_identity_find            (EdgeCliOptions  *options,
                                                 GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void          edge_cli_identity_note            (EdgeCliOptions  *options,
                                                 EdgeIdentity    *identity);
char         *edge_cli_identity_read_passphrase (EdgeCliOptions  *options,
                                                 const char      *prompt,
                                                 gboolean         is_new,
                                                 GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
