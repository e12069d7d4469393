/* edge-ledger-fold-file.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_LEDGER_FOLD_MAX_FILE: Bytes of a file that is folded. */
#define EDGE_LEDGER_FOLD_MAX_FILE ((gsize) 4 << 30)

char *edge_ledger_fold_file (const char  *json,
                             gsize        length,
                             GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
