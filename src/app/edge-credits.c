/* edge-credits.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-credits.h"

#include "app/edge-format.h"
#include "ledger/edge-genesis.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <string.h>

/* Amounts are integers of nano-credits from the keyboard to the ledger: no
 * floating point takes part, so what is typed is what is sent. */

#define CENT (EDGE_CREDIT / 100)
#define TILE_WHOLE_FROM (1000 * EDGE_CREDIT)

static const char *
get_point (void)
{
  const char *point = nl_langinfo (RADIXCHAR);

  return point != NULL && *point != '\0' ? point : ".";
}

/* Spaces that group digits, as this app writes them. */
static gsize
skip_group (const char *text)
{
  static const char * const groups[] = { " ", "\u00a0", "\u202f", "\u2009" };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      if (g_str_has_prefix (text, groups[i]))
        return strlen (groups[i]);
    }
  return 0;
}

/**
 * edge_credits_parse:
 * @text: what was typed: digits and at most one decimal point, that of the locale or a dot
 * @nano: (out): the amount in nano-credits, 0 unless all is well
 *
 * Returns: what is wrong with it
 */
EdgeCreditsFault
edge_credits_parse (const char *text,
                   guint64    *nano)
{
  const char *point = get_point ();
  guint64 value = 0;
  guint decimals = 0, digits = 0;
  gboolean after_point = FALSE;

  *nano = 0;
  while (skip_group (text) > 0)
    text += skip_group (text);
  if (*text == '\0')
    return EDGE_CREDITS_FAULT_EMPTY;

  while (*text != '\0')
    {
      gsize group = after_point ? 0 : skip_group (text);

      if (group > 0)
        {
          text += group;
        }
      else if (g_ascii_isdigit (*text))
        {
          digits++;
          /* Nine zeros more never overflow below this bound. */
          if (value > EDGE_AMOUNT_MAX)
            return EDGE_CREDITS_FAULT_TOO_LARGE;
          if (after_point && decimals == EDGE_CREDITS_DECIMALS)
            {
              if (*text != '0')
                return EDGE_CREDITS_FAULT_TOO_FINE;
            }
          else
            {
              value = value * 10 + (guint64) (*text - '0');
              decimals += after_point;
            }
          text++;
        }
      else if (!after_point && (g_str_has_prefix (text, point) || *text == '.'))
        {
          text += *text == '.' ? 1 : strlen (point);
          after_point = TRUE;
        }
      else if (after_point && skip_group (text) > 0 && text[skip_group (text)] == '\0')
        {
          text += skip_group (text);
        }
      else
        {
          return EDGE_CREDITS_FAULT_NOT_A_NUMBER;
        }
    }
  if (digits == 0)
    return EDGE_CREDITS_FAULT_NOT_A_NUMBER;

  for (; decimals < EDGE_CREDITS_DECIMALS; decimals++)
    {
      if (value > EDGE_AMOUNT_MAX)
        return EDGE_CREDITS_FAULT_TOO_LARGE;
      value *= 10;
    }
  if (value > EDGE_AMOUNT_MAX)
    return EDGE_CREDITS_FAULT_TOO_LARGE;
  if (value == 0)
    return EDGE_CREDITS_FAULT_ZERO;

  *nano = value;
  return EDGE_CREDITS_FAULT_NONE;
}

/**
 * edge_credits_fault_describe:
 * @fault: what is wrong
 *
 * Returns: what to do about it, translated; "" when nothing is wrong or was typed
 */
const char *
edge_credits_fault_describe (EdgeCreditsFault fault)
{
  switch (fault)
    {
    case EDGE_CREDITS_FAULT_NOT_A_NUMBER:
      return _("Write an amount as digits with one decimal point, such as 12.5");
    case EDGE_CREDITS_FAULT_TOO_FINE:
      return _("A credit has at most nine digits after the point");
    case EDGE_CREDITS_FAULT_ZERO:
      return _("Write an amount above zero");
    case EDGE_CREDITS_FAULT_TOO_LARGE:
      return _("One event carries at most 1 000 000 credits: send it in parts");
    case EDGE_CREDITS_FAULT_NONE:
    case EDGE_CREDITS_FAULT_EMPTY:
    default:
      return "";
    }
}

static char *
format (guint64 nano,
        guint   least_decimals,
        guint   most_decimals)
{
  char decimals[EDGE_CREDITS_DECIMALS + 1];
  guint n = most_decimals;

  g_snprintf (decimals, sizeof decimals, "%09" G_GUINT64_FORMAT, nano % EDGE_CREDIT);
  while (n > least_decimals && decimals[n - 1] == '0')
    n--;
  decimals[n] = '\0';

  return g_strdup_printf ("%'" G_GUINT64_FORMAT "%s%s", nano / EDGE_CREDIT,
                          n > 0 ? get_point () : "", decimals);
}

/**
 * edge_credits_format:
 * @nano: an amount, or %EDGE_CREDITS_UNKNOWN
 *
 * Returns: (transfer full): credits with two decimals, rounded down
 */
char *
edge_credits_format (guint64 nano)
{
  if (nano == EDGE_CREDITS_UNKNOWN)
    return g_strdup (EDGE_FORMAT_UNKNOWN);
  if (nano > 0 && nano < CENT)
    {
      g_autofree char *least = format (CENT, 2, 2);

      return g_strdup_printf ("<\u200a%s", least);
    }

  return format (nano, 2, 2);
}

/** edge_credits_format_exact: All decimals that are there, two at least. */
char *
edge_credits_format_exact (guint64 nano)
{
  if (nano == EDGE_CREDITS_UNKNOWN)
    return g_strdup (EDGE_FORMAT_UNKNOWN);

  return format (nano, 2, EDGE_CREDITS_DECIMALS);
}

/** edge_credits_format_tile: As [func@credits_format], without decimals from 1000 on. */
char *
edge_credits_format_tile (guint64 nano)
{
  if (nano == EDGE_CREDITS_UNKNOWN || nano < TILE_WHOLE_FROM)
    return edge_credits_format (nano);

  return format (nano, 0, 0);
}
