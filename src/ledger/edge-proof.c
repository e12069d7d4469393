/* edge-proof.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-proof.h"

#include <string.h>

#include "ledger/edge-ledger-error.h"

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_CHECKPOINT, reason);
  return FALSE;
}

/* Where in the file it is wrong is said before what is wrong. */
static gboolean
blame (GError     **error,
       const char  *where)
{
  g_prefix_error (error, "%s", where);
  return FALSE;
}

static gboolean
read_genesis (EdgeProof            *self,
              const EdgeCanonNode  *node,
              const EdgeId         *net,
              GError              **error)
{
  if (node->kind != EDGE_CANON_STRING)
    return refuse (error, "genesis: it is no event");
  self->genesis = edge_event_parse (node->text, node->text_length, error);
  if (self->genesis == NULL)
    return blame (error, "genesis: ");
  if (self->genesis->type != EDGE_EVENT_GENESIS)
    return refuse (error, "genesis: it is another event");
  if (!edge_id_equal (&self->genesis->id, net))
    return refuse (error, "genesis: it is that of another network");
  if (!edge_event_check (self->genesis, self->genesis->body->genesis, EDGE_EVENT_CHECK_NONE, error))
    return blame (error, "genesis: ");
  return TRUE;
}

/* From the validators of the genesis to those who judge the last checkpoint. */
static gboolean
follow_changes (EdgeProof            *self,
                const EdgeCanonNode  *list,
                EdgeProofStep        *step,
                GError              **error)
{
  static const char *const names[] = { "certificate", "checkpoint", "path", "state", NULL };
  const EdgeCanonNode *item = list + 1;

  if (list->kind != EDGE_CANON_ARRAY)
    return refuse (error, "changes: it is no list");
  for (gsize i = 0; i < list->count; i++, item = edge_canon_next (item))
    {
      g_autofree EdgeProofStep *next = g_new (EdgeProofStep, 1);
      g_autofree char *where = g_strdup_printf ("changes[%" G_GSIZE_FORMAT "]: ", i);

      if (!edge_canon_has_exactly (item, names))
        {
          refuse (error, "it has other members than a step");
          return blame (error, where);
        }
      if (!edge_proof_step_read (next, item, &self->genesis->id, step->validators,
                                 step->n_validators, error))
        return blame (error, where);
      if (next->checkpoint.n <= step->checkpoint.n)
        {
          refuse (error, "checkpoint: it is not later than the one before");
          return blame (error, where);
        }
      if (next->n_validators == step->n_validators &&
          memcmp (next->validators, step->validators,
                  next->n_validators * sizeof *next->validators) == 0)
        {
          refuse (error, "state: the validators did not change here");
          return blame (error, where);
        }
      *step = *next;
      self->n_changes++;
    }
  return TRUE;
}

static gboolean
check_account (EdgeProof            *self,
               const EdgeCanonNode  *node,
               GError              **error)
{
  const EdgeCanonNode *account = edge_canon_member (node, "account");
  const EdgeCanonNode *beside = edge_canon_member (node, "beside");
  const EdgeCanonNode *place_node = edge_canon_member (node, "place");
  char name[1 + EDGE_ID_TEXT_SIZE] = "a";
  EdgeId path[EDGE_PROOF_MAX_PATH];
  EdgeId other[2];
  EdgeId place;
  EdgeId wanted;
  EdgeId root;
  gboolean good;
  guint n_path;

  edge_id_write (&self->key, name + 1);
  if (!edge_proof_read_path (edge_canon_member (node, "account_path"), path, &n_path, error))
    return blame (error, "account_path: ");
  if (account != NULL && (beside != NULL || place_node != NULL))
    return refuse (error, "beside or place: it is for where there is no account");

  /* A gap is wide: without this the same file would do for other keys that have none. */
  edge_id_of_data (&wanted, name, strlen (name));
  if (account == NULL &&
      (!edge_canon_get_id (place_node, &place) || !edge_id_equal (&place, &wanted)))
    return refuse (error, "place: it is not that of the key");

  if (account != NULL)
    good = edge_state_tree_climb (name, account->text, account->text_length, path, n_path, &root);
  else if (beside == NULL)
    good = edge_state_tree_climb_gap (name, NULL, NULL, path, n_path, &root);
  else if (beside->kind != EDGE_CANON_ARRAY || beside->count != 2 ||
           !edge_canon_get_id (beside + 1, &other[0]) || !edge_canon_get_id (beside + 2, &other[1]))
    return refuse (error, "beside: it is no pair of hashes");
  else
    good = edge_state_tree_climb_gap (name, &other[0], &other[1], path, n_path, &root);
  if (!good || !edge_id_equal (&root, &self->last.checkpoint.state))
    return refuse (error, account != NULL
                          ? "account and account_path: they do not lead to the state root"
                          : "account_path: it does not show that there is no such account");
  if (account == NULL)
    return TRUE;

  self->account = edge_account_read (&self->key, account, error);
  if (self->account == NULL)
    return blame (error, "account: ");
  self->text = g_strndup (account->text, account->text_length);
  return TRUE;
}

