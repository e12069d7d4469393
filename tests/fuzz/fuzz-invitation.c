/* fuzz-invitation.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-invitation.h"

#include <string.h>

#define DOMAIN     "edge-net invitation 1\n"
#define AT_INVITER 34

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static void
check (EdgeInvitation *invitation,
       GError         *error)
{
  g_autoptr(EdgeInvitation) again = NULL;
  g_autofree char *link = NULL;

  g_assert_true ((invitation == NULL) == (error != NULL));
  if (invitation == NULL)
    return;

  g_assert_cmpuint (strlen (edge_invitation_get_network_id (invitation)), ==, 43);
  g_assert_true ((edge_invitation_get_sdp (invitation) != NULL) ==
                 (edge_invitation_get_session (invitation) != NULL));
  edge_invitation_check (invitation, 0, NULL, NULL);
  edge_invitation_check_answer (invitation, invitation, 0, NULL);

  link = edge_invitation_to_link (invitation);
  again = edge_invitation_new_from_text (link, NULL);
  g_assert_nonnull (again);
  g_assert_true (g_bytes_equal (edge_invitation_get_bytes (invitation), edge_invitation_get_bytes (again)));
}

/* Signed by a key of ours, so that what stands behind the signature is reached. */
static void
try_signed (const guint8 *data,
            gsize         size)
{
  static EdgeIdentity *identity;
  const guint8 seed[EDGE_IDENTITY_SEED_SIZE] = { 1 };
  gsize domain_size = strlen (DOMAIN);
  g_autofree guint8 *text = g_malloc0 (domain_size + size + EDGE_IDENTITY_SIGNATURE_SIZE);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(EdgeInvitation) invitation = NULL;
  g_autoptr(GError) error = NULL;

  if (identity == NULL)
    identity = edge_identity_new_from_seed (seed);
  if (size < AT_INVITER + EDGE_IDENTITY_KEY_SIZE)
    return;

  memcpy (text, DOMAIN, domain_size);
  memcpy (text + domain_size, data, size);
  memcpy (text + domain_size + AT_INVITER, edge_identity_get_public_key (identity), EDGE_IDENTITY_KEY_SIZE);
  edge_identity_sign (identity, text, domain_size + size, text + domain_size + size);

  bytes = g_bytes_new (text + domain_size, size + EDGE_IDENTITY_SIGNATURE_SIZE);
  invitation = edge_invitation_new_from_bytes (bytes, &error);
  check (invitation, error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(EdgeInvitation) from_bytes = NULL;
  g_autoptr(EdgeInvitation) from_text = NULL;
  g_autoptr(GError) error = NULL;

  from_bytes = edge_invitation_new_from_bytes (bytes, &error);
  check (from_bytes, error);
  g_clear_error (&error);

  from_text = edge_invitation_new_from_text (text, &error);
  check (from_text, error);

  try_signed (data, size);
  return 0;
}
