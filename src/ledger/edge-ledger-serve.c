/* edge-ledger-serve.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-serve.h"

#include <string.h>

#include "ledger/edge-canon-writer.h"
#include "ledger/edge-ledger-private.h"

/* Items in one answer, at most. */
#define MAX_ITEMS 512

static const char *const words[EDGE_LEDGER_N_PARTS] = {
  [EDGE_LEDGER_PART_STEPS] = "steps",
  [EDGE_LEDGER_PART_CHECKPOINTS] = "checkpoints",
  [EDGE_LEDGER_PART_ENTRIES] = "entries",
  [EDGE_LEDGER_PART_EVENTS] = "events",
};

/**
 * edge_ledger_part_to_string:
 * @part: a part
 *
 * Returns: (transfer none): its word in frames
 */
const char *
edge_ledger_part_to_string (EdgeLedgerPart part)
{
  g_return_val_if_fail (part < EDGE_LEDGER_N_PARTS, NULL);

  return words[part];
}

/**
 * edge_ledger_part_from_string:
 * @text: any text
 * @part: (out): the part of that word
 *
 * Returns: whether there is one
 */
gboolean
edge_ledger_part_from_string (const char     *text,
                              EdgeLedgerPart *part)
{
  for (guint i = 0; i < EDGE_LEDGER_N_PARTS; i++)
    {
      if (strcmp (words[i], text) != 0)
        continue;
      *part = i;
      return TRUE;
    }
  return FALSE;
}

/**
 * edge_ledger_begin_base:
 * @self: a ledger that is open
 *
 * Returns: (transfer full): a base of this network that holds nothing yet
 */
EdgeLedgerBase *
edge_ledger_begin_base (EdgeLedger *self)
{
  g_return_val_if_fail (EDGE_IS_LEDGER (self), NULL);

  return edge_ledger_base_new (self->genesis);
}

/**
 * edge_ledger_pin_state:
 * @self: a ledger
 * @n: a checkpoint, or 0 for one the ledger chooses
 *
 * Holds on to the state of a checkpoint while a newcomer reads it.
 *
 * Returns: the checkpoint whose parts can be read, 0 if that is none, or not @n
 */
guint64
edge_ledger_pin_state (EdgeLedger *self,
                       guint64     n)
{
  guint64 pinned = 0;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), 0);

  g_mutex_lock (&self->lock);
  if (self->store != NULL && self->fold != NULL)
    pinned = edge_ledger_store_pin (self->store, n, g_get_monotonic_time ());
  if (self->fold == NULL || pinned > edge_fold_get_n_checkpoints (self->fold))
    pinned = 0;
  g_mutex_unlock (&self->lock);
  return pinned;
}

typedef struct
{
  EdgeLedger *ledger;
  guint64     n;
  guint64     from;
  gsize       most;
  GPtrArray  *items;
  guint64     next;
} Serving;

static gboolean
is_full (Serving *self,
         gsize   *size)
{
  const char *last = g_ptr_array_index (self->items, self->items->len - 1);

  *size += strlen (last);
  return *size >= self->most || self->items->len >= MAX_ITEMS;
}

static gboolean
add_step (Serving            *self,
          const EdgeFoldTurn *turn)
{
  const EdgeCheckpoint *checkpoint = edge_fold_get_checkpoint (self->ledger->fold, (guint) turn->n);
  g_autofree char *certificate = edge_ledger_store_dup_certificate (self->ledger->store, turn->n);
  GString *out = g_string_new (NULL);

  edge_canon_begin_object (out);
  if (!edge_proof_step_write (out, checkpoint, certificate, turn->entry, turn->path, NULL, NULL))
    {
      g_string_free (out, TRUE);
      return FALSE;
    }
  edge_canon_end_object (out);
  g_ptr_array_add (self->items, g_string_free_and_steal (out));
  return TRUE;
}

