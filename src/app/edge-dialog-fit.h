/* edge-dialog-fit.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void edge_dialog_fit (AdwDialog *dialog,
                      GtkWidget *content);

G_END_DECLS
