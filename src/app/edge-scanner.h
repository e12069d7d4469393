/* edge-scanner.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_SCANNER (edge_scanner_get_type ())

G_DECLARE_FINAL_TYPE (EdgeScanner, edge_scanner, EDGE, SCANNER, GObject)

EdgeScanner *edge_scanner_new   (void) G_GNUC_WARN_UNUSED_RESULT;

void         edge_scanner_start (EdgeScanner *self,
                                 GtkWidget   *widget);
void         edge_scanner_stop  (EdgeScanner *self);

G_END_DECLS
