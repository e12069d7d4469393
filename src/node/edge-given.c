/* edge-given.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-given.h"

G_DEFINE_BOXED_TYPE (EdgeGiven, edge_given, edge_given_copy, edge_given_free)

EdgeGiven *
edge_given_copy (const EdgeGiven *self)
{
  EdgeGiven *copy = g_memdup2 (self, sizeof *self);

  copy->ticket = g_strdup (self->ticket);
  copy->network = g_strdup (self->network);
  copy->takers = g_strdupv (self->takers);
  return copy;
}

void
edge_given_free (EdgeGiven *self)
{
  g_clear_pointer (&self->ticket, g_free);
  g_clear_pointer (&self->network, g_free);
  g_clear_pointer (&self->takers, g_strfreev);
  g_free (self);
}
