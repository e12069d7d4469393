/* edge-event-text.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EdgeEventTextFunc:
 * @name: of a member of the body
 * @value: what it says, as text
 * @user_data: of the caller
 */
typedef void (*EdgeEventTextFunc) (const char *name,
                                   const char *value,
                                   gpointer    user_data);

char       *edge_event_text_decode       (const char        *jws) G_GNUC_WARN_UNUSED_RESULT;
void        edge_event_text_foreach      (const char        *jws,
                                          EdgeEventTextFunc  func,
                                          gpointer           user_data);
const char *edge_event_text_member_name  (const char        *name);

G_END_DECLS
