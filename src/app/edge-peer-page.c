/* edge-peer-page.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-peer-page.h"

#include "config.h"

#include "app/edge-chip.h"
#include "app/edge-format-closures.h"
#include "app/edge-format.h"
#include "app/edge-path-chip.h"
#include "app/edge-plot.h"
#include "app/edge-seal.h"
#include "app/edge-words-grid.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/**
 * EdgePeerPage:
 *
 * All that is known of one peer, and what can be done about it.
 *
 * Message, disconnect and block are the window's actions `win.message-peer`,
 * `win.disconnect-peer` and `win.block-peer` with the peer's id.
 */

struct _EdgePeerPage
{
  AdwNavigationPage parent_instance;

  GtkWidget        *chips_box;
  GtkWidget        *content_box;
  GtkWidget        *details_box;
  GtkWidget        *figures_box;
  GtkWidget        *found_label;
  GtkWidget        *head_box;
  GtkWidget        *menu_button;
  GtkWidget        *message_button;
  GtkWidget        *message_content;
  GtkWidget        *name_label;
  GtkWidget        *plot_stack;
  GtkWidget        *summary_label;
  GtkWidget        *trips_view;

  EdgePeer         *peer;
  GtkStringList    *trips;
  gboolean          narrow;
};

typedef enum
{
  PROP_PEER = 1,
  PROP_SUMMARY,
  PROP_SEAL_WORDS,
  PROP_NARROW,
} EdgePeerPageProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (EdgePeerPage, edge_peer_page, ADW_TYPE_NAVIGATION_PAGE)

static char *
format_found_line (EdgePeerPage *self,
                   const char   *found,
                   gint64        since,
                   double        latency)
{
  g_autofree char *where = edge_format_found (found);
  g_autofree char *duration = NULL;

  /* The latency is no part of the line; each new one lets the duration go on. */
  if (since <= 0)
    return g_strdup_printf (_("%s · not linked"), where);

  duration = edge_format_duration (g_get_real_time () / 1000 - since);
  /* Translators: how a peer was found and for how long it is linked */
  return g_strdup_printf (_("%s · linked for %s"), where, duration);
}

static char *
format_link_rate_figure (EdgePeerPage  *self,
                         double         rate,
                         EdgePeerState  state)
{
  return edge_format_rate_figure (state == EDGE_PEER_STATE_CONNECTED ? rate : NAN);
}

static char *
format_link_rate_unit (EdgePeerPage  *self,
                       double         rate,
                       EdgePeerState  state)
{
  return edge_format_rate_unit (state == EDGE_PEER_STATE_CONNECTED ? rate : NAN);
}

static char *
plot_child (EdgePeerPage *self,
            gboolean      table)
{
  return g_strdup (table ? "table" : "plot");
}

static gboolean
has_ends (EdgePeerPage *self,
          const char   *route)
{
  return route != NULL && strstr (route, " ↔ ") != NULL;
}

static char *
our_end (EdgePeerPage *self,
         const char   *route)
{
  return edge_format_route_end (route, FALSE);
}

static char *
their_end (EdgePeerPage *self,
           const char   *route)
{
  return edge_format_route_end (route, TRUE);
}

static char *
our_kind (EdgePeerPage *self,
          const char   *route)
{
  return edge_format_route_kind (route, FALSE);
}

static char *
their_kind (EdgePeerPage *self,
            const char   *route)
{
  return edge_format_route_kind (route, TRUE);
}

static char *
path_words (EdgePeerPage *self,
            EdgePeerPath  path)
{
  switch (path)
    {
    case EDGE_PEER_PATH_DIRECT:
      return g_strdup (_("Direct, from computer to computer"));
    case EDGE_PEER_PATH_TURN:
      return g_strdup (_("Through a TURN server"));
    case EDGE_PEER_PATH_RELAYED:
      return g_strdup (_("Through the relay"));
    case EDGE_PEER_PATH_NONE:
    default:
      return g_strdup (_("No link now"));
    }
}

static char *
path_details (EdgePeerPage *self,
              EdgePeerPath  path)
{
  switch (path)
    {
    case EDGE_PEER_PATH_DIRECT:
      return g_strdup (_("Encrypted by DTLS with the certificate that the key signed"));
    case EDGE_PEER_PATH_TURN:
      return g_strdup (_("The server passes packets on and can't read them"));
    case EDGE_PEER_PATH_RELAYED:
      return g_strdup (_("Sealed from end to end; a direct path is tried again by itself"));
    case EDGE_PEER_PATH_NONE:
    default:
      return g_strdup (_("Linking is tried again by itself"));
    }
}

static void
copy_key_cb (EdgePeerPage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          edge_peer_get_id (self->peer));
}

