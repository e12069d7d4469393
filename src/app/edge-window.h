/* edge-window.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-history.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_WINDOW (edge_window_get_type ())

G_DECLARE_FINAL_TYPE (EdgeWindow, edge_window, EDGE, WINDOW, AdwApplicationWindow)

EdgeWindow *edge_window_new          (AdwApplication *application,
                                      EdgeNode       *node,
                                      EdgeHistory    *history,
                                      GSettings      *settings) G_GNUC_WARN_UNUSED_RESULT;

void        edge_window_open_link    (EdgeWindow     *self,
                                      const char     *text);
void        edge_window_open_picture (EdgeWindow     *self,
                                      GFile          *file);
void        edge_window_show_page    (EdgeWindow     *self,
                                      const char     *page);
void        edge_window_show_error   (EdgeWindow     *self,
                                      const char     *title,
                                      const char     *description);
void        edge_window_show_toast   (EdgeWindow     *self,
                                      const char     *text);
void        edge_window_ask_message  (EdgeWindow     *self,
                                      EdgePeer       *peer);
void        edge_window_show_message (EdgeWindow     *self,
                                      EdgePeer       *peer,
                                      const char     *text);
void        edge_window_show_waiting (EdgeWindow     *self,
                                      const char     *text);

G_END_DECLS
