/* edge-membership.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-membership.h"

#include <glib/gi18n-lib.h>

#include "node/edge-relay-address.h"
#include "relay/edge-relay.h"
#include "signaling/edge-relay-client.h"
#include "signaling/edge-relay-trouble.h"

/**
 * EdgeMembership:
 *
 * Being in one network: its mesh, the ways by which its peers are found, and
 * the relay of our own where nobody else's is set.
 */

#define DEFAULT_LISTEN  "127.0.0.1:0"
#define MAX_ICE_SERVERS 16
/* Within which a connection of our own may have replaced another. */
#define OURSELVES_US    (10 * G_USEC_PER_SEC)

struct _EdgeMembership
{
  GObject       parent_instance;

  EdgeIdentity *identity;
  EdgeRoom     *room;
  EdgeMesh     *mesh;
  EdgeRelay    *relay;
  char         *listen;
  GListStore   *backends;
  GHashTable   *reported;
  GHashTable   *up_since;
  GHashTable   *tokens;
  GStrv         stun_servers;
  gboolean      running;
};

typedef enum
{
  PROP_OWN_RELAY = 1,
} EdgeMembershipProperty;

enum
{
  PROBLEM,
  TWIN,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_OWN_RELAY + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeMembership, edge_membership, G_TYPE_OBJECT)

static void
report (EdgeMembership *self,
        const char     *code,
        const char     *message,
        const char     *remedy)
{
  g_signal_emit (self, signals[PROBLEM], 0, code, message, remedy);
}

static void
add_servers (GPtrArray           *servers,
             const char * const  *uris)
{
  for (guint i = 0; uris != NULL && uris[i] != NULL && servers->len < MAX_ICE_SERVERS; i++)
    if (!g_ptr_array_find_with_equal_func (servers, uris[i], g_str_equal, NULL))
      g_ptr_array_add (servers, g_strdup (uris[i]));
}

/* The person's own servers come first: they were chosen. */
static void
update_ice_servers (EdgeMembership *self)
{
  g_autoptr(GPtrArray) servers = g_ptr_array_new_with_free_func (g_free);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->backends));

  add_servers (servers, (const char * const *) self->stun_servers);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgeSignaling) backend = g_list_model_get_item (G_LIST_MODEL (self->backends), i);
      g_auto(GStrv) uris = edge_signaling_dup_ice_servers (backend);

      add_servers (servers, (const char * const *) uris);
    }
  g_ptr_array_add (servers, NULL);
  edge_mesh_set_ice_servers (self->mesh, (const char * const *) servers->pdata);
}

/* Two addresses can be those of one relay, where our second connection replaces our first. */
static gboolean
is_of_ourselves (EdgeMembership *self,
                 EdgeSignaling  *replaced)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->backends));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgeSignaling) backend = g_list_model_get_item (G_LIST_MODEL (self->backends), i);
      gint64 *since = g_hash_table_lookup (self->up_since, backend);

      if (backend == replaced)
        continue;
      if (edge_signaling_get_state (backend) == EDGE_SIGNALING_STATE_CONNECTING ||
          (since != NULL && g_get_monotonic_time () - *since < OURSELVES_US))
        return TRUE;
    }

  return FALSE;
}

static void
state_changed_cb (EdgeSignaling  *backend,
                  GParamSpec     *pspec,
                  EdgeMembership *self)
{
  const char *url = edge_signaling_get_url (backend);
  EdgeSignalingState state = edge_signaling_get_state (backend);
  g_autofree char *detail = edge_signaling_dup_detail (backend);
  g_autofree char *message = NULL;

  if (state == EDGE_SIGNALING_STATE_UP)
    {
      gint64 now = g_get_monotonic_time ();

      g_hash_table_remove (self->reported, backend);
      g_hash_table_replace (self->up_since, backend, g_memdup2 (&now, sizeof now));
    }
  if (!self->running ||
      (state != EDGE_SIGNALING_STATE_WAITING && state != EDGE_SIGNALING_STATE_REFUSED))
    return;

  if (state == EDGE_SIGNALING_STATE_REFUSED && edge_relay_trouble_is_twin (detail) &&
      !is_of_ourselves (self, backend))
    {
      g_signal_emit (self, signals[TWIN], 0);
      return;
    }

  /* It says so once, not with each attempt. */
  if (!g_hash_table_add (self->reported, backend))
    return;

  if (state == EDGE_SIGNALING_STATE_REFUSED)
    {
      message = g_strdup_printf (_("The relay %s does not let this computer in: %s"), url, detail);
      report (self, "relay_refused", message, _("Ask whoever runs it, or use another relay."));
    }
  else
    {
      message = g_strdup_printf (_("The relay %s can’t be reached: %s"), url, detail);
      report (self, "relay_unreachable", message,
              _("It is tried again by itself. Check its address and this computer’s network."));
    }
}

