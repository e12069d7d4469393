/* edge-backup-page.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_BACKUP_PAGE (edge_backup_page_get_type ())

G_DECLARE_FINAL_TYPE (EdgeBackupPage, edge_backup_page, EDGE, BACKUP_PAGE, GObject)

EdgeBackupPage *edge_backup_page_new   (const char      *key,
                                        const char      *name,
                                        const char      *text) G_GNUC_WARN_UNUSED_RESULT;

void            edge_backup_page_draw  (EdgeBackupPage  *self,
                                        cairo_t         *cr,
                                        double           width,
                                        double           height);
GBytes         *edge_backup_page_pdf   (EdgeBackupPage  *self,
                                        GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean        edge_backup_page_print (EdgeBackupPage  *self,
                                        GtkWindow       *parent,
                                        GError         **error);

G_END_DECLS
