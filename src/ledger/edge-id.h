/* edge-id.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_ID_SIZE: Bytes of a key, an id or a hash. */
#define EDGE_ID_SIZE 32

/** EDGE_ID_TEXT_SIZE: Room for the 43 characters of an id and the NUL after them. */
#define EDGE_ID_TEXT_SIZE 44

/**
 * EdgeId:
 *
 * A public key, an event's id or a hash: 32 bytes, written in base64url and
 * ordered as that text is in ASCII, which is not the order of the bytes.
 */
typedef struct
{
  guint8 bytes[EDGE_ID_SIZE];
} EdgeId;

gboolean edge_id_parse      (EdgeId        *self,
                             const char    *text,
                             gssize         length);
void     edge_id_write      (const EdgeId  *self,
                             char          *text);
char    *edge_id_to_text    (const EdgeId  *self) G_GNUC_WARN_UNUSED_RESULT;
int      edge_id_compare    (const EdgeId  *a,
                             const EdgeId  *b);
gboolean edge_id_is_zero    (const EdgeId  *self);
void     edge_id_of_data    (EdgeId        *self,
                             const void    *data,
                             gsize          size);

guint    edge_id_hash       (gconstpointer  id);
gboolean edge_id_equal      (gconstpointer  a,
                             gconstpointer  b);

G_END_DECLS
