/* edge-range-index.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-range-index.h"

#include <sodium.h>
#include <string.h>

#define LEAF_TAG  0
#define INNER_TAG 1

typedef struct
{
  guint8 bytes[EDGE_RANGE_KEY_SIZE];
} Key;

typedef struct _Node Node;

/* At most EDGE_RANGE_LEAF keys stand in a sorted list, more are divided by their
 * next half byte. */
struct _Node
{
  guint64  count;
  EdgeId   hash;
  gboolean stale;
  gboolean leaf;
  union
  {
    Key   *keys;
    Node **children;
  };
};

struct _EdgeRangeIndex
{
  Node *root;
};

static Node *
new_leaf (void)
{
  Node *node = g_new0 (Node, 1);

  node->leaf = TRUE;
  node->stale = TRUE;
  node->keys = g_new (Key, EDGE_RANGE_LEAF);
  return node;
}

static void
free_node (Node *node)
{
  if (node == NULL)
    return;
  for (guint i = 0; !node->leaf && i < 16; i++)
    free_node (node->children[i]);
  g_free (node->leaf ? (gpointer) node->keys : (gpointer) node->children);
  g_free (node);
}

/**
 * edge_range_index_new:
 *
 * Returns: (transfer full): an index of no events
 */
EdgeRangeIndex *
edge_range_index_new (void)
{
  EdgeRangeIndex *self = g_new0 (EdgeRangeIndex, 1);

  self->root = new_leaf ();
  return self;
}

/**
 * edge_range_index_free:
 * @self: (transfer full): an index
 *
 * Frees it.
 */
void
edge_range_index_free (EdgeRangeIndex *self)
{
  free_node (self->root);
  g_free (self);
}

static void
make_key (Key          *key,
          guint64       time,
          const EdgeId *id)
{
  guint64 big_endian = GUINT64_TO_BE (time);

  memcpy (key->bytes, &big_endian, sizeof big_endian);
  memcpy (key->bytes + sizeof big_endian, id->bytes, EDGE_ID_SIZE);
}

static guint
nibble_of (const Key *key,
           guint      depth)
{
  return depth % 2 == 0 ? key->bytes[depth / 2] >> 4 : key->bytes[depth / 2] & 15;
}

static gboolean
find_key (const Node *leaf,
          const Key  *key,
          guint      *place)
{
  for (*place = 0; *place < leaf->count; (*place)++)
    {
      int order = memcmp (&leaf->keys[*place], key, sizeof *key);

      if (order >= 0)
        return order == 0;
    }
  return FALSE;
}

static gboolean add_below (Node      *node,
                           const Key *key,
                           guint      depth);

static void
divide (Node  *node,
        guint  depth)
{
  Key *keys = node->keys;
  guint64 count = node->count;

  node->leaf = FALSE;
  node->children = g_new0 (Node *, 16);
  node->count = 0;
  for (guint64 i = 0; i < count; i++)
    add_below (node, &keys[i], depth);
  g_free (keys);
}

static gboolean
add_below (Node      *node,
           const Key *key,
           guint      depth)
{
  guint place;
  Node **child;

  if (node->leaf)
    {
      if (find_key (node, key, &place))
        return FALSE;
      if (node->count < EDGE_RANGE_LEAF)
        {
          memmove (&node->keys[place + 1], &node->keys[place],
                   (node->count - place) * sizeof (Key));
          node->keys[place] = *key;
          node->count++;
          node->stale = TRUE;
          return TRUE;
        }
      divide (node, depth);
    }

  child = &node->children[nibble_of (key, depth)];
  if (*child == NULL)
    *child = new_leaf ();
  if (!add_below (*child, key, depth + 1))
    return FALSE;
  node->count++;
  node->stale = TRUE;
  return TRUE;
}

static void
gather (Node *node,
        Key  *keys,
        guint *n_keys)
{
  if (node == NULL)
    return;
  if (node->leaf)
    {
      memcpy (keys + *n_keys, node->keys, node->count * sizeof (Key));
      *n_keys += (guint) node->count;
      return;
    }
  for (guint i = 0; i < 16; i++)
    gather (node->children[i], keys, n_keys);
}

static gboolean
remove_below (Node      *node,
              const Key *key,
              guint      depth)
{
  guint place;
  Key *keys;
  guint n_keys = 0;

  if (node == NULL)
    return FALSE;
  if (node->leaf)
    {
      if (!find_key (node, key, &place))
        return FALSE;
      node->count--;
      memmove (&node->keys[place], &node->keys[place + 1], (node->count - place) * sizeof (Key));
      node->stale = TRUE;
      return TRUE;
    }

  if (!remove_below (node->children[nibble_of (key, depth)], key, depth + 1))
    return FALSE;
  node->count--;
  node->stale = TRUE;
  if (node->count > EDGE_RANGE_LEAF)
    return TRUE;

  keys = g_new (Key, EDGE_RANGE_LEAF);
  gather (node, keys, &n_keys);
  for (guint i = 0; i < 16; i++)
    free_node (node->children[i]);
  g_free (node->children);
  node->leaf = TRUE;
  node->keys = keys;
  return TRUE;
}

/**
 * edge_range_prefix_init_key:
 * @prefix: (out caller-allocates): the range
 * @time: the time of an event, in milliseconds
 * @id: its id
 *
 * The range of one event alone.
 */
