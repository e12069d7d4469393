/* edge-signed-text.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-signed-text.h"

#include <string.h>

/**
 * edge_signed_text_result:
 * @net: the network
 * @escrow: the escrow's id
 * @result: hash of the result
 * @cpu_ms: computing time, in milliseconds
 * @pay: what the worker asks, in nano-credits
 *
 * Returns: (transfer full): what a worker signs
 */
char *
edge_signed_text_result (const EdgeId *net,
                         const EdgeId *escrow,
                         const EdgeId *result,
                         guint64       cpu_ms,
                         guint64       pay)
{
  char a[EDGE_ID_TEXT_SIZE];
  char b[EDGE_ID_TEXT_SIZE];
  char c[EDGE_ID_TEXT_SIZE];

  edge_id_write (net, a);
  edge_id_write (escrow, b);
  edge_id_write (result, c);
  return g_strdup_printf ("edge-net result\n%s\n%s\n%s\n%" G_GUINT64_FORMAT "\n%" G_GUINT64_FORMAT,
                          a, b, c, cpu_ms, pay);
}

/**
 * edge_signed_text_uptime:
 * @net: the network
 * @author: who was up
 * @day: days since the epoch
 * @mask: a bit an hour
 *
 * Returns: (transfer full): what a witness signs
 */
char *
edge_signed_text_uptime (const EdgeId *net,
                         const EdgeId *author,
                         guint64       day,
                         guint32       mask)
{
  char a[EDGE_ID_TEXT_SIZE];
  char b[EDGE_ID_TEXT_SIZE];

  edge_id_write (net, a);
  edge_id_write (author, b);
  return g_strdup_printf ("edge-net uptime\n%s\n%s\n%" G_GUINT64_FORMAT "\n%u", a, b, day, mask);
}

/**
 * edge_assign_hash:
 * @payer: who opens the escrow
 * @worker: who is to work
 * @salt: 32 random bytes
 * @hash: (out caller-allocates): the worker's place in the escrow
 *
 * Hides a worker until it shows the salt.
 */
void
edge_assign_hash (const EdgeId *payer,
                  const EdgeId *worker,
                  const EdgeId *salt,
                  EdgeId       *hash)
{
  char text[16 + 3 * EDGE_ID_TEXT_SIZE] = "edge-net assign\n";

  edge_id_write (payer, text + 16);
  text[16 + 43] = '\n';
  edge_id_write (worker, text + 16 + 44);
  text[16 + 87] = '\n';
  edge_id_write (salt, text + 16 + 88);
  edge_id_of_data (hash, text, strlen (text));
}