static void
add_backend (EdgeMembership *self,
             EdgeSignaling  *backend)
{
  g_signal_connect_object (backend, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (backend, "notify::ice-servers", G_CALLBACK (update_ice_servers), self,
                           G_CONNECT_SWAPPED);
  edge_mesh_add_backend (self->mesh, backend);
  g_list_store_append (self->backends, backend);
  if (self->running)
    edge_signaling_start (backend);
}

static void
remove_backend (EdgeMembership *self,
                guint           position)
{
  g_autoptr(EdgeSignaling) backend = g_list_model_get_item (G_LIST_MODEL (self->backends), position);

  g_signal_handlers_disconnect_by_data (backend, self);
  g_hash_table_remove (self->reported, backend);
  g_hash_table_remove (self->up_since, backend);
  g_hash_table_remove (self->tokens, backend);
  edge_mesh_remove_backend (self->mesh, backend);
  edge_signaling_stop (backend);
  g_list_store_remove (self->backends, position);
}

static void
add_relay (EdgeMembership *self,
           const char     *url,
           const char     *token)
{
  g_autoptr(EdgeRelayClient) client = NULL;

  client = edge_relay_client_new (url, self->identity, edge_room_get_relay_tag (self->room), token);
  g_hash_table_insert (self->tokens, client, g_strdup (token));
  add_backend (self, EDGE_SIGNALING (client));
}

static void
stop_own_relay (EdgeMembership *self)
{
  if (self->relay == NULL)
    return;

  edge_relay_stop (self->relay);
  g_clear_object (&self->relay);
  g_clear_pointer (&self->listen, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OWN_RELAY]);
}

static void
start_own_relay (EdgeMembership *self,
                 const char     *listen)
{
  g_autoptr(EdgeRelayConfig) config = edge_relay_config_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;

  g_set_str (&config->listen, listen);
  self->relay = edge_relay_new (config);
  if (edge_relay_start (self->relay, &error))
    {
      g_set_str (&self->listen, listen);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OWN_RELAY]);
      return;
    }

  g_clear_object (&self->relay);
  message = g_strdup_printf (_("The built-in relay can’t listen on %s: %s"), listen,
                             error->message);
  report (self, "listen", message, _("Choose another address or port, or use another relay."));
}

static gboolean
has_relay (EdgeMembership *self,
           const char     *url)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->backends));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgeSignaling) backend = g_list_model_get_item (G_LIST_MODEL (self->backends), i);

      if (g_strcmp0 (edge_signaling_get_url (backend), url) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
drop_unwanted (EdgeMembership *self,
               GHashTable     *wanted)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->backends)); i-- > 0;)
    {
      g_autoptr(EdgeSignaling) backend = g_list_model_get_item (G_LIST_MODEL (self->backends), i);

      gpointer token = NULL;

      /* A token that was changed is for a connection of its own. */
      if (!g_hash_table_lookup_extended (wanted, edge_signaling_get_url (backend), NULL, &token) ||
          g_strcmp0 (token, g_hash_table_lookup (self->tokens, backend)) != 0)
        remove_backend (self, i);
    }
}