void
edge_range_prefix_init_key (EdgeRangePrefix *prefix,
                            guint64          time,
                            const EdgeId    *id)
{
  Key key;

  make_key (&key, time, id);
  prefix->length = EDGE_RANGE_KEY_NIBBLES;
  for (guint i = 0; i < EDGE_RANGE_KEY_NIBBLES; i++)
    prefix->nibbles[i] = (guint8) nibble_of (&key, i);
}

/**
 * edge_range_index_add:
 * @self: an index
 * @time: an event's time, in milliseconds
 * @id: its id
 *
 * Returns: whether it was not there before
 */
gboolean
edge_range_index_add (EdgeRangeIndex *self,
                      guint64         time,
                      const EdgeId   *id)
{
  Key key;

  make_key (&key, time, id);
  return add_below (self->root, &key, 0);
}

/**
 * edge_range_index_remove:
 * @self: an index
 * @time: an event's time, in milliseconds
 * @id: its id
 *
 * Returns: whether it was there
 */
gboolean
edge_range_index_remove (EdgeRangeIndex *self,
                         guint64         time,
                         const EdgeId   *id)
{
  Key key;

  make_key (&key, time, id);
  return remove_below (self->root, &key, 0);
}

/**
 * edge_range_index_get_size:
 * @self: an index
 *
 * Returns: how many events it lists
 */
guint64
edge_range_index_get_size (EdgeRangeIndex *self)
{
  return self->root->count;
}

static void
hash_keys (const Key *keys,
           guint64    count,
           EdgeId    *hash)
{
  guint8 data[1 + 8 + EDGE_RANGE_LEAF * EDGE_RANGE_KEY_SIZE] = { LEAF_TAG };
  guint64 big_endian = GUINT64_TO_BE (count);

  memcpy (data + 1, &big_endian, 8);
  memcpy (data + 9, keys, count * sizeof (Key));
  edge_id_of_data (hash, data, 9 + count * sizeof (Key));
}

static void
settle (Node *node)
{
  static const EdgeId none;
  guint8 data[1 + 8 + 16 * EDGE_ID_SIZE] = { INNER_TAG };
  guint64 big_endian = GUINT64_TO_BE (node->count);

  if (!node->stale)
    return;

  node->stale = FALSE;
  if (node->leaf)
    {
      hash_keys (node->keys, node->count, &node->hash);
      return;
    }

  memcpy (data + 1, &big_endian, 8);
  for (guint i = 0; i < 16; i++)
    {
      const EdgeId *hash = &none;

      if (node->children[i] != NULL && node->children[i]->count > 0)
        {
          settle (node->children[i]);
          hash = &node->children[i]->hash;
        }
      memcpy (data + 9 + i * EDGE_ID_SIZE, hash, EDGE_ID_SIZE);
    }
  edge_id_of_data (&node->hash, data, sizeof data);
}

/* The node that holds a prefix; a leaf above it when that holds more than the prefix. */
static Node *
descend (EdgeRangeIndex        *self,
         const EdgeRangePrefix *prefix)
{
  Node *node = self->root;

  for (guint depth = 0; depth < prefix->length && node != NULL && !node->leaf; depth++)
    node = node->children[prefix->nibbles[depth]];
  return node;
}

static gboolean
has_prefix (const Key             *key,
            const EdgeRangePrefix *prefix)
{
  for (guint depth = 0; depth < prefix->length; depth++)
    {
      if (nibble_of (key, depth) != prefix->nibbles[depth])
        return FALSE;
    }
  return TRUE;
}

/**
 * edge_range_index_fingerprint:
 * @self: an index
 * @prefix: a part of it
 * @fingerprint: (out): a hash that is the same for the same events and no others
 *
 * Returns: how many events the part holds
 */
guint64
edge_range_index_fingerprint (EdgeRangeIndex        *self,
                              const EdgeRangePrefix *prefix,
                              EdgeId                *fingerprint)
{
  Node *node = descend (self, prefix);
  Key keys[EDGE_RANGE_LEAF];
  guint64 count = 0;

  if (node != NULL && !node->leaf)
    {
      settle (node);
      *fingerprint = node->hash;
      return node->count;
    }

  for (guint64 i = 0; node != NULL && i < node->count; i++)
    {
      if (has_prefix (&node->keys[i], prefix))
        keys[count++] = node->keys[i];
    }
  hash_keys (keys, count, fingerprint);
  return count;
}

static gboolean
visit (Node                  *node,
       const EdgeRangePrefix *prefix,
       EdgeRangeFunc          func,
       gpointer               user_data)
{
  gboolean go_on = TRUE;

  if (node == NULL)
    return TRUE;
  if (!node->leaf)
    {
      for (guint i = 0; go_on && i < 16; i++)
        go_on = visit (node->children[i], prefix, func, user_data);
      return go_on;
    }

  for (guint64 i = 0; go_on && i < node->count; i++)
    {
      const Key *key = &node->keys[i];
      guint64 time;
      EdgeId id;

      if (!has_prefix (key, prefix))
        continue;
      memcpy (&time, key->bytes, sizeof time);
      memcpy (&id, key->bytes + sizeof time, sizeof id);
      go_on = func (&id, GUINT64_FROM_BE (time), user_data);
    }
  return go_on;
}

/**
 * edge_range_index_foreach:
 * @self: an index
 * @prefix: a part of it
 * @func: (scope call): called for each event, in order of time, until it returns %FALSE
 * @user_data: for @func
 *
 * Visits the events of a part.
 */
void
edge_range_index_foreach (EdgeRangeIndex        *self,
                          const EdgeRangePrefix *prefix,
                          EdgeRangeFunc          func,
                          gpointer               user_data)
{
  visit (descend (self, prefix), prefix, func, user_data);
}
