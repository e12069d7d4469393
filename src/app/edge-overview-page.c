/* edge-overview-page.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-overview-page.h"

#include "app/edge-book-tiles.h"
#include "app/edge-chip.h"
#include "app/edge-dial.h"
#include "app/edge-format.h"
#include "app/edge-history-plot.h"
#include "app/edge-history-table.h"
#include "app/edge-links-card.h"
#include "app/edge-multiplier-card.h"
#include "app/edge-pause-button.h"
#include "app/edge-schedule-grid.h"
#include "app/edge-share-slider.h"
#include "app/edge-sparkline.h"
#include "app/edge-tile.h"
#include "signaling/edge-signaling.h"
#include "work/edge-fact.h"
#include "work/edge-policy.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * EdgeOverviewPage:
 *
 * What happens now and why, in one sentence and a few figures.
 */

struct _EdgeOverviewPage
{
  AdwNavigationPage  parent_instance;

  GtkWidget         *banner;
  GtkWidget         *content_box;
  GtkWidget         *head_box;
  GtkWidget         *dial;
  GtkWidget         *headline;
  GtkWidget         *sentence;
  GtkWidget         *chip_box;
  GtkWidget         *narrow_chip_box;
  GtkWidget         *override_button;
  GtkWidget         *tile_grid;
  GtkWidget         *earned_tile;
  GtkWidget         *ledger_tile;
  GtkWidget         *multiplier_card;
  GtkWidget         *peers_tile;
  GtkWidget         *latency_tile;
  GtkWidget         *traffic_tile;
  GtkWidget         *uptime_tile;
  GtkWidget         *sparkline;
  GtkWidget         *plot_box;
  GtkWidget         *span_group;
  GtkWidget         *table_button;
  GtkWidget         *plot_stack;
  GtkWidget         *plot;
  GtkWidget         *table_page;
  GtkWidget         *settings_box;
  GtkWidget         *schedule;

  EdgeNode          *node;
  EdgePolicy        *policy;
  EdgeHistory       *history;
  EdgeBookTiles     *book_tiles;
  GSettings         *settings;
  GListModel        *backends;
  GListModel        *facts;
  gboolean           narrow;
};

typedef enum
{
  PROP_NODE = 1,
  PROP_HISTORY,
  PROP_SETTINGS,
  PROP_NARROW,
} EdgeOverviewPageProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (EdgeOverviewPage, edge_overview_page, ADW_TYPE_NAVIGATION_PAGE)

static GtkWidget *
make_chip (EdgeFact *fact)
{
  GtkWidget *chip = edge_chip_new (edge_fact_get_label (fact));

  edge_chip_set_icon_name (EDGE_CHIP (chip), edge_fact_get_icon_name (fact));
  if (edge_fact_get_hindering (fact))
    gtk_widget_add_css_class (chip, "warning");
  else if (edge_fact_get_deciding (fact))
    gtk_widget_add_css_class (chip, "strong");
  return chip;
}

static void
remove_chips (GtkWidget *wrap_box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (wrap_box)) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (wrap_box), child);
}

/* Narrow windows show what decides; the rest is one chip when it is all well. */
static void
update_chips (EdgeOverviewPage *self)
{
  gboolean others_hinder = FALSE;
  guint n_others = 0;
  GtkWidget *chip;

  remove_chips (self->chip_box);
  remove_chips (self->narrow_chip_box);

  for (guint i = 0; i < g_list_model_get_n_items (self->facts); i++)
    {
      g_autoptr(EdgeFact) fact = g_list_model_get_item (self->facts, i);
      gboolean weighs = edge_fact_get_deciding (fact) || edge_fact_get_hindering (fact);

      if (!self->narrow)
        adw_wrap_box_append (ADW_WRAP_BOX (self->chip_box), make_chip (fact));
      else if (weighs)
        adw_wrap_box_append (ADW_WRAP_BOX (self->narrow_chip_box), make_chip (fact));

      n_others += !weighs;
      others_hinder |= edge_fact_get_hindering (fact);
    }

  if (!self->narrow || n_others == 0)
    return;

  chip = edge_chip_new (others_hinder ? _("Nothing else in the way") : _("Nothing in the way"));
  edge_chip_set_icon_name (EDGE_CHIP (chip), "object-select-symbolic");
  adw_wrap_box_append (ADW_WRAP_BOX (self->narrow_chip_box), chip);
}

/* Without its name first, an action and a target that do not fit would meet on the way. */
static void
set_override (EdgeOverviewPage *self,
              const char       *label,
              const char       *action,
              const char       *target)
{
  GtkActionable *button = GTK_ACTIONABLE (self->override_button);

  gtk_widget_set_visible (self->override_button, label != NULL);
  gtk_actionable_set_action_name (button, NULL);
  gtk_actionable_set_action_target_value (button, target ? g_variant_new_string (target) : NULL);
  gtk_actionable_set_action_name (button, action);
  if (label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->override_button), label);
}

