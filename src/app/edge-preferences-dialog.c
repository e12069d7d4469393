/* edge-preferences-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-preferences-dialog.h"

#include "app/edge-address-group.h"
#include "app/edge-background-page.h"
#include "app/edge-network-card.h"
#include "app/edge-networks-group.h"
#include "app/edge-preset.h"
#include "app/edge-schedule-grid.h"
#include "app/edge-schedule-key.h"
#include "app/edge-share-slider.h"
#include "app/edge-toast.h"
#include "app/edge-vote-group.h"
#include "app/edge-waiting-group.h"

#include <glib/gi18n.h>

/**
 * EdgePreferencesDialog:
 *
 * How much is contributed and when; through whom people are found.
 */

struct _EdgePreferencesDialog
{
  AdwPreferencesDialog  parent_instance;

  GtkWidget            *preset_group;
  GtkWidget            *share_group;
  GtkWidget            *schedule;
  GtkWidget            *battery_row;
  GtkWidget            *power_saver_row;
  GtkWidget            *metered_row;
  GtkWidget            *degree_row;
  GtkWidget            *archive_row;

  EdgeNode             *node;
  GSettings            *settings;
  EdgeBackground       *background;
  gboolean              updating;
};

typedef enum
{
  PROP_NODE = 1,
  PROP_SETTINGS,
  PROP_BACKGROUND,
} EdgePreferencesDialogProperty;

static GParamSpec *properties[PROP_BACKGROUND + 1];

G_DEFINE_FINAL_TYPE (EdgePreferencesDialog, edge_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static const char *
preset_name (EdgePreset preset)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (EDGE_TYPE_PRESET);

  return g_enum_get_value (klass, preset)->value_nick;
}

static void
update_preset (EdgePreferencesDialog *self)
{
  self->updating = TRUE;
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->preset_group),
                                    preset_name (edge_preset_of (self->settings)));
  self->updating = FALSE;
}

static void
preset_chosen_cb (EdgePreferencesDialog *self)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (EDGE_TYPE_PRESET);
  const char *name = adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (self->preset_group));
  GEnumValue *value = name != NULL ? g_enum_get_value_by_nick (klass, name) : NULL;

  if (!self->updating && self->settings != NULL && value != NULL)
    edge_preset_apply (value->value, self->settings);
}

static void
free_focus (gpointer user_data)
{
  g_autoptr(EdgePreferencesDialog) self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  AdwPreferencesPage *page =
    adw_preferences_dialog_get_visible_page (ADW_PREFERENCES_DIALOG (self));

  if (focus != NULL && page != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
      && !gtk_widget_is_ancestor (focus, GTK_WIDGET (page)))
    gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
}

/* The tabs move between the top and the bottom with the width. libadwaita 1.7 leaves the keyboard
 * on the one that is hidden then, from where Tab leads nowhere. */
static void
breakpoint_changed_cb (EdgePreferencesDialog *self)
{
  g_idle_add_once (free_focus, g_object_ref (self));
}

static void
edge_preferences_dialog_constructed (GObject *object)
{
  EdgePreferencesDialog *self = EDGE_PREFERENCES_DIALOG (object);
  guint n_cores = g_get_num_processors ();
  g_autofree char *description = NULL;
  const struct
  {
    const char *key;
    GtkWidget  *widget;
    const char *property;
  } bindings[] = {
    { "schedule", self->schedule, "schedule" },
    { "pause-on-battery", self->battery_row, "active" },
    { "pause-on-power-saver", self->power_saver_row, "active" },
    { "pause-on-metered", self->metered_row, "active" },
    { "degree", self->degree_row, "value" },
    { "archive", self->archive_row, "active" },
  };

  G_OBJECT_CLASS (edge_preferences_dialog_parent_class)->constructed (object);

  description = g_strdup_printf (ngettext ("%u core. What changes here is obeyed within a second.",
                                           "%u cores. What changes here is obeyed within a second.",
                                           n_cores),
                                 n_cores);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->share_group), description);

  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    g_settings_bind (self->settings, bindings[i].key, bindings[i].widget, bindings[i].property,
                     G_SETTINGS_BIND_DEFAULT);

  g_signal_connect_object (self->settings, "changed::share-away", G_CALLBACK (update_preset), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::share-here", G_CALLBACK (update_preset), self,
                           G_CONNECT_SWAPPED);
  update_preset (self);
}

static void
edge_preferences_dialog_dispose (GObject *object)
{
  EdgePreferencesDialog *self = EDGE_PREFERENCES_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_PREFERENCES_DIALOG);
  g_clear_object (&self->node);
  g_clear_object (&self->settings);
  g_clear_object (&self->background);

  G_OBJECT_CLASS (edge_preferences_dialog_parent_class)->dispose (object);
}

