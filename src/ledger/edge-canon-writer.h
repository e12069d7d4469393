/* edge-canon-writer.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-id.h"

G_BEGIN_DECLS

/*
 * Writes RFC 8785 JSON. The caller names the members of an object in order;
 * commas come by themselves.
 */

void edge_canon_begin_object  (GString      *out);
void edge_canon_end_object    (GString      *out);
void edge_canon_begin_array   (GString      *out);
void edge_canon_end_array     (GString      *out);
void edge_canon_name          (GString      *out,
                               const char   *name);
void edge_canon_string        (GString      *out,
                               const char   *value,
                               gssize        length);
void edge_canon_integer       (GString      *out,
                               guint64       value);
void edge_canon_amount        (GString      *out,
                               guint64       value);
void edge_canon_id            (GString      *out,
                               const EdgeId *value);
void edge_canon_raw           (GString      *out,
                               const char   *text);

G_END_DECLS