/* The table twin of the plot, newest first; only while it is looked at. */
static void
fill_table (EdgePeerPage *self)
{
  EdgeTimeSeries *series = edge_peer_get_latency_series (self->peer);
  guint n = edge_time_series_get_length (series);
  g_autoptr(GStrvBuilder) lines = g_strv_builder_new ();
  g_auto(GStrv) strings = NULL;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->plot_stack)), "table") != 0)
    return;

  for (guint i = n; i-- > 0; )
    {
      double value = edge_time_series_get_value (series, i);
      gint64 age = (edge_time_series_get_time (series, n - 1) -
                    edge_time_series_get_time (series, i)) / G_TIME_SPAN_MILLISECOND;
      g_autofree char *when = edge_format_ago (1, 1 + age);
      g_autofree char *trip = isnan (value) ? g_strdup (_("lost")) : edge_format_ms (value);

      /* Translators: a row of the table of round trips: "22 ms, 12 s ago" */
      g_strv_builder_take (lines, g_strdup_printf (_("%s, %s"), trip, when));
    }
  strings = g_strv_builder_end (lines);
  gtk_string_list_splice (self->trips, 0, g_list_model_get_n_items (G_LIST_MODEL (self->trips)),
                          (const char * const *) strings);
}

static void
series_changed_cb (EdgePeerPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
  fill_table (self);
}

static GMenuModel *
create_menu (EdgePeerPage *self)
{
  const char *id = edge_peer_get_id (self->peer);
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenuItem) disconnect = g_menu_item_new (_("_Disconnect"), NULL);
  g_autoptr(GMenuItem) block = g_menu_item_new (_("_Block…"), NULL);

  g_menu_item_set_action_and_target (disconnect, "win.disconnect-peer", "s", id);
  g_menu_item_set_action_and_target (block, "win.block-peer", "s", id);
  g_menu_append_item (menu, disconnect);
  g_menu_append_item (menu, block);
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
set_peer (EdgePeerPage *self,
          EdgePeer     *peer)
{
  g_autoptr(GMenuModel) menu = NULL;

  g_return_if_fail (EDGE_IS_PEER (peer));

  self->peer = g_object_ref (peer);
  g_signal_connect_object (edge_peer_get_latency_series (peer), "changed",
                           G_CALLBACK (series_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->message_button), "s",
                                    edge_peer_get_id (peer));
  menu = create_menu (self);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), menu);
}

static void
set_narrow (EdgePeerPage *self,
            gboolean      narrow)
{
  int margin = narrow ? 12 : 24;

  self->narrow = narrow;
  gtk_widget_set_margin_start (self->content_box, margin);
  gtk_widget_set_margin_end (self->content_box, margin);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head_box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->head_box), narrow ? 12 : 28);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->details_box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (GTK_BOX (self->details_box), !narrow);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->figures_box), narrow ? 2 : 4);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->figures_box), narrow ? 2 : 4);
  gtk_widget_set_visible (self->summary_label, !narrow);
  gtk_label_set_xalign (GTK_LABEL (self->name_label), narrow ? .5 : 0);
  gtk_label_set_justify (GTK_LABEL (self->name_label),
                         narrow ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_LEFT);
  gtk_label_set_xalign (GTK_LABEL (self->found_label), narrow ? .5 : 0);
  adw_wrap_box_set_align (ADW_WRAP_BOX (self->chips_box), narrow ? .5 : 0);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (self->message_content),
                                narrow ? "" : _("_Message"));
}

static void
edge_peer_page_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  EdgePeerPage *self = EDGE_PEER_PAGE (object);

  switch ((EdgePeerPageProperty) property_id)
    {
    case PROP_PEER:
      g_value_set_object (value, self->peer);
      break;
    case PROP_SUMMARY:
      if (self->peer != NULL)
        g_value_take_string (value,
                             edge_format_series_summary (edge_peer_get_latency_series (self->peer)));
      break;
    case PROP_SEAL_WORDS:
      if (self->peer != NULL)
        {
          g_autofree char *words = NULL;
          EdgeSealBits bits;

          edge_seal_bits_from_key (&bits, edge_peer_get_id (self->peer));
          words = edge_seal_bits_to_words (&bits);
          /* Translators: %s is the picture of a key in words */
          g_value_take_string (value, g_strdup_printf (_("Read these aloud to each other: the "
                                                         "same words mean the same key. The "
                                                         "picture says %s."), words));
        }
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_peer_page_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  EdgePeerPage *self = EDGE_PEER_PAGE (object);

  switch ((EdgePeerPageProperty) property_id)
    {
    case PROP_PEER:
      set_peer (self, g_value_get_object (value));
      g_object_notify_by_pspec (object, pspec);
      g_object_notify_by_pspec (object, properties[PROP_SUMMARY]);
      g_object_notify_by_pspec (object, properties[PROP_SEAL_WORDS]);
      break;
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        break;
      set_narrow (self, g_value_get_boolean (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SUMMARY:
    case PROP_SEAL_WORDS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

/* The view brings the keyboard here before anything on the page can take it, and so it stays behind. */
static gboolean
take_focus_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if ((focus != NULL && gtk_widget_is_ancestor (focus, widget)) ||
      gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD))
    return G_SOURCE_REMOVE;
  return G_SOURCE_CONTINUE;
}

static void
edge_peer_page_shown (AdwNavigationPage *page)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (page), take_focus_cb, NULL, NULL);
}

