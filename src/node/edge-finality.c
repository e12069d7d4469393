/* edge-finality.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-finality.h"

#include <string.h>

#include "mesh/edge-peer.h"
#include "node/edge-ballot.h"
#include "node/edge-closer.h"

/**
 * EdgeFinality:
 *
 * How far the book of a network is closed, and which of those who close it are awake.
 *
 * The ledger is read in a thread, as it may be folding; who is awake follows the links.
 */

/* For how long a note says that who signed it is awake. */
#define AWAKE_MS 120000

/* What the ledger said at one moment. */
typedef struct
{
  EdgeLedger *ledger;
  EdgeId      by;
  EdgeId      judges[EDGE_GENESIS_MAX_VALIDATORS];
  EdgeId      voters[EDGE_GENESIS_MAX_VALIDATORS];
  guint64     time;
  guint64     count;
  guint       n;
  guint       n_judges;
  guint       n_voters;
  guint       n_members;
  gboolean    has_by;
} View;

struct _EdgeFinality
{
  GObject       parent_instance;

  EdgeLedger   *ledger;
  GListModel   *peers;
  GPtrArray    *watched;
  GListStore   *validators;
  GListStore   *ballots;
  GCancellable *cancellable;
  EdgeId        key;
  View          view;
  gint64        started_at;
  guint         n_awake;
  guint         sleep_source;
  gboolean      reading;
  gboolean      stale;
};

typedef enum
{
  PROP_N = 1,
  PROP_TIME,
  PROP_COUNT,
  PROP_BY,
  PROP_N_MEMBERS,
  PROP_VALIDATORS,
  PROP_BALLOTS,
  PROP_N_VALIDATORS,
  PROP_N_AWAKE,
  PROP_N_NEEDED,
  PROP_VALIDATING,
  PROP_MAY_VOTE,
} EdgeFinalityProperty;

static GParamSpec *properties[PROP_MAY_VOTE + 1];

G_DEFINE_FINAL_TYPE (EdgeFinality, edge_finality, G_TYPE_OBJECT)

static void
free_view (gpointer data)
{
  View *view = data;

  g_clear_object (&view->ledger);
  g_free (view);
}

static guint
needed (guint n_judges)
{
  return n_judges > 0 ? 2 * n_judges / 3 + 1 : 0;
}

static gboolean
holds (const EdgeId *keys,
       guint         n_keys,
       const EdgeId *key)
{
  for (guint i = 0; i < n_keys; i++)
    {
      if (edge_id_equal (&keys[i], key))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_judge (const View   *view,
          const EdgeId *key)
{
  return holds (view->judges, view->n_judges, key);
}

static gboolean
is_voter (const View   *view,
          const EdgeId *key)
{
  return holds (view->voters, view->n_voters, key);
}

static void
read_func (GTask        *task,
           gpointer      source,
           gpointer      task_data,
           GCancellable *cancellable)
{
  View *view = task_data;
  EdgeLedgerFigures figures;
  EdgeCheckpoint checkpoint;
  EdgeId last;
  guint64 n;

  edge_ledger_get_figures (view->ledger, &figures);
  view->n_judges = edge_ledger_get_judges (view->ledger, &n, &last, view->judges);
  view->n_voters = edge_ledger_get_validators (view->ledger, view->voters);
  view->n_members = edge_ledger_count_members (view->ledger);
  if (edge_ledger_get_checkpoint (view->ledger, figures.n_checkpoints, &checkpoint))
    {
      view->n = figures.n_checkpoints;
      view->count = checkpoint.count;
      view->time = figures.final_time;
      view->has_by = edge_ledger_get_leader (view->ledger, figures.n_checkpoints, &view->by);
    }
  g_task_return_boolean (task, TRUE);
}

static EdgePeer *
find_peer (EdgeFinality *self,
           const char   *id)
{
  for (guint i = 0; i < self->watched->len; i++)
    {
      EdgePeer *peer = g_ptr_array_index (self->watched, i);

      if (g_str_equal (edge_peer_get_id (peer), id))
        return peer;
    }
  return NULL;
}

static void
set_n_awake (EdgeFinality *self,
             guint         n_awake)
{
  if (self->n_awake == n_awake)
    return;
  self->n_awake = n_awake;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_AWAKE]);
}

static gboolean sleep_cb (gpointer user_data);

