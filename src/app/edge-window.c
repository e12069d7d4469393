/* edge-window.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-window.h"

#include "app/edge-dial.h"
#include "app/edge-earnings-page.h"
#include "app/edge-format.h"
#include "app/edge-ledger-page.h"
#include "app/edge-overview-page.h"
#include "app/edge-peers-page.h"
#include "app/edge-seal.h"
#include "app/edge-toast.h"
#include "app/edge-welcome-page.h"
#include "app/edge-window-private.h"
#include "work/edge-policy.h"

#include <glib/gi18n.h>

/**
 * EdgeWindow:
 *
 * The shell: a sidebar with the pages and what happens now, the page, toasts.
 * Before a network is joined it shows the welcome page instead.
 */

typedef enum
{
  PROP_NODE = 1,
  PROP_POLICY,
  PROP_HISTORY,
  PROP_SETTINGS,
} EdgeWindowProperty;

static GParamSpec *properties[PROP_SETTINGS + 1];

G_DEFINE_FINAL_TYPE (EdgeWindow, edge_window, ADW_TYPE_APPLICATION_WINDOW)

static char *
format_count (EdgeWindow *self,
              guint       count)
{
  return g_strdup_printf ("%u", count);
}

static char *
format_share (EdgeWindow *self,
              double      share,
              gboolean    paused)
{
  g_autofree char *percent = NULL;

  if (paused)
    return g_strdup (_("Paused"));

  percent = edge_format_share (share);

  /* Translators: %s is a share such as 30 %. */
  return g_strdup_printf (_("%s of CPU"), percent);
}

static char *
format_network (EdgeWindow *self,
                const char *name,
                const char *kind)
{
  if (name == NULL)
    return g_strdup (_("no network"));

  if (g_strcmp0 (kind, "open") == 0)
    /* Translators: %s is the name of an open network. */
    return g_strdup_printf (_("%s, open network"), name);

  return g_strdup (name);
}

/* A question about the key stands alone, without the words of the page beside it. */
static gboolean
is_alone (EdgeWindow *self,
          AdwDialog  *dialog)
{
  return dialog == NULL;
}

static char *
format_pause_icon (EdgeWindow    *self,
                   EdgeNodeState  state)
{
  return g_strdup (state == EDGE_NODE_STATE_PAUSED ? "media-playback-start-symbolic"
                                                   : "media-playback-pause-symbolic");
}

static char *
format_pause_tooltip (EdgeWindow    *self,
                      EdgeNodeState  state)
{
  return g_strdup (state == EDGE_NODE_STATE_PAUSED ? _("Resume Contributing")
                                                   : _("Pause Contributing"));
}

static void
update_stack (EdgeWindow *self)
{
  g_autofree char *id = NULL;
  EdgeNodeState state;

  g_object_get (self->node, "state", &state, "id", &id, NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    state != EDGE_NODE_STATE_NONE ? "shell"
                                    : edge_window_has_twin (self) ? "twin"
                                    : id != NULL ? "welcome" : "loading");
}

static void
update_dials (EdgeWindow *self)
{
  double share, waiting;
  gboolean paused;

  g_object_get (self->policy,
                "share", &share,
                "waiting-share", &waiting,
                "paused", &paused,
                NULL);
  if (!paused)
    waiting = 0;
  edge_dial_set_share (EDGE_DIAL (self->sidebar_dial), share);
  edge_dial_set_waiting (EDGE_DIAL (self->sidebar_dial), waiting);
  edge_dial_set_share (EDGE_DIAL (self->bar_dial), share);
  edge_dial_set_waiting (EDGE_DIAL (self->bar_dial), waiting);
}

/* Pings come each second while somebody looks, each other second otherwise. */
static void
update_watched (EdgeWindow *self)
{
  gboolean watched = gtk_widget_get_mapped (GTK_WIDGET (self))
                     && !gtk_window_is_suspended (GTK_WINDOW (self));

  g_object_set (self->node, "watched", watched, NULL);
}

