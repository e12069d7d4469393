/* edge-mux-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-mux-window.h"
#include "mesh/edge-mux.h"

G_BEGIN_DECLS

/* What the two files of EdgeMux share: edge-mux.c sends, edge-mux-receive.c
 * takes what comes. */

#define EDGE_MUX_TYPE_LOOSE 0
#define EDGE_MUX_TYPE_DATA  1
#define EDGE_MUX_TYPE_ACK   2
#define EDGE_MUX_FLAG_END   1

typedef struct
{
  GBytes  *payload;
  guint32  sequence;
  gboolean start;
  gboolean end;
  gint64   sent_at;
} EdgeMuxRecord;

typedef struct
{
  GQueue         records;       /* EdgeMuxRecord: sent and unacknowledged, then waiting */
  GList         *next;          /* the first that waits */
  gsize          waiting;       /* bytes from next on */
  gsize          under_way;     /* bytes before next */
  guint32        next_sequence;
  guint32        sent_end;      /* one past the newest record that ever went out */
  EdgeMuxWindow  window;

  GByteArray    *assembly;
  guint32        received;      /* the sequence expected next */
  gsize          unacknowledged;
  gboolean       held;
} EdgeMuxStream;

struct _EdgeMux
{
  GObject       parent_instance;

  EdgeMuxFuncs  funcs;
  gpointer      user_data;
  EdgeMuxStream streams[EDGE_N_CHANNELS];
  gsize         max_message;
  gboolean      running;
};

void     _edge_mux_record_free       (EdgeMuxRecord       *record);
gsize    _edge_mux_record_size       (const EdgeMuxRecord *record);
void     _edge_mux_write_header      (guint8              *out,
                                      guint8               type,
                                      guint8               stream,
                                      guint8               flags,
                                      guint32              sequence,
                                      gsize                size);
void     _edge_mux_send_ack          (EdgeMux             *self,
                                      EdgeChannel          stream);
gboolean _edge_mux_drop_acknowledged (EdgeMuxStream       *stream,
                                      guint32              received,
                                      gint64               now,
                                      GError             **error);

G_END_DECLS
