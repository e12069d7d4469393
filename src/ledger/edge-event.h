/* edge-event.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-event-body.h"
#include "ledger/edge-jws.h"

G_BEGIN_DECLS

#define EDGE_EVENT_MAX_SIZE         8192
#define EDGE_EVENT_MAX_GENESIS_SIZE 16384
#define EDGE_EVENT_MAX_SLASH_SIZE   24576
#define EDGE_EVENT_MAX_TIME         (G_GUINT64_CONSTANT (1) << 52)
#define EDGE_EVENT_MAX_PARENTS      2

/**
 * EdgeEvent:
 *
 * An event whose form is good. Immutable and reference counted; @net and @prev
 * are all zero where the event has none. @text is the JWS as it came, @place the
 * row of the ledger's file that has it, 0 before it is stored.
 */
typedef struct
{
  EdgeId          id;
  EdgeId          author;
  EdgeId          net;
  EdgeId          prev;
  EdgeId          parents[EDGE_EVENT_MAX_PARENTS];
  guint64         seq;
  guint64         height;
  guint64         time;
  EdgeEventBody  *body;
  char           *text;
  gsize           length;
  gsize           signed_length;
  guint64         place;
  guint8          signature[EDGE_IDENTITY_SIGNATURE_SIZE];
  guint8          type;
  guint8          n_parents;
  guint8          has_prev;
} EdgeEvent;

/**
 * EdgeEventCheckFlags:
 * @EDGE_EVENT_CHECK_SKIP_WORK: a join's proof of work was checked before, or is final
 * @EDGE_EVENT_CHECK_SKIP_SIGNATURES: read from our own file, where only checked events are
 */
typedef enum
{
  EDGE_EVENT_CHECK_NONE = 0,
  EDGE_EVENT_CHECK_SKIP_WORK = 1 << 0,
  EDGE_EVENT_CHECK_SKIP_SIGNATURES = 1 << 1,
} EdgeEventCheckFlags;

EdgeEvent *edge_event_parse (const char           *text,
                             gsize                 length,
                             GError              **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeEvent *edge_event_ref   (EdgeEvent            *self);
void       edge_event_unref (EdgeEvent            *self);

gboolean   edge_event_check (EdgeEvent            *self,
                             const EdgeGenesis    *genesis,
                             EdgeEventCheckFlags   flags,
                             GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeEvent, edge_event_unref)

G_END_DECLS
