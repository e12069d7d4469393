/* edge-reconcile.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-reconcile.h"

#include <string.h>

#include "ledger/edge-canon-writer.h"
#include "ledger/edge-canon.h"
#include "ledger/edge-ledger-error.h"
#include "ledger/edge-range-prefix.h"

/*
 * A message is an object of `ranges`, each of these a list:
 *
 *   ["h", prefix, count, hash]   what the sender holds there, in short
 *   ["l", prefix, [id…]]         all it holds there
 *   ["e", prefix, mask]          it holds nothing below these half bytes
 *
 * and of `want`, ids the sender asks for. An answer follows from the message and
 * the index, so a lost message costs a round. What is remembered over the messages of a
 * round is only what waits to be given: of somebody who lacks the last part, the ranges at
 * its end are found to be empty first, and what is in them can be used last.
 */

/* Where either side holds no more than this, ids are listed. */
#define LIST_MAX 32

/* An answer takes up no further range once it is this long or has so many. */
#define RANGES_BYTES (24 * 1024)
#define RANGES_MAX   256

/* The most asked for in one message. */
#define WANT_MAX 400

/* The most ranges that wait to be given, 84 bytes each. */
#define LATER_MAX 8192

typedef struct
{
  EdgeRangeIndex *index;
  GString        *ranges;
  GHashTable     *mine;
  GArray         *give;
  GArray         *want;
  GArray         *later;     /* EdgeRangePrefix: the other holds nothing there */
  EdgeRangePrefix open;      /* the first range of which the other's word is awaited */
  gboolean        has_open;
  gboolean        may_ask;
  gboolean        lacks;     /* something is asked for, or would be if it might */
  guint           n_ranges;
} Answer;

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED, reason);
  return FALSE;
}

static void
await_word (Answer                *answer,
            const EdgeRangePrefix *prefix)
{
  if (answer->has_open && edge_range_prefix_compare (&answer->open, prefix) <= 0)
    return;
  answer->open = *prefix;
  answer->has_open = TRUE;
}

static void
begin_range (Answer                *answer,
             const char            *kind,
             const EdgeRangePrefix *prefix)
{
  edge_canon_begin_array (answer->ranges);
  edge_canon_string (answer->ranges, kind, -1);
  edge_range_prefix_write (prefix, answer->ranges);
  answer->n_ranges++;
}

static void
write_short (Answer                *answer,
             const EdgeRangePrefix *prefix)
{
  EdgeId hash;
  guint64 count = edge_range_index_fingerprint (answer->index, prefix, &hash);

  await_word (answer, prefix);
  begin_range (answer, "h", prefix);
  edge_canon_integer (answer->ranges, count);
  edge_canon_id (answer->ranges, &hash);
  edge_canon_end_array (answer->ranges);
}

static gboolean
is_full (Answer *answer)
{
  return answer->ranges->len > RANGES_BYTES || answer->n_ranges > RANGES_MAX;
}

static gboolean
write_id_cb (const EdgeId *id,
             guint64       time,
             gpointer      user_data)
{
  edge_canon_id (user_data, id);
  return TRUE;
}

static gboolean
write_key_cb (const EdgeId *id,
              guint64       time,
              gpointer      user_data)
{
  EdgeRangePrefix key;

  edge_range_prefix_init_key (&key, time, id);
  write_short (user_data, &key);
  return TRUE;
}

/* Who lists what it holds is sent the rest; one by one, the other says only which it lacks. */
static void
write_list (Answer                *answer,
            const EdgeRangePrefix *prefix)
{
  answer->lacks = TRUE;
  if (!answer->may_ask)
    {
      edge_range_index_foreach (answer->index, prefix, write_key_cb, answer);
      return;
    }
  begin_range (answer, "l", prefix);
  edge_canon_begin_array (answer->ranges);
  edge_range_index_foreach (answer->index, prefix, write_id_cb, answer->ranges);
  edge_canon_end_array (answer->ranges);
  edge_canon_end_array (answer->ranges);
}

/* Divides a range, and goes straight down where all of ours is below one half
 * byte: times start alike for years. */