static void
update_policy (EdgeOverviewPage *self)
{
  g_autofree char *headline = NULL;
  g_autofree char *outlook = NULL;
  EdgePolicyReason reason;
  double share, waiting;
  gboolean paused;

  g_object_get (self->node, "headline", &headline, NULL);
  g_object_get (self->policy,
                "share", &share,
                "waiting-share", &waiting,
                "reason", &reason,
                "outlook", &outlook,
                NULL);
  paused = edge_policy_reason_is_pause (reason);

  gtk_label_set_label (GTK_LABEL (self->headline), headline ? headline : EDGE_FORMAT_UNKNOWN);
  gtk_label_set_label (GTK_LABEL (self->sentence), outlook ? outlook : "");
  gtk_widget_set_visible (self->sentence, !self->narrow && outlook != NULL && *outlook != '\0');
  edge_dial_set_share (EDGE_DIAL (self->dial), share);
  edge_dial_set_waiting (EDGE_DIAL (self->dial), paused ? waiting : 0);

  /* One button, the one that helps: to resume, or to run in spite of what is in the way. */
  if (reason == EDGE_POLICY_REASON_PAUSED)
    set_override (self, _("_Resume"), "app.resume", NULL);
  else if (edge_policy_reason_is_askable (reason))
    set_override (self, _("Run for an _Hour"), "app.run-hour", NULL);
  else if (reason == EDGE_POLICY_REASON_NOTHING_SET)
    set_override (self, _("Change _Share"), "app.preferences", "contribution");
  else
    set_override (self, NULL, NULL, NULL);
}

static void
update_tiles (EdgeOverviewPage *self)
{
  g_autofree char *linked = NULL;
  g_autofree char *peers_caption = NULL;
  g_autofree char *latency_figure = NULL;
  g_autofree char *latency_caption = NULL;
  g_autofree char *traffic_figure = NULL;
  g_autofree char *traffic_unit = NULL;
  g_autofree char *traffic_caption = NULL;
  g_autofree char *out = NULL;
  g_autofree char *uptime = NULL;
  g_autofree char *network = NULL;
  double median, lowest, highest, in_rate, out_rate;
  guint n_connected, n_known;
  gint64 started_at;
  EdgeNodeState state;
  gboolean waiting;

  g_object_get (self->node,
                "state", &state,
                "n-connected", &n_connected,
                "n-known", &n_known,
                "median-latency", &median,
                "network-name", &network,
                "started-at", &started_at,
                NULL);
  g_object_get (self->history,
                "lowest-latency", &lowest,
                "highest-latency", &highest,
                "in-rate", &in_rate,
                "out-rate", &out_rate,
                NULL);
  waiting = n_connected == 0 && state == EDGE_NODE_STATE_JOINING;

  linked = g_strdup_printf ("%u", n_connected);
  peers_caption = n_known > 0 ? g_strdup_printf (ngettext ("%u known", "%u known", n_known), n_known)
                              : g_strdup (waiting ? _("looking for peers") : _("nobody found yet"));
  g_object_set (self->peers_tile,
                "figure", waiting ? NULL : linked,
                "caption", peers_caption,
                "loading", waiting,
                NULL);

  latency_figure = isnan (median) ? NULL : edge_format_ms_figure (median);
  if (isnan (lowest))
    latency_caption = g_strdup (_("median of all peers"));
  else if (n_connected == 1)
    latency_caption = g_strdup (_("one peer"));
  else
    {
      g_autofree char *from = edge_format_ms_figure (lowest);
      g_autofree char *highest_figure = edge_format_ms_figure (highest);
      g_autofree char *to = edge_format_ms (highest);

      /* Translators: range of round trips over all peers, for example 3 – 92 ms. */
      latency_caption = g_str_equal (from, highest_figure)
                        ? g_strdup (_("median of all peers"))
                        : g_strdup_printf (_("median; %s – %s"), from, to);
    }
  g_object_set (self->latency_tile,
                "figure", latency_figure,
                "caption", latency_caption,
                "loading", waiting,
                NULL);
  gtk_widget_set_visible (self->sparkline, latency_figure != NULL && !self->narrow);
  edge_sparkline_set_latency (EDGE_SPARKLINE (self->sparkline), median);

  traffic_figure = n_connected > 0 ? edge_format_rate_figure (in_rate) : NULL;
  traffic_unit = edge_format_rate_unit (in_rate);
  out = edge_format_rate (n_connected > 0 ? out_rate : NAN);
  traffic_caption = g_strdup_printf (_("in; %s out"), out);
  g_object_set (self->traffic_tile,
                "figure", traffic_figure,
                "unit", traffic_unit,
                "caption", traffic_caption,
                "loading", waiting,
                NULL);

  uptime = started_at > 0 ? edge_format_duration (g_get_real_time () / 1000 - started_at) : NULL;
  g_object_set (self->uptime_tile, "figure", uptime, "caption", network, NULL);
}

