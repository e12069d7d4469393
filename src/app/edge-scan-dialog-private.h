/* edge-scan-dialog-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-scan-dialog.h"
#include "app/edge-scanner.h"
#include "invite/edge-invitation.h"

G_BEGIN_DECLS

struct _EdgeScanDialog
{
  AdwDialog       parent_instance;

  GtkWidget      *toasts;
  GtkWidget      *navigation;
  GtkWidget      *problem;
  GtkWidget      *camera_box;
  GtkWidget      *camera;
  GtkWidget      *no_camera;
  GtkWidget      *no_camera_label;
  GtkWidget      *open_row;
  GtkWidget      *paste_row;
  GtkWidget      *type_row;
  GtkWidget      *promise;
  GtkWidget      *link_entry;
  GtkWidget      *link_problem;
  GtkWidget      *link_button;
  GtkWidget      *refusal;
  GtkWidget      *seal;
  GtkWidget      *found_title;
  GtkWidget      *found_text;
  GtkWidget      *network_row;
  GtkWidget      *relay_row;
  GtkWidget      *relay_value;
  GtkWidget      *valid_value;
  GtkWidget      *signature_row;
  GtkWidget      *words_row;
  GtkWidget      *join_button;
  GtkWidget      *join_label;
  GtkWidget      *found_note;
  GtkWidget      *answer_qr;
  GtkWidget      *answer_row;

  EdgeNode       *node;
  EdgeScanner    *scanner;
  EdgeInvitation *invitation;
  GCancellable   *cancellable;
  char           *answer;
  gboolean        reply;
  gboolean        backup;
  gboolean        waiting;
};

/* edge-scan-dialog.c */
void _edge_scan_dialog_show_error (EdgeScanDialog *self,
                                   const GError   *error,
                                   EdgeInvitation *invitation);

void _edge_scan_dialog_take_vault (EdgeScanDialog *self,
                                   GBytes         *vault,
                                   const GError   *error);

/* edge-scan-dialog-found.c */
void _edge_scan_dialog_consider   (EdgeScanDialog *self,
                                   EdgeInvitation *invitation);
void _edge_scan_dialog_join       (EdgeScanDialog *self);

/* edge-scan-dialog-sources.c */
void _edge_scan_dialog_open       (EdgeScanDialog *self);
void _edge_scan_dialog_paste      (EdgeScanDialog *self);
void _edge_scan_dialog_peek       (EdgeScanDialog *self);
void _edge_scan_dialog_take_drops (EdgeScanDialog *self);

G_END_DECLS
