/* edge-joiner.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-joiner"

#include "node/edge-joiner.h"

#include <math.h>
#include <string.h>

#include "ledger/edge-event-builder.h"
#include "ledger/edge-work.h"

/**
 * EdgeJoiner:
 *
 * Makes this key known to the network: searches the proof of work in the
 * background, a little at a time, and issues the `join` when it is found.
 *
 * A key that was restored or copied may have joined long ago. So the event waits
 * until a peer has told all it knows, or nobody is found.
 */

/* Numbers tried between two looks at whether to go on. */
#define TRIES_AT_ONCE 8
/* Half of one processor at most. */
#define REST_SHARE    1.0
/* Who finds nobody for so long is taken to be the first. */
#define ALONE_MS      10000
#define RETRY_MS      30000

struct _EdgeJoiner
{
  GObject       parent_instance;

  EdgeLedger   *ledger;
  EdgeIdentity *identity;
  EdgeSync     *sync;
  GCancellable *cancellable;
  EdgeId        inviter;
  gboolean      has_inviter;
  guint64       next;
  guint64       n_tried;
  guint         rest_source;
  guint         alone_source;
  gboolean      alone;
  gboolean      wanted;
  gboolean      paused;
  gboolean      searching;
  gboolean      found;
  gboolean      issuing;
  gboolean      joined;
};

typedef struct
{
  EdgeGenesis genesis;
  EdgeId      key;
  guint64     next;
  gint64      took;
} Search;

typedef enum
{
  PROP_PROGRESS = 1,
} EdgeJoinerProperty;

static GParamSpec *properties[PROP_PROGRESS + 1];

G_DEFINE_FINAL_TYPE (EdgeJoiner, edge_joiner, G_TYPE_OBJECT)

static void go_on (EdgeJoiner *self);

static void
tell_progress (EdgeJoiner *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

static gboolean
retry_cb (gpointer user_data)
{
  EdgeJoiner *self = user_data;

  self->rest_source = 0;
  go_on (self);
  return G_SOURCE_REMOVE;
}

static void
rest (EdgeJoiner *self,
      guint       ms)
{
  if (self->rest_source == 0)
    self->rest_source = g_timeout_add_full (G_PRIORITY_LOW, ms, retry_cb, self, NULL);
}

static void
issued_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeJoiner) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = edge_ledger_issue_finish (EDGE_LEDGER (source), result, &error);

  self->issuing = FALSE;
  if (self->ledger == NULL)
    return;
  if (id == NULL)
    {
      g_message ("The network could not be joined: %s", error->message);
      rest (self, RETRY_MS);
      return;
    }
  self->joined = TRUE;
  tell_progress (self);
}

static void
issue (EdgeJoiner *self)
{
  g_autofree char *body = edge_event_build_join (self->next, self->has_inviter ? &self->inviter
                                                                                : NULL);

  self->issuing = TRUE;
  edge_ledger_issue_async (self->ledger, self->identity, EDGE_EVENT_JOIN, body, self->cancellable,
                           issued_cb, g_object_ref (self));
}

static void
search_func (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Search *search = task_data;
  gint64 before = g_get_monotonic_time ();
  gboolean found = edge_work_search (&search->genesis, &search->key, &search->next, TRIES_AT_ONCE,
                                     cancellable);

  search->took = g_get_monotonic_time () - before;
  g_task_return_boolean (task, found);
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  EdgeJoiner *self = EDGE_JOINER (source);
  Search *search = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  gboolean found = g_task_propagate_boolean (G_TASK (result), &error);

  self->searching = FALSE;
  if (error != NULL || self->ledger == NULL)
    return;

  self->n_tried += search->next - self->next;
  self->next = search->next;
  self->found = found;
  tell_progress (self);
  if (found)
    go_on (self);
  else
    rest (self, (guint) (REST_SHARE * (double) search->took / 1000));
}

static void
search (EdgeJoiner *self)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, searched_cb, NULL);
  Search *search = g_new0 (Search, 1);

  self->searching = TRUE;
  search->genesis = *edge_ledger_get_genesis (self->ledger);
  memcpy (search->key.bytes, edge_identity_get_public_key (self->identity), EDGE_ID_SIZE);
  search->next = self->next;
  g_task_set_source_tag (task, search_func);
  g_task_set_task_data (task, search, g_free);
  g_task_run_in_thread (task, search_func);
}

static gboolean
may_issue (EdgeJoiner *self)
{
  if (edge_ledger_get_held (self->ledger))
    return FALSE;
  return edge_sync_get_n_in_step (self->sync) > 0 ||
         (self->alone && edge_sync_get_n_linked (self->sync) == 0);
}

