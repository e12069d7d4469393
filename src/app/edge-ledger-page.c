/* edge-ledger-page.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-ledger-page-private.h"

#include "app/edge-dag-view.h"
#include "app/edge-event-dialog.h"
#include "app/edge-event-row.h"
#include "app/edge-event-sign.h"
#include "app/edge-ledger-banner.h"
#include "mesh/edge-peer.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * EdgeLedgerPage:
 *
 * What everybody in the network holds, drawn and listed, and how far it is in step.
 */

#define DRAWING_HEIGHT        232
#define NARROW_DRAWING_HEIGHT 170

typedef enum
{
  PROP_NODE = 1,
  PROP_NOW,
  PROP_NARROW,
  PROP_LOW,
  PROP_CONFIRMS,
  PROP_FIGURE_ALIGN,
} EdgeLedgerPageProperty;

static GParamSpec *properties[PROP_FIGURE_ALIGN + 1];

G_DEFINE_FINAL_TYPE (EdgeLedgerPage, edge_ledger_page, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
figures_cb (gpointer user_data)
{
  EdgeLedgerPage *self = user_data;

  self->figures_source = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    _edge_ledger_page_update_figures (self);
  else
    _edge_ledger_page_update_shown (self);
  return G_SOURCE_REMOVE;
}

/* Many figures change at once. */
static void
books_notify_cb (EdgeLedgerPage *self)
{
  if (self->figures_source == 0)
    self->figures_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, figures_cb, self, NULL);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    edge_dag_view_queue_refresh (EDGE_DAG_VIEW (self->dag_view));
}

static void
update_layout (EdgeLedgerPage *self)
{
  GtkOrientation orientation = self->narrow ? GTK_ORIENTATION_VERTICAL
                                            : GTK_ORIENTATION_HORIZONTAL;
  int margin = self->narrow ? 12 : 24;
  gboolean drawing = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->drawing_button));

  gtk_widget_set_margin_start (self->content_box, margin);
  gtk_widget_set_margin_end (self->content_box, margin);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head_box), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->filter_box), orientation);
  gtk_box_set_spacing (GTK_BOX (self->head_box), self->narrow ? 8 : 24);
  gtk_box_set_spacing (GTK_BOX (self->filter_box), self->narrow ? 6 : 12);
  gtk_box_set_homogeneous (GTK_BOX (self->figures_box), self->narrow);
  gtk_box_set_spacing (GTK_BOX (self->figures_box), self->narrow ? 8 : 28);
  gtk_widget_set_visible (self->legend_box, !self->narrow);
  gtk_widget_set_visible (self->figures_box, !(self->narrow && self->low));
  gtk_widget_set_size_request (self->dag_view, -1,
                               self->narrow ? NARROW_DRAWING_HEIGHT : DRAWING_HEIGHT);
  gtk_widget_set_visible (self->drawing_box, drawing && !self->low);
  gtk_widget_set_visible (self->drawing_button, !self->low);
  /* It is in the menu too. */
  gtk_widget_set_visible (self->verify_button, !self->narrow);
}

static gboolean
filter_cb (gpointer item,
           gpointer user_data)
{
  EdgeLedgerPage *self = user_data;
  g_auto(EdgeBookInfo) info = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;

  if (self->group == EDGE_BOOK_GROUP_ALL && self->search == NULL)
    return TRUE;

  edge_book_info_read (&info, item);
  if (!edge_book_info_in_group (&info, self->group, self->own_id))
    return FALSE;
  if (self->search == NULL)
    return TRUE;

  name = edge_book_dup_name (self->peers, self->own_id, info.author);
  text = g_strjoin ("\n", name, info.author, edge_book_type_describe (info.type), NULL);
  folded = g_utf8_casefold (text, -1);
  return strstr (folded, self->search) != NULL;
}

static void
search_changed_cb (EdgeLedgerPage *self,
                   GtkSearchEntry *entry)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  g_autofree char *folded = NULL;

  g_strstrip (text);
  if (*text != '\0')
    folded = g_utf8_casefold (text, -1);
  if (g_set_str (&self->search, folded))
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
group_changed_cb (EdgeLedgerPage *self)
{
  guint active = adw_toggle_group_get_active (ADW_TOGGLE_GROUP (self->group_toggles));

  if (self->filter == NULL || active > EDGE_BOOK_GROUP_YOURS || self->group == active)
    return;
  self->group = active;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static GObject *
dup_entry_of_id (EdgeLedgerPage *self,
                 const char     *id)
{
  g_autoptr(GListModel) entries = _edge_ledger_page_dup_entries (self);
  guint n = entries != NULL ? g_list_model_get_n_items (entries) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GObject) entry = g_list_model_get_item (entries, i);
      g_autofree char *entry_id = NULL;

      g_object_get (entry, "id", &entry_id, NULL);
      if (g_strcmp0 (entry_id, id) == 0)
        return g_steal_pointer (&entry);
    }
  return NULL;
}

