/* edge-cli-visit.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GVariant *edge_cli_visit_call (const char  *state,
                               const char  *method,
                               GVariant    *parameters,
                               const char  *reply_type,
                               GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GVariant *edge_cli_visit_call_long (const char  *state,
                                    const char  *method,
                                    GVariant    *parameters,
                                    const char  *reply_type,
                                    guint        limit_seconds,
                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
