/* edge-members.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-members"

#include "node/edge-members-private.h"

#include <string.h>

/**
 * EdgeMembers:
 *
 * Who belongs to the network that is joined, who waits to, and who closes its book.
 *
 * Who comes with an invitation of ours and names us in its `join` is vouched for by
 * itself, as far as we may.
 */

/* How often the accounts are gone through at most. */
#define READ_PAUSE_MS 250

typedef enum
{
  PROP_YOU = 1,
  PROP_INVITER,
  PROP_INVITER_NAME,
  PROP_MAY_VOUCH,
  PROP_VOUCHERS_LEFT,
  PROP_WAITING,
} EdgeMembersProperty;

#define N_PROPERTIES (PROP_WAITING + 1)

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (EdgeMembers, edge_members, G_TYPE_OBJECT)

static void
free_view (gpointer data)
{
  EdgeMembersView *view = data;

  g_clear_pointer (&view->account, edge_account_free);
  g_clear_pointer (&view->waiting, g_array_unref);
  g_free (view);
}

gint64
_edge_members_now (void)
{
  return g_get_real_time () / 1000;
}

/* _edge_members_find_peer: what the mesh knows of a key. */
EdgePeer *
_edge_members_find_peer (EdgeMembers *self,
                         const char  *key)
{
  guint n = self->peers != NULL ? g_list_model_get_n_items (self->peers) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (self->peers, i);

      if (g_strcmp0 (edge_peer_get_id (peer), key) == 0)
        return g_steal_pointer (&peer);
    }
  return NULL;
}

/**
 * edge_members_dup_name:
 * @self: members
 * @key: (nullable): any key
 *
 * Returns: (transfer full) (nullable): what its owner is called, as far as a link tells
 */
char *
edge_members_dup_name (EdgeMembers *self,
                       const char  *key)
{
  g_autoptr(EdgePeer) peer = NULL;

  g_return_val_if_fail (EDGE_IS_MEMBERS (self), NULL);

  peer = key != NULL ? _edge_members_find_peer (self, key) : NULL;
  return peer != NULL ? g_strdup (edge_peer_get_name (peer)) : NULL;
}

const char *
edge_members_get_you (EdgeMembers *self)
{
  const EdgeAccount *account;

  g_return_val_if_fail (EDGE_IS_MEMBERS (self), NULL);

  account = self->view != NULL ? self->view->account : NULL;
  if (account == NULL || (!account->member && !account->has_head))
    return "none";
  return account->member ? "member" : "waiting";
}

