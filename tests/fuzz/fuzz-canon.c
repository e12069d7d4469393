/* fuzz-canon.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-canon-writer.h"
#include "ledger/edge-canon.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static const EdgeCanonNode *
write_node (const EdgeCanonNode *node,
            GString             *out)
{
  const EdgeCanonNode *child = node + 1;
  g_autofree char *text = NULL;
  gsize length;

  switch ((EdgeCanonKind) node->kind)
    {
    case EDGE_CANON_OBJECT:
      edge_canon_begin_object (out);
      for (gsize i = 0; i < node->count; i++)
        {
          EdgeCanonNode name = { .kind = EDGE_CANON_STRING, .text = child->name,
                                 .text_length = child->name_length };
          g_autofree char *plain = edge_canon_dup_string (&name, NULL);

          edge_canon_name (out, plain);
          child = write_node (child, out);
        }
      edge_canon_end_object (out);
      return child;
    case EDGE_CANON_ARRAY:
      edge_canon_begin_array (out);
      for (gsize i = 0; i < node->count; i++)
        child = write_node (child, out);
      edge_canon_end_array (out);
      return child;
    case EDGE_CANON_STRING:
      text = edge_canon_dup_string (node, &length);
      edge_canon_string (out, text, (gssize) length);
      return child;
    case EDGE_CANON_INTEGER:
      edge_canon_integer (out, node->integer);
      return child;
    case EDGE_CANON_OTHER:
    default:
      g_assert_not_reached ();
    }
}

/* What the strict reader takes is its own canonical form. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree EdgeCanonNode *strict = edge_canon_read (text, size, NULL);
  g_autofree EdgeCanonNode *loose = edge_canon_read_loose (text, size, NULL);
  g_autoptr(GString) out = g_string_new (NULL);

  if (strict == NULL)
    return 0;

  g_assert_nonnull (loose);
  g_assert_true (edge_canon_next (strict) == write_node (strict, out));
  g_assert_cmpmem (out->str, out->len, text, size);
  return 0;
}
