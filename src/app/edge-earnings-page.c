/* edge-earnings-page.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-earnings-page-private.h"

#include "app/edge-balance-bar.h"
#include "app/edge-book-export.h"
#include "app/edge-curve.h"
#include "app/edge-earned-plot.h"
#include "app/edge-ledger-banner.h"
#include "app/edge-stake-dialog.h"
#include "app/edge-transfer-dialog.h"
#include "app/edge-unlock-row.h"

#include <glib/gi18n.h>

/**
 * EdgeEarningsPage:
 *
 * What we have and what it is bound to, what came in, and what the multiplier is.
 */

#define MOST_UNLOCKS  6

/* What the rules begin with; those of the network once they are known. */
#define PAYOUT_LOCK   (60 * 60 * G_GUINT64_CONSTANT (1000))
#define UNSTAKE_DELAY (7 * 24 * PAYOUT_LOCK)

typedef enum
{
  PROP_NODE = 1,
  PROP_HISTORY,
  PROP_NARROW,
} EdgeEarningsPageProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (EdgeEarningsPage, edge_earnings_page, ADW_TYPE_NAVIGATION_PAGE)

static guint64
get_param (EdgeEarningsPage *self,
           EdgeGenesisParam  param,
           guint64           initial)
{
  EdgeLedger *ledger = EDGE_IS_BOOKS (self->books)
                       ? edge_books_get_ledger (EDGE_BOOKS (self->books)) : NULL;
  const EdgeGenesis *genesis = ledger != NULL ? edge_ledger_get_genesis (ledger) : NULL;

  return genesis != NULL ? genesis->params[param] : initial;
}

static guint64
get_time (EdgeEarningsPage *self)
{
  guint64 time = 0;

  if (self->books != NULL)
    g_object_get (self->books, "time", &time, NULL);
  /* T stands still between events; what an event signed now would find is the clock. */
  return MAX (time, (guint64) (g_get_real_time () / 1000));
}

static void
unlocks_changed_cb (EdgeEarningsPage *self)
{
  guint n = self->unlocks != NULL ? g_list_model_get_n_items (self->unlocks) : 0;
  guint64 lock = get_param (self, EDGE_GENESIS_PAYOUT_LOCK, PAYOUT_LOCK);
  guint64 delay = get_param (self, EDGE_GENESIS_UNSTAKE_DELAY, UNSTAKE_DELAY);

  gtk_widget_set_visible (self->unlock_list, n > 0);
  gtk_widget_set_visible (self->unlock_empty, n == 0);
  gtk_list_box_remove_all (GTK_LIST_BOX (self->unlock_list));
  for (guint i = 0; i < MIN (n, MOST_UNLOCKS); i++)
    {
      g_autoptr(GObject) unlock = g_list_model_get_item (self->unlocks, i);

      gtk_list_box_append (GTK_LIST_BOX (self->unlock_list),
                           edge_unlock_row_new (unlock, get_time (self), lock, delay));
    }
  if (n > MOST_UNLOCKS)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more",
                                                         n - MOST_UNLOCKS), n - MOST_UNLOCKS);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), more);
      gtk_widget_set_sensitive (row, FALSE);
      gtk_list_box_append (GTK_LIST_BOX (self->unlock_list), row);
    }
}

static gboolean
tick_cb (gpointer user_data)
{
  EdgeEarningsPage *self = user_data;
  guint n = self->unlocks != NULL ? g_list_model_get_n_items (self->unlocks) : 0;

  for (guint i = 0; i < MIN (n, MOST_UNLOCKS); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->unlock_list), (int) i);

      if (row != NULL)
        edge_unlock_row_update (GTK_WIDGET (row), get_time (self));
    }
  return G_SOURCE_CONTINUE;
}

static void
books_notify_cb (EdgeEarningsPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    _edge_earnings_page_update (self);
}

