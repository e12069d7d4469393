/* edge-validator.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-validator.h"

/**
 * EdgeValidator:
 *
 * One of those who close the book, and whether it is awake.
 */

struct _EdgeValidator
{
  GObject   parent_instance;

  char     *id;
  char     *name;
  gint64    since;
  gboolean  you;
  gboolean  awake;
};

typedef enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_YOU,
  PROP_AWAKE,
  PROP_SINCE,
} EdgeValidatorProperty;

static GParamSpec *properties[PROP_SINCE + 1];

G_DEFINE_FINAL_TYPE (EdgeValidator, edge_validator, G_TYPE_OBJECT)

static void
edge_validator_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  EdgeValidator *self = EDGE_VALIDATOR (object);

  switch ((EdgeValidatorProperty) property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_YOU:
      g_value_set_boolean (value, self->you);
      break;
    case PROP_AWAKE:
      g_value_set_boolean (value, self->awake);
      break;
    case PROP_SINCE:
      g_value_set_int64 (value, self->since);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_validator_finalize (GObject *object)
{
  EdgeValidator *self = EDGE_VALIDATOR (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (edge_validator_parent_class)->finalize (object);
}

static void
edge_validator_class_init (EdgeValidatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_validator_get_property;
  object_class->finalize = edge_validator_finalize;

  /* Described in edge-validator.h. */
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_YOU] = g_param_spec_boolean ("you", NULL, NULL, FALSE, flags);
  properties[PROP_AWAKE] = g_param_spec_boolean ("awake", NULL, NULL, FALSE, flags);
  properties[PROP_SINCE] = g_param_spec_int64 ("since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_validator_init (EdgeValidator *self)
{
}

/**
 * edge_validator_new:
 * @id: its key
 * @you: whether it is this computer
 *
 * Returns: (transfer full): a validator that was not seen yet
 */
EdgeValidator *
edge_validator_new (const char *id,
                    gboolean    you)
{
  EdgeValidator *self = g_object_new (EDGE_TYPE_VALIDATOR, NULL);

  self->id = g_strdup (id);
  self->you = you;
  return self;
}

const char *
edge_validator_get_id (EdgeValidator *self)
{
  g_return_val_if_fail (EDGE_IS_VALIDATOR (self), NULL);

  return self->id;
}

const char *
edge_validator_get_name (EdgeValidator *self)
{
  g_return_val_if_fail (EDGE_IS_VALIDATOR (self), NULL);

  return self->name;
}

gboolean
edge_validator_get_you (EdgeValidator *self)
{
  g_return_val_if_fail (EDGE_IS_VALIDATOR (self), FALSE);

  return self->you;
}

gboolean
edge_validator_get_awake (EdgeValidator *self)
{
  g_return_val_if_fail (EDGE_IS_VALIDATOR (self), FALSE);

  return self->awake;
}

gint64
edge_validator_get_since (EdgeValidator *self)
{
  g_return_val_if_fail (EDGE_IS_VALIDATOR (self), 0);

  return self->since;
}

/**
 * edge_validator_set_name:
 * @self: a validator
 * @name: (nullable): what it calls itself
 */
void
edge_validator_set_name (EdgeValidator *self,
                         const char    *name)
{
  g_return_if_fail (EDGE_IS_VALIDATOR (self));

  if (g_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/**
 * edge_validator_set_awake:
 * @self: a validator
 * @awake: whether it is awake
 * @since: since when that is so, or 0 when it is not known
 */
void
edge_validator_set_awake (EdgeValidator *self,
                          gboolean       awake,
                          gint64         since)
{
  g_return_if_fail (EDGE_IS_VALIDATOR (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (self->awake != awake)
    {
      self->awake = awake;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AWAKE]);
    }
  if (self->since != since)
    {
      self->since = since;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SINCE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}
