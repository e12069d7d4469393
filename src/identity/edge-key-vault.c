/* edge-key-vault.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-key-vault.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

/* A vault, numbers big-endian:
 *
 *    0   8  "edge-key"
 *    8   1  version, 1
 *    9   1  key derivation, 1 = Argon2id v1.3 (RFC 9106), one lane
 *   10   4  passes
 *   14   4  memory in KiB
 *   18  16  salt
 *   34  24  nonce
 *   58  48  the seed, XChaCha20-Poly1305, with bytes 0…57 as associated data
 *  106   4  start of the SHA-256 of bytes 0…105, to tell damage from a wrong passphrase
 */
#define MAGIC          "edge-key"
#define MAGIC_SIZE     8
#define VERSION        1
#define KDF_ARGON2ID   1
#define AT_VERSION     8
#define AT_KDF         9
#define AT_PASSES      10
#define AT_MEMORY      14
#define AT_SALT        18
#define AT_NONCE       34
#define AT_BOX         58
#define AT_CHECKSUM    106
#define CHECKSUM_SIZE  4
#define BOX_SIZE       (EDGE_IDENTITY_SEED_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES)

#define PASSES         3
#define MEMORY_KIB     (256 * 1024)

/* What a file may ask of us, whoever wrote it. */
#define MAX_PASSES     8
#define MIN_MEMORY_KIB (8 * 1024)
#define MAX_MEMORY_KIB (512 * 1024)
#define MAX_PASSPHRASE 1024

G_STATIC_ASSERT (AT_BOX + BOX_SIZE == AT_CHECKSUM);
G_STATIC_ASSERT (AT_CHECKSUM + CHECKSUM_SIZE == EDGE_KEY_VAULT_SIZE);
G_STATIC_ASSERT (AT_SALT + crypto_pwhash_argon2id_SALTBYTES == AT_NONCE);
G_STATIC_ASSERT (AT_NONCE + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == AT_BOX);

static void
wipe_and_free (char *text)
{
  if (text == NULL)
    return;
  sodium_memzero (text, strlen (text));
  g_free (text);
}

typedef char SecretText;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SecretText, wipe_and_free)

static void
put_u32 (guint8  *at,
         guint32  value)
{
  value = GUINT32_TO_BE (value);
  memcpy (at, &value, sizeof value);
}

static guint32
get_u32 (const guint8 *at)
{
  guint32 value;

  memcpy (&value, at, sizeof value);
  return GUINT32_FROM_BE (value);
}