static void
set_books (EdgeEarningsPage *self,
           GObject          *books)
{
  if (self->books == books)
    return;
  if (self->books != NULL)
    g_signal_handlers_disconnect_by_func (self->books, books_notify_cb, self);
  g_set_object (&self->books, books);
  g_clear_object (&self->unlocks);
  if (books != NULL)
    {
      g_object_get (books, "unlocks", &self->unlocks, NULL);
      g_signal_connect_object (books, "notify", G_CALLBACK (books_notify_cb), self,
                               G_CONNECT_SWAPPED);
    }
  g_signal_group_set_target (self->unlock_signals, self->unlocks);
  adw_banner_set_revealed (ADW_BANNER (self->banner), FALSE);
  unlocks_changed_cb (self);
  _edge_earnings_page_update (self);
  _edge_earnings_page_update_history (self);
}

static void
node_notify_cb (EdgeEarningsPage *self,
                GParamSpec       *pspec,
                GObject          *node)
{
  g_autoptr(GObject) books = NULL;
  g_autoptr(GListModel) peers = NULL;
  g_autofree char *id = NULL;

  g_object_get (node, "books", &books, "peers", &peers, "id", &id,
                "n-connected", &self->n_connected, NULL);
  g_set_object (&self->peers, peers);
  g_set_str (&self->own_id, id);
  set_books (self, books);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    _edge_earnings_page_update (self);
}

static void
node_bind_cb (EdgeEarningsPage *self,
              GObject          *node,
              GSignalGroup     *group)
{
  edge_ledger_banner_follow (ADW_BANNER (self->banner), node);
  node_notify_cb (self, NULL, node);
}

static void
span_changed_cb (EdgeEarningsPage *self)
{
  guint active = adw_toggle_group_get_active (ADW_TOGGLE_GROUP (self->span_group));

  if (active > EDGE_EARNED_BY_MONTH || self->span == active)
    return;
  self->span = active;
  _edge_earnings_page_update_history (self);
}

static void
table_toggled_cb (EdgeEarningsPage *self)
{
  gboolean table = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->table_button));

  gtk_stack_set_visible_child (GTK_STACK (self->plot_stack),
                               table ? self->table_page : self->plot);
  _edge_earnings_page_update_history (self);
}

static void
transfer_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  EdgeEarningsPage *self = user_data;
  GtkWidget *dialog = edge_transfer_dialog_new (self->books, self->peers, self->own_id);

  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
stake_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  EdgeEarningsPage *self = user_data;
  GtkWidget *dialog = edge_stake_dialog_new (self->books,
                                             get_param (self, EDGE_GENESIS_STAKE, 50 * EDGE_CREDIT),
                                             get_param (self, EDGE_GENESIS_UNSTAKE_DELAY,
                                                        UNSTAKE_DELAY));

  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  EdgeEarningsPage *self = user_data;

  if (EDGE_IS_BOOKS (self->books))
    edge_book_export (EDGE_BOOKS (self->books), GTK_WIDGET (self));
}

static const GActionEntry entries[] = {
  { "transfer", transfer_cb },
  { "stake", stake_cb },
  { "export", export_cb },
};

static void
set_narrow (EdgeEarningsPage *self,
            gboolean          narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
  int margin = narrow ? 12 : 24;

  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head_box), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns_box), orientation);
  gtk_widget_set_margin_start (self->content_box, margin);
  gtk_widget_set_margin_end (self->content_box, margin);
  gtk_widget_set_size_request (self->side_box, narrow ? -1 : 284, -1);
}

static void
edge_earnings_page_map (GtkWidget *widget)
{
  EdgeEarningsPage *self = EDGE_EARNINGS_PAGE (widget);

  GTK_WIDGET_CLASS (edge_earnings_page_parent_class)->map (widget);

  _edge_earnings_page_update (self);
  _edge_earnings_page_update_history (self);
  tick_cb (self);
  if (self->tick == 0)
    self->tick = g_timeout_add_seconds (1, tick_cb, self);
}

static void
edge_earnings_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&EDGE_EARNINGS_PAGE (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (edge_earnings_page_parent_class)->unmap (widget);
}

