/* edge-message-log.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-message-log"

#include "config.h"

#include "node/edge-message-log.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/edge-json.h"
#include "base/edge-token-table.h"
#include "node/edge-node-error.h"

/**
 * EdgeMessageLog:
 *
 * The texts exchanged since the start, oldest first: a #GListModel of
 * [class@EdgeMessage].
 *
 * A peer may send as many as people type. What comes faster is dropped.
 */

#define BURST      20
#define PER_MINUTE 60

struct _EdgeMessageLog
{
  GObject         parent_instance;

  GQueue          messages;
  EdgeTokenTable *buckets;    /* of each sender, over its links */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EdgeMessageLog, edge_message_log, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
edge_message_log_get_item_type (GListModel *model)
{
  return EDGE_TYPE_MESSAGE;
}

static guint
edge_message_log_get_n_items (GListModel *model)
{
  return EDGE_MESSAGE_LOG (model)->messages.length;
}

static gpointer
edge_message_log_get_item (GListModel *model,
                           guint       position)
{
  EdgeMessage *message = g_queue_peek_nth (&EDGE_MESSAGE_LOG (model)->messages, position);

  return message != NULL ? g_object_ref (message) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = edge_message_log_get_item_type;
  iface->get_n_items = edge_message_log_get_n_items;
  iface->get_item = edge_message_log_get_item;
}

static void
edge_message_log_finalize (GObject *object)
{
  EdgeMessageLog *self = EDGE_MESSAGE_LOG (object);

  g_queue_clear_full (&self->messages, g_object_unref);
  g_clear_pointer (&self->buckets, edge_token_table_free);

  G_OBJECT_CLASS (edge_message_log_parent_class)->finalize (object);
}

static void
edge_message_log_class_init (EdgeMessageLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = edge_message_log_finalize;
}

static void
edge_message_log_init (EdgeMessageLog *self)
{
  g_queue_init (&self->messages);
  self->buckets = edge_token_table_new (BURST, PER_MINUTE);
}

EdgeMessageLog *
edge_message_log_new (void)
{
  return g_object_new (EDGE_TYPE_MESSAGE_LOG, NULL);
}

/**
 * edge_message_log_take:
 * @self: a log
 * @peer_id: who sent it
 * @frame: the frame; its content is a stranger's
 * @now: monotonic time in microseconds
 * @wall_clock: wall clock in ms
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * Takes a frame "message" of a peer.
 *
 * Returns: (transfer none) (nullable): the message, %NULL when it was dropped; without
 *   @error where it only came too fast
 */
EdgeMessage *
edge_message_log_take (EdgeMessageLog *self,
                       const char     *peer_id,
                       JsonObject     *frame,
                       gint64          now,
                       gint64          wall_clock,
                       GError        **error)
{
  g_autoptr(EdgeMessage) message = NULL;
  const char *text;

  g_return_val_if_fail (EDGE_IS_MESSAGE_LOG (self), NULL);

  if (!edge_json_require (frame, "text", error) ||
      !edge_json_read_string (frame, "text", EDGE_MESSAGE_MAX_TEXT, &text, error))
    return NULL;
  if (text[0] == '\0')
    {
      g_set_error_literal (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_MEMBER, "A text is empty");
      return NULL;
    }
  if (!edge_token_table_take (self->buckets, peer_id, 1, now))
    {
      g_debug ("A peer sends texts too fast");
      return NULL;
    }

  message = edge_message_new (peer_id, text, FALSE, wall_clock);
  edge_message_log_add (self, message);
  return message;
}

void
edge_message_log_add (EdgeMessageLog *self,
                      EdgeMessage    *message)
{
  g_return_if_fail (EDGE_IS_MESSAGE_LOG (self));

  g_queue_push_tail (&self->messages, g_object_ref (message));
  g_list_model_items_changed (G_LIST_MODEL (self), self->messages.length - 1, 0, 1);
  if (self->messages.length > EDGE_MESSAGE_LOG_MAX)
    {
      g_object_unref (g_queue_pop_head (&self->messages));
      g_list_model_items_changed (G_LIST_MODEL (self), 0, 1, 0);
    }
}

/**
 * edge_message_log_make_frame:
 * @text: what to say
 * @error: return location for an error in the `EDGE_NODE_ERROR` domain
 *
 * Returns: (transfer full): the frame that says it
 */
JsonObject *
edge_message_log_make_frame (const char  *text,
                             GError     **error)
{
  JsonObject *frame;

  if (text[0] == '\0' || strlen (text) > EDGE_MESSAGE_MAX_TEXT || !g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_TEXT,
                   _("A text has 1 to %d bytes of UTF-8"), EDGE_MESSAGE_MAX_TEXT);
      return NULL;
    }

  frame = json_object_new ();
  json_object_set_string_member (frame, "type", "message");
  json_object_set_string_member (frame, "text", text);
  return frame;
}
