/* edge-note.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-note.h"

#include <string.h>

#include "ledger/edge-canon-writer.h"
#include "ledger/edge-jws.h"
#include "ledger/edge-ledger-error.h"

static const char *const words[EDGE_NOTE_N_KINDS] = {
  [EDGE_NOTE_PROPOSE] = "propose",
  [EDGE_NOTE_NOTARIZE] = "notarize",
  [EDGE_NOTE_NULLIFY] = "nullify",
  [EDGE_NOTE_FINALIZE] = "finalize",
};

static gboolean
refuse (GError          **error,
        EdgeLedgerError   code,
        const char       *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, code, reason);
  return FALSE;
}

/**
 * edge_note_new:
 * @kind: what it says
 * @net: the network
 * @n: the checkpoint it is about
 * @round: the round
 *
 * Returns: (transfer full): a note that is not signed yet
 */
EdgeNote *
edge_note_new (EdgeNoteKind  kind,
               const EdgeId *net,
               guint64       n,
               guint64       round)
{
  EdgeNote *self = g_atomic_rc_box_new0 (EdgeNote);

  self->kind = kind;
  self->net = *net;
  self->n = n;
  self->round = round;
  self->from = EDGE_NOTE_FRESH;
  return self;
}

static gboolean
read_kind (EdgeNote            *self,
           const EdgeCanonNode *root)
{
  for (guint i = 0; i < EDGE_NOTE_N_KINDS; i++)
    {
      if (!edge_canon_is_string (edge_canon_member (root, "note"), words[i]))
        continue;
      self->kind = i;
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_members (EdgeNote             *self,
              const EdgeCanonNode  *root,
              GError              **error)
{
  static const char *const names[EDGE_NOTE_N_KINDS][8] = {
    [EDGE_NOTE_PROPOSE] = { "checkpoint", "from?", "n", "net", "note", "round", NULL },
    [EDGE_NOTE_NOTARIZE] = { "hash", "n", "net", "note", "round", NULL },
    [EDGE_NOTE_NULLIFY] = { "n", "net", "note", "round", NULL },
    [EDGE_NOTE_FINALIZE] = { "hash", "n", "net", "note", "round", NULL },
  };
  const EdgeCanonNode *from = edge_canon_member (root, "from");

  if (!read_kind (self, root) || !edge_canon_has_exactly (root, names[self->kind]))
    return refuse (error, EDGE_LEDGER_ERROR_MALFORMED, "the note has other members than its kind");
  if (!edge_canon_get_id (edge_canon_member (root, "net"), &self->net) ||
      !edge_canon_get_integer (edge_canon_member (root, "n"), 1, G_MAXUINT32 - 1, &self->n) ||
      !edge_canon_get_integer (edge_canon_member (root, "round"), 0, EDGE_CANON_MAX_INTEGER,
                               &self->round))
    return refuse (error, EDGE_LEDGER_ERROR_MALFORMED, "net, n or round is out of bounds");

  if (self->kind == EDGE_NOTE_NULLIFY)
    return TRUE;
  if (self->kind != EDGE_NOTE_PROPOSE)
    return edge_canon_get_id (edge_canon_member (root, "hash"), &self->hash) ||
           refuse (error, EDGE_LEDGER_ERROR_MALFORMED, "the hash is none");

  self->checkpoint = g_new0 (EdgeCheckpoint, 1);
  if (!edge_checkpoint_read (self->checkpoint, edge_canon_member (root, "checkpoint"), error))
    return FALSE;
  if (self->checkpoint->n != self->n)
    return refuse (error, EDGE_LEDGER_ERROR_MALFORMED, "n is not that of the checkpoint");
  if (from != NULL && (!edge_canon_get_integer (from, 0, EDGE_CANON_MAX_INTEGER, &self->from) ||
                       self->from >= self->round))
    return refuse (error, EDGE_LEDGER_ERROR_MALFORMED, "from is not an earlier round");
  edge_checkpoint_hash (self->checkpoint, &self->hash);
  return TRUE;
}

/**
 * edge_note_read:
 * @text: (array length=length): not yet trusted
 * @length: its bytes
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads a note, checks its form and its signature.
 *
 * Returns: (transfer full) (nullable): the note
 */
EdgeNote *
edge_note_read (const char  *text,
                gsize        length,
                GError     **error)
{
  g_auto(EdgeJws) jws = { 0 };
  g_autofree EdgeCanonNode *root = NULL;
  g_autoptr(EdgeNote) self = NULL;

  if (!edge_jws_read (&jws, text, length, EDGE_NOTE_MAX_SIZE, error))
    return NULL;
  root = edge_canon_read (jws.payload, jws.payload_length, error);
  if (root == NULL)
    return NULL;

  self = g_atomic_rc_box_new0 (EdgeNote);
  self->from = EDGE_NOTE_FRESH;
  if (!read_members (self, root, error))
    return NULL;
  if (!edge_identity_verify (jws.key.bytes, (const guint8 *) text, jws.signed_length,
                             jws.signature))
    {
      refuse (error, EDGE_LEDGER_ERROR_SIGNATURE, "the note is not signed by its key");
      return NULL;
    }
  self->signer = jws.key;
  self->text = g_strndup (text, length);
  return g_steal_pointer (&self);
}

/**
 * edge_note_sign:
 * @self: a note that is not signed yet
 * @identity: the validator
 *
 * Signs it.
 */
void
edge_note_sign (EdgeNote     *self,
                EdgeIdentity *identity)
{
  g_autoptr(GString) out = g_string_new (NULL);

  g_return_if_fail (self->text == NULL);

  edge_canon_begin_object (out);
  if (self->kind == EDGE_NOTE_PROPOSE)
    {
      edge_canon_name (out, "checkpoint");
      edge_checkpoint_write (self->checkpoint, out);
      if (self->from != EDGE_NOTE_FRESH)
        {
          edge_canon_name (out, "from");
          edge_canon_integer (out, self->from);
        }
    }
  else if (self->kind != EDGE_NOTE_NULLIFY)
    {
      edge_canon_name (out, "hash");
      edge_canon_id (out, &self->hash);
    }
  edge_canon_name (out, "n");
  edge_canon_integer (out, self->n);
  edge_canon_name (out, "net");
  edge_canon_id (out, &self->net);
  edge_canon_name (out, "note");
  edge_canon_string (out, words[self->kind], -1);
  edge_canon_name (out, "round");
  edge_canon_integer (out, self->round);
  edge_canon_end_object (out);

  self->text = edge_jws_sign (identity, out->str, out->len);
  memcpy (self->signer.bytes, edge_identity_get_public_key (identity), EDGE_ID_SIZE);
}

/**
 * edge_note_ref:
 * @self: a note
 *
 * Returns: (transfer full): @self
 */
EdgeNote *
edge_note_ref (EdgeNote *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  EdgeNote *self = data;

  g_clear_pointer (&self->checkpoint, g_free);
  g_clear_pointer (&self->text, g_free);
}

/**
 * edge_note_unref:
 * @self: (transfer full): a note
 *
 * Drops a reference.
 */
void
edge_note_unref (EdgeNote *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
