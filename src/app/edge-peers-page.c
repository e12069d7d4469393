/* edge-peers-page.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-peers-page.h"

#include "config.h"

#include "app/edge-format-closures.h"
#include "app/edge-format.h"
#include "app/edge-mesh-map.h"
#include "app/edge-path-chip.h"
#include "app/edge-path-glyph.h"
#include "app/edge-peer-page.h"
#include "app/edge-peer-row.h"
#include "app/edge-peer-sorter.h"
#include "app/edge-peers-status.h"
#include "app/edge-seal.h"
#include "app/edge-sparkline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * EdgePeersPage:
 *
 * The peers as a map and as a list; while none is linked, what is being tried.
 *
 * Lives in an [class@Adw.NavigationView], onto which it pushes the page of a peer.
 */

/* Figures change each second; rows that jump as often can't be read or hit. */
#define SORT_INTERVAL (3 * G_TIME_SPAN_SECOND)

#define MAP_HEIGHT        318
#define NARROW_MAP_HEIGHT 252

struct _EdgePeersPage
{
  AdwNavigationPage   parent_instance;

  GtkWidget          *content_stack;
  GtkWidget          *list_box;
  GtkWidget          *legend_box;
  GtkWidget          *map;
  GtkWidget          *rows;
  GtkWidget          *rows_stack;
  GtkWidget          *search_bar;
  GtkWidget          *search_entry;
  GtkColumnView      *table;
  GtkColumnViewColumn *name_column;
  GtkColumnViewColumn *path_column;
  GtkColumnViewColumn *latency_column;
  GtkColumnViewColumn *rate_column;

  GObject            *node;
  GBindingGroup      *bindings;
  GListModel         *peers;
  GtkFilter          *filter;
  GtkFilterListModel *found;
  GtkSortListModel   *sorted;
  GtkSingleSelection *selection;
  char               *own_id;
  char               *search;
  double              median_latency;
  gint64              sorted_at;
  guint               n_connected;
  gboolean            narrow;
  gboolean            low;
};

typedef enum
{
  PROP_NODE = 1,
  PROP_PEERS,
  PROP_OWN_ID,
  PROP_N_CONNECTED,
  PROP_MEDIAN_LATENCY,
  PROP_HAS_PEERS,
  PROP_SUBTITLE,
  PROP_NARROW,
  PROP_LOW,
} EdgePeersPageProperty;

static GParamSpec *properties[PROP_LOW + 1];

G_DEFINE_FINAL_TYPE (EdgePeersPage, edge_peers_page, ADW_TYPE_NAVIGATION_PAGE)

static void
notify (EdgePeersPage         *self,
        EdgePeersPageProperty  property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
update_rows (EdgePeersPage *self)
{
  const char *page = self->narrow ? "rows" : "table";

  if (self->search != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0)
    page = "nothing";
  gtk_stack_set_visible_child_name (GTK_STACK (self->rows_stack), page);
}

static void
update_content (EdgePeersPage *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->content_stack),
                                    self->n_connected > 0 ? "list" : "status");
}

static void
update_layout (EdgePeersPage *self)
{
  int margin = self->narrow ? 12 : 24;

  gtk_widget_set_margin_start (self->list_box, margin);
  gtk_widget_set_margin_end (self->list_box, margin);
  gtk_widget_set_visible (self->legend_box, !self->narrow);
  gtk_widget_set_size_request (self->map, -1, self->narrow ? NARROW_MAP_HEIGHT : MAP_HEIGHT);
  edge_mesh_map_set_mode (EDGE_MESH_MAP (self->map),
                          self->narrow ? EDGE_MESH_MAP_COMPACT : EDGE_MESH_MAP_NORMAL);
  update_rows (self);
}

static gboolean
shows_map (EdgePeersPage *self,
           gboolean       wanted,
           gboolean       low)
{
  return wanted && !low;
}

static gboolean
shows_map_button (EdgePeersPage *self,
                  gboolean       has_peers,
                  gboolean       narrow,
                  gboolean       low)
{
  return has_peers && !narrow && !low;
}

static gboolean
filter_cb (gpointer item,
           gpointer user_data)
{
  return edge_peer_matches (item, EDGE_PEERS_PAGE (user_data)->search);
}

