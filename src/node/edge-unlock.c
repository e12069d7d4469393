/* edge-unlock.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-unlock.h"

/**
 * EdgeUnlock:
 *
 * An amount of an account that becomes free at a time.
 */

struct _EdgeUnlock
{
  GObject  parent_instance;

  guint64  time;
  guint64  amount;
  gboolean leaving;
};

typedef enum
{
  PROP_TIME = 1,
  PROP_AMOUNT,
  PROP_LEAVING,
} EdgeUnlockProperty;

static GParamSpec *properties[PROP_LEAVING + 1];

G_DEFINE_FINAL_TYPE (EdgeUnlock, edge_unlock, G_TYPE_OBJECT)

static void
edge_unlock_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  EdgeUnlock *self = EDGE_UNLOCK (object);

  switch ((EdgeUnlockProperty) property_id)
    {
    case PROP_TIME:
      g_value_set_uint64 (value, self->time);
      break;
    case PROP_AMOUNT:
      g_value_set_uint64 (value, self->amount);
      break;
    case PROP_LEAVING:
      g_value_set_boolean (value, self->leaving);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_unlock_class_init (EdgeUnlockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = edge_unlock_get_property;

  properties[PROP_TIME] = g_param_spec_uint64 ("time", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_AMOUNT] = g_param_spec_uint64 ("amount", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_LEAVING] = g_param_spec_boolean ("leaving", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_unlock_init (EdgeUnlock *self)
{
}

/**
 * edge_unlock_new:
 * @time: when it becomes free, in milliseconds
 * @amount: nano-credits
 * @leaving: whether it comes out of the stake
 *
 * Returns: (transfer full): what is to become free
 */
EdgeUnlock *
edge_unlock_new (guint64  time,
                 guint64  amount,
                 gboolean leaving)
{
  EdgeUnlock *self = g_object_new (EDGE_TYPE_UNLOCK, NULL);

  self->time = time;
  self->amount = amount;
  self->leaving = leaving;
  return self;
}

gboolean
edge_unlock_equal (EdgeUnlock *self,
                   EdgeUnlock *other)
{
  return self->time == other->time && self->amount == other->amount &&
         self->leaving == other->leaving;
}
