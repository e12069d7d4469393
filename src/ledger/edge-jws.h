/* edge-jws.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"
#include "ledger/edge-id.h"

G_BEGIN_DECLS

/**
 * EdgeJws:
 *
 * A compact JWS, taken apart. @payload is decoded; @signed_length counts the
 * characters of `header.payload`, which is what is signed and what the id is
 * the hash of.
 */
typedef struct
{
  EdgeId   id;
  EdgeId   key;
  guint8   signature[EDGE_IDENTITY_SIGNATURE_SIZE];
  char    *payload;
  gsize    payload_length;
  gsize    signed_length;
} EdgeJws;

char     *edge_jws_make_header (const char *key) G_GNUC_WARN_UNUSED_RESULT;
char     *edge_jws_sign   (EdgeIdentity  *identity,
                           const char    *payload,
                           gsize          length) G_GNUC_WARN_UNUSED_RESULT;
gboolean  edge_jws_read   (EdgeJws       *self,
                           const char    *text,
                           gsize          length,
                           gsize          max_length,
                           GError       **error);
void      edge_jws_clear  (EdgeJws       *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EdgeJws, edge_jws_clear)

G_END_DECLS
