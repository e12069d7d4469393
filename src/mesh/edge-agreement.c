/* edge-agreement.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-agreement"

#include "mesh/edge-agreement-private.h"

#include <string.h>

#include "ledger/edge-ledger-two-books.h"

/**
 * EdgeAgreement:
 *
 * Closes the book of a network with validators, checkpoint by checkpoint.
 *
 * The agreement itself is #EdgeSimplex; this gives it a clock, the mesh and the
 * ledger. Every node looks on and takes over what is final; one whose identity is
 * among the validators signs too, and sends no note of its own before it is on the
 * disk.
 */

/* Notes for checkpoints that are not the next yet, kept until they are. */
#define MAX_LATER        512
#define AGAIN_MS         20000
#define MISSING_MS       1000
#define SHORTEST_WAIT_MS 5

guint _edge_agreement_signals[EDGE_AGREEMENT_N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeAgreement, edge_agreement, G_TYPE_OBJECT)

gint64
_edge_agreement_now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

gboolean
_edge_agreement_is_judge (EdgeAgreement *self,
                          const EdgeId  *key)
{
  for (guint i = 0; i < self->n_judges; i++)
    {
      if (edge_id_equal (&self->judges[i], key))
        return TRUE;
    }
  return FALSE;
}

/* _edge_agreement_stop: what was final first stays; nothing more is closed or signed here. */
void
_edge_agreement_stop (EdgeAgreement *self,
                      const char    *why)
{
  if (self->stopped)
    return;
  self->stopped = TRUE;
  g_signal_emit (self, _edge_agreement_signals[EDGE_AGREEMENT_SIGNAL_TROUBLE], 0, "books_differ", why);
}

static gboolean
timer_cb (gpointer user_data)
{
  EdgeAgreement *self = user_data;

  self->timer_source = 0;
  if (self->simplex != NULL)
    edge_simplex_tick (self->simplex, _edge_agreement_now_ms ());
  _edge_agreement_pump (self);
  return G_SOURCE_REMOVE;
}

static void
set_timer (EdgeAgreement *self)
{
  gint64 deadline;

  g_clear_handle_id (&self->timer_source, g_source_remove);
  if (self->simplex == NULL || self->stopped)
    return;
  deadline = edge_simplex_get_deadline (self->simplex);
  if (deadline >= 0)
    self->timer_source = g_timeout_add ((guint) CLAMP (deadline - _edge_agreement_now_ms (), SHORTEST_WAIT_MS, G_MAXINT),
                                        timer_cb, self);
}

typedef struct
{
  EdgeAgreement *agreement;
  EdgeNote      *note;
} Storing;

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Storing *storing = user_data;
  g_autoptr(EdgeAgreement) self = g_steal_pointer (&storing->agreement);
  g_autoptr(EdgeNote) note = g_steal_pointer (&storing->note);
  g_autoptr(GPtrArray) notes = NULL;
  g_autoptr(GError) error = NULL;

  if (!edge_ledger_keep_notes_finish (EDGE_LEDGER (source), result, &error))
    {
      if (self->mesh != NULL)
        g_signal_emit (self, _edge_agreement_signals[EDGE_AGREEMENT_SIGNAL_TROUBLE], 0, "notes", error->message);
      return;
    }
  if (self->mesh == NULL || self->stopped || note->n != self->n)
    return;

  notes = g_ptr_array_new ();
  g_ptr_array_add (notes, note);
  _edge_agreement_send (self, notes, NULL);
  _edge_agreement_take (self, notes);
}

/* The proposal a note speaks of, which must be here after a power cut as well. */
static EdgeNote *
find_proposal (EdgeAgreement  *self,
               const EdgeNote *note)
{
  g_autoptr(GPtrArray) notes = edge_simplex_list_notes (self->simplex);

  for (guint i = 0; i < notes->len; i++)
    {
      EdgeNote *other = g_ptr_array_index (notes, i);

      if (other->kind == EDGE_NOTE_PROPOSE && edge_id_equal (&other->hash, &note->hash))
        return edge_note_ref (other);
    }
  return NULL;
}

