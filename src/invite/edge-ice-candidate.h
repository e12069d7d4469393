/* edge-ice-candidate.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EDGE_ICE_ADDRESS_SIZE 16

typedef enum
{
  EDGE_ICE_HOST,
  EDGE_ICE_SRFLX,
  EDGE_ICE_PRFLX,
  EDGE_ICE_RELAY,
} EdgeIceType;

typedef enum
{
  EDGE_ICE_UDP,
  EDGE_ICE_TCP_ACTIVE,
  EDGE_ICE_TCP_PASSIVE,
  EDGE_ICE_TCP_SO,
} EdgeIceTransport;

/**
 * EdgeIceCandidate:
 * @type: where the address was seen
 * @transport: how it is reached
 * @v6: whether @address holds 16 bytes, else 4
 * @address: in network order
 * @port: the port
 * @priority: as the SDP gave it (RFC 8445)
 *
 * What of an ICE candidate goes into an invitation.
 */
typedef struct
{
  EdgeIceType      type;
  EdgeIceTransport transport;
  gboolean         v6;
  guint8           address[EDGE_ICE_ADDRESS_SIZE];
  guint16          port;
  guint32          priority;
} EdgeIceCandidate;

gboolean edge_ice_candidate_parse     (EdgeIceCandidate       *self,
                                       const char             *line);
gboolean edge_ice_candidate_is_usable (const EdgeIceCandidate *self);
char    *edge_ice_candidate_to_line   (const EdgeIceCandidate *self,
                                       guint                   index) G_GNUC_WARN_UNUSED_RESULT;
void     edge_ice_candidates_rank     (GArray                 *candidates);

G_END_DECLS
