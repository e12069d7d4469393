/* edge-open-genesis.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_OPEN_GENESIS_TIME: When every open network starts, in milliseconds. */
#define EDGE_OPEN_GENESIS_TIME G_GUINT64_CONSTANT (1767225600000)

char *edge_open_genesis_name (const char *typed) G_GNUC_WARN_UNUSED_RESULT;
char *edge_open_genesis      (const char *name) G_GNUC_WARN_UNUSED_RESULT;
char *edge_open_genesis_id   (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
