/* edge-multiplier-card.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-multiplier-card.h"

#include "app/edge-curve.h"

#include <glib/gi18n.h>

/**
 * EdgeMultiplierCard:
 *
 * The multiplier in small. It is there only where there is a bonus to speak of.
 */

struct _EdgeMultiplierCard
{
  AdwBin     parent_instance;

  GtkWidget *figure;
  GtkWidget *curve;
};

G_DEFINE_FINAL_TYPE (EdgeMultiplierCard, edge_multiplier_card, ADW_TYPE_BIN)

static void
edge_multiplier_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_MULTIPLIER_CARD);

  G_OBJECT_CLASS (edge_multiplier_card_parent_class)->dispose (object);
}

static void
edge_multiplier_card_class_init (EdgeMultiplierCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = edge_multiplier_card_dispose;

  g_type_ensure (EDGE_TYPE_CURVE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-multiplier-card.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeMultiplierCard, figure);
  gtk_widget_class_bind_template_child (widget_class, EdgeMultiplierCard, curve);
}

static void
edge_multiplier_card_init (EdgeMultiplierCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * edge_multiplier_card_set_figures:
 * @self: a card
 * @figures: of the ledger
 */
void
edge_multiplier_card_set_figures (EdgeMultiplierCard    *self,
                                  const EdgeBookFigures *figures)
{
  g_autofree char *value = NULL;
  gboolean bonus;

  g_return_if_fail (EDGE_IS_MULTIPLIER_CARD (self));

  bonus = figures->ready && figures->max_bonus > 1;
  gtk_widget_set_visible (GTK_WIDGET (self), bonus);
  if (!bonus)
    return;

  value = edge_curve_format_value (figures->multiplier);
  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (self->figure)), value) != 0)
    gtk_label_set_label (GTK_LABEL (self->figure), value);
  edge_curve_set_figures (EDGE_CURVE (self->curve), figures->multiplier, figures->cpu_hours,
                          figures->decay_cpu_hours, figures->max_bonus);
}