static void
edge_members_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  EdgeMembers *self = EDGE_MEMBERS (object);

  switch ((EdgeMembersProperty) property_id)
    {
    case PROP_YOU:
      g_value_set_string (value, edge_members_get_you (self));
      break;
    case PROP_INVITER:
      g_value_set_string (value, self->inviter);
      break;
    case PROP_INVITER_NAME:
      g_value_take_string (value, edge_members_dup_name (self, self->inviter));
      break;
    case PROP_MAY_VOUCH:
      g_value_set_boolean (value, _edge_members_vouchers_left (self) != 0);
      break;
    case PROP_VOUCHERS_LEFT:
      g_value_set_int (value, _edge_members_vouchers_left (self));
      break;
    case PROP_WAITING:
      g_value_set_object (value, self->waiting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
note_values (EdgeMembers *self,
             GValue      *values)
{
  for (guint i = PROP_YOU; i < N_PROPERTIES; i++)
    {
      g_value_init (&values[i], properties[i]->value_type);
      edge_members_get_property (G_OBJECT (self), i, &values[i], properties[i]);
    }
}

/* Tells of what is another value now than @before, and clears that. */
static void
tell_changes (EdgeMembers *self,
              GValue      *before)
{
  for (guint i = PROP_YOU; i < N_PROPERTIES; i++)
    {
      g_auto(GValue) now = G_VALUE_INIT;

      g_value_init (&now, properties[i]->value_type);
      edge_members_get_property (G_OBJECT (self), i, &now, properties[i]);
      if (g_param_values_cmp (properties[i], &before[i], &now) != 0)
        g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
      g_value_unset (&before[i]);
    }
}

/**
 * edge_members_update_peers:
 * @self: members
 *
 * Takes over names and links of peers.
 */
void
edge_members_update_peers (EdgeMembers *self)
{
  GValue before[N_PROPERTIES] = { G_VALUE_INIT };

  g_return_if_fail (EDGE_IS_MEMBERS (self));

  g_object_freeze_notify (G_OBJECT (self));
  note_values (self, before);
  _edge_members_show_names (self);
  tell_changes (self, before);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
read_func (GTask        *task,
           gpointer      source,
           gpointer      task_data,
           GCancellable *cancellable)
{
  EdgeLedger *ledger = g_object_get_data (G_OBJECT (task), "ledger");
  EdgeMembersView *view = g_new0 (EdgeMembersView, 1);

  view->waiting = edge_ledger_list_members (ledger, TRUE, EDGE_MEMBERS_MAX_WAITING);
  view->account = edge_ledger_dup_account (ledger, task_data);
  view->n_validators = edge_ledger_get_validators (ledger, view->validators);
  g_task_return_pointer (task, view, free_view);
}

static void read_ledger (EdgeMembers *self);

static gboolean
pause_cb (gpointer user_data)
{
  EdgeMembers *self = user_data;

  self->pause_source = 0;
  if (self->stale)
    read_ledger (self);
  return G_SOURCE_REMOVE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  EdgeMembers *self = EDGE_MEMBERS (source);
  EdgeMembersView *view = g_task_propagate_pointer (G_TASK (result), NULL);
  GValue before[N_PROPERTIES] = { G_VALUE_INIT };

  self->reading = FALSE;
  if (view == NULL)
    return;
  if (self->ledger == NULL)
    {
      free_view (view);
      return;
    }

  g_object_freeze_notify (G_OBJECT (self));
  note_values (self, before);
  g_clear_pointer (&self->view, free_view);
  self->view = view;
  g_clear_pointer (&self->inviter, g_free);
  if (view->account != NULL && view->account->has_inviter)
    self->inviter = edge_id_to_text (&view->account->inviter);
  _edge_members_show_waiting (self);
  _edge_members_show_names (self);
  tell_changes (self, before);
  g_object_thaw_notify (G_OBJECT (self));

  _edge_members_vouch (self);
  self->pause_source = g_timeout_add (READ_PAUSE_MS, pause_cb, self);
}

static void
read_ledger (EdgeMembers *self)
{
  g_autoptr(GTask) task = NULL;

  self->stale = self->reading || self->pause_source != 0;
  if (self->stale || self->ledger == NULL)
    return;

  self->reading = TRUE;
  task = g_task_new (self, self->cancellable, read_cb, NULL);
  g_task_set_source_tag (task, read_ledger);
  g_task_set_task_data (task, g_memdup2 (&self->key, sizeof self->key), g_free);
  g_object_set_data_full (G_OBJECT (task), "ledger", g_object_ref (self->ledger), g_object_unref);
  g_task_run_in_thread (task, read_func);
}

/**
 * edge_members_refresh:
 * @self: members
 *
 * Looks again at who waits: an invitation was taken, or somebody was told no.
 */
void
edge_members_refresh (EdgeMembers *self)
{
  g_return_if_fail (EDGE_IS_MEMBERS (self));

  read_ledger (self);
}

static void
edge_members_dispose (GObject *object)
{
  EdgeMembers *self = EDGE_MEMBERS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->pause_source, g_source_remove);
  if (self->ledger != NULL)
    g_signal_handlers_disconnect_by_data (self->ledger, self);
  g_clear_object (&self->ledger);
  g_clear_object (&self->books);
  g_clear_object (&self->peers);

  G_OBJECT_CLASS (edge_members_parent_class)->dispose (object);
}

static void
edge_members_finalize (GObject *object)
{
  EdgeMembers *self = EDGE_MEMBERS (object);

  g_clear_pointer (&self->view, free_view);
  g_clear_pointer (&self->vouching, g_hash_table_unref);
  g_clear_object (&self->waiting);
  g_clear_object (&self->cancellable);
  g_free (self->own);
  g_free (self->network);
  g_free (self->inviter);

  G_OBJECT_CLASS (edge_members_parent_class)->finalize (object);
}

static void
install_string (EdgeMembersProperty  property,
                const char          *name,
                GParamFlags          flags)
{
  properties[property] = g_param_spec_string (name, NULL, NULL, NULL, flags);
}

static void
edge_members_class_init (EdgeMembersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_members_get_property;
  object_class->dispose = edge_members_dispose;
  object_class->finalize = edge_members_finalize;

  /* Described in edge-members.h. */
  install_string (PROP_YOU, "you", flags);
  install_string (PROP_INVITER, "inviter", flags);
  install_string (PROP_INVITER_NAME, "inviter-name", flags);
  properties[PROP_MAY_VOUCH] = g_param_spec_boolean ("may-vouch", NULL, NULL, FALSE, flags);
  properties[PROP_VOUCHERS_LEFT] = g_param_spec_int ("vouchers-left", NULL, NULL,
                                                     -1, G_MAXINT, 0, flags);
  properties[PROP_WAITING] = g_param_spec_object ("waiting", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_members_init (EdgeMembers *self)
{
  self->cancellable = g_cancellable_new ();
  self->waiting = g_list_store_new (EDGE_TYPE_APPLICANT);
  self->vouching = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * edge_members_new:
 * @books: the books of the network
 * @identity: who we are
 * @peers: (nullable): a list of [class@EdgePeer]
 * @tickets: invitations given out; outlives the members
 * @store: whom we said no to; outlives the members
 *
 * Returns: (transfer full): members that follow the ledger; run g_object_run_dispose() on
 *   them before the books are disposed of
 */
EdgeMembers *
edge_members_new (EdgeBooks      *books,
                  EdgeIdentity   *identity,
                  GListModel     *peers,
                  EdgeTicketBook *tickets,
                  EdgeNodeStore  *store)
{
  EdgeMembers *self = g_object_new (EDGE_TYPE_MEMBERS, NULL);

  self->books = g_object_ref (books);
  self->ledger = g_object_ref (edge_books_get_ledger (books));
  self->peers = peers != NULL ? g_object_ref (peers) : NULL;
  self->tickets = tickets;
  self->store = store;
  self->own = g_strdup (edge_identity_get_id (identity));
  self->network = edge_id_to_text (&edge_ledger_get_genesis (self->ledger)->id);
  memcpy (self->key.bytes, edge_identity_get_public_key (identity), EDGE_ID_SIZE);
  g_signal_connect_object (self->ledger, "changed", G_CALLBACK (read_ledger), self,
                           G_CONNECT_SWAPPED);
  read_ledger (self);
  return self;
}

GListModel *
edge_members_get_waiting (EdgeMembers *self)
{
  g_return_val_if_fail (EDGE_IS_MEMBERS (self), NULL);

  return G_LIST_MODEL (self->waiting);
}
