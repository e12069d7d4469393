/* edge-closer.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-closer.h"

/**
 * EdgeCloser:
 *
 * One of those who close the book, and whether it is awake.
 */

struct _EdgeCloser
{
  GObject   parent_instance;

  char     *id;
  char     *name;
  gint64    since;
  gint64    heard;
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
} EdgeCloserProperty;

static GParamSpec *properties[PROP_SINCE + 1];

G_DEFINE_FINAL_TYPE (EdgeCloser, edge_closer, G_TYPE_OBJECT)

static void
edge_closer_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  EdgeCloser *self = EDGE_CLOSER (object);

  switch ((EdgeCloserProperty) property_id)
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
edge_closer_finalize (GObject *object)
{
  EdgeCloser *self = EDGE_CLOSER (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (edge_closer_parent_class)->finalize (object);
}

static void
edge_closer_class_init (EdgeCloserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_closer_get_property;
  object_class->finalize = edge_closer_finalize;

  /* Described in edge-closer.h. */
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_YOU] = g_param_spec_boolean ("you", NULL, NULL, FALSE, flags);
  properties[PROP_AWAKE] = g_param_spec_boolean ("awake", NULL, NULL, FALSE, flags);
  properties[PROP_SINCE] = g_param_spec_int64 ("since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_closer_init (EdgeCloser *self)
{
}

/**
 * edge_closer_new:
 * @id: its key
 * @you: whether it is this computer
 *
 * Returns: (transfer full): a validator that was not seen yet
 */
EdgeCloser *
edge_closer_new (const char *id,
                    gboolean    you)
{
  EdgeCloser *self = g_object_new (EDGE_TYPE_CLOSER, NULL);

  self->id = g_strdup (id);
  self->you = you;
  return self;
}

const char *
edge_closer_get_id (EdgeCloser *self)
{
  g_return_val_if_fail (EDGE_IS_CLOSER (self), NULL);

  return self->id;
}

const char *
edge_closer_get_name (EdgeCloser *self)
{
  g_return_val_if_fail (EDGE_IS_CLOSER (self), NULL);

  return self->name;
}

gboolean
edge_closer_get_you (EdgeCloser *self)
{
  g_return_val_if_fail (EDGE_IS_CLOSER (self), FALSE);

  return self->you;
}

gboolean
edge_closer_get_awake (EdgeCloser *self)
{
  g_return_val_if_fail (EDGE_IS_CLOSER (self), FALSE);

  return self->awake;
}

gint64
edge_closer_get_since (EdgeCloser *self)
{
  g_return_val_if_fail (EDGE_IS_CLOSER (self), 0);

  return self->since;
}

gint64
edge_closer_get_heard (EdgeCloser *self)
{
  g_return_val_if_fail (EDGE_IS_CLOSER (self), 0);

  return self->heard;
}

/**
 * edge_closer_set_heard:
 * @self: a validator
 * @heard: wall clock in ms: when a note of its was seen last
 */
void
edge_closer_set_heard (EdgeCloser *self,
                          gint64         heard)
{
  g_return_if_fail (EDGE_IS_CLOSER (self));

  self->heard = heard;
}

/**
 * edge_closer_set_name:
 * @self: a validator
 * @name: (nullable): what it calls itself
 */
void
edge_closer_set_name (EdgeCloser *self,
                         const char    *name)
{
  g_return_if_fail (EDGE_IS_CLOSER (self));

  if (g_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/**
 * edge_closer_set_awake:
 * @self: a validator
 * @awake: whether it is awake
 * @since: since when that is so, or 0 when it is not known
 */
void
edge_closer_set_awake (EdgeCloser *self,
                          gboolean       awake,
                          gint64         since)
{
  g_return_if_fail (EDGE_IS_CLOSER (self));

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