static void
show_entry (EdgeLedgerPage *self,
            GObject        *entry)
{
  GtkWidget *dialog = edge_event_dialog_new (self->books, self->peers, self->own_id);

  edge_event_dialog_show_entry (EDGE_EVENT_DIALOG (dialog), entry);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
drawing_activated_cb (EdgeLedgerPage *self,
                      const char     *id,
                      EdgeDagView    *view)
{
  edge_ledger_page_show_event (self, id);
}

static void
row_activated_cb (EdgeLedgerPage *self,
                  guint           position,
                  GtkListView    *list)
{
  g_autoptr(GObject) entry = g_list_model_get_item (G_LIST_MODEL (self->found), position);

  if (entry != NULL)
    show_entry (self, entry);
}

static void
set_books (EdgeLedgerPage *self,
           GObject        *books)
{
  g_autoptr(GListModel) list = NULL;

  if (self->books == books)
    return;
  if (self->books != NULL)
    g_signal_handlers_disconnect_by_func (self->books, books_notify_cb, self);
  g_set_object (&self->books, books);
  if (books != NULL)
    g_signal_connect_object (books, "notify", G_CALLBACK (books_notify_cb), self,
                             G_CONNECT_SWAPPED);

  list = _edge_ledger_page_dup_entries (self);
  gtk_filter_list_model_set_model (self->found, list);
  edge_dag_view_set_entries (EDGE_DAG_VIEW (self->dag_view), list);
  adw_banner_set_revealed (ADW_BANNER (self->banner), FALSE);
  _edge_ledger_page_update_figures (self);
  _edge_ledger_page_update_rows (self);
}

static void
node_notify_cb (EdgeLedgerPage *self,
                GParamSpec     *pspec,
                GObject        *node)
{
  g_autoptr(GObject) books = NULL;
  g_autoptr(GListModel) peers = NULL;
  g_autofree char *id = NULL;

  g_object_get (node, "books", &books, "peers", &peers, "id", &id,
                "n-connected", &self->n_connected, NULL);
  g_set_object (&self->peers, peers);
  g_set_str (&self->own_id, id);
  edge_dag_view_set_people (EDGE_DAG_VIEW (self->dag_view), peers, id);
  set_books (self, books);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    _edge_ledger_page_update_figures (self);
}

static void
node_bind_cb (EdgeLedgerPage *self,
              GObject        *node,
              GSignalGroup   *group)
{
  edge_ledger_banner_follow (ADW_BANNER (self->banner), node);
  node_notify_cb (self, NULL, node);
}

static gboolean
tick_cb (gpointer user_data)
{
  EdgeLedgerPage *self = user_data;

  self->now = g_get_real_time () / 1000;
  _edge_ledger_page_update_age (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOW]);
  return G_SOURCE_CONTINUE;
}

static void
edge_ledger_page_map (GtkWidget *widget)
{
  EdgeLedgerPage *self = EDGE_LEDGER_PAGE (widget);

  GTK_WIDGET_CLASS (edge_ledger_page_parent_class)->map (widget);

  tick_cb (self);
  _edge_ledger_page_update_figures (self);
  if (self->tick == 0)
    self->tick = g_timeout_add_seconds (1, tick_cb, self);
}

static void
edge_ledger_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&EDGE_LEDGER_PAGE (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (edge_ledger_page_parent_class)->unmap (widget);
}

static void
edge_ledger_page_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  EdgeLedgerPage *self = EDGE_LEDGER_PAGE (object);

  switch ((EdgeLedgerPageProperty) property_id)
    {
    case PROP_NODE:
      g_value_take_object (value, g_signal_group_dup_target (self->node_signals));
      break;
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_LOW:
      g_value_set_boolean (value, self->low);
      break;
    case PROP_CONFIRMS:
      g_value_set_uint (value, self->confirms);
      break;
    case PROP_FIGURE_ALIGN:
      g_value_set_float (value, self->narrow ? 0 : 1);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_ledger_page_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  EdgeLedgerPage *self = EDGE_LEDGER_PAGE (object);

  switch ((EdgeLedgerPageProperty) property_id)
    {
    case PROP_NODE:
      g_signal_group_set_target (self->node_signals, g_value_get_object (value));
      break;
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      self->narrow = g_value_get_boolean (value);
      update_layout (self);
      g_object_notify_by_pspec (object, properties[PROP_FIGURE_ALIGN]);
      break;
    case PROP_LOW:
      if (self->low == g_value_get_boolean (value))
        return;
      self->low = g_value_get_boolean (value);
      update_layout (self);
      break;
    case PROP_CONFIRMS:
      if (self->confirms == g_value_get_uint (value))
        return;
      self->confirms = g_value_get_uint (value);
      break;
    case PROP_NOW:
    case PROP_FIGURE_ALIGN:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
edge_ledger_page_dispose (GObject *object)
{
  EdgeLedgerPage *self = EDGE_LEDGER_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->follow_source, g_source_remove);
  g_clear_handle_id (&self->figures_source, g_source_remove);
  g_clear_object (&self->node_signals);
  g_clear_object (&self->books);
  g_clear_object (&self->peers);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_LEDGER_PAGE);
  g_clear_object (&self->slots);
  g_clear_object (&self->selection);
  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (edge_ledger_page_parent_class)->dispose (object);
}

