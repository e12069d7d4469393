/* edge-transfer-dialog.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_TRANSFER_DIALOG (edge_transfer_dialog_get_type ())

G_DECLARE_FINAL_TYPE (EdgeTransferDialog, edge_transfer_dialog, EDGE, TRANSFER_DIALOG, AdwDialog)

GtkWidget *edge_transfer_dialog_new (GObject    *books,
                                     GListModel *peers,
                                     const char *own_id) G_GNUC_WARN_UNUSED_RESULT;

void       edge_transfer_dialog_fill (EdgeTransferDialog *self,
                                      const char         *to,
                                      guint64             amount,
                                      const char         *memo);

G_END_DECLS
