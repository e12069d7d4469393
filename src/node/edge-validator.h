/* edge-validator.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define EDGE_TYPE_VALIDATOR (edge_validator_get_type ())

G_DECLARE_FINAL_TYPE (EdgeValidator, edge_validator, EDGE, VALIDATOR, GObject)

/*
 * One of those who close the book, for lists. Properties, read-only with notify:
 *
 *   id      string   its key
 *   name    string   what it calls itself, NULL when that is not known
 *   you     boolean  it is this computer
 *   awake   boolean  it is linked, or this computer
 *   since   int64    wall clock in ms: awake or asleep since then, 0 when not seen yet
 */

EdgeValidator *edge_validator_new       (const char    *id,
                                         gboolean       you) G_GNUC_WARN_UNUSED_RESULT;
const char    *edge_validator_get_id    (EdgeValidator *self);
const char    *edge_validator_get_name  (EdgeValidator *self);
gboolean       edge_validator_get_you   (EdgeValidator *self);
gboolean       edge_validator_get_awake (EdgeValidator *self);
gint64         edge_validator_get_since (EdgeValidator *self);

void           edge_validator_set_name  (EdgeValidator *self,
                                         const char    *name);
void           edge_validator_set_awake (EdgeValidator *self,
                                         gboolean       awake,
                                         gint64         since);

G_END_DECLS
