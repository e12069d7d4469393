/* fuzz-state-part.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-ledger-serve.h"
#include "ledger/edge-open-genesis.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* Lines of a page of each part, for a base that has nothing before. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autofree char *genesis_text = edge_open_genesis ("fuzz");
  g_autoptr(EdgeEvent) genesis = edge_event_parse (genesis_text, strlen (genesis_text), NULL);
  g_auto(GStrv) lines = g_strsplit (text, "\n", 64);

  for (guint part = 0; part < EDGE_LEDGER_N_PARTS; part++)
    {
      g_autoptr(EdgeLedgerBase) base = edge_ledger_base_new (genesis);
      g_autoptr(GPtrArray) items = g_ptr_array_new ();
      g_autoptr(EdgeDag) dag = NULL;
      EdgeFold *fold = NULL;

      for (guint i = 0; lines[i] != NULL; i++)
        g_ptr_array_add (items, lines[i]);
      edge_ledger_base_take_part (base, part, items, TRUE, NULL);
      g_assert_false (edge_ledger_base_finish (base, &dag, &fold, NULL));
    }
  return 0;
}