/* Those after which others judge, and the one that is pinned. */
static void
serve_steps (Serving *self)
{
  GPtrArray *turns = edge_fold_get_turns (self->ledger->fold);
  gsize size = 0;
  guint64 i = 0;

  for (; i < turns->len; i++)
    {
      const EdgeFoldTurn *turn = g_ptr_array_index (turns, i);

      if (turn->n >= self->n)
        break;
      if (i < self->from)
        continue;
      if (!add_step (self, turn))
        return;
      if (is_full (self, &size))
        {
          self->next = i + 1;
          return;
        }
    }
  if (i >= self->from)
    {
      g_autoptr(EdgeFoldTurn) last = edge_ledger_store_dup_pinned_turn (self->ledger->store, self->n);

      if (last != NULL)
        add_step (self, last);
    }
}

static void
serve_checkpoints (Serving *self)
{
  gsize size = 0;

  for (guint64 n = self->from + 1; n <= self->n; n++)
    {
      g_ptr_array_add (self->items,
                       edge_checkpoint_to_text (edge_fold_get_checkpoint (self->ledger->fold, (guint) n)));
      if (n < self->n && is_full (self, &size))
        {
          self->next = n;
          return;
        }
    }
}

static void
serve_events (Serving *self)
{
  EdgeLedger *ledger = self->ledger;
  guint n_order;
  const guint32 *order = edge_fold_get_order (ledger->fold, &n_order);
  guint n_closed = edge_fold_get_n_closed (ledger->fold);
  gsize size = 0;

  for (guint64 i = self->from; i < n_closed; i++)
    {
      char ids[3][EDGE_ID_TEXT_SIZE] = { "", "", "-" };
      EdgeDagBone bone;

      if (edge_dag_get_node (ledger->dag, order[i])->set > self->n)
        return;
      edge_dag_get_bone (ledger->dag, order[i], &bone);
      edge_id_write (&bone.id, ids[0]);
      edge_id_write (&bone.author, ids[1]);
      if (bone.has_prev)
        edge_id_write (&bone.prev, ids[2]);
      g_ptr_array_add (self->items,
                       g_strdup_printf ("%s %s %s %u %u %" G_GUINT64_FORMAT " %u %u", ids[0], ids[1],
                                        ids[2], bone.seq, bone.height, bone.time, bone.type,
                                        bone.verdict));
      if (i + 1 < n_closed && is_full (self, &size))
        {
          self->next = i + 1;
          return;
        }
    }
}

/**
 * edge_ledger_dup_part:
 * @self: a ledger
 * @n: what edge_ledger_pin_state() gave
 * @part: which part
 * @from: where to go on: "" at first, then @next of the answer before; not trusted
 * @most: bytes after which no other item is added
 * @next: (out): where to go on, or %NULL after the last item
 *
 * Reads a page of what a newcomer needs.
 *
 * Returns: (transfer full) (element-type utf8): texts, as edge_ledger_base_take_part() takes them
 */
GPtrArray *
edge_ledger_dup_part (EdgeLedger      *self,
                      guint64          n,
                      EdgeLedgerPart   part,
                      const char      *from,
                      gsize            most,
                      char           **next)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  Serving serving = { self, n, 0, most, items, 0 };

  g_return_val_if_fail (EDGE_IS_LEDGER (self), NULL);

  *next = NULL;
  if (part != EDGE_LEDGER_PART_ENTRIES && from[0] != '\0' &&
      !g_ascii_string_to_unsigned (from, 10, 0, G_MAXUINT32, &serving.from, NULL))
    return g_steal_pointer (&items);

  g_mutex_lock (&self->lock);
  if (self->store == NULL || self->fold == NULL || n > edge_fold_get_n_checkpoints (self->fold))
    g_debug ("No part of checkpoint %" G_GUINT64_FORMAT " can be read", n);
  else if (part == EDGE_LEDGER_PART_STEPS)
    serve_steps (&serving);
  else if (part == EDGE_LEDGER_PART_CHECKPOINTS)
    serve_checkpoints (&serving);
  else if (part == EDGE_LEDGER_PART_EVENTS)
    serve_events (&serving);
  else if (!edge_ledger_store_read_pinned (self->store, from, most, items))
    *next = g_strdup (g_ptr_array_index (items, items->len - 2));
  g_mutex_unlock (&self->lock);

  if (serving.next > 0)
    *next = g_strdup_printf ("%" G_GUINT64_FORMAT, serving.next);
  return g_steal_pointer (&items);
}