static void
sign (EdgeAgreement *self,
      EdgeNote      *note)
{
  g_autoptr(EdgeNote) proposal = NULL;
  const char *texts[3] = { NULL };
  Storing *storing;

  edge_note_sign (note, self->identity);
  texts[0] = note->text;
  if (note->kind == EDGE_NOTE_NOTARIZE || note->kind == EDGE_NOTE_FINALIZE)
    proposal = find_proposal (self, note);
  if (proposal != NULL)
    texts[1] = proposal->text;

  storing = g_new (Storing, 1);
  *storing = (Storing) { g_object_ref (self), edge_note_ref (note) };
  edge_ledger_keep_notes_async (self->ledger, note->n, texts, NULL, stored_cb, storing);
}

static void
handle (EdgeAgreement     *self,
        EdgeSimplexOutput *output)
{
  switch (output->action)
    {
    case EDGE_SIMPLEX_SIGN:
      sign (self, output->note);
      break;
    case EDGE_SIMPLEX_MAKE:
      _edge_agreement_make (self);
      break;
    case EDGE_SIMPLEX_CHECK:
      g_ptr_array_add (self->checks, edge_note_ref (output->note));
      self->n_untried = self->checks->len;
      _edge_agreement_check_next (self);
      break;
    case EDGE_SIMPLEX_PASS_ON:
      _edge_agreement_send (self, output->notes, NULL);
      break;
    case EDGE_SIMPLEX_FINAL:
      g_clear_pointer (&self->final, edge_note_unref);
      g_free (self->certificate);
      self->final = edge_note_ref (output->note);
      self->certificate = _edge_agreement_print_certificate (output->note, output->notes);
      _edge_agreement_close_book (self);
      break;
    case EDGE_SIMPLEX_CONFLICT:
      _edge_agreement_note_conflict (self, output->notes);
      _edge_agreement_keep_both (self, output->notes);
      _edge_agreement_stop (self, "Validators made two different checkpoints final");
      break;
    default:
      g_assert_not_reached ();
    }
}

void
_edge_agreement_pump (EdgeAgreement *self)
{
  EdgeSimplexOutput *output;

  while (self->simplex != NULL && !self->stopped &&
         (output = edge_simplex_pop (self->simplex)) != NULL)
    {
      handle (self, output);
      edge_simplex_output_free (output);
    }
  set_timer (self);
}

static void
count_open (EdgeAgreement *self)
{
  EdgeCheckpoint checkpoint;

  if (self->simplex != NULL && _edge_agreement_is_judge (self, &self->key))
    edge_simplex_set_open (self->simplex, edge_ledger_list_open_tips (self->ledger, &checkpoint),
                           _edge_agreement_now_ms ());
}

static void
ledger_changed_cb (EdgeLedger    *ledger,
                   EdgeAgreement *self)
{
  if (self->stopped)
    return;
  count_open (self);
  self->n_untried = self->checks->len;
  _edge_agreement_check_next (self);
  _edge_agreement_close_book (self);
  _edge_agreement_pump (self);
}

/* _edge_agreement_take: takes in notes whose signatures are good; returns how many were new. */
guint
_edge_agreement_take (EdgeAgreement *self,
                      GPtrArray     *notes)
{
  EdgeNote *first = g_ptr_array_index (notes, 0);
  guint n_new = 0;

  if (first->n < self->n || self->stopped)
    return 0;
  if (first->n > self->n || self->simplex == NULL)
    {
      GPtrArray *kept;

      if (g_queue_get_length (&self->later) >= MAX_LATER)
        return 0;
      kept = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);
      for (guint i = 0; i < notes->len; i++)
        g_ptr_array_add (kept, edge_note_ref (g_ptr_array_index (notes, i)));
      g_queue_push_tail (&self->later, kept);
      return 0;
    }

  if (notes->len == 1)
    n_new = edge_simplex_receive (self->simplex, first, _edge_agreement_now_ms ());
  else
    n_new = edge_simplex_receive_bundle (self->simplex, notes, _edge_agreement_now_ms ());
  _edge_agreement_pump (self);
  return n_new;
}

static void
take_later (EdgeAgreement *self)
{
  guint n = g_queue_get_length (&self->later);

  while (n-- > 0)
    {
      g_autoptr(GPtrArray) notes = g_queue_pop_head (&self->later);

      _edge_agreement_take (self, notes);
    }
}