static void
write_parts (Answer                *answer,
             const EdgeRangePrefix *prefix)
{
  EdgeRangePrefix part = *prefix;

  for (;;)
    {
      guint held = 0;
      guint empty = 0;
      guint last = 0;
      EdgeId hash;

      part.length++;
      for (guint i = 0; i < 16; i++)
        {
          part.nibbles[part.length - 1] = (guint8) i;
          if (edge_range_index_fingerprint (answer->index, &part, &hash) == 0)
            {
              empty |= 1u << i;
              continue;
            }
          held++;
          last = i;
        }

      for (guint i = 0; held > 1 && i < 16; i++)
        {
          part.nibbles[part.length - 1] = (guint8) i;
          if ((empty >> i & 1) == 0)
            write_short (answer, &part);
        }
      answer->lacks |= empty != 0;
      if (empty != 0 && answer->may_ask)
        {
          EdgeRangePrefix above = part;

          above.length--;
          begin_range (answer, "e", &above);
          edge_canon_integer (answer->ranges, empty);
          edge_canon_end_array (answer->ranges);
        }

      if (held != 1 || part.length == EDGE_RANGE_KEY_NIBBLES)
        return;
      part.nibbles[part.length - 1] = (guint8) last;
    }
}

static gboolean
gives_most (Answer *answer)
{
  return answer->give->len >= EDGE_RECONCILE_MAX_IDS;
}

static gboolean
give_cb (const EdgeId *id,
         guint64       time,
         gpointer      user_data)
{
  Answer *answer = user_data;

  if (gives_most (answer))
    return FALSE;
  g_array_append_vals (answer->give, id, 1);
  return TRUE;
}

static gboolean
has_many_later (Answer *answer)
{
  return answer->later->len >= LATER_MAX;
}

static void
give_range (Answer                *answer,
            const EdgeRangePrefix *prefix)
{
  if (!has_many_later (answer))
    g_array_append_vals (answer->later, prefix, 1);
}

/* Gives the ranges that wait, in order, up to the first of which the other's word is awaited:
 * what is in there may be what those behind build upon. Ranges may overlap: without that being
 * looked at, a message of them would have all that is held here gone through many times. */
static void
give_in_order (Answer *answer)
{
  GArray *later = answer->later;
  const EdgeRangePrefix *given = NULL;
  guint n = 0;

  g_array_sort (later, edge_range_prefix_compare);
  for (; n < later->len && !gives_most (answer); n++)
    {
      const EdgeRangePrefix *range = &g_array_index (later, EdgeRangePrefix, n);

      if (answer->has_open && (edge_range_prefix_compare (range, &answer->open) >= 0 ||
                               edge_range_prefix_is_inside (&answer->open, range)))
        break;
      if (given != NULL && edge_range_prefix_is_inside (range, given))
        continue;
      edge_range_index_foreach (answer->index, range, give_cb, answer);
      given = range;
    }

  /* Once that is the most of a message, the next round finds the rest. */
  g_array_remove_range (later, 0, gives_most (answer) ? later->len : n);
}

static gboolean
answer_short (Answer                *answer,
              const EdgeRangePrefix *prefix,
              const EdgeCanonNode   *node)
{
  const EdgeCanonNode *hash_node = edge_canon_next (node);
  guint64 count;
  guint64 ours;
  EdgeId hash;
  EdgeId own;

  if (!edge_canon_get_integer (node, 0, EDGE_CANON_MAX_INTEGER, &count) ||
      !edge_canon_get_id (hash_node, &hash))
    return FALSE;

  ours = edge_range_index_fingerprint (answer->index, prefix, &own);
  if (edge_id_equal (&own, &hash))
    return TRUE;
  if (count == 0)
    give_range (answer, prefix);
  else if (is_full (answer))
    return TRUE;
  else if (ours <= LIST_MAX || prefix->length == EDGE_RANGE_KEY_NIBBLES)
    {
      write_list (answer, prefix);
      if (ours > 0)
        await_word (answer, prefix);
    }
  else
    write_parts (answer, prefix);
  return TRUE;
}

