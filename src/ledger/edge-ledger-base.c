/* edge-ledger-base.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-base.h"

#include <string.h>

#include "ledger/edge-ledger-error.h"

typedef struct
{
  guint64 n;
  EdgeId  hash;
} Certified;

struct _EdgeLedgerBase
{
  EdgeEvent     *genesis;
  EdgeDag       *dag;
  EdgeState     *state;
  GPtrArray     *steps;
  GPtrArray     *checkpoints;
  GPtrArray     *turns;
  GArray        *certified;
  EdgeProofStep  last;
  EdgeId         hash;
  guint64        count;
  guint64        n_entries;
  guint64        left;
  guint          set;
  char          *name;
};

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_CHECKPOINT, reason);
  return FALSE;
}

/**
 * edge_ledger_base_new:
 * @genesis: the network's first event, checked
 *
 * Returns: (transfer full): a base that holds nothing yet
 */
EdgeLedgerBase *
edge_ledger_base_new (EdgeEvent *genesis)
{
  EdgeLedgerBase *self = g_new0 (EdgeLedgerBase, 1);
  const EdgeGenesis *rules = genesis->body->genesis;
  guint32 index;

  self->genesis = edge_event_ref (genesis);
  self->dag = edge_dag_new ();
  self->state = edge_state_new ();
  self->steps = g_ptr_array_new_with_free_func (g_free);
  self->checkpoints = g_ptr_array_new_with_free_func (g_free);
  self->turns = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_fold_turn_free);
  self->certified = g_array_new (FALSE, FALSE, sizeof (Certified));
  self->hash = genesis->id;
  self->last.n_validators = rules->n_validators;
  memcpy (self->last.validators, rules->validators, rules->n_validators * sizeof (EdgeId));
  edge_dag_add (self->dag, genesis, &index, NULL);
  return self;
}

/**
 * edge_ledger_base_free:
 * @self: (transfer full): a base
 *
 * Frees it.
 */
void
edge_ledger_base_free (EdgeLedgerBase *self)
{
  edge_event_unref (self->genesis);
  g_clear_pointer (&self->dag, edge_dag_free);
  g_clear_pointer (&self->state, edge_state_free);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->checkpoints);
  g_ptr_array_unref (self->turns);
  g_array_unref (self->certified);
  g_free (self->name);
  g_free (self);
}

static EdgeFoldTurn *
read_turn (const EdgeProofStep *step,
           const EdgeCanonNode *root)
{
  const EdgeCanonNode *state = edge_canon_member (root, "state");
  g_autoptr(GArray) path = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  g_autofree char *entry = g_strndup (state->text, state->text_length);
  EdgeId ids[EDGE_PROOF_MAX_PATH];
  guint n_ids = 0;

  if (edge_proof_read_path (edge_canon_member (root, "path"), ids, &n_ids, NULL))
    g_array_append_vals (path, ids, n_ids);
  return edge_fold_turn_new (step->checkpoint.n, entry, path);
}

/**
 * edge_ledger_base_add_step:
 * @self: a base
 * @text: (array length=length): a step of a proof: the next checkpoint after which
 *   others judge than before, or the last of all
 * @length: its bytes
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Goes from those who judge to those who judge after it.
 *
 * Returns: whether it is final
 */