/* The first sentence that helps, when no way to other people is open. */
static void
update_banner (EdgeOverviewPage *self)
{
  guint n_backends = g_list_model_get_n_items (self->backends);
  gboolean any_up = FALSE, any_connecting = FALSE;
  EdgeNodeState state;
  guint n_connected;
  const char *title = NULL;

  for (guint i = 0; i < n_backends; i++)
    {
      g_autoptr(EdgeSignaling) backend = g_list_model_get_item (self->backends, i);
      EdgeSignalingState backend_state = edge_signaling_get_state (backend);

      any_up |= backend_state == EDGE_SIGNALING_STATE_UP;
      any_connecting |= backend_state == EDGE_SIGNALING_STATE_CONNECTING
                        || backend_state == EDGE_SIGNALING_STATE_STOPPED;
    }

  g_object_get (self->node, "state", &state, "n-connected", &n_connected, NULL);
  if (state == EDGE_NODE_STATE_NONE)
    title = NULL;
  else if (n_backends == 0)
    title = _("No relay is set, so nobody can be found. Add the address of one.");
  else if (!any_up && !any_connecting && n_connected > 0)
    title = _("No relay answers. Your links stay; nobody new can be found until one is back.");
  else if (!any_up && !any_connecting)
    title = g_network_monitor_get_network_available (g_network_monitor_get_default ())
            ? _("No relay answers, so nobody can be found. It tries again by itself.")
            : _("You are offline. Linking goes on by itself when the network is back.");

  adw_banner_set_title (ADW_BANNER (self->banner), title ? title : "");
  adw_banner_set_revealed (ADW_BANNER (self->banner), title != NULL);
}

static void
backends_changed_cb (EdgeOverviewPage *self,
                     guint             position,
                     guint             removed,
                     guint             added,
                     GListModel       *backends)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(EdgeSignaling) backend = g_list_model_get_item (backends, i);

      g_signal_connect_object (backend, "notify::state", G_CALLBACK (update_banner), self,
                               G_CONNECT_SWAPPED);
    }
  update_banner (self);
}

static void
node_changed_cb (EdgeOverviewPage *self)
{
  update_policy (self);
  update_tiles (self);
  update_banner (self);
}

static void
history_changed_cb (EdgeOverviewPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_tiles (self);
}

static void
span_changed_cb (EdgeOverviewPage *self)
{
  guint span = adw_toggle_group_get_active (ADW_TOGGLE_GROUP (self->span_group));

  g_object_set (self->plot, "span", MIN (span, EDGE_HISTORY_N_SPANS - 1), NULL);
}

static void
table_toggled_cb (EdgeOverviewPage *self)
{
  gboolean table = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->table_button));

  gtk_stack_set_visible_child (GTK_STACK (self->plot_stack),
                               table ? self->table_page : self->plot);
}

static void
set_node (EdgeOverviewPage *self,
          EdgeNode         *node)
{
  if (node == NULL || !g_set_object (&self->node, node))
    return;

  self->book_tiles = edge_book_tiles_new (G_OBJECT (node), self->earned_tile, self->ledger_tile,
                                          self->multiplier_card);
  g_object_get (node, "policy", &self->policy, "backends", &self->backends, NULL);
  g_object_get (self->policy, "facts", &self->facts, NULL);

  g_signal_connect_object (node, "notify", G_CALLBACK (node_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->policy, "notify", G_CALLBACK (update_policy), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->facts, "items-changed", G_CALLBACK (update_chips), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->backends, "items-changed", G_CALLBACK (backends_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "notify::network-available",
                           G_CALLBACK (update_banner), self, G_CONNECT_SWAPPED);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NODE]);
}

static void
set_history (EdgeOverviewPage *self,
             EdgeHistory      *history)
{
  if (history == NULL || !g_set_object (&self->history, history))
    return;

  edge_sparkline_set_series (EDGE_SPARKLINE (self->sparkline),
                             edge_history_get_latency_series (history));
  g_signal_connect_object (history, "changed", G_CALLBACK (history_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HISTORY]);
}

static void
set_settings (EdgeOverviewPage *self,
              GSettings        *settings)
{
  if (settings == NULL || !g_set_object (&self->settings, settings))
    return;

  g_settings_bind (settings, "schedule", self->schedule, "schedule", G_SETTINGS_BIND_DEFAULT);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTINGS]);
}

