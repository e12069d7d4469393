/* edge-node-key.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "node/edge-state-dir.h"

/* A key that signs in two places contradicts itself, which is punished and can't be taken back.
 * So a key that was not made here signs nothing before peers have told all they know, and a node
 * leaves as soon as it hears of another one with its key. */

/* In a network that knows nothing of the key yet: how long peers that are in step may have
 * been asked in vain. */
#define STRANGER_MS 60000

G_DEFINE_ENUM_TYPE (EdgeNodeKeyState, edge_node_key_state,
                    G_DEFINE_ENUM_VALUE (EDGE_NODE_KEY_STATE_FINE, "fine"),
                    G_DEFINE_ENUM_VALUE (EDGE_NODE_KEY_STATE_RESTORED, "restored"),
                    G_DEFINE_ENUM_VALUE (EDGE_NODE_KEY_STATE_TWIN, "twin"))

/**
 * edge_node_key_state_to_string:
 * @state: a state
 *
 * Returns: the word for it in JSON
 */
const char *
edge_node_key_state_to_string (EdgeNodeKeyState state)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (EDGE_TYPE_NODE_KEY_STATE);
  GEnumValue *value = g_enum_get_value (klass, (int) state);

  return value != NULL ? value->value_nick : "unknown";
}

static void
set_key_state (EdgeNode         *self,
               EdgeNodeKeyState  state)
{
  if (self->key_state == state)
    return;
  self->key_state = state;
  _edge_node_update_state (self);
  _edge_node_notify (self, PROP_KEY_STATE);
}

/* _edge_node_note_key: remembers whose node this is, at its start. */
void
_edge_node_note_key (EdgeNode *self)
{
  g_autofree char *place = NULL;

  if (self->state_dir != NULL)
    place = edge_state_dir_dup_place (self->state_dir);
  if (edge_node_store_note_key (self->store, edge_identity_get_id (self->identity), place,
                                edge_identity_is_new (self->identity)))
    _edge_node_save (self);
}

static gboolean
has_account (EdgeNode *self)
{
  g_autoptr(EdgeAccount) account = NULL;
  EdgeId key;

  memcpy (key.bytes, edge_identity_get_public_key (self->identity), EDGE_ID_SIZE);
  account = edge_ledger_dup_account (self->ledger, &key);
  return account != NULL && account->has_head;
}

static void
settle (EdgeNode *self)
{
  if (edge_node_store_set_settled (self->store, self->network->id, TRUE))
    _edge_node_save (self);
}

static void
release (EdgeNode *self,
         gboolean  insist)
{
  g_clear_handle_id (&self->stranger_source, g_source_remove);
  settle (self);
  edge_ledger_set_held (self->ledger, FALSE);
  edge_books_release (self->books, insist);
  set_key_state (self, EDGE_NODE_KEY_STATE_FINE);
}

static gboolean
is_in_step (EdgeNode *self)
{
  guint n_in_step;
  guint64 n_events, n_expected;

  g_object_get (self->books, "n-in-step", &n_in_step, "n-events", &n_events,
                "n-expected", &n_expected, NULL);
  return n_in_step > 0 && n_expected <= n_events;
}