static gboolean
answer_empty (Answer                *answer,
              const EdgeRangePrefix *prefix,
              const EdgeCanonNode   *node)
{
  EdgeRangePrefix part = *prefix;
  guint64 mask;

  if (!edge_canon_get_integer (node, 1, 0xffff, &mask) || prefix->length == EDGE_RANGE_KEY_NIBBLES)
    return FALSE;

  part.length++;
  for (guint i = 0; i < 16; i++)
    {
      part.nibbles[part.length - 1] = (guint8) i;
      if ((mask >> i & 1) != 0)
        give_range (answer, &part);
    }
  return TRUE;
}

static gboolean
compare_cb (const EdgeId *id,
            guint64       time,
            gpointer      user_data)
{
  Answer *answer = user_data;
  EdgeRangePrefix key;

  /* What both have is taken out; what is left the other has alone. */
  if (g_hash_table_remove (answer->mine, id))
    return TRUE;
  edge_range_prefix_init_key (&key, time, id);
  give_range (answer, &key);
  return !has_many_later (answer);
}

static gboolean
answer_list (Answer                *answer,
             const EdgeRangePrefix *prefix,
             const EdgeCanonNode   *node)
{
  g_autoptr(GHashTable) theirs = g_hash_table_new_full (edge_id_hash, edge_id_equal, g_free, NULL);
  const EdgeCanonNode *item = node + 1;

  if (node->kind != EDGE_CANON_ARRAY)
    return FALSE;

  for (gsize i = 0; i < node->count; i++, item = edge_canon_next (item))
    {
      EdgeId id;

      if (!edge_canon_get_id (item, &id))
        return FALSE;
      g_hash_table_add (theirs, g_memdup2 (&id, sizeof id));
    }

  if (node->count == 0)
    {
      give_range (answer, prefix);
      return TRUE;
    }
  if (has_many_later (answer))
    return TRUE;
  answer->mine = theirs;
  edge_range_index_foreach (answer->index, prefix, compare_cb, answer);
  answer->mine = NULL;
  /* Who lacks so much is not asked for anything yet: the rest of the range was not looked at, and
   * a short list would have all that is held here gone through. */
  if (has_many_later (answer))
    return TRUE;

  item = node + 1;
  for (gsize i = 0; i < node->count; i++, item = edge_canon_next (item))
    {
      EdgeId id;

      if (!edge_canon_get_id (item, &id) || !g_hash_table_contains (theirs, &id))
        continue;
      answer->lacks = TRUE;
      if (answer->may_ask && answer->want->len < WANT_MAX)
        g_array_append_val (answer->want, id);
    }
  return TRUE;
}

static gboolean
answer_range (Answer              *answer,
              const EdgeCanonNode *range)
{
  const EdgeCanonNode *kind = range + 1;
  const EdgeCanonNode *prefix_node;
  const EdgeCanonNode *value;
  EdgeRangePrefix prefix;

  if (range->kind != EDGE_CANON_ARRAY || range->count < 3)
    return FALSE;
  prefix_node = edge_canon_next (kind);
  value = edge_canon_next (prefix_node);
  if (!edge_range_prefix_read (&prefix, prefix_node))
    return FALSE;

  if (edge_canon_is_string (kind, "h"))
    return range->count == 4 && answer_short (answer, &prefix, value);
  if (edge_canon_is_string (kind, "l"))
    return range->count == 3 && answer_list (answer, &prefix, value);
  if (edge_canon_is_string (kind, "e"))
    return range->count == 3 && answer_empty (answer, &prefix, value);
  return FALSE;
}

static gboolean
answer_want (Answer              *answer,
             const EdgeCanonNode *list)
{
  const EdgeCanonNode *item = list + 1;

  if (list->kind != EDGE_CANON_ARRAY || list->count > EDGE_RECONCILE_MAX_IDS)
    return FALSE;
  for (gsize i = 0; i < list->count; i++, item = edge_canon_next (item))
    {
      EdgeId id;

      if (!edge_canon_get_id (item, &id))
        return FALSE;
      give_cb (&id, 0, answer);
    }
  return TRUE;
}

static char *
finish (Answer *answer)
{
  GString *out;

  edge_canon_end_array (answer->ranges);
  if (answer->n_ranges == 0 && answer->want->len == 0)
    return NULL;

  out = g_string_new (NULL);
  edge_canon_begin_object (out);
  edge_canon_name (out, "ranges");
  g_string_append (out, answer->ranges->str);
  edge_canon_name (out, "want");
  edge_canon_begin_array (out);
  for (guint i = 0; i < answer->want->len; i++)
    edge_canon_id (out, &g_array_index (answer->want, EdgeId, i));
  edge_canon_end_array (out);
  edge_canon_end_object (out);
  return g_string_free_and_steal (out);
}

