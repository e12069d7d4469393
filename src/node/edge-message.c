/* edge-message.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-message.h"

/**
 * EdgeMessage:
 *
 * A text to or from a peer. It never changes and is not kept on disk.
 */

struct _EdgeMessage
{
  GObject   parent_instance;

  char     *peer_id;
  char     *text;
  gboolean  outgoing;
  gint64    time;
};

typedef enum
{
  PROP_PEER_ID = 1,
  PROP_TEXT,
  PROP_OUTGOING,
  PROP_TIME,
} EdgeMessageProperty;

static GParamSpec *properties[PROP_TIME + 1];

G_DEFINE_FINAL_TYPE (EdgeMessage, edge_message, G_TYPE_OBJECT)

static void
edge_message_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  EdgeMessage *self = EDGE_MESSAGE (object);

  switch ((EdgeMessageProperty) property_id)
    {
    case PROP_PEER_ID:
      g_value_set_string (value, self->peer_id);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_OUTGOING:
      g_value_set_boolean (value, self->outgoing);
      break;
    case PROP_TIME:
      g_value_set_int64 (value, self->time);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_message_finalize (GObject *object)
{
  EdgeMessage *self = EDGE_MESSAGE (object);

  g_clear_pointer (&self->peer_id, g_free);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (edge_message_parent_class)->finalize (object);
}

static void
edge_message_class_init (EdgeMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = edge_message_get_property;
  object_class->finalize = edge_message_finalize;

  properties[PROP_PEER_ID] = g_param_spec_string ("peer-id", NULL, NULL, NULL, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_OUTGOING] = g_param_spec_boolean ("outgoing", NULL, NULL, FALSE, flags);
  /**
   * EdgeMessage:time:
   *
   * Wall clock of this computer in milliseconds.
   */
  properties[PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, 0, G_MAXINT64, 0, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_message_init (EdgeMessage *self)
{
}

/**
 * edge_message_new:
 * @peer_id: the other side's node id
 * @text: what was said
 * @outgoing: whether it was said here
 * @time: wall clock in ms
 *
 * Returns: (transfer full): a message
 */
EdgeMessage *
edge_message_new (const char *peer_id,
                  const char *text,
                  gboolean    outgoing,
                  gint64      time)
{
  EdgeMessage *self = g_object_new (EDGE_TYPE_MESSAGE, NULL);

  self->peer_id = g_strdup (peer_id);
  self->text = g_strdup (text);
  self->outgoing = outgoing;
  self->time = time;
  return self;
}

const char *
edge_message_get_peer_id (EdgeMessage *self)
{
  g_return_val_if_fail (EDGE_IS_MESSAGE (self), NULL);

  return self->peer_id;
}

const char *
edge_message_get_text (EdgeMessage *self)
{
  g_return_val_if_fail (EDGE_IS_MESSAGE (self), NULL);

  return self->text;
}

gboolean
edge_message_get_outgoing (EdgeMessage *self)
{
  g_return_val_if_fail (EDGE_IS_MESSAGE (self), FALSE);

  return self->outgoing;
}

gint64
edge_message_get_time (EdgeMessage *self)
{
  g_return_val_if_fail (EDGE_IS_MESSAGE (self), 0);

  return self->time;
}
