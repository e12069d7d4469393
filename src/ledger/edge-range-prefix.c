/* edge-range-prefix.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-range-prefix.h"

#include <string.h>

#include "ledger/edge-canon-writer.h"

/**
 * edge_range_prefix_write:
 * @self: a range
 * @out: where its half bytes are appended, as a string of hexadecimal digits
 */
void
edge_range_prefix_write (const EdgeRangePrefix *self,
                         GString               *out)
{
  char text[EDGE_RANGE_KEY_NIBBLES + 1];

  for (guint i = 0; i < self->length; i++)
    text[i] = "0123456789abcdef"[self->nibbles[i]];
  edge_canon_string (out, text, (gssize) self->length);
}

/**
 * edge_range_prefix_read:
 * @self: (out caller-allocates): the range
 * @node: a part of a message; a stranger's
 *
 * Returns: whether it is one
 */
gboolean
edge_range_prefix_read (EdgeRangePrefix     *self,
                        const EdgeCanonNode *node)
{
  if (node->kind != EDGE_CANON_STRING || node->text_length > EDGE_RANGE_KEY_NIBBLES)
    return FALSE;

  self->length = (guint) node->text_length;
  for (guint i = 0; i < self->length; i++)
    {
      char c = node->text[i];

      if (!g_ascii_isxdigit (c) || g_ascii_isupper (c))
        return FALSE;
      self->nibbles[i] = (guint8) g_ascii_xdigit_value (c);
    }
  return TRUE;
}

/**
 * edge_range_prefix_compare:
 * @a: (type EdgeRangePrefix): a range
 * @b: (type EdgeRangePrefix): another
 *
 * Returns: less than 0, 0 or more, by the order of what is below; a range goes before those
 *   inside it
 */
gint
edge_range_prefix_compare (gconstpointer a,
                           gconstpointer b)
{
  const EdgeRangePrefix *x = a;
  const EdgeRangePrefix *y = b;
  gint order = memcmp (x->nibbles, y->nibbles, MIN (x->length, y->length));

  return order != 0 ? order : (gint) x->length - (gint) y->length;
}

/**
 * edge_range_prefix_is_inside:
 * @inner: a range
 * @outer: another
 *
 * Returns: whether all that can be in @inner is in @outer
 */
gboolean
edge_range_prefix_is_inside (const EdgeRangePrefix *inner,
                             const EdgeRangePrefix *outer)
{
  return inner->length >= outer->length &&
         memcmp (inner->nibbles, outer->nibbles, outer->length) == 0;
}
