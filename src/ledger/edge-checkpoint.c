/* edge-checkpoint.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-checkpoint.h"

#include <string.h>

#include "ledger/edge-canon-writer.h"
#include "ledger/edge-ledger-error.h"

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED, reason);
  return FALSE;
}

/**
 * edge_checkpoint_read:
 * @self: (out caller-allocates): room for a checkpoint
 * @node: not yet trusted
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads a checkpoint and checks its form.
 *
 * Returns: whether it has one
 */
gboolean
edge_checkpoint_read (EdgeCheckpoint       *self,
                      const EdgeCanonNode  *node,
                      GError              **error)
{
  static const char *const names[] = { "count", "n", "prev", "state", "tips", NULL };
  const EdgeCanonNode *list;
  const EdgeCanonNode *item;

  memset (self, 0, sizeof *self);
  if (!edge_canon_has_exactly (node, names))
    return refuse (error, "a checkpoint has other members");
  if (!edge_canon_get_integer (edge_canon_member (node, "n"), 1, G_MAXUINT32 - 1, &self->n) ||
      !edge_canon_get_integer (edge_canon_member (node, "count"), 1, EDGE_CANON_MAX_INTEGER,
                               &self->count))
    return refuse (error, "n or count of a checkpoint is out of bounds");
  if (!edge_canon_get_id (edge_canon_member (node, "prev"), &self->prev) ||
      !edge_canon_get_id (edge_canon_member (node, "state"), &self->state))
    return refuse (error, "prev or state of a checkpoint is no hash");

  list = edge_canon_member (node, "tips");
  if (list->kind != EDGE_CANON_ARRAY || list->count < 1 || list->count > EDGE_CHECKPOINT_MAX_TIPS)
    return refuse (error, "a checkpoint has not 1 to 64 tips");
  item = list + 1;
  for (; self->n_tips < list->count; self->n_tips++, item = edge_canon_next (item))
    {
      if (!edge_canon_get_id (item, &self->tips[self->n_tips]))
        return refuse (error, "a tip is no id");
      if (self->n_tips > 0 &&
          edge_id_compare (&self->tips[self->n_tips - 1], &self->tips[self->n_tips]) >= 0)
        return refuse (error, "the tips are not sorted");
    }
  return TRUE;
}

/**
 * edge_checkpoint_write:
 * @self: a checkpoint
 * @out: where to write
 *
 * Writes its RFC 8785 form.
 */
void
edge_checkpoint_write (const EdgeCheckpoint *self,
                       GString              *out)
{
  edge_canon_begin_object (out);
  edge_canon_name (out, "count");
  edge_canon_integer (out, self->count);
  edge_canon_name (out, "n");
  edge_canon_integer (out, self->n);
  edge_canon_name (out, "prev");
  edge_canon_id (out, &self->prev);
  edge_canon_name (out, "state");
  edge_canon_id (out, &self->state);
  edge_canon_name (out, "tips");
  edge_canon_begin_array (out);
  for (guint i = 0; i < self->n_tips; i++)
    edge_canon_id (out, &self->tips[i]);
  edge_canon_end_array (out);
  edge_canon_end_object (out);
}

/**
 * edge_checkpoint_to_text:
 * @self: a checkpoint
 *
 * Returns: (transfer full): its RFC 8785 form
 */
char *
edge_checkpoint_to_text (const EdgeCheckpoint *self)
{
  GString *out = g_string_new (NULL);

  edge_checkpoint_write (self, out);
  return g_string_free_and_steal (out);
}

/**
 * edge_checkpoint_hash:
 * @self: a checkpoint
 * @hash: (out): SHA-256 of its RFC 8785 form
 *
 * Computes what names the checkpoint.
 */
void
edge_checkpoint_hash (const EdgeCheckpoint *self,
                      EdgeId               *hash)
{
  g_autofree char *text = edge_checkpoint_to_text (self);

  edge_id_of_data (hash, text, strlen (text));
}