static gboolean
malformed (GError **error)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED,
                       "an event in short is not in its form");
  return FALSE;
}

static gboolean
read_bone (const char   *text,
           EdgeDagBone  *bone,
           GError      **error)
{
  g_auto(GStrv) words_ = g_strsplit (text, " ", 9);
  guint64 numbers[5];
  static const guint64 most[5] = { G_MAXUINT32 - 1, G_MAXUINT32 - 1, EDGE_EVENT_MAX_TIME,
                                   EDGE_EVENT_N_TYPES - 1, EDGE_VERDICT_VOID };

  memset (bone, 0, sizeof *bone);
  if (g_strv_length (words_) != 8 || !edge_id_parse (&bone->id, words_[0], -1) ||
      !edge_id_parse (&bone->author, words_[1], -1))
    return malformed (error);
  bone->has_prev = strcmp (words_[2], "-") != 0;
  if (bone->has_prev && !edge_id_parse (&bone->prev, words_[2], -1))
    return malformed (error);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (!g_ascii_string_to_unsigned (words_[3 + i], 10, 0, most[i], &numbers[i], NULL))
        return malformed (error);
    }
  bone->seq = (guint32) numbers[0];
  bone->height = (guint32) numbers[1];
  bone->time = numbers[2];
  bone->type = (guint8) numbers[3];
  bone->verdict = (guint8) numbers[4];
  return TRUE;
}

static gboolean
take_one (EdgeLedgerBase  *base,
          EdgeLedgerPart   part,
          const char      *text,
          GError         **error)
{
  EdgeDagBone bone;

  if (part == EDGE_LEDGER_PART_STEPS)
    return edge_ledger_base_add_step (base, text, strlen (text), error);
  if (part == EDGE_LEDGER_PART_CHECKPOINTS)
    return edge_ledger_base_add_checkpoint (base, text, strlen (text), error);
  return read_bone (text, &bone, error) && edge_ledger_base_add_bone (base, &bone, error);
}

/**
 * edge_ledger_base_take_part:
 * @base: a base
 * @part: which part; they come in the order of their numbers
 * @items: (element-type utf8): texts, as edge_ledger_dup_part() gave them, not yet trusted
 * @last: whether the part ends with them
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Takes a page of what a peer tells, and at the end of a part holds it against the
 * certificates.
 *
 * Returns: whether all of it can be so
 */
gboolean
edge_ledger_base_take_part (EdgeLedgerBase  *base,
                            EdgeLedgerPart   part,
                            GPtrArray       *items,
                            gboolean         last,
                            GError         **error)
{
  guint width = part == EDGE_LEDGER_PART_ENTRIES ? 2 : 1;

  if (items->len % width != 0)
    return malformed (error);
  for (guint i = 0; i < items->len; i += width)
    {
      const char *text = g_ptr_array_index (items, i);

      if (width == 1 ? !take_one (base, part, text, error)
                     : !edge_ledger_base_add_entry (base, text, g_ptr_array_index (items, i + 1),
                                                    strlen (g_ptr_array_index (items, i + 1)), error))
        return FALSE;
    }
  if (!last)
    return TRUE;
  if (part == EDGE_LEDGER_PART_CHECKPOINTS)
    return edge_ledger_base_end_checkpoints (base, error);
  if (part == EDGE_LEDGER_PART_ENTRIES)
    return edge_ledger_base_end_entries (base, error);
  return TRUE;
}
