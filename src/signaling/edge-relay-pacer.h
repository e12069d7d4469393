/* edge-relay-pacer.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_RELAY_PACER_MAX_WAITING: Frames that wait at most. */
#define EDGE_RELAY_PACER_MAX_WAITING 256

typedef struct _EdgeRelayPacer EdgeRelayPacer;

/**
 * EdgeRelayPacerSend:
 * @text: a frame whose time has come
 * @user_data: as given to edge_relay_pacer_new()
 */
typedef void (*EdgeRelayPacerSend) (const char *text,
                                    gpointer    user_data);

EdgeRelayPacer *edge_relay_pacer_new      (EdgeRelayPacerSend  send,
                                           gpointer            user_data) G_GNUC_WARN_UNUSED_RESULT;
void            edge_relay_pacer_free     (EdgeRelayPacer     *self);

void            edge_relay_pacer_set_rate (EdgeRelayPacer     *self,
                                           gint64              per_minute);
void            edge_relay_pacer_hold     (EdgeRelayPacer     *self,
                                           gint64              milliseconds);
gboolean        edge_relay_pacer_push     (EdgeRelayPacer     *self,
                                           char               *text,
                                           gint64              tokens);
void            edge_relay_pacer_clear    (EdgeRelayPacer     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeRelayPacer, edge_relay_pacer_free)

G_END_DECLS
