/* edge-signal-body.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_SIGNAL_MAX_CANDIDATES: Candidates in one envelope at most. */
#define EDGE_SIGNAL_MAX_CANDIDATES 16

/**
 * EdgeSignalBody:
 * @attempt: which attempt of the offerer it belongs to; a later attempt has a greater number
 * @sdp: (nullable): the offer or answer
 * @candidates: (nullable): candidates of media line 0
 *
 * What offers, answers and candidates say inside their envelope.
 */
typedef struct
{
  guint32  attempt;
  char    *sdp;
  GStrv    candidates;
} EdgeSignalBody;

GBytes         *edge_signal_body_print (const EdgeSignalBody  *self) G_GNUC_WARN_UNUSED_RESULT;
EdgeSignalBody *edge_signal_body_parse (GBytes                *bytes,
                                        GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void            edge_signal_body_free  (EdgeSignalBody        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeSignalBody, edge_signal_body_free)

G_END_DECLS
