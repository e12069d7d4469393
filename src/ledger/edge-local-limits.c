/* edge-local-limits.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-local-limits.h"

#include "base/edge-token-bucket.h"

/* Two events, and as many results as one of them may hold. */
#define SLASH_SIGNATURES (2 + 9)

typedef struct
{
  EdgeId          author;
  EdgeTokenBucket signatures;
  guint           n_open;
  guint           n_lost;
} Author;

struct _EdgeLocalLimits
{
  GHashTable *authors;
};

/**
 * edge_local_limits_new:
 *
 * Returns: (transfer full): limits of which nothing is used up
 */
EdgeLocalLimits *
edge_local_limits_new (void)
{
  EdgeLocalLimits *self = g_new0 (EdgeLocalLimits, 1);

  self->authors = g_hash_table_new_full (edge_id_hash, edge_id_equal, NULL, g_free);
  return self;
}

/**
 * edge_local_limits_free:
 * @self: (transfer full): limits
 *
 * Frees them.
 */
void
edge_local_limits_free (EdgeLocalLimits *self)
{
  g_hash_table_unref (self->authors);
  g_free (self);
}

static gboolean
is_idle (gpointer key,
         gpointer value,
         gpointer user_data)
{
  Author *author = value;

  return author->n_open == 0 &&
         author->signatures.refilled_at + G_TIME_SPAN_MINUTE < *(gint64 *) user_data;
}

/* Returns: (nullable): the author's figures; %NULL when there is no room for one more */
static Author *
ensure (EdgeLocalLimits *self,
        const EdgeId    *key)
{
  Author *author = g_hash_table_lookup (self->authors, key);
  gint64 now;

  if (author != NULL)
    return author;
  now = g_get_monotonic_time ();
  if (g_hash_table_size (self->authors) >= EDGE_LIMIT_AUTHORS)
    g_hash_table_foreach_remove (self->authors, is_idle, &now);
  if (g_hash_table_size (self->authors) >= EDGE_LIMIT_AUTHORS)
    return NULL;
  author = g_new0 (Author, 1);
  author->author = *key;
  edge_token_bucket_init (&author->signatures, EDGE_LIMIT_SIGNATURES, EDGE_LIMIT_SIGNATURES, now);
  g_hash_table_insert (self->authors, &author->author, author);
  return author;
}

static guint
count_signatures (const EdgeEvent *event)
{
  switch (event->type)
    {
    case EDGE_EVENT_RECEIPT:
    case EDGE_EVENT_SETTLE:
    case EDGE_EVENT_UPTIME:
      return 1 + event->body->n_items;
    case EDGE_EVENT_SLASH:
      return 1 + SLASH_SIGNATURES;
    default:
      return 1;
    }
}

/**
 * edge_local_limits_may_check:
 * @self: limits
 * @event: an event that was only parsed
 * @now: monotonic time in microseconds
 *
 * Asked before signatures are checked. It uses up nothing: anybody can send what names
 * another as its author.
 *
 * Returns: whether the author has signatures left for it
 */
gboolean
edge_local_limits_may_check (EdgeLocalLimits *self,
                             const EdgeEvent *event,
                             gint64           now)
{
  Author *author = g_hash_table_lookup (self->authors, &event->author);
  EdgeTokenBucket trial;

  if (author == NULL)
    return g_hash_table_size (self->authors) < EDGE_LIMIT_AUTHORS || ensure (self, &event->author) != NULL;
  trial = author->signatures;
  return edge_token_bucket_take (&trial, count_signatures (event), now);
}

/**
 * edge_local_limits_checked:
 * @self: limits
 * @event: an event whose signatures hold
 * @now: monotonic time in microseconds
 *
 * Uses up what was signed.
 */
void
edge_local_limits_checked (EdgeLocalLimits *self,
                           const EdgeEvent *event,
                           gint64           now)
{
  Author *author = ensure (self, &event->author);

  if (author != NULL)
    edge_token_bucket_take (&author->signatures, count_signatures (event), now);
}

/**
 * edge_local_limits_forget:
 * @self: limits
 *
 * Forgets what is open, to have it counted again with edge_local_limits_add().
 */
void
edge_local_limits_forget (EdgeLocalLimits *self)
{
  GHashTableIter iter;
  Author *author;

  g_hash_table_iter_init (&iter, self->authors);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &author))
    author->n_open = author->n_lost = 0;
}

/**
 * edge_local_limits_has_room:
 * @self: limits
 * @author: who signed an event
 * @poor: whether it is no member and can't pay the fee
 * @astray: whether the event is the rival of another, or follows one that is off
 *
 * Returns: whether one more event of this author may become open
 */
gboolean
edge_local_limits_has_room (EdgeLocalLimits *self,
                            const EdgeId    *author,
                            gboolean         poor,
                            gboolean         astray)
{
  Author *figures = ensure (self, author);

  return figures != NULL && figures->n_open < (poor ? EDGE_LIMIT_POOR : EDGE_LIMIT_OPEN) &&
         (!astray || figures->n_lost < EDGE_LIMIT_LOST);
}

/**
 * edge_local_limits_add:
 * @self: limits
 * @author: who signed an event
 * @astray: as in edge_local_limits_has_room()
 *
 * Counts an event that is open now.
 */
void
edge_local_limits_add (EdgeLocalLimits *self,
                       const EdgeId    *author,
                       gboolean         astray)
{
  Author *figures = ensure (self, author);

  if (figures == NULL)
    return;
  figures->n_open++;
  figures->n_lost += astray ? 1 : 0;
}