static void
search_changed_cb (EdgePeersPage  *self,
                   GtkSearchEntry *entry)
{
  g_autofree char *search = edge_peer_fold_search (gtk_editable_get_text (GTK_EDITABLE (entry)));

  if (!g_set_str (&self->search, search))
    return;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_rows (self);
}

static void
map_activated_cb (EdgePeersPage *self,
                  EdgePeer      *peer,
                  EdgeMeshMap   *map)
{
  edge_peers_page_show_peer (self, peer);
}

static void
row_activated_cb (EdgePeersPage *self,
                  guint          position,
                  GtkWidget     *list)
{
  g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (peer != NULL)
    edge_peers_page_show_peer (self, peer);
}

static void
selected_row_cb (EdgePeersPage *self)
{
  EdgePeer *peer = gtk_single_selection_get_selected_item (self->selection);

  edge_mesh_map_set_selected (EDGE_MESH_MAP (self->map),
                              peer != NULL ? edge_peer_get_id (peer) : NULL);
}

static void
selected_node_cb (EdgePeersPage *self)
{
  const char *id = edge_mesh_map_get_selected (EDGE_MESH_MAP (self->map));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; id != NULL && i < n; i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_strcmp0 (edge_peer_get_id (peer), id) != 0)
        continue;
      if (gtk_single_selection_get_selected (self->selection) == i)
        return;

      gtk_single_selection_set_selected (self->selection, i);
      if (self->narrow)
        gtk_list_view_scroll_to (GTK_LIST_VIEW (self->rows), i, GTK_LIST_SCROLL_NONE, NULL);
      else
        gtk_column_view_scroll_to (self->table, i, NULL, GTK_LIST_SCROLL_NONE, NULL);
      return;
    }
}

static void
sort_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  EdgePeersPage *self = user_data;
  const char *by = g_variant_get_string (parameter, NULL);
  GtkColumnViewColumn *column = self->latency_column;
  GtkSortType direction = GTK_SORT_ASCENDING;

  if (g_str_equal (by, "name"))
    column = self->name_column;
  else if (g_str_equal (by, "path"))
    column = self->path_column;
  else if (g_str_equal (by, "traffic"))
    {
      column = self->rate_column;
      direction = GTK_SORT_DESCENDING;
    }
  gtk_column_view_sort_by_column (self->table, column, direction);
}

/* The menu follows a click on the head of a column. */
static void
sort_changed_cb (EdgePeersPage   *self,
                 GtkSorterChange  change,
                 GtkSorter       *sorter)
{
  GtkColumnViewColumn *column =
    gtk_column_view_sorter_get_primary_sort_column (GTK_COLUMN_VIEW_SORTER (sorter));
  GActionGroup *group = G_ACTION_GROUP (g_object_get_data (G_OBJECT (self), "edge-sort-actions"));
  const char *by = "latency";

  if (column == self->name_column)
    by = "name";
  else if (column == self->path_column)
    by = "path";
  else if (column == self->rate_column)
    by = "traffic";
  g_action_group_change_action_state (group, "sort", g_variant_new_string (by));
}

static void
sort_again (EdgePeersPage *self)
{
  gint64 now = g_get_monotonic_time ();
  GtkSorter *sorter = gtk_column_view_get_sorter (self->table);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || now - self->sorted_at < SORT_INTERVAL)
    return;

  self->sorted_at = now;
  gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

static void
set_up_sorting (EdgePeersPage *self)
{
  const struct
  {
    GtkColumnViewColumn *column;
    EdgePeerOrder        order;
  } columns[] = {
    { self->name_column, EDGE_PEER_ORDER_NAME },
    { self->path_column, EDGE_PEER_ORDER_PATH },
    { self->latency_column, EDGE_PEER_ORDER_LATENCY },
    { self->rate_column, EDGE_PEER_ORDER_TRAFFIC },
  };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) action = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr(GtkSorter) sorter = edge_peer_sorter_new (columns[i].order);

      gtk_column_view_column_set_sorter (columns[i].column, sorter);
    }

  action = g_simple_action_new_stateful ("sort", G_VARIANT_TYPE_STRING,
                                         g_variant_new_string ("latency"));
  g_signal_connect_object (action, "activate", G_CALLBACK (sort_activated_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "peers", G_ACTION_GROUP (group));
  g_object_set_data_full (G_OBJECT (self), "edge-sort-actions", g_object_ref (group),
                          g_object_unref);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed",
                           G_CALLBACK (sort_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_sort_by_column (self->table, self->latency_column, GTK_SORT_ASCENDING);
}

static void
set_up_models (EdgePeersPage *self)
{
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  self->found = gtk_filter_list_model_new (NULL, g_object_ref (self->filter));
  self->sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->found)), NULL);
  gtk_sort_list_model_set_sorter (self->sorted, gtk_column_view_get_sorter (self->table));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->sorted)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_object_bind_property (self, "peers", self->found, "model", G_BINDING_SYNC_CREATE);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->rows), GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_row_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map, "notify::selected", G_CALLBACK (selected_node_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (update_rows), self,
                           G_CONNECT_SWAPPED);
}

