/* edge-path-chip.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-path-chip.h"

#include "app/edge-format-closures.h"
#include "app/edge-path-glyph.h"

/**
 * EdgePathChip:
 *
 * The path of a link as a chip: its sign and its word, or what is under way.
 */

struct _EdgePathChip
{
  GtkWidget  parent_instance;

  EdgePeer *peer;
};

typedef enum
{
  PROP_PEER = 1,
} EdgePathChipProperty;

static GParamSpec *properties[PROP_PEER + 1];

G_DEFINE_FINAL_TYPE (EdgePathChip, edge_path_chip, GTK_TYPE_WIDGET)

/* The sign of a path is for links that are up. */
static EdgePeerPath
shown_path (EdgePathChip  *self,
            EdgePeerPath   path,
            EdgePeerState  state)
{
  return state == EDGE_PEER_STATE_CONNECTED ? path : EDGE_PEER_PATH_NONE;
}

static void
edge_path_chip_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  EdgePathChip *self = EDGE_PATH_CHIP (object);

  switch ((EdgePathChipProperty) property_id)
    {
    case PROP_PEER:
      g_value_set_object (value, self->peer);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_path_chip_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  EdgePathChip *self = EDGE_PATH_CHIP (object);

  switch ((EdgePathChipProperty) property_id)
    {
    case PROP_PEER:
      edge_path_chip_set_peer (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_path_chip_dispose (GObject *object)
{
  EdgePathChip *self = EDGE_PATH_CHIP (object);
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_PATH_CHIP);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->peer);

  G_OBJECT_CLASS (edge_path_chip_parent_class)->dispose (object);
}

static void
edge_path_chip_class_init (EdgePathChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = edge_path_chip_get_property;
  object_class->set_property = edge_path_chip_set_property;
  object_class->dispose = edge_path_chip_dispose;

  properties[PROP_PEER] = g_param_spec_object ("peer", NULL, NULL, EDGE_TYPE_PEER,
                                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                         G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_PEER);
  g_type_ensure (EDGE_TYPE_PATH_GLYPH);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/edgenet/EdgeNet/edge-path-chip.ui");
  gtk_widget_class_bind_template_callback (widget_class, shown_path);
  edge_format_bind (widget_class);
}

static void
edge_path_chip_init (EdgePathChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
edge_path_chip_new (EdgePeer *peer)
{
  return g_object_new (EDGE_TYPE_PATH_CHIP, "peer", peer, NULL);
}

EdgePeer *
edge_path_chip_get_peer (EdgePathChip *self)
{
  g_return_val_if_fail (EDGE_IS_PATH_CHIP (self), NULL);

  return self->peer;
}

void
edge_path_chip_set_peer (EdgePathChip *self,
                         EdgePeer     *peer)
{
  g_return_if_fail (EDGE_IS_PATH_CHIP (self));
  g_return_if_fail (peer == NULL || EDGE_IS_PEER (peer));

  if (g_set_object (&self->peer, peer))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PEER]);
}
