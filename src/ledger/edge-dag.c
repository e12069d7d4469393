/* edge-dag.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-dag.h"

#include <string.h>

#include "ledger/edge-ledger-error.h"

#define CHUNK_BITS 12
#define CHUNK_SIZE (1u << CHUNK_BITS)

/* Nodes and authors never move, so pointers to them hold. */
struct _EdgeDag
{
  GPtrArray  *chunks;
  GPtrArray  *author_chunks;
  GHashTable *by_id;
  GHashTable *by_key;
  guint32     n_nodes;
  guint32     n_authors;
  guint32     mark;
  gboolean    has_forks;
};

static void
free_chunks (GPtrArray *chunks)
{
  g_ptr_array_set_free_func (chunks, g_free);
  g_ptr_array_unref (chunks);
}

/**
 * edge_dag_new:
 *
 * Returns: (transfer full): a DAG without events
 */
EdgeDag *
edge_dag_new (void)
{
  EdgeDag *self = g_new0 (EdgeDag, 1);

  self->chunks = g_ptr_array_new ();
  self->author_chunks = g_ptr_array_new ();
  self->by_id = g_hash_table_new (edge_id_hash, edge_id_equal);
  self->by_key = g_hash_table_new (edge_id_hash, edge_id_equal);
  return self;
}

/**
 * edge_dag_free:
 * @self: (transfer full): a DAG
 *
 * Frees it.
 */
void
edge_dag_free (EdgeDag *self)
{
  for (guint32 i = 0; i < self->n_nodes; i++)
    edge_dag_drop_body (self, i);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_key);
  free_chunks (self->chunks);
  free_chunks (self->author_chunks);
  g_free (self);
}

/**
 * edge_dag_get_size:
 * @self: a DAG
 *
 * Returns: how many events it holds
 */
guint32
edge_dag_get_size (EdgeDag *self)
{
  return self->n_nodes;
}

/**
 * edge_dag_get_node:
 * @self: a DAG
 * @index: a node's number
 *
 * Returns: (transfer none): the node; it stays where it is
 */
EdgeDagNode *
edge_dag_get_node (EdgeDag *self,
                   guint32  index)
{
  EdgeDagNode *chunk = g_ptr_array_index (self->chunks, index >> CHUNK_BITS);

  return &chunk[index & (CHUNK_SIZE - 1)];
}

/**
 * edge_dag_get_n_authors:
 * @self: a DAG
 *
 * Returns: how many keys signed an event in it
 */
guint32
edge_dag_get_n_authors (EdgeDag *self)
{
  return self->n_authors;
}

/**
 * edge_dag_get_author:
 * @self: a DAG
 * @index: an author's number
 *
 * Returns: (transfer none): the author; it stays where it is
 */
EdgeDagAuthor *
edge_dag_get_author (EdgeDag *self,
                     guint32  index)
{
  EdgeDagAuthor *chunk = g_ptr_array_index (self->author_chunks, index >> CHUNK_BITS);

  return &chunk[index & (CHUNK_SIZE - 1)];
}

static guint32
look_up (GHashTable   *table,
         const EdgeId *id)
{
  gpointer value;

  return g_hash_table_lookup_extended (table, id, NULL, &value) ? GPOINTER_TO_UINT (value)
                                                                 : EDGE_DAG_NONE;
}

/**
 * edge_dag_find:
 * @self: a DAG
 * @id: any id
 *
 * Returns: the number of the event of that id, or %EDGE_DAG_NONE
 */
guint32
edge_dag_find (EdgeDag      *self,
               const EdgeId *id)
{
  return look_up (self->by_id, id);
}

/**
 * edge_dag_find_author:
 * @self: a DAG
 * @key: any key
 *
 * Returns: the number of that author, or %EDGE_DAG_NONE
 */
guint32
edge_dag_find_author (EdgeDag      *self,
                      const EdgeId *key)
{
  return look_up (self->by_key, key);
}

static guint32
intern_author (EdgeDag      *self,
               const EdgeId *key)
{
  guint32 index = edge_dag_find_author (self, key);
  EdgeDagAuthor *author;

  if (index != EDGE_DAG_NONE)
    return index;

  index = self->n_authors++;
  if (index >> CHUNK_BITS == self->author_chunks->len)
    g_ptr_array_add (self->author_chunks, g_new0 (EdgeDagAuthor, CHUNK_SIZE));
  author = edge_dag_get_author (self, index);
  author->key = *key;
  author->first_join = EDGE_DAG_NONE;
  g_hash_table_insert (self->by_key, &author->key, GUINT_TO_POINTER (index));
  return index;
}

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_STRUCTURE, reason);
  return FALSE;
}

