/* edge-window-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-window.h"
#include "work/edge-policy.h"

G_BEGIN_DECLS

struct _EdgeWindow
{
  AdwApplicationWindow  parent_instance;

  GtkWidget            *toasts;
  GtkWidget            *stack;
  GtkWidget            *error_page;
  GtkWidget            *split_view;
  GtkWidget            *page_list;
  GtkWidget            *navigation;
  GtkWidget            *key_banner;
  GtkWidget            *sidebar_dial;
  GtkWidget            *bar_dial;

  EdgeNode             *node;
  EdgePolicy           *policy;
  EdgeHistory          *history;
  GSettings            *settings;
};

void  edge_window_add_actions         (EdgeWindow *self);
void  edge_window_add_network_actions (EdgeWindow *self);

/* edge-window-key.c */
void     edge_window_watch_key     (EdgeWindow *self);
gboolean edge_window_has_twin      (EdgeWindow *self);
gboolean edge_window_shows_problem (EdgeWindow *self,
                                    const char *code);
void     edge_window_ask_to_sign   (EdgeWindow *self);

char *edge_window_shorten_message     (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