static gboolean
stranger_cb (gpointer user_data)
{
  EdgeNode *self = user_data;

  self->stranger_source = 0;
  if (is_in_step (self))
    release (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
books_changed_cb (EdgeNode *self)
{
  gboolean held = self->key_state == EDGE_NODE_KEY_STATE_RESTORED;

  if (!held && !g_hash_table_contains (self->store->settled, self->network->id) &&
      has_account (self))
    settle (self);
  if (!held || !is_in_step (self))
    return;

  if (has_account (self))
    release (self, FALSE);
  else if (self->stranger_source == 0)
    self->stranger_source = g_timeout_add (STRANGER_MS, stranger_cb, self);
}

/* An event of our own that we did not make, and newer than our start: somebody has our key and
 * uses it now. Older ones are our own history. */
static void
accepted_cb (EdgeLedger         *ledger,
             const char * const *texts,
             guint64             origin,
             EdgeNode           *self)
{
  EdgeId key;

  if (origin == EDGE_LEDGER_OWN || self->key_state != EDGE_NODE_KEY_STATE_FINE)
    return;

  memcpy (key.bytes, edge_identity_get_public_key (self->identity), EDGE_ID_SIZE);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr(EdgeEvent) event = NULL;

      if (!g_str_has_prefix (texts[i], self->own_header))
        continue;
      event = edge_event_parse (texts[i], strlen (texts[i]), NULL);
      if (event != NULL && edge_id_equal (&event->author, &key) &&
          event->time > (guint64) self->opened_at)
        {
          _edge_node_meet_twin (self);
          return;
        }
    }
}

static void
repaired_cb (EdgeLedger *ledger,
             guint64     n_saved,
             EdgeNode   *self)
{
  /* What we signed last may be among what was lost. */
  if (edge_node_store_set_settled (self->store, self->network->id, FALSE))
    _edge_node_save (self);
  edge_ledger_set_held (ledger, TRUE);
  set_key_state (self, EDGE_NODE_KEY_STATE_RESTORED);
}

/* _edge_node_hold_key: before the books of a ledger that is open now are made. */
void
_edge_node_hold_key (EdgeNode *self)
{
  gboolean settled = g_hash_table_contains (self->store->settled, self->network->id);
  gboolean held;

  /* Settled without an account: the ledger's file was lost, and with it what was signed. */
  if (settled)
    held = !has_account (self);
  else
    held = !self->store->made;
  if (edge_ledger_get_held (self->ledger))
    held = TRUE;

  self->opened_at = g_get_real_time () / 1000;
  edge_ledger_set_held (self->ledger, held);
  set_key_state (self, held ? EDGE_NODE_KEY_STATE_RESTORED : EDGE_NODE_KEY_STATE_FINE);
  if (held)
    _edge_node_emit_problem (self, "key_restored",
                             _("This identity was restored or copied, or its ledger was lost. Nothing is signed until peers have sent what it signed before."),
                             _("See that peers of the network are reachable. Without any, insist with “edge-net-node identity claim”, if it is used nowhere else."));
}

/* _edge_node_watch_key: once the books are there. */
void
_edge_node_watch_key (EdgeNode *self)
{
  g_signal_connect_object (self->ledger, "accepted", G_CALLBACK (accepted_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (self->books, "notify", G_CALLBACK (books_changed_cb), self,
                           G_CONNECT_SWAPPED);
  books_changed_cb (self);
}

/* _edge_node_watch_repair: before the ledger is opened. */
void
_edge_node_watch_repair (EdgeNode *self)
{
  g_free (self->own_header);
  self->own_header = edge_jws_make_header (edge_identity_get_id (self->identity));
  g_signal_connect_object (self->ledger, "repaired", G_CALLBACK (repaired_cb), self,
                           G_CONNECT_DEFAULT);
}

/* _edge_node_release_key: the network is left, or its ledger is closed. */
void
_edge_node_release_key (EdgeNode *self)
{
  g_clear_handle_id (&self->stranger_source, g_source_remove);
  g_clear_handle_id (&self->twin_source, g_source_remove);
  set_key_state (self, EDGE_NODE_KEY_STATE_FINE);
}

static gboolean
meet_twin_cb (gpointer user_data)
{
  g_autoptr(EdgeNode) self = g_object_ref (user_data);

  self->twin_source = 0;

  /* What the other one signs has to be known here before this one signs again. */
  self->store->made = FALSE;
  edge_node_store_set_settled (self->store, self->network->id, FALSE);
  _edge_node_save (self);

  edge_node_leave (self);
  set_key_state (self, EDGE_NODE_KEY_STATE_TWIN);
  _edge_node_emit_problem (self, "twin",
                           _("Your identity also runs on another computer, or in another program on this one. This one has left the network, because two that sign with one key contradict each other, which costs the stake."),
                           _("Quit the other one, then go on here: “Use Here” in the window, or “edge-net-node identity claim”."));
  return G_SOURCE_REMOVE;
}

/* _edge_node_meet_twin: another program runs with our key. Whoever tells so may be part of what
 * is left. */
void
_edge_node_meet_twin (EdgeNode *self)
{
  if (self->network == NULL || self->twin_source != 0)
    return;

  if (self->ledger != NULL)
    edge_ledger_set_held (self->ledger, TRUE);
  self->twin_source = g_idle_add (meet_twin_cb, self);
}

/**
 * edge_node_get_key_state:
 * @self: a node
 *
 * Returns: whether the key may sign
 */
EdgeNodeKeyState
edge_node_get_key_state (EdgeNode *self)
{
  g_return_val_if_fail (EDGE_IS_NODE (self), EDGE_NODE_KEY_STATE_FINE);

  return self->key_state;
}

/**
 * edge_node_claim:
 * @self: a node
 *
 * The person says that the key is used here alone. A node that had left because of another one
 * joins again, and signs once it knows what the other one signed. A node that waits for peers
 * waits no longer.
 */
void
edge_node_claim (EdgeNode *self)
{
  g_return_if_fail (EDGE_IS_NODE (self));

  if (self->key_state == EDGE_NODE_KEY_STATE_TWIN)
    {
      set_key_state (self, EDGE_NODE_KEY_STATE_FINE);
      edge_node_join_last (self);
    }
  else if (self->books != NULL)
    {
      release (self, TRUE);
    }
}

/**
 * edge_node_settle:
 * @self: a node
 * @network_id: a network that was founded just now
 *
 * Nobody has signed anything in it yet, wherever the key is from.
 */
void
edge_node_settle (EdgeNode   *self,
                  const char *network_id)
{
  g_return_if_fail (EDGE_IS_NODE (self));

  if (edge_node_store_set_settled (self->store, network_id, TRUE))
    _edge_node_save (self);
}