static void
go_on (EdgeJoiner *self)
{
  if (self->ledger == NULL || !self->wanted || self->joined || self->paused || self->searching ||
      self->issuing || self->rest_source != 0)
    return;
  if (!self->found)
    search (self);
  else if (may_issue (self))
    issue (self);
}

static gboolean
alone_cb (gpointer user_data)
{
  EdgeJoiner *self = user_data;

  self->alone_source = 0;
  self->alone = TRUE;
  go_on (self);
  return G_SOURCE_REMOVE;
}

static void
edge_joiner_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  EdgeJoiner *self = EDGE_JOINER (object);

  switch ((EdgeJoinerProperty) property_id)
    {
    case PROP_PROGRESS:
      g_value_set_double (value, edge_joiner_get_progress (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_joiner_dispose (GObject *object)
{
  EdgeJoiner *self = EDGE_JOINER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_handle_id (&self->alone_source, g_source_remove);
  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_clear_object (&self->sync);
  g_clear_object (&self->ledger);

  G_OBJECT_CLASS (edge_joiner_parent_class)->dispose (object);
}

static void
edge_joiner_finalize (GObject *object)
{
  EdgeJoiner *self = EDGE_JOINER (object);

  g_clear_object (&self->identity);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (edge_joiner_parent_class)->finalize (object);
}

static void
edge_joiner_class_init (EdgeJoinerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_joiner_get_property;
  object_class->dispose = edge_joiner_dispose;
  object_class->finalize = edge_joiner_finalize;

  /**
   * EdgeJoiner:progress:
   *
   * How likely the proof would have been found by now, 0…1; NaN when none is searched.
   */
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL,
                                                   -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_joiner_init (EdgeJoiner *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * edge_joiner_new:
 * @ledger: an open ledger
 * @identity: who joins
 * @sync: what brings @ledger into step with peers
 *
 * Returns: (transfer full): a joiner that waits for edge_joiner_update()
 */
EdgeJoiner *
edge_joiner_new (EdgeLedger   *ledger,
                 EdgeIdentity *identity,
                 EdgeSync     *sync)
{
  EdgeJoiner *self = g_object_new (EDGE_TYPE_JOINER, NULL);

  self->ledger = g_object_ref (ledger);
  self->identity = g_object_ref (identity);
  self->sync = g_object_ref (sync);
  self->alone_source = g_timeout_add (ALONE_MS, alone_cb, self);
  g_signal_connect_object (sync, "notify", G_CALLBACK (go_on), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * edge_joiner_get_progress:
 * @self: a joiner
 *
 * Returns: how likely the proof would have been found by now, NaN when none is searched
 */
double
edge_joiner_get_progress (EdgeJoiner *self)
{
  const EdgeGenesis *genesis;

  g_return_val_if_fail (EDGE_IS_JOINER (self), NAN);

  if (self->ledger == NULL || !self->wanted || self->joined)
    return NAN;
  if (self->found)
    return 1;
  genesis = edge_ledger_get_genesis (self->ledger);
  return 1 - exp (-(double) self->n_tried /
                  exp2 ((double) genesis->params[EDGE_GENESIS_JOIN_BITS]));
}

/**
 * edge_joiner_set_paused:
 * @self: a joiner
 * @paused: whether to wait
 *
 * A number being tried is tried to its end.
 */
void
edge_joiner_set_paused (EdgeJoiner *self,
                        gboolean    paused)
{
  g_return_if_fail (EDGE_IS_JOINER (self));

  if (self->paused == paused)
    return;
  self->paused = paused;
  go_on (self);
}

/**
 * edge_joiner_set_inviter:
 * @self: a joiner
 * @inviter: (nullable): key of whose invitation was taken
 *
 * Names who invited us when the network is joined; afterwards it changes nothing.
 */
void
edge_joiner_set_inviter (EdgeJoiner *self,
                         const char *inviter)
{
  EdgeId own;

  g_return_if_fail (EDGE_IS_JOINER (self));

  memcpy (own.bytes, edge_identity_get_public_key (self->identity), EDGE_ID_SIZE);
  self->has_inviter = inviter != NULL && edge_id_parse (&self->inviter, inviter, -1) &&
                      !edge_id_equal (&self->inviter, &own);
}

/**
 * edge_joiner_update:
 * @self: a joiner
 * @joined: whether the ledger holds an event of this key already
 *
 * Says what the ledger holds now. The search starts with the first call that says no.
 */
void
edge_joiner_update (EdgeJoiner *self,
                    gboolean    joined)
{
  gboolean before;

  g_return_if_fail (EDGE_IS_JOINER (self));

  before = self->wanted && !self->joined;
  self->wanted = !joined;
  if (joined)
    self->joined = TRUE;
  if (before != (self->wanted && !self->joined))
    tell_progress (self);
  go_on (self);
}
