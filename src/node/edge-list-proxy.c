/* edge-list-proxy.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-list-proxy.h"

/**
 * EdgeListProxy:
 *
 * A list that shows another one, which may be exchanged or missing.
 *
 * Faces bind to it once; what it shows comes and goes with the network joined.
 */

struct _EdgeListProxy
{
  GObject     parent_instance;

  GListModel *source;
  GType       item_type;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EdgeListProxy, edge_list_proxy, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
edge_list_proxy_get_item_type (GListModel *model)
{
  return EDGE_LIST_PROXY (model)->item_type;
}

static guint
edge_list_proxy_get_n_items (GListModel *model)
{
  EdgeListProxy *self = EDGE_LIST_PROXY (model);

  return self->source != NULL ? g_list_model_get_n_items (self->source) : 0;
}

static gpointer
edge_list_proxy_get_item (GListModel *model,
                          guint       position)
{
  EdgeListProxy *self = EDGE_LIST_PROXY (model);

  return self->source != NULL ? g_list_model_get_item (self->source, position) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = edge_list_proxy_get_item_type;
  iface->get_n_items = edge_list_proxy_get_n_items;
  iface->get_item = edge_list_proxy_get_item;
}

static void
items_changed_cb (GListModel    *source,
                  guint          position,
                  guint          removed,
                  guint          added,
                  EdgeListProxy *self)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
edge_list_proxy_dispose (GObject *object)
{
  EdgeListProxy *self = EDGE_LIST_PROXY (object);

  if (self->source != NULL)
    g_signal_handlers_disconnect_by_func (self->source, items_changed_cb, self);
  g_clear_object (&self->source);

  G_OBJECT_CLASS (edge_list_proxy_parent_class)->dispose (object);
}

static void
edge_list_proxy_class_init (EdgeListProxyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = edge_list_proxy_dispose;
}

static void
edge_list_proxy_init (EdgeListProxy *self)
{
}

EdgeListProxy *
edge_list_proxy_new (GType item_type)
{
  EdgeListProxy *self = g_object_new (EDGE_TYPE_LIST_PROXY, NULL);

  self->item_type = item_type;
  return self;
}

/**
 * edge_list_proxy_get_source:
 * @self: a proxy
 *
 * Returns: (transfer none) (nullable): the list shown
 */
GListModel *
edge_list_proxy_get_source (EdgeListProxy *self)
{
  g_return_val_if_fail (EDGE_IS_LIST_PROXY (self), NULL);

  return self->source;
}

/**
 * edge_list_proxy_set_source:
 * @self: a proxy
 * @source: (nullable): the list to show, %NULL for none
 */
void
edge_list_proxy_set_source (EdgeListProxy *self,
                            GListModel    *source)
{
  guint before;

  g_return_if_fail (EDGE_IS_LIST_PROXY (self));
  g_return_if_fail (source == NULL || G_IS_LIST_MODEL (source));

  if (self->source == source)
    return;

  before = edge_list_proxy_get_n_items (G_LIST_MODEL (self));
  if (self->source != NULL)
    g_signal_handlers_disconnect_by_func (self->source, items_changed_cb, self);
  g_set_object (&self->source, source);
  if (source != NULL)
    g_signal_connect_object (source, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_DEFAULT);

  g_list_model_items_changed (G_LIST_MODEL (self), 0, before,
                              edge_list_proxy_get_n_items (G_LIST_MODEL (self)));
}