static void
edge_membership_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EdgeMembership *self = EDGE_MEMBERSHIP (object);

  switch ((EdgeMembershipProperty) property_id)
    {
    case PROP_OWN_RELAY:
      g_value_set_string (value, edge_membership_get_own_relay (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_membership_dispose (GObject *object)
{
  EdgeMembership *self = EDGE_MEMBERSHIP (object);

  self->running = FALSE;
  if (self->backends != NULL)
    for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->backends)); i-- > 0;)
      remove_backend (self, i);
  if (self->relay != NULL)
    edge_relay_stop (self->relay);
  g_clear_object (&self->relay);
  g_clear_object (&self->mesh);
  g_clear_object (&self->backends);
  g_clear_object (&self->identity);

  G_OBJECT_CLASS (edge_membership_parent_class)->dispose (object);
}

static void
edge_membership_finalize (GObject *object)
{
  EdgeMembership *self = EDGE_MEMBERSHIP (object);

  g_clear_pointer (&self->room, edge_room_unref);
  g_clear_pointer (&self->listen, g_free);
  g_clear_pointer (&self->stun_servers, g_strfreev);
  g_clear_pointer (&self->reported, g_hash_table_unref);
  g_clear_pointer (&self->up_since, g_hash_table_unref);
  g_clear_pointer (&self->tokens, g_hash_table_unref);

  G_OBJECT_CLASS (edge_membership_parent_class)->finalize (object);
}

