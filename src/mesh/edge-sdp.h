/* edge-sdp.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EDGE_SDP_ERROR (edge_sdp_error_quark ())

/** EDGE_SDP_MAX_SIZE: Bytes of a data-channel-only description at most. */
#define EDGE_SDP_MAX_SIZE 5120
/** EDGE_SDP_MAX_CANDIDATE: Bytes of one candidate line at most. */
#define EDGE_SDP_MAX_CANDIDATE 256
/** EDGE_SDP_FINGERPRINT_SIZE: Bytes of a SHA-256 fingerprint. */
#define EDGE_SDP_FINGERPRINT_SIZE 32

/**
 * EdgeSdpError:
 * @EDGE_SDP_ERROR_MALFORMED: not a description of one data-channel section
 * @EDGE_SDP_ERROR_FINGERPRINT: without one SHA-256 fingerprint
 */
typedef enum
{
  EDGE_SDP_ERROR_MALFORMED,
  EDGE_SDP_ERROR_FINGERPRINT,
} EdgeSdpError;

GQuark   edge_sdp_error_quark        (void) G_GNUC_CONST;

gboolean edge_sdp_check              (const char  *sdp,
                                      guint8      *fingerprint,
                                      GError     **error);
gboolean edge_sdp_check_candidate    (const char  *candidate);
gboolean edge_sdp_hash_certificate   (const char  *pem,
                                      guint8      *fingerprint);

G_END_DECLS
