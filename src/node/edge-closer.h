/* edge-closer.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define EDGE_TYPE_CLOSER (edge_closer_get_type ())

G_DECLARE_FINAL_TYPE (EdgeCloser, edge_closer, EDGE, CLOSER, GObject)

/*
 * One of those who close the book, for lists. Properties, read-only with notify:
 *
 *   id      string   its key
 *   name    string   what it calls itself, NULL when that is not known
 *   you     boolean  it is this computer
 *   awake   boolean  it is linked, or this computer, or a note of its was seen in the last two minutes
 *   since   int64    wall clock in ms: awake or asleep since then, 0 when not seen yet
 */

EdgeCloser *edge_closer_new       (const char    *id,
                                         gboolean       you) G_GNUC_WARN_UNUSED_RESULT;
const char    *edge_closer_get_id    (EdgeCloser *self);
const char    *edge_closer_get_name  (EdgeCloser *self);
gboolean       edge_closer_get_you   (EdgeCloser *self);
gboolean       edge_closer_get_awake (EdgeCloser *self);
gint64         edge_closer_get_since (EdgeCloser *self);

gint64         edge_closer_get_heard (EdgeCloser *self);
void           edge_closer_set_heard (EdgeCloser *self,
                                         gint64         heard);
void           edge_closer_set_name  (EdgeCloser *self,
                                         const char    *name);
void           edge_closer_set_awake (EdgeCloser *self,
                                         gboolean       awake,
                                         gint64         since);

G_END_DECLS
