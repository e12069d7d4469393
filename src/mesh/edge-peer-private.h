/* edge-peer-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-peer.h"

G_BEGIN_DECLS

struct _EdgePeer
{
  GObject          parent_instance;

  char            *id;
  char            *name;
  char            *found;
  char            *network;
  char            *route;
  GStrv            neighbours;
  EdgeTimeSeries  *latency_series;
  gint64           since;
  double           latency;
  double           jitter;
  guint64          bytes_in;
  guint64          bytes_out;
  double           in_rate;
  double           out_rate;
  EdgePeerState    state;
  EdgePeerPath     path;
  gboolean         verified;
  gboolean         in_step;
};

G_END_DECLS
