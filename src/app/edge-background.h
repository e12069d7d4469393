/* edge-background.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-node.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_BACKGROUND (edge_background_get_type ())

/** EDGE_BACKGROUND_MAX_STATUS: Characters that a desktop shows of a background app, at most. */
#define EDGE_BACKGROUND_MAX_STATUS 95

G_DECLARE_FINAL_TYPE (EdgeBackground, edge_background, EDGE, BACKGROUND, GObject)

/*
 * Properties, all with notify; r = read, w = write:
 *
 *   hidden       boolean rw   the app runs without its window
 *   can-login    boolean r    the desktop can be asked to start it at login
 *   keep-note    string r     what to know about running on, translated
 *   login-note   string r     what to know about the start at login, translated
 */

EdgeBackground *edge_background_new            (GApplication         *application,
                                                EdgeNode             *node,
                                                GSettings            *settings) G_GNUC_WARN_UNUSED_RESULT;

GSettings      *edge_background_get_settings   (EdgeBackground       *self);
gboolean        edge_background_get_hidden     (EdgeBackground       *self);
void            edge_background_set_hidden     (EdgeBackground       *self,
                                                gboolean              hidden);

void            edge_background_allow_async    (EdgeBackground       *self,
                                                GtkWidget            *parent,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        edge_background_allow_finish   (EdgeBackground       *self,
                                                GAsyncResult         *result,
                                                GError              **error);

char           *edge_background_shorten_status (const char           *headline) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
