/* edge-fact.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define EDGE_TYPE_FACT (edge_fact_get_type ())

G_DECLARE_FINAL_TYPE (EdgeFact, edge_fact, EDGE, FACT, GObject)

EdgeFact   *edge_fact_new           (const char *icon_name,
                                     const char *label,
                                     gboolean    deciding,
                                     gboolean    hindering) G_GNUC_WARN_UNUSED_RESULT;

const char *edge_fact_get_icon_name (EdgeFact   *self);
const char *edge_fact_get_label     (EdgeFact   *self);
gboolean    edge_fact_get_deciding  (EdgeFact   *self);
gboolean    edge_fact_get_hindering (EdgeFact   *self);
gboolean    edge_fact_equal         (EdgeFact   *a,
                                     EdgeFact   *b);

G_END_DECLS
