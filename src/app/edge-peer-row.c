/* edge-peer-row.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-peer-row.h"

#include "app/edge-format-closures.h"
#include "app/edge-path-chip.h"
#include "app/edge-seal.h"
#include "app/edge-sparkline.h"

/**
 * EdgePeerRow:
 *
 * A peer in the list for narrow windows: seal, name over path, latency over its line.
 */

struct _EdgePeerRow
{
  GtkWidget  parent_instance;

  EdgePeer *peer;
};

typedef enum
{
  PROP_PEER = 1,
} EdgePeerRowProperty;

static GParamSpec *properties[PROP_PEER + 1];

G_DEFINE_FINAL_TYPE (EdgePeerRow, edge_peer_row, GTK_TYPE_WIDGET)

static void
edge_peer_row_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  EdgePeerRow *self = EDGE_PEER_ROW (object);

  switch ((EdgePeerRowProperty) property_id)
    {
    case PROP_PEER:
      g_value_set_object (value, self->peer);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_peer_row_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  EdgePeerRow *self = EDGE_PEER_ROW (object);

  switch ((EdgePeerRowProperty) property_id)
    {
    case PROP_PEER:
      edge_peer_row_set_peer (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_peer_row_dispose (GObject *object)
{
  EdgePeerRow *self = EDGE_PEER_ROW (object);
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_PEER_ROW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->peer);

  G_OBJECT_CLASS (edge_peer_row_parent_class)->dispose (object);
}

static void
edge_peer_row_class_init (EdgePeerRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = edge_peer_row_get_property;
  object_class->set_property = edge_peer_row_set_property;
  object_class->dispose = edge_peer_row_dispose;

  properties[PROP_PEER] = g_param_spec_object ("peer", NULL, NULL, EDGE_TYPE_PEER,
                                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                         G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_PEER);
  g_type_ensure (EDGE_TYPE_PATH_CHIP);
  g_type_ensure (EDGE_TYPE_SEAL);
  g_type_ensure (EDGE_TYPE_SPARKLINE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/edgenet/EdgeNet/edge-peer-row.ui");
  edge_format_bind (widget_class);
}

static void
edge_peer_row_init (EdgePeerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
edge_peer_row_new (EdgePeer *peer)
{
  return g_object_new (EDGE_TYPE_PEER_ROW, "peer", peer, NULL);
}

EdgePeer *
edge_peer_row_get_peer (EdgePeerRow *self)
{
  g_return_val_if_fail (EDGE_IS_PEER_ROW (self), NULL);

  return self->peer;
}

void
edge_peer_row_set_peer (EdgePeerRow *self,
                        EdgePeer    *peer)
{
  g_return_if_fail (EDGE_IS_PEER_ROW (self));
  g_return_if_fail (peer == NULL || EDGE_IS_PEER (peer));

  if (g_set_object (&self->peer, peer))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PEER]);
}