static void
answer_init (Answer         *answer,
             EdgeRangeIndex *index)
{
  memset (answer, 0, sizeof *answer);
  answer->index = index;
  answer->ranges = g_string_new (NULL);
  answer->give = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  answer->want = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  edge_canon_begin_array (answer->ranges);
}

/**
 * edge_reconcile_begin:
 * @index: the events of the open set
 *
 * Returns: (transfer full): the message that opens a round; where both hold the same,
 *   there is no answer to it
 */
char *
edge_reconcile_begin (EdgeRangeIndex *index)
{
  EdgeRangePrefix all = { 0 };
  Answer answer;
  char *message;

  answer_init (&answer, index);
  write_short (&answer, &all);
  message = finish (&answer);
  g_string_free (answer.ranges, TRUE);
  g_array_unref (answer.give);
  g_array_unref (answer.want);
  return message;
}

/**
 * edge_reconcile_later_new:
 *
 * Returns: (transfer full) (element-type EdgeRangePrefix): what edge_reconcile_answer() keeps
 *   over a round, of which there is nothing yet
 */
GArray *
edge_reconcile_later_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (EdgeRangePrefix));
}

/**
 * edge_reconcile_answer:
 * @index: the events of the open set
 * @message: (array length=length): what a peer sent, not yet trusted
 * @length: its bytes
 * @later: (inout) (element-type EdgeRangePrefix): what this round found that the peer lacks and
 *   that is not given yet, as a part of the events before it is still looked at; empty at the
 *   beginning of a round
 * @may_ask: whether what we lack may be asked for; else the answer says only what we hold, in a
 *   way that makes the peer send nothing
 * @result: (out caller-allocates): what to answer, to send and to expect
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Compares what a peer says it holds with what we hold. What does not fit one
 * message is left for the next round: as long as the sets differ, so does the
 * first message of a round.
 *
 * Returns: whether the message was well-formed
 */
gboolean
edge_reconcile_answer (EdgeRangeIndex       *index,
                       const char           *message,
                       gsize                 length,
                       GArray               *later,
                       gboolean              may_ask,
                       EdgeReconcileResult  *result,
                       GError              **error)
{
  static const char *const names[] = { "ranges", "want", NULL };
  g_autofree EdgeCanonNode *root = NULL;
  const EdgeCanonNode *list;
  const EdgeCanonNode *range;
  Answer answer;
  gboolean good = TRUE;

  memset (result, 0, sizeof *result);
  if (length > EDGE_RECONCILE_MAX_MESSAGE)
    return refuse (error, "the message is too long");
  root = edge_canon_read (message, length, error);
  if (root == NULL)
    return FALSE;
  if (!edge_canon_has_exactly (root, names) ||
      edge_canon_member (root, "ranges")->kind != EDGE_CANON_ARRAY)
    return refuse (error, "the message has other members");

  answer_init (&answer, index);
  answer.later = later;
  answer.may_ask = may_ask;
  list = edge_canon_member (root, "ranges");
  range = list + 1;
  for (gsize i = 0; good && i < list->count; i++, range = edge_canon_next (range))
    good = answer_range (&answer, range);
  good = good && answer_want (&answer, edge_canon_member (root, "want"));
  if (good)
    give_in_order (&answer);

  result->give = answer.give;
  result->want = answer.want;
  result->lacks = answer.lacks;
  if (good)
    result->reply = finish (&answer);
  g_string_free (answer.ranges, TRUE);
  if (good)
    return TRUE;

  edge_reconcile_result_clear (result);
  return refuse (error, "a range is malformed");
}

/**
 * edge_reconcile_result_clear:
 * @result: what edge_reconcile_answer() filled
 *
 * Frees what it holds.
 */
void
edge_reconcile_result_clear (EdgeReconcileResult *result)
{
  g_clear_pointer (&result->reply, g_free);
  g_clear_pointer (&result->give, g_array_unref);
  g_clear_pointer (&result->want, g_array_unref);
}
