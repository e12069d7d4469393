lic='''/* %s
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

'''
p='/work/wt/relay/src/signaling/edge-relay-message.c'
s=open(p).read()
a=s.index("static void\nappend_string (")
build=s[a:]
s=s[:a].rstrip('\n')+'\n'
# payload names are needed by both
s=s.replace('''/**
 * edge_relay_id_is_valid:''','''/* The member that a frame of @type carries its payload in, %NULL for none. */
const char *
_edge_relay_message_payload_member (EdgeRelayMessageType type)
{
  return types[type].payload;
}

/**
 * edge_relay_id_is_valid:''',1)
s=s.replace('#include "signaling/edge-relay-message.h"\n','#include "signaling/edge-relay-message.h"\n',1)
s=s.replace('#include "identity/edge-identity.h"\n','').replace('#include "signaling/edge-json-scanner.h"\n','#include "signaling/edge-json-scanner.h"\n#include "signaling/edge-relay-message-private.h"\n')
open(p,'w').write(s)
build=build.replace("types[type].name","edge_relay_message_type_to_string (type)").replace("types[type].payload","_edge_relay_message_payload_member (type)")
open('/work/wt/relay/src/signaling/edge-relay-message-build.c','w').write(lic%'edge-relay-message-build.c'+'''#include "signaling/edge-relay-message.h"

#include "base/edge-base64.h"
#include "identity/edge-identity.h"
#include "signaling/edge-relay-message-private.h"

/* Frames written straight as text: what stands in them is plain ASCII by then, a
 * payload that came in, or escaped here. */

'''+build)
open('/work/wt/relay/src/signaling/edge-relay-message-private.h','w').write(lic%'edge-relay-message-private.h'+'''#pragma once

#include "signaling/edge-relay-message.h"

G_BEGIN_DECLS

const char *_edge_relay_message_payload_member (EdgeRelayMessageType type);

G_END_DECLS
''')
open('/work/wt/relay/src/signaling/edge-relay-pacer.h','w').write(lic%'edge-relay-pacer.h'+'''#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_RELAY_PACER_MAX_WAITING: Frames that wait at most. */
#define EDGE_RELAY_PACER_MAX_WAITING 256

typedef struct _EdgeRelayPacer EdgeRelayPacer;

/**
 * EdgeRelayPacerSend:
 * @text: a frame whose time has come
 * @user_data: as given to edge_relay_pacer_new()
 */
typedef void (*EdgeRelayPacerSend) (const char *text,
                                    gpointer    user_data);

EdgeRelayPacer *edge_relay_pacer_new      (EdgeRelayPacerSend  send,
                                           gpointer            user_data) G_GNUC_WARN_UNUSED_RESULT;
void            edge_relay_pacer_free     (EdgeRelayPacer     *self);

void            edge_relay_pacer_set_rate (EdgeRelayPacer     *self,
                                           gint64              per_minute);
void            edge_relay_pacer_hold     (EdgeRelayPacer     *self,
                                           gint64              milliseconds);
gboolean        edge_relay_pacer_push     (EdgeRelayPacer     *self,
                                           char               *text,
                                           gint64              tokens);
void            edge_relay_pacer_clear    (EdgeRelayPacer     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeRelayPacer, edge_relay_pacer_free)

G_END_DECLS
''')
open('/work/wt/relay/src/signaling/edge-relay-pacer.c','w').write(lic%'edge-relay-pacer.c'+'''#include "signaling/edge-relay-pacer.h"

#include "base/edge-token-bucket.h"

/**
 * EdgeRelayPacer:
 *
 * Sends frames no faster than a relay takes them. Those that come too fast wait
 * in order, up to a bound.
 */

/* Share of the relay's rate that is used, so that its clock and ours may differ. */
#define RATE_SHARE 0.9

struct _EdgeRelayPacer
{
  EdgeRelayPacerSend send;
  gpointer           user_data;
  EdgeTokenBucket    bucket;
  GQueue             waiting;
  gint64             hold_until;
  guint              timeout_id;
};

typedef struct
{
  char   *text;
  double  tokens;
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_free (waiting->text);
  g_free (waiting);
}

/**
 * edge_relay_pacer_new:
 * @send: what sends a frame; it may call edge_relay_pacer_clear()
 * @user_data: for @send
 *
 * Returns: (transfer full): a pacer, to be told the rate before it is used
 */
EdgeRelayPacer *
edge_relay_pacer_new (EdgeRelayPacerSend send,
                      gpointer           user_data)
{
  EdgeRelayPacer *self = g_new0 (EdgeRelayPacer, 1);

  self->send = send;
  self->user_data = user_data;
  g_queue_init (&self->waiting);
  return self;
}

void
edge_relay_pacer_free (EdgeRelayPacer *self)
{
  edge_relay_pacer_clear (self);
  g_free (self);
}

/** edge_relay_pacer_set_rate: takes over the frames a minute that the relay allows. */
void
edge_relay_pacer_set_rate (EdgeRelayPacer *self,
                           gint64          per_minute)
{
  double rate = per_minute * RATE_SHARE;

  edge_token_bucket_init (&self->bucket, MAX (rate / 2, 8), rate, g_get_monotonic_time ());
}

/** edge_relay_pacer_hold: sends nothing for a while, at the relay's word. */
void
edge_relay_pacer_hold (EdgeRelayPacer *self,
                       gint64          milliseconds)
{
  self->hold_until = g_get_monotonic_time () + milliseconds * 1000;
}

static gboolean
send_waiting_cb (gpointer user_data)
{
  EdgeRelayPacer *self = user_data;
  gint64 now = g_get_monotonic_time ();
  Waiting *first;

  self->timeout_id = 0;
  while ((first = g_queue_peek_head (&self->waiting)) != NULL)
    {
      guint wait;

      if (now >= self->hold_until && edge_token_bucket_take (&self->bucket, first->tokens, now))
        {
          g_queue_pop_head (&self->waiting);
          self->send (first->text, self->user_data);
          waiting_free (first);
          continue;
        }

      wait = edge_token_bucket_wait (&self->bucket, first->tokens);
      if (self->hold_until > now)
        wait = MAX (wait, (guint) ((self->hold_until - now) / 1000));
      self->timeout_id = g_timeout_add (MAX (wait, 1), send_waiting_cb, self);
      break;
    }

  return G_SOURCE_REMOVE;
}

/**
 * edge_relay_pacer_push:
 * @self: a pacer
 * @text: (transfer full): a frame
 * @tokens: how much of the rate it takes
 *
 * Returns: %FALSE when too many wait already; @text is freed then
 */
gboolean
edge_relay_pacer_push (EdgeRelayPacer *self,
                       char           *text,
                       gint64          tokens)
{
  Waiting *waiting;

  if (self->waiting.length >= EDGE_RELAY_PACER_MAX_WAITING)
    {
      g_free (text);
      return FALSE;
    }

  waiting = g_new0 (Waiting, 1);
  waiting->text = text;
  waiting->tokens = MIN ((double) tokens, self->bucket.capacity);
  g_queue_push_tail (&self->waiting, waiting);
  if (self->timeout_id == 0)
    send_waiting_cb (self);
  return TRUE;
}

/** edge_relay_pacer_clear: forgets what waits: the connection is gone. */
void
edge_relay_pacer_clear (EdgeRelayPacer *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) waiting_free);
  self->hold_until = 0;
}
''')
p='/work/wt/relay/src/signaling/edge-relay-client.c'
s=open(p).read()
def cut(a,b):
    global s
    i=s.index(a); j=s.index(b,i)
    s=s[:i]+s[j:]
