/* edge-envelope.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"
#include "signaling/edge-room.h"
#include "signaling/edge-signaling.h"

G_BEGIN_DECLS

#define EDGE_ENVELOPE_ERROR (edge_envelope_error_quark ())

#define EDGE_ENVELOPE_SESSION_SIZE 16
#define EDGE_ENVELOPE_BOX_KEY_SIZE 32

/** EDGE_ENVELOPE_MAX_BODY: Bytes of a body at most, so that the sealed text fits a blob. */
#define EDGE_ENVELOPE_MAX_BODY 5632

/**
 * EdgeEnvelopeError:
 * @EDGE_ENVELOPE_ERROR_TOO_LARGE: more than a blob may hold
 * @EDGE_ENVELOPE_ERROR_SEAL: not sealed with the room's key
 * @EDGE_ENVELOPE_ERROR_VERSION: made by a newer program
 * @EDGE_ENVELOPE_ERROR_MALFORMED: sealed, but not of the known form
 * @EDGE_ENVELOPE_ERROR_RECIPIENT: for somebody else, or for a session that is over
 * @EDGE_ENVELOPE_ERROR_SIGNATURE: not signed by the sender it names
 */
typedef enum
{
  EDGE_ENVELOPE_ERROR_TOO_LARGE,
  EDGE_ENVELOPE_ERROR_SEAL,
  EDGE_ENVELOPE_ERROR_VERSION,
  EDGE_ENVELOPE_ERROR_MALFORMED,
  EDGE_ENVELOPE_ERROR_RECIPIENT,
  EDGE_ENVELOPE_ERROR_SIGNATURE,
} EdgeEnvelopeError;

/**
 * EdgeEnvelope:
 * @kind: what it is about
 * @sender: who signed it
 * @recipient: whom it is for; meaningful when @has_recipient
 * @has_recipient: whether it is for one member only
 * @session: the sender's session, made anew at each start
 * @sequence: grows by at least one with each envelope of the session
 * @time: the sender's clock in ms; advisory
 * @body: the content
 */
typedef struct
{
  EdgeSignalKind  kind;
  guint8          sender[EDGE_IDENTITY_KEY_SIZE];
  guint8          recipient[EDGE_IDENTITY_KEY_SIZE];
  gboolean        has_recipient;
  guint8          session[EDGE_ENVELOPE_SESSION_SIZE];
  guint64         sequence;
  gint64          time;
  GBytes         *body;
} EdgeEnvelope;

GQuark        edge_envelope_error_quark (void) G_GNUC_CONST;

char         *edge_envelope_seal        (const EdgeEnvelope  *envelope,
                                         EdgeRoom            *room,
                                         EdgeIdentity        *identity,
                                         const guint8        *box_key,
                                         GError             **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeEnvelope *edge_envelope_open        (const char          *blob,
                                         EdgeRoom            *room,
                                         const guint8        *own_key,
                                         const guint8        *box_public,
                                         const guint8        *box_secret,
                                         GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void          edge_envelope_free        (EdgeEnvelope        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeEnvelope, edge_envelope_free)

G_END_DECLS
