/* edge-policy-change.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "work/edge-policy-change.h"

/**
 * EdgePolicyChange:
 *
 * One line of the policy's log: when, how much from then on, and why.
 */

struct _EdgePolicyChange
{
  GObject           parent_instance;

  gint64            time;
  double            share;
  EdgePolicyReason  reason;
  char             *text;
};

typedef enum
{
  PROP_TIME = 1,
  PROP_SHARE,
  PROP_REASON,
  PROP_TEXT,
} EdgePolicyChangeProperty;

static GParamSpec *properties[PROP_TEXT + 1];

G_DEFINE_FINAL_TYPE (EdgePolicyChange, edge_policy_change, G_TYPE_OBJECT)

static void
edge_policy_change_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EdgePolicyChange *self = EDGE_POLICY_CHANGE (object);

  switch ((EdgePolicyChangeProperty) property_id)
    {
    case PROP_TIME:
      g_value_set_int64 (value, self->time);
      break;
    case PROP_SHARE:
      g_value_set_double (value, self->share);
      break;
    case PROP_REASON:
      g_value_set_enum (value, self->reason);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_policy_change_finalize (GObject *object)
{
  EdgePolicyChange *self = EDGE_POLICY_CHANGE (object);

  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (edge_policy_change_parent_class)->finalize (object);
}

static void
edge_policy_change_class_init (EdgePolicyChangeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = edge_policy_change_get_property;
  object_class->finalize = edge_policy_change_finalize;

  /**
   * EdgePolicyChange:time:
   *
   * Wall clock in milliseconds.
   */
  properties[PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_REASON] = g_param_spec_enum ("reason", NULL, NULL, EDGE_TYPE_POLICY_REASON,
                                               EDGE_POLICY_REASON_HERE, flags);
  /**
   * EdgePolicyChange:text:
   *
   * The headline of that moment.
   */
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_policy_change_init (EdgePolicyChange *self)
{
}

EdgePolicyChange *
edge_policy_change_new (gint64            time,
                        double            share,
                        EdgePolicyReason  reason,
                        const char       *text)
{
  EdgePolicyChange *self = g_object_new (EDGE_TYPE_POLICY_CHANGE, NULL);

  self->time = time;
  self->share = share;
  self->reason = reason;
  self->text = g_strdup (text);
  return self;
}

gint64
edge_policy_change_get_time (EdgePolicyChange *self)
{
  g_return_val_if_fail (EDGE_IS_POLICY_CHANGE (self), 0);

  return self->time;
}

double
edge_policy_change_get_share (EdgePolicyChange *self)
{
  g_return_val_if_fail (EDGE_IS_POLICY_CHANGE (self), 0);

  return self->share;
}

EdgePolicyReason
edge_policy_change_get_reason (EdgePolicyChange *self)
{
  g_return_val_if_fail (EDGE_IS_POLICY_CHANGE (self), EDGE_POLICY_REASON_HERE);

  return self->reason;
}

const char *
edge_policy_change_get_text (EdgePolicyChange *self)
{
  g_return_val_if_fail (EDGE_IS_POLICY_CHANGE (self), NULL);

  return self->text;
}
