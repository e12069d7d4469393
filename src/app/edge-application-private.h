/* edge-application-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-application.h"
#include "app/edge-identity-loader.h"
#include "app/edge-background.h"
#include "app/edge-window.h"
#include "node/edge-node-service.h"
#include "node/edge-state-dir.h"

G_BEGIN_DECLS

struct _EdgeApplication
{
  AdwApplication    parent_instance;

  EdgeNode         *node;
  EdgeHistory      *history;
  EdgeNodeService  *service;
  EdgeBackground   *background;
  EdgeStateDir     *dir;
  GError           *dir_error;
  GSettings        *settings;
  EdgeWindow       *window;
  GCancellable     *cancellable;
  guint             notifier_watch;
  gboolean          has_notifier;
  guint             quit_limit;
  guint             term_source;
  guint             int_source;
  gboolean          loading;
  gboolean          start_hidden;
  gboolean          stopping;
  gboolean          restart;
  EdgeIdentityLoader *loader;

  char             *state_dir;
  char             *key_file;
  char             *name;
  char            **relays;
  gboolean          join;
  GPtrArray        *to_open;
};

void edge_application_add_actions   (EdgeApplication *self);
void edge_application_begin_quit    (EdgeApplication *self);
void edge_application_restart       (EdgeApplication *self);
void edge_application_notify        (EdgeApplication *self,
                                     const char      *id,
                                     GNotification   *notification);
void edge_application_open_link     (EdgeApplication *self,
                                     const char      *link);
void edge_application_show_window   (EdgeApplication *self);
void edge_application_watch_notices (EdgeApplication *self);

G_END_DECLS
