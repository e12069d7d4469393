/* edge-application.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_APPLICATION (edge_application_get_type ())

G_DECLARE_FINAL_TYPE (EdgeApplication, edge_application, EDGE, APPLICATION, AdwApplication)

EdgeApplication *edge_application_new           (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean         edge_application_wants_restart (EdgeApplication *self);

G_END_DECLS
