/* edge-envelope-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "signaling/edge-envelope.h"

G_BEGIN_DECLS

/** EDGE_ENVELOPE_HEADER: Bytes before the body. */
#define EDGE_ENVELOPE_HEADER 101
/** EDGE_ENVELOPE_PAD: Sealed texts come in multiples of so many bytes. */
#define EDGE_ENVELOPE_PAD    256

/* What is read once the room's seal is off: by a member of the room, who is
 * no less a stranger. Reached by itself by fuzzing, which can't forge seals. */
EdgeEnvelope *_edge_envelope_read_plain (const guint8  *plain,
                                         gsize          size,
                                         EdgeRoom      *room,
                                         const guint8  *own_key,
                                         const guint8  *box_public,
                                         const guint8  *box_secret,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
