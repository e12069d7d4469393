/* edge-identity.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_TYPE_IDENTITY  (edge_identity_get_type ())
#define EDGE_IDENTITY_ERROR (edge_identity_error_quark ())

#define EDGE_IDENTITY_SEED_SIZE      32
#define EDGE_IDENTITY_KEY_SIZE       32
#define EDGE_IDENTITY_SIGNATURE_SIZE 64

/**
 * EdgeIdentityError:
 * @EDGE_IDENTITY_ERROR_MALFORMED: what was read is no key of ours
 * @EDGE_IDENTITY_ERROR_PASSPHRASE: the passphrase is wrong
 * @EDGE_IDENTITY_ERROR_LOCKED: the keyring is locked and the person did not unlock it
 * @EDGE_IDENTITY_ERROR_NO_KEYRING: no keyring service answers
 * @EDGE_IDENTITY_ERROR_NOT_FOUND: there is no key yet
 * @EDGE_IDENTITY_ERROR_UNSAFE: the key file can be read by others
 * @EDGE_IDENTITY_ERROR_DAMAGED: a backup that was cut off or changed
 * @EDGE_IDENTITY_ERROR_NEWER: a backup that a newer version made
 */
typedef enum
{
  EDGE_IDENTITY_ERROR_MALFORMED,
  EDGE_IDENTITY_ERROR_PASSPHRASE,
  EDGE_IDENTITY_ERROR_LOCKED,
  EDGE_IDENTITY_ERROR_NO_KEYRING,
  EDGE_IDENTITY_ERROR_NOT_FOUND,
  EDGE_IDENTITY_ERROR_UNSAFE,
  EDGE_IDENTITY_ERROR_DAMAGED,
  EDGE_IDENTITY_ERROR_NEWER,
} EdgeIdentityError;

G_DECLARE_FINAL_TYPE (EdgeIdentity, edge_identity, EDGE, IDENTITY, GObject)

GQuark        edge_identity_error_quark    (void) G_GNUC_CONST;

EdgeIdentity *edge_identity_generate       (void) G_GNUC_WARN_UNUSED_RESULT;
EdgeIdentity *edge_identity_new_from_seed  (const guint8  *seed) G_GNUC_WARN_UNUSED_RESULT;
gboolean      edge_identity_is_new         (EdgeIdentity  *self);

const char   *edge_identity_get_id         (EdgeIdentity  *self);
const guint8 *edge_identity_get_public_key (EdgeIdentity  *self);
void          edge_identity_copy_seed      (EdgeIdentity  *self,
                                            guint8        *seed);

void          edge_identity_sign           (EdgeIdentity  *self,
                                            const guint8  *data,
                                            gsize          size,
                                            guint8        *signature);
gboolean      edge_identity_verify         (const guint8  *public_key,
                                            const guint8  *data,
                                            gsize          size,
                                            const guint8  *signature);

G_END_DECLS
