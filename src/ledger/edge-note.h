/* edge-note.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"
#include "ledger/edge-checkpoint.h"

G_BEGIN_DECLS

/** EDGE_NOTE_MAX_SIZE: Bytes of a note as sent. */
#define EDGE_NOTE_MAX_SIZE 8192

/** EDGE_NOTE_FRESH: The `from` of a proposal that was notarized in no round before. */
#define EDGE_NOTE_FRESH G_MAXUINT64

/**
 * EdgeNoteKind:
 *
 * What a validator says of a round.
 */
typedef enum
{
  EDGE_NOTE_PROPOSE,
  EDGE_NOTE_NOTARIZE,
  EDGE_NOTE_NULLIFY,
  EDGE_NOTE_FINALIZE,
  EDGE_NOTE_N_KINDS,
} EdgeNoteKind;

/**
 * EdgeNote:
 * @hash: of the checkpoint it is about; a nullify is about none
 * @checkpoint: (nullable): of a proposal, in full
 * @text: (nullable): as signed; %NULL before it is
 *
 * A validator's note. Immutable and reference counted once it is signed.
 */
typedef struct
{
  EdgeNoteKind    kind;
  EdgeId          signer;
  EdgeId          net;
  EdgeId          hash;
  guint64         n;
  guint64         round;
  guint64         from;
  EdgeCheckpoint *checkpoint;
  char           *text;
} EdgeNote;

EdgeNote *edge_note_new   (EdgeNoteKind           kind,
                           const EdgeId          *net,
                           guint64                n,
                           guint64                round) G_GNUC_WARN_UNUSED_RESULT;
EdgeNote *edge_note_read  (const char            *text,
                           gsize                  length,
                           GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void      edge_note_sign  (EdgeNote              *self,
                           EdgeIdentity          *identity);
EdgeNote *edge_note_ref   (EdgeNote              *self);
void      edge_note_unref (EdgeNote              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeNote, edge_note_unref)

G_END_DECLS
