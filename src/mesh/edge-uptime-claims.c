/* edge-uptime-claims.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-uptime-claims.h"

struct _EdgeUptimeClaims
{
  GHashTable *days;
};

static void
free_marks (gpointer data)
{
  g_array_unref (data);
}

/**
 * edge_uptime_claims_new:
 *
 * Returns: (transfer full): no marks
 */
EdgeUptimeClaims *
edge_uptime_claims_new (void)
{
  EdgeUptimeClaims *self = g_new0 (EdgeUptimeClaims, 1);

  self->days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_marks);
  return self;
}

/**
 * edge_uptime_claims_free:
 * @self: (transfer full): claims
 *
 * Frees them.
 */
void
edge_uptime_claims_free (EdgeUptimeClaims *self)
{
  g_hash_table_unref (self->days);
  g_free (self);
}

static EdgeMark *
find (GArray       *marks,
      const EdgeId *witness)
{
  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      EdgeMark *mark = &g_array_index (marks, EdgeMark, i);

      if (edge_id_equal (&mark->key, witness))
        return mark;
    }
  return NULL;
}

/**
 * edge_uptime_claims_add:
 * @self: claims
 * @day: a day, counted from the epoch
 * @mark: whose signature holds
 *
 * Keeps a mark; it takes the place of one of the same witness.
 */
void
edge_uptime_claims_add (EdgeUptimeClaims *self,
                        guint64           day,
                        const EdgeMark   *mark)
{
  GArray *marks = g_hash_table_lookup (self->days, &day);
  EdgeMark *before = find (marks, &mark->key);

  if (marks == NULL)
    {
      marks = g_array_new (FALSE, FALSE, sizeof (EdgeMark));
      g_hash_table_insert (self->days, g_memdup2 (&day, sizeof day), marks);
    }
  if (before != NULL)
    *before = *mark;
  else if (marks->len < EDGE_UPTIME_CLAIMS_MARKS)
    g_array_append_vals (marks, mark, 1);
}

/**
 * edge_uptime_claims_has:
 * @self: claims
 * @day: a day, counted from the epoch
 * @witness: a key
 *
 * Returns: whether there is a mark of this witness
 */
gboolean
edge_uptime_claims_has (EdgeUptimeClaims *self,
                        guint64           day,
                        const EdgeId     *witness)
{
  return find (g_hash_table_lookup (self->days, &day), witness) != NULL;
}

static gboolean
is_before (gpointer key,
           gpointer value,
           gpointer user_data)
{
  return *(guint64 *) key < *(guint64 *) user_data;
}

/**
 * edge_uptime_claims_forget:
 * @self: claims
 * @before: a day, counted from the epoch
 *
 * Forgets the marks of all days before one.
 */
void
edge_uptime_claims_forget (EdgeUptimeClaims *self,
                           guint64           before)
{
  g_hash_table_foreach_remove (self->days, is_before, &before);
}

/**
 * edge_uptime_claims_pair:
 * @self: claims
 * @day: a day, counted from the epoch
 * @pair: (array fixed-size=2): the two marks that agree on most hours, sorted by key
 *
 * Returns: on how many they agree; with 0 @pair is not set
 */
guint
edge_uptime_claims_pair (EdgeUptimeClaims *self,
                         guint64           day,
                         EdgeMark         *pair)
{
  GArray *marks = g_hash_table_lookup (self->days, &day);
  guint best = 0;

  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const EdgeMark *a = &g_array_index (marks, EdgeMark, i);

      for (guint k = i + 1; k < marks->len; k++)
        {
          const EdgeMark *b = &g_array_index (marks, EdgeMark, k);
          guint hours = (guint) __builtin_popcount (a->mask & b->mask);
          gboolean sorted = edge_id_compare (&a->key, &b->key) < 0;

          if (hours <= best)
            continue;
          best = hours;
          pair[0] = sorted ? *a : *b;
          pair[1] = sorted ? *b : *a;
        }
    }
  return best;
}