static void
edge_peers_page_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EdgePeersPage *self = EDGE_PEERS_PAGE (object);

  switch ((EdgePeersPageProperty) property_id)
    {
    case PROP_NODE:
      g_value_set_object (value, self->node);
      break;
    case PROP_PEERS:
      g_value_set_object (value, self->peers);
      break;
    case PROP_OWN_ID:
      g_value_set_string (value, self->own_id);
      break;
    case PROP_N_CONNECTED:
      g_value_set_uint (value, self->n_connected);
      break;
    case PROP_MEDIAN_LATENCY:
      g_value_set_double (value, self->median_latency);
      break;
    case PROP_HAS_PEERS:
      g_value_set_boolean (value, self->n_connected > 0);
      break;
    case PROP_SUBTITLE:
      /* Between the buttons of a narrow window is room for one figure. */
      if (self->n_connected > 0)
        g_value_take_string (value, edge_format_peers_line (self->n_connected,
                                                            self->narrow ? NAN : self->median_latency));
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_LOW:
      g_value_set_boolean (value, self->low);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_peers_page_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  EdgePeersPage *self = EDGE_PEERS_PAGE (object);

  switch ((EdgePeersPageProperty) property_id)
    {
    case PROP_NODE:
      edge_peers_page_set_node (self, g_value_get_object (value));
      return;
    case PROP_PEERS:
      if (!g_set_object (&self->peers, g_value_get_object (value)))
        return;
      break;
    case PROP_OWN_ID:
      if (!g_set_str (&self->own_id, g_value_get_string (value)))
        return;
      break;
    case PROP_N_CONNECTED:
      if (self->n_connected == g_value_get_uint (value))
        return;
      self->n_connected = g_value_get_uint (value);
      update_content (self);
      notify (self, PROP_HAS_PEERS);
      notify (self, PROP_SUBTITLE);
      break;
    case PROP_MEDIAN_LATENCY:
      self->median_latency = g_value_get_double (value);
      sort_again (self);
      notify (self, PROP_SUBTITLE);
      break;
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      self->narrow = g_value_get_boolean (value);
      update_layout (self);
      notify (self, PROP_SUBTITLE);
      break;
    case PROP_LOW:
      if (self->low == g_value_get_boolean (value))
        return;
      self->low = g_value_get_boolean (value);
      break;
    case PROP_HAS_PEERS:
    case PROP_SUBTITLE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
edge_peers_page_dispose (GObject *object)
{
  EdgePeersPage *self = EDGE_PEERS_PAGE (object);

  g_clear_object (&self->bindings);
  g_clear_object (&self->node);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);
  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_object (&self->peers);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_PEERS_PAGE);

  G_OBJECT_CLASS (edge_peers_page_parent_class)->dispose (object);
}

