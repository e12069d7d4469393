/* edge-state-tree.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-state-tree.h"

#include <sodium.h>
#include <string.h>

#define PATH_BITS (EDGE_ID_SIZE * 8)

#define LEAF_TAG  0
#define INNER_TAG 1

typedef struct _Node Node;

/* A leaf keeps its place, an inner node its children; both their hash. */
struct _Node
{
  EdgeId   hash;
  gboolean leaf;
  gboolean stale;
  union
  {
    EdgeId place;
    Node  *child[2];
  };
};

struct _EdgeStateTree
{
  Node  *root;
  gsize  size;
};

static const EdgeId none;

/**
 * edge_state_tree_new:
 *
 * Returns: (transfer full): a tree without entries
 */
EdgeStateTree *
edge_state_tree_new (void)
{
  return g_new0 (EdgeStateTree, 1);
}

static void
free_node (Node *node)
{
  if (node == NULL)
    return;
  if (!node->leaf)
    {
      free_node (node->child[0]);
      free_node (node->child[1]);
    }
  g_free (node);
}

/**
 * edge_state_tree_free:
 * @self: (transfer full): a tree
 *
 * Frees it.
 */
void
edge_state_tree_free (EdgeStateTree *self)
{
  free_node (self->root);
  g_free (self);
}

static guint
bit_of (const EdgeId *place,
        guint         index)
{
  return place->bytes[index / 8] >> (7 - index % 8) & 1;
}

static void
hash_leaf_text (const EdgeId *place,
                const EdgeId *text,
                EdgeId       *hash)
{
  guint8 data[1 + 2 * EDGE_ID_SIZE] = { LEAF_TAG };

  memcpy (data + 1, place, EDGE_ID_SIZE);
  memcpy (data + 1 + EDGE_ID_SIZE, text, EDGE_ID_SIZE);
  edge_id_of_data (hash, data, sizeof data);
}

static void
hash_leaf (const EdgeId *place,
           const char   *text,
           gsize         length,
           EdgeId       *hash)
{
  EdgeId text_hash;

  edge_id_of_data (&text_hash, text, length);
  hash_leaf_text (place, &text_hash, hash);
}

static void
hash_inner (const EdgeId *left,
            const EdgeId *right,
            EdgeId       *hash)
{
  guint8 data[1 + 2 * EDGE_ID_SIZE] = { INNER_TAG };

  memcpy (data + 1, left, EDGE_ID_SIZE);
  memcpy (data + 1 + EDGE_ID_SIZE, right, EDGE_ID_SIZE);
  edge_id_of_data (hash, data, sizeof data);
}

/**
 * edge_state_tree_set:
 * @self: a tree
 * @name: the entry's name
 * @text: (array length=length): its text
 * @length: bytes of @text
 *
 * Adds or replaces an entry.
 */
void
edge_state_tree_set (EdgeStateTree *self,
                     const char    *name,
                     const char    *text,
                     gsize          length)
{
  Node **at = &self->root;
  guint depth = 0;
  EdgeId place;
  Node *leaf;

  edge_id_of_data (&place, name, strlen (name));
  while (*at != NULL && !(*at)->leaf)
    {
      (*at)->stale = TRUE;
      at = &(*at)->child[bit_of (&place, depth++)];
    }

  /* Another entry stands here: both go down until their places part. */
  while (*at != NULL && !edge_id_equal (&(*at)->place, &place))
    {
      Node *inner = g_new0 (Node, 1);
      Node *other = *at;

      inner->stale = TRUE;
      inner->child[bit_of (&other->place, depth)] = other;
      *at = inner;
      at = &inner->child[bit_of (&place, depth++)];
    }

  if (*at == NULL)
    {
      leaf = g_new0 (Node, 1);
      leaf->leaf = TRUE;
      leaf->place = place;
      *at = leaf;
      self->size++;
    }
  hash_leaf (&place, text, length, &(*at)->hash);
}

static gboolean
remove_below (Node         **at,
              const EdgeId  *place,
              guint          depth)
{
  Node *node = *at;
  guint side;
  Node *rest;

  if (node == NULL)
    return FALSE;
  if (node->leaf)
    {
      if (!edge_id_equal (&node->place, place))
        return FALSE;
      *at = NULL;
      g_free (node);
      return TRUE;
    }

  side = bit_of (place, depth);
  if (!remove_below (&node->child[side], place, depth + 1))
    return FALSE;

  node->stale = TRUE;
  rest = node->child[0] == NULL ? node->child[1] : node->child[1] == NULL ? node->child[0] : NULL;
  if (rest != NULL && rest->leaf)
    {
      *at = rest;
      g_free (node);
    }
  return TRUE;
}

/**
 * edge_state_tree_remove:
 * @self: a tree
 * @name: an entry's name
 *
 * Removes an entry, if it is there.
 */
void
edge_state_tree_remove (EdgeStateTree *self,
                        const char    *name)
{
  EdgeId place;

  edge_id_of_data (&place, name, strlen (name));
  if (remove_below (&self->root, &place, 0))
    self->size--;
}

/**
 * edge_state_tree_get_size:
 * @self: a tree
 *
 * Returns: how many entries it has
 */