static void
checksum (const guint8 *vault,
          guint8       *out)
{
  guint8 digest[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (digest, vault, AT_CHECKSUM);
  memcpy (out, digest, CHECKSUM_SIZE);
}

/* The same characters typed on another keyboard or system must give the same
 * key, so the passphrase is taken in one normal form. */
static char *
normalize (const char  *passphrase,
           GError     **error)
{
  gsize length = strlen (passphrase);

  if (length == 0 || length > MAX_PASSPHRASE)
    {
      g_set_error_literal (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_PASSPHRASE,
                           length == 0 ? "The passphrase is empty" : "The passphrase is too long");
      return NULL;
    }

  if (!g_utf8_validate_len (passphrase, length, NULL))
    return g_strdup (passphrase);

  return g_utf8_normalize (passphrase, (gssize) length, G_NORMALIZE_ALL_COMPOSE);
}

static gboolean
derive (const guint8  *vault,
        const char    *passphrase,
        guint8        *key,
        GError       **error)
{
  if (crypto_pwhash (key, crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
                     passphrase, strlen (passphrase), vault + AT_SALT,
                     get_u32 (vault + AT_PASSES), (gsize) get_u32 (vault + AT_MEMORY) * 1024,
                     crypto_pwhash_ALG_ARGON2ID13) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
               "Not enough memory: encrypting the identity takes %u MiB for a moment",
               get_u32 (vault + AT_MEMORY) / 1024);
  return FALSE;
}

/**
 * edge_key_vault_seal:
 * @identity: an identity
 * @passphrase: what opens the vault again
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` or `G_IO_ERROR` domain
 *
 * Encrypts @identity under @passphrase: Argon2id and XChaCha20-Poly1305. Takes
 * about a second and 256 MiB; a program with a main loop calls
 * edge_key_vault_seal_async().
 *
 * Returns: (transfer full) (nullable): the vault, %EDGE_KEY_VAULT_SIZE bytes
 */
GBytes *
edge_key_vault_seal (EdgeIdentity  *identity,
                     const char    *passphrase,
                     GError       **error)
{
  g_autoptr(SecretText) normal = NULL;
  guint8 key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];
  guint8 vault[EDGE_KEY_VAULT_SIZE] = { 0 };

  g_return_val_if_fail (EDGE_IS_IDENTITY (identity), NULL);
  g_return_val_if_fail (passphrase != NULL, NULL);

  normal = normalize (passphrase, error);
  if (normal == NULL)
    return NULL;

  memcpy (vault, MAGIC, MAGIC_SIZE);
  vault[AT_VERSION] = VERSION;
  vault[AT_KDF] = KDF_ARGON2ID;
  put_u32 (vault + AT_PASSES, PASSES);
  put_u32 (vault + AT_MEMORY, MEMORY_KIB);
  randombytes_buf (vault + AT_SALT, AT_BOX - AT_SALT);

  if (!derive (vault, normal, key, error))
    return NULL;

  edge_identity_copy_seed (identity, seed);
  crypto_aead_xchacha20poly1305_ietf_encrypt (vault + AT_BOX, NULL, seed, sizeof seed,
                                              vault, AT_BOX, NULL, vault + AT_NONCE, key);
  sodium_memzero (seed, sizeof seed);
  sodium_memzero (key, sizeof key);
  checksum (vault, vault + AT_CHECKSUM);

  return g_bytes_new (vault, sizeof vault);
}

static gboolean
fail (GError            **error,
      EdgeIdentityError   code,
      const char         *message)
{
  g_set_error_literal (error, EDGE_IDENTITY_ERROR, (int) code, message);
  return FALSE;
}

static gboolean
check_shape (const guint8  *vault,
             gsize          size,
             GError       **error)
{
  guint8 sum[CHECKSUM_SIZE];

  if (size < MAGIC_SIZE || memcmp (vault, MAGIC, MAGIC_SIZE) != 0)
    return fail (error, EDGE_IDENTITY_ERROR_MALFORMED, "This is no backup of an identity");
  if (size > AT_VERSION && vault[AT_VERSION] > VERSION)
    return fail (error, EDGE_IDENTITY_ERROR_NEWER,
                 "This backup was made by a newer version of Edge-Net; update to open it");
  if (size != EDGE_KEY_VAULT_SIZE)
    return fail (error, EDGE_IDENTITY_ERROR_DAMAGED,
                 "This backup is damaged: it is cut off or too long");

  checksum (vault, sum);
  if (memcmp (sum, vault + AT_CHECKSUM, CHECKSUM_SIZE) != 0)
    return fail (error, EDGE_IDENTITY_ERROR_DAMAGED,
                 "This backup is damaged: its checksum does not fit");

  if (vault[AT_VERSION] != VERSION)
    return fail (error, EDGE_IDENTITY_ERROR_MALFORMED, "This backup has an unknown version");
  if (vault[AT_KDF] != KDF_ARGON2ID)
    return fail (error, EDGE_IDENTITY_ERROR_MALFORMED,
                 "This backup uses an unknown key derivation");
  if (get_u32 (vault + AT_PASSES) < 1 || get_u32 (vault + AT_PASSES) > MAX_PASSES ||
      get_u32 (vault + AT_MEMORY) < MIN_MEMORY_KIB || get_u32 (vault + AT_MEMORY) > MAX_MEMORY_KIB)
    return fail (error, EDGE_IDENTITY_ERROR_MALFORMED,
                 "This backup asks for more memory or time than any of ours does");

  return TRUE;
}

