/* edge-welcome-page.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-welcome-page.h"

#include "app/edge-mesh-map.h"
#include "app/edge-preset-button.h"
#include "app/edge-preset.h"
#include "app/edge-seal.h"
#include "app/edge-share-slider.h"
#include "node/edge-network-default.h"

#include <glib/gi18n.h>

/**
 * EdgeWelcomePage:
 *
 * What the app does, in plain words, and the one button that starts it.
 */

#define LEFT_WIDTH   380
#define RIGHT_WIDTH  430
#define NARROW_WIDTH 600

struct _EdgeWelcomePage
{
  AdwBin     parent_instance;

  GtkWidget *columns;
  GtkWidget *left_column;
  GtkWidget *right_column;
  GtkWidget *quiet_button;
  GtkWidget *balanced_button;
  GtkWidget *full_button;
  GtkWidget *name_row;
  GtkWidget *battery_row;
  GtkWidget *power_saver_row;
  GtkWidget *metered_row;
  GtkWidget *joins_label;

  EdgeNode  *node;
  GSettings *settings;
  gboolean   narrow;
  gboolean   updating;
};

typedef enum
{
  PROP_NODE = 1,
  PROP_SETTINGS,
  PROP_NARROW,
} EdgeWelcomePageProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (EdgeWelcomePage, edge_welcome_page, ADW_TYPE_BIN)

static void
update_presets (EdgeWelcomePage *self)
{
  EdgePreset preset = edge_preset_of (self->settings);

  /* Shares of one's own leave all three unchecked. */
  self->updating = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->quiet_button),
                                preset == EDGE_PRESET_QUIET);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->balanced_button),
                                preset == EDGE_PRESET_BALANCED);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->full_button),
                                preset == EDGE_PRESET_FULL);
  self->updating = FALSE;
}

static void
preset_toggled_cb (EdgeWelcomePage *self,
                   GtkToggleButton *button)
{
  if (self->updating || self->settings == NULL || !gtk_toggle_button_get_active (button))
    return;

  edge_preset_apply (GTK_WIDGET (button) == self->quiet_button ? EDGE_PRESET_QUIET
                     : GTK_WIDGET (button) == self->balanced_button ? EDGE_PRESET_BALANCED
                     : EDGE_PRESET_FULL,
                     self->settings);
}

static void
set_settings (EdgeWelcomePage *self,
              GSettings       *settings)
{
  if (settings == NULL || !g_set_object (&self->settings, settings))
    return;

  g_settings_bind (settings, "pause-on-battery", self->battery_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "pause-on-power-saver", self->power_saver_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "pause-on-metered", self->metered_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (settings, "changed::share-away", G_CALLBACK (update_presets), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::share-here", G_CALLBACK (update_presets), self,
                           G_CONNECT_SWAPPED);
  update_presets (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTINGS]);
}

static gboolean
name_to_text (GBinding     *binding,
              const GValue *from,
              GValue       *to,
              gpointer      user_data)
{
  const char *name = g_value_get_string (from);

  g_value_set_string (to, name ? name : "");

  return TRUE;
}

static void
set_node (EdgeWelcomePage *self,
          EdgeNode        *node)
{
  if (node == NULL || !g_set_object (&self->node, node))
    return;

  g_object_bind_property_full (node, "name", self->name_row, "text",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL,
                               name_to_text, NULL, NULL, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NODE]);
}

static void
set_narrow (EdgeWelcomePage *self,
            gboolean         narrow)
{
  GtkLayoutChild *right;

  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  right = gtk_layout_manager_get_layout_child (gtk_widget_get_layout_manager (self->columns),
                                               self->right_column);
  gtk_grid_layout_child_set_column (GTK_GRID_LAYOUT_CHILD (right), narrow ? 0 : 1);
  gtk_grid_layout_child_set_row (GTK_GRID_LAYOUT_CHILD (right), narrow ? 1 : 0);
  gtk_widget_set_margin_start (self->columns, narrow ? 18 : 24);
  gtk_widget_set_margin_end (self->columns, narrow ? 18 : 24);
  gtk_widget_set_size_request (self->left_column, narrow ? -1 : LEFT_WIDTH, -1);
  gtk_widget_set_size_request (self->right_column, narrow ? -1 : RIGHT_WIDTH, -1);
  adw_clamp_set_maximum_size (ADW_CLAMP (self->left_column), narrow ? NARROW_WIDTH : LEFT_WIDTH);
  adw_clamp_set_maximum_size (ADW_CLAMP (self->right_column), narrow ? NARROW_WIDTH : RIGHT_WIDTH);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
edge_welcome_page_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EdgeWelcomePage *self = EDGE_WELCOME_PAGE (object);

  switch ((EdgeWelcomePageProperty) property_id)
    {
    case PROP_NODE:
      g_value_set_object (value, self->node);
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
edge_welcome_page_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  EdgeWelcomePage *self = EDGE_WELCOME_PAGE (object);

  switch ((EdgeWelcomePageProperty) property_id)
    {
    case PROP_NODE:
      set_node (self, g_value_get_object (value));
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
}

static void
edge_welcome_page_dispose (GObject *object)
{
  EdgeWelcomePage *self = EDGE_WELCOME_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_WELCOME_PAGE);
  g_clear_object (&self->node);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (edge_welcome_page_parent_class)->dispose (object);
}

static void
edge_welcome_page_class_init (EdgeWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = edge_welcome_page_dispose;
  object_class->get_property = edge_welcome_page_get_property;
  object_class->set_property = edge_welcome_page_set_property;

  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, EDGE_TYPE_NODE, flags);
  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_MESH_MAP);
  g_type_ensure (EDGE_TYPE_PRESET_BUTTON);
  g_type_ensure (EDGE_TYPE_SEAL);
  g_type_ensure (EDGE_TYPE_SHARE_SLIDER);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeWelcomePage, columns);
  gtk_widget_class_bind_template_child (widget_class, EdgeWelcomePage, left_column);
  gtk_widget_class_bind_template_child (widget_class, EdgeWelcomePage, right_column);
  gtk_widget_class_bind_template_child (widget_class, EdgeWelcomePage, quiet_button);
  gtk_widget_class_bind_template_child (widget_class, EdgeWelcomePage, balanced_button);
  gtk_widget_class_bind_template_child (widget_class, EdgeWelcomePage, full_button);
  gtk_widget_class_bind_template_child (widget_class, EdgeWelcomePage, name_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeWelcomePage, battery_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeWelcomePage, power_saver_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeWelcomePage, metered_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeWelcomePage, joins_label);
  gtk_widget_class_bind_template_callback (widget_class, preset_toggled_cb);
}

static void
edge_welcome_page_init (EdgeWelcomePage *self)
{
  g_autoptr(EdgeNetwork) network = edge_network_new_default ();
  g_autofree char *joins = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  if (network->open)
    joins = g_strdup_printf (_("Joins the open network %s: no account, and you can leave at any "
                               "time. Payments never become final there."), network->name);
  else
    joins = g_strdup_printf (_("Joins the network %s: no account, and you can leave at any time."),
                             network->name);
  gtk_label_set_label (GTK_LABEL (self->joins_label), joins);
}
