/* edge-compact-sdp.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_COMPACT_SDP_ERROR (edge_compact_sdp_error_quark ())

/** EDGE_COMPACT_SDP_MAX_CANDIDATES: Candidates of a compact SDP at most. */
#define EDGE_COMPACT_SDP_MAX_CANDIDATES 15

/**
 * EdgeCompactSdpError:
 * @EDGE_COMPACT_SDP_ERROR_UNSUPPORTED: an SDP that is not of one data-channel section
 * @EDGE_COMPACT_SDP_ERROR_MALFORMED: bytes that are no compact SDP
 */
typedef enum
{
  EDGE_COMPACT_SDP_ERROR_UNSUPPORTED,
  EDGE_COMPACT_SDP_ERROR_MALFORMED,
} EdgeCompactSdpError;

GQuark  edge_compact_sdp_error_quark (void) G_GNUC_CONST;

GBytes *edge_compact_sdp_pack        (const char          *sdp,
                                      const char * const  *candidates,
                                      guint                max_candidates,
                                      gsize                max_size,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
char   *edge_compact_sdp_unpack      (const guint8        *data,
                                      gsize                size,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
