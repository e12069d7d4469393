/* scripted.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scripted.h"

struct _ScriptedNet
{
  GHashTable  *members;         /* id to EdgeScriptedSignaling, not owned */
  GQueue       posts;
  guint        source;
  ScriptedTap  tap;
  gpointer     user_data;
};

typedef struct
{
  char *from;
  char *to;
  char *blob;
} Post;

struct _EdgeScriptedSignaling
{
  GObject             parent_instance;

  ScriptedNet        *net;
  char               *id;
  char               *name;
  GPtrArray          *sent;
  EdgeSignalingState  state;
  gboolean            carries_data;
};

enum
{
  PROP_NAME = 1,
  PROP_URL,
  PROP_STATE,
  PROP_DETAIL,
  PROP_ICE_SERVERS,
};

static void signaling_iface_init (EdgeSignalingInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EdgeScriptedSignaling, edge_scripted_signaling, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EDGE_TYPE_SIGNALING, signaling_iface_init))

static void
post_free (Post *post)
{
  g_free (post->from);
  g_free (post->to);
  g_free (post->blob);
  g_free (post);
}

static void
sent_free (ScriptedSent *sent)
{
  g_free (sent->to);
  g_free (sent->blob);
  g_free (sent);
}

ScriptedNet *
scripted_net_new (void)
{
  ScriptedNet *net = g_new0 (ScriptedNet, 1);

  net->members = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&net->posts);
  return net;
}

void
scripted_net_free (ScriptedNet *net)
{
  g_assert_cmpuint (g_hash_table_size (net->members), ==, 0);
  g_clear_handle_id (&net->source, g_source_remove);
  g_queue_clear_full (&net->posts, (GDestroyNotify) post_free);
  g_hash_table_unref (net->members);
  g_free (net);
}

void
scripted_net_set_tap (ScriptedNet *net,
                      ScriptedTap  tap,
                      gpointer     user_data)
{
  net->tap = tap;
  net->user_data = user_data;
}

static gboolean
deliver_cb (gpointer user_data)
{
  ScriptedNet *net = user_data;
  Post *post = g_queue_pop_head (&net->posts);
  EdgeScriptedSignaling *member = g_hash_table_lookup (net->members, post->to);

  if (member != NULL)
    {
      g_autoptr(EdgeScriptedSignaling) keep = g_object_ref (member);

      edge_signaling_emit_received (EDGE_SIGNALING (keep), post->from, post->blob);
    }
  post_free (post);
  if (!g_queue_is_empty (&net->posts))
    return G_SOURCE_CONTINUE;
  net->source = 0;
  return G_SOURCE_REMOVE;
}

void
scripted_net_post (ScriptedNet *net,
                   const char  *from,
                   const char  *to,
                   const char  *blob)
{
  Post *post = g_new (Post, 1);

  *post = (Post) { g_strdup (from), g_strdup (to), g_strdup (blob) };
  g_queue_push_tail (&net->posts, post);
  if (net->source == 0)
    net->source = g_idle_add_full (G_PRIORITY_DEFAULT, deliver_cb, net, NULL);
}

static void
edge_scripted_signaling_start (EdgeSignaling *signaling)
{
  EdgeScriptedSignaling *self = EDGE_SCRIPTED_SIGNALING (signaling);
  g_autoptr(GList) others = g_hash_table_get_values (self->net->members);

  g_hash_table_insert (self->net->members, self->id, self);
  edge_scripted_signaling_set_state (self, EDGE_SIGNALING_STATE_UP);
  for (GList *l = others; l != NULL; l = l->next)
    {
      EdgeScriptedSignaling *other = l->data;

      edge_signaling_emit_peer_found (EDGE_SIGNALING (other), self->id);
      edge_signaling_emit_peer_found (signaling, other->id);
    }
}

static void
edge_scripted_signaling_stop (EdgeSignaling *signaling)
{
  EdgeScriptedSignaling *self = EDGE_SCRIPTED_SIGNALING (signaling);
  g_autoptr(GList) others = NULL;

  g_hash_table_remove (self->net->members, self->id);
  self->state = EDGE_SIGNALING_STATE_STOPPED;
  others = g_hash_table_get_values (self->net->members);
  for (GList *l = others; l != NULL; l = l->next)
    edge_signaling_emit_peer_left (EDGE_SIGNALING (l->data), self->id);
}