gboolean
edge_ledger_base_add_step (EdgeLedgerBase  *self,
                           const char      *text,
                           gsize            length,
                           GError         **error)
{
  static const char *const names[] = { "certificate", "checkpoint", "path", "state", NULL };
  g_autofree EdgeCanonNode *root = edge_canon_read (text, length, error);
  g_autofree EdgeProofStep *step = g_new (EdgeProofStep, 1);
  Certified certified;

  if (root == NULL)
    return FALSE;
  if (!edge_canon_has_exactly (root, names))
    return refuse (error, "a step has other members");
  if (!edge_proof_step_read (step, root, &self->genesis->id, self->last.validators,
                             self->last.n_validators, error))
    return FALSE;
  if (step->checkpoint.n <= self->last.checkpoint.n)
    return refuse (error, "a step is not later than the one before");

  if (step->n_validators != self->last.n_validators ||
      memcmp (step->validators, self->last.validators,
              step->n_validators * sizeof (EdgeId)) != 0)
    g_ptr_array_add (self->turns, read_turn (step, root));
  self->last = *step;
  certified = (Certified) { step->checkpoint.n, step->hash };
  g_array_append_val (self->certified, certified);
  g_ptr_array_add (self->steps, g_strndup (text, length));
  return TRUE;
}

/**
 * edge_ledger_base_add_checkpoint:
 * @self: a base that has its steps
 * @text: (array length=length): the next checkpoint
 * @length: its bytes
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Adds a checkpoint; each names the one before by its hash, so the last, which has a
 * certificate, stands for all.
 *
 * Returns: whether it follows the one before
 */
gboolean
edge_ledger_base_add_checkpoint (EdgeLedgerBase  *self,
                                 const char      *text,
                                 gsize            length,
                                 GError         **error)
{
  g_autofree EdgeCanonNode *root = edge_canon_read (text, length, error);
  g_autofree EdgeCheckpoint *checkpoint = g_new (EdgeCheckpoint, 1);

  if (root == NULL || !edge_checkpoint_read (checkpoint, root, error))
    return FALSE;
  if (checkpoint->n != self->checkpoints->len + 1 || checkpoint->n > self->last.checkpoint.n ||
      !edge_id_equal (&checkpoint->prev, &self->hash))
    return refuse (error, "a checkpoint does not follow the one before");
  if (checkpoint->count > G_MAXUINT32 || self->count + checkpoint->count > G_MAXUINT32)
    return refuse (error, "a checkpoint holds more events than can be");
  self->count += checkpoint->count;
  edge_checkpoint_hash (checkpoint, &self->hash);
  g_ptr_array_add (self->checkpoints, g_steal_pointer (&checkpoint));
  return TRUE;
}

/**
 * edge_ledger_base_end_checkpoints:
 * @self: a base that has all its checkpoints
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Returns: whether they lead to the one that has a certificate
 */
gboolean
edge_ledger_base_end_checkpoints (EdgeLedgerBase  *self,
                                  GError         **error)
{
  if (self->last.checkpoint.n == 0 || self->checkpoints->len != self->last.checkpoint.n ||
      !edge_id_equal (&self->hash, &self->last.hash))
    return refuse (error, "the checkpoints do not lead to the one that is final");
  for (guint i = 0; i < self->certified->len; i++)
    {
      const Certified *certified = &g_array_index (self->certified, Certified, i);
      EdgeId hash;

      edge_checkpoint_hash (g_ptr_array_index (self->checkpoints, certified->n - 1), &hash);
      if (!edge_id_equal (&hash, &certified->hash))
        return refuse (error, "a step is about a checkpoint of another book");
    }
  self->left = ((const EdgeCheckpoint *) g_ptr_array_index (self->checkpoints, 0))->count;
  self->set = 1;
  return TRUE;
}

/**
 * edge_ledger_base_add_entry:
 * @self: a base that has its checkpoints
 * @name: the name of an entry of the state, greater in ASCII than the one before
 * @text: (array length=length): its text
 * @length: its bytes
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Adds an entry. There can't be more than there were events to make them.
 *
 * Returns: whether it can be one
 */
gboolean
edge_ledger_base_add_entry (EdgeLedgerBase  *self,
                            const char      *name,
                            const char      *text,
                            gsize            length,
                            GError         **error)
{
  if (self->name != NULL && strcmp (self->name, name) >= 0)
    return refuse (error, "the entries are not sorted");
  if (++self->n_entries > self->count + EDGE_GENESIS_MAX_VALIDATORS + 2)
    return refuse (error, "there are more entries than events can make");
  if (!edge_state_put_entry (self->state, name, text, length, error))
    return FALSE;
  g_free (self->name);
  self->name = g_strdup (name);
  return TRUE;
}