static void
edge_earnings_page_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EdgeEarningsPage *self = EDGE_EARNINGS_PAGE (object);

  switch ((EdgeEarningsPageProperty) property_id)
    {
    case PROP_NODE:
      g_value_take_object (value, g_signal_group_dup_target (self->node_signals));
      break;
    case PROP_HISTORY:
      g_value_set_boxed (value, self->history);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_earnings_page_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  EdgeEarningsPage *self = EDGE_EARNINGS_PAGE (object);

  switch ((EdgeEarningsPageProperty) property_id)
    {
    case PROP_NODE:
      g_signal_group_set_target (self->node_signals, g_value_get_object (value));
      break;
    case PROP_HISTORY:
      g_clear_pointer (&self->history, g_array_unref);
      self->history = g_value_dup_boxed (value);
      _edge_earnings_page_update_history (self);
      break;
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
edge_earnings_page_dispose (GObject *object)
{
  EdgeEarningsPage *self = EDGE_EARNINGS_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->node_signals);
  g_clear_object (&self->unlock_signals);
  g_clear_object (&self->books);
  g_clear_object (&self->peers);
  g_clear_object (&self->unlocks);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_EARNINGS_PAGE);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (edge_earnings_page_parent_class)->dispose (object);
}

static void
edge_earnings_page_finalize (GObject *object)
{
  EdgeEarningsPage *self = EDGE_EARNINGS_PAGE (object);

  g_clear_pointer (&self->own_id, g_free);
  g_clear_pointer (&self->history, g_array_unref);

  G_OBJECT_CLASS (edge_earnings_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, EdgeEarningsPage, child)
  BIND (banner);
  BIND (content_box);
  BIND (head_box);
  BIND (balance_label);
  BIND (spinner);
  BIND (sentence);
  BIND (bar);
  BIND (free_label);
  BIND (free_note);
  BIND (locked_label);
  BIND (locked_note);
  BIND (escrowed_label);
  BIND (escrowed_note);
  BIND (staked_label);
  BIND (staked_note);
  BIND (columns_box);
  BIND (span_group);
  BIND (table_button);
  BIND (plot_stack);
  BIND (plot);
  BIND (table_page);
  BIND (table);
  BIND (multiplier_label);
  BIND (multiplier_sentence);
  BIND (curve);
  BIND (side_box);
  BIND (unlock_list);
  BIND (unlock_empty);
  BIND (today_label);
  BIND (earned_label);
  BIND (member_row);
  BIND (presence_row);
  BIND (presence_label);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, span_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_toggled_cb);
}

static void
edge_earnings_page_class_init (EdgeEarningsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_earnings_page_get_property;
  object_class->set_property = edge_earnings_page_set_property;
  object_class->dispose = edge_earnings_page_dispose;
  object_class->finalize = edge_earnings_page_finalize;
  widget_class->map = edge_earnings_page_map;
  widget_class->unmap = edge_earnings_page_unmap;

  /**
   * EdgeEarningsPage:node:
   *
   * An object with the properties of [class@Node].
   */
  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, G_TYPE_OBJECT, flags);
  /**
   * EdgeEarningsPage:history: (element-type guint64)
   *
   * What was earned, for books that can't be asked.
   */
  properties[PROP_HISTORY] = g_param_spec_boxed ("history", NULL, NULL, G_TYPE_ARRAY, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_BALANCE_BAR);
  g_type_ensure (EDGE_TYPE_CURVE);
  g_type_ensure (EDGE_TYPE_EARNED_PLOT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-earnings-page.ui");
  bind_template (widget_class);
}

static void
edge_earnings_page_init (EdgeEarningsPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "earnings", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (self->span_group), EDGE_EARNED_BY_DAY);

  self->unlock_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->unlock_signals, "items-changed",
                                  G_CALLBACK (unlocks_changed_cb), self);
  self->node_signals = g_signal_group_new (G_TYPE_OBJECT);
  g_signal_group_connect_swapped (self->node_signals, "notify", G_CALLBACK (node_notify_cb), self);
  g_signal_connect_swapped (self->node_signals, "bind", G_CALLBACK (node_bind_cb), self);
  _edge_earnings_page_update (self);
}
