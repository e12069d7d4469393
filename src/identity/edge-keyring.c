/* edge-keyring.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-keyring.h"

#include <libsecret/secret.h>
#include <sodium.h>
#include <string.h>

#include "base/edge-base64.h"

/* The seed stands in the person's keyring as 43 characters of base64url. The
 * item is found by its attributes alone, so that a keyring that does not keep
 * the schema's name (KeePassXC, the portal's file) serves as well. */

#define VERSION         1
#define DEFAULT_PROFILE "default"

static const SecretSchema schema =
{
  "org.edgenet.EdgeNet.Identity", SECRET_SCHEMA_DONT_MATCH_NAME,
  {
    { "version", SECRET_SCHEMA_ATTRIBUTE_INTEGER },
    { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

static GHashTable *
make_attributes (const char *profile)
{
  return secret_attributes_build (&schema,
                                  "version", VERSION,
                                  "profile", profile != NULL ? profile : DEFAULT_PROFILE,
                                  NULL);
}

static void
return_locked (GTask *task)
{
  g_task_return_new_error_literal (task, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_LOCKED,
                                   "The keyring is locked; unlock it and try again");
}

static void
return_secret_error (GTask  *task,
                     GError *error)
{
  g_autoptr(GError) taken = error;
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (g_task_return_error_if_cancelled (task))
    return;

  /* libsecret says "cancelled" also of a question that the person dismissed,
   * and "no such object" when no keyring was made although one was asked for. */
  if (g_error_matches (taken, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
      g_error_matches (taken, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT) ||
      (g_error_matches (taken, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
       !(cancellable != NULL && g_cancellable_is_cancelled (cancellable))))
    {
      return_locked (task);
      return;
    }

  g_debug ("Keyring: %s", taken->message);
  g_dbus_error_strip_remote_error (taken);
  g_task_return_new_error (task, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NO_KEYRING,
                           "No keyring service answers (%s)", taken->message);
}

static void
return_identity (GTask       *task,
                 SecretValue *value)
{
  EdgeIdentity *identity = NULL;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];
  const char *text;
  gsize length;

  text = secret_value_get (value, &length);
  if (edge_base64url_decode_fixed (text, (gssize) length, seed, sizeof seed))
    identity = edge_identity_new_from_seed (seed);
  sodium_memzero (seed, sizeof seed);

  if (identity != NULL)
    g_task_return_pointer (task, identity, g_object_unref);
  else
    g_task_return_new_error_literal (task, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_MALFORMED,
                                     "What the keyring holds as the identity is no key");
}

static void
retrieved_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(SecretValue) value = NULL;
  GError *error = NULL;

  value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  if (error != NULL)
    return_secret_error (task, error);
  else if (value == NULL)
    return_locked (task);
  else
    return_identity (task, value);
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autolist(SecretRetrievable) items = NULL;
  GError *error = NULL;

  items = secret_password_search_finish (result, &error);
  if (error != NULL)
    {
      return_secret_error (task, error);
      return;
    }

  if (items == NULL)
    {
      g_task_return_new_error_literal (task, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NOT_FOUND,
                                       "The keyring holds no identity yet");
      return;
    }

  /* The search goes on where the person did not unlock; never take that for
   * "no identity yet", or a second one would be made. */
  if (SECRET_IS_ITEM (items->data) && secret_item_get_locked (SECRET_ITEM (items->data)))
    {
      return_locked (task);
      return;
    }

  secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (items->data),
                                      g_task_get_cancellable (task),
                                      retrieved_cb, g_object_ref (task));
}

/**
 * edge_keyring_load_async:
 * @profile: (nullable): whose identity, where a person keeps several, or %NULL for the usual one
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Looks the identity up in the system keyring. A locked keyring is unlocked,
 * which may ask the person and so may take any time.
 */
void
edge_keyring_load_async (const char          *profile,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GHashTable) attributes = make_attributes (profile);

  g_task_set_source_tag (task, edge_keyring_load_async);
  secret_password_searchv (&schema, attributes, SECRET_SEARCH_UNLOCK, cancellable,
                           searched_cb, g_object_ref (task));
}

/**
 * edge_keyring_load_finish:
 * @result: what the callback was given
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` domain:
 *   %EDGE_IDENTITY_ERROR_NOT_FOUND when there is none yet,
 *   %EDGE_IDENTITY_ERROR_LOCKED when the person did not unlock,
 *   %EDGE_IDENTITY_ERROR_NO_KEYRING when no service answers
 *
 * Returns: (transfer full) (nullable): the identity
 */
EdgeIdentity *
edge_keyring_load_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, edge_keyring_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    return_secret_error (task, error);
  else
    return_locked (task);
}

static void
wipe_and_free (gpointer data)
{
  sodium_memzero (data, EDGE_KEY_TEXT_LENGTH);
  g_free (data);
}

/**
 * edge_keyring_save_async:
 * @identity: an identity
 * @profile: (nullable): whose, as for edge_keyring_load_async()
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Puts the identity into the default keyring, in the place of one that was
 * there. It crosses the session bus encrypted.
 */
void
edge_keyring_save_async (EdgeIdentity        *identity,
                         const char          *profile,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GHashTable) attributes = NULL;
  g_autoptr(SecretValue) value = NULL;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];
  char *text;

  g_return_if_fail (EDGE_IS_IDENTITY (identity));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_keyring_save_async);

  edge_identity_copy_seed (identity, seed);
  text = edge_base64url_encode (seed, sizeof seed);
  sodium_memzero (seed, sizeof seed);
  value = secret_value_new_full (text, EDGE_KEY_TEXT_LENGTH, "text/plain", wipe_and_free);

  attributes = make_attributes (profile);
  secret_password_storev_binary (&schema, attributes, SECRET_COLLECTION_DEFAULT,
                                 "Edge-Net identity", value, cancellable,
                                 stored_cb, g_object_ref (task));
}

/**
 * edge_keyring_save_finish:
 * @result: what the callback was given
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` domain
 *
 * Returns: whether the keyring holds it
 */
gboolean
edge_keyring_save_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, edge_keyring_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