static gboolean
fits (EdgeDag        *self,
      EdgeEvent      *event,
      const guint32  *refs,
      GError        **error)
{
  guint64 height = 0;

  for (guint i = 0; i < 3; i++)
    {
      const EdgeDagNode *node;

      if (refs[i] == EDGE_DAG_NONE)
        continue;
      node = edge_dag_get_node (self, refs[i]);
      height = MAX (height, node->height);
      if (event->time < node->time)
        return refuse (error, "its time is before that of what it builds upon");
    }
  if (event->height != height + 1)
    return refuse (error, "its height is not one more than the greatest it builds upon");

  if (event->has_prev)
    {
      const EdgeDagNode *prev = edge_dag_get_node (self, refs[EDGE_DAG_PREV]);

      if (!edge_id_equal (&edge_dag_get_author (self, prev->author)->key, &event->author))
        return refuse (error, "its prev is of another author");
      if (event->seq != (guint64) prev->seq + 1)
        return refuse (error, "its seq is not one more than that of prev");
    }
  return TRUE;
}

static void
link_children (EdgeDag       *self,
               guint32        index,
               const guint32 *refs)
{
  EdgeDagNode *node = edge_dag_get_node (self, index);

  for (guint i = 0; i < 3; i++)
    {
      EdgeDagNode *parent;

      node->refs[i] = refs[i];
      node->next[i] = EDGE_DAG_NONE;
      /* A prev that is a parent too stands once in the list of that one. */
      if (refs[i] == EDGE_DAG_NONE ||
          (i == EDGE_DAG_PREV && (refs[i] == refs[0] || refs[i] == refs[1])))
        continue;
      parent = edge_dag_get_node (self, refs[i]);
      node->next[i] = parent->first_child;
      parent->first_child = index;
    }
}

/* A fork is found when its second branch comes; then all know of it. */
static void
link_rivals (EdgeDag *self,
             guint32  index)
{
  EdgeDagNode *node = edge_dag_get_node (self, index);
  guint32 *first;

  node->next_rival = EDGE_DAG_NONE;
  if (node->type == EDGE_EVENT_GENESIS)
    return;

  first = node->refs[EDGE_DAG_PREV] != EDGE_DAG_NONE
          ? &edge_dag_get_node (self, node->refs[EDGE_DAG_PREV])->first_after
          : &edge_dag_get_author (self, node->author)->first_join;
  node->next_rival = *first;
  node->forked = *first != EDGE_DAG_NONE;
  if (node->forked)
    {
      edge_dag_get_node (self, *first)->forked = TRUE;
      self->has_forks = TRUE;
    }
  *first = index;
}

static EdgeDagNode *
add_node (EdgeDag      *self,
          const EdgeId *id,
          guint32      *index)
{
  EdgeDagNode *node;

  *index = self->n_nodes++;
  if (*index >> CHUNK_BITS == self->chunks->len)
    g_ptr_array_add (self->chunks, g_new0 (EdgeDagNode, CHUNK_SIZE));

  node = edge_dag_get_node (self, *index);
  node->id = *id;
  node->set = EDGE_DAG_OPEN;
  node->first_child = EDGE_DAG_NONE;
  node->first_after = EDGE_DAG_NONE;
  g_hash_table_insert (self->by_id, &node->id, GUINT_TO_POINTER (*index));
  return node;
}

/**
 * edge_dag_has_forks:
 * @self: a DAG
 *
 * Returns: whether any author ever signed two events with the same `prev`
 */
gboolean
edge_dag_has_forks (EdgeDag *self)
{
  return self->has_forks;
}

/**
 * edge_dag_add:
 * @self: a DAG
 * @event: an event whose form is good
 * @index: (out): its number, when it is in the DAG now or was before
 * @error: (nullable): return location for an `EDGE_LEDGER_ERROR` when it is invalid
 *
 * Adds an event if all it builds upon is there. The first must be the genesis.
 *
 * Returns: what became of it
 */
EdgeDagResult
edge_dag_add (EdgeDag    *self,
              EdgeEvent  *event,
              guint32    *index,
              GError    **error)
{
  guint32 refs[3] = { EDGE_DAG_NONE, EDGE_DAG_NONE, EDGE_DAG_NONE };
  EdgeDagNode *node;

  *index = edge_dag_find (self, &event->id);
  if (*index != EDGE_DAG_NONE)
    return EDGE_DAG_KNOWN;

  if (event->type == EDGE_EVENT_GENESIS && self->n_nodes > 0)
    {
      refuse (error, "a network has one genesis");
      return EDGE_DAG_INVALID;
    }

  for (guint i = 0; i < event->n_parents; i++)
    {
      refs[i] = edge_dag_find (self, &event->parents[i]);
      if (refs[i] == EDGE_DAG_NONE)
        return EDGE_DAG_MISSING;
    }
  if (event->has_prev)
    {
      refs[EDGE_DAG_PREV] = edge_dag_find (self, &event->prev);
      if (refs[EDGE_DAG_PREV] == EDGE_DAG_NONE)
        return EDGE_DAG_MISSING;
    }
  if (event->type != EDGE_EVENT_GENESIS && !fits (self, event, refs, error))
    return EDGE_DAG_INVALID;

  node = add_node (self, &event->id, index);
  node->body = edge_event_body_ref (event->body);
  node->place = event->place;
  node->time = event->time;
  node->author = intern_author (self, &event->author);
  node->seq = (guint32) event->seq;
  node->height = (guint32) event->height;
  node->type = event->type;
  link_children (self, *index, refs);
  link_rivals (self, *index);
  return EDGE_DAG_ADDED;
}