static gboolean
may_sign (EdgeAgreement *self)
{
  return self->confirmed && _edge_agreement_is_judge (self, &self->key);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeAgreement) self = user_data;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) texts = edge_ledger_load_notes_finish (EDGE_LEDGER (source), result, &error);

  if (self->mesh == NULL)
    return;
  if (texts == NULL)
    {
      /* Without what was signed before, nothing can be signed without a contradiction. */
      g_signal_emit (self, _edge_agreement_signals[EDGE_AGREEMENT_SIGNAL_TROUBLE], 0, "notes", error->message);
      return;
    }

  self->simplex = edge_simplex_new (&self->net, self->n, self->judges, self->n_judges,
                                    may_sign (self) ? &self->key : NULL, self->time_scale);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr(EdgeNote) note = edge_note_read (texts[i], strlen (texts[i]), NULL);

      if (note != NULL)
        edge_simplex_restore (self->simplex, note);
    }
  edge_simplex_start (self->simplex, _edge_agreement_now_ms ());
  count_open (self);
  _edge_agreement_pump (self);
  take_later (self);
}

/* _edge_agreement_begin: goes on with the checkpoint after the last that is final here. */
void
_edge_agreement_begin (EdgeAgreement *self)
{
  guint64 n_closed = 0;

  g_clear_pointer (&self->simplex, edge_simplex_free);
  g_clear_pointer (&self->final, edge_note_unref);
  g_clear_pointer (&self->certificate, g_free);
  g_ptr_array_set_size (self->checks, 0);
  g_clear_handle_id (&self->timer_source, g_source_remove);

  self->n_judges = edge_ledger_get_judges (self->ledger, &n_closed, &self->last, self->judges);
  self->n = n_closed + 1;
  _edge_agreement_confirm (self);
  edge_ledger_load_notes_async (self->ledger, self->n, NULL, loaded_cb, g_object_ref (self));
}

/* Starts over with what is known, now as one who signs. */
static void
become_signer (EdgeAgreement *self)
{
  g_autoptr(GPtrArray) bundles = NULL;

  if (self->confirmed)
    return;
  self->confirmed = TRUE;
  if (self->simplex == NULL || self->final != NULL || self->stopped)
    return;

  bundles = edge_simplex_list_bundles (self->simplex);
  for (guint i = 0; i < bundles->len; i++)
    g_queue_push_tail (&self->later, g_ptr_array_ref (g_ptr_array_index (bundles, i)));
  _edge_agreement_begin (self);
}

/* _edge_agreement_confirm: begins to sign if a peer told all it had and that is here now. */
void
_edge_agreement_confirm (EdgeAgreement *self)
{
  EdgeAgreementSession *session;
  GHashTableIter iter;
  gboolean found = FALSE;

  if (self->confirmed || self->sessions == NULL || edge_ledger_get_held (self->ledger))
    return;
  g_hash_table_iter_init (&iter, self->sessions);
  while (!found && g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    found = session->answered && session->peer_n >= self->n_at_start && session->peer_n < self->n;
  if (found)
    become_signer (self);
}

static gboolean
again_cb (gpointer user_data)
{
  EdgeAgreement *self = user_data;
  gint64 wait = self->final != NULL ? MISSING_MS : MAX (AGAIN_MS / self->time_scale, MISSING_MS);

  _edge_agreement_go_on (self);
  self->again_source = g_timeout_add ((guint) wait + (guint) g_random_int_range (0, (gint32) wait / 4 + 1),
                                      again_cb, self);
  return G_SOURCE_REMOVE;
}

static void
edge_agreement_dispose (GObject *object)
{
  EdgeAgreement *self = EDGE_AGREEMENT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer_source, g_source_remove);
  g_clear_handle_id (&self->again_source, g_source_remove);
  g_clear_handle_id (&self->look_source, g_source_remove);
  if (self->ledger != NULL)
    g_signal_handlers_disconnect_by_data (self->ledger, self);
  _edge_agreement_unwatch (self);
  g_clear_pointer (&self->simplex, edge_simplex_free);
  g_clear_object (&self->mesh);

  G_OBJECT_CLASS (edge_agreement_parent_class)->dispose (object);
}

static void
edge_agreement_finalize (GObject *object)
{
  EdgeAgreement *self = EDGE_AGREEMENT (object);

  g_queue_clear_full (&self->later, (GDestroyNotify) g_ptr_array_unref);
  g_clear_pointer (&self->final, edge_note_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->memory, edge_ledger_memory_free);
  g_clear_object (&self->ledger);
  g_clear_object (&self->identity);
  g_clear_object (&self->cancellable);
  g_free (self->certificate);
  g_free (self->conflict);
  g_free (self->network_id);

  G_OBJECT_CLASS (edge_agreement_parent_class)->finalize (object);
}

