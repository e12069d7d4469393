/* edge-list-proxy.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_TYPE_LIST_PROXY (edge_list_proxy_get_type ())

G_DECLARE_FINAL_TYPE (EdgeListProxy, edge_list_proxy, EDGE, LIST_PROXY, GObject)

EdgeListProxy *edge_list_proxy_new        (GType          item_type) G_GNUC_WARN_UNUSED_RESULT;

GListModel    *edge_list_proxy_get_source (EdgeListProxy *self);
void           edge_list_proxy_set_source (EdgeListProxy *self,
                                           GListModel    *source);

G_END_DECLS