static void
set_narrow (EdgeOverviewPage *self,
            gboolean          narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
  int margin = narrow ? 12 : 24;

  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->plot_box), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->settings_box), orientation);
  edge_book_tiles_place (self->tile_grid, self->narrow ? 2 : 3);
  gtk_box_set_spacing (GTK_BOX (self->head_box), narrow ? 16 : 24);
  gtk_widget_set_margin_start (self->content_box, margin);
  gtk_widget_set_margin_end (self->content_box, margin);
  edge_dial_set_size (EDGE_DIAL (self->dial), narrow ? 88 : 132);
  if (self->node != NULL)
    {
      update_chips (self);
      update_policy (self);
    }
  if (self->node != NULL && self->history != NULL)
    update_tiles (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
edge_overview_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (edge_overview_page_parent_class)->constructed (object);

  span_changed_cb (EDGE_OVERVIEW_PAGE (object));
}

static void
edge_overview_page_dispose (GObject *object)
{
  EdgeOverviewPage *self = EDGE_OVERVIEW_PAGE (object);

  g_clear_object (&self->book_tiles);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_OVERVIEW_PAGE);
  g_clear_object (&self->node);
  g_clear_object (&self->policy);
  g_clear_object (&self->history);
  g_clear_object (&self->settings);
  g_clear_object (&self->backends);
  g_clear_object (&self->facts);

  G_OBJECT_CLASS (edge_overview_page_parent_class)->dispose (object);
}

static void
edge_overview_page_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EdgeOverviewPage *self = EDGE_OVERVIEW_PAGE (object);

  switch ((EdgeOverviewPageProperty) property_id)
    {
    case PROP_NODE:
      g_value_set_object (value, self->node);
      break;
    case PROP_HISTORY:
      g_value_set_object (value, self->history);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_overview_page_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  EdgeOverviewPage *self = EDGE_OVERVIEW_PAGE (object);

  switch ((EdgeOverviewPageProperty) property_id)
    {
    case PROP_NODE:
      set_node (self, g_value_get_object (value));
      break;
    case PROP_HISTORY:
      set_history (self, g_value_get_object (value));
      break;
    case PROP_SETTINGS:
      set_settings (self, g_value_get_object (value));
      break;
    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
  /* The first look, once all of it is there. */
  if ((property_id == PROP_NODE || property_id == PROP_HISTORY)
      && self->node != NULL && self->history != NULL)
    {
      backends_changed_cb (self, 0, 0, g_list_model_get_n_items (self->backends), self->backends);
      update_chips (self);
      node_changed_cb (self);
    }
}

static void
edge_overview_page_class_init (EdgeOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = edge_overview_page_constructed;
  object_class->dispose = edge_overview_page_dispose;
  object_class->get_property = edge_overview_page_get_property;
  object_class->set_property = edge_overview_page_set_property;

  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, EDGE_TYPE_NODE, flags);
  properties[PROP_HISTORY] = g_param_spec_object ("history", NULL, NULL, EDGE_TYPE_HISTORY, flags);
  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_DIAL);
  g_type_ensure (EDGE_TYPE_HISTORY_PLOT);
  g_type_ensure (EDGE_TYPE_HISTORY_TABLE);
  g_type_ensure (EDGE_TYPE_LINKS_CARD);
  g_type_ensure (EDGE_TYPE_MULTIPLIER_CARD);
  g_type_ensure (EDGE_TYPE_PAUSE_BUTTON);
  g_type_ensure (EDGE_TYPE_SCHEDULE_GRID);
  g_type_ensure (EDGE_TYPE_SHARE_SLIDER);
  g_type_ensure (EDGE_TYPE_SPARKLINE);
  g_type_ensure (EDGE_TYPE_TILE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-overview-page.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, EdgeOverviewPage, child)
  BIND (banner);
  BIND (content_box);
  BIND (head_box);
  BIND (dial);
  BIND (headline);
  BIND (sentence);
  BIND (chip_box);
  BIND (narrow_chip_box);
  BIND (override_button);
  BIND (tile_grid);
  BIND (earned_tile);
  BIND (ledger_tile);
  BIND (multiplier_card);
  BIND (peers_tile);
  BIND (latency_tile);
  BIND (traffic_tile);
  BIND (uptime_tile);
  BIND (sparkline);
  BIND (plot_box);
  BIND (span_group);
  BIND (table_button);
  BIND (plot_stack);
  BIND (plot);
  BIND (table_page);
  BIND (settings_box);
  BIND (schedule);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, span_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_toggled_cb);
}

static void
edge_overview_page_init (EdgeOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  edge_book_tiles_place (self->tile_grid, self->narrow ? 2 : 3);
}
