/* fuzz-reconcile.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-reconcile.h"

#define EVENTS 2000

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static EdgeRangeIndex *index;
  g_autoptr(GArray) later = edge_reconcile_later_new ();
  g_auto(EdgeReconcileResult) result = { 0 };

  if (index == NULL)
    {
      index = edge_range_index_new ();
      for (guint i = 0; i < EVENTS; i++)
        {
          EdgeId id;

          edge_id_of_data (&id, &i, sizeof i);
          edge_range_index_add (index, 1767600000000 + i * 977, &id);
        }
    }

  if (edge_reconcile_answer (index, (const char *) data, size, later, size % 2 == 0, &result, NULL) &&
      result.reply != NULL)
    g_assert_cmpuint (strlen (result.reply), <=, EDGE_RECONCILE_MAX_MESSAGE);
  return 0;
}
