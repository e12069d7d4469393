/* edge-given.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define EDGE_TYPE_GIVEN (edge_given_get_type ())

/**
 * EdgeGiven:
 * @ticket: its ticket, 22 characters
 * @network: id of the network it invites into
 * @made: when it was made, in ms; 0 when that was not kept
 * @expires: until when it is good, in ms
 * @direct: whether it offers a direct link
 * @takers: ids of the peers that came with it
 *
 * An invitation that was given out and counts.
 */
typedef struct
{
  char      *ticket;
  char      *network;
  gint64     made;
  gint64     expires;
  gboolean   direct;
  char     **takers;
} EdgeGiven;

GType      edge_given_get_type (void) G_GNUC_CONST;

EdgeGiven *edge_given_copy     (const EdgeGiven *self) G_GNUC_WARN_UNUSED_RESULT;
void       edge_given_free     (EdgeGiven       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeGiven, edge_given_free)

G_END_DECLS