/**
 * edge_dag_add_bone:
 * @self: a DAG
 * @bone: what is kept of a final event, not yet trusted
 * @set: the checkpoint that holds it
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Adds an event without its body. What it follows must be there; the genesis is, and
 * gets its place.
 *
 * Returns: whether it fits
 */
gboolean
edge_dag_add_bone (EdgeDag            *self,
                   const EdgeDagBone  *bone,
                   guint32             set,
                   GError            **error)
{
  guint32 refs[3] = { EDGE_DAG_NONE, EDGE_DAG_NONE, EDGE_DAG_NONE };
  guint32 index = edge_dag_find (self, &bone->id);
  EdgeDagNode *node;

  if (index == 0 && self->n_nodes == 1)
    {
      node = edge_dag_get_node (self, 0);
      node->set = set;
      node->verdict = EDGE_VERDICT_OK;
      return TRUE;
    }
  if (index != EDGE_DAG_NONE)
    return refuse (error, "an event is listed twice");
  if (edge_dag_get_node (self, 0)->set == EDGE_DAG_OPEN)
    return refuse (error, "the first event is not the genesis");
  if (bone->type == EDGE_EVENT_GENESIS || bone->type >= EDGE_EVENT_N_TYPES || bone->height == 0 ||
      bone->verdict > EDGE_VERDICT_VOID || bone->time > EDGE_EVENT_MAX_TIME ||
      (bone->seq == 0) == bone->has_prev)
    return refuse (error, "an event is out of bounds");
  if (bone->has_prev)
    {
      refs[EDGE_DAG_PREV] = edge_dag_find (self, &bone->prev);
      if (refs[EDGE_DAG_PREV] == EDGE_DAG_NONE)
        return refuse (error, "what an event follows is not listed before it");
      node = edge_dag_get_node (self, refs[EDGE_DAG_PREV]);
      if (bone->seq != node->seq + 1 || bone->height <= node->height || bone->time < node->time ||
          !edge_id_equal (&edge_dag_get_author (self, node->author)->key, &bone->author))
        return refuse (error, "an event does not fit what it follows");
    }

  node = add_node (self, &bone->id, &index);
  node->time = bone->time;
  node->author = intern_author (self, &bone->author);
  node->seq = bone->seq;
  node->height = bone->height;
  node->set = set;
  node->type = bone->type;
  node->verdict = bone->verdict;
  link_children (self, index, refs);
  link_rivals (self, index);
  return TRUE;
}

/**
 * edge_dag_get_bone:
 * @self: a DAG
 * @index: a node's number
 * @bone: (out): what is kept of it without its body
 *
 * Tells what edge_dag_add_bone() needs.
 */
void
edge_dag_get_bone (EdgeDag     *self,
                   guint32      index,
                   EdgeDagBone *bone)
{
  const EdgeDagNode *node = edge_dag_get_node (self, index);

  memset (bone, 0, sizeof *bone);
  bone->id = node->id;
  bone->author = edge_dag_get_author (self, node->author)->key;
  bone->has_prev = node->refs[EDGE_DAG_PREV] != EDGE_DAG_NONE;
  if (bone->has_prev)
    bone->prev = edge_dag_get_node (self, node->refs[EDGE_DAG_PREV])->id;
  bone->time = node->time;
  bone->seq = node->seq;
  bone->height = node->height;
  bone->type = node->type;
  bone->verdict = node->verdict;
}

/**
 * edge_dag_give_body:
 * @self: a DAG
 * @index: number of a node without a body
 * @event: the event, checked
 *
 * Gives a node its body, and its parents as far as they are there.
 */
void
edge_dag_give_body (EdgeDag   *self,
                    guint32    index,
                    EdgeEvent *event)
{
  EdgeDagNode *node = edge_dag_get_node (self, index);

  g_return_if_fail (node->body == NULL);

  node->body = edge_event_body_ref (event->body);
  for (guint i = 0; i < event->n_parents; i++)
    {
      guint32 parent = edge_dag_find (self, &event->parents[i]);

      node->refs[i] = parent;
      if (parent == EDGE_DAG_NONE)
        continue;
      /* As prev it stands in that list already, and the list goes on at the first of both. */
      if (parent == node->refs[EDGE_DAG_PREV])
        {
          node->next[i] = node->next[EDGE_DAG_PREV];
          continue;
        }
      node->next[i] = edge_dag_get_node (self, parent)->first_child;
      edge_dag_get_node (self, parent)->first_child = index;
    }
}

/**
 * edge_dag_drop_body:
 * @self: a DAG
 * @index: number of the node of a final event
 *
 * Forgets its body, and where its text is.
 */
void
edge_dag_drop_body (EdgeDag *self,
                    guint32  index)
{
  EdgeDagNode *node = edge_dag_get_node (self, index);

  g_clear_pointer (&node->body, edge_event_body_unref);
  node->place = 0;
}

/**
 * edge_dag_new_mark:
 * @self: a DAG
 *
 * Returns: a number that is the `mark_of` of no node or author yet
 */
guint32
edge_dag_new_mark (EdgeDag *self)
{
  return ++self->mark;
}
