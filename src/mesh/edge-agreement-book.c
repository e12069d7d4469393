/* edge-agreement-book.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-agreement"

#include "mesh/edge-agreement-private.h"

#include <string.h>

#include "ledger/edge-ledger-two-books.h"

/* A checkpoint is not notarized without an event known for so long, nor where a fork goes
 * otherwise than it has for so long here. */
#define KNOWN_MS 3600000
#define FORK_MS  600000
#define LOOK_MS  60000

/* What the agreement asks of the ledger: make a checkpoint, check one, close the
 * book. The first two fold, so a thread does them. */

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  EdgeCheckpoint *checkpoint = g_new0 (EdgeCheckpoint, 1);
  g_autoptr(GError) error = NULL;

  if (edge_ledger_list_open_tips (task_data, checkpoint) > 0 &&
      edge_ledger_try_checkpoint (task_data, checkpoint, &error))
    {
      g_task_return_pointer (task, checkpoint, g_free);
      return;
    }
  g_free (checkpoint);
  if (error == NULL)
    g_set_error_literal (&error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MISSING, "Nothing is open");
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  EdgeAgreement *self = EDGE_AGREEMENT (source);
  g_autoptr(GError) error = NULL;
  g_autofree EdgeCheckpoint *checkpoint = g_task_propagate_pointer (G_TASK (result), &error);

  if (checkpoint == NULL)
    {
      g_debug ("No checkpoint was made: %s", error->message);
      return;
    }
  if (self->simplex == NULL || checkpoint->n != self->n)
    return;
  edge_simplex_offer (self->simplex, checkpoint, _edge_agreement_now_ms ());
  _edge_agreement_pump (self);
}

void
_edge_agreement_make (EdgeAgreement *self)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, made_cb, NULL);

  g_task_set_task_data (task, g_object_ref (self->ledger), g_object_unref);
  g_task_run_in_thread (task, make_thread);
}

typedef struct
{
  EdgeLedger     *ledger;
  EdgeNote       *note;
  GArray         *known;
  GArray         *winners;
  EdgeCheckpoint  found;
} Check;

static void
free_check (gpointer data)
{
  Check *check = data;

  g_object_unref (check->ledger);
  edge_note_unref (check->note);
  g_clear_pointer (&check->known, g_array_unref);
  g_clear_pointer (&check->winners, g_array_unref);
  g_free (check);
}

static void
check_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Check *check = task_data;
  g_autoptr(GError) error = NULL;

  check->found = *check->note->checkpoint;
  if (check->known != NULL &&
      !edge_ledger_is_fair (check->ledger, &check->found, check->known, check->winners))
    g_task_return_new_error (task, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED,
                             "It leaves out what is known for long");
  else if (edge_ledger_try_checkpoint (check->ledger, &check->found, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  EdgeAgreement *self = EDGE_AGREEMENT (source);
  Check *check = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  EdgeId hash;

  self->checking = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_debug ("A proposal is not notarized: %s", error->message);
      /* What is missing may come; a later change tries again. */
      if (g_error_matches (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MISSING))
        g_ptr_array_add (self->checks, edge_note_ref (check->note));
      _edge_agreement_check_next (self);
      return;
    }
  if (self->simplex == NULL || check->note->n != self->n)
    return;

  edge_checkpoint_hash (&check->found, &hash);
  if (edge_id_equal (&hash, &check->note->hash))
    edge_simplex_approve (self->simplex, &hash, _edge_agreement_now_ms ());
  else
    g_signal_emit (self, _edge_agreement_signals[EDGE_AGREEMENT_SIGNAL_TROUBLE], 0, "state_differs",
                   "A validator proposed a checkpoint that does not follow from its events");
  _edge_agreement_check_next (self);
  _edge_agreement_pump (self);
}

/* What others leave out for a minute may be on its way to them; only what is known for an
 * hour, and a fork that has gone one way for ten minutes, tell of a leader that lies. */
static void
recall (EdgeAgreement *self,
        Check         *check)
{
  gint64 now = _edge_agreement_now_ms ();

  if (check->note->from != EDGE_NOTE_FRESH)
    return;
  check->known = edge_ledger_memory_list_known (self->memory, now - KNOWN_MS / self->time_scale);
  check->winners = edge_ledger_memory_list_winners (self->memory, now - FORK_MS / self->time_scale);
}

static gboolean
look_cb (gpointer user_data)
{
  EdgeAgreement *self = user_data;

  if (_edge_agreement_is_judge (self, &self->key))
    edge_ledger_memory_look (self->memory, self->ledger, _edge_agreement_now_ms ());
  return G_SOURCE_CONTINUE;
}

/* _edge_agreement_remember: begins to look now and then at what is open. */
void
_edge_agreement_remember (EdgeAgreement *self)
{
  self->memory = edge_ledger_memory_new ();
  self->look_source = g_timeout_add (MAX (LOOK_MS / self->time_scale, 100), look_cb, self);
}

void
_edge_agreement_check_next (EdgeAgreement *self)
{
  g_autoptr(GTask) task = NULL;
  Check *check;

  if (self->checking || self->n_untried == 0 || self->checks->len == 0 || self->simplex == NULL)
    return;

  check = g_new0 (Check, 1);
  check->ledger = g_object_ref (self->ledger);
  check->note = g_ptr_array_steal_index (self->checks, 0);
  recall (self, check);
  self->n_untried--;
  self->checking = TRUE;
  task = g_task_new (self, self->cancellable, checked_cb, NULL);
  g_task_set_task_data (task, check, free_check);
  g_task_run_in_thread (task, check_thread);
}