static void
edge_membership_class_init (EdgeMembershipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = edge_membership_get_property;
  object_class->dispose = edge_membership_dispose;
  object_class->finalize = edge_membership_finalize;

  /**
   * EdgeMembership:own-relay:
   *
   * Address of the built-in relay, %NULL when it does not run.
   */
  properties[PROP_OWN_RELAY] = g_param_spec_string ("own-relay", NULL, NULL, NULL,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                                    G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * EdgeMembership::problem:
   * @code: a word for programs
   * @message: what is wrong, translated
   * @remedy: what to do about it, translated
   */
  signals[PROBLEM] = g_signal_new ("problem", EDGE_TYPE_MEMBERSHIP, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                   G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  /**
   * EdgeMembership::twin:
   *
   * A relay or a hello tells that another program runs with our key.
   */
  signals[TWIN] = g_signal_new ("twin", EDGE_TYPE_MEMBERSHIP, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
twin_cb (EdgeMembership *self)
{
  if (self->running)
    g_signal_emit (self, signals[TWIN], 0);
}

static void
edge_membership_init (EdgeMembership *self)
{
  self->backends = g_list_store_new (EDGE_TYPE_SIGNALING);
  self->reported = g_hash_table_new (NULL, NULL);
  self->up_since = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->tokens = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

/**
 * edge_membership_new:
 * @identity: who we are
 * @room: where the members of the network meet
 * @name: (nullable): what we call ourselves
 *
 * Returns: (transfer full): a membership that does nothing before it is started
 */
EdgeMembership *
edge_membership_new (EdgeIdentity *identity,
                     EdgeRoom     *room,
                     const char   *name)
{
  EdgeMembership *self = g_object_new (EDGE_TYPE_MEMBERSHIP, NULL);

  self->identity = g_object_ref (identity);
  self->room = edge_room_ref (room);
  self->mesh = edge_mesh_new (identity, room, name);
  g_signal_connect_object (self->mesh, "twin", G_CALLBACK (twin_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * edge_membership_get_mesh:
 * @self: a membership
 *
 * Returns: (transfer none): its mesh
 */
EdgeMesh *
edge_membership_get_mesh (EdgeMembership *self)
{
  g_return_val_if_fail (EDGE_IS_MEMBERSHIP (self), NULL);

  return self->mesh;
}

/**
 * edge_membership_get_backends:
 * @self: a membership
 *
 * Returns: (transfer none): a list of [iface@EdgeSignaling]
 */
GListModel *
edge_membership_get_backends (EdgeMembership *self)
{
  g_return_val_if_fail (EDGE_IS_MEMBERSHIP (self), NULL);

  return G_LIST_MODEL (self->backends);
}

/**
 * edge_membership_get_own_relay:
 * @self: a membership
 *
 * Returns: (transfer none) (nullable): address of the built-in relay
 */
const char *
edge_membership_get_own_relay (EdgeMembership *self)
{
  g_return_val_if_fail (EDGE_IS_MEMBERSHIP (self), NULL);

  return self->relay != NULL ? edge_relay_get_url (self->relay) : NULL;
}

/**
 * edge_membership_set_relays:
 * @self: a membership
 * @relays: addresses as [func@relay_address_read] takes them
 * @listen: (nullable): where the built-in relay listens; %NULL to run it on this machine alone
 *   and only when @relays is empty
 *
 * Uses these relays from now on. What is in use already stays as it is.
 */
void
edge_membership_set_relays (EdgeMembership     *self,
                            const char * const *relays,
                            const char         *listen)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer url, token;

  g_return_if_fail (EDGE_IS_MEMBERSHIP (self));

  for (guint i = 0; relays[i] != NULL && i < EDGE_MEMBERSHIP_MAX_RELAYS; i++)
    {
      g_autoptr(GError) error = NULL;
      char *read_url, *read_token;

      if (edge_relay_address_read (relays[i], &read_url, &read_token, &error))
        g_hash_table_replace (wanted, read_url, read_token);
      else
        report (self, "bad_relay", error->message, _("Correct it in the list of relays."));
    }

  if (listen == NULL && g_hash_table_size (wanted) == 0)
    listen = DEFAULT_LISTEN;
  if (g_strcmp0 (listen, self->listen) != 0)
    stop_own_relay (self);
  if (listen != NULL && self->relay == NULL)
    start_own_relay (self, listen);
  if (self->relay != NULL)
    g_hash_table_replace (wanted, g_strdup (edge_relay_get_url (self->relay)), NULL);

  drop_unwanted (self, wanted);
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &url, &token))
    if (!has_relay (self, url))
      add_relay (self, url, token);
  update_ice_servers (self);
}

/**
 * edge_membership_set_stun_servers:
 * @self: a membership
 * @uris: stun: and turn: URIs of the person's own
 */
void
edge_membership_set_stun_servers (EdgeMembership     *self,
                                  const char * const *uris)
{
  g_return_if_fail (EDGE_IS_MEMBERSHIP (self));

  g_strfreev (self->stun_servers);
  self->stun_servers = g_strdupv ((char **) uris);
  update_ice_servers (self);
}

void
edge_membership_start (EdgeMembership *self)
{
  guint n;

  g_return_if_fail (EDGE_IS_MEMBERSHIP (self));

  if (self->running)
    return;

  self->running = TRUE;
  edge_mesh_start (self->mesh);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->backends));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgeSignaling) backend = g_list_model_get_item (G_LIST_MODEL (self->backends), i);

      edge_signaling_start (backend);
    }
}

static void
drained_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  EdgeMembership *self = g_task_get_source_object (task);

  edge_relay_drain_finish (EDGE_RELAY (source), result, NULL);
  stop_own_relay (self);
  g_task_return_boolean (task, TRUE);
}

static void
mesh_stopped_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  EdgeMembership *self = g_task_get_source_object (task);

  edge_mesh_stop_finish (EDGE_MESH (source), result, NULL);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->backends)); i-- > 0;)
    remove_backend (self, i);

  if (self->relay != NULL)
    edge_relay_drain_async (self->relay, NULL, drained_cb, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * edge_membership_stop_async:
 * @self: a membership
 * @callback: called when nothing of it runs any more
 * @user_data: for @callback
 *
 * Takes leave of the peers, then of the relays, then closes the built-in one. Each of these has
 * a limit of its own.
 */
void
edge_membership_stop_async (EdgeMembership      *self,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (EDGE_IS_MEMBERSHIP (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, edge_membership_stop_async);
  self->running = FALSE;
  edge_mesh_stop_async (self->mesh, NULL, mesh_stopped_cb, g_steal_pointer (&task));
}

gboolean
edge_membership_stop_finish (EdgeMembership  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