/**
 * edge_key_vault_check:
 * @vault: what was read, not trusted
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` domain
 *
 * Looks at a vault without its passphrase, so that nobody is asked for one that opens nothing.
 *
 * Returns: whether it is whole and one that this version can open
 */
gboolean
edge_key_vault_check (GBytes  *vault,
                      GError **error)
{
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (vault != NULL, FALSE);

  data = g_bytes_get_data (vault, &size);
  return check_shape (data, size, error);
}

/**
 * edge_key_vault_open:
 * @vault: what edge_key_vault_seal() made, not trusted
 * @passphrase: the passphrase
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` or `G_IO_ERROR` domain
 *
 * Opens a vault. What it may ask for is bounded at 512 MiB and eight passes. A
 * program with a main loop calls edge_key_vault_open_async().
 *
 * Returns: (transfer full) (nullable): the identity
 */
EdgeIdentity *
edge_key_vault_open (GBytes      *vault,
                     const char  *passphrase,
                     GError     **error)
{
  g_autoptr(SecretText) normal = NULL;
  EdgeIdentity *identity = NULL;
  guint8 key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (passphrase != NULL, NULL);

  data = g_bytes_get_data (vault, &size);
  if (!check_shape (data, size, error))
    return NULL;

  normal = normalize (passphrase, error);
  if (normal == NULL || !derive (data, normal, key, error))
    return NULL;

  if (crypto_aead_xchacha20poly1305_ietf_decrypt (seed, NULL, NULL, data + AT_BOX, BOX_SIZE,
                                                  data, AT_BOX, data + AT_NONCE, key) == 0)
    identity = edge_identity_new_from_seed (seed);
  else
    g_set_error_literal (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_PASSPHRASE,
                         "The passphrase is wrong");

  sodium_memzero (seed, sizeof seed);
  sodium_memzero (key, sizeof key);
  return identity;
}

/**
 * edge_key_vault_exists:
 * @path: (type filename): a path
 *
 * Returns: whether something stands at @path
 */
gboolean
edge_key_vault_exists (const char *path)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * edge_key_vault_save:
 * @identity: an identity
 * @path: (type filename): where to; a file there is replaced in one step
 * @passphrase: what opens it again
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` or `G_FILE_ERROR` domain
 *
 * Writes a vault to a file that only its owner can read.
 *
 * Returns: whether it is on the disk
 */
gboolean
edge_key_vault_save (EdgeIdentity  *identity,
                     const char    *path,
                     const char    *passphrase,
                     GError       **error)
{
  g_autoptr(GBytes) vault = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  vault = edge_key_vault_seal (identity, passphrase, error);
  if (vault == NULL)
    return FALSE;

  return g_file_set_contents_full (path, g_bytes_get_data (vault, NULL),
                                   (gssize) g_bytes_get_size (vault),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

static GBytes *
read_vault (const char  *path,
            GError     **error)
{
  guint8 data[EDGE_KEY_VAULT_SIZE + 1];
  gsize have = 0;
  gssize n = 0;
  int saved_errno;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0);

  if (fd < 0 && errno == ENOENT)
    {
      g_set_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NOT_FOUND,
                   "There is no file “%s”", path);
      return NULL;
    }

  while (fd >= 0 && have < sizeof data)
    {
      n = read (fd, data + have, sizeof data - have);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      have += (gsize) n;
    }

  saved_errno = errno;
  if (fd >= 0)
    close (fd);
  if (fd < 0 || n < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   "Can't read “%s”: %s", path, g_strerror (saved_errno));
      return NULL;
    }

  return g_bytes_new (data, have);
}

/**
 * edge_key_vault_load:
 * @path: (type filename): a file that edge_key_vault_save() wrote
 * @passphrase: its passphrase
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` or `G_IO_ERROR` domain
 *
 * Returns: (transfer full) (nullable): the identity in it
 */
EdgeIdentity *
edge_key_vault_load (const char  *path,
                     const char  *passphrase,
                     GError     **error)
{
  g_autoptr(GBytes) vault = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  vault = read_vault (path, error);
  return vault != NULL ? edge_key_vault_open (vault, passphrase, error) : NULL;
}