/* When what has the focus goes, a row that was answered for one, GTK gives it to the first that takes it
 * in the window; behind a dialog, Escape and the other keys of the dialog would reach nobody there. */
static gboolean
keep_focus_cb (gpointer user_data)
{
  GtkWindow *self = user_data;
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  GtkWidget *focus = gtk_window_get_focus (self);

  if (dialog != NULL && gtk_widget_get_mapped (GTK_WIDGET (dialog)) &&
      (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (dialog))))
    gtk_widget_child_focus (GTK_WIDGET (dialog), GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

static void
focus_changed_cb (EdgeWindow *self)
{
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, keep_focus_cb, g_object_ref (self), g_object_unref);
}

static void
narrow_cb (EdgeWindow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
}

static void
wide_cb (EdgeWindow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
}

static void
row_activated_cb (EdgeWindow    *self,
                  GtkListBoxRow *row)
{
  edge_window_show_page (self, gtk_widget_get_name (GTK_WIDGET (row)));
}

static void
problem_cb (EdgeWindow *self,
            const char *code,
            const char *message,
            const char *remedy)
{
  g_autofree char *text = NULL;

  if (edge_window_shows_problem (self, code))
    return;
  text = remedy != NULL && *remedy != '\0'
                          ? g_strdup_printf ("%s%s %s", message,
                                             g_str_has_suffix (message, ".") ? "" : ".", remedy)
                          : g_strdup (message);

  edge_window_show_toast (self, text);
}