static void
update_awake (EdgeFinality *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->validators));
  guint n_awake = 0;
  gint64 now = g_get_real_time () / 1000;
  gint64 next = AWAKE_MS;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgeCloser) validator = g_list_model_get_item (G_LIST_MODEL (self->validators), i);
      EdgePeer *peer = find_peer (self, edge_closer_get_id (validator));
      gboolean linked = peer != NULL && edge_peer_get_state (peer) == EDGE_PEER_STATE_CONNECTED;
      gint64 since = edge_closer_get_since (validator);

      if (peer != NULL && edge_peer_get_name (peer) != NULL)
        edge_closer_set_name (validator, edge_peer_get_name (peer));
      if (edge_closer_get_you (validator))
        edge_closer_set_awake (validator, TRUE, self->started_at);
      else if (linked)
        edge_closer_set_awake (validator, TRUE, edge_peer_get_since (peer));
      else if (now - edge_closer_get_heard (validator) < AWAKE_MS)
        {
          edge_closer_set_awake (validator, TRUE, edge_closer_get_awake (validator) ? since : now);
          next = MIN (next, edge_closer_get_heard (validator) + AWAKE_MS - now);
        }
      else if (edge_closer_get_awake (validator))
        edge_closer_set_awake (validator, FALSE, now);
      else
        edge_closer_set_awake (validator, FALSE, since);
      n_awake += edge_closer_get_awake (validator);
    }
  set_n_awake (self, n_awake);
  g_clear_handle_id (&self->sleep_source, g_source_remove);
  if (next < AWAKE_MS)
    self->sleep_source = g_timeout_add ((guint) next + 1, sleep_cb, self);
}

static gboolean
sleep_cb (gpointer user_data)
{
  EdgeFinality *self = user_data;

  self->sleep_source = 0;
  update_awake (self);
  return G_SOURCE_REMOVE;
}

static void
peers_changed_cb (EdgeFinality *self,
                  guint         position,
                  guint         removed,
                  guint         added,
                  GListModel   *peers)
{
  for (guint i = 0; i < removed; i++)
    {
      EdgePeer *peer = g_ptr_array_index (self->watched, position);

      g_signal_handlers_disconnect_by_func (peer, update_awake, self);
      g_ptr_array_remove_index (self->watched, position);
    }
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (peers, i);

      g_signal_connect_object (peer, "notify::state", G_CALLBACK (update_awake), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (peer, "notify::name", G_CALLBACK (update_awake), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_insert (self->watched, (int) i, g_steal_pointer (&peer));
    }
  if (removed > 0 || added > 0)
    update_awake (self);
}

/* The same objects as long as the same people close the book. */
static void
show_validators (EdgeFinality *self,
                 const View   *before)
{
  const View *view = &self->view;
  g_autoptr(GPtrArray) validators = NULL;

  if (before->n_judges == view->n_judges &&
      memcmp (before->judges, view->judges, view->n_judges * sizeof *view->judges) == 0)
    return;

  validators = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < view->n_judges; i++)
    {
      g_autofree char *id = edge_id_to_text (&view->judges[i]);

      g_ptr_array_add (validators,
                       edge_closer_new (id, edge_id_equal (&view->judges[i], &self->key)));
    }
  g_list_store_splice (self->validators, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->validators)),
                       validators->pdata, validators->len);
  update_awake (self);
}

static void
tell (EdgeFinality         *self,
      EdgeFinalityProperty  property,
      gboolean              changed)
{
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void read_ledger (EdgeFinality *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  EdgeFinality *self = EDGE_FINALITY (source);
  const View *now = g_task_get_task_data (G_TASK (result));
  View before = self->view;

  self->reading = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), NULL) || self->ledger == NULL)
    return;

  self->view = *now;
  self->view.ledger = NULL;
  g_object_freeze_notify (G_OBJECT (self));
  show_validators (self, &before);
  edge_ballot_refresh (self->ballots, self->ledger, &self->key);
  tell (self, PROP_N, before.n != now->n);
  tell (self, PROP_TIME, before.time != now->time);
  tell (self, PROP_COUNT, before.count != now->count);
  tell (self, PROP_BY, before.has_by != now->has_by || !edge_id_equal (&before.by, &now->by));
  tell (self, PROP_N_MEMBERS, before.n_members != now->n_members);
  tell (self, PROP_N_VALIDATORS, before.n_judges != now->n_judges);
  tell (self, PROP_N_NEEDED, needed (before.n_judges) != needed (now->n_judges));
  tell (self, PROP_VALIDATING, is_judge (&before, &self->key) != is_judge (now, &self->key));
  tell (self, PROP_MAY_VOTE, is_voter (&before, &self->key) != is_voter (now, &self->key));
  g_object_thaw_notify (G_OBJECT (self));
  if (self->stale)
    read_ledger (self);
}

/* Reads what the ledger has now, or once more after the reading under way. */
static void
read_ledger (EdgeFinality *self)
{
  g_autoptr(GTask) task = NULL;
  View *view;

  self->stale = self->reading;
  if (self->reading || self->ledger == NULL)
    return;

  self->reading = TRUE;
  view = g_new0 (View, 1);
  view->ledger = g_object_ref (self->ledger);
  task = g_task_new (self, self->cancellable, read_cb, NULL);
  g_task_set_source_tag (task, read_ledger);
  g_task_set_task_data (task, view, free_view);
  g_task_run_in_thread (task, read_func);
}