gsize
edge_state_tree_get_size (EdgeStateTree *self)
{
  return self->size;
}

static const EdgeId *
settle (Node *node)
{
  if (node == NULL)
    return &none;
  if (!node->leaf && node->stale)
    {
      const EdgeId *left = settle (node->child[0]);
      const EdgeId *right = settle (node->child[1]);

      hash_inner (left, right, &node->hash);
      node->stale = FALSE;
    }
  return &node->hash;
}

/**
 * edge_state_tree_get_root:
 * @self: a tree
 * @root: (out): its root
 *
 * Computes the root, hashing what changed since last time.
 */
void
edge_state_tree_get_root (EdgeStateTree *self,
                          EdgeId        *root)
{
  *root = *settle (self->root);
}

static GArray *
walk (EdgeStateTree  *self,
      const char     *name,
      EdgeId         *place,
      Node          **end)
{
  GArray *path = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  Node *node = self->root;

  edge_id_of_data (place, name, strlen (name));
  settle (node);
  for (guint depth = 0; node != NULL && !node->leaf; depth++)
    {
      guint side = bit_of (place, depth);

      g_array_append_vals (path, settle (node->child[1 - side]), 1);
      node = node->child[side];
    }
  *end = node;
  return path;
}

/**
 * edge_state_tree_get_path:
 * @self: a tree
 * @name: an entry's name
 *
 * Returns: (transfer full) (nullable) (element-type EdgeId): the roots beside the way
 *   from the top to the entry, or %NULL when there is no such entry
 */
GArray *
edge_state_tree_get_path (EdgeStateTree *self,
                          const char    *name)
{
  EdgeId place;
  Node *node;
  g_autoptr(GArray) path = walk (self, name, &place, &node);

  if (node == NULL || !edge_id_equal (&node->place, &place))
    return NULL;
  return g_steal_pointer (&path);
}

/**
 * edge_state_tree_get_gap:
 * @self: a tree
 * @name: the name of no entry
 * @beside: (out): place of the entry that stands where this one would
 * @has_beside: (out): whether there is one; else nothing stands there
 *
 * Returns: (transfer full) (nullable) (element-type EdgeId): the roots beside the way to
 *   where the entry would stand, or %NULL when there is such an entry
 */
GArray *
edge_state_tree_get_gap (EdgeStateTree *self,
                         const char    *name,
                         EdgeId        *beside,
                         gboolean      *has_beside)
{
  EdgeId place;
  Node *node;
  g_autoptr(GArray) path = walk (self, name, &place, &node);

  *has_beside = node != NULL;
  if (node == NULL)
    return g_steal_pointer (&path);
  if (edge_id_equal (&node->place, &place))
    return NULL;
  *beside = node->place;
  return g_steal_pointer (&path);
}

static void
climb (const EdgeId *place,
       const EdgeId *path,
       guint         n_path,
       EdgeId       *root)
{
  for (guint depth = n_path; depth > 0; depth--)
    {
      EdgeId below = *root;

      if (bit_of (place, depth - 1))
        hash_inner (&path[depth - 1], &below, root);
      else
        hash_inner (&below, &path[depth - 1], root);
    }
}

/**
 * edge_state_tree_climb:
 * @name: an entry's name
 * @text: (array length=length): its text
 * @length: bytes of @text
 * @path: (array length=n_path): as edge_state_tree_get_path() gave it
 * @n_path: its length
 * @root: (out): the root that follows
 *
 * Computes the root from one entry and its path.
 *
 * Returns: whether the path is short enough to be one
 */
gboolean
edge_state_tree_climb (const char   *name,
                       const char   *text,
                       gsize         length,
                       const EdgeId *path,
                       guint         n_path,
                       EdgeId       *root)
{
  EdgeId place;

  if (n_path > PATH_BITS)
    return FALSE;

  edge_id_of_data (&place, name, strlen (name));
  hash_leaf (&place, text, length, root);
  climb (&place, path, n_path, root);
  return TRUE;
}

/**
 * edge_state_tree_climb_gap:
 * @name: the name of no entry
 * @beside: (nullable): place of the entry that stands where this one would
 * @text: (nullable): hash of that one's text
 * @path: (array length=n_path): as edge_state_tree_get_gap() gave it
 * @n_path: its length
 * @root: (out): the root that follows
 *
 * Computes the root of a tree that has no entry of that name.
 *
 * Returns: whether these can show that there is none
 */
gboolean
edge_state_tree_climb_gap (const char   *name,
                           const EdgeId *beside,
                           const EdgeId *text,
                           const EdgeId *path,
                           guint         n_path,
                           EdgeId       *root)
{
  EdgeId place;

  if (n_path > PATH_BITS)
    return FALSE;

  edge_id_of_data (&place, name, strlen (name));
  *root = none;
  if (beside != NULL)
    {
      if (edge_id_equal (beside, &place))
        return FALSE;
      for (guint depth = 0; depth < n_path; depth++)
        {
          if (bit_of (beside, depth) != bit_of (&place, depth))
            return FALSE;
        }
      hash_leaf_text (beside, text, root);
    }
  climb (&place, path, n_path, root);
  return TRUE;
}
