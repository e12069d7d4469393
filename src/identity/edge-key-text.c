/* edge-key-text.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-key-text.h"

#include <string.h>

#include "base/edge-base64.h"
#include "identity/edge-key-vault.h"

/* A backup, with what was pasted around it, at most. */
#define MAX_TEXT 4096
/* With what a vault begins, of whatever version. */
#define START    "edge-key"

static const char *
find_prefix (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_strncasecmp (p, EDGE_KEY_TEXT_PREFIX, strlen (EDGE_KEY_TEXT_PREFIX)) == 0)
      return p + strlen (EDGE_KEY_TEXT_PREFIX);

  return NULL;
}

/**
 * edge_key_text_is_one:
 * @text: what was scanned, pasted or read from a file
 *
 * Returns: whether it says that it is a backup of an identity, good or not
 */
gboolean
edge_key_text_is_one (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return find_prefix (text) != NULL;
}

/**
 * edge_key_text_write:
 * @vault: what edge_key_vault_seal() made
 *
 * Returns: (transfer full): the same as a text for paper and QR codes
 */
char *
edge_key_text_write (GBytes *vault)
{
  g_autofree char *body = NULL;

  g_return_val_if_fail (vault != NULL, NULL);

  body = edge_base64url_encode (g_bytes_get_data (vault, NULL), g_bytes_get_size (vault));
  return g_strconcat (EDGE_KEY_TEXT_PREFIX, body, NULL);
}

/**
 * edge_key_text_read:
 * @text: what was scanned or pasted, not trusted; blanks and line breaks in it count for nothing
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` domain
 *
 * Reads a backup from a text. Whether it is whole shows when it is opened.
 *
 * Returns: (transfer full) (nullable): the vault in it
 */
GBytes *
edge_key_text_read (const char  *text,
                    GError     **error)
{
  g_autoptr(GString) body = NULL;
  const char *start;
  guint8 *vault;
  gsize size;

  g_return_val_if_fail (text != NULL, NULL);

  start = strnlen (text, MAX_TEXT + 1) <= MAX_TEXT ? find_prefix (text) : NULL;
  if (start == NULL)
    {
      g_set_error_literal (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_MALFORMED,
                           "This is no backup of an identity");
      return NULL;
    }

  body = g_string_new (NULL);
  for (const char *p = start; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (body, *p);

  vault = edge_base64url_decode (body->str, (gssize) body->len, &size);
  if (vault != NULL && size > strlen (START) && memcmp (vault, START, strlen (START)) == 0)
    return g_bytes_new_take (vault, size);

  g_free (vault);
  g_set_error_literal (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_DAMAGED,
                       "This backup is damaged: it is cut off or has characters that do not "
                       "belong there");
  return NULL;
}
