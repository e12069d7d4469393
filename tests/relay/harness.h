/* harness.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "identity/edge-identity.h"
#include "relay/edge-relay.h"

/** wait_until: runs the main loop until @condition holds; the limit is for hangs only. */
#define wait_until(condition) \
  G_STMT_START { \
    gboolean timed_out_ = FALSE; \
    guint id_ = g_timeout_add_seconds (30, harness_timed_out_cb, &timed_out_); \
    while (!(condition) && !timed_out_) \
      g_main_context_iteration (NULL, TRUE); \
    g_assert_false (timed_out_); \
    g_source_remove (id_); \
  } G_STMT_END

gboolean harness_timed_out_cb (gpointer timed_out);

/* A client that knows nothing but WebSocket. */
typedef struct
{
  SoupSession             *session;
  SoupMessage             *request;
  SoupWebsocketConnection *connection;
  GError                  *error;
  gboolean                 done;
  gboolean                 closed;
  GQueue                   frames;
} Raw;

Raw        *raw_new         (const char   *url,
                             const char   *origin);
Raw        *raw_connect     (const char   *url);
void        raw_free        (Raw          *self);
void        raw_send        (Raw          *self,
                             const char   *text);
char       *raw_next        (Raw          *self,
                             const char   *type);
char       *raw_register    (Raw          *self,
                             const char   *id,
                             const char   *room);
void        raw_prove       (Raw          *self,
                             EdgeIdentity *identity,
                             const char   *room);
void        raw_answer      (Raw          *self,
                             EdgeIdentity *identity,
                             const char   *welcome);
void        raw_settle      (Raw          *self);
guint       raw_wait_closed (Raw          *self);

/* One GET; returns the body. */
char       *http_get        (const char   *relay_url,
                             const char   *path,
                             const char   *header,
                             const char   *value,
                             guint        *status);

EdgeRelay  *start_relay     (const EdgeRelayConfig *config);
EdgeRelayConfig *test_config (void);
char       *member          (const char   *json,
                             const char   *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Raw, raw_free)