static void
edge_ledger_page_finalize (GObject *object)
{
  EdgeLedgerPage *self = EDGE_LEDGER_PAGE (object);

  g_clear_pointer (&self->own_id, g_free);
  g_clear_pointer (&self->search, g_free);

  G_OBJECT_CLASS (edge_ledger_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, EdgeLedgerPage, child)
  BIND (banner);
  BIND (verify_button);
  BIND (drawing_button);
  BIND (search_bar);
  BIND (search_entry);
  BIND (content_box);
  BIND (head_box);
  BIND (figures_box);
  BIND (headline);
  BIND (spinner);
  BIND (sentence);
  BIND (status_button);
  BIND (status_label);
  BIND (step_label);
  BIND (last_label);
  BIND (rate_label);
  BIND (progress);
  BIND (drawing_box);
  BIND (dag_view);
  BIND (legend_box);
  BIND (legend_final);
  BIND (filter_box);
  BIND (group_toggles);
  BIND (rows_stack);
  BIND (rows);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, group_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, drawing_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
edge_ledger_page_class_init (EdgeLedgerPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags rw = r | G_PARAM_WRITABLE;

  object_class->get_property = edge_ledger_page_get_property;
  object_class->set_property = edge_ledger_page_set_property;
  object_class->dispose = edge_ledger_page_dispose;
  object_class->finalize = edge_ledger_page_finalize;
  widget_class->map = edge_ledger_page_map;
  widget_class->unmap = edge_ledger_page_unmap;

  /**
   * EdgeLedgerPage:node:
   *
   * An object with the properties of [class@Node].
   */
  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, G_TYPE_OBJECT, rw);
  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, r);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, rw);
  /**
   * EdgeLedgerPage:low:
   *
   * Whether the window is too low for a drawing above the list.
   */
  properties[PROP_LOW] = g_param_spec_boolean ("low", NULL, NULL, FALSE, rw);
  properties[PROP_CONFIRMS] = g_param_spec_uint ("confirms", NULL, NULL, 1, G_MAXUINT,
                                                 EDGE_LEDGER_CONFIRMED, rw);
  properties[PROP_FIGURE_ALIGN] = g_param_spec_float ("figure-align", NULL, NULL, 0, 1, 1, r);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_DAG_VIEW);
  g_type_ensure (EDGE_TYPE_EVENT_SIGN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-ledger-page.ui");
  bind_template (widget_class);
}

static void
edge_ledger_page_init (EdgeLedgerPage *self)
{
  _edge_ledger_page_add_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  self->found = gtk_filter_list_model_new (NULL, g_object_ref (self->filter));
  _edge_ledger_page_make_rows (self);

  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar),
                                GTK_EDITABLE (self->search_entry));
  gtk_search_bar_set_key_capture_widget (GTK_SEARCH_BAR (self->search_bar), GTK_WIDGET (self));
  g_signal_connect_object (self->drawing_button, "toggled", G_CALLBACK (update_layout), self,
                           G_CONNECT_SWAPPED);

  self->confirms = EDGE_LEDGER_CONFIRMED;
  self->node_signals = g_signal_group_new (G_TYPE_OBJECT);
  g_signal_group_connect_swapped (self->node_signals, "notify", G_CALLBACK (node_notify_cb), self);
  g_signal_connect_swapped (self->node_signals, "bind", G_CALLBACK (node_bind_cb), self);
  _edge_ledger_page_offer_last (self);
  update_layout (self);
  _edge_ledger_page_update_figures (self);
  _edge_ledger_page_update_rows (self);
}

/**
 * edge_ledger_page_show_event:
 * @self: a page
 * @id: the id of an event
 *
 * Opens an event that is in the list.
 */
void
edge_ledger_page_show_event (EdgeLedgerPage *self,
                             const char     *id)
{
  g_autoptr(GObject) entry = NULL;

  g_return_if_fail (EDGE_IS_LEDGER_PAGE (self));

  entry = dup_entry_of_id (self, id);
  if (entry != NULL)
    show_entry (self, entry);
}