static void
edge_finality_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  EdgeFinality *self = EDGE_FINALITY (object);
  const View *view = &self->view;

  switch ((EdgeFinalityProperty) property_id)
    {
    case PROP_N:
      g_value_set_uint (value, view->n);
      break;
    case PROP_TIME:
      g_value_set_uint64 (value, view->time);
      break;
    case PROP_COUNT:
      g_value_set_uint64 (value, view->count);
      break;
    case PROP_BY:
      g_value_take_string (value, view->has_by ? edge_id_to_text (&view->by) : NULL);
      break;
    case PROP_N_MEMBERS:
      g_value_set_uint (value, view->n_members);
      break;
    case PROP_VALIDATORS:
      g_value_set_object (value, self->validators);
      break;
    case PROP_BALLOTS:
      g_value_set_object (value, self->ballots);
      break;
    case PROP_N_VALIDATORS:
      g_value_set_uint (value, view->n_judges);
      break;
    case PROP_N_AWAKE:
      g_value_set_uint (value, self->n_awake);
      break;
    case PROP_N_NEEDED:
      g_value_set_uint (value, needed (view->n_judges));
      break;
    case PROP_VALIDATING:
      g_value_set_boolean (value, is_judge (view, &self->key));
      break;
    case PROP_MAY_VOTE:
      g_value_set_boolean (value, is_voter (view, &self->key));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_finality_dispose (GObject *object)
{
  EdgeFinality *self = EDGE_FINALITY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->sleep_source, g_source_remove);
  if (self->ledger != NULL)
    g_signal_handlers_disconnect_by_data (self->ledger, self);
  if (self->peers != NULL)
    g_signal_handlers_disconnect_by_data (self->peers, self);
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->watched, i), self);
  g_ptr_array_set_size (self->watched, 0);
  g_clear_object (&self->ledger);
  g_clear_object (&self->peers);

  G_OBJECT_CLASS (edge_finality_parent_class)->dispose (object);
}

static void
edge_finality_finalize (GObject *object)
{
  EdgeFinality *self = EDGE_FINALITY (object);

  g_clear_object (&self->validators);
  g_clear_object (&self->ballots);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->watched, g_ptr_array_unref);

  G_OBJECT_CLASS (edge_finality_parent_class)->finalize (object);
}

static void
edge_finality_class_init (EdgeFinalityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_finality_get_property;
  object_class->dispose = edge_finality_dispose;
  object_class->finalize = edge_finality_finalize;

  /* Described in edge-finality.h. */
  properties[PROP_N] = g_param_spec_uint ("n", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TIME] = g_param_spec_uint64 ("time", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_COUNT] = g_param_spec_uint64 ("count", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_BY] = g_param_spec_string ("by", NULL, NULL, NULL, flags);
  properties[PROP_N_MEMBERS] = g_param_spec_uint ("n-members", NULL, NULL,
                                                  0, G_MAXUINT, 0, flags);
  properties[PROP_VALIDATORS] = g_param_spec_object ("validators", NULL, NULL,
                                                     G_TYPE_LIST_MODEL, flags);
  properties[PROP_BALLOTS] = g_param_spec_object ("ballots", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_N_VALIDATORS] = g_param_spec_uint ("n-validators", NULL, NULL,
                                                     0, G_MAXUINT, 0, flags);
  properties[PROP_N_AWAKE] = g_param_spec_uint ("n-awake", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_NEEDED] = g_param_spec_uint ("n-needed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_VALIDATING] = g_param_spec_boolean ("validating", NULL, NULL, FALSE, flags);
  properties[PROP_MAY_VOTE] = g_param_spec_boolean ("may-vote", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_finality_init (EdgeFinality *self)
{
  self->validators = g_list_store_new (EDGE_TYPE_CLOSER);
  self->ballots = g_list_store_new (EDGE_TYPE_BALLOT);
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->started_at = g_get_real_time () / 1000;
}

/**
 * edge_finality_new:
 * @ledger: an open ledger
 * @key: our key
 * @peers: (nullable): the [class@Peer]s of the network; without them nobody but us is awake
 *
 * Returns: (transfer full): what follows @ledger; run g_object_run_dispose() on it before the
 *   ledger is closed
 */
EdgeFinality *
edge_finality_new (EdgeLedger   *ledger,
                   const EdgeId *key,
                   GListModel   *peers)
{
  EdgeFinality *self = g_object_new (EDGE_TYPE_FINALITY, NULL);

  self->ledger = g_object_ref (ledger);
  self->key = *key;
  g_signal_connect_object (ledger, "changed", G_CALLBACK (read_ledger), self, G_CONNECT_SWAPPED);
  if (peers != NULL)
    {
      self->peers = g_object_ref (peers);
      g_signal_connect_object (peers, "items-changed", G_CALLBACK (peers_changed_cb), self,
                               G_CONNECT_SWAPPED);
      peers_changed_cb (self, 0, 0, g_list_model_get_n_items (peers), peers);
    }
  read_ledger (self);
  return self;
}

/**
 * edge_finality_hear:
 * @self: finality
 * @id: key of who signed a note just now
 *
 * Takes notice that a validator is awake though no link leads to it.
 */
void
edge_finality_hear (EdgeFinality *self,
                    const char   *id)
{
  guint n;

  g_return_if_fail (EDGE_IS_FINALITY (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->validators));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgeCloser) validator = g_list_model_get_item (G_LIST_MODEL (self->validators), i);

      if (!g_str_equal (edge_closer_get_id (validator), id))
        continue;
      edge_closer_set_heard (validator, g_get_real_time () / 1000);
      update_awake (self);
    }
}