static void
edge_peers_page_finalize (GObject *object)
{
  EdgePeersPage *self = EDGE_PEERS_PAGE (object);

  g_clear_pointer (&self->own_id, g_free);
  g_clear_pointer (&self->search, g_free);

  G_OBJECT_CLASS (edge_peers_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags rw = r | G_PARAM_WRITABLE;

  /**
   * EdgePeersPage:node:
   *
   * An object with the properties of [class@EdgeNode]; those it needs follow.
   */
  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, G_TYPE_OBJECT, rw);
  properties[PROP_PEERS] = g_param_spec_object ("peers", NULL, NULL, G_TYPE_LIST_MODEL, rw);
  properties[PROP_OWN_ID] = g_param_spec_string ("own-id", NULL, NULL, NULL, rw);
  properties[PROP_N_CONNECTED] = g_param_spec_uint ("n-connected", NULL, NULL,
                                                    0, G_MAXUINT, 0, rw);
  properties[PROP_MEDIAN_LATENCY] = g_param_spec_double ("median-latency", NULL, NULL,
                                                         -G_MAXDOUBLE, G_MAXDOUBLE, 0, rw | G_PARAM_LAX_VALIDATION);
  properties[PROP_HAS_PEERS] = g_param_spec_boolean ("has-peers", NULL, NULL, FALSE, r);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, r);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, rw);
  /**
   * EdgePeersPage:low:
   *
   * Whether the window is too low for a map above the list.
   */
  properties[PROP_LOW] = g_param_spec_boolean ("low", NULL, NULL, FALSE, rw);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_peers_page_class_init (EdgePeersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = edge_peers_page_get_property;
  object_class->set_property = edge_peers_page_set_property;
  object_class->dispose = edge_peers_page_dispose;
  object_class->finalize = edge_peers_page_finalize;
  install_properties (object_class);

  g_type_ensure (EDGE_TYPE_PEER);
  g_type_ensure (EDGE_TYPE_MESH_MAP);
  g_type_ensure (EDGE_TYPE_PATH_CHIP);
  g_type_ensure (EDGE_TYPE_PATH_GLYPH);
  g_type_ensure (EDGE_TYPE_PEER_ROW);
  g_type_ensure (EDGE_TYPE_PEERS_STATUS);
  g_type_ensure (EDGE_TYPE_SEAL);
  g_type_ensure (EDGE_TYPE_SPARKLINE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-peers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgePeersPage, content_stack);
  gtk_widget_class_bind_template_child (widget_class, EdgePeersPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, EdgePeersPage, legend_box);
  gtk_widget_class_bind_template_child (widget_class, EdgePeersPage, map);
  gtk_widget_class_bind_template_child (widget_class, EdgePeersPage, rows);
  gtk_widget_class_bind_template_child (widget_class, EdgePeersPage, rows_stack);
  gtk_widget_class_bind_template_child (widget_class, EdgePeersPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, EdgePeersPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, EdgePeersPage, table);
  gtk_widget_class_bind_template_child (widget_class, EdgePeersPage, name_column);
  gtk_widget_class_bind_template_child (widget_class, EdgePeersPage, path_column);
  gtk_widget_class_bind_template_child (widget_class, EdgePeersPage, latency_column);
  gtk_widget_class_bind_template_child (widget_class, EdgePeersPage, rate_column);
  gtk_widget_class_bind_template_callback (widget_class, shows_map);
  gtk_widget_class_bind_template_callback (widget_class, shows_map_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, map_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  edge_format_bind (widget_class);
}

static void
edge_peers_page_init (EdgePeersPage *self)
{
  self->median_latency = NAN;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar),
                                GTK_EDITABLE (self->search_entry));
  gtk_search_bar_set_key_capture_widget (GTK_SEARCH_BAR (self->search_bar), GTK_WIDGET (self));
  set_up_sorting (self);
  set_up_models (self);
  update_layout (self);
  update_content (self);

  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "peers", self, "peers", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "id", self, "own-id", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "n-connected", self, "n-connected", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "median-latency", self, "median-latency",
                        G_BINDING_SYNC_CREATE);
}

GObject *
edge_peers_page_get_node (EdgePeersPage *self)
{
  g_return_val_if_fail (EDGE_IS_PEERS_PAGE (self), NULL);

  return self->node;
}

/**
 * edge_peers_page_set_node:
 * @self: a page
 * @node: (nullable): an object with the properties of [class@EdgeNode]
 */
void
edge_peers_page_set_node (EdgePeersPage *self,
                          GObject       *node)
{
  g_return_if_fail (EDGE_IS_PEERS_PAGE (self));

  if (!g_set_object (&self->node, node))
    return;
  g_binding_group_set_source (self->bindings, node);
  notify (self, PROP_NODE);
}

/**
 * edge_peers_page_show_peer:
 * @self: a page in a navigation view
 * @peer: an [class@EdgePeer]
 *
 * Opens the page of a peer.
 */
void
edge_peers_page_show_peer (EdgePeersPage *self,
                           gpointer       peer)
{
  GtkWidget *view = NULL;

  g_return_if_fail (EDGE_IS_PEERS_PAGE (self));
  g_return_if_fail (EDGE_IS_PEER (peer));

  view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  g_return_if_fail (view != NULL);

  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view),
                            ADW_NAVIGATION_PAGE (edge_peer_page_new (peer)));
}
