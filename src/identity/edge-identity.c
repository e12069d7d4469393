/* edge-identity.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-identity.h"

#include <sodium.h>

#include "base/edge-base64.h"

/**
 * EdgeIdentity:
 *
 * An Ed25519 key pair (RFC 8032). The node id is the public key in base64url.
 *
 * The secret key lies in memory that is locked, guarded and wiped when the
 * object goes (libsodium's secure allocation).
 */

struct _EdgeIdentity
{
  GObject  parent_instance;

  guint8  *secret_key;
  guint8   public_key[EDGE_IDENTITY_KEY_SIZE];
  char    *id;
  gboolean is_new;
};

typedef enum
{
  PROP_ID = 1,
} EdgeIdentityProperty;

static GParamSpec *properties[PROP_ID + 1];

G_DEFINE_FINAL_TYPE (EdgeIdentity, edge_identity, G_TYPE_OBJECT)

G_DEFINE_QUARK (edge-identity-error, edge_identity_error)

static void
edge_identity_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  EdgeIdentity *self = EDGE_IDENTITY (object);

  switch ((EdgeIdentityProperty) property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_identity_finalize (GObject *object)
{
  EdgeIdentity *self = EDGE_IDENTITY (object);

  g_clear_pointer (&self->secret_key, sodium_free);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (edge_identity_parent_class)->finalize (object);
}

static void
edge_identity_class_init (EdgeIdentityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = edge_identity_get_property;
  object_class->finalize = edge_identity_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  if (sodium_init () < 0)
    g_error ("libsodium can't start: no source of randomness");
}

static void
edge_identity_init (EdgeIdentity *self)
{
}

/**
 * edge_identity_new_from_seed:
 * @seed: (array fixed-size=32): the seed of RFC 8032; the caller wipes its copy
 *
 * Returns: (transfer full): the identity of that seed
 */
EdgeIdentity *
edge_identity_new_from_seed (const guint8 *seed)
{
  EdgeIdentity *self = g_object_new (EDGE_TYPE_IDENTITY, NULL);

  self->secret_key = sodium_malloc (crypto_sign_SECRETKEYBYTES);
  if (self->secret_key == NULL)
    g_error ("No memory for the identity's key");

  crypto_sign_seed_keypair (self->public_key, self->secret_key, seed);
  sodium_mprotect_readonly (self->secret_key);
  self->id = edge_base64url_encode (self->public_key, sizeof self->public_key);
  return self;
}

/**
 * edge_identity_generate:
 *
 * Returns: (transfer full): a new identity
 */
EdgeIdentity *
edge_identity_generate (void)
{
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];
  EdgeIdentity *self;

  g_type_ensure (EDGE_TYPE_IDENTITY);
  if (sodium_init () < 0)
    g_error ("libsodium can't start: no source of randomness");

  randombytes_buf (seed, sizeof seed);
  self = edge_identity_new_from_seed (seed);
  sodium_memzero (seed, sizeof seed);
  self->is_new = TRUE;
  return self;
}

/**
 * edge_identity_is_new:
 * @self: an identity
 *
 * A key that was read from somewhere may have signed before, here or elsewhere.
 *
 * Returns: whether this program made it, so that nothing was ever signed with it before
 */
gboolean
edge_identity_is_new (EdgeIdentity *self)
{
  g_return_val_if_fail (EDGE_IS_IDENTITY (self), FALSE);

  return self->is_new;
}

/**
 * edge_identity_get_id:
 * @self: an identity
 *
 * Returns: (transfer none): the public key in base64url, 43 characters
 */
const char *
edge_identity_get_id (EdgeIdentity *self)
{
  g_return_val_if_fail (EDGE_IS_IDENTITY (self), NULL);

  return self->id;
}

/**
 * edge_identity_get_public_key:
 * @self: an identity
 *
 * Returns: (transfer none) (array fixed-size=32): the public key
 */
const guint8 *
edge_identity_get_public_key (EdgeIdentity *self)
{
  g_return_val_if_fail (EDGE_IS_IDENTITY (self), NULL);

  return self->public_key;
}

/**
 * edge_identity_copy_seed:
 * @self: an identity
 * @seed: (out caller-allocates) (array fixed-size=32): room for the seed
 *
 * Copies the secret, to store it. The caller wipes @seed after use.
 */
void
edge_identity_copy_seed (EdgeIdentity *self,
                         guint8       *seed)
{
  g_return_if_fail (EDGE_IS_IDENTITY (self));

  crypto_sign_ed25519_sk_to_seed (seed, self->secret_key);
}

/**
 * edge_identity_sign:
 * @self: an identity
 * @data: (array length=size): what to sign
 * @size: its length
 * @signature: (out caller-allocates) (array fixed-size=64): the Ed25519 signature
 */
void
edge_identity_sign (EdgeIdentity *self,
                    const guint8 *data,
                    gsize         size,
                    guint8       *signature)
{
  g_return_if_fail (EDGE_IS_IDENTITY (self));

  crypto_sign_detached (signature, NULL, data, size, self->secret_key);
}

/**
 * edge_identity_verify:
 * @public_key: (array fixed-size=32): who is said to have signed
 * @data: (array length=size): what was signed
 * @size: its length
 * @signature: (array fixed-size=64): the signature
 *
 * Returns: whether libsodium accepts the signature
 */
gboolean
edge_identity_verify (const guint8 *public_key,
                      const guint8 *data,
                      gsize         size,
                      const guint8 *signature)
{
  return crypto_sign_verify_detached (signature, data, size, public_key) == 0;
}