static gboolean
check_all (EdgeProof            *self,
           const EdgeCanonNode  *root,
           const EdgeId         *net,
           GError              **error)
{
  static const char *const names[] = {
    "changes", "edge_net_proof", "genesis", "key", "last", NULL
  };
  static const char *const last_names[] = {
    "account?", "account_path", "beside?", "certificate", "checkpoint", "path", "place?", "state", NULL
  };
  g_autofree EdgeProofStep *step = g_new0 (EdgeProofStep, 1);
  const EdgeCanonNode *last;
  guint64 version;

  if (edge_canon_member (root, "edge_net_proof") == NULL)
    return refuse (error, "it is not a proof");
  if (!edge_canon_get_integer (edge_canon_member (root, "edge_net_proof"), EDGE_PROOF_VERSION,
                               EDGE_PROOF_VERSION, &version))
    return refuse (error, "edge_net_proof: a proof of another version");
  if (!edge_canon_has_exactly (root, names))
    return refuse (error, "it has other members than a proof");
  if (!edge_canon_get_id (edge_canon_member (root, "key"), &self->key))
    return refuse (error, "key: it is none");
  if (!read_genesis (self, edge_canon_member (root, "genesis"), net, error))
    return FALSE;

  step->n_validators = self->genesis->body->genesis->n_validators;
  memcpy (step->validators, self->genesis->body->genesis->validators,
          step->n_validators * sizeof *step->validators);
  if (step->n_validators == 0)
    return refuse (error, "genesis: nothing is final in a network without validators");
  if (!follow_changes (self, edge_canon_member (root, "changes"), step, error))
    return FALSE;

  last = edge_canon_member (root, "last");
  if (!edge_canon_has_exactly (last, last_names))
    return refuse (error, "last: it has other members than it should");
  if (!edge_proof_step_read (&self->last, last, net, step->validators, step->n_validators, error))
    return blame (error, "last: ");
  if (self->last.checkpoint.n <= step->checkpoint.n)
    return refuse (error, "last: checkpoint: it is not later than the last change");
  return check_account (self, last, error) || blame (error, "last: ");
}

/**
 * edge_proof_check:
 * @text: (array length=length): a proof, not yet trusted
 * @length: its bytes
 * @net: the network's id, which is all that is taken on trust
 * @error: return location for an `EDGE_LEDGER_ERROR` that says where it fails
 *
 * Checks a proof as edge_ledger_dup_proof() makes it. It needs no ledger, no clock
 * and no connection.
 *
 * Returns: (transfer full) (nullable): what it proves
 */
EdgeProof *
edge_proof_check (const char    *text,
                  gsize          length,
                  const EdgeId  *net,
                  GError       **error)
{
  g_autoptr(EdgeProof) self = g_new0 (EdgeProof, 1);
  g_autofree EdgeCanonNode *root = NULL;

  if (length > EDGE_PROOF_MAX_SIZE)
    {
      refuse (error, "it is too long to be a proof");
      return NULL;
    }
  if (length == 0 || text[length - 1] != '\n')
    {
      refuse (error, "it does not end with a new line");
      return NULL;
    }
  root = edge_canon_read (text, length - 1, error);
  if (root == NULL || !check_all (self, root, net, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * edge_proof_free:
 * @self: (transfer full): a proof
 *
 * Frees it.
 */
void
edge_proof_free (EdgeProof *self)
{
  g_clear_pointer (&self->genesis, edge_event_unref);
  g_clear_pointer (&self->account, edge_account_free);
  g_free (self->text);
  g_free (self);
}
