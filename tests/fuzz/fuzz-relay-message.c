/* fuzz-relay-message.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "base/edge-json.h"
#include "signaling/edge-relay-message.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static void
check_span (const EdgeRelaySpan *span,
            const char          *text,
            gsize                length)
{
  if (span->text == NULL)
    return;
  g_assert_true (span->text >= text && span->text + span->length <= text + length);
}

/* What the relay makes of a frame is a frame again, with the payload as it came. */
static void
check_passing_on (const EdgeRelayMessage *message)
{
  g_autoptr(GString) frame = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  EdgeRelayMessage again;

  edge_relay_message_append_from (frame, message->type, "sender", TRUE, &message->payload);
  g_assert_true (edge_relay_message_parse (&again, frame->str, frame->len, &error));
  g_assert_cmpint (again.type, ==, message->type);
  g_assert_true (again.unproven);
  g_assert_true (edge_relay_span_equal (&again.from, "sender"));
  if (message->payload.text != NULL)
    g_assert_cmpmem (again.payload.text, again.payload.length, message->payload.text,
                     message->payload.length);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(GError) error = NULL;
  /* A copy of its own, so that a read beyond the end is seen. */
  g_autofree char *text = size > 0 ? g_memdup2 (data, size) : g_malloc (1);
  EdgeRelayMessage message;

  if (!edge_relay_message_parse (&message, text, size, &error))
    {
      g_assert_nonnull (error);
      return 0;
    }

  {
    const EdgeRelaySpan *spans[] = {
      &message.node_id, &message.target_id, &message.from, &message.room, &message.token,
      &message.challenge, &message.signature, &message.code, &message.message, &message.payload,
      &message.peers, &message.ice_servers, &message.limits,
    };
    g_auto(GStrv) ids = edge_relay_span_dup_ids (&message.peers, 8);
    g_autofree char *words = edge_relay_span_dup_string (&message.message);
    g_autofree char *blob = edge_relay_span_dup_string (&message.payload);

    for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
      check_span (spans[i], text, size);
    g_assert_cmpuint (g_strv_length (ids), <=, 8);
    if (blob != NULL)
      g_assert_true (g_utf8_validate (blob, -1, NULL));
  }

  if (message.type >= EDGE_RELAY_MESSAGE_OFFER && message.type <= EDGE_RELAY_MESSAGE_BROADCAST)
    check_passing_on (&message);
  return 0;
}
