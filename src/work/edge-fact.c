/* edge-fact.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "work/edge-fact.h"

/**
 * EdgeFact:
 *
 * One thing that is so, in two or three words, for a chip. It never changes.
 */

struct _EdgeFact
{
  GObject   parent_instance;

  char     *icon_name;
  char     *label;
  gboolean  deciding;
  gboolean  hindering;
};

typedef enum
{
  PROP_ICON_NAME = 1,
  PROP_LABEL,
  PROP_DECIDING,
  PROP_HINDERING,
} EdgeFactProperty;

static GParamSpec *properties[PROP_HINDERING + 1];

G_DEFINE_FINAL_TYPE (EdgeFact, edge_fact, G_TYPE_OBJECT)

static void
edge_fact_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  EdgeFact *self = EDGE_FACT (object);

  switch ((EdgeFactProperty) property_id)
    {
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_DECIDING:
      g_value_set_boolean (value, self->deciding);
      break;
    case PROP_HINDERING:
      g_value_set_boolean (value, self->hindering);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_fact_finalize (GObject *object)
{
  EdgeFact *self = EDGE_FACT (object);

  g_clear_pointer (&self->icon_name, g_free);
  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (edge_fact_parent_class)->finalize (object);
}

static void
edge_fact_class_init (EdgeFactClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = edge_fact_get_property;
  object_class->finalize = edge_fact_finalize;

  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  /**
   * EdgeFact:deciding:
   *
   * Whether it is the one that decided.
   */
  properties[PROP_DECIDING] = g_param_spec_boolean ("deciding", NULL, NULL, FALSE, flags);
  /**
   * EdgeFact:hindering:
   *
   * Whether it is in the way of contributing.
   */
  properties[PROP_HINDERING] = g_param_spec_boolean ("hindering", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_fact_init (EdgeFact *self)
{
}

EdgeFact *
edge_fact_new (const char *icon_name,
               const char *label,
               gboolean    deciding,
               gboolean    hindering)
{
  EdgeFact *self = g_object_new (EDGE_TYPE_FACT, NULL);

  self->icon_name = g_strdup (icon_name);
  self->label = g_strdup (label);
  self->deciding = deciding;
  self->hindering = hindering;
  return self;
}

const char *
edge_fact_get_icon_name (EdgeFact *self)
{
  g_return_val_if_fail (EDGE_IS_FACT (self), NULL);

  return self->icon_name;
}

const char *
edge_fact_get_label (EdgeFact *self)
{
  g_return_val_if_fail (EDGE_IS_FACT (self), NULL);

  return self->label;
}

gboolean
edge_fact_get_deciding (EdgeFact *self)
{
  g_return_val_if_fail (EDGE_IS_FACT (self), FALSE);

  return self->deciding;
}

gboolean
edge_fact_get_hindering (EdgeFact *self)
{
  g_return_val_if_fail (EDGE_IS_FACT (self), FALSE);

  return self->hindering;
}

gboolean
edge_fact_equal (EdgeFact *a,
                 EdgeFact *b)
{
  return g_str_equal (a->icon_name, b->icon_name) && g_str_equal (a->label, b->label) &&
         a->deciding == b->deciding && a->hindering == b->hindering;
}
