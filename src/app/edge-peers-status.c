/* edge-peers-status.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-peers-status.h"

#include "config.h"

#include "app/edge-backend-row.h"
#include "app/edge-mesh-map.h"
#include "node/edge-node.h"

#include <glib/gi18n-lib.h>

/**
 * EdgePeersStatus:
 *
 * What the person sees while no peer is linked: why, what is being tried, and what to do.
 */

struct _EdgePeersStatus
{
  AdwBin           parent_instance;

  GtkWidget       *backends_list;
  GObject         *node;
  GListModel      *backends;
  GPtrArray       *watched;
  GNetworkMonitor *monitor;
  char            *own_id;
  char            *title;
  char            *description;
  gboolean         show_remedy;
};

typedef enum
{
  PROP_NODE = 1,
  PROP_OWN_ID,
  PROP_TITLE,
  PROP_DESCRIPTION,
  PROP_REMEDY_LABEL,
  PROP_SHOW_REMEDY,
} EdgePeersStatusProperty;

static GParamSpec *properties[PROP_SHOW_REMEDY + 1];

G_DEFINE_FINAL_TYPE (EdgePeersStatus, edge_peers_status, ADW_TYPE_BIN)

static guint
count_backends (EdgePeersStatus    *self,
                EdgeSignalingState  state)
{
  guint n = 0;

  for (guint i = 0; i < self->watched->len; i++)
    n += edge_signaling_get_state (g_ptr_array_index (self->watched, i)) == state;

  return n;
}

static void
show (EdgePeersStatus *self,
      const char      *title,
      const char      *description,
      gboolean         show_remedy)
{
  if (g_set_str (&self->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  if (g_set_str (&self->description, description))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
  if (self->show_remedy != show_remedy)
    {
      self->show_remedy = show_remedy;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_REMEDY]);
    }
}

static void
update (EdgePeersStatus *self)
{
  EdgeNodeState state = EDGE_NODE_STATE_NONE;
  guint total = self->watched->len;
  guint n_known = 0;
  guint failing = count_backends (self, EDGE_SIGNALING_STATE_WAITING) +
                  count_backends (self, EDGE_SIGNALING_STATE_REFUSED);

  gtk_widget_set_visible (self->backends_list, total > 0);
  if (self->node == NULL)
    return;

  g_object_get (self->node, "state", &state, "n-known", &n_known, NULL);
  if (state == EDGE_NODE_STATE_NONE)
    show (self, _("Not in a Network"),
          _("Join one, and the peers of it appear here."), FALSE);
  else if (!g_network_monitor_get_network_available (self->monitor) &&
           count_backends (self, EDGE_SIGNALING_STATE_UP) == 0)
    show (self, _("You Are Offline"),
          _("This computer has no network. Nothing is lost: linking goes on by itself when "
            "the network is back."), FALSE);
  else if (total == 0)
    show (self, _("No Way to Find Peers"),
          _("No relay is set. Add one in the network settings, or let a peer invite you."), TRUE);
  else if (failing == total)
    show (self, _("Nothing Answers"),
          _("None of the ways to find peers works now. Edge-Net tries again by itself; below is "
            "what each of them says."), TRUE);
  else if (n_known > 0)
    {
      g_autofree char *text = NULL;

      text = g_strdup_printf (ngettext ("%u peer is known and being asked. Edge-Net keeps trying, "
                                        "and starts working as soon as one is linked.",
                                        "%u peers are known and being asked. Edge-Net keeps "
                                        "trying, and starts working as soon as one is linked.",
                                        n_known), n_known);
      show (self, _("Linking to Peers"), text, FALSE);
    }
  else
    show (self, _("Looking for Peers"),
          _("Nobody has answered yet. Edge-Net keeps trying, and starts working as soon as one "
            "peer is linked."), FALSE);
}

static void
unwatch (EdgePeersStatus *self,
         EdgeSignaling   *backend)
{
  g_signal_handlers_disconnect_by_func (backend, update, self);
  g_object_unref (backend);
}