static void
edge_peer_page_dispose (GObject *object)
{
  EdgePeerPage *self = EDGE_PEER_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_PEER_PAGE);
  g_clear_object (&self->peer);
  g_clear_object (&self->trips);

  G_OBJECT_CLASS (edge_peer_page_parent_class)->dispose (object);
}

static void
edge_peer_page_class_init (EdgePeerPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_peer_page_get_property;
  object_class->set_property = edge_peer_page_set_property;
  object_class->dispose = edge_peer_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = edge_peer_page_shown;

  properties[PROP_PEER] = g_param_spec_object ("peer", NULL, NULL, EDGE_TYPE_PEER,
                                               r | G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, r);
  properties[PROP_SEAL_WORDS] = g_param_spec_string ("seal-words", NULL, NULL, NULL, r);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  r | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_CHIP);
  g_type_ensure (EDGE_TYPE_PATH_CHIP);
  g_type_ensure (EDGE_TYPE_PLOT);
  g_type_ensure (EDGE_TYPE_SEAL);
  g_type_ensure (EDGE_TYPE_WORDS_GRID);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-peer-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgePeerPage, chips_box);
  gtk_widget_class_bind_template_child (widget_class, EdgePeerPage, content_box);
  gtk_widget_class_bind_template_child (widget_class, EdgePeerPage, details_box);
  gtk_widget_class_bind_template_child (widget_class, EdgePeerPage, figures_box);
  gtk_widget_class_bind_template_child (widget_class, EdgePeerPage, found_label);
  gtk_widget_class_bind_template_child (widget_class, EdgePeerPage, head_box);
  gtk_widget_class_bind_template_child (widget_class, EdgePeerPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, EdgePeerPage, message_button);
  gtk_widget_class_bind_template_child (widget_class, EdgePeerPage, message_content);
  gtk_widget_class_bind_template_child (widget_class, EdgePeerPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, EdgePeerPage, plot_stack);
  gtk_widget_class_bind_template_child (widget_class, EdgePeerPage, summary_label);
  gtk_widget_class_bind_template_child (widget_class, EdgePeerPage, trips_view);
  gtk_widget_class_bind_template_callback (widget_class, format_found_line);
  gtk_widget_class_bind_template_callback (widget_class, format_link_rate_figure);
  gtk_widget_class_bind_template_callback (widget_class, format_link_rate_unit);
  gtk_widget_class_bind_template_callback (widget_class, plot_child);
  gtk_widget_class_bind_template_callback (widget_class, has_ends);
  gtk_widget_class_bind_template_callback (widget_class, our_end);
  gtk_widget_class_bind_template_callback (widget_class, their_end);
  gtk_widget_class_bind_template_callback (widget_class, our_kind);
  gtk_widget_class_bind_template_callback (widget_class, their_kind);
  gtk_widget_class_bind_template_callback (widget_class, path_words);
  gtk_widget_class_bind_template_callback (widget_class, path_details);
  gtk_widget_class_bind_template_callback (widget_class, copy_key_cb);
  edge_format_bind (widget_class);
}

static void
edge_peer_page_init (EdgePeerPage *self)
{
  GtkSelectionModel *selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->trips = gtk_string_list_new (NULL);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->trips))));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->trips_view), selection);
  g_object_unref (selection);
  g_signal_connect_object (self->plot_stack, "notify::visible-child-name", G_CALLBACK (fill_table),
                           self, G_CONNECT_SWAPPED);
  set_narrow (self, FALSE);
}

GtkWidget *
edge_peer_page_new (EdgePeer *peer)
{
  return g_object_new (EDGE_TYPE_PEER_PAGE, "peer", peer, NULL);
}

EdgePeer *
edge_peer_page_get_peer (EdgePeerPage *self)
{
  g_return_val_if_fail (EDGE_IS_PEER_PAGE (self), NULL);

  return self->peer;
}
