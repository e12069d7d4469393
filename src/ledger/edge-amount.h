/* edge-amount.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_AMOUNT_DECIMALS: Digits after the point of a credit. */
#define EDGE_AMOUNT_DECIMALS 9

gboolean  edge_amount_parse   (const char *text,
                               guint64    *nano);
char     *edge_amount_to_text (guint64     nano) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