static void
edge_agreement_class_init (EdgeAgreementClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = edge_agreement_dispose;
  object_class->finalize = edge_agreement_finalize;

  /**
   * EdgeAgreement::closed:
   * @self: the agreement
   * @n: the checkpoint's number
   *
   * A checkpoint became final here.
   */
  _edge_agreement_signals[EDGE_AGREEMENT_SIGNAL_CLOSED] =
    g_signal_new ("closed", EDGE_TYPE_AGREEMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT64);

  /**
   * EdgeAgreement::trouble:
   * @self: the agreement
   * @code: `books_differ`, after which nothing more is closed, `state_differs` or `notes`
   * @message: what is wrong
   *
   * Something keeps this node from closing the book with the others.
   */
  _edge_agreement_signals[EDGE_AGREEMENT_SIGNAL_TROUBLE] =
    g_signal_new ("trouble", EDGE_TYPE_AGREEMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  /**
   * EdgeAgreement::heard:
   * @self: the agreement
   * @key: who signed it
   *
   * A validator's note came that was not known yet.
   */
  _edge_agreement_signals[EDGE_AGREEMENT_SIGNAL_HEARD] =
    g_signal_new ("heard", EDGE_TYPE_AGREEMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
edge_agreement_init (EdgeAgreement *self)
{
  self->fast_start_events = EDGE_AGREEMENT_FAST_START;
  self->cancellable = g_cancellable_new ();
  self->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);
  g_queue_init (&self->later);
}

/**
 * edge_agreement_new:
 * @mesh: the links
 * @ledger: an open ledger of a network with validators
 * @identity: this node, which signs where it is a validator
 * @time_scale: by what the times of rounds are divided; 1 but in tests
 *
 * Returns: (transfer full): an agreement that works as long as it lives
 */
EdgeAgreement *
edge_agreement_new (EdgeMesh     *mesh,
                    EdgeLedger   *ledger,
                    EdgeIdentity *identity,
                    guint         time_scale)
{
  EdgeAgreement *self = g_object_new (EDGE_TYPE_AGREEMENT, NULL);
  g_autofree char *two_books = NULL;

  g_return_val_if_fail (time_scale > 0, self);

  self->mesh = g_object_ref (mesh);
  self->ledger = g_object_ref (ledger);
  self->identity = g_object_ref (identity);
  self->time_scale = time_scale;
  self->net = edge_ledger_get_genesis (ledger)->id;
  self->network_id = edge_id_to_text (&self->net);
  memcpy (self->key.bytes, edge_identity_get_public_key (identity), EDGE_ID_SIZE);
  _edge_agreement_remember (self);
  edge_ledger_get_judges (ledger, &self->n_at_start, &self->last, self->judges);
  two_books = edge_ledger_dup_two_books (ledger);
  self->stopped = two_books != NULL;
  self->confirmed = self->n_at_start == 0 && !edge_ledger_get_held (ledger);
  g_signal_connect (ledger, "changed", G_CALLBACK (ledger_changed_cb), self);
  _edge_agreement_begin (self);
  _edge_agreement_watch (self);
  self->again_source = g_timeout_add (MISSING_MS, again_cb, self);
  return self;
}

/**
 * edge_agreement_get_n_final:
 * @self: an agreement
 *
 * Returns: the number of the last final checkpoint, 0 without one
 */
guint64
edge_agreement_get_n_final (EdgeAgreement *self)
{
  g_return_val_if_fail (EDGE_IS_AGREEMENT (self), 0);

  return self->n - 1;
}

/**
 * edge_agreement_get_signs:
 * @self: an agreement
 *
 * Returns: whether this node signs notes: it is a validator, and a peer has shown
 *   since the start that nothing final is missing here
 */
gboolean
edge_agreement_get_signs (EdgeAgreement *self)
{
  g_return_val_if_fail (EDGE_IS_AGREEMENT (self), FALSE);

  return !self->stopped && may_sign (self);
}

/**
 * edge_agreement_insist:
 * @self: an agreement
 *
 * Signs from now on though no peer has shown the last checkpoint. Two copies of a
 * validator that both do so can contradict each other.
 */
void
edge_agreement_insist (EdgeAgreement *self)
{
  g_return_if_fail (EDGE_IS_AGREEMENT (self));

  become_signer (self);
}
