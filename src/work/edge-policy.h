/* edge-policy.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "work/edge-policy-decision.h"

G_BEGIN_DECLS

#define EDGE_TYPE_POLICY (edge_policy_get_type ())

/** EDGE_POLICY_MAX_CHANGES: Changes kept in the log. */
#define EDGE_POLICY_MAX_CHANGES 100

G_DECLARE_FINAL_TYPE (EdgePolicy, edge_policy, EDGE, POLICY, GObject)

/*
 * Properties, all with notify; r = read, w = write; names of the writable ones are those of
 * the keys in GSettings, so that g_settings_bind() joins them:
 *
 *   share-away, share-here    double rw   0…0.5
 *   pause-on-battery, pause-on-power-saver, pause-on-metered   boolean rw
 *   schedule                  string rw   168 digits or empty
 *   working                   boolean rw  work of others runs now
 *   share                     double r    share of the CPU that may be used now
 *   waiting-share             double r    what it would be with nothing in the way
 *   reason                    EdgePolicyReason r
 *   paused                    boolean r   nothing may be used now
 *   askable                   boolean r   edge_policy_ask() would help
 *   paused-until              int64 r     ms, 0 when the person did not pause it
 *   asked-until               int64 r     ms, 0 when the person did not ask
 *   headline                  string r    "Paused: on battery"
 *   status-text               string r    "Paused"
 *   reason-text               string r    "on battery"
 *   outlook                   string r    "Goes on when the power is back.", or NULL
 *   facts                     GListModel<EdgeFact> r          deciding one first
 *   changes                   GListModel<EdgePolicyChange> r  newest first
 *
 * Signals:
 *   stale ()                  a setting changed; whoever has a clock calls edge_policy_update()
 */

EdgePolicy       *edge_policy_new             (void) G_GNUC_WARN_UNUSED_RESULT;

double            edge_policy_get_share       (EdgePolicy            *self);
EdgePolicyReason  edge_policy_get_reason      (EdgePolicy            *self);
const char       *edge_policy_get_headline    (EdgePolicy            *self);
gint64            edge_policy_get_next        (EdgePolicy            *self);

void              edge_policy_set_facts       (EdgePolicy            *self,
                                               const EdgePolicyFacts *facts,
                                               GDateTime             *now);
void              edge_policy_update          (EdgePolicy            *self,
                                               GDateTime             *now);
void              edge_policy_pause           (EdgePolicy            *self,
                                               gint64                 for_ms,
                                               GDateTime             *now);
void              edge_policy_resume          (EdgePolicy            *self,
                                               GDateTime             *now);
void              edge_policy_ask             (EdgePolicy            *self,
                                               gint64                 for_ms,
                                               GDateTime             *now);

G_END_DECLS