static void
backends_changed_cb (EdgePeersStatus *self,
                     guint            position,
                     guint            removed,
                     guint            added,
                     GListModel      *backends)
{
  for (guint i = 0; i < removed; i++)
    unwatch (self, g_ptr_array_steal_index (self->watched, position));
  for (guint i = 0; i < added; i++)
    {
      EdgeSignaling *backend = g_list_model_get_item (backends, position + i);

      g_signal_connect_object (backend, "notify::state", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_insert (self->watched, position + i, backend);
    }
  update (self);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  EdgePeersStatus *self = EDGE_PEERS_STATUS (user_data);
  GtkWidget *row = edge_backend_row_new (EDGE_SIGNALING (item));

  if (self->node != NULL)
    g_object_bind_property (self->node, "n-known", row, "n-known", G_BINDING_SYNC_CREATE);

  return row;
}

static void
set_backends (EdgePeersStatus *self,
              GListModel      *backends)
{
  if (self->backends != NULL)
    g_signal_handlers_disconnect_by_func (self->backends, backends_changed_cb, self);
  while (self->watched->len > 0)
    unwatch (self, g_ptr_array_steal_index_fast (self->watched, self->watched->len - 1));
  g_set_object (&self->backends, backends);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->backends_list), backends, create_row_cb,
                           self, NULL);
  if (backends == NULL)
    return;

  g_signal_connect_object (backends, "items-changed", G_CALLBACK (backends_changed_cb), self,
                           G_CONNECT_SWAPPED);
  backends_changed_cb (self, 0, 0, g_list_model_get_n_items (backends), backends);
}

static void
edge_peers_status_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EdgePeersStatus *self = EDGE_PEERS_STATUS (object);

  switch ((EdgePeersStatusProperty) property_id)
    {
    case PROP_NODE:
      g_value_set_object (value, self->node);
      break;
    case PROP_OWN_ID:
      g_value_set_string (value, self->own_id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    case PROP_REMEDY_LABEL:
      g_value_set_string (value, _("Network Settings"));
      break;
    case PROP_SHOW_REMEDY:
      g_value_set_boolean (value, self->show_remedy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_peers_status_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  EdgePeersStatus *self = EDGE_PEERS_STATUS (object);

  switch ((EdgePeersStatusProperty) property_id)
    {
    case PROP_NODE:
      edge_peers_status_set_node (self, g_value_get_object (value));
      break;
    case PROP_OWN_ID:
      if (g_set_str (&self->own_id, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_TITLE:
    case PROP_DESCRIPTION:
    case PROP_REMEDY_LABEL:
    case PROP_SHOW_REMEDY:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_peers_status_dispose (GObject *object)
{
  EdgePeersStatus *self = EDGE_PEERS_STATUS (object);

  if (self->backends_list != NULL)
    edge_peers_status_set_node (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_PEERS_STATUS);

  G_OBJECT_CLASS (edge_peers_status_parent_class)->dispose (object);
}

static void
edge_peers_status_finalize (GObject *object)
{
  EdgePeersStatus *self = EDGE_PEERS_STATUS (object);

  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_pointer (&self->own_id, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->description, g_free);

  G_OBJECT_CLASS (edge_peers_status_parent_class)->finalize (object);
}

static void
edge_peers_status_class_init (EdgePeersStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags rw = r | G_PARAM_WRITABLE;

  object_class->get_property = edge_peers_status_get_property;
  object_class->set_property = edge_peers_status_set_property;
  object_class->dispose = edge_peers_status_dispose;
  object_class->finalize = edge_peers_status_finalize;

  /**
   * EdgePeersStatus:node:
   *
   * Whose `state`, `n-known` and `backends` are shown.
   */
  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, G_TYPE_OBJECT, rw);
  properties[PROP_OWN_ID] = g_param_spec_string ("own-id", NULL, NULL, NULL, rw);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, r);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, r);
  properties[PROP_REMEDY_LABEL] = g_param_spec_string ("remedy-label", NULL, NULL, NULL, r);
  properties[PROP_SHOW_REMEDY] = g_param_spec_boolean ("show-remedy", NULL, NULL, FALSE, r);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_MESH_MAP);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-peers-status.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgePeersStatus, backends_list);
}

static void
edge_peers_status_init (EdgePeersStatus *self)
{
  self->watched = g_ptr_array_new ();
  self->monitor = g_network_monitor_get_default ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

GObject *
edge_peers_status_get_node (EdgePeersStatus *self)
{
  g_return_val_if_fail (EDGE_IS_PEERS_STATUS (self), NULL);

  return self->node;
}

/**
 * edge_peers_status_set_node:
 * @self: a status
 * @node: (nullable): an object with the properties of [class@EdgeNode]
 */
void
edge_peers_status_set_node (EdgePeersStatus *self,
                            GObject         *node)
{
  g_autoptr(GListModel) backends = NULL;

  g_return_if_fail (EDGE_IS_PEERS_STATUS (self));

  if (self->node == node)
    return;
  if (self->node != NULL)
    g_signal_handlers_disconnect_by_func (self->node, update, self);
  g_set_object (&self->node, node);
  if (node != NULL)
    {
      g_object_get (node, "backends", &backends, NULL);
      g_signal_connect_object (node, "notify::state", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (node, "notify::n-known", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  set_backends (self, backends);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NODE]);
}
