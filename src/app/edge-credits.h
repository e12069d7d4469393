/* edge-credits.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_CREDITS_UNKNOWN: Stands for an amount that is not known; written as a dash. */
#define EDGE_CREDITS_UNKNOWN G_MAXUINT64

/** EDGE_CREDITS_DECIMALS: Digits after the point of a credit. */
#define EDGE_CREDITS_DECIMALS 9

/**
 * EdgeCreditsFault:
 * @EDGE_CREDITS_FAULT_NONE: it is an amount
 * @EDGE_CREDITS_FAULT_EMPTY: nothing was typed
 * @EDGE_CREDITS_FAULT_NOT_A_NUMBER: something else than digits and one decimal point
 * @EDGE_CREDITS_FAULT_TOO_FINE: more than nine digits after the point
 * @EDGE_CREDITS_FAULT_ZERO: nothing
 * @EDGE_CREDITS_FAULT_TOO_LARGE: more than an event can carry
 *
 * What is wrong with a typed amount.
 */
typedef enum
{
  EDGE_CREDITS_FAULT_NONE,
  EDGE_CREDITS_FAULT_EMPTY,
  EDGE_CREDITS_FAULT_NOT_A_NUMBER,
  EDGE_CREDITS_FAULT_TOO_FINE,
  EDGE_CREDITS_FAULT_ZERO,
  EDGE_CREDITS_FAULT_TOO_LARGE,
} EdgeCreditsFault;

EdgeCreditsFault  edge_credits_parse          (const char      *text,
                                             guint64         *nano);
const char      *edge_credits_fault_describe (EdgeCreditsFault  fault);

char            *edge_credits_format         (guint64          nano) G_GNUC_WARN_UNUSED_RESULT;
char            *edge_credits_format_exact   (guint64          nano) G_GNUC_WARN_UNUSED_RESULT;
char            *edge_credits_format_tile    (guint64          nano) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
