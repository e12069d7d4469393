/* fuzz-sdp.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "mesh/edge-sdp.h"

#include <gst/sdp/sdp.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  guint8 fingerprint[EDGE_SDP_FINGERPRINT_SIZE];
  g_autoptr(GError) error = NULL;

  if (!gst_is_initialized ())
    gst_init (NULL, NULL);
  if (edge_sdp_check (text, fingerprint, &error))
    {
      GstSDPMessage *message = NULL;

      g_assert_no_error (error);
      /* What passes, GStreamer reads as we did: one section, of data channels. */
      if (gst_sdp_message_new_from_text (text, &message) == GST_SDP_OK)
        {
          g_assert_cmpuint (gst_sdp_message_medias_len (message), <=, 1);
          if (gst_sdp_message_medias_len (message) == 1)
            g_assert_cmpstr (gst_sdp_media_get_media (gst_sdp_message_get_media (message, 0)), ==, "application");
          gst_sdp_message_free (message);
        }
    }
  else
    g_assert_true (error != NULL && error->domain == EDGE_SDP_ERROR);
  edge_sdp_check_candidate (text);
  edge_sdp_hash_certificate (text, fingerprint);
  return 0;
}