static void
edge_window_constructed (GObject *object)
{
  EdgeWindow *self = EDGE_WINDOW (object);

  G_OBJECT_CLASS (edge_window_parent_class)->constructed (object);

  g_signal_connect_object (self->node, "notify::state", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->node, "notify::id", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->node, "notify::key-state", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->node, "problem", G_CALLBACK (problem_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->policy, "notify", G_CALLBACK (update_dials), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::suspended", G_CALLBACK (update_watched), NULL);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_changed_cb), NULL);
  g_signal_connect (self, "map", G_CALLBACK (update_watched), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (update_watched), NULL);

  g_settings_bind (self->settings, "window-width", self, "default-width",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized",
                   G_SETTINGS_BIND_DEFAULT);

  edge_window_add_actions (self);
  edge_window_watch_key (self);
  update_dials (self);
  update_stack (self);
  edge_window_show_page (self, "overview");
}

static void
edge_window_dispose (GObject *object)
{
  EdgeWindow *self = EDGE_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_WINDOW);
  g_clear_object (&self->node);
  g_clear_object (&self->policy);
  g_clear_object (&self->history);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (edge_window_parent_class)->dispose (object);
}

static void
edge_window_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  EdgeWindow *self = EDGE_WINDOW (object);

  switch ((EdgeWindowProperty) property_id)
    {
    case PROP_NODE:
      g_value_set_object (value, self->node);
      break;
    case PROP_POLICY:
      g_value_set_object (value, self->policy);
      break;
    case PROP_HISTORY:
      g_value_set_object (value, self->history);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_window_set_property (GObject      *object,
                          guint         property_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  EdgeWindow *self = EDGE_WINDOW (object);

  switch ((EdgeWindowProperty) property_id)
    {
    case PROP_NODE:
      self->node = g_value_dup_object (value);
      g_object_get (self->node, "policy", &self->policy, NULL);
      g_object_notify_by_pspec (object, properties[PROP_POLICY]);
      break;
    case PROP_HISTORY:
      self->history = g_value_dup_object (value);
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case PROP_POLICY:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_window_class_init (EdgeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = edge_window_constructed;
  object_class->dispose = edge_window_dispose;
  object_class->get_property = edge_window_get_property;
  object_class->set_property = edge_window_set_property;

  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, EDGE_TYPE_NODE, flags);
  properties[PROP_POLICY] = g_param_spec_object ("policy", NULL, NULL, EDGE_TYPE_POLICY,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HISTORY] = g_param_spec_object ("history", NULL, NULL, EDGE_TYPE_HISTORY, flags);
  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_DIAL);
  g_type_ensure (EDGE_TYPE_EARNINGS_PAGE);
  g_type_ensure (EDGE_TYPE_LEDGER_PAGE);
  g_type_ensure (EDGE_TYPE_OVERVIEW_PAGE);
  g_type_ensure (EDGE_TYPE_PEERS_PAGE);
  g_type_ensure (EDGE_TYPE_SEAL);
  g_type_ensure (EDGE_TYPE_WELCOME_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, EdgeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, EdgeWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, EdgeWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, EdgeWindow, page_list);
  gtk_widget_class_bind_template_child (widget_class, EdgeWindow, navigation);
  gtk_widget_class_bind_template_child (widget_class, EdgeWindow, key_banner);
  gtk_widget_class_bind_template_child (widget_class, EdgeWindow, sidebar_dial);
  gtk_widget_class_bind_template_child (widget_class, EdgeWindow, bar_dial);
  gtk_widget_class_bind_template_callback (widget_class, format_count);
  gtk_widget_class_bind_template_callback (widget_class, format_share);
  gtk_widget_class_bind_template_callback (widget_class, format_network);
  gtk_widget_class_bind_template_callback (widget_class, is_alone);
  gtk_widget_class_bind_template_callback (widget_class, format_pause_icon);
  gtk_widget_class_bind_template_callback (widget_class, format_pause_tooltip);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "sign_anyway_cb",
                                                G_CALLBACK (edge_window_ask_to_sign));
}

static void
edge_window_init (EdgeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * edge_window_new:
 * @application: the application
 * @node: what it shows
 * @history: what @node was like
 * @settings: the settings of the app
 *
 * Returns: (transfer none): the window, which the application keeps
 */
EdgeWindow *
edge_window_new (AdwApplication *application,
                 EdgeNode       *node,
                 EdgeHistory    *history,
                 GSettings      *settings)
{
  return g_object_new (EDGE_TYPE_WINDOW,
                       "application", application,
                       "node", node,
                       "history", history,
                       "settings", settings,
                       NULL);
}

/**
 * edge_window_show_page:
 * @self: a window
 * @page: the tag of a page: overview, peers, ledger or earnings
 */
void
edge_window_show_page (EdgeWindow *self,
                       const char *page)
{
  AdwNavigationPage *found;

  g_return_if_fail (EDGE_IS_WINDOW (self));
  g_return_if_fail (page != NULL);

  found = adw_navigation_view_find_page (ADW_NAVIGATION_VIEW (self->navigation), page);
  if (found == NULL)
    return;

  if (adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (self->navigation)) != found)
    adw_navigation_view_replace_with_tags (ADW_NAVIGATION_VIEW (self->navigation), &page, 1);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->split_view), TRUE);
  g_action_group_change_action_state (G_ACTION_GROUP (self), "page", g_variant_new_string (page));

  for (GtkWidget *row = gtk_widget_get_first_child (self->page_list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (!g_str_equal (gtk_widget_get_name (row), page))
        continue;

      gtk_list_box_select_row (GTK_LIST_BOX (self->page_list), GTK_LIST_BOX_ROW (row));
      if (gtk_widget_get_focus_child (self->page_list) != NULL)
        gtk_widget_grab_focus (row);
    }
}

/**
 * edge_window_show_error:
 * @self: a window
 * @title: what is wrong, translated
 * @description: what to do about it, translated
 *
 * Shows nothing else from now on.
 */
void
edge_window_show_error (EdgeWindow *self,
                        const char *title,
                        const char *description)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (EDGE_IS_WINDOW (self));

  escaped = g_markup_escape_text (description, -1);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->error_page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->error_page), escaped);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "error");
}

/**
 * edge_window_show_toast:
 * @self: a window
 * @text: plain text, translated
 */
void
edge_window_show_toast (EdgeWindow *self,
                        const char *text)
{
  AdwToast *toast;

  g_return_if_fail (EDGE_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  toast = edge_toast_new (text);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}