static void
add_notes (JsonArray *array,
           GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++)
    json_array_add_string_element (array, ((EdgeNote *) g_ptr_array_index (notes, i))->text);
}

/* The proposal stands first, so that a certificate brings its checkpoint along. */
char *
_edge_agreement_print_certificate (EdgeNote  *proposal,
                                   GPtrArray *notes)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_array_add_string_element (array, proposal->text);
  add_notes (array, notes);
  json_node_take_array (node, array);
  return json_to_string (node, FALSE);
}

/* _edge_agreement_note_conflict: keeps both certificates, to be shown: what was final here
 * first, and the other. */
void
_edge_agreement_note_conflict (EdgeAgreement *self,
                               GPtrArray     *certificate)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr(GPtrArray) notes = edge_simplex_list_notes (self->simplex);
  JsonArray *both = json_array_new ();
  JsonArray *first = json_array_new ();
  JsonArray *second = json_array_new ();
  EdgeId hash;

  edge_simplex_is_final (self->simplex, &hash);
  for (guint i = 0; i < notes->len; i++)
    {
      EdgeNote *note = g_ptr_array_index (notes, i);

      if (note->kind == EDGE_NOTE_FINALIZE && edge_id_equal (&note->hash, &hash))
        json_array_add_string_element (first, note->text);
    }
  add_notes (second, certificate);
  json_array_add_array_element (both, first);
  json_array_add_array_element (both, second);
  json_node_take_array (node, both);
  g_free (self->conflict);
  self->conflict = json_to_string (node, FALSE);
}

/**
 * edge_agreement_get_conflict:
 * @self: an agreement
 *
 * Returns: (transfer none) (nullable): two certificates for one checkpoint as a JSON array of
 *   two arrays of notes, that of what was final here first before the other; they prove that
 *   validators lied
 */
const char *
edge_agreement_get_conflict (EdgeAgreement *self)
{
  g_return_val_if_fail (EDGE_IS_AGREEMENT (self), NULL);

  return self->conflict;
}

static GPtrArray *
read_notes (const char *certificate)
{
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);
  g_autoptr(JsonNode) node = certificate != NULL ? json_from_string (certificate, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = json_array_get_string_element (array, i);
      EdgeNote *note = edge_note_read (text, strlen (text), NULL);

      if (note != NULL)
        g_ptr_array_add (notes, note);
    }
  return g_steal_pointer (&notes);
}

/* _edge_agreement_keep_both: @notes make another checkpoint final than the one that is
 * final here, or is about to be. */
void
_edge_agreement_keep_both (EdgeAgreement *self,
                           GPtrArray     *notes)
{
  const EdgeNote *first = g_ptr_array_index (notes, 0);
  g_autofree char *stored = NULL;
  EdgeCheckpoint ours;

  if (self->final != NULL && self->final->n == first->n)
    {
      edge_ledger_keep_two_books (self->ledger, EDGE_TWO_BOOKS_CERTIFICATES, self->final->checkpoint,
                                  self->certificate, notes);
      return;
    }
  stored = edge_ledger_dup_certificate (self->ledger, (guint) first->n);
  if (self->conflict == NULL && stored != NULL)
    {
      JsonArray *theirs = json_array_new ();
      g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);
      g_autofree char *text = NULL;

      add_notes (theirs, notes);
      json_node_take_array (node, theirs);
      text = json_to_string (node, FALSE);
      self->conflict = g_strdup_printf ("[%s,%s]", stored, text);
    }
  edge_ledger_keep_two_books (self->ledger, EDGE_TWO_BOOKS_CERTIFICATES,
                              edge_ledger_get_checkpoint (self->ledger, (guint) first->n, &ours) ? &ours
                                                                                                 : NULL,
                              stored, notes);
}

/* _edge_agreement_keep_state: what is final does not follow from its events here. */
void
_edge_agreement_keep_state (EdgeAgreement *self)
{
  g_autoptr(GPtrArray) notes = read_notes (self->certificate);
  EdgeCheckpoint found = *self->final->checkpoint;
  gboolean computed = edge_ledger_try_checkpoint (self->ledger, &found, NULL);

  if (notes->len > 0)
    edge_ledger_keep_two_books (self->ledger, EDGE_TWO_BOOKS_STATE, computed ? &found : NULL, NULL,
                                notes);
}

/* _edge_agreement_compare: looks whether notes about an earlier checkpoint show another
 * book. */
void
_edge_agreement_compare (EdgeAgreement *self,
                         GPtrArray     *notes)
{
  if (self->stopped || !edge_ledger_is_other_book (self->ledger, notes))
    return;
  _edge_agreement_keep_both (self, notes);
  _edge_agreement_stop (self, "Validators made two different checkpoints final");
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeAgreement) self = user_data;
  g_autoptr(GError) error = NULL;
  guint64 n;

  self->closing = FALSE;
  if (!edge_ledger_close_book_finish (EDGE_LEDGER (source), result, &error))
    {
      if (self->mesh != NULL &&
          !g_error_matches (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MISSING))
        {
          if (g_error_matches (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_CHECKPOINT))
            _edge_agreement_keep_state (self);
          _edge_agreement_stop (self, error->message);
        }
      return;
    }
  if (self->mesh == NULL)
    return;

  n = self->n;
  _edge_agreement_begin (self);
  g_signal_emit (self, _edge_agreement_signals[EDGE_AGREEMENT_SIGNAL_CLOSED], 0, n);
}

void
_edge_agreement_close_book (EdgeAgreement *self)
{
  if (self->closing || self->final == NULL || self->stopped)
    return;
  self->closing = TRUE;
  edge_ledger_close_book_async (self->ledger, self->final->checkpoint, self->certificate, NULL,
                                closed_cb, g_object_ref (self));
}
