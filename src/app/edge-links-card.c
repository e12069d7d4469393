/* edge-links-card.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-links-card.h"

#include "app/edge-format.h"
#include "app/edge-path-glyph.h"
#include "signaling/edge-signaling.h"

#include <glib/gi18n.h>

/**
 * EdgeLinksCard:
 *
 * By which paths people are linked, and what finds them.
 */

/* The card stays narrow; what is longer is cut, with the whole of it in the tooltip. */
#define MAX_CHARS 30

struct _EdgeLinksCard
{
  AdwBin       parent_instance;

  GtkWidget   *backends_box;

  EdgeNode    *node;
  EdgeHistory *history;
  GListModel  *backends;
};

typedef enum
{
  PROP_NODE = 1,
  PROP_HISTORY,
} EdgeLinksCardProperty;

static GParamSpec *properties[PROP_HISTORY + 1];

G_DEFINE_FINAL_TYPE (EdgeLinksCard, edge_links_card, ADW_TYPE_BIN)

static char *
format_count (EdgeLinksCard *self,
              guint          count)
{
  return g_strdup_printf ("%u", count);
}

static char *
dup_backend_name (EdgeSignaling *backend)
{
  const char *url = edge_signaling_get_url (backend);
  g_autoptr(GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;

  if (uri == NULL)
    return edge_format_found (edge_signaling_get_name (backend));

  if (g_uri_get_port (uri) > 0)
    return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));

  return g_strdup (g_uri_get_host (uri));
}

static const char *
describe_state (EdgeSignalingState state)
{
  switch (state)
    {
    case EDGE_SIGNALING_STATE_UP:
      return _("answers");
    case EDGE_SIGNALING_STATE_WAITING:
      return _("no answer, tries again");
    case EDGE_SIGNALING_STATE_REFUSED:
      return _("refuses us");
    case EDGE_SIGNALING_STATE_STOPPED:
    case EDGE_SIGNALING_STATE_CONNECTING:
    default:
      return _("connecting…");
    }
}

static GtkWidget *
make_line (const char *text,
           const char *tooltip)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  gtk_widget_set_tooltip_text (label, tooltip);

  return label;
}

static void
append_backend (EdgeLinksCard *self,
                EdgeSignaling *backend)
{
  EdgeSignalingState state = edge_signaling_get_state (backend);
  gboolean up = state == EDGE_SIGNALING_STATE_UP;
  gboolean failing = state == EDGE_SIGNALING_STATE_WAITING || state == EDGE_SIGNALING_STATE_REFUSED;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (up ? "object-select-symbolic"
                                                  : failing ? "dialog-warning-symbolic"
                                                  : "content-loading-symbolic");
  g_autofree char *name = dup_backend_name (backend);
  const char *words = describe_state (state);
  g_autofree char *detail = edge_signaling_dup_detail (backend);
  GtkWidget *answer = make_line (words, detail);

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_add_css_class (icon, up ? "accent" : failing ? "warning" : "dim-label");
  gtk_widget_add_css_class (answer, "dim-label");
  gtk_widget_add_css_class (answer, "caption");

  gtk_box_append (GTK_BOX (lines), make_line (name, edge_signaling_get_url (backend)));
  gtk_box_append (GTK_BOX (lines), answer);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), lines);
  gtk_box_append (GTK_BOX (self->backends_box), row);
}

static void
update_backends (EdgeLinksCard *self)
{
  guint n_backends = g_list_model_get_n_items (self->backends);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->backends_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->backends_box), child);
  for (guint i = 0; i < n_backends; i++)
    {
      g_autoptr(EdgeSignaling) backend = g_list_model_get_item (self->backends, i);

      append_backend (self, backend);
    }
  if (n_backends == 0)
    {
      GtkWidget *label = gtk_label_new (_("No relay is set"));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (self->backends_box), label);
    }
}

static void
backends_changed_cb (EdgeLinksCard *self,
                     guint             position,
                     guint             removed,
                     guint             added,
                     GListModel       *backends)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(EdgeSignaling) backend = g_list_model_get_item (backends, i);

      g_signal_connect_object (backend, "notify::state", G_CALLBACK (update_backends), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (backend, "notify::detail", G_CALLBACK (update_backends), self,
                               G_CONNECT_SWAPPED);
    }
  update_backends (self);
}

static void
set_node (EdgeLinksCard *self,
          EdgeNode      *node)
{
  if (node == NULL || !g_set_object (&self->node, node))
    return;

  g_object_get (node, "backends", &self->backends, NULL);
  g_signal_connect_object (self->backends, "items-changed", G_CALLBACK (backends_changed_cb), self,
                           G_CONNECT_SWAPPED);
  backends_changed_cb (self, 0, 0, g_list_model_get_n_items (self->backends), self->backends);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NODE]);
}

static void
edge_links_card_dispose (GObject *object)
{
  EdgeLinksCard *self = EDGE_LINKS_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_LINKS_CARD);
  g_clear_object (&self->node);
  g_clear_object (&self->history);
  g_clear_object (&self->backends);

  G_OBJECT_CLASS (edge_links_card_parent_class)->dispose (object);
}

static void
edge_links_card_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EdgeLinksCard *self = EDGE_LINKS_CARD (object);

  switch ((EdgeLinksCardProperty) property_id)
    {
    case PROP_NODE:
      g_value_set_object (value, self->node);
      break;
    case PROP_HISTORY:
      g_value_set_object (value, self->history);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_links_card_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  EdgeLinksCard *self = EDGE_LINKS_CARD (object);

  switch ((EdgeLinksCardProperty) property_id)
    {
    case PROP_NODE:
      set_node (self, g_value_get_object (value));
      break;
    case PROP_HISTORY:
      if (g_set_object (&self->history, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_links_card_class_init (EdgeLinksCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = edge_links_card_dispose;
  object_class->get_property = edge_links_card_get_property;
  object_class->set_property = edge_links_card_set_property;

  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, EDGE_TYPE_NODE, flags);
  properties[PROP_HISTORY] = g_param_spec_object ("history", NULL, NULL, EDGE_TYPE_HISTORY, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_PATH_GLYPH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-links-card.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeLinksCard, backends_box);
  gtk_widget_class_bind_template_callback (widget_class, format_count);
}

static void
edge_links_card_init (EdgeLinksCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
