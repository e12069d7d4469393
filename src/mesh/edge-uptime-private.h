/* edge-uptime-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/edge-token-table.h"
#include "mesh/edge-uptime-claims.h"
#include "mesh/edge-uptime-log.h"
#include "mesh/edge-uptime.h"

G_BEGIN_DECLS

/* What the two files of EdgeUptime share: edge-uptime.c measures and answers,
 * edge-uptime-ask.c asks and claims. */

/** EDGE_UPTIME_DAYS: For so many days after it a day can be paid for. */
#define EDGE_UPTIME_DAYS 7

typedef struct
{
  EdgeUptime     *uptime;
  EdgePeer       *peer;
  EdgeId          key;
  gint64          measured_at;
  gint64          ask_at;
  gint64          ask_wait;
  guint64         asked_to;      /* the newest day that was asked for */
  guint8          asked;         /* a bit for that day, the one before … */
} EdgeUptimeSession;

struct _EdgeUptime
{
  GObject           parent_instance;

  EdgeMesh         *mesh;
  EdgeLedger       *ledger;
  EdgeIdentity     *identity;
  GCancellable     *cancellable;
  char             *path;
  char             *network_id;
  EdgeId            net;
  EdgeId            key;
  EdgeUptimeLog    *log;
  EdgeUptimeClaims *claims;
  GHashTable       *sessions;
  EdgeTokenTable   *requests;    /* of each peer, over its links */
  char             *issued_id;
  guint64           issued_day;
  gint64            issue_at;
  gint64            saved_at;
  guint             tick_source;
  guint             hours;
  guint             waiting;
  gboolean          changed;
  gboolean          issuing;
};

gboolean _edge_uptime_is_over  (guint64            day,
                                guint64            now);
void     _edge_uptime_mark_cb  (EdgeMesh          *mesh,
                                EdgePeer          *peer,
                                const char        *type,
                                JsonObject        *frame,
                                EdgeUptime        *self);
guint    _edge_uptime_expected (EdgeUptime        *self,
                                guint64            day);
guint    _edge_uptime_waiting  (EdgeUptime        *self,
                                const EdgeAccount *account,
                                guint64            now);
void     _edge_uptime_ask_all  (EdgeUptime        *self,
                                const EdgeAccount *account,
                                guint64            now);
void     _edge_uptime_claim    (EdgeUptime        *self);

G_END_DECLS
