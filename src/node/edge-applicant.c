/* edge-applicant.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-applicant.h"

/**
 * EdgeApplicant:
 *
 * Somebody who joined and waits until a validator, or a member with vouchers
 * left, says that they are to be a member.
 */

struct _EdgeApplicant
{
  GObject  parent_instance;

  char    *key;
  char    *name;
  char    *inviter;
  char    *inviter_name;
  guint64  since;
};

typedef enum
{
  PROP_KEY = 1,
  PROP_NAME,
  PROP_INVITER,
  PROP_INVITER_NAME,
  PROP_SINCE,
} EdgeApplicantProperty;

static GParamSpec *properties[PROP_SINCE + 1];

G_DEFINE_FINAL_TYPE (EdgeApplicant, edge_applicant, G_TYPE_OBJECT)

static void
edge_applicant_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  EdgeApplicant *self = EDGE_APPLICANT (object);

  switch ((EdgeApplicantProperty) property_id)
    {
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_INVITER:
      g_value_set_string (value, self->inviter);
      break;
    case PROP_INVITER_NAME:
      g_value_set_string (value, self->inviter_name);
      break;
    case PROP_SINCE:
      g_value_set_uint64 (value, self->since);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_applicant_finalize (GObject *object)
{
  EdgeApplicant *self = EDGE_APPLICANT (object);

  g_free (self->key);
  g_free (self->name);
  g_free (self->inviter);
  g_free (self->inviter_name);

  G_OBJECT_CLASS (edge_applicant_parent_class)->finalize (object);
}

static void
edge_applicant_class_init (EdgeApplicantClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_applicant_get_property;
  object_class->finalize = edge_applicant_finalize;

  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_INVITER] = g_param_spec_string ("inviter", NULL, NULL, NULL, flags);
  properties[PROP_INVITER_NAME] = g_param_spec_string ("inviter-name", NULL, NULL, NULL, flags);
  properties[PROP_SINCE] = g_param_spec_uint64 ("since", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_applicant_init (EdgeApplicant *self)
{
}

/**
 * edge_applicant_new:
 * @entry: what the ledger says of a key
 *
 * Returns: (transfer full): who waits
 */
EdgeApplicant *
edge_applicant_new (const EdgeLedgerMember *entry)
{
  EdgeApplicant *self = g_object_new (EDGE_TYPE_APPLICANT, NULL);

  self->key = edge_id_to_text (&entry->key);
  self->inviter = entry->has_inviter ? edge_id_to_text (&entry->inviter) : NULL;
  self->since = entry->since;
  return self;
}

const char *
edge_applicant_get_key (EdgeApplicant *self)
{
  return self->key;
}

/**
 * edge_applicant_get_inviter:
 * @self: who waits
 *
 * Returns: (transfer none) (nullable): the key of whose invitation they took
 */
const char *
edge_applicant_get_inviter (EdgeApplicant *self)
{
  return self->inviter;
}

/**
 * edge_applicant_set_names:
 * @self: who waits
 * @name: (nullable): what they are called
 * @inviter_name: (nullable): what their inviter is called
 *
 * Sets what links tell.
 */
void
edge_applicant_set_names (EdgeApplicant *self,
                          const char    *name,
                          const char    *inviter_name)
{
  if (g_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  if (g_set_str (&self->inviter_name, inviter_name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INVITER_NAME]);
}