static gboolean
edge_scripted_signaling_send (EdgeSignaling  *signaling,
                              const char     *peer_id,
                              EdgeSignalKind  kind,
                              const char     *blob)
{
  EdgeScriptedSignaling *self = EDGE_SCRIPTED_SIGNALING (signaling);

  if (self->state != EDGE_SIGNALING_STATE_UP)
    return FALSE;
  if (self->net == NULL)
    {
      ScriptedSent *sent = g_new (ScriptedSent, 1);

      *sent = (ScriptedSent) { g_strdup (peer_id), kind, g_strdup (blob) };
      g_ptr_array_add (self->sent, sent);
      return TRUE;
    }
  if (self->net->tap == NULL ||
      self->net->tap (self->net, self->id, peer_id, kind, blob, self->net->user_data))
    scripted_net_post (self->net, self->id, peer_id, blob);
  return TRUE;
}

static gboolean
edge_scripted_signaling_carries_data (EdgeSignaling *signaling)
{
  return EDGE_SCRIPTED_SIGNALING (signaling)->carries_data;
}

static void
signaling_iface_init (EdgeSignalingInterface *iface)
{
  iface->start = edge_scripted_signaling_start;
  iface->stop = edge_scripted_signaling_stop;
  iface->send = edge_scripted_signaling_send;
  iface->carries_data = edge_scripted_signaling_carries_data;
}

static void
edge_scripted_signaling_get_property (GObject    *object,
                                      guint       property_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  EdgeScriptedSignaling *self = EDGE_SCRIPTED_SIGNALING (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_URL:
    case PROP_DETAIL:
      g_value_set_string (value, NULL);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ICE_SERVERS:
      g_value_set_boxed (value, NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_scripted_signaling_finalize (GObject *object)
{
  EdgeScriptedSignaling *self = EDGE_SCRIPTED_SIGNALING (object);

  if (self->net != NULL && g_hash_table_lookup (self->net->members, self->id) == self)
    g_hash_table_remove (self->net->members, self->id);
  g_ptr_array_unref (self->sent);
  g_free (self->id);
  g_free (self->name);

  G_OBJECT_CLASS (edge_scripted_signaling_parent_class)->finalize (object);
}

static void
edge_scripted_signaling_class_init (EdgeScriptedSignalingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = edge_scripted_signaling_get_property;
  object_class->finalize = edge_scripted_signaling_finalize;
  g_object_class_override_property (object_class, PROP_NAME, "name");
  g_object_class_override_property (object_class, PROP_URL, "url");
  g_object_class_override_property (object_class, PROP_STATE, "state");
  g_object_class_override_property (object_class, PROP_DETAIL, "detail");
  g_object_class_override_property (object_class, PROP_ICE_SERVERS, "ice-servers");
}

static void
edge_scripted_signaling_init (EdgeScriptedSignaling *self)
{
  self->sent = g_ptr_array_new_with_free_func ((GDestroyNotify) sent_free);
  self->carries_data = TRUE;
}

EdgeScriptedSignaling *
edge_scripted_signaling_new (ScriptedNet *net,
                             const char  *id,
                             const char  *name)
{
  EdgeScriptedSignaling *self = g_object_new (EDGE_TYPE_SCRIPTED_SIGNALING, NULL);

  self->net = net;
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->state = net != NULL ? EDGE_SIGNALING_STATE_STOPPED : EDGE_SIGNALING_STATE_UP;
  return self;
}

GPtrArray *
edge_scripted_signaling_get_sent (EdgeScriptedSignaling *self)
{
  return self->sent;
}

void
edge_scripted_signaling_set_carries_data (EdgeScriptedSignaling *self,
                                          gboolean               carries)
{
  self->carries_data = carries;
}

void
edge_scripted_signaling_set_state (EdgeScriptedSignaling *self,
                                   EdgeSignalingState     state)
{
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}