/**
 * edge_ledger_base_end_entries:
 * @self: a base that has all its entries
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Returns: whether they lead to the state root of the last checkpoint
 */
gboolean
edge_ledger_base_end_entries (EdgeLedgerBase  *self,
                              GError         **error)
{
  EdgeId root;

  edge_state_get_root (self->state, &root);
  return edge_id_equal (&root, &self->last.checkpoint.state) ||
         refuse (error, "the entries do not lead to the state root of the last checkpoint");
}

/**
 * edge_ledger_base_add_bone:
 * @self: a base that has its entries
 * @bone: what is kept of the next event in order
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Adds an event without its body.
 *
 * Returns: whether it can be one
 */
gboolean
edge_ledger_base_add_bone (EdgeLedgerBase     *self,
                           const EdgeDagBone  *bone,
                           GError            **error)
{
  while (self->left == 0 && self->set < self->checkpoints->len)
    self->left = ((const EdgeCheckpoint *) g_ptr_array_index (self->checkpoints, self->set++))->count;
  if (self->left == 0)
    return refuse (error, "there are more events than the checkpoints hold");
  if (!edge_dag_add_bone (self->dag, bone, self->set, error))
    return FALSE;
  self->left--;
  return TRUE;
}

static gboolean
check_tips (EdgeLedgerBase  *self,
            GError         **error)
{
  for (guint i = 0; i < self->checkpoints->len; i++)
    {
      const EdgeCheckpoint *checkpoint = g_ptr_array_index (self->checkpoints, i);

      for (guint t = 0; t < checkpoint->n_tips; t++)
        {
          guint32 tip = edge_dag_find (self->dag, &checkpoint->tips[t]);

          if (tip == EDGE_DAG_NONE || edge_dag_get_node (self->dag, tip)->set != checkpoint->n)
            return refuse (error, "the tip of a checkpoint is not among its events");
        }
    }
  return TRUE;
}

/**
 * edge_ledger_base_finish:
 * @self: a base that has all its parts
 * @dag: (out) (transfer full): its events
 * @fold: (out) (transfer full): its order and state; it needs @dag and the genesis
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Makes a fold that goes on from the last checkpoint.
 *
 * Returns: whether nothing is missing
 */
gboolean
edge_ledger_base_finish (EdgeLedgerBase  *self,
                         EdgeDag        **dag,
                         EdgeFold       **fold,
                         GError         **error)
{
  if (edge_dag_get_size (self->dag) != self->count || self->checkpoints->len == 0)
    return refuse (error, "there are less events than the checkpoints hold");
  if (!check_tips (self, error))
    return FALSE;

  *fold = edge_fold_new_at (self->dag, self->genesis->body->genesis,
                            g_steal_pointer (&self->state), self->checkpoints, self->turns);
  *dag = g_steal_pointer (&self->dag);
  return TRUE;
}

/**
 * edge_ledger_base_get_n:
 * @self: a base
 *
 * Returns: the checkpoint it goes up to, as far as its steps are there
 */
guint64
edge_ledger_base_get_n (EdgeLedgerBase *self)
{
  return self->last.checkpoint.n;
}

/**
 * edge_ledger_base_get_count:
 * @self: a base
 *
 * Returns: how many events its checkpoints hold
 */
guint64
edge_ledger_base_get_count (EdgeLedgerBase *self)
{
  return self->count;
}

/**
 * edge_ledger_base_get_steps:
 * @self: a base
 *
 * Returns: (transfer none) (element-type utf8): its steps as they were given
 */
GPtrArray *
edge_ledger_base_get_steps (EdgeLedgerBase *self)
{
  return self->steps;
}