cut("static gboolean\npace_cb (","static void\nread_limits (")
cut("typedef struct\n{\n  char   *text;","static void connect_now")
cut("static void\nwaiting_frame_free","static void\nset_state (")
cut("/* Share of the relay's rate","/* As in the relay: a broadcast")
s=s.replace('''  GQueue                   waiting;
''','').replace('''  EdgeTokenBucket          bucket;
''','''  EdgeRelayPacer          *pacer;
''').replace('''  gint64                   hold_until;
''','').replace('''  guint                    rate;
''','').replace('''  guint                    pace_id;
''','')
s=s.replace('''  g_clear_handle_id (&self->pace_id, g_source_remove);
''','').replace('''  g_queue_clear_full (&self->waiting, (GDestroyNotify) waiting_frame_free);
  self->hold_until = 0;
''','''  edge_relay_pacer_clear (self->pacer);
''')
s=s.replace("  set_rate (self, rate);\n","  edge_relay_pacer_set_rate (self->pacer, rate);\n")
s=s.replace('''      gint64 wait = message->retry_after_ms > 0 ? MIN (message->retry_after_ms, 60000) : 1000;

      self->hold_until = g_get_monotonic_time () + wait * 1000;
      return;
''','''      edge_relay_pacer_hold (self->pacer, message->retry_after_ms > 0
                                          ? MIN (message->retry_after_ms, 60000) : 1000);
      return;
''')
a=s.index("  double tokens = 1;\n  WaitingFrame *waiting;")
b=s.index("static gboolean\nedge_relay_client_carries_data")
s=s[:a]+'''  gint64 tokens = peer_id == NULL ? 1 + self->total_nodes / MEMBERS_A_TOKEN : 1;

  if (self->state != EDGE_SIGNALING_STATE_UP || strlen (blob) > EDGE_SIGNALING_MAX_BLOB ||
      (peer_id != NULL && !edge_relay_id_is_valid (peer_id, -1)))
    return FALSE;

  frame = g_string_new (NULL);
  edge_relay_message_append_to (frame, type_of_kind (kind, peer_id), peer_id, blob);
  return edge_relay_pacer_push (self->pacer, g_string_free_and_steal (g_steal_pointer (&frame)),
                                tokens);
}

'''+s[b:]
s=s.replace('''static void
send_text (EdgeRelayClient *self,
           const char      *text)
{
  if (''','''static void
send_text (EdgeRelayClient *self,
           const char      *text)
{
  /* A connection that is closing tells by itself when it is closed. */
  if (''')
s=s.replace('''  g_queue_init (&self->waiting);
''','''  self->pacer = edge_relay_pacer_new ((EdgeRelayPacerSend) send_paced_cb, self);
''')
s=s.replace('''static gboolean
beat_cb (''','''static void
send_paced_cb (const char *text,
               gpointer    user_data)
{
  send_text (user_data, text);
}

static gboolean
beat_cb (''')
s=s.replace("(EdgeRelayPacerSend) send_paced_cb","send_paced_cb")
s=s.replace('''  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->room''','''  g_clear_pointer (&self->pacer, edge_relay_pacer_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->room''')
s=s.replace('#include "base/edge-token-bucket.h"\n','').replace('#include "signaling/edge-relay-message.h"\n','#include "signaling/edge-relay-message.h"\n#include "signaling/edge-relay-pacer.h"\n')
s=s.replace("#define MAX_WAITING_FRAMES 256\n\n","")
open(p,'w').write(s)
p='/work/wt/relay/src/signaling/meson.build'
s=open(p).read()
s=s.replace("  'edge-relay-message.c',\n","  'edge-relay-message.c',\n  'edge-relay-message-build.c',\n  'edge-relay-pacer.c',\n")
open(p,'w').write(s)
