/* edge-amount.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-amount.h"

#include "ledger/edge-genesis.h"

/**
 * edge_amount_parse:
 * @text: credits as a person or a program writes them, with a point and at most 9 decimals
 * @nano: (out): the same in nano-credits
 *
 * Reads an amount exactly. Signs, spaces, exponents and other separators are none.
 *
 * Returns: whether it is an amount
 */
gboolean
edge_amount_parse (const char *text,
                   guint64    *nano)
{
  guint64 whole = 0;
  guint64 part = 0;
  guint n_decimals = 0;
  const char *p = text;

  if (!g_ascii_isdigit (*p))
    return FALSE;
  for (; g_ascii_isdigit (*p); p++)
    {
      whole = whole * 10 + (guint64) (*p - '0');
      if (whole > G_MAXUINT64 / EDGE_CREDIT)
        return FALSE;
    }

  if (*p == '.')
    {
      for (p++; g_ascii_isdigit (*p) && n_decimals < EDGE_AMOUNT_DECIMALS; p++, n_decimals++)
        part = part * 10 + (guint64) (*p - '0');
      if (n_decimals == 0)
        return FALSE;
    }
  if (*p != '\0')
    return FALSE;

  for (; n_decimals < EDGE_AMOUNT_DECIMALS; n_decimals++)
    part *= 10;
  return g_uint64_checked_add (nano, whole * EDGE_CREDIT, part);
}

/**
 * edge_amount_to_text:
 * @nano: nano-credits
 *
 * Returns: (transfer full): the amount in credits, exact and as short as can be
 */
char *
edge_amount_to_text (guint64 nano)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, nano / EDGE_CREDIT,
                   EDGE_AMOUNT_DECIMALS, nano % EDGE_CREDIT);
  while (text->str[text->len - 1] == '0')
    g_string_truncate (text, text->len - 1);
  if (text->str[text->len - 1] == '.')
    g_string_truncate (text, text->len - 1);
  return g_string_free_and_steal (text);
}
