/* edge-token-table.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-token-table.h"

#include "base/edge-token-bucket.h"

typedef struct
{
  EdgeTokenBucket bucket;
  gint64          used_at;
} Entry;

struct _EdgeTokenTable
{
  GHashTable *entries;     /* key to Entry */
  double      capacity;
  double      per_minute;
};

/**
 * edge_token_table_new:
 * @capacity: tokens a bucket holds at most; each starts full
 * @per_minute: tokens that flow into each in a minute
 *
 * Returns: (transfer full): a table without keys
 */
EdgeTokenTable *
edge_token_table_new (double capacity,
                      double per_minute)
{
  EdgeTokenTable *self = g_new (EdgeTokenTable, 1);

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->capacity = capacity;
  self->per_minute = per_minute;
  return self;
}

void
edge_token_table_free (EdgeTokenTable *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

/* One that is full again is as one that was never there. Where none is, the one goes that was
 * used longest ago. */
static void
make_room (EdgeTokenTable *self,
           gint64          now)
{
  GHashTableIter iter;
  const char *key;
  Entry *entry;
  const char *oldest = NULL;
  gint64 used_at = G_MAXINT64;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, (gpointer *) &key, (gpointer *) &entry))
    {
      if (edge_token_bucket_take (&entry->bucket, 0, now) &&
          entry->bucket.tokens >= entry->bucket.capacity)
        g_hash_table_iter_remove (&iter);
    }
  if (g_hash_table_size (self->entries) < EDGE_TOKEN_TABLE_MAX)
    return;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, (gpointer *) &key, (gpointer *) &entry))
    {
      if (entry->used_at >= used_at)
        continue;
      used_at = entry->used_at;
      oldest = key;
    }
  g_hash_table_remove (self->entries, oldest);
}

/**
 * edge_token_table_take:
 * @self: a table
 * @key: whose bucket
 * @tokens: how many to take
 * @now: monotonic time in microseconds
 *
 * Returns: whether there were enough; if not, none is taken
 */
gboolean
edge_token_table_take (EdgeTokenTable *self,
                       const char     *key,
                       double          tokens,
                       gint64          now)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    {
      if (g_hash_table_size (self->entries) >= EDGE_TOKEN_TABLE_MAX)
        make_room (self, now);
      entry = g_new (Entry, 1);
      edge_token_bucket_init (&entry->bucket, self->capacity, self->per_minute, now);
      g_hash_table_insert (self->entries, g_strdup (key), entry);
    }
  entry->used_at = now;
  return edge_token_bucket_take (&entry->bucket, tokens, now);
}

/**
 * edge_token_table_wait:
 * @self: a table
 * @key: whose bucket
 * @tokens: how many are wanted
 *
 * Returns: milliseconds until @tokens are there, as of the last take
 */
guint
edge_token_table_wait (EdgeTokenTable *self,
                       const char     *key,
                       double          tokens)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  return entry != NULL ? edge_token_bucket_wait (&entry->bucket, tokens) : 0;
}

guint
edge_token_table_get_size (EdgeTokenTable *self)
{
  return g_hash_table_size (self->entries);
}