static void
edge_preferences_dialog_get_property (GObject    *object,
                                      guint       property_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  EdgePreferencesDialog *self = EDGE_PREFERENCES_DIALOG (object);

  switch ((EdgePreferencesDialogProperty) property_id)
    {
    case PROP_NODE:
      g_value_set_object (value, self->node);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case PROP_BACKGROUND:
      g_value_set_object (value, self->background);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_preferences_dialog_set_property (GObject      *object,
                                      guint         property_id,
                                      const GValue *value,
                                      GParamSpec   *pspec)
{
  EdgePreferencesDialog *self = EDGE_PREFERENCES_DIALOG (object);

  switch ((EdgePreferencesDialogProperty) property_id)
    {
    case PROP_NODE:
      self->node = g_value_dup_object (value);
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case PROP_BACKGROUND:
      self->background = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_preferences_dialog_class_init (EdgePreferencesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = edge_preferences_dialog_constructed;
  object_class->dispose = edge_preferences_dialog_dispose;
  object_class->get_property = edge_preferences_dialog_get_property;
  object_class->set_property = edge_preferences_dialog_set_property;

  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, EDGE_TYPE_NODE, flags);
  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  properties[PROP_BACKGROUND] =
    g_param_spec_object ("background", NULL, NULL, EDGE_TYPE_BACKGROUND, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_ADDRESS_GROUP);
  g_type_ensure (EDGE_TYPE_BACKGROUND_PAGE);
  g_type_ensure (EDGE_TYPE_NETWORKS_GROUP);
  g_type_ensure (EDGE_TYPE_NETWORK_CARD);
  g_type_ensure (EDGE_TYPE_SCHEDULE_GRID);
  g_type_ensure (EDGE_TYPE_SCHEDULE_KEY);
  g_type_ensure (EDGE_TYPE_SHARE_SLIDER);
  g_type_ensure (EDGE_TYPE_VOTE_GROUP);
  g_type_ensure (EDGE_TYPE_WAITING_GROUP);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgePreferencesDialog, preset_group);
  gtk_widget_class_bind_template_child (widget_class, EdgePreferencesDialog, share_group);
  gtk_widget_class_bind_template_child (widget_class, EdgePreferencesDialog, schedule);
  gtk_widget_class_bind_template_child (widget_class, EdgePreferencesDialog, battery_row);
  gtk_widget_class_bind_template_child (widget_class, EdgePreferencesDialog, power_saver_row);
  gtk_widget_class_bind_template_child (widget_class, EdgePreferencesDialog, metered_row);
  gtk_widget_class_bind_template_child (widget_class, EdgePreferencesDialog, degree_row);
  gtk_widget_class_bind_template_child (widget_class, EdgePreferencesDialog, archive_row);
  gtk_widget_class_bind_template_callback (widget_class, preset_chosen_cb);
}

static void
edge_preferences_dialog_init (EdgePreferencesDialog *self)
{
  AdwPreferencesPage *page;
  GtkWidget *breakpoints;

  gtk_widget_init_template (GTK_WIDGET (self));

  page = adw_preferences_dialog_get_visible_page (ADW_PREFERENCES_DIALOG (self));
  breakpoints = gtk_widget_get_ancestor (GTK_WIDGET (page), ADW_TYPE_BREAKPOINT_BIN);
  if (breakpoints != NULL)
    g_signal_connect_object (breakpoints, "notify::current-breakpoint",
                             G_CALLBACK (breakpoint_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * edge_preferences_dialog_new:
 * @node: the node
 * @settings: the settings of the app
 * @background: how the app runs without its window
 * @page: the page to open: contribution, network or background
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
edge_preferences_dialog_new (EdgeNode       *node,
                             GSettings      *settings,
                             EdgeBackground *background,
                             const char     *page)
{
  AdwDialog *self = g_object_new (EDGE_TYPE_PREFERENCES_DIALOG,
                                  "node", node,
                                  "settings", settings,
                                  "background", background,
                                  NULL);

  adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (self), page);

  return self;
}

/**
 * edge_preferences_dialog_say:
 * @inside: a widget, in the dialog or not
 * @text: plain text, translated
 *
 * Says something over the dialog, which would hide what the window says below it.
 */
void
edge_preferences_dialog_say (GtkWidget  *inside,
                             const char *text)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (inside, ADW_TYPE_PREFERENCES_DIALOG);
  AdwToast *toast;

  if (dialog == NULL)
    {
      gtk_widget_activate_action (inside, "win.say", "s", text);
      return;
    }
  toast = edge_toast_new (text);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
}
