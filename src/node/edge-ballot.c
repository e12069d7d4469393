/* edge-ballot.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-ballot.h"

#include "ledger/edge-ledger-members.h"

#include <string.h>

/**
 * EdgeBallot:
 *
 * A list of validators that some of those of today want, and who they are. It does not change:
 * when the vote goes on, another takes its place.
 */

typedef struct
{
  EdgeId keys[EDGE_GENESIS_MAX_VALIDATORS];
  guint  n;
} Keys;

struct _EdgeBallot
{
  GObject   parent_instance;

  GStrv     keys;
  GStrv     voters;
  GStrv     added;
  GStrv     removed;
  GStrv     present;
  guint     n_needed;
  gboolean  may_vote;
  gboolean  own;
};

G_DEFINE_FINAL_TYPE (EdgeBallot, edge_ballot, G_TYPE_OBJECT)

static void
edge_ballot_finalize (GObject *object)
{
  EdgeBallot *self = EDGE_BALLOT (object);

  g_strfreev (self->keys);
  g_strfreev (self->voters);
  g_strfreev (self->added);
  g_strfreev (self->removed);
  g_strfreev (self->present);

  G_OBJECT_CLASS (edge_ballot_parent_class)->finalize (object);
}

static void
edge_ballot_class_init (EdgeBallotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = edge_ballot_finalize;
}

static void
edge_ballot_init (EdgeBallot *self)
{
}

static gboolean
holds (const EdgeId *keys,
       guint         n_keys,
       const EdgeId *key)
{
  for (guint i = 0; i < n_keys; i++)
    {
      if (edge_id_equal (&keys[i], key))
        return TRUE;
    }
  return FALSE;
}

/* Those of one list that are not in another. */
static GStrv
write_keys (const EdgeId *keys,
            guint         n_keys,
            const Keys   *without)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n_keys; i++)
    {
      if (without == NULL || !holds (without->keys, without->n, &keys[i]))
        g_strv_builder_take (builder, edge_id_to_text (&keys[i]));
    }
  return g_strv_builder_end (builder);
}

static gboolean
is_same_list (const EdgeProposal *a,
              const EdgeProposal *b)
{
  return a->n_keys == b->n_keys && memcmp (a->keys, b->keys, a->n_keys * sizeof *a->keys) == 0;
}

static EdgeBallot *
make_ballot (GArray       *proposals,
             guint         index,
             const Keys   *present,
             const EdgeId *key)
{
  const EdgeProposal *first = &g_array_index (proposals, EdgeProposal, index);
  EdgeBallot *self = g_object_new (EDGE_TYPE_BALLOT, NULL);
  g_autoptr(GStrvBuilder) voters = g_strv_builder_new ();
  Keys wanted = { .n = first->n_keys };

  memcpy (wanted.keys, first->keys, first->n_keys * sizeof *first->keys);
  self->keys = write_keys (wanted.keys, wanted.n, NULL);
  self->present = write_keys (present->keys, present->n, NULL);
  self->added = write_keys (wanted.keys, wanted.n, present);
  self->removed = write_keys (present->keys, present->n, &wanted);
  self->n_needed = 2 * present->n / 3 + 1;
  self->may_vote = holds (present->keys, present->n, key);
  for (guint i = index; i < proposals->len; i++)
    {
      const EdgeProposal *proposal = &g_array_index (proposals, EdgeProposal, i);

      if (!is_same_list (proposal, first))
        continue;
      g_strv_builder_take (voters, edge_id_to_text (&proposal->key));
      self->own |= edge_id_equal (&proposal->key, key);
    }
  self->voters = g_strv_builder_end (voters);
  return self;
}

static gboolean
is_first (GArray *proposals,
          guint   index)
{
  for (guint i = 0; i < index; i++)
    {
      if (is_same_list (&g_array_index (proposals, EdgeProposal, i),
                        &g_array_index (proposals, EdgeProposal, index)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_same (EdgeBallot *a,
         EdgeBallot *b)
{
  return g_strv_equal (edge_ballot_get_keys (a), edge_ballot_get_keys (b)) &&
         g_strv_equal (edge_ballot_get_voters (a), edge_ballot_get_voters (b)) &&
         g_strv_equal (edge_ballot_get_present (a), edge_ballot_get_present (b));
}

/**
 * edge_ballot_refresh:
 * @ballots: a store of ballots
 * @ledger: an open ledger
 * @key: our key
 *
 * Lists in the store what is voted on now. What did not change stays the same object.
 */
void
edge_ballot_refresh (GListStore   *ballots,
                     EdgeLedger   *ledger,
                     const EdgeId *key)
{
  g_autoptr(GArray) proposals = edge_ledger_dup_proposals (ledger);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (ballots));
  gboolean same;
  Keys present;

  present.n = edge_ledger_get_validators (ledger, present.keys);
  for (guint i = 0; i < proposals->len; i++)
    {
      if (is_first (proposals, i))
        g_ptr_array_add (list, make_ballot (proposals, i, &present, key));
    }
  same = n_before == list->len;
  for (guint i = 0; same && i < n_before; i++)
    {
      g_autoptr(EdgeBallot) before = g_list_model_get_item (G_LIST_MODEL (ballots), i);

      same = is_same (before, g_ptr_array_index (list, i));
    }
  if (!same)
    g_list_store_splice (ballots, 0, n_before, list->pdata, list->len);
}

/**
 * edge_ballot_get_keys:
 * @self: a ballot
 *
 * Returns: (transfer none): who is to close the book
 */
const char * const *
edge_ballot_get_keys (EdgeBallot *self)
{
  return (const char * const *) self->keys;
}

/**
 * edge_ballot_get_voters:
 * @self: a ballot
 *
 * Returns: (transfer none): validators of today who want that
 */
const char * const *
edge_ballot_get_voters (EdgeBallot *self)
{
  return (const char * const *) self->voters;
}

/**
 * edge_ballot_get_added:
 * @self: a ballot
 *
 * Returns: (transfer none): who is no validator today
 */
const char * const *
edge_ballot_get_added (EdgeBallot *self)
{
  return (const char * const *) self->added;
}

/**
 * edge_ballot_get_removed:
 * @self: a ballot
 *
 * Returns: (transfer none): who would be none any more
 */
const char * const *
edge_ballot_get_removed (EdgeBallot *self)
{
  return (const char * const *) self->removed;
}

/**
 * edge_ballot_get_present:
 * @self: a ballot
 *
 * Returns: (transfer none): the validators of today; who proposes these says no to all else
 */
const char * const *
edge_ballot_get_present (EdgeBallot *self)
{
  return (const char * const *) self->present;
}

/**
 * edge_ballot_get_n_needed:
 * @self: a ballot
 *
 * Returns: how many must want it for it to be so
 */
guint
edge_ballot_get_n_needed (EdgeBallot *self)
{
  return self->n_needed;
}

/**
 * edge_ballot_get_may_vote:
 * @self: a ballot
 *
 * Returns: whether we are a validator, who has a say
 */
gboolean
edge_ballot_get_may_vote (EdgeBallot *self)
{
  return self->may_vote;
}

/**
 * edge_ballot_get_own:
 * @self: a ballot
 *
 * Returns: whether we are among who want it
 */
gboolean
edge_ballot_get_own (EdgeBallot *self)
{
  return self->own;
}
